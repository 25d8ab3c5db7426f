"""The postings of a term as they lie in a segment: one byte that tells the widths of three runs of numbers, and the runs.

    gaps      from each document to the one before
    counts    how often the term stands in each of them
    places    where, document by document; none in a field without places

Little end first. They are written from arrays, for most terms have few, and read with numpy, for those that are looked for have
many.
"""

from __future__ import annotations

import sys
from array import array
from itertools import accumulate, compress, repeat
from operator import sub
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

Numbers = np.ndarray[Any, np.dtype[Any]]

_CODES = "BHI"
_TYPES = (np.dtype("u1"), np.dtype("<u2"), np.dtype("<u4"))
_WIDTHS = (1, 2, 4)


class Postings(NamedTuple):
    """The documents of a term in ascending order, how often it stands in each, and where, document by document."""

    documents: Numbers
    counts: Numbers
    places: Numbers


class Gathered(NamedTuple):
    """The same while a segment is written."""

    documents: array[int]
    counts: array[int]
    places: array[int]


def gathered() -> Gathered:
    """Postings of nothing yet."""
    return Gathered(array("I"), array("I"), array("I"))


def packed(postings: Gathered) -> bytes:
    """Postings as they lie in a segment."""
    documents, counts, places = postings
    gaps = array("I", documents[:1])
    gaps.extend(map(sub, documents[1:], documents))
    runs = (gaps, counts, places)
    widths = [(most > 0xFF) + (most > 0xFFFF) for most in (max(run, default=0) for run in runs)]
    return b"".join(
        (
            bytes((widths[0] | widths[1] << 2 | widths[2] << 4,)),
            *(in_file_order(array(_CODES[width], run)) for run, width in zip(runs, widths, strict=True)),
        )
    )


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


def append(postings: Gathered, data: bytes, count: int, numbers: Sequence[int]) -> None:
    """Add postings as they lie in another segment, whose documents have these numbers now; -1: gone."""
    widths = [data[0] >> shift & 3 for shift in (0, 2, 4)]
    start = 1 + count * _WIDTHS[widths[0]]
    end = start + count * _WIDTHS[widths[1]]
    documents = [numbers[document] for document in accumulate(_run(widths[0], data[1:start]))]
    counts, places = _run(widths[1], data[start:end]), _run(widths[2], data[end:])
    if -1 in documents:
        kept = [document >= 0 for document in documents]
        if places:
            places = array(
                "I", compress(places, (keep for keep, times in zip(kept, counts, strict=True) for _ in repeat(None, times)))
            )
        documents, counts = list(compress(documents, kept)), array("I", compress(counts, kept))
    postings.documents.extend(documents)
    postings.counts.extend(iter(counts))
    postings.places.extend(iter(places))


def _run(width: int, data: bytes) -> array[int]:
    return from_file_order(_CODES[width], data)


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
