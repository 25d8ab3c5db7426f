"""The window's line to the engine: ask, call, start, and be told what changed.

    engine.ask(Library.threads).then(self._on_threads)         a question
    engine.call(Library.mark_read, ids)                        a command; the window hears of it through `changed`
    engine.start(Library.refresh, RefreshOutcome())            a job; its Task reports progress and can be stopped

Answers come to the window's own thread, as Qt signals. An engine that dies is told of and started again, once a minute at most.
"""

from __future__ import annotations

import atexit
import threading
import time
from itertools import count
from typing import TYPE_CHECKING, Any, Concatenate, Generic, Literal, ParamSpec, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from reader.errors import EngineStopped
from reader.server import spawned, threaded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from pathlib import Path

    from reader.library import Library
    from reader.records import Progress

P = ParamSpec("P")
R = TypeVar("R")
Kind = Literal["ask", "call", "start"]

LEAVE_SECONDS = 5.0
RESTART_SECONDS = 60.0
"""An engine that dies again within this time is not started a second time by itself."""


class Task(QObject, Generic[R]):
    """A question, a command or a job on its way."""

    done = Signal(object)
    """The answer; of a job an `Ended`: whether it came to its end, and its arguments as they stand then."""
    failed = Signal(object)
    """A `WatchdeskError`."""
    progress = Signal(object)
    """A `Progress`, of a job."""
    over = Signal()
    """Done, failed, or dropped: a newer question of its kind took its place, or nobody wants the answer any more."""

    def __init__(self, id: int, kind: Kind, name: str, args: tuple[Any, ...], engine: Engine) -> None:
        super().__init__(engine)
        self.id, self.kind, self.name, self.args = id, kind, name, args
        self.is_over = False
        self._says_failures = False

    def then(self, use: Callable[[R], object]) -> Task[R]:
        """Give the answer to `use`: a bound method of a QObject, which Qt forgets with it."""
        self.done.connect(use)
        return self

    def otherwise(self, use: Callable[[Any], object]) -> Task[R]:
        """Give the error to `use`, instead of having the window say it."""
        self._says_failures = True
        self.failed.connect(use)
        return self

    def stop(self) -> None:
        """Ask a job to stop after the step it is at, a question not to be answered that still waits."""
        engine = self.parent()  # asked for, not kept: the last to hold an engine must not be one of its children
        if isinstance(engine, Engine):
            engine.send("cancel", self.id)

    def end(self, what: str, value: object) -> bool:
        """Tell those who wait; whether somebody heard of a failure."""
        self.is_over = True
        if what == "done":
            self.done.emit(value)
        elif what == "failed":
            self.failed.emit(value)
        self.over.emit()
        self.deleteLater()
        return self._says_failures


class Engine(QObject):
    """Calls methods of a `Library` that lives in another process (or, for tests, on another thread)."""

    ready = Signal()
    changed = Signal(object)
    """`Changes`: what was written, here or by another process, gathered over 50 ms."""
    failed = Signal(object)
    """An error that nobody asked for with `otherwise`: the window says it."""
    started = Signal(object)
    """A job's `Task`, when it was asked for."""
    did = Signal(object, object)
    """A command that was carried out: its `Task`, and the answer. Told before its own `done`."""
    died = Signal(bool)
    """The engine is gone; whether it is being started again."""
    _received = Signal(int, str, int, object)

    def __init__(self, folder: Path, *, own_process: bool = True, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder, self._own_process = folder, own_process
        self._ids = count(1)
        self._tasks: dict[int, Task[Any]] = {}
        self._generation = 0
        self._died_at = float("-inf")
        self._leaving = False
        self.is_ready = False
        self._received.connect(self._on_received)
        self._begin()
        atexit.register(self._hang_up)

    def ask(self, question: Callable[Concatenate[Library, P], R], *args: P.args, **kwargs: P.kwargs) -> Task[R]:
        """Ask a question: read-only, beside commands. mypy checks the arguments as if it were called here."""
        return self._send("ask", question, args, kwargs)

    def call(self, command: Callable[Concatenate[Library, P], R], *args: P.args, **kwargs: P.kwargs) -> Task[R]:
        """Give a command: they run in order."""
        return self._send("call", command, args, kwargs)

    def start(self, job: Callable[Concatenate[Library, P], Iterator[Progress]], *args: P.args, **kwargs: P.kwargs) -> Task[Any]:
        """Start a job beside everything else. Its outcome objects are filled in the engine: take them from `done`."""
        task = self._send("start", job, args, kwargs)
        self.started.emit(task)
        return task

    @property
    def folder(self) -> Path:
        """Where the library is."""
        return self._folder

    @property
    def jobs(self) -> list[Task[Any]]:
        """The jobs that are under way."""
        return [task for task in self._tasks.values() if task.kind == "start"]

    @property
    def is_at_rest(self) -> bool:
        """Whether everything that was asked for has been answered."""
        return not self._tasks

    @property
    def process_id(self) -> int | None:
        """The engine's own process, for those who watch it; `None` while it runs on a thread."""
        return getattr(self._worker, "pid", None)

    def restart(self) -> None:
        """Start an engine that died."""
        if self._is_gone:
            self._begin()

    def close(self) -> None:
        """Let the engine finish its commands and end; waits for that, not for ever."""
        atexit.unregister(self._hang_up)
        self._leaving = True
        self.send("stop")
        self._worker.join(LEAVE_SECONDS)
        if not isinstance(self._worker, threading.Thread) and self._worker.is_alive():
            self._worker.terminate()
            self._worker.join(LEAVE_SECONDS)
        self._listener.join(LEAVE_SECONDS)
        self._pipe.close()
        self.is_ready = False

    def _hang_up(self) -> None:
        """Let go of an engine that nobody closed: Python would wait for it, and it for us."""
        self._leaving = True
        self.send("stop")

    def send(self, *message: object) -> bool:
        """Put a message on the line; whether there is anybody to hear it."""
        try:
            self._pipe.send(message)
        except (OSError, ValueError):
            self.is_ready = False
            return False
        return True

    def _begin(self) -> None:
        self._generation += 1
        self._is_gone = False
        self._pipe, self._worker = self._begun()
        self._listener = threading.Thread(
            target=self._listen, args=(self._pipe, self._generation), name="engine-listener", daemon=True
        )
        self._listener.start()

    def _begun(self) -> tuple[Connection, BaseProcess | threading.Thread]:
        return spawned(self._folder) if self._own_process else threaded(self._folder)

    def _listen(self, pipe: Connection, generation: int) -> None:
        try:
            for said in _messages(pipe):
                self._received.emit(generation, *said)
            self._received.emit(generation, "gone", 0, None)
        except RuntimeError:  # the window is gone, and its signals with it
            return

    def _send(self, kind: Kind, method: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Task[Any]:
        id = next(self._ids)
        task = self._tasks[id] = Task[Any](id, kind, method.__name__, args, self)
        if not self.send(kind, id, method, args, kwargs):
            QTimer.singleShot(0, self._end_unheard)  # not before whoever asks has said who is to hear of it
        return task

    def _on_received(self, generation: int, what: str, id: int, value: Any) -> None:
        if self._leaving or generation != self._generation:
            return  # nobody waits any more
        match what:
            case "ready":
                self.is_ready = True
                self.ready.emit()
            case "changed":
                self.changed.emit(value)
            case "gone":
                self._on_gone()
            case "progress":
                self._tasks[id].progress.emit(value)
            case "failed" if not id:
                self.failed.emit(value)
            case "done" | "failed" | "dropped":
                task = self._tasks.pop(id)
                if what == "done" and task.kind == "call":
                    self.did.emit(task, value)
                heard = task.end(what, value)
                if what == "failed" and not heard:
                    self.failed.emit(value)

    def _end_unheard(self) -> None:
        """Nobody will answer what is under way: say so to each who waits."""
        tasks, self._tasks = self._tasks, {}
        if self._leaving:
            return  # and so does whoever asked
        gone = EngineStopped()
        for task in tasks.values():
            task.end("failed", gone)

    def _on_gone(self) -> None:
        """End what was under way, say so, and start again if that may help."""
        self.is_ready, self._is_gone = False, True
        self._end_unheard()
        if self._leaving:
            return
        again = time.monotonic() - self._died_at > RESTART_SECONDS
        self._died_at = time.monotonic()
        if again:
            self._begin()
        self.died.emit(again)


def _messages(pipe: Connection) -> Iterator[Any]:
    """What comes through a pipe, until its other end closes."""
    while True:
        try:
            said = pipe.recv()
        except (EOFError, OSError):
            return
        yield said
