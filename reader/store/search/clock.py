"""The time that a search may take."""

from __future__ import annotations

import time

EXPANDING, FINDING = 0.4, 0.75
"""The part of its time after which a search looks for no more words, and for no more articles; the rest is for the answer."""


class OutOfTime(Exception):
    """A search has used up its time."""


class Clock:
    """The time that a search may take."""

    def __init__(self, seconds: float) -> None:
        self._start = time.monotonic()
        self._seconds = seconds

    @property
    def seconds(self) -> float:
        """How long it has taken so far."""
        return time.monotonic() - self._start

    def check(self, part: float = FINDING) -> None:
        """Raise `OutOfTime` when this part of the time is over."""
        if self.seconds > self._seconds * part:
            raise OutOfTime
