"""The words of one field of one segment, and which are meant: by their beginning, by a pattern, by a slip of the finger."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from reader.store.search.postings import Numbers


class Dictionary:
    """The words of a field, in order, each with the number of articles that it stands in."""

    def __init__(self, lines: bytes, frequencies: Numbers) -> None:
        self._lines, self.frequencies = lines, frequencies

    @cached_property
    def words(self) -> list[bytes]:
        """Every word."""
        return self._lines.split(b"\n") if self._lines else []

    def beginning(self, start: bytes) -> range:
        """The places of the words that begin so."""
        if not start:
            return range(len(self.words))
        return range(bisect_left(self.words, start), bisect_left(self.words, start + b"\xff"))

    def like(self, pattern: str) -> list[int]:
        """The places of the words that a pattern means: `*` any letters, `?` one letter."""
        meant = re.compile(expression(pattern))
        literal = re.split(r"[*?]", pattern, maxsplit=1)[0]
        return [at for at in self.beginning(literal.encode()) if meant.fullmatch(self.words[at].decode())]

    def near(self, word: str, slips: int) -> list[tuple[int, int]]:
        """The places of the words that are at most so many slips away, and how many they are.

        Words of another length or of other letters are passed over by a comparison of bit masks before `slips_between` looks.
        """
        wanted = word.encode()
        lengths, letters, plain = self._shapes
        strange = np.bitwise_count(letters ^ _letters_of(wanted))
        apart = np.abs(lengths - len(wanted))
        possible = (apart <= slips) & (strange <= 2 * slips)
        if not word.isascii() or not plain.all():  # a letter may be four bytes there
            possible |= (~plain | (not word.isascii())) & (apart <= 3 * slips) & (strange <= 8 * slips)
        found = []
        for at in np.flatnonzero(possible).tolist():
            other = self.words[at].decode()
            distance = one_slip(word, other) if slips == 1 else slips_between(word, other, slips)
            if distance <= slips:
                found.append((at, distance))
        return found

    @cached_property
    def _shapes(self) -> tuple[Numbers, Numbers, Numbers]:
        """Of each word: its length in bytes, its letters as bits, and whether it is plain ASCII."""
        lengths = np.fromiter(map(len, self.words), np.int32, len(self.words))
        if not len(lengths):
            return lengths, np.zeros(0, np.uint64), np.zeros(0, bool)
        letters = np.frombuffer(self._lines + b"\n", np.uint8)
        starts = np.concatenate(([0], np.cumsum(lengths[:-1] + 1)))
        bits = _BITS[letters]
        return lengths, np.bitwise_or.reduceat(bits, starts), np.maximum.reduceat(letters, starts) < 0x80


def expression(pattern: str) -> str:
    """A pattern as a regular expression that never goes back: what stands between two stars is taken where it first fits."""
    first, *rest = [re.escape(part).replace(r"\?", ".") for part in re.split(r"\*+", pattern)]
    if not rest:
        return first
    return first + "".join(f"(?>.*?{part})" for part in rest[:-1]) + ".*" + rest[-1]


_BITS = np.left_shift(np.uint64(1), (np.arange(256, dtype=np.uint64) * np.uint64(7)) % np.uint64(61))
_BITS[ord("\n")] = 0


def _letters_of(word: bytes) -> np.uint64:
    return np.uint64(np.bitwise_or.reduce(_BITS[np.frombuffer(word, np.uint8)])) if word else np.uint64(0)


def one_slip(one: str, other: str) -> int:
    """0 for the same word, 1 where one slip leads from one to the other, else 2: it must lie where they first differ."""
    if one == other:
        return 0
    at = 0
    for letter, opposite in zip(one, other, strict=False):
        if letter != opposite:
            break
        at += 1
    rest, others = one[at + 1 :], other[at + 1 :]
    swapped = one[at : at + 2] == other[at : at + 2][::-1] and rest[1:] == others[1:]
    return 1 if rest == others or one[at:] == others or rest == other[at:] or swapped else 2


def slips_between(one: str, other: str, limit: int) -> int:
    """How many slips lead from one word to another: a letter too many, one missing, a wrong one, two neighbours swapped.

    The optimal string alignment distance (Damerau 1964, without edits between swapped letters); `limit + 1` where it is greater.
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        above, row, last = before, [i], row
        before = last
        for j, opposite in enumerate(other, start=1):
            best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != opposite))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == opposite:
                best = min(best, above[j - 2] + 1)
            row.append(best)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)
