"""The one `QApplication`: on which screen, how large, with whose name and icon, and how it hears that it shall end."""

from __future__ import annotations

import os
import signal
import sys
from importlib.resources import files
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QSocketNotifier, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QIcon, QPixmap
from PySide6.QtWidgets import QApplication

from reader.settings import VERSION
from ui import overrides, theme
from ui.collecting import Collecting
from ui.window_settings import WindowSettings

if TYPE_CHECKING:
    from pathlib import Path
    from types import FrameType

NOWHERE = ("offscreen", "minimal")
"""Platforms of Qt that draw where nobody looks."""
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256)
SETTLE_SECONDS = 60.0
"""So long a window that opens by itself, for a picture or a proof, may take until it shows everything."""
LOOK_MILLISECONDS = 200
"""How often Python is let look for a signal where the system cannot wake Qt."""


class NoScreen(Exception):
    """A screen was named, and cannot be drawn on."""


def has_screen() -> bool:
    """Whether there should be a screen: Linux says where in its environment."""
    if os.environ.get("QT_QPA_PLATFORM") in NOWHERE:
        return False
    return not sys.platform.startswith("linux") or bool(platforms())


def platforms() -> list[str]:
    """The ways to the screen that the environment of a Linux offers, the best first."""
    offered = {"wayland": "WAYLAND_DISPLAY", "xcb": "DISPLAY"}
    found = [name for name, variable in offered.items() if os.environ.get(variable)]
    return found[::-1] if os.environ.get("XDG_SESSION_TYPE") == "x11" else found


def application(folder: Path | None = None) -> QApplication:
    """The program, ready to show windows; in the size that was chosen for the library in `folder`.

    Raises `NoScreen` where a folder is given, so that a screen is wanted, and none answers.
    """
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    if sys.platform.startswith("linux") and "QT_QPA_PLATFORM" not in os.environ:
        # the last keeps Qt from ending the whole program where no screen answers
        os.environ["QT_QPA_PLATFORM"] = ";".join([*(platforms() if folder else []), NOWHERE[0]])
    if folder and "QT_SCALE_FACTOR" not in os.environ:
        os.environ["QT_SCALE_FACTOR"] = str(WindowSettings(folder).scale)
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    overrides.wrap_all()
    app = QApplication(["watchdesk"])
    app.setApplicationName("Watchdesk")
    app.setApplicationVersion(VERSION)
    app.setDesktopFileName("watchdesk")
    app.setWindowIcon(icon())
    theme.load(app)
    Collecting(app)
    if folder:
        theme.apply(app, WindowSettings(folder).appearance)
    if folder and app.platformName() in NOWHERE:
        raise NoScreen
    return app


def icon() -> QIcon:
    """The program's icon, in the sizes that desktops ask for."""
    drawing = QByteArray(files("resources").joinpath("icons/watchdesk.svg").read_bytes())
    found = QIcon()
    for size in ICON_SIZES:
        picture = QPixmap()
        picture.loadFromData(drawing, "SVG")
        found.addPixmap(
            picture.scaled(size, size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        )
    return found


class Ending(QObject):
    """Closes the windows when the system or a Ctrl-C asks for it; the second time the program ends at once."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.heard = 0
        """The number of the signal."""
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), self._on_signal)
        if os.name == "nt":
            looking = QTimer(self)
            looking.timeout.connect(self._look)
            looking.start(LOOK_MILLISECONDS)
            return
        self._wakes, self._woken = os.pipe()
        for end in (self._wakes, self._woken):
            os.set_blocking(end, False)
        self._before = signal.set_wakeup_fd(self._woken, warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._wakes, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_woken)

    def _look(self) -> None:
        """Python runs what waits for a signal before this line."""

    def _on_woken(self) -> None:
        os.read(self._wakes, 64)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        self.heard = number
        signal.signal(number, signal.SIG_DFL)
        QApplication.closeAllWindows()
        QApplication.quit()

    @property
    def status(self) -> int:
        """What a program that was ended so ends with; 0 if it was not."""
        return 128 + self.heard if self.heard else 0
