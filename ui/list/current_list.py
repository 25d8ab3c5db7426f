"""Which list is shown, and whether there is a newer one. It asks the engine; when a newer list is taken in, others say."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from reader.library import Library
from ui.asking import Asking
from ui.list.thread_model import NOTHING, is_reordered, news
from ui.phrases import counted

if TYPE_CHECKING:
    from reader.records import Listing, ListOrder, Narrowing, Scope
    from ui.engine import Engine
    from ui.view import Looking

GATHERING = 400
"""Milliseconds over which changes are gathered before the list is asked for again."""


class ListOf(NamedTuple):
    """What of a look says which list it is."""

    scope: Scope
    narrowing: Narrowing
    order: ListOrder
    ascending: bool

    @classmethod
    def wanted(cls, looking: Looking) -> ListOf:
        """The list that a look is at, or would be without its search."""
        return cls(looking.scope, looking.narrowing, looking.order, looking.ascending)


class CurrentList(QObject):
    """Keeps one list level with the library."""

    came = Signal(object, bool)
    """A `Listing` to be shown now, and whether it is the same list as before in a newer state."""
    news = Signal(str)
    """There is a newer one: what is new in it, in words; "" when there is none any more."""
    failed = Signal(object)
    """There is no telling whether there is a newer one, or, while nothing is loaded, what to show at all."""

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: Listing = NOTHING
        self._newer: Listing | None = None
        self._loaded: ListOf | None = None
        self._wanted: ListOf | None = None
        self._takes_next = False
        self._asking = Asking(engine, self)
        self._asking.answered.connect(self._on_listing)
        self._asking.failed.connect(self._on_failed)
        self._asking.dropped.connect(self.look_again)
        self._gathering = QTimer(self)
        self._gathering.setSingleShot(True)
        self._gathering.setInterval(GATHERING)
        self._gathering.timeout.connect(self._ask)

    @property
    def loaded(self) -> ListOf | None:
        """Which list is shown."""
        return self._loaded

    def load(self, wanted: ListOf) -> None:
        """Have another list."""
        self._loaded, self._wanted = None, wanted
        self._ask()

    def look_again(self) -> None:
        """Ask soon whether there is a newer one."""
        if self._wanted is not None and not self._gathering.isActive():
            self._gathering.start()

    def take(self) -> None:
        """Have the newest one shown. Where something has just changed, that is the one that is still to come."""
        if self._loaded is not None and (self._gathering.isActive() or self._asking.is_under_way):
            self._takes_next = True
            self._ask()
        elif self._newer is not None:
            self._come(self._newer, is_same=True)

    def retry(self) -> None:
        """Ask an engine that came back."""
        if self._wanted is not None and not self._asking.is_under_way:
            self._ask()

    def _ask(self) -> None:
        self._gathering.stop()
        assert self._wanted is not None
        scope, narrowing, order, ascending = self._wanted
        self._asking.ask(Library.listing, scope, narrowing=narrowing, order=order, ascending=ascending)

    def _on_listing(self, listing: Listing) -> None:
        if self._loaded is None:
            self._loaded = self._wanted
            self._come(listing, is_same=False)
        elif listing == self._shown:
            self._newer, self._takes_next = None, False
            self.news.emit("")
        elif self._takes_next or not self._shown.threads:
            self._come(listing, is_same=True)
        else:
            self._newer = listing
            self._say_news(listing)

    def _say_news(self, listing: Listing) -> None:
        """That something merely left the list is not worth a word: one has just read it."""
        if count := news(self._shown, listing):
            self.news.emit(f"{counted(count, 'thread')} new or changed")
        elif is_reordered(self._shown, listing):
            self.news.emit("The order has changed")

    def _come(self, listing: Listing, *, is_same: bool) -> None:
        self._shown, self._newer, self._takes_next = listing, None, False
        self.news.emit("")
        self.came.emit(listing, is_same)

    def _on_failed(self, error: object) -> None:
        """Go on with the list that is there, if there is one; its rows do not need the engine."""
        self.failed.emit(error)
