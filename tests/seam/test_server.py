"""The seam between window and engine, as a process and as a thread: answers, order, progress, stopping, dying."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from reader import server
from reader.errors import NotFound, Unforeseen
from reader.library import Library
from reader.outcomes import ExportOutcome, ImportOutcome, RefreshOutcome
from reader.records import Ended, Progress, Record, Scope
from reader.store import articles
from reader.store.database import Database

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 20


class Window:
    """The other end of the pipe, as simple as can be."""

    def __init__(self, pipe, engine):
        self.pipe, self.engine, self._next = pipe, engine, 1
        self.told = []

    def send(self, what, method=None, *args, **kwargs):
        id, self._next = self._next, self._next + 1
        self.pipe.send((what, id, method, args, kwargs))
        return id

    def wait(self, kind, id=None):
        for message in iter(self._receive, None):
            self.told.append(message)
            if message[0] == kind and id in (None, message[1]):
                return message[2]
        raise AssertionError(f"no {kind} {id} came; told: {self.told}")

    def _receive(self):
        return self.pipe.recv() if self.pipe.poll(PATIENCE) else None


@contextmanager
def engine_on(folder: Path, start) -> Iterator[Window]:
    pipe, engine = start(folder)
    window = Window(pipe, engine)
    try:
        yield window
    finally:
        pipe.close()
        engine.join(PATIENCE)
        assert not engine.is_alive(), "the engine did not end with its window"


@pytest.fixture(params=["thread", "process"])
def window(request, folder):
    with engine_on(folder, server.threaded if request.param == "thread" else server.spawned) as window:
        assert window.wait("ready") is None
        yield window


@pytest.fixture
def folder(tmp_path):
    database = Database(tmp_path)
    with database.write() as db:
        for n in range(5):
            articles.keep(db, Record(title=f"Article {n}", web_url=f"https://a.example/{n}"), 0)
    database.close()
    return tmp_path


# Jobs that stand in for the long ones: they must live in a module that the engine's process can import.


def count_up(library: Library, steps: int) -> Iterator[Progress]:
    """A job of many steps; each leaves its mark before it is told."""
    for step in range(steps):
        library.mark_read([1], step % 2 == 0)
        yield Progress(step + 1, steps, "counting", note=f"step {step}")


def hang(library: Library) -> Iterator[Progress]:
    """A job that hears of nothing."""
    yield Progress(0, 1, "hanging", note="about to")
    threading.Event().wait()


def gather(library: Library, found: list[int], *, more: bool = False) -> Iterator[Progress]:
    """A job that fills what it was given."""
    for row in library.article_rows(range(1, 6)):
        found.append(row.id)
        yield Progress(row.id, 5)
    while more:
        yield Progress(5, 5)


def bring_what_cannot_travel(_library: Library, found: list[object]) -> Iterator[Progress]:
    found.append(threading.Lock())
    yield Progress(1, 1)


def break_down(library: Library) -> Iterator[Progress]:
    yield Progress(0, 1)
    raise ZeroDivisionError("no such number")


def test_a_command_is_done_and_told(window):
    id = window.send("call", Library.mark_read, [1, 2])
    assert window.wait("done", id) == 2
    kinds = [kind for kind, *_ in window.told]
    assert kinds.index("changed") < kinds.index("done")
    changes = next(value for kind, _, value in window.told if kind == "changed")
    assert changes.articles == {1, 2}


def test_questions_are_answered_beside_commands(window):
    id = window.send("ask", Library.article_rows, [3, 1])
    assert [row.title for row in window.wait("done", id)] == ["Article 2", "Article 0"]


def test_errors_come_whole(window):
    error = window.wait("failed", window.send("ask", Library.article, 99))
    assert isinstance(error, NotFound)
    assert (error.kind, error.id) == ("article", 99)


def test_undo_comes_through_the_seam(window):
    window.wait("done", window.send("call", Library.mark_read, [1, 2]))
    assert window.wait("done", window.send("call", Library.undo)) == "mark_read"
    rows = window.wait("done", window.send("ask", Library.article_rows, [1, 2]))
    assert [row.read for row in rows] == [False, False]


def test_what_another_process_writes_is_told(window, folder):
    other = Library(folder)
    other.mark_read([4])
    other.close()
    assert window.wait("changed").articles == {4}


def test_a_window_that_closes_ends_its_engine(window):
    window.pipe.close()
    window.engine.join(PATIENCE)
    assert not window.engine.is_alive()


@pytest.fixture
def thread(folder):
    with engine_on(folder, server.threaded) as window:
        window.wait("ready")
        yield window


def test_a_job_tells_how_far_it_is_and_that_it_is_done(thread):
    id = thread.send("start", count_up, 5)
    thread.wait("started", id)
    assert thread.wait("done", id).finished is True
    steps = [value.done for kind, of, value in thread.told if (kind, of) == ("progress", id)]
    assert steps == [1, 2, 3, 4, 5]


def test_what_a_job_filled_in_comes_back(window):
    assert window.wait("done", window.send("start", gather, [])) == Ended(True, ([1, 2, 3, 4, 5],))


def test_what_a_stopped_job_filled_in_comes_back_too(thread):
    id = thread.send("start", partial(gather, more=True), [])
    while thread.wait("progress", id).done < 5:
        pass
    thread.pipe.send(("cancel", id))
    assert thread.wait("done", id) == Ended(False, ([1, 2, 3, 4, 5],))


def test_outcomes_come_back_as_they_were_filled(window, tmp_path_factory):
    ended = window.wait("done", window.send("start", Library.refresh, RefreshOutcome()))
    assert ended.finished
    assert ended.args[0].feeds == []
    path = tmp_path_factory.mktemp("out") / "all.jsonl"
    ended = window.wait("done", window.send("start", Library.export, path, "jsonl", ExportOutcome()))
    assert (ended.args[-1].written, ended.args[-1].path) == (5, path)
    ended = window.wait("done", window.send("start", Library.import_, [path], ImportOutcome()))
    assert (ended.args[-1].imported, ended.args[-1].unchanged) == (0, 5)


def test_what_cannot_travel_is_a_message_not_a_silence(thread):
    error = thread.wait("failed", thread.send("start", bring_what_cannot_travel, []))
    assert isinstance(error, Unforeseen)
    assert "pickle" in str(error)
    assert thread.wait("done", thread.send("call", Library.mark_read, [1])) == 1


def test_lists_and_counts_come_whole(window):
    for _ in range(2):
        listing = window.wait("done", window.send("ask", Library.listing, Scope("unread"), order="newest"))
        assert list(listing.starts) == [0]  # nothing was grouped yet
    assert window.wait("done", window.send("ask", Library.counts)).unread == 5
    window.wait("done", window.send("start", Library.bring_level))
    listing = window.wait("done", window.send("ask", Library.listing, Scope("unread"), order="newest"))
    assert sorted(listing.members) == [1, 2, 3, 4, 5]
    rows = window.wait("done", window.send("ask", Library.thread_rows, list(listing.threads)))
    assert sum(row.size for row in rows) == 5


def wait_to_be_asked(library: Library) -> int:
    """A question that is answered once another one was."""
    return library.released.wait(PATIENCE)


def test_a_quick_question_does_not_wait_for_a_slow_one(thread, monkeypatch):
    monkeypatch.setattr(Library, "TAKES_LONG", frozenset({wait_to_be_asked}))
    released = threading.Event()
    monkeypatch.setattr(Library, "released", released, raising=False)
    slow = thread.send("ask", wait_to_be_asked)
    assert thread.wait("done", thread.send("ask", Library.counts)).articles == 5
    released.set()
    assert thread.wait("done", slow) is True


def test_questions_are_answered_beside_a_command_that_waits(thread, folder):
    other = Database(folder)
    with other.write():
        id = thread.send("call", Library.mark_read, [1])
        assert thread.wait("done", thread.send("ask", Library.counts)).unread == 5
        assert not any(message[:2] == ("done", id) for message in thread.told)
    assert thread.wait("done", id) == 1
    assert thread.wait("done", thread.send("ask", Library.counts)).unread == 4
    other.close()


def test_a_stopped_job_keeps_what_it_did_and_does_no_more(thread, folder):
    id = thread.send("start", count_up, 1_000_000)
    thread.wait("progress", id)
    thread.pipe.send(("cancel", id))
    assert thread.wait("done", id).finished is False
    steps = sum((kind, of) == ("progress", id) for kind, of, _ in thread.told)
    assert 1 <= steps < 1_000_000


def test_commands_do_not_wait_for_a_job(thread):
    job = thread.send("start", count_up, 1_000_000)
    thread.wait("progress", job)
    assert thread.wait("done", thread.send("call", Library.mark, "starred", [2])) == 1
    thread.pipe.send(("cancel", job))
    thread.wait("done", job)


def test_a_job_that_breaks_is_a_message_not_a_crash(thread):
    error = thread.wait("failed", thread.send("start", break_down))
    assert isinstance(error, Unforeseen)
    assert "no such number" in str(error)
    assert "ZeroDivisionError" in error.where
    assert thread.wait("done", thread.send("call", Library.mark_read, [1])) == 1


def test_a_folder_that_is_no_library_is_told(tmp_path):
    (tmp_path / "library.db").write_bytes(b"")
    pipe, engine = server.threaded(tmp_path)
    window = Window(pipe, engine)
    assert "empty" in str(window.wait("failed", 0))
    engine.join(PATIENCE)
    assert not engine.is_alive()


def test_a_flood_of_changes_is_a_few_messages():
    told = []
    gathered = server.Gathered(told.append)
    for id in range(1000):
        gathered.add(server.Changes(articles=frozenset({id})))
    gathered.end()
    assert len(told) < 100
    assert frozenset().union(*(changes.articles for changes in told)) == frozenset(range(1000))


def test_of_questions_that_wait_the_newest_wins(monkeypatch):
    monkeypatch.setattr(Library, "NEWEST_WINS", frozenset({Library.search}))
    busy, answered = threading.Event(), []

    def answer(_library, call):
        busy.wait(PATIENCE)
        answered.append(call[0])

    questions = server.Questions(None, answer)
    dropped = [id for n in range(1, 6) for id in questions.ask((n, Library.search, (), {}))]
    kept = questions.ask((6, Library.article, (), {}))
    busy.set()
    questions.ask((7, Library.article, (), {}))
    while 7 not in answered:
        busy.wait(0.001)
    questions.end()
    assert kept == []
    assert answered[-3:] == [5, 6, 7]
    assert set(dropped) | set(answered) == set(range(1, 8))


def test_the_list_its_facets_and_what_is_looked_up_do_not_take_each_others_place():
    busy, answered = threading.Event(), []

    def answer(_library, call):
        busy.wait(PATIENCE)
        answered.append(call[0])

    questions = server.Questions(None, answer)
    questions.ask((0, Library.article, (), {}))
    dropped = []
    for n, question in enumerate((Library.search, Library.facets, Library.look_up, Library.look_up, Library.search), start=1):
        dropped += questions.ask((n, question, (), {}))
    busy.set()
    while 5 not in answered:
        busy.wait(0.001)
    questions.end()
    assert dropped == [1]
    assert answered == [0, 2, 3, 4, 5]


def test_a_question_that_nobody_wants_any_more_is_not_answered():
    busy, begun, answered = threading.Event(), threading.Event(), []

    def answer(_library, call):
        begun.set()
        busy.wait(PATIENCE)
        answered.append(call[0])

    questions = server.Questions(None, answer)
    questions.ask((0, Library.look_up, (), {}))
    assert begun.wait(PATIENCE)
    for n in (1, 2):
        questions.ask((n, Library.look_up, (), {}))
    assert [questions.withdraw(id) for id in (0, 1, 1, 7)] == [False, True, False, False]
    busy.set()
    while 2 not in answered:
        busy.wait(0.001)
    questions.end()
    assert answered == [0, 2]


def deaf(pipe):
    while True:
        pipe.recv()


def test_an_engine_that_is_killed_leaves_a_sound_library(folder):
    pipe, engine = server.spawned(folder)
    window = Window(pipe, engine)
    window.wait("ready")
    assert window.wait("done", window.send("call", Library.mark_read, [1])) == 1
    os.kill(engine.pid, signal.SIGKILL)
    engine.join(PATIENCE)
    with pytest.raises((EOFError, OSError)):
        deaf(pipe)
    library = Library(folder)
    assert [row.read for row in library.article_rows([1])] == [True]
    assert library.undo() == "mark_read"
    library.close()


def test_a_window_that_is_killed_leaves_no_engine_behind(folder):
    script = (
        "import sys, os, signal\n"
        "from pathlib import Path\n"
        "from reader import server\n"
        "if __name__ == '__main__':\n"
        "    pipe, engine = server.spawned(Path(sys.argv[1]))\n"
        "    pipe.recv()\n"
        "    print(engine.pid, flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    window = folder / "window.py"
    window.write_text(script)
    here = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, str(window), str(folder)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(here)},
        check=False,
    )
    engine = int(done.stdout)
    try:
        psutil.Process(engine).wait(PATIENCE)
    except psutil.NoSuchProcess:
        return
    assert not psutil.pid_exists(engine)


@pytest.mark.skipif(os.name == "nt", reason="there an open file cannot be deleted")
def test_a_library_that_is_taken_away_while_it_is_open_is_said(window, folder):
    (folder / "library.db").rename(folder / "elsewhere.db")
    error = window.wait("failed", 0)
    assert "moved, deleted or replaced" in str(error)


def test_a_job_that_hangs_keeps_no_engine_alive(folder):
    with engine_on(folder, server.spawned) as window:
        window.wait("ready")
        job = window.send("start", hang)
        window.wait("progress", job)
