"""What nobody foresaw: one clear line for the person, the details in `errors.log` of the library for whoever mends it.

The window shows what `faults().happened` says. The program goes on: an exception in a slot ends that slot and nothing else.
"""

from __future__ import annotations

import os
import sys
import threading
import time
import traceback
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import mkstemp
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reader.errors import Unforeseen, WatchdeskError

if TYPE_CHECKING:
    from types import TracebackType

FILE = "errors.log"
MOST_BYTES = 1_000_000
AGAIN_SECONDS = 60.0
"""So long the same fault is not told again: one in the painting of a row happens with every frame."""


class Faults(QObject):
    """Hears of every exception that nobody caught, in any thread."""

    happened = Signal(str)
    """In the user's words."""

    def __init__(self) -> None:
        super().__init__()
        self._log: Path | None = None
        self._told: dict[str, float] = {}
        self._telling = threading.Lock()

    def watch(self, folder: Path | None) -> None:
        """Hear of everything from now on; details go to the log in this folder, without one to files of their own."""
        self._log = folder / FILE if folder else None
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_exception_in_thread
        sys.unraisablehook = self._on_unraisable

    def _on_exception(self, _type: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        self.tell(error)

    def _on_exception_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.tell(args.exc_value)

    def _on_unraisable(self, args: sys.UnraisableHookArgs) -> None:
        if args.exc_value is not None:
            self.tell(args.exc_value)

    def tell(self, error: BaseException) -> None:
        """Say that this happened, unless that was said just now."""
        if not isinstance(error, Exception):  # the end of the program or of a thread is no fault
            return
        if isinstance(error, WatchdeskError):  # foreseen, and in words
            self._say(str(error))
            return
        details = "".join(traceback.format_exception(error))
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        with self._telling:
            if time.monotonic() - self._told.get(details, float("-inf")) < AGAIN_SECONDS:
                return
            self._told[details] = time.monotonic()
            line = f"{Unforeseen(' '.join(what.split()), '')}; details are in {self.keep(details)}"
        self._say(line)

    def _say(self, line: str) -> None:
        print(f"watchdesk: {line}", file=sys.stderr, flush=True)  # noqa: T201 - for a person
        self.happened.emit(line)

    def keep(self, details: str) -> str:
        """Keep the details of a fault for whoever mends it; where they are."""
        try:
            return str(append(self._log or _new_file(), f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC\n{details}\n"))
        except OSError as error:
            return f"no file ({error.strerror or error})"


def _new_file() -> Path:
    """For faults beside a library that is thrown away."""
    number, name = mkstemp(prefix="watchdesk-fault-", suffix=".txt")
    os.close(number)
    return Path(name)


def append(log: Path, text: str) -> Path:
    """Write to the end of a log; of one that grew to `MOST_BYTES` the newer half stays. The log."""
    new = text.encode("utf-8", "replace")[-MOST_BYTES // 2 :]
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size + len(new) > MOST_BYTES:
        log.write_bytes(log.read_bytes()[-(MOST_BYTES // 2) :].partition(b"\n")[2])
    with log.open("ab") as file:
        file.write(new)
    return log


@cache
def faults() -> Faults:
    """The faults of this process."""
    return Faults()
