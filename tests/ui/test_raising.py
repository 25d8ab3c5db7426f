"""Starting again on a library that is open: its window is raised, by a local socket and nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.start.raising import TOKEN, Answer, Bell, address, ask_to_raise, bring_to_front, in_turn

ASK = "import sys; from ui.start.raising import ask_to_raise; print(ask_to_raise(sys.argv[1]).name)"
HANG_AND_SAY = """
import sys
from PySide6.QtCore import QCoreApplication
from ui.start.raising import Bell
app = QCoreApplication([])
bell = Bell(sys.argv[1])
print(bell.hangs, flush=True)
sys.stdin.readline() if sys.argv[2:] else app.exec()
"""


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Where this test's programs meet: a folder whose name is short enough for a socket."""
    with TemporaryDirectory(prefix="wd-") as meeting:
        monkeypatch.setenv("XDG_RUNTIME_DIR", meeting)
        yield address(tmp_path / "library")


def start(code, *words):
    return subprocess.Popen(
        [sys.executable, "-c", code, *words], stdout=subprocess.PIPE, stdin=subprocess.PIPE, encoding="utf-8",
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip


def asked_elsewhere(qtbot, place):
    """What another process hears that asks."""
    asking = start(ASK, place)
    qtbot.waitUntil(lambda: asking.poll() is not None, timeout=20_000)
    return asking.communicate()[0].strip()


def test_a_library_has_one_address_however_its_folder_is_called(tmp_path, monkeypatch):
    (tmp_path / "link").symlink_to(tmp_path / "library")
    monkeypatch.chdir(tmp_path)
    assert (
        address(Path("library")) == address(tmp_path / "library") == address(tmp_path / "link") == address(Path("x/../library"))
    )
    assert address(tmp_path / "other") != address(tmp_path / "library")


def test_the_second_start_raises_the_window(qtbot, place):
    bell = Bell(place)
    assert bell.hangs
    with qtbot.waitSignal(bell.rung, timeout=20_000):
        assert asked_elsewhere(qtbot, place) == "RAISED"
    bell.take_down()
    assert ask_to_raise(place) is Answer.NOBODY


def test_no_network_is_involved(qtbot, place):
    before = psutil.Process().net_connections("inet")
    bell = Bell(place)
    assert asked_elsewhere(qtbot, place) == "RAISED"
    assert psutil.Process().net_connections("inet") == before
    bell.take_down()


def test_what_a_killed_program_left_behind_is_taken_over(qtbot, place):
    killed = start(HANG_AND_SAY, place)
    assert killed.stdout.readline() == "True\n"
    killed.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    killed.communicate()
    assert ask_to_raise(place) is Answer.NOBODY
    bell = Bell(place)
    assert bell.hangs
    assert asked_elsewhere(qtbot, place) == "RAISED"
    bell.take_down()


def test_a_window_that_does_not_answer_is_told_apart(place, monkeypatch):
    monkeypatch.setattr("ui.start.raising.ANSWER_MILLISECONDS", 200)
    frozen = start(HANG_AND_SAY, place, "frozen")
    assert frozen.stdout.readline() == "True\n"
    assert ask_to_raise(place) is Answer.SILENCE
    frozen.communicate("\n")


@pytest.mark.skipif(os.name == "nt", reason="sockets are files elsewhere")
def test_a_socket_of_somebody_else_is_not_asked(qtbot, place, monkeypatch):
    bell = Bell(place)
    monkeypatch.setattr(os, "getuid", lambda: 4711)
    assert ask_to_raise(place) is Answer.NOBODY
    bell.take_down()


@pytest.mark.skipif(os.name == "nt", reason="sockets are files elsewhere")
def test_only_the_user_may_ring(place):
    bell = Bell(place)
    assert Path(place).stat().st_mode & 0o077 == 0
    bell.take_down()


def test_what_is_no_request_is_left_alone(qtbot, place):
    bell = Bell(place)
    rung = []
    bell.rung.connect(lambda: rung.append(1))
    bad = start(
        "import sys\nfrom PySide6.QtNetwork import QLocalSocket\nline = QLocalSocket()\nline.connectToServer(sys.argv[1])\n"
        "line.waitForConnected()\nline.write(b'\\xff\\x00' * 100_000 + b'\\n')\nline.waitForBytesWritten(500)\nline.abort()",
        place,
    )
    qtbot.waitUntil(lambda: bad.poll() is not None, timeout=20_000)
    bad.communicate()
    assert asked_elsewhere(qtbot, place) == "RAISED"
    assert rung == [1]
    bell.take_down()


def test_what_a_desktop_wants_to_be_shown_is_handed_on(qtbot, place, monkeypatch):
    monkeypatch.setenv(TOKEN, "token-7")
    bell = Bell(place)
    asking = start(ASK, place)
    monkeypatch.delenv(TOKEN)
    qtbot.waitUntil(lambda: asking.poll() is not None, timeout=20_000)
    asking.communicate()
    assert os.environ[TOKEN] == "token-7"
    bell.take_down()


def test_two_that_start_at_once_go_one_after_the_other(place, monkeypatch):
    monkeypatch.setattr("ui.start.raising.TURN_MILLISECONDS", 100)
    code = "import sys; from ui.start.raising import in_turn\nwith in_turn(sys.argv[1]): print('in', flush=True); input()"
    first = start(code, place)
    assert first.stdout.readline() == "in\n"
    assert Path(place + ".lock").exists()
    with in_turn(place):  # it waited for its turn, and nobody waits for ever
        pass
    first.communicate("\n")
    assert not Path(place + ".lock").exists()


@pytest.mark.qt_log_ignore("does not support raise")
def test_a_window_that_was_made_small_comes_back(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.showMinimized()
    bring_to_front(window)
    assert window.isVisible()
    assert not window.windowState() & Qt.WindowState.WindowMinimized
