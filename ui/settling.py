"""Waits until a window shows everything that it opens with, and closes it then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

if TYPE_CHECKING:
    from ui.main_window import MainWindow

SECONDS = 60.0


class Settling(QObject):
    """From `window.settled`, or after a minute without it, to the closing of the window."""

    def __init__(self, window: MainWindow, seconds: float = SECONDS) -> None:
        super().__init__(window)
        self.settled = False
        window.settled.connect(self._on_settled)
        self._patience = QTimer(self, singleShot=True, interval=int(seconds * 1000))
        self._patience.timeout.connect(window.close)
        self._patience.start()

    @Slot()
    def _on_settled(self) -> None:
        if not self.settled:
            self.settled = True
            self._patience.start(0)  # what the window posted to itself comes first
