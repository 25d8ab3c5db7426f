"""A throw-away copy of the sample coverage, made by the engine while a small window says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from reader.library import Library
from ui.engine import Engine
from ui.theme import UNIT
from ui.window_settings import WindowSettings

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent

    from reader.errors import WatchdeskError
    from reader.records import Ended, Progress

WIDTH = 380


class SampleCopy(QWidget):
    """Says how far the copy is. Closing it before ends the program."""

    made = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._engine: Engine | None = None
        self.setWindowTitle("Watchdesk")
        self.setFixedWidth(WIDTH)
        self._words = QLabel("Preparing the sample coverage…")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._bar = QProgressBar(textVisible=False, maximum=0)
        self._bar.setFixedHeight(UNIT)
        self._bar.setAccessibleName("How far the sample coverage is prepared")
        QShortcut(QKeySequence.StandardKey.Cancel, self, self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6 * UNIT, 6 * UNIT, 6 * UNIT, 6 * UNIT)
        layout.setSpacing(4 * UNIT)
        layout.addWidget(self._words)
        layout.addWidget(self._bar)

    def begin(self) -> None:
        """Make the copy."""
        self.show()
        self._engine = Engine(self._folder, parent=self)
        task = self._engine.start(Library.start, sample=True)
        task.progress.connect(self._on_progress)
        task.then(self._on_made).otherwise(self._on_failed)

    @Slot(object)
    def _on_progress(self, progress: Progress) -> None:
        self._bar.setMaximum(progress.total)
        self._bar.setValue(progress.done)

    @Slot(object)
    def _on_made(self, _ended: Ended) -> None:
        self._leave()
        WindowSettings(self._folder).choose("welcomed", True)  # whoever asks for the sample wants to see it
        self.made.emit()

    @Slot(object)
    def _on_failed(self, error: WatchdeskError) -> None:
        self._leave()
        self._bar.hide()
        self._words.setText(f"The sample coverage cannot be prepared: {error}")

    def _leave(self) -> None:
        engine, self._engine = self._engine, None
        if engine:
            engine.close()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Let the engine end before the folder goes."""
        self._leave()
        super().closeEvent(event)
