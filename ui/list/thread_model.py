"""The list as Qt sees it: threads, and under them their articles. All ids are there, of the rows only those lately looked at."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import OrderedDict
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from reader.records import Listing
from ui.list.rows import article_in_words, thread_in_words
from ui.view import Selection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from reader.records import ArticleRow, Changes, ThreadRow
    from reader.shelf import Shelf

    Index = QModelIndex | QPersistentModelIndex


class _Named(Protocol):
    @property
    def id(self) -> int: ...


T = TypeVar("T", bound=_Named)

ROW = int(Qt.ItemDataRole.UserRole) + 1
"""The role under which a row's record is asked for: `ThreadRow`, `ArticleRow`, or `None` for one that is gone."""
PAGE = 32
"""How many are read at a time: few enough that a scroll bar which is dragged over everything stays with the mouse."""
KEPT = 96 * PAGE
NOWHERE = QModelIndex()
NOTHING = Listing(array("q"), array("q", [0]), array("q"))


def utc_now() -> datetime:
    """What time it is."""
    return datetime.now(UTC)


class RowCache(Generic[T]):
    """Rows by id, read a page at a time around the one that is missing; those not looked at for longest are let go."""

    def __init__(self, read: Callable[[Sequence[int]], list[T]], kept: int = KEPT) -> None:
        self._read, self._kept = read, kept
        self._rows: OrderedDict[int, T | None] = OrderedDict()

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[int]:
        return iter(self._rows)

    def at(self, ids: array[int], position: int) -> T | None:
        """The row of `ids[position]`; `None` for one that is not there."""
        id = ids[position]
        if id in self._rows:
            self._rows.move_to_end(id)
            return self._rows[id]
        start = position // PAGE * PAGE
        missing = [other for other in ids[start : start + PAGE] if other not in self._rows]
        found = {row.id: row for row in self._read(missing)}
        for other in missing:
            self._rows[other] = found.get(other)
        while len(self._rows) > self._kept:
            self._rows.popitem(last=False)
        return found.get(id)

    def forget(self, ids: Iterable[int]) -> None:
        """Read these again when they are next looked at."""
        for id in ids:
            self._rows.pop(id, None)


class ThreadModel(QAbstractItemModel):
    """A listing as a tree of two floors. An index knows its thread: its internal id is 0, or one more than its thread's row."""

    def __init__(self, shelf: Shelf, parent: QObject | None = None, clock: Callable[[], datetime] = utc_now) -> None:
        super().__init__(parent)
        self._clock = clock
        self._listing = NOTHING
        self._row_of: dict[int, int] = {}
        self._threads: RowCache[ThreadRow] = RowCache(shelf.thread_rows)
        self._articles: RowCache[ArticleRow] = RowCache(shelf.article_rows)

    # What Qt asks

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        """How many threads, or how many articles a thread opens to: one alone opens to nothing."""
        if not parent.isValid():
            return len(self._listing.threads)
        size = len(self.members(parent.row())) if parent.internalId() == 0 else 0
        return size if size > 1 else 0

    def columnCount(self, _parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        """One."""
        return 1

    def hasChildren(self, parent: Index = NOWHERE) -> bool:  # noqa: N802 - Qt's name
        """Whether there is something under it."""
        return self.rowCount(parent) > 0

    def index(self, row: int, column: int = 0, parent: Index = NOWHERE) -> QModelIndex:
        """Of a thread, or of an article of a thread."""
        if column or not 0 <= row < self.rowCount(parent):
            return QModelIndex()
        return self.createIndex(row, 0, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = NOWHERE) -> QModelIndex:  # type: ignore[override]  # Qt has another one for objects
        """The thread of an article."""
        if not index.isValid() or index.internalId() == 0:
            return QModelIndex()
        return self.createIndex(int(index.internalId()) - 1, 0, 0)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The record, its title, or the whole row in words."""
        if not index.isValid():
            return None
        if role == ROW:
            return self.row(index)
        if role == Qt.ItemDataRole.DisplayRole:
            row = self.row(index)
            return row.title if row else ""
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return self._in_words(index) if role == Qt.ItemDataRole.AccessibleTextRole else None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows are chosen and dragged."""
        return super().flags(index) | (Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags)

    # What the window asks

    @property
    def listing(self) -> Listing:
        """What is shown."""
        return self._listing

    def row(self, index: Index) -> ThreadRow | ArticleRow | None:
        """The record of a row; `None` for one that is not in the library any more."""
        thread = int(index.internalId())
        if not thread:
            return self.thread_row(index.row())
        return self._articles.at(self._listing.members, self._listing.starts[thread - 1] + index.row())

    def thread_row(self, row: int) -> ThreadRow | None:
        """The record of the thread in a row."""
        return self._threads.at(self._listing.threads, row)

    def article_row(self, row: int, member: int) -> ArticleRow | None:
        """The record of an article of the thread in a row."""
        return self._articles.at(self._listing.members, self._listing.starts[row] + member)

    def members(self, row: int) -> array[int]:
        """The articles of the thread in a row."""
        starts = self._listing.starts
        return self._listing.members[starts[row] : starts[row + 1]]

    def id_at(self, index: Index) -> tuple[int, int | None]:
        """The thread, and for a member the article, at an index: what outlives a new listing."""
        thread = int(index.internalId())
        if not thread:
            return self._listing.threads[index.row()], None
        return self._listing.threads[thread - 1], self._listing.members[self._listing.starts[thread - 1] + index.row()]

    def find(self, thread: int | None, article: int | None = None) -> QModelIndex:
        """Where a thread, or an article in it, stands now; with no thread named, in whichever the article is. May be nowhere."""
        row = self._row_of.get(thread) if thread is not None else self._row_with(article)
        if row is None:
            return QModelIndex()
        top = self.index(row)
        if article is None or self.rowCount(top) == 0:
            return top
        own = self.members(row)
        return self.index(own.index(article), 0, top) if article in own else QModelIndex()

    def _row_with(self, article: int | None) -> int | None:
        try:
            place = self._listing.members.index(article)  # type: ignore[arg-type]  # None is in no array
        except (ValueError, TypeError):
            return None
        return bisect_right(self._listing.starts, place) - 1

    def articles(self, index: Index, *, is_open: bool) -> tuple[int, ...]:
        """What a row stands for in a selection of several."""
        if index.parent().isValid() or is_open:
            return self.selection(index, is_open=is_open).articles
        return tuple(self.members(index.row()))

    def selection(self, index: Index, *, is_open: bool) -> Selection:
        """What one row chooses: a closed thread stands for all its articles, an open one for its head."""
        thread, article = self.id_at(index)
        if article is not None:
            return Selection(thread, article, (article,))
        own = self.members(index.row())
        row = self.thread_row(index.row())
        head = row.head if row and row.head in own else own[0]
        return Selection(thread, head, (head,) if is_open else tuple(own), (thread,))

    # What changes

    def take(self, listing: Listing) -> None:
        """Show another listing. Rows that were read stay read."""
        self.beginResetModel()
        self._listing = listing
        self._row_of = dict(zip(listing.threads, count(), strict=False))
        self.endResetModel()

    def renew(self, changes: Changes, shown: Iterable[QModelIndex]) -> None:
        """Forget rows that changed; of those that are seen, say so."""
        stale = {id for id in self._threads if self._is_stale(id, changes)}
        self._threads.forget(stale)
        self._articles.forget(changes.articles)
        for index in shown:
            thread, article = self.id_at(index)
            if (article in changes.articles) if article is not None else thread in stale:
                self.dataChanged.emit(index, index)

    def _is_stale(self, thread: int, changes: Changes) -> bool:
        row = self._row_of.get(thread)
        return thread in changes.threads or row is None or not changes.articles.isdisjoint(self.members(row))

    def _in_words(self, index: Index) -> str:
        now = self._clock()
        thread = int(index.internalId())
        if not thread:
            row = self.thread_row(index.row())
            return thread_in_words(row, now) if row else ""
        article = self.article_row(thread - 1, index.row())
        return article_in_words(article, now, is_first=not index.row()) if article else ""


def news(old: Listing, new: Listing) -> int:
    """How many threads of the new listing are not in the old one, or have an article there that is new."""
    was = dict(zip(old.threads, count(), strict=False))
    found = 0
    for row, thread in enumerate(new.threads):
        before = was.get(thread)
        if before is None:
            found += 1
            continue
        own = new.members[new.starts[row] : new.starts[row + 1]]
        had = old.members[old.starts[before] : old.starts[before + 1]]
        found += own != had and not set(own) <= set(had)
    return found


def is_reordered(old: Listing, new: Listing) -> bool:
    """Whether the threads that both have stand in another order."""
    both = set(old.threads) & set(new.threads)
    return [id for id in old.threads if id in both] != [id for id in new.threads if id in both]
