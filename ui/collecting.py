"""Lets Python look for cycles of garbage on the window's own thread only.

It looks in whichever thread happens to allocate, and a widget that it finds there would be destroyed beside the thread that draws
it: a crash, now and then. So its own looking is off, and a timer of the window does it instead, as often as it would.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MILLISECONDS = 500
YOUNG, MIDDLE, OLD = 5_000, 10, 20
"""Looks among the youngest after so many new objects; among the older after so many looks; through all after so many of those."""


class Collecting(QObject):
    """Collects garbage for as long as it lives; afterwards Python does so by itself again."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MILLISECONDS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect what has gathered, the oldest seldom."""
        young, middle, old = gc.get_count()
        if old > OLD:
            gc.collect(2)
        elif middle > MIDDLE:
            gc.collect(1)
        elif young > YOUNG:
            gc.collect(0)
