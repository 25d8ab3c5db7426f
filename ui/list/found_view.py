"""What a search found, as rows: the first page at once, more as one scrolls on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from reader.library import Library
from ui.asking import Asking
from ui.list.result_delegate import ResultDelegate
from ui.list.result_model import ResultModel
from ui.list.row_view import RowView
from ui.paint import apart
from ui.phrases import counted

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reader.shelf import Shelf
    from reader.store.search import Answer
    from ui.engine import Engine
    from ui.view import Looking

HITS = 200
"""How many come at a time."""
SCREENS_AHEAD = 2


class FoundView(RowView):
    """Asks, and shows the answer."""

    answered = Signal(object)
    """The `Answer` whose first page is shown now."""
    failed = Signal(object)

    def __init__(self, engine: Engine, shelf: Shelf, parent: QWidget | None = None) -> None:
        self._shelf = shelf
        self.results = ResultModel(shelf)
        super().__init__(self.results, "Articles found", parent)
        self.results.setParent(self)
        self.setItemDelegate(ResultDelegate(self))
        self._asking = Asking(engine, self)
        self._asking.answered.connect(self._on_answer)
        self._asking.failed.connect(self.failed)
        self._looking: Looking | None = None
        self._offset = 0
        self.verticalScrollBar().valueChanged.connect(self._on_scroll)

    def search(self, looking: Looking) -> None:
        """Search for what the view says; what was found before stays until there is an answer."""
        self._looking = looking
        self._ask(0)

    def end(self) -> None:
        """Wait for nothing any more."""
        self._looking = None
        self._asking.forget()

    def told(self, answer: Answer) -> tuple[str, str, str]:
        """An answer in words: how many, what else there is to count, and how long it took."""
        articles, took = counted(answer.total, "article"), f"{answer.seconds:.2f} s"
        if self._looking is not None and self._looking.like is not None:
            rows = self._shelf.article_rows([self._looking.like])
            return f"Like “{apart(rows[0].title if rows else '')}”", "", articles
        if answer.threads is not None:
            return counted(answer.threads, "thread"), articles, took
        return articles, "in threads", took

    def _ask(self, offset: int) -> None:
        assert self._looking is not None
        looking, self._offset = self._looking, offset
        order = "oldest" if looking.order == "newest" and looking.ascending else looking.order
        sort = "relevance" if looking.best_first else order
        if looking.like is not None:
            self._asking.ask(Library.more_like, looking.like, HITS)
            return
        self._asking.ask(
            Library.search,
            looking.query,
            limit=HITS,
            offset=offset,
            sort=sort,
            facets=not offset,
            threads=looking.in_threads,
            unfinished=looking.is_typing,
        )

    def _on_answer(self, answer: Answer) -> None:
        if self._offset:
            self.results.add(answer)
            return
        self.results.take(answer)
        self.scrollToTop()
        self.answered.emit(answer)

    def _on_scroll(self, value: int) -> None:
        """Have more come before the end is reached."""
        there = len(self.results.ids)
        is_near = value >= self.verticalScrollBar().maximum() - SCREENS_AHEAD * self.viewport().height()
        if is_near and self._looking is not None and not self._asking.is_under_way and 0 < there < self.results.total:
            self._ask(there)
