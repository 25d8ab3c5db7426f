"""What nobody foresaw: a line for the person, the rest for whoever mends it."""

from __future__ import annotations

import sys
import threading

import pytest

from ui import faults as module
from ui.faults import Faults, append


@pytest.fixture
def faults(tmp_path, monkeypatch):
    for hooks, name in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(hooks, name, getattr(hooks, name))
    found = Faults()
    found.watch(tmp_path / "library")
    return found


def fail(words="out of\ncheese"):
    try:
        raise ValueError(words)
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def test_a_fault_is_one_line_and_its_details_are_kept(faults, tmp_path, capsys, qtbot):
    log = tmp_path / "library" / "errors.log"
    with qtbot.waitSignal(faults.happened) as told:
        fail()
    line = f"a fault in Watchdesk itself: ValueError: out of cheese; details are in {log}"
    assert told.args == [line]
    assert capsys.readouterr().err == f"watchdesk: {line}\n"
    assert "in fail" in log.read_text("utf-8")


def test_one_that_happens_again_and_again_is_told_once(faults, capsys, monkeypatch):
    for _ in range(100):
        fail()
    assert capsys.readouterr().err.count("\n") == 1
    monkeypatch.setattr(module, "AGAIN_SECONDS", 0)
    fail()
    assert capsys.readouterr().err.count("\n") == 1


def test_those_of_threads_are_told_too(faults, capsys):
    thread = threading.Thread(target=int, args=("x",))
    thread.start()
    thread.join()
    assert capsys.readouterr().err.startswith("watchdesk: a fault in Watchdesk itself: ValueError: invalid literal")


def test_an_end_is_no_fault(faults, capsys):
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    sys.excepthook(SystemExit, SystemExit(3), None)
    assert capsys.readouterr().err == ""


def test_a_full_disk_hides_no_fault(faults, tmp_path, capsys):
    (tmp_path / "library").write_text("no folder")
    fail()
    assert "; details are in no file (" in capsys.readouterr().err


def test_the_log_does_not_grow_for_ever(tmp_path):
    log = tmp_path / "errors.log"
    for number in range(300):
        append(log, f"{number}\n{'x' * 9000}\n")
    assert log.stat().st_size <= module.MOST_BYTES
    assert "\n299\n" in log.read_text("utf-8")
    append(log, "y" * 5_000_000)
    assert log.stat().st_size <= module.MOST_BYTES
