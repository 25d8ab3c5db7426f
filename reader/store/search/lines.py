"""Words in the order of their bytes, a line each, looked up as they lie in the file: no object is made before it is asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from reader.store.search.postings import Numbers

_END = ord("\n")


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

    def place(self, line: bytes) -> int:
        """The place of a line; of one that is not there, the place where it would be."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self[middle] < line:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, line: bytes) -> int | None:
        """The place of a line, `None` where there is no such."""
        at = self.place(line)
        return at if at < len(self) and self[at] == line else None

    def without(self, start: int, end: int) -> Lines:
        """The same without the lines from one to before another."""
        parts = (self.text(0, start), self.text(end, len(self)))
        return Lines(b"\n".join(part for part in parts if part))
