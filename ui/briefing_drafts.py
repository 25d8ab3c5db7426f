"""Words that were typed and are not in the library yet. They outlive their field, and the engine that saves them."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QTimer, Signal

from reader.errors import EngineStopped
from reader.library import Library
from reader.records import BriefingItem
from ui.phrases import error as in_words

if TYPE_CHECKING:
    from reader.errors import WatchdeskError
    from ui.engine import Engine, Task

PAUSE_MS, LATEST_MS = 1500, 10_000
"""Words are saved after a pause of the keys this long, and this long after the first at the latest."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: a field of a briefing, or the comment on one of its things."""

    briefing: int
    what: Literal["title", "audience", "summary", "comment"]
    kind: str = ""
    target: int = 0


class Drafts(QObject):
    """What is not saved yet, by its place. `changed`: what `state` says is another; `settled`: no command is under way."""

    changed = Signal()
    settled = Signal()
    saved = Signal(object, str)
    moved = Signal()
    """A command was given or came to its end: what is being read of a briefing just now may be old."""

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._words: dict[Place, str] = {}
        self._waiting: deque[Place] = deque()
        self._sent: tuple[Place, str] | None = None
        self._refused: dict[Place, tuple[str, str]] = {}
        self._saved_at: datetime | None = None
        self._is_cut_off = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._latest = QTimer(self, singleShot=True, interval=LATEST_MS)
        self._pause.timeout.connect(self.save)
        self._latest.timeout.connect(self.save)
        engine.ready.connect(self._on_ready)

    def words(self, place: Place) -> str | None:
        """The words of a place that are not saved yet; `None` where all is."""
        return self._words.get(place)

    @property
    def is_busy(self) -> bool:
        """Whether words are on their way to the library."""
        return self._sent is not None

    @property
    def is_empty(self) -> bool:
        """Whether everything is saved."""
        return not self._words

    @property
    def state(self) -> str:
        """How far saving is, in words."""
        if refused := [why for place, (_, why) in self._refused.items() if place in self._words]:
            return f"Not saved: {refused[-1]}"
        if self._words and self._is_cut_off:
            return "Not saved yet: your words are kept here until the engine is back"
        if self._words:
            return "Saving …" if self._sent is not None else "Not saved yet"
        return f"Saved {self._saved_at.astimezone():%H:%M}" if self._saved_at else "Saved"

    @property
    def is_in_trouble(self) -> bool:
        """Whether something could not be saved."""
        return bool(self._words) and (self._is_cut_off or any(place in self._words for place in self._refused))

    def write(self, place: Place, words: str, stored: str) -> None:
        """Keep words until they are saved; nothing, where the library has the same."""
        if words == stored and (self._sent is None or self._sent[0] != place):
            self._drop(place)
            return
        self._words[place] = words
        self._pause.start()
        if not self._latest.isActive():
            self._latest.start()
        self.changed.emit()

    def _drop(self, place: Place) -> None:
        self._refused.pop(place, None)
        if self._words.pop(place, None) is not None:
            self.changed.emit()

    def save(self) -> None:
        """Give everything to the library, one after the other; what it refused waits until it is another."""
        self._pause.stop()
        self._latest.stop()
        for place in self._words:
            if place not in self._waiting:
                self._waiting.append(place)
        self._send_next()
        self.changed.emit()

    def _send_next(self) -> None:
        """Send the next words that are neither saved nor refused as they stand."""
        if self._sent is not None:
            return
        while self._waiting:
            place = self._waiting.popleft()
            words = self._words.get(place)
            if words is not None and self._refused.get(place, (None,))[0] != words:
                self._sent = place, words
                self._command(place, words).then(self._on_saved).otherwise(self._on_failed)
                self.moved.emit()
                return
        self.settled.emit()

    def _command(self, place: Place, words: str) -> Task[None]:
        if place.what == "comment":
            item = BriefingItem(place.kind, place.target, words)
            return self._engine.call(Library.comment_in_briefing, place.briefing, item)
        title, audience, summary = (words if place.what == what else None for what in ("title", "audience", "summary"))
        return self._engine.call(Library.edit_briefing, place.briefing, title=title, audience=audience, summary=summary)

    def _on_saved(self, _answer: object) -> None:
        assert self._sent is not None
        place, words = self._sent
        self._is_cut_off = False
        self._refused.pop(place, None)
        self._saved_at = datetime.now().astimezone()
        if self._words.get(place) == words:
            del self._words[place]
        else:
            self._pause.start()
        self.saved.emit(place, words)
        self._end()

    def _on_failed(self, error: WatchdeskError) -> None:
        """What is not in the library stays here."""
        assert self._sent is not None
        place, words = self._sent
        if isinstance(error, EngineStopped):
            self._is_cut_off = True
            self._waiting.clear()
        else:
            self._refused[place] = words, in_words(error)
        self._end()

    def _end(self) -> None:
        self._sent = None
        self.moved.emit()
        self._send_next()
        self.changed.emit()

    def _on_ready(self) -> None:
        self._is_cut_off = False
        self.save()
