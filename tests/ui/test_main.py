"""`watchdesk` itself: a command goes to the shell, without one the window opens, and ends as it should."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

import reader.__main__
from ui.__main__ import main, window_words

ROOT = Path(__file__).parents[2]
# A window that says what happens to it, on a screen that nobody sees.
PROGRAM = """
import os, sys, types
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLabel
import ui.start.application

ui.start.application.NOWHERE = ("minimal",)
ui.start.application.SETTLE_SECONDS = float(os.environ.get("PATIENCE", 60))

class MainWindow(QLabel):
    settled = Signal()

    def __init__(self, folder, *, own_process=True):
        super().__init__("a window")
        self.parts = self
        print("opened", folder.name.startswith("watchdesk-sample-") or folder.name, self.devicePixelRatio(), flush=True)

    def showEvent(self, event):
        super().showEvent(event)
        for name in os.environ.get("WINDOW_DOES", "settle").split():
            QTimer.singleShot(0, getattr(self, name))

    def raise_(self):
        print("raised", flush=True)

    def settle(self):
        self.settled.emit()

    def say(self, words, *, is_bad):
        print("said", words.partition(";")[0], flush=True)

    def fail(self):
        raise ValueError("out of cheese")

    def closeEvent(self, event):
        print("closed", flush=True)
        super().closeEvent(event)

sys.modules["ui.main_window"] = types.SimpleNamespace(MainWindow=MainWindow)
from ui.__main__ import main
sys.exit(main())
"""


@pytest.fixture
def start(tmp_path):
    """Starts the program, with a screen that nobody sees; what still runs at the end is ended."""
    started = []
    with TemporaryDirectory(prefix="wd-") as meeting:

        def start(*words, **environment):
            own = {"DISPLAY": ":none", "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": meeting, "PYTHONPATH": str(ROOT)}
            started.append(
                subprocess.Popen(
                    [sys.executable, "-c", PROGRAM, *map(str, words)], cwd=tmp_path, env=os.environ | own | environment,
                    stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
                )
            )  # fmt: skip
            return started[-1]

        yield start
        for program in started:
            program.kill()
            program.communicate()


def ended(program, seconds=60):
    """How it ended: the status, and what it had said on stdout and stderr."""
    out, err = program.communicate(timeout=seconds)
    return program.returncode, out, err


# Which of both


@pytest.mark.parametrize(
    ("words", "library", "settle"),
    [([], None, False), (["--library", "x"], "x", False), (["--library=sample", "--settle"], "sample", True)],
)
def test_without_a_command_it_is_the_window(words, library, settle):
    wanted = window_words(words)
    assert (wanted.library, wanted.settle) == (library, settle)


@pytest.mark.parametrize(
    "words",
    [
        ["threads"],
        ["--library", "x", "threads"],
        ["--version"],
        ["--help"],
        ["--json"],
        ["search", "x"],
        ["note", "3", "--settle"],
    ],
)
def test_with_anything_else_it_is_the_shell(words):
    assert window_words(words) is None


def test_a_library_without_a_name_is_wrong_usage(capsys):
    for words in (["--library"], ["--library", ""]):
        with pytest.raises(SystemExit) as end:
            window_words(words)
        assert end.value.code == 2
        assert capsys.readouterr().err.count("\n") == 1


def test_a_command_goes_to_the_shell_with_its_words(monkeypatch):
    heard = []
    monkeypatch.setattr(reader.__main__, "main", lambda words: heard.append(words) or 3)
    monkeypatch.setattr(sys, "argv", ["watchdesk", "mark", "read", "7"])
    assert main() == 3
    assert heard == [["mark", "read", "7"]]


def test_a_command_needs_no_qt():
    code = "import sys; from ui.__main__ import main\ntry: main()\nfinally: print('PySide6' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code, "--version"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.endswith("False\n")


def test_an_interrupt_is_no_traceback(monkeypatch):
    def interrupt(words):
        raise KeyboardInterrupt

    monkeypatch.setattr(reader.__main__, "main", interrupt)
    monkeypatch.setattr(sys, "argv", ["watchdesk", "refresh"])
    assert main() == 130


# The window


def test_it_closes_once_it_settled_where_that_is_asked_for(start):
    assert ended(start("--library", "mine", "--settle")) == (0, "opened mine 1.0\nclosed\n", "")


def test_it_opens_as_large_as_was_chosen(start, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/window.ini").write_text("[General]\nscale=1.5\n")
    assert ended(start("--library", "mine", "--settle"))[1].startswith("opened mine 1.5\n")


def test_one_that_does_not_settle_is_not_waited_for_for_ever(start):
    status, out, err = ended(start("--library", "mine", "--settle", WINDOW_DOES="", PATIENCE="0.2"))
    assert (status, out, err) == (1, "opened mine 1.0\nclosed\n", "watchdesk: the window did not settle\n")


@pytest.mark.skipif(os.name == "nt", reason="sends no signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_closes_it(start, number):
    program = start("--library", "mine")
    assert program.stdout.readline() == "opened mine 1.0\n"
    program.send_signal(number)
    assert ended(program) == (128 + number, "closed\n", "")


def test_a_second_start_raises_it_and_ends(start):
    first = start("--library", "mine")
    assert first.stdout.readline() == "opened mine 1.0\n"
    assert ended(start("--library", "./mine")) == (0, "", "")
    assert first.stdout.readline() == "raised\n"


def test_another_library_opens_another_window(start):
    first = start("--library", "mine")
    assert first.stdout.readline() == "opened mine 1.0\n"
    assert ended(start("--library", "other", "--settle"))[1] == "opened other 1.0\nclosed\n"
    assert first.poll() is None


def test_two_starts_at_once_are_one_window(start):
    both = [start("--library", "mine", WINDOW_DOES="") for _ in range(2)]
    waiting = [program for program in both if program.stdout.readline()]
    assert len(waiting) == 1
    waiting[0].terminate()
    assert sorted(ended(program)[0] for program in both) == [0, 128 + signal.SIGTERM]


def test_a_fault_in_it_is_one_line_and_it_goes_on(start, tmp_path):
    status, out, err = ended(start("--library", "mine", "--settle", WINDOW_DOES="fail settle"))
    log = tmp_path / "mine" / "errors.log"
    assert (status, out) == (0, f"opened mine 1.0\nsaid {err.removeprefix('watchdesk: ').partition(';')[0]}\nclosed\n")
    assert err.startswith("watchdesk: a fault in Watchdesk itself: ValueError: out of cheese; details are in ")
    assert err.count("\n") == 1
    assert "in fail" in log.read_text("utf-8")


def test_a_window_that_cannot_be_opened_ends_the_program(start):
    status, _, err = ended(start("--library", "mine", WINDOW_DOES="no_such_thing"))
    assert (status, err.count("\n")) == (1, 1)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
def test_a_screen_that_does_not_answer_is_none(tmp_path):
    code = (
        "from ui.start.application import *; from pathlib import Path\ntry: application(Path())\nexcept NoScreen: print('none')"
    )
    away = {"DISPLAY": ":77777", "WAYLAND_DISPLAY": "nowhere-7", "PYTHONPATH": str(ROOT)}
    own = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"} | away
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=own, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (0, "none\n")


def test_a_system_without_graphics_is_told_what_is_missing(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "ui.faults", None)
    monkeypatch.setattr(sys, "argv", ["watchdesk"])
    assert main() == 1
    assert capsys.readouterr().err.startswith("watchdesk: the window cannot be opened: ")


# Without a screen


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
def test_without_a_screen_it_shows_threads_a_picture_and_a_briefing(tmp_path):
    bare = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    words = [sys.executable, "-m", "ui"]
    own = bare | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(words, cwd=tmp_path, env=own, capture_output=True, encoding="utf-8", timeout=120, check=False)
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert lines[0].startswith("There is no screen here.")
    assert lines[2].split()[:3] == ["ID", "Heat", "Quality"]
    assert any("Clearview" in line for line in lines)
    assert f"{tmp_path / 'watchdesk-window.png'}: the window, 1440 x 900 pixels" in lines
    assert any(line.startswith(f"{tmp_path / 'watchdesk-briefing.pdf'}: ") for line in lines)
    assert QImage(str(tmp_path / "watchdesk-window.png")).size() == QSize(1440, 900)
    assert (tmp_path / "watchdesk-briefing.pdf").read_bytes().startswith(b"%PDF-")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["watchdesk-briefing.pdf", "watchdesk-window.png"]


def test_a_folder_that_cannot_be_written_is_no_hindrance(tmp_path):
    from ui.start.headless import writable

    assert writable(tmp_path) == tmp_path
    other = writable(tmp_path / "nowhere")
    assert list(other.iterdir()) == []
    other.rmdir()


def test_a_window_that_never_settles_is_said(qtbot, tmp_path):
    from ui.start.headless import Picture

    class Window(QWidget):
        settled = Signal()

    window = Window()
    qtbot.addWidget(window)
    picture = Picture(window, tmp_path / "picture.png", seconds=0.05)
    window.show()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert picture.fault == "the window did not settle in time"
    assert not (tmp_path / "picture.png").exists()
