"""One job as the activity shows it: under way with its bar and a Stop, and what it came to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLayout, QProgressBar, QWidget

from ui import job_words, phrases
from ui.controls import Link, Words
from ui.forms import Sign, breakable, button, column, row
from ui.job_words import Outcome
from ui.theme import META

if TYPE_CHECKING:
    from datetime import datetime

    from reader.records import Ended, Progress
    from ui.engine import Task

NAMES = 132
"""How wide the names of jobs stand."""
MOST_FAULTS = 100
"""Faults that are listed; the others are counted."""
MOST_NOTES = 1000
"""Remarks that are kept while a job runs."""
LONGEST_FAULT = 600
"""Letters of a fault that are shown."""


class RunningJob(QWidget):
    """A job under way: how far it has come, and a way to stop it."""

    ended = Signal(object, str, object)
    """Itself, the sign's name ("check", "triangle-alert", "circle-x", "circle-stop"), and its `Outcome`."""

    def __init__(self, task: Task[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.task = task
        self._name, self._notes, self._noted = phrases.job(task.name), list[str](), 0
        self.setAccessibleName(self._name)
        self._words = Words("Waits for its turn", role="dim", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(4)
        self._bar.hide()
        self._note = Words("", META, role="faint", wrap=True)
        self._note.hide()
        self.stop = button("Stop", self._stop, name=f"Stop: {self._name}")
        name = Words(self._name, weight=600, wrap=True)
        name.setFixedWidth(NAMES)
        self.setLayout(
            row(
                column(5, name, None), column(5, self._words, 6, self._bar, 4, self._note, None), 16, column(self.stop, None),
                spacing=0,
            )
        )  # fmt: skip
        self.layout().setStretch(1, 1)  # type: ignore[union-attr]  # it has one
        task.progress.connect(self._on_progress)
        task.done.connect(self._on_done)
        task.failed.connect(self._on_failed)

    def _on_progress(self, step: Progress) -> None:
        words = job_words.progress(step)
        self._words.setText(words)
        self._bar.setVisible(step.total > 1)
        if step.total > 1:
            self._bar.setRange(0, step.total)
            self._bar.setValue(min(step.done, step.total))
        self._bar.setAccessibleName(f"{self._name}: {words}")
        if step.note:
            lines = step.note.splitlines()
            self._noted += len(lines)
            self._notes += lines[: MOST_NOTES - len(self._notes)]
            self._note.setText(breakable(lines[-1][:LONGEST_FAULT]))
            self._note.show()

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.stop.setText("Stopping …")
        self.task.stop()

    def _on_done(self, ended: Ended) -> None:
        told = job_words.outcome(self.task.name, ended)
        if self._notes and not told.faults:
            told = Outcome(told.words, phrases.counted(self._noted, "remark"), tuple(self._notes))
        sign = "circle-stop" if not ended.finished else "triangle-alert" if told.trouble else "check"
        self.ended.emit(self, sign, told)

    def _on_failed(self, error: object) -> None:
        trouble = phrases.counted(self._noted, "remark") if self._notes else ""
        self.ended.emit(self, "circle-x", Outcome(phrases.error(error), trouble, tuple(self._notes)))


class EndedJob(QWidget):
    """What a job of this session came to; what went wrong in it can be opened."""

    def __init__(self, name: str, sign: str, told: Outcome, when: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = told
        role = {"check": "good", "circle-x": "bad", "triangle-alert": "warn"}.get(sign, "dim")
        title = Words(phrases.job(name), weight=600, wrap=True)
        title.setFixedWidth(NAMES)
        words = Words(breakable(told.words), role="bad" if sign == "circle-x" else "dim", wrap=True)
        clock = Words(f"{when.astimezone():%H:%M}", META, role="faint")
        self.setAccessibleName(f"{phrases.job(name)}, {clock.text()}: {told.words}{', ' if told.trouble else ''}{told.trouble}")
        self.open = Link(told.trouble)
        self.open.setVisible(bool(told.trouble))
        self.open.clicked.connect(self._toggle)
        self.faults = QWidget()
        self.faults.setAccessibleName(told.trouble)
        self.faults.setLayout(column(2, spacing=6))
        self.faults.hide()
        middle = column(words, row(self.open, None), self.faults, None)
        self.setLayout(
            row(column(title, None), middle, 12, column(1, clock, None), 10, column(Sign(sign, role), None), spacing=0)
        )
        self.layout().setStretch(1, 1)  # type: ignore[union-attr]  # it has one

    def _toggle(self) -> None:
        """Show the faults, or put them away."""
        layout = self.faults.layout()
        if layout is not None and layout.count() == 1:  # the gap on top
            self._list_faults(layout)
        self.faults.setVisible(self.faults.isHidden())

    def _list_faults(self, layout: QLayout) -> None:
        rest = len(self._told.faults) - MOST_FAULTS
        for line in (*self._told.faults[:MOST_FAULTS], *((f"and {phrases.number(rest)} more",) if rest > 0 else ())):
            shown = Words(breakable(line[:LONGEST_FAULT]), META, role="dim", wrap=True)
            shown.setAccessibleName(line[:LONGEST_FAULT])
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            layout.addWidget(shown)
