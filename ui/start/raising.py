"""Starting the program again on a library that is open raises its window, instead of opening a second one.

The window answers at a local socket whose name says the library and the user; no network is involved. What a killed program left
behind is taken over.
"""

from __future__ import annotations

import getpass
import os
from contextlib import contextmanager
from enum import Enum, auto
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Qt, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

CONNECT_MILLISECONDS = 1000
ANSWER_MILLISECONDS = 5000
"""A window that is just being opened answers once it stands."""
TURN_MILLISECONDS = 10_000
LONGEST_WORD = 4096
TOKEN = "XDG_ACTIVATION_TOKEN"  # noqa: S105 - what Wayland wants to be shown before it lets a window come to the front


class Answer(Enum):
    """What happened to a request."""

    RAISED = auto()
    NOBODY = auto()
    SILENCE = auto()
    """Somebody is there, and does not answer."""


def address(folder: Path) -> str:
    """Where the window of a library answers."""
    what = f"{_user()}\0{os.path.normcase(folder.expanduser().resolve())}"
    name = f"watchdesk-{sha256(what.encode('utf-8', 'surrogateescape')).hexdigest()[:24]}"
    return name if os.name == "nt" else str(_meeting_place() / name)


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else getpass.getuser()


def _meeting_place() -> Path:
    own = Path(os.environ.get("XDG_RUNTIME_DIR", ""))
    return own if own.is_absolute() and own.is_dir() else Path(gettempdir())


@contextmanager
def in_turn(address: str) -> Iterator[None]:
    """Two programs that start at once do this one after the other: each sees whether the other answers already."""
    lock = QLockFile(address + ".lock" if os.name != "nt" else str(Path(gettempdir(), address + ".lock")))
    lock.tryLock(TURN_MILLISECONDS)
    try:
        yield
    finally:
        lock.unlock()


def ask_to_raise(address: str) -> Answer:
    """Ask the program that has this library open to show its window."""
    if not _is_ours(address):
        return Answer.NOBODY
    line = QLocalSocket()
    line.connectToServer(address)
    if not line.waitForConnected(CONNECT_MILLISECONDS):
        return Answer.NOBODY
    line.write(f"raise {os.environ.get(TOKEN, '')}\n".encode())
    line.flush()
    raised = line.waitForReadyRead(ANSWER_MILLISECONDS) and line.readAll().data() == b"raised\n"
    line.abort()
    return Answer.RAISED if raised else Answer.SILENCE


def _is_ours(address: str) -> bool:
    """Whether the socket, in a folder that others may write to, was made by this user."""
    if os.name == "nt":
        return True
    try:
        return Path(address).stat().st_uid == os.getuid()
    except OSError:
        return False


class Bell(QObject):
    """Answers at an address, and raises the window."""

    rung = Signal()

    def __init__(self, address: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_caller)
        self.hangs = self._server.listen(address)
        """Whether it can be heard. Where it cannot, starting the program again opens a second window, and nothing is lost."""
        if not self.hangs:
            QLocalServer.removeServer(address)
            self.hangs = self._server.listen(address)

    def _on_caller(self) -> None:
        while caller := self._server.nextPendingConnection():
            caller.setReadBufferSize(LONGEST_WORD)
            caller.readyRead.connect(self._on_word)
            caller.disconnected.connect(caller.deleteLater)
        self._on_word()

    def _on_word(self) -> None:
        for caller in self._server.findChildren(QLocalSocket):
            if not caller.canReadLine():
                continue
            what, _, token = bytes(caller.readLine().data()).decode("utf-8", "replace").strip().partition(" ")
            if what == "raise":
                if token:
                    os.environ[TOKEN] = token
                self.rung.emit()
                caller.write(b"raised\n")
                caller.flush()

    def take_down(self) -> None:
        """Answer no more."""
        self._server.close()


def bring_to_front(window: QWidget) -> None:
    """Show a window that was asked for, also where it is minimised."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized | Qt.WindowState.WindowActive)
    window.show()
    window.raise_()
    window.activateWindow()
