"""Several segments as one, a stretch of terms at a time: however large they are, a merge takes the memory of a stretch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.codec.whoosh3 import LENGTHS_COLUMN

from reader.store.search.codec import LENGTHS, open_segment
from reader.store.search.postings import Run, spread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.store.search.codec import ArrayTermsReader
    from reader.store.search.postings import Numbers

STRETCH = 2 << 20
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


def merged_runs(field: str, parts: Sequence[Part]) -> Iterator[tuple[list[bytes], Run]]:
    """The terms of a field in order, with their postings, a stretch at a time."""
    readers = [part for part in parts if part.terms.field(field) is not None]
    at = [0] * len(readers)
    while True:
        ends = _next_ends(field, readers, at)
        stretches = [(part, start, end) for part, start, end in zip(readers, at, ends, strict=True) if start < end]
        if not stretches:
            return
        yield _joined(field, stretches)
        at = ends


def _next_ends(field: str, parts: Sequence[Part], at: Sequence[int]) -> list[int]:
    """For each part the place before which the next stretch of terms ends: the same term for all."""
    last: bytes | None = None
    for part, start in zip(parts, at, strict=True):
        terms = part.terms.field(field)
        assert terms is not None
        if start == len(terms):
            continue
        until = terms.postings_at(start)[0] + STRETCH // len(parts)
        place = max(start, int(np.searchsorted(terms.ends, until)))
        if place < len(terms) and (last is None or terms.lines[place] < last):
            last = terms.lines[place]
    ends = []
    for part in parts:
        terms = part.terms.field(field)
        assert terms is not None
        place = len(terms) if last is None else terms.lines.place(last)
        ends.append(place + (place < len(terms) and terms.lines[place] == last))
    return ends


def _joined(field: str, stretches: Sequence[tuple[Part, int, int]]) -> tuple[list[bytes], Run]:
    own_terms = [part.terms.field(field).lines.between(start, end) for part, start, end in stretches]  # type: ignore[union-attr] # has it
    terms = sorted(set().union(*own_terms))
    ranks = {term: rank for rank, term in enumerate(terms)}
    told = []
    for (part, start, end), own in zip(stretches, own_terms, strict=True):
        run = part.terms.run(field, start, end)
        rank = np.repeat(np.fromiter(map(ranks.__getitem__, own), np.int64, len(own)), run.frequencies)
        told.append(_standing(rank, part.numbers[run.documents], run))
    rank, documents, counts, places = (np.concatenate(columns) for columns in zip(*told, strict=True))
    order = np.argsort(rank, kind="stable")  # parts are in the order of their documents
    if len(places):
        starts = np.cumsum(counts) - counts
        places = places[spread(counts[order], starts[order])]
    frequencies = np.bincount(rank, minlength=len(terms))
    kept = np.flatnonzero(frequencies)
    if len(kept) < len(terms):
        terms = [terms[at] for at in kept.tolist()]
    return terms, Run(frequencies[kept], documents[order], counts[order], places)


def _standing(rank: Numbers, documents: Numbers, run: Run) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """The postings of documents that were not deleted."""
    kept = documents >= 0
    if kept.all():
        return rank, documents, run.counts, run.places
    places = run.places[np.repeat(kept, run.counts)] if len(run.places) else run.places
    return rank[kept], documents[kept], run.counts[kept], places
