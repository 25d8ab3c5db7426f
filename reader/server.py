"""Runs a Library behind a pipe: commands and questions in turn, jobs beside them.

What goes in is a method of `Library` with its arguments:
    ("call", id, method, args, kwargs)    a command: in order
    ("ask", id, method, args, kwargs)     a question: read-only, beside the commands; of those that wait the newest wins,
                                          and those that may take long wait for each other alone
    ("start", id, method, args, kwargs)   a job: beside both
    ("cancel", id) and ("stop",)
What comes back:
    ("ready", 0, None)                    the library is open; before it nothing is answered
    ("started" | "progress" | "done" | "failed" | "dropped", id, value)
                                          of a job that is done: `Ended`
    ("changed", 0, Changes)               what was written, here or by another process, gathered over 50 ms
The pipe that closes ends everything: a window that dies leaves no engine behind.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
import time
import traceback
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from reader.errors import LibraryError, Unforeseen, WatchdeskError
from reader.library import Library
from reader.records import Changes, Ended
from reader.store.database import FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from pathlib import Path

    from reader.records import Progress

GATHER_SECONDS = 0.05
LISTEN_SECONDS = 1.0
JOBS = 4
LEAVE_SECONDS = 5.0
GONE = "the file was moved, deleted or replaced while it was open, and what is done now is lost; put it back and start again"
SWITCH_SECONDS = 0.0005
"""A running job gives the interpreter away this often: a command then waits 15 ms instead of 40."""

Call = tuple[int, "Callable[..., Any]", tuple[Any, ...], dict[str, Any]]


def serve(pipe: Connection, folder: Path) -> bool:
    """Answer until the pipe closes or says stop; whether every job has ended by then."""
    server = Server(pipe, folder)
    server.run()
    return not server.has_jobs


def serve_in_own_process(pipe: Connection, folder: Path) -> None:
    """Serve as a process of its own that lets the window go first."""
    if hasattr(os, "nice"):
        os.nice(10)
    sys.setswitchinterval(SWITCH_SECONDS)
    if not serve(pipe, folder):
        os._exit(0)  # Python would wait for the job's thread, for ever if need be; what is committed is safe


def spawned(folder: Path) -> tuple[Connection, BaseProcess]:
    """An engine in a process of its own, and the window's end of its pipe. Not daemonic: it may have children."""
    import multiprocessing  # noqa: PLC0415 - only the window's side starts engines

    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    engine = spawn.Process(target=serve_in_own_process, args=(theirs, folder), name="watchdesk-engine", daemon=False)
    with _interrupts_held():
        engine.start()
    theirs.close()
    return ours, engine


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """What is started in here hears of no Ctrl-C and no closed terminal: the window does, and lets it finish."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker  # noqa: PLC0415 - only the window's side starts engines, and only there

    resource_tracker.ensure_running()  # it lets interrupts through again when it starts, which it would do in between
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def threaded(folder: Path) -> tuple[Connection, threading.Thread]:
    """The same on a thread: for debuggers and most tests."""
    import multiprocessing  # noqa: PLC0415 - only the window's side starts engines

    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    engine = threading.Thread(target=serve, args=(theirs, folder), name="watchdesk-engine", daemon=True)
    engine.start()
    return ours, engine


class Server:
    """One library, one pipe."""

    def __init__(self, pipe: Connection, folder: Path) -> None:
        self._pipe, self._folder, self._file = pipe, folder, folder / FILE
        self._sending = threading.Lock()
        self._stopping = threading.Event()
        self._jobs: dict[int, threading.Event] = {}
        self._gathered = Gathered(lambda changes: self._tell("changed", 0, changes))

    def run(self) -> None:
        """Open the library, say so, and answer."""
        try:
            library = Library(self._folder, on_change=self._gathered.add)
            reading = Library(self._folder, read_only=True)
        except WatchdeskError as error:
            self._tell("failed", 0, error)
            self._pipe.close()
            return
        commands = ThreadPoolExecutor(1, "commands")
        quick, slow = Questions(reading, self._answer), Questions(reading, self._answer)
        jobs = ThreadPoolExecutor(JOBS, "jobs")
        listener = threading.Thread(target=self._listen, args=(library, library.last_write()), name="listener", daemon=True)
        listener.start()
        self._tell("ready", 0, None)
        for what, id, *rest in self._received():
            match what:
                case "call":
                    commands.submit(self._answer, library, (id, *rest))
                case "ask":
                    lane = slow if rest[0] in Library.TAKES_LONG else quick
                    for dropped in lane.ask((id, *rest)):
                        self._tell("dropped", dropped, None)
                case "start":
                    self._jobs[id] = threading.Event()
                    jobs.submit(self._run_job, library, (id, *rest))
                case "cancel" if id in self._jobs:
                    self._jobs[id].set()
                case "cancel" if quick.withdraw(id) or slow.withdraw(id):
                    self._tell("dropped", id, None)
        self._leave(commands, (quick, slow), jobs, listener)
        library.close()
        reading.close()

    @property
    def has_jobs(self) -> bool:
        """Whether a job is under way that was asked to stop, and did not."""
        return bool(self._jobs)

    def _received(self) -> Iterator[tuple[Any, ...]]:
        while True:
            try:
                message = self._pipe.recv()
            except (EOFError, OSError):
                return
            if message[0] == "stop":
                return
            yield message

    def _leave(
        self,
        commands: ThreadPoolExecutor,
        lanes: Iterable[Questions],
        jobs: ThreadPoolExecutor,
        listener: threading.Thread,
    ) -> None:
        """Finish the commands that were taken, stop the jobs at their next step, and let nobody wait for ever."""
        self._stopping.set()
        for cancelled in list(self._jobs.values()):
            cancelled.set()
        commands.shutdown()
        for questions in lanes:
            questions.end()
        waiting = threading.Thread(target=jobs.shutdown, kwargs={"cancel_futures": True}, daemon=True)
        waiting.start()
        waiting.join(LEAVE_SECONDS)
        listener.join(LEAVE_SECONDS)
        self._gathered.end()
        self._pipe.close()

    def _answer(self, library: Library, call: Call) -> None:
        id, method, args, kwargs = call
        try:
            with library.in_words():
                value = method(library, *args, **kwargs)
        except Exception as error:  # noqa: BLE001 - whatever it is, the window is told
            self._tell("failed", id, told(error))
        else:
            self._gathered.flush()  # what it changed is known before it is said to be done
            self._tell("done", id, value)

    def _run_job(self, library: Library, call: Call) -> None:
        id, method, args, kwargs = call
        cancelled = self._jobs[id]
        try:
            self._tell("started", id, None)
            with library.in_words(), closing(method(library, *args, **kwargs)) as steps:
                stopped = self._follow(id, steps, cancelled)
        except Exception as error:  # noqa: BLE001 - whatever it is, the window is told
            self._tell("failed", id, told(error))
        else:
            self._gathered.flush()
            self._tell("done", id, Ended(not stopped, args))
        finally:
            self._jobs.pop(id, None)

    def _follow(self, id: int, steps: Iterator[Progress], cancelled: threading.Event) -> bool:
        """Go through a job step by step; whether it was stopped before its end."""
        told_at = 0.0
        while not cancelled.is_set():
            try:
                step = next(steps)
            except StopIteration:
                return False
            if step.note or time.monotonic() - told_at > GATHER_SECONDS:
                self._tell("progress", id, step)
                told_at = time.monotonic()
        return True

    def _listen(self, library: Library, since: int) -> None:
        """Tell what other processes write; and, once, that what is written goes nowhere any more."""
        heard, opened, is_there = library.others_wrote(since), _which(self._file), True
        while not self._stopping.wait(LISTEN_SECONDS):
            if changes := next(heard):
                self._gathered.add(changes)
            if is_there and _which(self._file) != opened:
                is_there = False
                self._tell("failed", 0, LibraryError(self._file, GONE))

    def _tell(self, kind: str, id: int, value: object) -> None:
        try:
            message = pickle.dumps((kind, id, value), pickle.HIGHEST_PROTOCOL)
        except Exception as error:  # noqa: BLE001 - a value that cannot travel is itself the fault, and somebody waits for it
            message = pickle.dumps(("failed", id, told(error)))
        with self._sending:
            try:
                self._pipe.send_bytes(message)
            except OSError:
                self._stopping.set()  # nobody listens any more; the reading side ends everything


def _which(file: Path) -> tuple[int, int] | None:
    """Which file stands there; `None` where none does."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


class Questions:
    """A line of questions in which a newer one of the same method takes the place of an older that still waits."""

    def __init__(self, library: Library, answer: Callable[[Library, Call], None]) -> None:
        self._library, self._answer = library, answer
        self._waiting: deque[Call] = deque()
        self._some = threading.Condition()
        self._ended = False
        self._thread = threading.Thread(target=self._work, name="questions", daemon=True)
        self._thread.start()

    def ask(self, call: Call) -> list[int]:
        """Take a question; the ids of those that it makes needless."""
        with self._some:
            dropped = [waiting[0] for waiting in self._waiting if waiting[1] == call[1] and call[1] in Library.NEWEST_WINS]
            self._waiting = deque(waiting for waiting in self._waiting if waiting[0] not in dropped)
            self._waiting.append(call)
            self._some.notify()
        return dropped

    def withdraw(self, id: int) -> bool:
        """Answer a question no more that still waits; whether it did."""
        with self._some:
            waiting = [call for call in self._waiting if call[0] != id]
            was_there = len(waiting) < len(self._waiting)
            self._waiting = deque(waiting)
        return was_there

    def end(self) -> None:
        """Answer no more."""
        with self._some:
            self._ended = True
            self._some.notify()
        self._thread.join(LEAVE_SECONDS)

    def _work(self) -> None:
        while True:
            with self._some:
                self._some.wait_for(lambda: self._waiting or self._ended)
                if self._ended:
                    return
                call = self._waiting.popleft()
            self._answer(self._library, call)


class Gathered:
    """Changes put together over 50 ms, so that a flood of writes is a few messages."""

    def __init__(self, tell: Callable[[Changes], None]) -> None:
        self._tell = tell
        self._changes = Changes()
        self._some = threading.Condition()
        self._telling = threading.Lock()
        self._ended = False
        self._thread = threading.Thread(target=self._work, name="gathered", daemon=True)
        self._thread.start()

    def add(self, changes: Changes) -> None:
        """Take note; told within 50 ms."""
        with self._some:
            self._changes |= changes
            self._some.notify()

    def flush(self) -> None:
        """Tell now what is there."""
        with self._telling:
            with self._some:
                changes, self._changes = self._changes, Changes()
            if changes:
                self._tell(changes)

    def end(self) -> None:
        """Tell the rest, and no more."""
        with self._some:
            self._ended = True
            self._some.notify()
        self._thread.join(LEAVE_SECONDS)
        self.flush()

    def _work(self) -> None:
        pause = threading.Event()
        while True:
            with self._some:
                self._some.wait_for(lambda: self._changes or self._ended)
                if self._ended:
                    return
            pause.wait(GATHER_SECONDS)
            self.flush()


def told(error: Exception) -> WatchdeskError:
    """An error as it can be sent and shown: ours as it is, any other as a fault of ours with its traceback."""
    if isinstance(error, WatchdeskError):
        try:
            pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
        except Exception as why:  # noqa: BLE001 - an error that cannot travel is itself the fault
            return Unforeseen(f"{error} ({why})", "")
        return error
    return Unforeseen(f"{type(error).__name__}: {error}", "".join(traceback.format_exception(error)))
