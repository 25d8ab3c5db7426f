"""What the program does where there is no screen: the hottest threads as words, the window as a picture, the briefing as PDF.

All on a copy of the sample coverage that is thrown away, so that it shows the same everywhere and touches nobody's library.
"""

# ruff: noqa: T201 - this is a program of the shell: it answers on stdout

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile, mkdtemp
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from reader.__main__ import main as shell
from reader.library import Library
from reader.shell.output import Output
from ui.faults import faults
from ui.start.application import SETTLE_SECONDS, Ending, application
from ui.window_settings import WindowSettings

if TYPE_CHECKING:
    from ui.main_window import MainWindow

PICTURE, BRIEFING = "watchdesk-window.png", "watchdesk-briefing.pdf"
SIZE = 1440, 900
THREADS = 12
REST_MILLISECONDS = 300


def report(wanted: Path) -> int:
    """Show the program without a screen, files into `wanted` if that can be written; the exit status."""
    into = writable(wanted)
    print("There is no screen here. This is the sample coverage, in a copy that is thrown away:\n", flush=True)
    with TemporaryDirectory(prefix="watchdesk-sample-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        fill(folder)
        status = shell(["--library", name, "threads", "--limit", str(THREADS)])
        print(flush=True)
        status = status or shell(["--library", name, "brief", "export", str(first_briefing(folder)), str(into / BRIEFING)])
        status = status or draw(folder, into / PICTURE)
    if not status:
        print(f"{into / PICTURE}: the window, {SIZE[0]} x {SIZE[1]} pixels")
        print("\nWith a screen the window opens instead; `watchdesk --help` says what there is without one.", flush=True)
    return status


def writable(wanted: Path) -> Path:
    """The folder, or a new one for temporary files where it cannot be written."""
    try:
        with TemporaryFile(dir=wanted):
            return wanted.resolve()
    except OSError:
        return Path(mkdtemp(prefix="watchdesk-"))


def fill(folder: Path) -> None:
    """The sample coverage into a new library, with nothing left to be asked."""
    library = Library(folder)
    try:
        Output(as_json=False).follow(library.start(sample=True))
    finally:
        library.close()
    WindowSettings(folder).choose("welcomed", True)


def first_briefing(folder: Path) -> int:
    """The id of the briefing that the sample coverage brings."""
    library = Library(folder, read_only=True)
    try:
        return library.briefings()[-1].id
    finally:
        library.close()


def draw(folder: Path, path: Path) -> int:
    """A picture of the window on a library, once it shows all; the exit status."""
    app = application()
    faults().watch(None)
    ending = Ending(app)
    from ui.main_window import MainWindow  # noqa: PLC0415 - everything that the window is made of

    window = MainWindow(folder)
    window.resize(*SIZE)
    picture = Picture(window, path)
    window.show()
    app.exec()
    app.sendPostedEvents()  # what the window remembers of itself is written now, and not when its folder is gone
    if ending.status:
        return ending.status
    if picture.fault:
        print(f"watchdesk: {picture.fault}", file=sys.stderr)
    return int(bool(picture.fault))


class Picture(QObject):
    """Opens the first thread of a window, draws it into a file as soon as all of it is shown, and closes it."""

    def __init__(self, window: MainWindow, path: Path, seconds: float = SETTLE_SECONDS) -> None:
        super().__init__(window)
        self._window, self._path = window, path
        self.fault = "the window was closed before it could be drawn"
        """Why there is no picture; empty if there is."""
        self._was_at_rest = False
        self._looking = QTimer(self, interval=REST_MILLISECONDS)
        self._looking.timeout.connect(self._look)
        self._patience = QTimer(self, singleShot=True, interval=int(seconds * 1000))
        self._patience.timeout.connect(self._give_up)
        self._patience.start()
        window.settled.connect(self._on_settled)

    @Slot()
    def _on_settled(self) -> None:
        self._window.actions_by_name["next"].trigger()
        self._looking.start()

    @Slot()
    def _look(self) -> None:
        """Draw when nothing is asked for any more, and was not a while ago: what an answer leads to is asked for in between."""
        rests, self._was_at_rest = self._was_at_rest, self._window.engine.is_at_rest
        if not (rests and self._was_at_rest):
            return
        saved = self._window.grab().save(str(self._path))
        self._end("" if saved else f"{self._path}: the picture could not be written")

    @Slot()
    def _give_up(self) -> None:
        self._end("the window did not settle in time")

    def _end(self, fault: str) -> None:
        self.fault = fault
        self._looking.stop()
        self._patience.stop()
        self._window.close()
