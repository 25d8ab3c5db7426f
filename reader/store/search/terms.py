"""The terms of one field in one segment, in the order of their bytes, and where their postings lie.

head          how many terms, and where the postings of the first begin
frequencies   in how many documents each stands (32 bits)
sizes         how many bytes its postings take (32 bits)
terms         a line each
"""

from __future__ import annotations

import struct
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from reader.store.search.dictionary import Dictionary
from reader.store.search.words import STEM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.store.search.postings import Numbers

_HEAD = struct.Struct("<IQ")
_STEM = STEM.encode()


def terms_file(field: str) -> str:
    """The ending of the file that holds the terms of a field."""
    return f".{field}.trm"


class FieldTerms:
    """The terms of a field, to be looked up."""

    def __init__(self, data: bytes) -> None:
        self.count, self._first = _HEAD.unpack_from(data)
        self.frequencies: Numbers = np.frombuffer(data, "<u4", self.count, _HEAD.size)
        self.sizes: Numbers = np.frombuffer(data, "<u4", self.count, _HEAD.size + 4 * self.count)
        self.lines = data[_HEAD.size + 8 * self.count :]

    @cached_property
    def ends(self) -> Numbers:
        """Where the postings of each term end."""
        found: Numbers = np.cumsum(self.sizes, dtype=np.int64) + self._first
        return found

    @cached_property
    def _breaks(self) -> Numbers:
        """Where each term ends in the lines."""
        return np.append(np.flatnonzero(np.frombuffer(self.lines, np.uint8) == ord("\n")).astype(np.uint32), len(self.lines))

    def __getitem__(self, at: int) -> bytes:
        return self.lines[int(self._breaks[at - 1]) + 1 if at else 0 : int(self._breaks[at])]

    def between(self, start: int, end: int) -> list[bytes]:
        """The terms from one place to before another."""
        if start >= end:
            return []
        return self.lines[int(self._breaks[start - 1]) + 1 if start else 0 : int(self._breaks[end - 1])].split(b"\n")

    def place(self, term: bytes) -> int:
        """The place of a term; of one that is not there, the place where it would be."""
        low, high = 0, self.count
        while low < high:
            middle = (low + high) // 2
            if self[middle] < term:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, term: bytes) -> int | None:
        """The place of a term, `None` where there is no such."""
        at = self.place(term)
        return at if at < self.count and self[at] == term else None

    def postings_at(self, at: int) -> tuple[int, int]:
        """Where the postings of a term begin, and how many bytes they take."""
        size = int(self.sizes[at])
        return int(self.ends[at]) - size, size

    def words(self) -> Dictionary:
        """The words among the terms: all but the stems, which stand together."""
        low, high = self.place(_STEM), self.place(_STEM + b"\xff")
        before, after = (
            self.lines[: max(0, self._until(low))],
            self.lines[self._until(high) + 1 :] if high < self.count else b"",
        )
        lines = before + b"\n" + after if before and after else before or after
        return Dictionary(lines, np.concatenate((self.frequencies[:low], self.frequencies[high:])))

    def _until(self, at: int) -> int:
        return int(self._breaks[at - 1]) if at else -1


class TermsWriter:
    """Gathers the terms of a field while they are written."""

    def __init__(self, first: int) -> None:
        self._first = first
        self._count = 0
        self._lines: list[bytes] = []
        self._frequencies: list[Numbers] = []
        self._sizes: list[Numbers] = []

    def add(self, terms: Sequence[bytes], frequencies: Numbers, sizes: Numbers) -> None:
        """Take terms that come after those so far."""
        self._count += len(terms)
        self._lines.append(b"\n".join(terms))
        self._frequencies.append(frequencies.astype("<u4"))
        self._sizes.append(sizes.astype("<u4"))

    def write(self, file: Any) -> None:
        """Write them."""
        file.write(_HEAD.pack(self._count, self._first))
        for part in (*self._frequencies, *self._sizes):
            file.write(part.tobytes())
        file.write(b"\n".join(self._lines))
