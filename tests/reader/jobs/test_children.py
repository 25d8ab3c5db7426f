"""Work in children: it comes back whole, and what hangs, swells or dies fails alone and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from reader.errors import ChildCrashed, ChildFailed, ChildOutOfMemory, ChildTimedOut, ParseError, WatchdeskError
from reader.jobs import children

ROOT = Path(__file__).parents[3]


def add(one: int, other: int) -> int:
    return one + other


def refuse(why: str) -> None:
    raise ParseError(why, 7)


class Stubborn(Exception):
    def __init__(self, one: str, other: str) -> None:
        super().__init__(one + other)


def raise_stubborn() -> None:
    raise Stubborn("can be written, ", "not read")


def hang() -> None:
    threading.Event().wait()


def swell(megabytes: int) -> int:
    return len(b"x" * (megabytes << 20))


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def own_id() -> int:
    return os.getpid()


def talk() -> None:
    sys.stdout.write("nobody should read this")
    os.write(2, b"nor this\n")


def test_a_child_brings_its_result() -> None:
    assert children.run(add, 1, 2, seconds=30, megabytes=200) == 3


def test_an_exception_of_the_work_comes_back_as_itself_with_its_facts() -> None:
    with pytest.raises(ParseError) as caught:
        children.run(refuse, "no feed", seconds=30, megabytes=200)
    assert (caught.value.why, caught.value.line) == ("no feed", 7)
    assert "in refuse" in "".join(caught.value.__notes__)


def test_an_exception_that_cannot_cross_is_told_in_words() -> None:
    with pytest.raises(RuntimeError, match="Stubborn: can be written, not read"):
        children.run(raise_stubborn, seconds=30, megabytes=200)


def test_what_hangs_is_stopped_and_says_so() -> None:
    with pytest.raises(ChildTimedOut, match=r"longer than 0\.2 s"):
        children.run(hang, seconds=0.2, megabytes=200)


@pytest.mark.parametrize("megabytes", [120, 4000])
def test_what_swells_is_stopped_and_says_so(megabytes: int) -> None:
    with pytest.raises(ChildOutOfMemory, match="more than 64 MB"):
        children.run(swell_slowly if megabytes < 1000 else swell, megabytes, seconds=30, megabytes=64)


def swell_slowly(megabytes: int) -> None:
    kept = [b"x" * (megabytes << 20)]
    hang()
    del kept


def test_what_dies_says_so() -> None:
    with pytest.raises(ChildCrashed, match="status -9"):
        children.run(die, seconds=30, megabytes=200)


def test_all_its_failures_are_told_to_the_user_and_cross_a_pipe() -> None:
    import pickle

    for error in (ChildTimedOut(2.5), ChildOutOfMemory(10), ChildCrashed(-9)):
        again = pickle.loads(pickle.dumps(error))
        assert str(again) == str(error)
        assert isinstance(again, ChildFailed)
        assert isinstance(again, WatchdeskError)


def test_a_child_says_nothing_on_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    children.run(talk, seconds=30, megabytes=200)
    assert capfd.readouterr() == ("", "")


def test_a_pool_keeps_its_children_and_one_that_dies_takes_only_its_work_along() -> None:
    with children.Children(1, seconds=30, megabytes=200) as pool:
        futures = [pool.submit(own_id), pool.submit(die), pool.submit(own_id), pool.submit(own_id)]
        first, third, fourth = futures[0].result(), futures[2].result(), futures[3].result()
        assert isinstance(futures[1].exception(), ChildCrashed)
    assert first != third == fourth
    assert not psutil.pid_exists(fourth)


def test_leaving_a_pool_does_not_wait_for_work_that_hangs() -> None:
    started = time.monotonic()
    with children.Children(2, seconds=60, megabytes=200) as pool:
        futures = [pool.submit(hang) for _ in range(4)]
        assert pool.submit(own_id)
    assert time.monotonic() - started < 20
    assert all(future.done() for future in futures)
    assert not [child for child in psutil.Process().children() if "spawn_main" in " ".join(child.cmdline())]


def test_children_can_be_run_from_many_threads_at_once() -> None:
    found: list[int] = []
    threads = [
        threading.Thread(target=lambda n=n: found.append(children.run(add, n, n, seconds=60, megabytes=200))) for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [0, 2, 4, 6]


PARENT = """
import os, threading, sys
from reader.jobs import children
from tests.reader.jobs.test_children import {work} as work
if __name__ == "__main__":
    with children.Children(1, seconds=60, megabytes=200) as pool:
        future = pool.submit(work)
        if work.__name__ != 'hang':
            future.result()
        print("up", flush=True)
        threading.Event().wait()
"""


@pytest.mark.parametrize("work", ["hang", "own_id"])
def test_a_child_ends_when_its_parent_is_killed(work: str, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PARENT.format(work=work))
    with subprocess.Popen(
        [sys.executable, str(program)], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}, text=True
    ) as parent:
        assert parent.stdout
        assert parent.stdout.readline() == "up\n"
        process = psutil.Process(parent.pid)
        until = time.monotonic() + 20
        while len(found := process.children()) < 2 and time.monotonic() < until:  # the child, and multiprocessing's own tracker
            threading.Event().wait(0.02)
        parent.kill()
        gone, alive = psutil.wait_procs(found, timeout=20)
    assert len(gone) >= 1
    assert not alive
