"""The words of one field of one segment, and which are meant: by their beginning, by a pattern, by a slip of the finger."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from reader.store.search.lines import Lines
    from reader.store.search.postings import Numbers


class Dictionary:
    """The words of a field, in order, each with the number of articles that it stands in."""

    def __init__(self, lines: Lines, frequencies: Numbers) -> None:
        self._lines, self.frequencies = lines, frequencies

    def __len__(self) -> int:
        return len(self._lines)

    def __getitem__(self, at: int) -> bytes:
        return self._lines[at]

    def words(self, places: Numbers) -> list[bytes]:
        """The words at some places."""
        return self._lines.at(places)

    def beginning(self, start: bytes) -> range:
        """The places of the words that begin so."""
        if not start:
            return range(len(self))
        return range(self._lines.place(start), self._lines.place(start + b"\xff"))

    def like(self, pattern: str) -> Numbers:
        """The places of the words that a pattern means: `*` any letters, `?` one letter."""
        literal, *rest = re.split(r"[*?]", pattern, maxsplit=1)
        places = self.beginning(literal.encode())
        if rest == [""] and pattern.endswith("*"):
            return np.arange(places.start, places.stop)
        text = self._lines.text(places.start, places.stop)  # looked over at once: word by word takes ten times as long
        matches = re.finditer(rf"^(?:{expression(pattern)})$", text.decode(), re.MULTILINE) if text else ()
        starts = np.fromiter((match.start() for match in matches), np.int64)
        return places.start + np.searchsorted(_line_ends(text), starts)

    def perhaps_near(self, word: str, slips: int) -> Numbers:
        """The places of all words that are at most so many slips away, and of some others; `slips.near` tells them apart.

        They have nearly the same letters: each slip takes one letter away at the most, and adds one at the most. As many as one
        word is longer than the other only add, or only take away.
        """
        wanted, shapes = _letters_of(word), self._shapes
        found = [np.zeros(0, np.int64)]
        for length in range(max(1, len(word) - slips), min(len(word) + slips, len(shapes.starts) - 2) + 1):
            within = slice(shapes.starts[length], shapes.starts[length + 1])
            letters = shapes.letters[within]
            taken, added = np.bitwise_count(wanted & ~letters), np.bitwise_count(letters & ~wanted)
            longer = length - len(word)
            is_near = (taken <= slips - max(0, longer)) & (added <= slips - max(0, -longer))
            found.append(shapes.places[within][is_near])
        return np.concatenate(found)

    @cached_property
    def _shapes(self) -> _Shapes:
        return _shapes_of(self._lines)


def _line_ends(text: bytes) -> Numbers:
    """Where the lines of a text end, counted in letters."""
    data = np.frombuffer(text, np.uint8)
    ends = np.flatnonzero(data == ord("\n"))
    if text.isascii():
        return ends
    return ends - np.searchsorted(np.flatnonzero(data & 0xC0 == 0x80), ends)  # of a letter only its first byte


def expression(pattern: str) -> str:
    """A pattern as a regular expression that never goes back: what stands between two stars is taken where it first fits."""
    first, *rest = [re.escape(part).replace(r"\?", ".") for part in re.split(r"\*+", pattern)]
    if not rest:
        return first
    return first + "".join(f"(?>.*?{part})" for part in rest[:-1]) + ".*" + rest[-1]


class _Shapes(NamedTuple):
    """The words by their length in letters: their places, and which letters stand in them, once and twice, as bits.

    `starts` says for each length where the words begin that are as long, and ends with where the last of them end.
    """

    places: Numbers
    letters: Numbers
    starts: list[int]


_BITS = np.zeros(256, np.uint64)
"""A bit for each byte that a letter may end with, thirty-one for all: so a slip changes one, of whatever script the letter is."""
_BITS[:0xC0] = np.uint64(1) << (np.arange(0xC0, dtype=np.uint64) % np.uint64(31))
_NO_END = 0xC0
"""Stands for a byte that a letter goes on after; it is in no text."""
_TWICE = np.uint64(31)
"""How far the bit for a letter's second time is from that for its first."""


def _letters_of(word: str) -> np.uint64:
    once = twice = np.uint64(0)
    for letter in word:
        bit = _BITS[letter.encode("utf-8", "replace")[-1]]
        twice |= once & bit
        once |= bit
    return once | twice << _TWICE


def _shapes_of(lines: Lines) -> _Shapes:
    """The shapes of all words: letter by letter, each letter of all the words that are as long."""
    if not len(lines):
        return _Shapes(np.zeros(0, np.int32), np.zeros(0, np.uint64), [0])
    data = np.frombuffer(lines.data, np.uint8)
    data = np.where(np.append((data[1:] & 0xC0) != 0x80, True), data, np.uint8(_NO_END))
    ends = lines.ends.astype(np.int64)
    starts = np.concatenate(([0], ends[:-1] + 1))
    sizes = ends - starts
    by_size = np.argsort(sizes, kind="stable")
    starts, sizes = starts[by_size], sizes[by_size]
    once: Numbers = np.zeros(len(sizes), np.uint64)
    twice, lengths = once.copy(), once.astype(np.uint16)
    for at in range(int(sizes[-1])):
        longer = int(np.searchsorted(sizes, at, side="right"))
        letters = data[starts[longer:] + at]
        bits = _BITS[letters]
        twice[longer:] = twice[longer:] | once[longer:] & bits
        once[longer:] = once[longer:] | bits
        lengths[longer:] = lengths[longer:] + (letters != _NO_END)
    order = np.argsort(lengths, kind="stable")
    bounds: list[int] = [0, *np.cumsum(np.bincount(lengths)).tolist()]
    return _Shapes(by_size[order].astype(np.int32), (once | twice << _TWICE)[order], bounds)
