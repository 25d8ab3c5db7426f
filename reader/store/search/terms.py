"""The terms of one field in one segment, in the order of their bytes, and where their postings lie.

head          how many terms, and where the postings of the first begin
frequencies   in how many documents each stands (32 bits)
sizes         how many bytes its postings take (32 bits)
terms         a line each
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from reader.store.search.dictionary import Dictionary
from reader.store.search.lines import Lines
from reader.store.search.words import STEM

if TYPE_CHECKING:
    from reader.store.search.alphabet import Terms
    from reader.store.search.postings import Numbers

_HEAD = struct.Struct("<IQ")
_STEM = STEM.encode()
_BLOCK = 100


def terms_file(field: str) -> str:
    """The ending of the file that holds the terms of a field."""
    return f".{field}.trm"


class FieldTerms:
    """The terms of a field, to be looked up."""

    def __init__(self, data: bytes) -> None:
        count, self._first = _HEAD.unpack_from(data)
        self.frequencies: Numbers = np.frombuffer(data, "<u4", count, _HEAD.size).copy()  # not to hold on to all of it
        self.sizes: Numbers = np.frombuffer(data, "<u4", count, _HEAD.size + 4 * count).copy()
        self.lines = Lines(data[_HEAD.size + 8 * count :])

    def __len__(self) -> int:
        return len(self.frequencies)

    @cached_property
    def _blocks(self) -> list[int]:
        """Where the postings of every hundredth term begin: kept for every term, that would be as much as all else."""
        sums = np.add.reduceat(self.sizes, np.arange(0, len(self.sizes), _BLOCK), dtype=np.int64)
        found: list[int] = (np.cumsum(sums) - sums + self._first).tolist()
        return found

    def postings_at(self, at: int) -> tuple[int, int]:
        """Where the postings of a term begin, and how many bytes they take."""
        block = at // _BLOCK
        before = self.sizes[block * _BLOCK : at].sum(dtype=np.int64)
        return self._blocks[block] + int(before), int(self.sizes[at])

    def postings_of(self, places: Numbers) -> tuple[Numbers, Numbers]:
        """The same of several terms in order."""
        first, last = int(places[0]), int(places[-1])
        ends = np.cumsum(self.sizes[first : last + 1], dtype=np.int64)[places - first]
        sizes = self.sizes[places].astype(np.int64)
        return ends - sizes + self.postings_at(first)[0], sizes

    @cached_property
    def _stems(self) -> tuple[int, int]:
        """From where to where the stems stand that have postings of their own."""
        return self.lines.place(_STEM), self.lines.place(_STEM + b"\xff")

    def places_of(self, words: Numbers) -> Numbers:
        """The places of words among the terms, by their places among the words."""
        low, high = self._stems
        return np.where(words >= low, words + (high - low), words)

    def place_at(self, byte: int) -> int:
        """The first term whose postings end there or behind."""
        block = max(0, bisect_right(self._blocks, byte) - 1)
        sizes = self.sizes[block * _BLOCK : (block + 1) * _BLOCK]
        ends = self._blocks[block] + np.cumsum(sizes, dtype=np.int64)
        return block * _BLOCK + int(np.searchsorted(ends, byte))

    def words(self) -> Dictionary:
        """The words among the terms: all but stems that have postings of their own, which stand together."""
        low, high = self._stems
        if low == high:
            return Dictionary(self.lines, self.frequencies)
        return Dictionary(self.lines.without(low, high), np.concatenate((self.frequencies[:low], self.frequencies[high:])))


class TermsWriter:
    """Gathers the terms of a field while they are written."""

    def __init__(self, first: int) -> None:
        self._first = first
        self._count = 0
        self._lines: list[bytes] = []
        self._frequencies: list[Numbers] = []
        self._sizes: list[Numbers] = []

    def add(self, terms: Terms, frequencies: Numbers, sizes: Numbers) -> None:
        """Take terms, of which there is at least one, that come after those so far."""
        self._count += len(terms)
        self._lines.append(terms.lines())
        self._frequencies.append(frequencies.astype("<u4"))
        self._sizes.append(sizes.astype("<u4"))

    def written(self) -> bytes:
        """All of them, as they lie in the file."""
        columns = [part.tobytes() for part in (*self._frequencies, *self._sizes)]
        return b"".join((_HEAD.pack(self._count, self._first), *columns, b"\n".join(self._lines)))
