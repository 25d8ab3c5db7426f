"""Terms put in the order of their bytes, many at once: for none of them an object is made.

Whoever sorts a list of a hundred thousand terms waits most of the time for the memory in which they lie scattered. Here all of
them lie in one row of letters. By their heads they are put in order two bytes at a time, from the last to the first (Knuth, The
Art of Computer Programming, volume 3, 5.2.5); only longer ones with one head are compared themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reader.store.search.postings import spread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.store.search.postings import Numbers

HEAD = 16
"""Bytes of a term by which nearly all are told apart."""

_LETTER = np.dtype("u1")
_OF_LENGTH = np.where(np.arange(HEAD) < np.arange(HEAD + 1)[:, np.newaxis], 255, 0).astype(_LETTER)
"""By the length of a head the bits that belong to it."""

_END = b"\n"
_AT_ONCE = 1 << 12
"""Terms whose letters are taken together: what is worked out of so many stays near the processor."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms one after the other: `letters` of all, each with an end of line, and where each begins and the next one would."""

    letters: Numbers
    starts: Numbers

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def lengths(self) -> Numbers:
        """How many bytes each has, without the end of its line."""
        return np.diff(self.starts) - 1

    def some(self, which: Numbers) -> Terms:
        """Some of them, in this order."""
        starts = self.starts[which].astype(np.int64)
        lengths = self.starts[which + 1] - starts
        stretches = [slice(first, first + _AT_ONCE) for first in range(0, len(which), _AT_ONCE)] or [slice(0)]
        letters = [self.letters[spread(lengths[stretch], starts[stretch])] for stretch in stretches]
        return Terms(np.concatenate(letters), _starts(lengths))

    def lines(self) -> bytes:
        """A line each."""
        return self.letters[:-1].tobytes()

    def tolist(self) -> list[bytes]:
        """Each of them."""
        return self.lines().split(_END) if len(self) else []

    def __getitem__(self, at: int) -> bytes:
        return self.letters[self.starts[at] : self.starts[at + 1] - 1].tobytes()


def of_lines(lines: bytes) -> Terms:
    """Terms that stand a line each."""
    letters = np.frombuffer(lines + _END if lines else b"", _LETTER)
    ends = np.flatnonzero(letters == ord(_END)) + 1
    return Terms(letters, np.concatenate(([0], ends)))


def joined(parts: Sequence[Terms]) -> Terms:
    """The terms of several, one after the other."""
    lengths = np.concatenate([np.diff(part.starts) for part in parts])
    return Terms(np.concatenate([part.letters for part in parts]), _starts(lengths))


def _starts(lengths: Numbers) -> Numbers:
    return np.concatenate(([0], np.cumsum(lengths)))


class Ranked(NamedTuple):
    """Terms in order, each once, and of each of those that were told its place among them."""

    terms: Terms
    ranks: Numbers


def ranked(terms: Terms) -> Ranked:
    """Put terms in order, of which some may be the same."""
    heads = _heads(terms)
    order = _by_head(heads)
    first, second = np.ascontiguousarray(heads[order]).view(np.uint64).T
    has_same_head = (first[1:] == first[:-1]) & (second[1:] == second[:-1])
    is_other = np.concatenate(([True], ~has_same_head))[: len(order)]
    is_long = terms.lengths[order] >= HEAD  # of one head all are or none
    for start, last in _stretches(np.flatnonzero(has_same_head & is_long[1:])):
        _sort_exactly(terms, order[start : last + 2], is_other[start : last + 2])
    ranks = np.empty(len(order), np.int64)
    ranks[order] = np.cumsum(is_other) - 1
    return Ranked(terms.some(order[is_other]), ranks)


def _heads(terms: Terms) -> Numbers:
    """The first bytes of each term, 0 where it has no more, as numbers of two bytes."""
    letters = np.concatenate((terms.letters, np.zeros(HEAD, _LETTER)))
    heads = np.lib.stride_tricks.sliding_window_view(letters, HEAD)[terms.starts[:-1]]
    heads &= _OF_LENGTH[np.minimum(terms.lengths, HEAD)]
    found: Numbers = heads.view(">u2").astype(np.uint16)
    return found


def _by_head(heads: Numbers) -> Numbers:
    """The indexes that put terms in the order of their heads."""
    columns = np.ascontiguousarray(heads.T)
    return reduce(lambda order, column: order[np.argsort(column[order], kind="stable")], columns[::-1], np.arange(len(heads)))


def _sort_exactly(terms: Terms, order: Numbers, is_other: Numbers) -> None:
    """Put a stretch of terms with one head in order, and say of all but the first whether it is another than the one before."""
    told = sorted((terms[at], at) for at in order.tolist())
    order[:] = [at for _, at in told]
    is_other[1:] = [one != before for (before, _), (one, _) in pairwise(told)]


def _stretches(numbers: Numbers) -> Iterator[tuple[int, int]]:
    """The first and the last of numbers that follow one another."""
    for stretch in np.split(numbers, np.flatnonzero(np.diff(numbers) > 1) + 1) if len(numbers) else ():
        yield int(stretch[0]), int(stretch[-1])
