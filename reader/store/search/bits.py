"""Numbers of any width in a row of bits, written and read many at once.

The row is cut into words of 64 bits, lowest bit first. A number of at most 32 bits stands in one word or in two neighbours, so
that writing takes two look-ups, for all numbers together. Reading takes one: from the byte on in which a number begins, 64 bits
hold all of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from reader.store.search.postings import Numbers

_WORD = np.dtype("<u8")
_BYTES = 8
"""Bytes of a word."""
_ONE = np.uint64(1)
_FEW = 2_000
"""Numbers that are sooner read one by one than by eighths, of which each takes some microseconds to begin with."""
_AT_ONCE = 1 << 15
"""Numbers that are written together: what is worked out of so many stays near the processor."""


def width_of(most: Numbers) -> Numbers:
    """How many bits a number takes that is this large; none for 0."""
    return np.frexp(most.astype(np.float64))[1].astype(np.int64)  # exact: a float holds any number of 53 bits


def row_of(data: bytes | Numbers) -> Numbers:
    """Bytes as a row of bits to be read, as many words as there are and two that may be looked into beyond."""
    whole = len(data) // 8 + 2
    row = np.zeros(whole * 8, np.uint8)
    row[: len(data)] = np.frombuffer(data, np.uint8) if isinstance(data, bytes) else data
    found: Numbers = row.view(_WORD)
    return found


def empty_row(count: int) -> Numbers:
    """A row of so many bytes to be written, and a little beyond."""
    return np.zeros(count // 8 + 2, _WORD)


def take(row: Numbers, at: Numbers, widths: Numbers | int) -> Numbers:
    """The numbers that begin at these bits and are so wide."""
    found: Numbers = _words(row, 0, row.nbytes - _BYTES + 1, 1)[at >> 3] >> (at & 7).view(np.uint64)
    found &= np.uint64((1 << widths) - 1) if isinstance(widths, int) else (_ONE << widths.view(np.uint64)) - _ONE
    return found.view(np.int64)


def take_even(row: Numbers, start: int, count: int, width: int) -> Numbers:
    """So many numbers of one width that follow one another from a bit on; of many, in a third of the time.

    Eight of them take `width` bytes: so every eighth begins at the same bit of a byte, as many bytes further on.
    """
    if count < _FEW:
        return take(row, np.arange(start, start + count * width, width) if width else np.full(count, start), width)
    found = np.empty((count + 7 >> 3, 8), np.uint32)
    mask = np.uint64((1 << width) - 1)
    for at in range(8):
        first = start + at * width
        eighths = count - at + 7 >> 3
        found[:eighths, at] = _words(row, first >> 3, eighths, width) >> np.uint64(first & 7) & mask
    return found.reshape(-1)[:count]


def _words(row: Numbers, start: int, count: int, apart: int) -> Numbers:
    """So many words of 64 bits that begin at a byte of a row and so many bytes after each other: they overlap, none is copied."""
    return np.ndarray((count,), _WORD, row.data, start, (apart,))


def put(row: Numbers, values: Numbers, at: Numbers) -> None:
    """Write numbers, each from its bit on. They come in order and do not overlap, and nothing was written there."""
    for first in range(0, len(values), _AT_ONCE):
        _put(row, values[first : first + _AT_ONCE].astype(np.uint64), at[first : first + _AT_ONCE])


def _put(row: Numbers, values: Numbers, at: Numbers) -> None:
    word, shift = at >> 6, (at & 63).astype(np.uint64)
    firsts = np.flatnonzero(np.diff(word, prepend=-1))
    row[word[firsts]] |= np.bitwise_or.reduceat(values << shift, firsts)
    rests = (values >> np.uint64(1)) >> (np.uint64(63) - shift)  # in two steps: a shift by 64 is no shift
    beyond = np.flatnonzero(rests)  # at most one number a word reaches into the next
    row[word[beyond] + 1] |= rests[beyond]
