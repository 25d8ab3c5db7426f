"""The foot of the sidebar: when the feeds were last asked, how far a refresh is, and what needs a look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui import icons
from ui.paint import box, hline, prepare, text
from ui.phrases import counted, number, short_time
from ui.theme import META, RADIUS, colours, figures, font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.outcomes import FeedOutcome
    from reader.records import Ended, Feed, Progress
    from ui.engine import Engine, Task
    from ui.window_settings import WindowSettings

HEIGHT = 36
REFRESHED, OFFLINE = "refreshed", "offline"
"""The names under which the time and the outcome of the last refresh are kept."""
_AFTERWARDS = {"Threads": "Grouping into threads", "Index": "Taking into the index", "Topics": "Filling the topics"}


@dataclass(frozen=True, slots=True)
class State:
    """What the foot says: `share` is how far a refresh is, `None` while there is none."""

    icon: str
    role: str
    words: str
    share: float | None = None


class Freshness(QAbstractButton):
    """A line of state that opens Activity."""

    def __init__(self, engine: Engine, settings: WindowSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._task: Task[object] | None = None
        self._progress: Progress | None = None
        self._feeds: Sequence[Feed] = ()
        self._in_trouble = 0
        self.is_narrow = False
        self.setFixedHeight(HEIGHT)
        self.setMinimumWidth(1)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        engine.started.connect(self._on_started)
        self._tell()

    @property
    def state(self) -> State:
        """What is said now."""
        if self._task is not None:
            return self._busy()
        refreshed = self._refreshed()
        if bytes(self._settings.kept(OFFLINE).data()):
            return State("wifi-off", "warn", "Offline, reading what is saved")
        if refreshed is None and any(feed.status for feed in self._feeds):
            return State("circle-check", "faint", "Refreshed earlier")  # by another process, which says no time
        if refreshed is None:
            return State("clock", "faint", "Not refreshed yet")
        return State("circle-check", "faint", f"Updated {short_time(refreshed, datetime.now(UTC))}")

    def set_feeds(self, feeds: Sequence[Feed], in_trouble: int) -> None:
        """Take what is known of the feeds: how many there are, and how many need a look."""
        self._feeds, self._in_trouble = feeds, in_trouble
        self._tell()

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon alone."""
        self.is_narrow = narrow
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as the sidebar."""
        return QSize(180, HEIGHT)

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's name
        """Whether it is chosen is said by the view, not by the click."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Press with Enter too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw state, progress and trouble."""
        p, c, state = QPainter(self), colours(), self.state
        prepare(p)
        if self.isChecked() or self.underMouse():
            p.fillRect(self.rect(), QColor(c.idle))
        hline(p, 0, 0, self.width(), c.line)
        if state.share is not None:
            p.fillRect(QRectF(0, 0, self.width() * state.share, 2), QColor(c.accent))
        left = (self.width() - 16) / 2 if self.is_narrow else 16
        if self.is_narrow and self._in_trouble and self._task is None and state.icon != "wifi-off":
            icons.draw(p, left, 10, "triangle-alert", c.warn)
        else:
            icons.draw(p, left, 10, state.icon, str(getattr(c, state.role)))
        if not self.is_narrow:
            text(p, 40, 23, state.words, font(META), c.dim, self._draw_trouble(p) - 48)
        if self.hasFocus():
            box(p, QRectF(self.rect()).adjusted(2, 3, -2, -2), RADIUS, None, c.accent, 2)

    def _draw_trouble(self, p: QPainter) -> float:
        """Draw how many feeds need a look; where the room for words ends."""
        right = self.width() - 16.0
        if not self._in_trouble or self.state.icon == "wifi-off":
            return right
        right -= text(p, right, 23, number(self._in_trouble), figures(META, 600), colours().warn, right=True) + 18
        icons.draw(p, right, 11, "triangle-alert", colours().warn, 14)
        return right

    def _busy(self) -> State:
        now = self._progress
        if now is None or not now.total:
            words = _AFTERWARDS.get(now.label, "Asking the feeds") if now else "Asking the feeds"
            return State("refresh-cw", "accent", words, 0.0)
        share = min(1.0, now.done / now.total)
        words = _AFTERWARDS.get(now.label, f"{number(now.done)} of {counted(now.total, 'feed')}")
        return State("refresh-cw", "accent", words, share)

    def _refreshed(self) -> datetime | None:
        kept = bytes(self._settings.kept(REFRESHED).data()).decode("ascii", "replace")
        try:
            return datetime.fromisoformat(kept)
        except ValueError:
            return None

    def _on_started(self, task: Task[object]) -> None:
        if task.name == "refresh":
            self._task, self._progress = task, None
            task.progress.connect(self._on_progress)
            task.done.connect(self._on_done)
            task.over.connect(self._on_over)
            self._tell()

    def _on_progress(self, progress: Progress) -> None:
        if self.sender() is self._task:
            self._progress = progress
            self._tell()

    def _on_done(self, ended: Ended) -> None:
        outcome = ended.args[0] if ended.args else None
        asked: Sequence[FeedOutcome] = getattr(outcome, "feeds", ())
        if self._tells_of_all(asked):
            is_offline = all(feed.status == "error" for feed in asked)
            self._settings.keep(OFFLINE, QByteArray(b"1" if is_offline else b""))
            if not is_offline:
                self._settings.keep(REFRESHED, QByteArray(datetime.now(UTC).isoformat().encode()))

    def _tells_of_all(self, asked: Sequence[FeedOutcome]) -> bool:
        """One feed that was asked for by itself says nothing of the others."""
        return bool(asked) and len(asked) >= min(2, len(self._feeds))

    def _on_over(self) -> None:
        if self.sender() is self._task:
            self._task = self._progress = None
            self._tell()

    def _tell(self) -> None:
        state = self.state
        trouble = f"; {counted(self._in_trouble, 'feed')} need a look" if self._in_trouble else ""
        if self._in_trouble == 1:
            trouble = "; 1 feed needs a look"
        said = f"{state.words}{trouble}"
        if said != self.accessibleName():
            self.setAccessibleName(said)
            self.setToolTip(f"{said}. Opens Activity")
        self.update()
