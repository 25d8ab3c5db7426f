"""What a search found, as rows: a screen full at once, the counts of facets once one stops typing, more as one scrolls on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from reader.library import Library
from ui.asking import Asking
from ui.list.result_delegate import ResultDelegate
from ui.list.result_model import ResultModel
from ui.list.row_view import RowView
from ui.paint import apart
from ui.phrases import counted

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from reader.shelf import Shelf
    from reader.store.search import Answer
    from ui.engine import Engine
    from ui.view import Looking

FIRST = 24
"""How many come first: what fills a screen, so that they come fast …"""
HITS = 200
"""… and how many at a time as one scrolls on."""
COUNTED_MS = 150
"""How long after an answer its facets are counted: that takes longer than the answer, and who types on needs none."""
SCREENS_AHEAD = 2


class FoundView(RowView):
    """Asks, and shows the answer."""

    answered = Signal(object)
    """The `Answer` whose first page is shown now."""
    went_on = Signal(object)
    """The `Answer` whose further page is shown now."""
    counted = Signal(object)
    """The `Answer` that has the facets of what is shown."""
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
        self._counting = Asking(engine, self)
        self._counting.answered.connect(self.counted)
        self._counts_due = QTimer(self, singleShot=True, interval=COUNTED_MS)
        self._counts_due.timeout.connect(self._count)
        self._looking: Looking | None = None
        self._offset = 0
        self.verticalScrollBar().valueChanged.connect(self._on_scroll)

    def search(self, looking: Looking) -> None:
        """Search for what the view says; what was found before stays until there is an answer."""
        self._looking = looking
        self._count_no_more()
        self._ask(0)

    def end(self) -> None:
        """Wait for nothing any more."""
        self._looking = None
        self._asking.forget()
        self._count_no_more()

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
        if looking.like is not None:
            self._asking.ask(Library.more_like, looking.like, HITS)
            return
        self._asking.ask(
            Library.search,
            looking.query,
            limit=HITS if offset else FIRST,
            offset=offset,
            sort=_order(looking),
            threads=looking.in_threads,
            unfinished=looking.is_typing,
        )

    def _count(self) -> None:
        """Have the facets counted of what is shown."""
        if self._looking is not None:
            self._counting.ask(Library.facets, self._looking.query, unfinished=self._looking.is_typing)

    def _count_no_more(self) -> None:
        self._counts_due.stop()
        self._counting.forget()

    def _on_answer(self, answer: Answer) -> None:
        if self._offset:
            self.results.add(answer)
            self.went_on.emit(answer)
            self._fill()
            return
        self.results.take(answer)
        self.scrollToTop()
        self.answered.emit(answer)
        if not answer.total or (self._looking is not None and self._looking.like is not None):
            self.counted.emit(answer)
        else:
            self._counts_due.start()
        self._fill()

    def _on_scroll(self, value: int) -> None:
        """Have more come before the end is reached."""
        if value >= self.verticalScrollBar().maximum() - SCREENS_AHEAD * self.viewport().height():
            self._go_on()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Have more come where there is room for more."""
        super().resizeEvent(event)
        self._fill()

    def _fill(self) -> None:
        """Have more come where what came does not fill the view: there is nothing to scroll then."""
        if len(self.results.ids) * self.delegate.layout(0).height <= self.viewport().height():
            self._go_on()

    def _go_on(self) -> None:
        there = len(self.results.ids)
        if self._looking is not None and not self._asking.is_under_way and 0 < there < self.results.total:
            self._ask(there)


def _order(looking: Looking) -> str:
    """The order that the headings show, as a search calls it."""
    if looking.best_first:
        return "relevance"
    order = "heat" if looking.order == "hot" else looking.order  # what was found has no momentum
    return "oldest" if order == "newest" and looking.ascending else order
