"""Several segments as one, a stretch of terms at a time: however large they are, a merge takes the memory of a stretch."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from whoosh.codec.whoosh3 import LENGTHS_COLUMN

from reader.store.search.alphabet import of_lines, ranked
from reader.store.search.codec import LENGTHS, open_segment
from reader.store.search.postings import Run, in_order_of, spread, unpacked_run
from reader.store.search.stems import merged_links

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.store.search.alphabet import Terms
    from reader.store.search.codec import ArrayTermsReader
    from reader.store.search.postings import Numbers
    from reader.store.search.stems import Links

STRETCH = 1 << 19
"""Bytes of postings that are merged at a time, about: a single term may have more."""


class Part:
    """A segment that is merged: what stands of its documents is numbered from `first` in the new one, what was deleted goes."""

    def __init__(self, storage: Any, segment: Any, first: int) -> None:
        standing = np.ones(segment.doc_count_all(), bool)
        standing[list(segment.deleted_docs())] = False
        self._standing = standing
        self.count = int(standing.sum())
        self.numbers = np.where(standing, np.cumsum(standing) - 1 + first, -1)
        self._files = open_segment(storage, segment)
        try:
            self.terms: ArrayTermsReader = segment.codec().terms_reader(self._files, segment)
            self._documents = segment.codec().per_document_reader(self._files, segment)
        except BaseException:
            self._files.close()
            raise

    def close(self) -> None:
        """Let go of the files."""
        self.terms.close()
        self._documents.close()
        self._files.close()

    def columns(self, schema: Any) -> dict[str, Numbers]:
        """The numbers of what stands, by field."""
        found = {}
        for name, kind in schema.items():
            if kind.column_type and self._documents.has_column(name):
                found[name] = self._documents.column_reader(name, kind.column_type).values[self._standing]
            elif kind.column_type:
                found[name] = np.full(self.count, kind.column_type.default, np.int64)
        return found

    def lengths(self, schema: Any) -> Iterator[tuple[str, Numbers, int]]:
        """Each field whose length counts, the coded lengths of what stands, and what they come to."""
        for name, kind in schema.items():
            if not kind.scorable:
                continue
            codes = np.zeros(len(self._standing), np.uint8)
            if self._documents.has_column(f"_{name}_len"):
                codes[:] = np.frombuffer(self._documents.column_reader(f"_{name}_len", LENGTHS_COLUMN).load(), np.uint8)
            codes = codes[self._standing]
            all_stand = self.count == len(self._standing)
            yield name, codes, self._documents.field_length(name) if all_stand else int(LENGTHS[codes].sum())


class Merge:
    """One field of several segments as one: `runs` first, then `links`."""

    def __init__(self, field: str, parts: Sequence[Part]) -> None:
        parts = [part for part in parts if part.terms.field(field) is not None]
        ends = accumulate(len(part.numbers) for part in parts)
        self._parts = [_FieldOf(part, field, end - len(part.numbers)) for part, end in zip(parts, ends, strict=True)]
        self._numbers = np.concatenate([part.numbers for part in parts])
        self._count = 0

    def runs(self) -> Iterator[tuple[Terms, Run]]:
        """The terms in order, with their postings, a stretch at a time."""
        at = [0] * len(self._parts)
        while True:
            ends = self._next_ends(at)
            if ends == at:
                return
            yield self._joined(at, ends)
            at = ends

    def links(self) -> Iterator[Links]:
        """Whose the stems are, a stretch at a time. The terms are let go of: of many segments they take much memory."""
        told = [(part.reader, part.field, part.places) for part in self._parts]
        self._parts = []
        for reader, field, _ in told:
            reader.forget(field)
        return merged_links([(reader.stems(field), places) for reader, field, places in told])

    def _next_ends(self, at: Sequence[int]) -> list[int]:
        """For each part the place before which the next stretch of terms ends: the same term for all."""
        last: bytes | None = None
        for part, start in zip(self._parts, at, strict=True):
            own = part.own
            if start == len(own):
                continue
            place = max(start, own.place_at(own.postings_at(start)[0] + STRETCH // len(self._parts)))
            if place < len(own) and (last is None or own.lines[place] < last):
                last = own.lines[place]
        if last is None:
            return [len(part.own) for part in self._parts]
        places = [(part.own.lines, part.own.lines.place(last)) for part in self._parts]
        return [place + (place < len(lines) and lines[place] == last) for lines, place in places]

    def _joined(self, at: Sequence[int], ends: Sequence[int]) -> tuple[Terms, Run]:
        """The terms of all parts from these places to before those as one stretch."""
        taken = [_Taken(part, *between) for part, *between in zip(self._parts, at, ends, strict=True) if between[0] < between[1]]
        terms, ranks = ranked(of_lines(b"\n".join(part.own.lines.text(start, end) for part, start, end in taken)))
        run = self._standing(taken)
        frequencies = np.bincount(ranks, weights=run.frequencies, minlength=len(terms)).astype(np.int64)
        self._place(taken, ranks, frequencies > 0)
        kept = np.flatnonzero(frequencies)
        if len(kept) < len(terms):
            terms = terms.some(kept)
        return terms, _in_order(run, in_order_of(ranks))._replace(frequencies=frequencies[kept])

    def _standing(self, taken: Sequence[_Taken]) -> Run:
        """The postings of all parts one after the other, of documents that were not deleted, by their new numbers."""
        read = [part.reader.stretch(part.field, start, end) for part, start, end in taken]
        data, frequencies, sizes = (np.concatenate(column) for column in zip(*read, strict=True))
        run = unpacked_run(data, frequencies, sizes)
        firsts = np.repeat([part.first for part, _, _ in taken], [int(of_part.sum()) for _, of_part, _ in read])
        documents = self._numbers[run.documents + firsts]
        kept = documents >= 0
        if kept.all():
            return run._replace(documents=documents)
        sums = np.concatenate(([0], np.cumsum(kept)))
        ends = np.cumsum(run.frequencies)
        places = run.places[np.repeat(kept, run.counts)] if len(run.places) else run.places
        return Run(sums[ends] - sums[ends - run.frequencies], documents[kept], run.counts[kept], places)

    def _place(self, taken: Sequence[_Taken], ranks: Numbers, stands: Numbers) -> None:
        """Tell each part where its terms stand in the new segment."""
        new_places = np.where(stands, np.cumsum(stands) - 1 + self._count, -1)[ranks]
        at = 0
        for part, start, end in taken:
            part.places[start:end] = new_places[at : at + end - start]
            at += end - start
        self._count += int(np.count_nonzero(stands))


class _FieldOf:
    """One field of a segment that is merged, whose documents count from `first` on among those of all.

    `places`: where its terms stand in the new segment, -1 for those that went.
    """

    def __init__(self, part: Part, field: str, first: int) -> None:
        own = part.terms.field(field)
        assert own is not None
        self.own, self.field, self.reader, self.first = own, field, part.terms, first
        self.places = np.full(len(own), -1, np.int32)


class _Taken(NamedTuple):
    """Terms of a part, from a place to before another."""

    part: _FieldOf
    start: int
    end: int


def _in_order(run: Run, order: Numbers) -> Run:
    """The postings of terms in another order."""
    ends = np.cumsum(run.frequencies)
    places = run.places
    if len(places):
        place_ends = np.concatenate(([0], np.cumsum(run.counts)))[np.concatenate(([0], ends))]
        lengths = np.diff(place_ends)
        places = places[spread(lengths[order], place_ends[:-1][order])]
    postings = spread(run.frequencies[order], (ends - run.frequencies)[order])
    return Run(run.frequencies[order], run.documents[postings], run.counts[postings], places)
