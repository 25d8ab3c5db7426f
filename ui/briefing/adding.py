"""Things into the current briefing, from wherever one is: the one that was open last, the newest, or a new one."""

from __future__ import annotations

from collections import deque
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reader.library import Library
from ui.paint import apart
from ui.phrases import counted, day
from ui.phrases import error as in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.records import Briefing, BriefingItem
    from ui.engine import Engine


class Adding(QObject):
    """Adds one after the other, so that two quick keys do not make two briefings."""

    did = Signal(str)
    """What was done, and can be undone."""
    said = Signal(str)
    """What was not done, and why."""

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._waiting: deque[tuple[BriefingItem, ...]] = deque()
        self._items: tuple[BriefingItem, ...] = ()
        self._title = ""
        self.latest: int | None = None
        """The briefing that was open last."""

    def add(self, items: Sequence[BriefingItem]) -> None:
        """Put things at the end of the current briefing."""
        if items:
            self._waiting.append(tuple(items))
            self._next()

    def _next(self) -> None:
        if not self._items and self._waiting:
            self._items = self._waiting.popleft()
            self._engine.ask(Library.briefings).then(self._on_briefings).otherwise(self._on_failed)

    def _on_briefings(self, briefings: list[Briefing]) -> None:
        current = next((one for one in briefings if one.id == self.latest), briefings[0] if briefings else None)
        if current is None:
            self._title = f"Briefing of {day(datetime.now().astimezone())}"
            self._engine.call(Library.new_briefing, self._title, self._items).then(self._on_made).otherwise(self._on_failed)
        else:
            self._title = current.title
            adding = self._engine.call(Library.add_to_briefing, current.id, self._items)
            adding.then(self._on_added).otherwise(self._on_failed)

    def _on_made(self, id: int) -> None:
        self.latest = id
        self._end()
        self.did.emit(f"Made “{apart(self._title)}” and added to it")

    def _on_added(self, fresh: int) -> None:
        many, title = len(self._items), apart(self._title)
        self._end()
        if fresh:
            self.did.emit(f"Added {counted(fresh, 'part')} to “{title}”" if fresh > 1 else f"Added to “{title}”")
        else:
            self.said.emit(f"{'They are' if many > 1 else 'It is'} in “{title}” already")

    def _on_failed(self, error: object) -> None:
        self._end()
        self.said.emit(f"Not added: {in_words(error)}")

    def _end(self) -> None:
        self._items = ()
        self._next()
