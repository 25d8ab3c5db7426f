"""Work that may hang, swell or crash, in processes of its own that are killed when it does.

Children are spawned, never forked: a fork copies locks that threads hold. A child ends when its parent does, and hears nothing of
a Ctrl-C, which is the parent's to answer. It says nothing on the terminal: what goes wrong comes back as an exception.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import queue
import signal
import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar, TypeVarTuple

from reader.errors import ChildCrashed, ChildOutOfMemory, ChildTimedOut

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection
    from types import TracebackType

Args = TypeVarTuple("Args")
T = TypeVar("T")

START_SECONDS = 30.0
"""Time for a child to be there at all: a loaded machine may be slow, and that is not the work's fault."""
LOOK_SECONDS = 0.25
"""How often the memory of a busy child is looked at."""
GRACE_SECONDS = 5.0
"""So long after its time a child ends by itself, should its parent no longer be there to end it."""
RESERVED_MEGABYTES = 256
"""Address space that is set aside but not used: stacks of threads, arenas of the allocator."""

_Work = tuple[Future[Any], Callable[..., Any], tuple[Any, ...]]

_spawn = multiprocessing.get_context("spawn")
_reaping = threading.Lock()
"""`start` and `join` of multiprocessing reap every child; two threads in there at once lose an exit status."""


def run(function: Callable[[*Args], T], *args: *Args, seconds: float, megabytes: int) -> T:
    """Run a top-level function in a child: its result, or its exception.

    `seconds` is wall-clock time, the start of the child not counted; `megabytes` is what the child may use at most.
    Raises `ChildTimedOut`, `ChildOutOfMemory` or `ChildCrashed` where it brings neither.
    """
    child = Child(megabytes)
    try:
        return child.do(function, args, seconds)
    finally:
        child.end()


class Children:
    """A few long-lived children. One that hangs or dies is killed and replaced, and only its piece of work fails.

    They start when there is work for them: the second only when more than `each` pieces were handed over, and so on, for a child
    must first load what it works with. Leaving the context ends them; what was not begun by then is cancelled.
    """

    def __init__(self, count: int, *, seconds: float, megabytes: int, each: int = 1) -> None:
        self._count, self._each = count, each
        self._seconds, self._megabytes = seconds, megabytes
        self._work: queue.SimpleQueue[_Work | None] = queue.SimpleQueue()
        self._submitted = 0
        self._threads: list[threading.Thread] = []
        self._living: set[Child] = set()
        self._lock = threading.Lock()
        self._ended = False

    def submit(self, function: Callable[[*Args], T], *args: *Args) -> Future[T]:
        """Call a top-level function in a child. The future holds its result, its exception, or a `ChildFailed`."""
        future: Future[T] = Future()
        with self._lock:
            if self._ended:
                future.cancel()
                return future
            self._work.put((future, function, args))
            self._submitted += 1
            if len(self._threads) < self._count and self._submitted > len(self._threads) * self._each:
                thread = threading.Thread(target=self._lead, name="watchdesk-child", daemon=True)
                self._threads.append(thread)
                thread.start()
        return future

    def _lead(self) -> None:
        """Keep one child at work."""
        child: Child | None = None
        while (work := self._work.get()) is not None:
            future, function, args = work
            if not future.set_running_or_notify_cancel():
                continue
            try:
                child = child if child is not None and child.alive else self._begin()
                result = child.do(function, args, self._seconds)
            except BaseException as error:  # noqa: BLE001 - it is for whoever asks the future
                future.set_exception(error)
            else:
                future.set_result(result)
        if child is not None:
            child.end()

    def _begin(self) -> Child:
        with self._lock:
            if self._ended:
                raise CancelledError
            child = Child(self._megabytes)
            self._living = {child, *(other for other in self._living if other.alive)}
        return child

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        with self._lock:
            self._ended = True
        self._cancel_waiting()
        for child in self._living:
            child.kill()  # its thread hears of it and lets go
        for _ in self._threads:
            self._work.put(None)
        for thread in self._threads:
            thread.join()

    def _cancel_waiting(self) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                work = self._work.get_nowait()
                if work is not None:
                    work[0].cancel()


class Child:
    """One process that does one thing at a time, for one thread at a time."""

    def __init__(self, megabytes: int) -> None:
        self._megabytes = megabytes
        self._pipe, theirs = _spawn.Pipe()
        self._process = _spawn.Process(target=_work, args=(theirs, megabytes), name="watchdesk-child", daemon=True)
        with _reaping, _interrupts_held():
            self._process.start()
        theirs.close()
        self._ready = False
        self.alive = True

    def do(self, function: Callable[..., T], args: tuple[Any, ...], seconds: float) -> T:
        """The result or the exception of a top-level function. After a `ChildFailed` the child is gone."""
        work = pickle.dumps((function, args, seconds), pickle.HIGHEST_PROTOCOL)
        if not self._ready:
            self._receive(START_SECONDS)
            self._ready = True
        try:
            self._pipe.send_bytes(work)
        except OSError:
            raise self._crashed() from None
        good, result = self._receive(seconds)
        if good:
            return result  # type: ignore[no-any-return]  # a pipe carries anything
        if isinstance(result, MemoryError):
            raise self._out_of_memory()
        raise result

    def kill(self) -> None:
        """End the process now. Safe from any thread."""
        self._process.kill()

    def end(self) -> None:
        """Let the process go: it ends when its pipe closes, and is killed where it does not."""
        if self.alive:
            self.alive = False
            self._pipe.close()
            self._process.join(1.0)
            self._reap()

    def _receive(self, seconds: float) -> tuple[bool, Any]:
        until = time.monotonic() + seconds
        while not self._pipe.poll(min(max(until - time.monotonic(), 0), LOOK_SECONDS)):
            if time.monotonic() >= until:
                self._reap()
                raise ChildTimedOut(seconds)
            if _megabytes_of(self._process.pid) > self._megabytes:
                raise self._out_of_memory()
        try:
            answer: tuple[bool, Any] = pickle.loads(self._pipe.recv_bytes())  # noqa: S301 - our own child wrote it
        except (EOFError, OSError):
            raise self._crashed() from None
        return answer

    def _out_of_memory(self) -> ChildOutOfMemory:
        self._reap()
        return ChildOutOfMemory(self._megabytes)

    def _crashed(self) -> ChildCrashed:
        self._process.join(1.0)
        self._reap()
        return ChildCrashed(self._process.exitcode)

    def _reap(self) -> None:
        self.alive = False
        self._process.kill()
        with _reaping:
            self._process.join()
        self._pipe.close()


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """A process that is started in here never hears of Ctrl-C, which the terminal sends to all of them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker  # noqa: PLC0415 - not on every system

    resource_tracker.ensure_running()  # it lets interrupts through again when it starts, which it would do in between
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _megabytes_of(pid: int | None) -> int:
    import psutil  # noqa: PLC0415 - the children, who load this module too, have no use for it

    try:
        return int(psutil.Process(pid).memory_info().rss) >> 20
    except psutil.Error:
        return 0


# In the child


def _work(pipe: Connection, megabytes: int) -> None:
    """Do what the pipe brings until it closes."""
    _be_quiet()
    _limit_memory(megabytes)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    pipe.send_bytes(pickle.dumps((True, None)))
    while True:
        try:
            work = pipe.recv_bytes()
        except (EOFError, OSError):
            return
        pipe.send_bytes(_answer(work))


def _answer(work: bytes) -> bytes:
    try:
        function, args, seconds = pickle.loads(work)  # noqa: S301 - our own parent wrote it
        _end_after(seconds + GRACE_SECONDS)
        answer = pickle.dumps((True, function(*args)), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        answer = pickle.dumps((False, MemoryError()))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is raised in the parent
        answer = _told(error)
    _end_after(0)
    return answer


def _told(error: Exception) -> bytes:
    """An exception as bytes, with the child's traceback for whoever mends it."""
    error.add_note(f"in a child:\n{''.join(traceback.format_tb(error.__traceback__))}")
    try:
        told = pickle.dumps((False, error))
        pickle.loads(told)  # noqa: S301 - just written; some exceptions can be written and not read
    except Exception:  # noqa: BLE001 - an exception that cannot cross a pipe is told in words
        told = pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")))
    return told


def _be_quiet() -> None:
    """What libraries print, and what the system prints of a crash, does not reach the user's terminal."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for output in (1, 2):
        os.dup2(nowhere, output)
    os.close(nowhere)


def _limit_memory(megabytes: int) -> None:
    """Have the system refuse more, where it can; a quick swell is over before the parent looks."""
    statm = Path("/proc/self/statm")
    if not statm.exists():  # only Linux holds to RLIMIT_AS, and there a bare Python is measured against it
        return
    import resource  # noqa: PLC0415 - not on every system

    used = int(statm.read_text("ascii").split()[0]) * resource.getpagesize()
    most = used + (megabytes + RESERVED_MEGABYTES << 20)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _end_after(seconds: float) -> None:
    """Have the system end this process then, even while it is deep in a library; 0 takes that back."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
