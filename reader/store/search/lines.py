"""Words in the order of their bytes, a line each, looked up as they lie in the file: no object is made before it is asked for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from reader.store.search.postings import Numbers

_END = ord("\n")
_STRIDE = 64
"""Of so many lines one is an object, so that a line is found by two searches in C."""


class Lines:
    """Lines of bytes in ascending order, none of them empty."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @cached_property
    def ends(self) -> Numbers:
        """Where each line ends in `data`."""
        if not self.data:
            return np.zeros(0, np.uint32)
        return np.append(np.flatnonzero(np.frombuffer(self.data, np.uint8) == _END), len(self.data)).astype(np.uint32)

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, at: int) -> bytes:
        return self.data[self.start(at) : int(self.ends[at])]

    def start(self, at: int) -> int:
        """Where a line begins in `data`; of the one after the last, one past its end."""
        return int(self.ends[at - 1]) + 1 if at else 0

    def text(self, start: int, end: int) -> bytes:
        """The lines from one to before another, with what parts them."""
        return self.data[self.start(start) : int(self.ends[end - 1])] if start < end else b""

    def between(self, start: int, end: int) -> list[bytes]:
        """The lines from one to before another."""
        return self.text(start, end).split(b"\n") if start < end else []

    def at(self, places: Numbers) -> list[bytes]:
        """The lines at some places."""
        if not len(places):
            return []
        starts = np.where(places > 0, self.ends[places - 1].astype(np.int64) + 1, 0)
        pairs = zip(starts.tolist(), self.ends[places].tolist(), strict=True)
        return [self.data[start:end] for start, end in pairs]

    @cached_property
    def _signposts(self) -> list[bytes]:
        return [self[at] for at in range(0, len(self), _STRIDE)]

    @cached_property
    def _stretches(self) -> list[int]:
        """Where each stretch of lines begins in `data` that a signpost leads, and where the last one ends."""
        return [*map(self.start, range(0, len(self), _STRIDE)), len(self.data)]

    def place(self, line: bytes) -> int:
        """The place of a line; of one that is not there, the place where it would be."""
        start = max(0, bisect_left(self._signposts, line) - 1) * _STRIDE
        return start + bisect_left(self.between(start, min(start + _STRIDE, len(self))), line)

    def find(self, line: bytes) -> int | None:
        """The place of a line, `None` where there is no such: in a fifth of the time, for no line is made an object."""
        stretch = bisect_right(self._signposts, line) - 1
        if stretch < 0 or b"\n" in line:
            return None
        if self._signposts[stretch] == line:
            return stretch * _STRIDE
        start, end = self._stretches[stretch], self._stretches[stretch + 1]
        at = self.data.find(b"\n" + line + b"\n", start, end)
        if at >= 0:
            return stretch * _STRIDE + self.data.count(b"\n", start, at + 1)
        is_last = end == len(self.data) and self.data.endswith(b"\n" + line)
        return len(self) - 1 if is_last else None

    def without(self, start: int, end: int) -> Lines:
        """The same without the lines from one to before another."""
        parts = (self.text(0, start), self.text(end, len(self)))
        return Lines(b"\n".join(part for part in parts if part))
