"""Waiting until something is so while the window works: never for a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE = 30_000
LOOK = 15


def until(so: Callable[[], object], patience: int = PATIENCE) -> bool:
    """Let the window work until `so()` is true; whether it came to be within `patience` milliseconds."""
    loop, deadline, look = QEventLoop(), QTimer(singleShot=True), QTimer()

    def check() -> None:
        if so():
            loop.exit(0)

    deadline.timeout.connect(lambda: loop.exit(1))
    look.timeout.connect(check)
    deadline.start(patience)
    look.start(LOOK)
    return bool(so()) or loop.exec() == 0 or bool(so())
