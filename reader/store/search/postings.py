"""The postings of terms as they lie in a segment: of each one byte that tells the widths of three runs of numbers, and the runs.

    gaps      from each document to the one before
    counts    how often the term stands in each of them
    places    where, document by document; none in a field without places

Little end first. One term is read with three calls of numpy. All terms of a field, or some thousand of them that are merged, are
written and read at once: every number is put to its place in the bytes by its index, a width at a time.
"""

from __future__ import annotations

import sys
from array import array
from typing import Any, NamedTuple

import numpy as np

Numbers = np.ndarray[Any, np.dtype[Any]]

_TYPES = (np.dtype("u1"), np.dtype("<u2"), np.dtype("<u4"))


class Postings(NamedTuple):
    """The documents of a term in ascending order, how often it stands in each, and where, document by document."""

    documents: Numbers
    counts: Numbers
    places: Numbers


class Run(NamedTuple):
    """The postings of several terms in a row; `frequencies` says in how many documents each of them stands."""

    frequencies: Numbers
    documents: Numbers
    counts: Numbers
    places: Numbers


def unpacked(data: bytes, count: int) -> Postings:
    """Postings of a term that stands in `count` documents, to be searched. Raises `ValueError` for what is none."""
    if not data:
        raise ValueError("no postings")
    gaps, counts, places = (_TYPES[data[0] >> shift & 3] for shift in (0, 2, 4))
    start = 1 + count * gaps.itemsize
    end = start + count * counts.itemsize
    return Postings(
        np.cumsum(np.frombuffer(data, gaps, count, 1), dtype=np.int64),
        np.frombuffer(data, counts, count, start),
        np.frombuffer(data, places, offset=end),
    )


def packed(run: Run) -> tuple[Numbers, Numbers]:
    """The bytes of all terms, and how many each of them takes."""
    frequencies = run.frequencies.astype(np.int64)
    firsts = _starts(frequencies)
    gaps = np.diff(run.documents.astype(np.int64), prepend=0)
    gaps[firsts] = run.documents[firsts]
    lengths = _place_lengths(frequencies, run.counts, has_places=bool(len(run.places)))
    columns = ((gaps, frequencies), (run.counts, frequencies), (run.places, lengths))
    widths = [_widths(values, count) for values, count in columns]
    sizes = 1 + sum(((count << width) for (_, count), width in zip(columns, widths, strict=True)), np.zeros(1, np.int64))
    data = np.empty(int(sizes.sum()), np.uint8)
    at = _starts(sizes)
    data[at] = widths[0] | widths[1] << 2 | widths[2] << 4
    at = at + 1
    for (values, count), width in zip(columns, widths, strict=True):
        _put(data, values, count, width, at)
        at = at + (count << width)
    return data, sizes


def unpacked_run(data: Numbers, frequencies: Numbers, sizes: Numbers) -> Run:
    """Postings of several terms in a row, from their bytes."""
    frequencies = frequencies.astype(np.int64)
    at = _starts(sizes.astype(np.int64))
    heads = data[at].astype(np.int64)
    widths = [heads >> shift & 3 for shift in (0, 2, 4)]
    taken = 1 + (frequencies << widths[0]) + (frequencies << widths[1])
    gaps = _take(data, frequencies, widths[0], at + 1)
    counts = _take(data, frequencies, widths[1], at + 1 + (frequencies << widths[0]))
    places = _take(data, (sizes - taken) >> widths[2], widths[2], at + taken)
    documents = np.cumsum(gaps)
    if len(documents):
        firsts = _starts(frequencies)
        documents -= np.repeat(documents[firsts] - gaps[firsts], frequencies)
    return Run(frequencies, documents, counts, places)


def _starts(lengths: Numbers) -> Numbers:
    starts: Numbers = np.cumsum(lengths) - lengths
    return starts


def _place_lengths(frequencies: Numbers, counts: Numbers, *, has_places: bool) -> Numbers:
    """How many places each term has."""
    if not has_places:
        return np.zeros(len(frequencies), np.int64)
    return np.add.reduceat(counts.astype(np.int64), _starts(frequencies))


def _widths(values: Numbers, lengths: Numbers) -> Numbers:
    """For each term the width of its numbers: 0, 1 or 2 for one, two or four bytes."""
    if not len(values):
        return np.zeros(len(lengths), np.int64)
    most = np.maximum.reduceat(values, _starts(lengths))
    return (most > 0xFF).astype(np.int64) + (most > 0xFFFF)


def _put(data: Numbers, values: Numbers, lengths: Numbers, widths: Numbers, at: Numbers) -> None:
    """Put the numbers of each term, in its width, to where its run begins."""
    for width in np.unique(widths).tolist():
        chosen = np.flatnonzero(widths == width)
        own, whole = (values, lengths) if len(chosen) == len(widths) else _of(values, lengths, widths == width)
        targets = _targets(whole, at[chosen], 1 << width)
        for byte in range(1 << width):
            data[targets + byte] = own >> (8 * byte) & 0xFF


def _take(data: Numbers, lengths: Numbers, widths: Numbers, at: Numbers) -> Numbers:
    """The numbers of each term from where its run begins."""
    found = np.empty(int(lengths.sum()), np.int64)
    for width in np.unique(widths).tolist():
        is_so = widths == width
        targets = _targets(lengths[is_so], at[is_so], 1 << width)
        values = data[targets].astype(np.int64)
        for byte in range(1, 1 << width):
            values |= data[targets + byte].astype(np.int64) << (8 * byte)
        found[np.repeat(is_so, lengths)] = values
    return found


def _of(values: Numbers, lengths: Numbers, chosen: Numbers) -> tuple[Numbers, Numbers]:
    return values[np.repeat(chosen, lengths)], lengths[chosen]


def _targets(lengths: Numbers, at: Numbers, step: int) -> Numbers:
    """Where each number of runs that begin at these places stands."""
    targets: Numbers = np.repeat(at - _starts(lengths) * step, lengths) + np.arange(int(lengths.sum())) * step
    return targets


def spread(lengths: Numbers, starts: Numbers) -> Numbers:
    """The indexes of stretches that begin at `starts`, one after the other."""
    return _targets(lengths, starts, 1)


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
