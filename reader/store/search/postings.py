"""The postings of terms as they lie in a segment: of each three bytes that tell the widths of three runs of numbers, then those.

    gaps      from each document to the one before
    counts    how often the term stands in each of them, less one
    places    where, document by document; none in a field without places

The runs follow one another bit by bit, each with numbers as wide as its largest needs (`bits`); the next term begins at a byte.
One term is read run by run, the places only when they are asked for. All terms of a field, or some thousand of them that are
merged, are written and read at once.
"""

from __future__ import annotations

import sys
from array import array
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reader.store.search.bits import empty_row, put, row_of, take, take_even, width_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Numbers = np.ndarray[Any, np.dtype[Any]]

_HEAD = 3
"""Bytes of a term before its runs."""

_MANY = 2_000
"""Documents of a term from which on it is sooner read alone than with others."""

_AT_A_TIME = 1 << 20
"""Bytes of other terms, about, that are read at once: a pattern may mean a hundred times as much."""


class Postings:
    """The documents of a term in ascending order, how often it stands in each, and where, document by document.

    Where it stands is read when it is asked for, and not kept: `places` is told the numbers of the documents that are meant.
    """

    def __init__(self, documents: Numbers, counts: Numbers, places: Callable[[Numbers], Numbers]) -> None:
        self.documents, self.counts = documents.astype(np.int32, copy=False), counts.astype(np.int32, copy=False)
        self._places = places

    @cached_property
    def places(self) -> Numbers:
        """Where the term stands in each of its documents, in order; empty where its field has no places."""
        return self._places(np.arange(len(self.documents)))

    @property
    def size(self) -> int:
        """Bytes of memory."""
        return self.documents.nbytes + self.counts.nbytes

    def among(self, wanted: Numbers) -> Postings:
        """The same for the documents of a mask."""
        kept = np.flatnonzero(wanted[self.documents])
        if len(kept) == len(self.documents):
            return self
        return Postings(self.documents[kept], self.counts[kept], lambda asked: self._places(kept[asked]))

    def keys(self) -> Numbers:
        """Where the term stands, in order: the document in the upper half of a number, the place in the lower."""
        places = self._places(np.arange(len(self.documents)))  # first, for here damaged counts are found out
        return (np.repeat(self.documents.astype(np.int64), self.counts) << 32) + places


class Run(NamedTuple):
    """The postings of several terms in a row; `frequencies` says in how many documents each of them stands."""

    frequencies: Numbers
    documents: Numbers
    counts: Numbers
    places: Numbers


def united(read: Callable[[], Sequence[Postings]]) -> Postings | None:
    """Several terms as one that stands wherever one of them does; no two of them stand at one place. `None` of none.

    They are read again where the places are asked for: few ask, and to hold on to them would take much memory.
    """
    parts = read()
    if len(parts) < 2:
        return parts[0] if parts else None
    together = np.concatenate([part.documents for part in parts])
    order = np.argsort(together, kind="stable")  # of rows in order already, which that makes use of
    ordered = together[order]
    firsts = np.flatnonzero(np.diff(ordered, prepend=-1))
    counts = np.add.reduceat(np.concatenate([part.counts for part in parts])[order], firsts)
    documents = ordered[firsts]

    def places(asked: Numbers) -> Numbers:
        wanted = np.zeros(int(documents[-1]) + 1, bool)
        wanted[documents[asked]] = True
        keys = np.concatenate([part.among(wanted).keys() for part in read()])
        keys.sort()
        found: Numbers = keys & 0xFFFFFFFF
        return found

    return Postings(documents, counts, places)


def unpacked(read: Callable[[], bytes], count: int) -> Postings:
    """Postings of a term that stands in `count` documents, to be searched. Raises `ValueError` for what is none.

    Its bytes are read again where the places are asked for, most of which nobody ever asks for.
    """
    data = read()
    if len(data) < _HEAD or max(data[:_HEAD]) > 32:
        raise ValueError("no postings")
    of_gap, of_count, of_place = data[:_HEAD]
    until_counts = 8 * _HEAD + count * of_gap
    until_places = until_counts + count * of_count
    if until_places > 8 * len(data):
        raise ValueError("postings that were cut off")
    row = row_of(data)
    counts = (take_even(row, until_counts, count, of_count) + 1).astype(np.int32)

    def places(asked: Numbers) -> Numbers:
        if not of_place:
            return np.zeros(0, np.int64)
        again, lengths, ends = read(), counts[asked].astype(np.int64), np.cumsum(counts, dtype=np.int64)
        if until_places + int(ends[-1]) * of_place > 8 * len(again):
            raise ValueError("postings that were cut off")
        return take(row_of(again), spread(lengths, ends[asked] - lengths) * of_place + until_places, of_place)

    return Postings(np.cumsum(take_even(row, 8 * _HEAD, count, of_gap), dtype=np.int32), counts, places)


def packed(run: Run) -> tuple[Numbers, Numbers]:
    """The bytes of all terms, and how many each of them takes."""
    frequencies = run.frequencies.astype(np.int64)
    firsts = _starts(frequencies)
    gaps = np.diff(run.documents.astype(np.int64), prepend=0)
    gaps[firsts] = run.documents[firsts]
    lengths = _place_lengths(frequencies, run.counts, has_places=bool(len(run.places)))
    columns: list[tuple[Numbers, Numbers]]
    columns = [(gaps, frequencies), (run.counts.astype(np.int64) - 1, frequencies), (run.places, lengths)]
    widths = [_widths(values, length) for values, length in columns]
    if len(run.places):
        widths[2] = np.maximum(widths[2], 1)  # none: that the field has no places
    taken = [length * width for (_, length), width in zip(columns, widths, strict=True)]
    sizes = _HEAD + (sum(taken, np.zeros(1, np.int64)) + 7 >> 3)
    row = empty_row(int(sizes.sum()))
    data = row.view(np.uint8)[: int(sizes.sum())]
    starts = _starts(sizes)
    at = 8 * (starts + _HEAD)
    for (values, length), width, bits in zip(columns, widths, taken, strict=True):
        _put_runs(row, values, length, width, at)
        at = at + bits
    for byte, width in enumerate(widths):
        data[starts + byte] = width
    return data, sizes


def unpacked_run(data: Numbers, frequencies: Numbers, sizes: Numbers) -> Run:
    """Postings of several terms in a row, from their bytes."""
    frequencies = frequencies.astype(np.int64)
    starts, row = _starts(sizes.astype(np.int64)), row_of(data)
    of_gap, of_count, of_place = (data[starts + byte].astype(np.int64) for byte in range(_HEAD))
    at = 8 * (starts + _HEAD)
    gaps = _taken_runs(row, frequencies, of_gap, at)
    at = at + frequencies * of_gap
    counts = _taken_runs(row, frequencies, of_count, at) + 1
    at = at + frequencies * of_count
    lengths = _place_lengths(frequencies, counts, has_places=bool(len(of_place) and of_place[0]))
    places = _taken_runs(row, lengths, of_place, at)
    return Run(frequencies, _from_gaps(gaps, frequencies), counts, places)


def documents_of_many(
    part: Callable[[int, int], bytes], frequencies: Numbers, starts: Numbers, sizes: Numbers
) -> Iterator[Numbers]:
    """The documents of terms that stand in so many of them, part by part, in no order.

    `part` reads from a place on so many bytes; the terms begin at `starts`, in order, and take `sizes`.
    """
    are_many = frequencies > _MANY
    for start, count in zip(starts[are_many].tolist(), frequencies[are_many].tolist(), strict=True):
        width = part(start, 1)[0]
        row = row_of(part(start, _HEAD + (count * width + 7 >> 3)))
        yield np.cumsum(take_even(row, 8 * _HEAD, count, width), dtype=np.int32)
    few = np.flatnonzero(~are_many)
    for own in np.split(few, np.flatnonzero(np.diff(np.cumsum(sizes[few]) // _AT_A_TIME)) + 1):
        if len(own):
            yield _documents_of(_stretches(part, starts[own], sizes[own]), frequencies[own].astype(np.int64), sizes[own])


def _stretches(part: Callable[[int, int], bytes], starts: Numbers, sizes: Numbers) -> bytes:
    """The bytes of several terms; those that lie side by side are read at once."""
    firsts = np.flatnonzero(np.diff(starts, prepend=-1) != np.concatenate(([0], sizes[:-1])))
    lengths = np.add.reduceat(sizes, firsts)
    return b"".join(part(start, length) for start, length in zip(starts[firsts].tolist(), lengths.tolist(), strict=True))


def _documents_of(data: bytes, frequencies: Numbers, sizes: Numbers) -> Numbers:
    """The documents of several terms, of one after the other, from their bytes."""
    starts, row = _starts(sizes), row_of(data)
    widths = np.frombuffer(data, np.uint8)[starts].astype(np.int64)
    gaps = _taken_runs(row, frequencies, widths, 8 * (starts + _HEAD))
    return _from_gaps(gaps, frequencies)


def _from_gaps(gaps: Numbers, frequencies: Numbers) -> Numbers:
    """The documents of several terms, from the gaps between them."""
    documents = np.cumsum(gaps)
    if len(documents):
        firsts = _starts(frequencies)
        documents -= np.repeat(documents[firsts] - gaps[firsts], frequencies)
    return documents


def _starts(lengths: Numbers) -> Numbers:
    starts: Numbers = np.cumsum(lengths) - lengths
    return starts


def _place_lengths(frequencies: Numbers, counts: Numbers, *, has_places: bool) -> Numbers:
    """How many places each term has."""
    if not has_places:
        return np.zeros(len(frequencies), np.int64)
    return np.add.reduceat(counts.astype(np.int64), _starts(frequencies))


def _widths(values: Numbers, lengths: Numbers) -> Numbers:
    """For each term how many bits its numbers take."""
    if not len(values):
        return np.zeros(len(lengths), np.int64)
    return width_of(np.maximum.reduceat(values, _starts(lengths)))


def _put_runs(row: Numbers, values: Numbers, lengths: Numbers, widths: Numbers, at: Numbers) -> None:
    """Write runs of so many numbers, each so wide, that begin at these bits. Of runs without width there is nothing to write."""
    wide = np.flatnonzero(widths)
    if len(wide) < len(widths):
        values = values[spread(lengths[wide], _starts(lengths)[wide])]
        lengths, widths, at = lengths[wide], widths[wide], at[wide]
    run_of = np.repeat(np.arange(len(lengths)), lengths)
    put(row, values, _bits(run_of, lengths, widths, at))


def _taken_runs(row: Numbers, lengths: Numbers, widths: Numbers, at: Numbers) -> Numbers:
    """The numbers of runs of so many, each so wide, that begin at these bits."""
    run_of = np.repeat(np.arange(len(lengths)), lengths)
    return take(row, _bits(run_of, lengths, widths, at), widths[run_of])


def _bits(run_of: Numbers, lengths: Numbers, widths: Numbers, at: Numbers) -> Numbers:
    """Where each number of such runs begins, of which the run is told."""
    bits: Numbers = widths[run_of]
    bits *= np.arange(len(run_of))
    bits += (at - _starts(lengths) * widths)[run_of]
    return bits


def spread(lengths: Numbers, starts: Numbers) -> Numbers:
    """The indexes of stretches that begin at `starts`, one after the other."""
    found: Numbers = np.repeat(starts - _starts(lengths), lengths)
    found += np.arange(len(found))
    return found


def distinct(numbers: Numbers) -> Numbers:
    """Numbers from 0 on, in order and each once.

    `np.unique` goes by a table of hashes since NumPy 2.3, and takes ten times as long and much memory.
    """
    ordered = np.sort(numbers)
    return ordered[np.flatnonzero(np.diff(ordered, prepend=-1))]


def in_order_of(numbers: Numbers) -> Numbers:
    """The indexes that put numbers of at most 32 bits in order; of equal ones the first comes first.

    Sixteen bits at a time, the lower ones first (Knuth, volume 3, 5.2.5): numpy counts numbers of 16 bits, and compares larger
    ones, which takes ten times as long.
    """
    order: Numbers = np.argsort(numbers.astype(np.uint16), kind="stable")
    high = (numbers >> 16).astype(np.uint16)
    return order[np.argsort(high[order], kind="stable")] if high.any() else order


def in_file_order(numbers: array[int]) -> bytes:
    """Numbers as they lie in the index: little end first."""
    if sys.byteorder == "big":
        numbers = array(numbers.typecode, numbers)
        numbers.byteswap()
    return numbers.tobytes()


def from_file_order(code: str, data: bytes) -> array[int]:
    """Numbers of a type of `array`, as they lie in the index."""
    found = array(code)
    found.frombytes(data)
    if sys.byteorder == "big":
        found.byteswap()
    return found
