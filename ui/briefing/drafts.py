"""Words that were typed and are not in the library yet. They outlive their field, and the engine that saves them."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QTimer, Signal

from reader.errors import EngineStopped, NotFound
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
    """What is not saved yet, by its place. `changed`: `state` says something else; `settled`: no command is under way."""

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

    def kept(self) -> bytes:
        """What is not saved, for the next window: this one may be closed or killed before it is; "" where all is."""
        return json.dumps([[astuple(place), words] for place, words in self._words.items()]).encode() if self._words else b""

    def restore(self, kept: bytes) -> None:
        """Take back what an earlier window could not save."""
        try:
            for place, words in json.loads(kept or b"[]"):
                self._words.setdefault(Place(*place), str(words))
        except (ValueError, TypeError):
            self.changed.emit()  # a file that somebody wrote into: what is not ours in it is no loss
        if self._words:
            self._pause.start()

    def words(self, place: Place) -> str | None:
        """The words of a place that are not saved yet; `None` where all is."""
        return self._words.get(place)

    @property
    def is_busy(self) -> bool:
        """Whether words are on their way to the library."""
        return self._sent is not None

    @property
    def is_empty(self) -> bool:
        """Whether everything is saved that has a place."""
        return all(self._is_homeless(place) for place in self._words)

    def state(self, briefing: int) -> str:
        """How far saving a briefing is, in words."""
        own = self._unsaved(briefing)
        if refused := [self._refused[place][1] for place in own if place in self._refused]:
            return f"Not saved: {refused[-1]}"
        if own and self._is_cut_off:
            return "Not saved yet: your words are kept here until the engine is back"
        if own:
            return "Saving …" if self._sent is not None else "Not saved yet"
        return f"Saved {self._saved_at.astimezone():%H:%M}" if self._saved_at else "Saved"

    def is_in_trouble(self, briefing: int) -> bool:
        """Whether something of it could not be saved."""
        return any(self._is_cut_off or place in self._refused for place in self._unsaved(briefing))

    def at_home(self, place: Place) -> None:
        """Take note that a place is there: words that had lost it are saved after all."""
        if self._is_homeless(place):
            del self._refused[place]
            self._pause.start()

    def _unsaved(self, briefing: int) -> list[Place]:
        return [place for place in self._words if place.briefing == briefing and not self._is_homeless(place)]

    def _is_homeless(self, place: Place) -> bool:
        """Whether words belong to what was removed meanwhile: they wait, as it may be brought back."""
        return place in self._refused and not self._refused[place][1]

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
            self._refused[place] = words, "" if isinstance(error, NotFound) else in_words(error)
        self._end()

    def _end(self) -> None:
        self._sent = None
        self.moved.emit()
        self._send_next()
        self.changed.emit()

    def _on_ready(self) -> None:
        self._is_cut_off = False
        self.save()
