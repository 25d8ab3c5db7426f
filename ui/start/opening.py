"""Opens the window on a library, one window each, and sees it through to its end."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from reader.settings import SAMPLE, library_folder
from ui.faults import faults
from ui.start.application import SETTLE_SECONDS, Ending, application
from ui.start.raising import Answer, Bell, address, ask_to_raise, bring_to_front, in_turn
from ui.start.sample_copy import SampleCopy

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ui.main_window import MainWindow


def opened(library: str | None, *, settle: bool = False) -> int:
    """Open the window, and stay until it closes; the exit status. `settle`: close it once it shows all.

    Raises `NoScreen`.
    """
    with ExitStack() as stack:
        if library == SAMPLE:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="watchdesk-sample-", ignore_cleanup_errors=True)))
            app, bell = application(folder), None
        else:
            folder = library_folder(library)
            with in_turn(address(folder)):
                answer = ask_to_raise(address(folder))
                if answer is Answer.RAISED:
                    return 0
                app = application(folder)
                bell = Bell(address(folder), app) if answer is Answer.NOBODY else None
            if answer is Answer.SILENCE:
                _say("the window that is open on this library does not answer; here is another")
        faults().watch(None if library == SAMPLE else folder)
        return Opening(app, folder, bell, sample=library == SAMPLE, settle=settle).run()


class Opening(QObject):
    """One window from its opening to its end."""

    def __init__(self, app: QApplication, folder: Path, bell: Bell | None, *, sample: bool, settle: bool) -> None:
        super().__init__()
        self._app, self._folder, self._bell, self._settle = app, folder, bell, settle
        self._window: MainWindow | None = None
        self._settled = False
        self._copy = SampleCopy(folder) if sample else None
        self._ending = Ending(app)

    def run(self) -> int:
        """Stay until the last window is closed; the exit status."""
        faults().happened.connect(self._on_fault)
        if self._bell:
            self._bell.rung.connect(self._on_rung)
        if self._copy:
            self._copy.made.connect(self._open)
            self._copy.begin()
        else:
            QTimer.singleShot(0, self._open)
        if self._settle:
            QTimer.singleShot(int(SETTLE_SECONDS * 1000), self._app.quit)
        status = self._app.exec()
        if self._window and self._window.isVisible():  # it was opened while the program was told to end
            self._window.close()
        self._app.sendPostedEvents()  # what the window remembers of itself is written now, and not when its folder is gone
        if self._bell:
            self._bell.take_down()
        if self._settle and not self._settled:
            _say("the window did not settle")
            status = status or 1
        return self._ending.status or status

    @Slot()
    def _open(self) -> None:
        if self._ending.heard:  # before there was anything to end
            self._app.quit()
            return
        try:
            self._show()
        except Exception as error:  # noqa: BLE001 - a program without a window would never end
            faults().tell(error)
            self._app.exit(1)

    def _show(self) -> None:
        from ui.main_window import MainWindow  # noqa: PLC0415 - everything that the window is made of

        self._window = MainWindow(self._folder)
        if self._settle:
            self._window.settled.connect(self._on_settled)
        self._window.show()
        if self._copy:
            self._copy.close()

    @Slot()
    def _on_settled(self) -> None:
        self._settled = True
        QTimer.singleShot(0, self._app.quit)  # what the window posted to itself comes first

    @Slot(str)
    def _on_fault(self, words: str) -> None:
        if self._window and self._window.parts:
            self._window.parts.say(words, is_bad=True)

    @Slot()
    def _on_rung(self) -> None:
        if self._window:
            bring_to_front(self._window)


def _say(words: str) -> None:
    print(f"watchdesk: {words}", file=sys.stderr, flush=True)  # noqa: T201 - for a person
