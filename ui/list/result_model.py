"""What a search found, as Qt sees it: one row a hit, as many as have come so far."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.list.rows import article_in_words
from ui.list.thread_model import NOWHERE, ROW, RowCache, utc_now
from ui.phrases import number
from ui.view import Selection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from reader.records import ArticleRow, Changes
    from reader.shelf import Shelf
    from reader.store.search import Answer, Hit

    Index = QModelIndex | QPersistentModelIndex

HIT = ROW + 1
"""The role under which a row's `Hit` is asked for."""


class ResultModel(QAbstractListModel):
    """The hits of one answer, and of the pages after it."""

    def __init__(self, shelf: Shelf, parent: QObject | None = None, clock: Callable[[], datetime] = utc_now) -> None:
        super().__init__(parent)
        self._clock = clock
        self._hits: list[Hit] = []
        self._ids: array[int] = array("q")
        self._articles: RowCache[ArticleRow] = RowCache(shelf.article_rows)
        self.total = 0

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        """How many hits have come."""
        return 0 if parent.isValid() else len(self._hits)

    def hasChildren(self, parent: Index = NOWHERE) -> bool:  # noqa: N802 - Qt's name
        """Whether anything stands below: nothing stands below a hit. Qt keeps its own answer to itself."""
        return self.rowCount(parent) > 0

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The article, the hit, or the row in words."""
        if not index.isValid():
            return None
        if role == HIT:
            return self._hits[index.row()]
        row = self._articles.at(self._ids, index.row())
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title if row else ""
        if role == Qt.ItemDataRole.AccessibleTextRole and row:
            return f"{article_in_words(row, self._clock())}. {said_of(self._hits[index.row()])}"
        return None

    @property
    def ids(self) -> array[int]:
        """The articles, in order."""
        return self._ids

    def row(self, index: Index) -> ArticleRow | None:
        """The article of a row; `None` for one that is not in the library any more."""
        return self._articles.at(self._ids, index.row())

    def id_at(self, index: Index) -> tuple[int, int | None]:
        """The article at an index, as the list of threads tells its own."""
        return 0, self._ids[index.row()]

    def find(self, _thread: int | None, article: int | None = None) -> QModelIndex:
        """Where an article stands; may be nowhere."""
        return self.index(self._ids.index(article)) if article is not None and article in self._ids else QModelIndex()

    def articles(self, index: Index, *, is_open: bool = False) -> tuple[int, ...]:  # noqa: ARG002 - as that of threads
        """What a row stands for in a selection of several."""
        return (self._ids[index.row()],)

    def selection(self, index: Index, *, is_open: bool = False) -> Selection:  # noqa: ARG002 - as that of threads
        """What one row chooses."""
        row, id = self.row(index), self._ids[index.row()]
        return Selection(row.thread if row else None, id, (id,))

    def take(self, answer: Answer) -> None:
        """Show what a new search found."""
        self.beginResetModel()
        self._hits = list(answer.hits)
        self._ids = array("q", (hit.id for hit in answer.hits))
        self.total = _rows_of(answer)
        self.endResetModel()

    def add(self, answer: Answer) -> None:
        """Show the next page of it. What came already does not come twice."""
        there = set(self._ids)
        more = [hit for hit in answer.hits if hit.id not in there]
        self.total = _rows_of(answer) if more else len(self._hits)
        if more:
            self.beginInsertRows(QModelIndex(), len(self._hits), len(self._hits) + len(more) - 1)
            self._hits += more
            self._ids.extend(hit.id for hit in more)
            self.endInsertRows()

    def renew(self, changes: Changes, shown: Iterable[QModelIndex]) -> None:
        """Forget rows that changed; of those that are seen, say so."""
        self._articles.forget(changes.articles)
        for index in shown:
            if self._ids[index.row()] in changes.articles:
                self.dataChanged.emit(index, index)


def _rows_of(answer: Answer) -> int:
    """How many rows an answer has in all: of threads one each."""
    return answer.total if answer.threads is None else answer.threads


def own_words(hit: Hit) -> str:
    """What stands before a passage that the analyst wrote or marked herself."""
    return {"note": "Your note: ", "highlight": "You marked: "}.get(hit.where, "")


def said_of(hit: Hit) -> str:
    """The passage of a hit as it is spoken, and how many more hits there are in its thread."""
    more = f". {number(hit.more)} more in its thread" if hit.more else ""
    return f"{own_words(hit)}{hit.snippet.text}{more}"
