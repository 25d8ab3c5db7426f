"""The settings' page on the library itself: where it is, how large, a copy of it, and whether it is sound."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from reader.library import Library
from reader.outcomes import BackupOutcome
from ui import job_words, phrases
from ui.controls import Words
from ui.file_questions import ask_where_to
from ui.forms import Page, breakable, button, column, row
from ui.settings.pages import SettingsPage
from ui.theme import META

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QPushButton

    from reader.records import Ended, Progress
    from ui.engine import Engine, Task

STEP_FILES = 300
"""Files that are looked at before the window gets its turn."""
PROBLEMS_HEIGHT = 110


class LibraryPage(SettingsPage):
    """Looks after the library: nothing here can lose anything."""

    def __init__(self, engine: Engine) -> None:
        super().__init__("Library")
        self._engine = engine
        self._job: Task[Any] | None = None
        self.place = Words(breakable(str(engine.folder)), wrap=True)
        self.place.setAccessibleName(f"Folder: {engine.folder}")
        self.place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.taken = Words("", role="dim")
        self.back_up = button("Back up …", self._ask_where)
        self.check = button("Check it over", self._check)
        self.repair = button("Mend what is derived", self._repair)
        self.repair.hide()
        self.reindex = button("Build the index anew", self._reindex)
        self.stop = button("Stop", self._stop)
        self.stop.hide()
        self.status = Words("", role="dim", wrap=True)
        self.problems = Words("", META, role="warn", wrap=True)
        self.problems.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._list = Page(self.problems)
        self._list.setFixedHeight(PROBLEMS_HEIGHT)
        self._list.hide()
        self.form.add("Folder", self.place, tail=6).stand_as_words()
        self.form.add("On the disk", self.taken, tail=16).stand_as_words()
        self.form.add("A copy", _beside(self.back_up), "In one file, read back once it is written.")
        self.form.add("Soundness", _beside(self.check, self.repair), "Reads everything and tells what is not as it should be.")
        self.form.add("Search", _beside(self.reindex), "Beside the old one: searching goes on meanwhile.")
        told = QWidget()
        told.setLayout(column(row(self.status, 8, self.stop), 6, self._list))
        self.form.add("", told, tail=0)
        self._sizes = sizes(engine.folder)
        self._bytes = 0
        self._counting = QTimer(self)
        self._counting.timeout.connect(self._count)
        self._counting.start(0)

    def _count(self) -> None:
        """A step further through the files of the library."""
        for _ in range(STEP_FILES):
            found = next(self._sizes, None)
            if found is None:
                self._counting.stop()
                break
            self._bytes += found
        about = "" if not self._counting.isActive() else " so far"
        self.taken.setText(f"{self._bytes / 1_000_000:,.1f} MB{about}")

    # Jobs

    def _ask_where(self) -> None:
        ask_where_to(self, "Back up the library", "watchdesk-backup.zip", ["Backup (*.zip)"], self.copy_to)

    def copy_to(self, path: str) -> None:
        """Back the library up to a file."""
        self._run(self._engine.start(Library.backup, Path(path), BackupOutcome()))

    def _check(self) -> None:
        self._run(self._engine.start(Library.check, []))

    def _repair(self) -> None:
        self._run(self._engine.start(Library.check, [], repair=True))

    def _reindex(self) -> None:
        self._run(self._engine.start(Library.reindex))

    def _run(self, job: Task[Any]) -> None:
        self._job = job
        self._list.hide()
        self.repair.hide()
        self.status.setText(f"{phrases.job(job.name)} …")
        self._free(False)
        job.progress.connect(self._on_progress)
        job.then(self._on_done).otherwise(self._on_failed)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()
            self.status.setText("Stopping …")

    def _free(self, free: bool) -> None:
        for one in self._buttons():
            one.setEnabled(free)
        self.stop.setVisible(not free)

    def _buttons(self) -> tuple[QPushButton, ...]:
        return self.back_up, self.check, self.repair, self.reindex

    def _on_progress(self, step: Progress) -> None:
        self.status.setText(breakable(job_words.progress(step)))

    def _on_done(self, ended: Ended) -> None:
        name = self._job.name if self._job is not None else ""
        told = job_words.outcome(name, ended)
        self._job = None
        self._free(True)
        self.status.setText(breakable(f"{told.words}. {told.trouble}".rstrip(". ") + "."))
        self.problems.setText("\n".join(breakable(fault) for fault in told.faults[:200]))
        self._list.setVisible(bool(told.faults))
        self.repair.setVisible(name == "check" and bool(told.faults))

    def _on_failed(self, error: object) -> None:
        self._job = None
        self._free(True)
        self.status.setText(breakable(phrases.error(error)))


def sizes(folder: Path) -> Iterator[int]:
    """The size of each file in a folder and below it, one at a time; what goes away meanwhile counts for nothing."""
    waiting = [folder]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(Path(entry.path))
                    else:
                        yield _size(entry)
        except OSError:
            yield 0


def _size(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat(follow_symlinks=False).st_size
    except OSError:
        return 0


def _beside(*buttons: QPushButton) -> QWidget:
    made = QWidget()
    made.setLayout(row(*buttons, None))
    made.setAccessibleName(buttons[0].text())
    return made
