"""The stems of one field in one segment, and of which words each of them is one: their postings are those of these words.

A word stands wherever its stem does, and in texts of one language it has the same stem everywhere. So it is enough to keep, for
each stem, its words and the languages in which it is theirs; the numbers of the languages (`TONGUES`) are a column of the
documents. (The stem of a word with accents may be another than that of the word without: it has postings of its own.)

head      how many stems, how many links
counts    how many links each stem has (32 bits)
words     of each link the place of a word among the terms of the field (32 bits)
tongues   of each link the number of a language (8 bits)
stems     a line each
"""

from __future__ import annotations

import struct
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reader.store.search.alphabet import joined, of_lines, ranked
from reader.store.search.lines import Lines
from reader.store.search.words import LANGUAGES, tongue_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.store.search.alphabet import Terms
    from reader.store.search.postings import Numbers

TONGUES = {language: number for number, language in enumerate(LANGUAGES, start=1)}
"""The languages that words are stemmed by, as numbers."""

_HEAD = struct.Struct("<II")
_STRETCH = 20_000
"""Stems that are merged at a time."""


def stems_file(field: str) -> str:
    """The ending of the file that holds the stems of a field."""
    return f".{field}.stm"


def tongue_number(language: str) -> int:
    """The number of the language that a text in a language (ISO 639-1, "" where not known) is stemmed by."""
    return TONGUES[tongue_of(language)]


class Links(NamedTuple):
    """Stems in order, how many links each has, and of each link the place of the word and the number of the language."""

    stems: Terms
    counts: Numbers
    words: Numbers
    tongues: Numbers


def links_of(stems: Terms, of_stem: Numbers, words: Numbers, tongues: Numbers) -> Links:
    """Links told one by one, each by the place of its stem among `stems`, and perhaps twice."""
    rows = (of_stem.astype(np.int64) << 38) + (words.astype(np.int64) << 6) + tongues
    rows.sort()
    rows = rows[np.diff(rows, prepend=-1) != 0]
    return Links(stems, np.bincount(rows >> 38, minlength=len(stems)), rows >> 6 & 0xFFFFFFFF, rows & 0x3F)


def written(parts: Sequence[Links]) -> bytes:
    """Links as they lie in the file; the parts follow one another."""
    stems = [part.stems for part in parts if len(part.stems)]
    columns = [(part.counts, part.words, part.tongues) for part in parts]
    counts, words, tongues = (
        (
            b"".join(column.astype(kind).tobytes() for column in of_parts)
            for of_parts, kind in zip(zip(*columns, strict=True), ("<u4", "<u4", "u1"), strict=True)
        )
        if parts
        else (b"", b"", b"")
    )
    head = _HEAD.pack(sum(len(part) for part in stems), len(tongues))
    return b"".join((head, counts, words, tongues, b"\n".join(part.lines() for part in stems)))


class Stems:
    """The stems of a field, to be looked up."""

    def __init__(self, data: bytes) -> None:
        count, links = _HEAD.unpack_from(data)
        after_counts = _HEAD.size + 4 * count
        self._counts: Numbers = np.frombuffer(data, "<u4", count, _HEAD.size).copy()  # not to hold on to all of it
        self._words: Numbers = np.frombuffer(data, "<u4", links, after_counts).copy()
        self._tongues: Numbers = np.frombuffer(data, "u1", links, after_counts + 4 * links).copy()
        self.lines = Lines(data[after_counts + 5 * links :])

    @cached_property
    def _ends(self) -> Numbers:
        found: Numbers = np.cumsum(self._counts, dtype=np.uint32)
        return found

    def links(self, stem: bytes) -> Iterator[tuple[int, int]]:
        """The words that a stem is one of, by their places among the terms, each with the number of a language."""
        at = self.lines.find(stem)
        if at is not None:
            end = int(self._ends[at])
            own = slice(end - int(self._counts[at]), end)
            yield from zip(self._words[own].tolist(), self._tongues[own].tolist(), strict=True)

    def between(self, start: int, end: int) -> Links:
        """The links of the stems from one place to before another."""
        first, last = (int(self._ends[at - 1]) if at else 0 for at in (start, end))
        stems = of_lines(self.lines.text(start, end))
        return Links(stems, self._counts[start:end], self._words[first:last], self._tongues[first:last])


def merged_links(parts: Sequence[tuple[Stems, Numbers]]) -> Iterator[Links]:
    """The links of several segments as one, a stretch at a time; beside each the new places of its words, -1 for what went."""
    at = [0] * len(parts)
    while True:
        ends = _next_ends([stems.lines for stems, _ in parts], at)
        if ends == at:
            return
        own = [stems.between(start, end) for (stems, _), start, end in zip(parts, at, ends, strict=True)]
        yield _joined(own, [places for _, places in parts])
        at = ends


def _next_ends(lines: Sequence[Lines], at: Sequence[int]) -> list[int]:
    """For each part the place before which the next stretch ends: the same stem for all."""
    lasts = [own[start + _STRETCH] for own, start in zip(lines, at, strict=True) if start + _STRETCH < len(own)]
    return [own.place(min(lasts)) if lasts else len(own) for own in lines]


def _joined(own: Sequence[Links], places: Sequence[Numbers]) -> Links:
    terms, ranks = ranked(joined([links.stems for links in own]))
    of_stem = np.repeat(ranks, np.concatenate([links.counts for links in own]))
    words = np.concatenate([new_places[links.words] for links, new_places in zip(own, places, strict=True)])
    stay = words >= 0
    found = links_of(terms, of_stem[stay], words[stay], np.concatenate([links.tongues for links in own])[stay])
    kept = np.flatnonzero(found.counts)
    if len(kept) == len(terms):
        return found
    return found._replace(stems=terms.some(kept), counts=found.counts[kept])
