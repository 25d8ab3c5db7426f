"""Words that were typed and are not in the library yet. They outlive their field, and the engine that saves them."""

from __future__ import annotations

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
        self._sent: dict[Place, _Sent] = {}
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
        return bool(self._sent)

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
            return "Saving …" if self._sent else "Not saved yet"
        return f"Saved {self._saved_at.astimezone():%H:%M}" if self._saved_at else "Saved"

    @property
    def is_in_trouble(self) -> bool:
        """Whether something could not be saved."""
        return bool(self._words) and (self._is_cut_off or any(place in self._words for place in self._refused))

    def write(self, place: Place, words: str, stored: str) -> None:
        """Keep words until they are saved; nothing, where the library has the same."""
        if words == stored and place not in self._sent:
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
        """Give everything to the library that is not on its way there; what it refused waits until it is another."""
        self._pause.stop()
        self._latest.stop()
        for place, words in list(self._words.items()):
            if place not in self._sent and self._refused.get(place, (None,))[0] != words:
                self._send(place, words)
        self.changed.emit()
        if not self._sent:
            self.settled.emit()

    def _send(self, place: Place, words: str) -> None:
        sent = self._sent[place] = _Sent(place, words, self)
        self._command(place, words).then(sent.on_done).otherwise(sent.on_failed)
        self.moved.emit()

    def _command(self, place: Place, words: str) -> Task[None]:
        if place.what == "comment":
            item = BriefingItem(place.kind, place.target, words)
            return self._engine.call(Library.comment_in_briefing, place.briefing, item)
        title, audience, summary = (words if place.what == what else None for what in ("title", "audience", "summary"))
        return self._engine.call(Library.edit_briefing, place.briefing, title=title, audience=audience, summary=summary)

    def landed(self, place: Place, words: str) -> None:
        """Take note that words are in the library."""
        self._is_cut_off = False
        self._refused.pop(place, None)
        self._saved_at = datetime.now().astimezone()
        if self._words.get(place) == words:
            del self._words[place]
        self.saved.emit(place, words)
        self._end(place)

    def bounced(self, place: Place, words: str, error: WatchdeskError) -> None:
        """Take note that words are not in the library: they stay."""
        if isinstance(error, EngineStopped):
            self._is_cut_off = True
        else:
            self._refused[place] = words, in_words(error)
        self._end(place)

    def _end(self, place: Place) -> None:
        del self._sent[place]
        self.moved.emit()
        if place in self._words and place not in self._refused and not self._is_cut_off:
            self._pause.start()
        self.changed.emit()
        if not self._sent:
            self.settled.emit()

    def _on_ready(self) -> None:
        self._is_cut_off = False
        self.save()


class _Sent(QObject):
    """Words on their way to the library."""

    def __init__(self, place: Place, words: str, drafts: Drafts) -> None:
        super().__init__(drafts)
        self._place, self._words, self._drafts = place, words, drafts

    def on_done(self, _answer: object) -> None:
        """They are there."""
        self._drafts.landed(self._place, self._words)
        self.deleteLater()

    def on_failed(self, error: WatchdeskError) -> None:
        """They are not."""
        self._drafts.bounced(self._place, self._words, error)
        self.deleteLater()
