"""The numbers of the pieces of texts, of some ten thousand at once.

Nearly all words of a text are known. Looked up one after the other in a dict of 200,000, each of them waits for memory. Here a
piece of at most 24 bytes is three numbers of 64 bits, and all pieces go through a table of open addressing together (linear
probing: Knuth, The Art of Computer Programming, volume 3, 6.4). A longer one is rare and stands in a dict.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reader.store.search.postings import Numbers

    Learn = Callable[[list[str]], Numbers]

_SHORT, _LONG = 8, 24
"""Bytes: what a piece has at most that is one number, or three."""

_LONGEST = 256
"""Bytes of the longest piece that is remembered: a longer one hardly comes again, and may be a megabyte of data."""

_BYTE, _WORD = np.dtype("u1"), np.dtype("<u8")
_SMALLEST = 1 << 9
_SPARSE = 4
"""Places in a table for each piece that there is room for: the fewer are taken, the more pieces are found at the first look."""

_STEPS = 32
"""How often a piece is looked for: in a table that is a quarter full nearly all are found in two, and a text that was made to
meet at one place must not take longer than others. What is not found by then stands in the dict."""

_UNKNOWN = 2**32 - 1
_FIRST_BYTES = np.array([2 ** (8 * count) - 1 for count in range(9)], np.uint64)
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # 2^64 over the golden ratio: Knuth's multiplicative hashing
_SPACE = ord(" ")


class Pieces:
    """The number of each piece of text that was met."""

    def __init__(self) -> None:
        self._short, self._long = Table(1), Table(3)
        self._rest: dict[bytes, int] = {}  # in no table

    def numbers(self, texts: Sequence[str], learn: Learn) -> tuple[Numbers, Numbers]:
        """The numbers of the pieces of all texts, and how many each text has. The pieces of a text are parted by spaces.

        `learn` gives numbers to pieces that were not met before.
        """
        said = [text.encode() for text in texts]
        cut = _cut(b" ".join(said))
        lengths = cut.ends - cut.starts
        numbers = np.zeros(len(lengths), np.uint32)
        for table, own in (
            (self._short, np.flatnonzero(lengths <= _SHORT)),
            (self._long, np.flatnonzero((lengths > _SHORT) & (lengths <= _LONG))),
        ):
            numbers[own] = self._looked_up(table, cut.some(own), learn)
        others = np.flatnonzero(lengths > _LONG)
        long = cut.some(others).pieces()
        numbers[others], fresh = self._learned(long, learn)
        self._rest.update((long[at], int(numbers[others[at]])) for at in fresh if len(long[at]) <= _LONGEST)
        begins = np.cumsum([0, *(len(text) + 1 for text in said)])
        return numbers, np.diff(np.searchsorted(cut.starts, begins))

    def _looked_up(self, table: Table, cut: _Cut, learn: Learn) -> Numbers:
        keys = cut.keys(table.width)
        found = table.find(keys)
        unknown = np.flatnonzero(found == _UNKNOWN)
        if len(unknown):
            pieces = cut.some(unknown).pieces()
            found[unknown], fresh = self._learned(pieces, learn)
            new = unknown[fresh]
            new_keys = [column[new] for column in keys]
            table.keep(new_keys, found[new])
            for at in np.flatnonzero(table.find(new_keys) == _UNKNOWN).tolist():
                self._rest[pieces[fresh[at]]] = int(found[new[at]])
        return found

    def _learned(self, pieces: Sequence[bytes], learn: Learn) -> tuple[Numbers, list[int]]:
        """The numbers of pieces that are in no table, and the places of those that were not met before."""
        places = dict(zip(pieces, range(len(pieces)), strict=True))
        known = {piece: self._rest[piece] for piece in self._rest.keys() & places.keys()}
        fresh = [piece for piece in places if piece not in known]
        if fresh:
            known.update(zip(fresh, learn(b" ".join(fresh).decode().split(" ")).tolist(), strict=True))
        return np.array([known[piece] for piece in pieces], np.uint32), [places[piece] for piece in fresh]


class Table:
    """Pieces of so many numbers each."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._count = 1  # the first is none: no piece is all 0
        self._places: Numbers = np.zeros(_SPARSE * _SMALLEST, np.uint32)
        self._keys: list[Numbers] = [np.zeros(_SMALLEST, np.uint64) for _ in range(width)]
        self._numbers: Numbers = np.zeros(_SMALLEST, np.uint32)

    def find(self, keys: Sequence[Numbers]) -> Numbers:
        """The number of each piece, `_UNKNOWN` where it is not in the table."""
        at = self._first_places(keys)
        place = self._places[at]
        is_it = self._is_it(place, keys)
        found = self._numbers[place]
        found[~is_it] = _UNKNOWN
        left = np.flatnonzero(~is_it & (place > 0))
        at, keys = at[left], [column[left] for column in keys]
        for _ in range(_STEPS - 1):
            if not len(left):
                break
            at = at + 1 & len(self._places) - 1
            place = self._places[at]
            is_it = self._is_it(place, keys)
            found[left[is_it]] = self._numbers[place[is_it]]
            goes_on = np.flatnonzero(~is_it & (place > 0))
            left, at, keys = left[goes_on], at[goes_on], [column[goes_on] for column in keys]
        return found

    def _is_it(self, place: Numbers, keys: Sequence[Numbers]) -> Numbers:
        """Whether at each of these places there is this piece."""
        found: Numbers = self._keys[0][place] == keys[0]
        for own, asked in zip(self._keys[1:], keys[1:], strict=True):
            found &= own[place] == asked
        return found

    def keep(self, keys: Sequence[Numbers], numbers: Numbers) -> None:
        """Put pieces that are not there into the table. Of very many that meet at one place some are left out."""
        first, self._count = self._count, self._count + len(numbers)
        if self._count > len(self._numbers):
            room = 1 << self._count.bit_length()
            self._keys = [np.resize(column, room) for column in self._keys]
            self._numbers = np.resize(self._numbers, room)
            self._places = np.zeros(_SPARSE * room, np.uint32)
            self._place(np.arange(1, first), [column[1:first] for column in self._keys])
        self._numbers[first : self._count] = numbers
        for own, column in zip(self._keys, keys, strict=True):
            own[first : self._count] = column
        self._place(np.arange(first, self._count), keys)

    def _place(self, left: Numbers, keys: Sequence[Numbers]) -> None:
        """Give each piece the next place that is free: of several for one, one gets it, and the others go on."""
        at = self._first_places(keys)
        for _ in range(_STEPS):
            is_free = self._places[at] == 0
            self._places[at[is_free]] = left[is_free]
            goes_on = self._places[at] != left
            if not goes_on.any():
                break
            left, at = left[goes_on], at[goes_on] + 1 & len(self._places) - 1

    def _first_places(self, keys: Sequence[Numbers]) -> Numbers:
        mixed = (keys[0] ^ (keys[0] >> np.uint64(32))) * _FACTOR
        for column in keys[1:]:
            mixed = ((mixed ^ (mixed >> np.uint64(29))) + column) * _FACTOR
        places: Numbers = (mixed >> np.uint64(65 - len(self._places).bit_length())).astype(np.int64)
        return places


class _Cut(NamedTuple):
    """Pieces of a text: its bytes, the same as numbers, and where each piece begins and ends."""

    data: bytes
    row: Numbers
    starts: Numbers
    ends: Numbers

    def some(self, which: Numbers) -> _Cut:
        """Some of the pieces."""
        return self._replace(starts=self.starts[which], ends=self.ends[which])

    def pieces(self) -> list[bytes]:
        """Each of them."""
        return [self.data[start:end] for start, end in zip(self.starts.tolist(), self.ends.tolist(), strict=True)]

    def keys(self, width: int) -> list[Numbers]:
        """Each of them as so many numbers: its bytes, and 0 where it has no more."""
        lengths = self.ends - self.starts
        word, shift = self.starts >> 3, ((self.starts & 7) << 3).astype(np.uint64)
        keys = []
        for column in range(width):
            at = word + column
            read = (self.row[at] >> shift) | ((self.row[at + 1] << np.uint64(1)) << (np.uint64(63) - shift))
            keys.append(read & _FIRST_BYTES[np.clip(lengths - 8 * column, 0, 8)])
        return keys


def _cut(data: bytes) -> _Cut:
    """A text cut at its spaces."""
    letters = np.frombuffer(data, _BYTE)
    row = np.zeros(len(data) // 8 + _LONG // 8 + 2, _WORD)
    row.view(_BYTE)[: len(data)] = letters
    is_letter = np.zeros(len(data) + 2, bool)
    is_letter[1:-1] = letters != _SPACE
    edges = np.flatnonzero(is_letter[1:] != is_letter[:-1])
    return _Cut(data, row, edges[::2], edges[1::2])
