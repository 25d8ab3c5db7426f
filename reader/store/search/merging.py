"""Several segments as one, a stretch of terms at a time: however large they are, a merge takes the memory of a stretch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.codec.whoosh3 import LENGTHS_COLUMN

from reader.store.search.codec import LENGTHS, open_segment
from reader.store.search.postings import Run, spread
from reader.store.search.stems import merged_links

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
        self._parts = [_FieldOf(part, field) for part in parts if part.terms.field(field) is not None]
        self._count = 0

    def runs(self) -> Iterator[tuple[list[bytes], Run]]:
        """The terms in order, with their postings, a stretch at a time."""
        at = [0] * len(self._parts)
        while True:
            ends = self._next_ends(at)
            if ends == at:
                return
            yield self._joined(
                [(part, start, end) for part, start, end in zip(self._parts, at, ends, strict=True) if start < end]
            )
            at = ends

    def links(self) -> Iterator[Links]:
        """Whose the stems are, a stretch at a time."""
        return merged_links([(part.terms.stems(part.field), part.places) for part in self._parts])

    def _next_ends(self, at: Sequence[int]) -> list[int]:
        """For each part the place before which the next stretch of terms ends: the same term for all."""
        last: bytes | None = None
        for part, start in zip(self._parts, at, strict=True):
            own = part.own
            if start == len(own):
                continue
            until = own.postings_at(start)[0] + STRETCH // len(self._parts)
            place = max(start, int(np.searchsorted(part.ends, until)))
            if place < len(own) and (last is None or own.lines[place] < last):
                last = own.lines[place]
        if last is None:
            return [len(part.own) for part in self._parts]
        places = [(part.own.lines, part.own.lines.place(last)) for part in self._parts]
        return [place + (place < len(lines) and lines[place] == last) for lines, place in places]

    def _joined(self, stretches: Sequence[tuple[_FieldOf, int, int]]) -> tuple[list[bytes], Run]:
        own_terms = [part.own.lines.between(start, end) for part, start, end in stretches]
        terms = sorted(set().union(*own_terms))
        ranks = {term: rank for rank, term in enumerate(terms)}
        own_ranks = [np.fromiter(map(ranks.__getitem__, own), np.int64, len(own)) for own in own_terms]
        told = []
        for (part, start, end), own_rank in zip(stretches, own_ranks, strict=True):
            run = part.terms.run(part.field, start, end)
            told.append(_standing(np.repeat(own_rank, run.frequencies), part.numbers[run.documents], run))
        rank, documents, counts, places = (np.concatenate(columns) for columns in zip(*told, strict=True))
        order = np.argsort(rank, kind="stable")  # parts are in the order of their documents
        if len(places):
            starts = np.cumsum(counts) - counts
            places = places[spread(counts[order], starts[order])]
        frequencies = np.bincount(rank, minlength=len(terms))
        stand = frequencies > 0
        new_places = np.where(stand, np.cumsum(stand) - 1 + self._count, -1)
        for (part, start, end), own_rank in zip(stretches, own_ranks, strict=True):
            part.places[start:end] = new_places[own_rank]
        kept = np.flatnonzero(stand)
        self._count += len(kept)
        if len(kept) < len(terms):
            terms = [terms[at] for at in kept.tolist()]
        return terms, Run(frequencies[kept], documents[order], counts[order], places)


class _FieldOf:
    """One field of a segment that is merged. `places`: where its terms stand in the new one, -1 for those that went."""

    def __init__(self, part: Part, field: str) -> None:
        own = part.terms.field(field)
        assert own is not None
        self.own, self.field, self.terms, self.numbers = own, field, part.terms, part.numbers
        self.ends, self.places = own.ends(), np.full(len(own), -1, np.int32)


def _standing(rank: Numbers, documents: Numbers, run: Run) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """The postings of documents that were not deleted."""
    kept = documents >= 0
    if kept.all():
        return rank, documents, run.counts, run.places
    places = run.places[np.repeat(kept, run.counts)] if len(run.places) else run.places
    return rank[kept], documents[kept], run.counts[kept], places
