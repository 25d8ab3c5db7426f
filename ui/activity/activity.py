"""What the program is doing, what it did in this session, and when it asks the feeds again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reader.library import Library
from ui import phrases
from ui.activity.rows import NAMES, EndedJob, RunningJob
from ui.controls import Ground, Words
from ui.forms import Page, Rule, Sign, button, column, row
from ui.job_words import LEVELLING, QUIET, Outcome
from ui.theme import HEAD, META, VIEW

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from reader.records import Changes, Feed
    from reader.settings import Settings
    from ui.actions import Actions
    from ui.engine import Engine, Task
    from ui.view import View

Shown = TypeVar("Shown", bound=QWidget)

MOST_ENDED = 40
"""Jobs that ended and are still told of."""
LOOK_MILLISECONDS = 1000
"""How often, at most, the feeds are asked for when they are next due."""


class Activity(Ground):
    """Every job under way with its Stop, those that ended, and how level threads and index are."""

    def __init__(self, engine: Engine, view: View, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__("list", parent)
        self._engine, self._view = engine, view
        self._by_itself = True
        self._next: datetime | None = None
        self._level_since: datetime | None = None
        self.setAccessibleName("Activity")
        self.next_refresh = Words("", META, role="faint")
        self._under_way, self._ended = QVBoxLayout(), QVBoxLayout()
        self._under_way.setSpacing(14)
        self._ended.setSpacing(12)
        self.level = Words("", role="dim", wrap=True)
        self._level_sign = Sign("check", "good")
        self._level_row = self._made_level_row()
        self._nothing = self._made_nothing(actions)
        self._session = QWidget()
        self._session.setLayout(column(18, Rule(), 18, Words("This session", weight=600), 14, self._ended))
        self._session.hide()
        inside = QWidget()
        inside.setLayout(column(self._under_way, self._nothing, self._level_row, self._session, None, margins=(24, 0, 24, 24)))
        head = row(Words("Activity", VIEW, 600), None, self.next_refresh)
        head.setContentsMargins(24, 0, 24, 0)
        strip = QWidget()
        strip.setFixedHeight(HEAD)
        strip.setLayout(head)
        self.setLayout(column(strip, 12, Page(inside)))
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(LOOK_MILLISECONDS)
        self._looking.timeout.connect(self._look)
        for task in engine.jobs:
            self._on_started(task)
        engine.started.connect(self._on_started)
        engine.ready.connect(self._look)
        engine.changed.connect(self._on_changed)
        self._tidy()
        if engine.is_ready:
            self._look()

    @property
    def running(self) -> list[RunningJob]:
        """The jobs that are under way, the first to start first."""
        return _widgets(self._under_way, RunningJob)

    @property
    def ended(self) -> list[EndedJob]:
        """The jobs that ended, the last one first."""
        return _widgets(self._ended, EndedJob)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """See when feeds are due."""
        super().showEvent(event)
        self._look()

    def _made_level_row(self) -> QWidget:
        name = Words("Threads, index", weight=600)
        name.setFixedWidth(NAMES)
        made = QWidget()
        made.setLayout(row(name, self.level, 12, self._level_sign, spacing=0))
        made.layout().setStretch(1, 1)  # type: ignore[union-attr]  # it has one
        made.layout().setContentsMargins(0, 14, 0, 0)  # type: ignore[union-attr]  # it has one
        return made

    def _made_nothing(self, actions: Actions) -> QWidget:
        self._refresh = button("Refresh", actions["refresh"].trigger)
        why = Words("A refresh asks the feeds that are due; what comes of it stands here.", role="dim", wrap=True)
        made = QWidget()
        made.setLayout(
            column(
                Sign("activity", "faint", 24), 12, Words("Nothing is under way", VIEW, 600), 6, why, 14,
                row(self._refresh, Words(actions["refresh"].shortcut().toString(), META, role="faint"), None, spacing=10), 4,
            )
        )  # fmt: skip
        return made

    # Jobs

    def _on_started(self, task: Task[Any]) -> None:
        shown = RunningJob(task)
        shown.ended.connect(self._on_ended)
        self._under_way.addWidget(shown)
        self._tidy()

    def _on_ended(self, job: RunningJob, sign: str, told: Outcome) -> None:
        name, had_focus = job.task.name, job.stop.hasFocus()
        self._under_way.removeWidget(job)
        job.hide()
        job.deleteLater()
        now = datetime.now(UTC)
        if name in LEVELLING and sign in ("check", "triangle-alert"):
            self._level_since = now
        if name not in QUIET or sign != "check":
            self._ended.insertWidget(0, EndedJob(name, sign, told, now))
            for old in self.ended[MOST_ENDED:]:
                self._ended.removeWidget(old)
                old.deleteLater()
        self._tidy()
        if had_focus:
            (self.running[0].stop if self.running else self._refresh).setFocus()

    def _tidy(self) -> None:
        """Show what there is to show."""
        running = self.running
        self._nothing.setVisible(not running)
        self._session.setVisible(bool(self.ended))
        levelling = any(job.task.name in LEVELLING for job in running)
        self._level_row.setVisible(levelling or self._level_since is not None)
        self._level_sign.show_as(*(("clock", "faint") if levelling else ("check", "good")))
        since = "" if self._level_since is None else f" since {self._level_since.astimezone():%H:%M}"
        self.level.setText("being brought level with the library" if levelling else f"level with the library{since}")

    # The next refresh

    def _on_changed(self, changes: Changes) -> None:
        if (changes.feeds or changes.settings) and self.isVisible():
            self._looking.start()

    def _look(self) -> None:
        if self._engine.is_ready:
            self._engine.ask(Library.settings).then(self._on_settings)
            self._engine.ask(Library.feeds).then(self._on_feeds)

    def _on_settings(self, chosen: Settings) -> None:
        self._by_itself = chosen.refresh_by_itself
        self._say_next()

    def _on_feeds(self, feeds: list[Feed]) -> None:
        times = [feed.next_refresh for feed in feeds if feed.next_refresh is not None]
        self._next = min(times, default=None)
        self._say_next()

    def _say_next(self) -> None:
        now = datetime.now(UTC)
        if not self._by_itself:
            words = "Refreshes when you say"
        elif self._next is None:
            words = ""
        else:
            words = f"Next refresh {phrases.short_time(self._next, now)}" if self._next > now else "A refresh is due"
        self.next_refresh.setText(words)


def _widgets(layout: QVBoxLayout, kind: type[Shown]) -> list[Shown]:
    found = (item.widget() for at in range(layout.count()) if (item := layout.itemAt(at)) is not None)
    return [widget for widget in found if isinstance(widget, kind)]
