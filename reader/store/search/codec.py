"""How the postings of a term lie in the index: as arrays, which numpy reads without a loop.

Whoosh's own codec writes them as pickled blocks of 128. This one keeps its dictionary of terms, its columns and its segments, and
replaces the postings through the points that Whoosh documents for it: `Codec.field_writer` and `Codec.postings_reader`.

The postings of a term are one byte that tells the widths of three runs of numbers, and the runs, little end first:

    gaps      from each document to the one before
    counts    how often the term stands in each of them
    places    where, document by document; none in a field without places

Beside them each field has a list of its words, which Whoosh's dictionary cannot give without reading all of it: how many there
are, in how many documents each stands (32 bits each), and the words in order, a line each. Stems are not on it.
"""

from __future__ import annotations

import heapq
import struct
from array import array
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3TermInfo
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.writing import SegmentWriter

from reader.store.search.fields import in_file_order
from reader.store.search.words import STEM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Numbers = np.ndarray[Any, np.dtype[Any]]

_STEM = STEM.encode()
_FEW = 64
_WIDTHS = (np.dtype("u1"), np.dtype("<u2"), np.dtype("<u4"))


class Postings(NamedTuple):
    """The documents of a term in ascending order, how often it stands in each, and where, document by document."""

    documents: Numbers
    counts: Numbers
    places: Numbers


class Block(NamedTuple):
    """The postings of one term of one field, on their way into a segment."""

    field: str
    term: bytes
    postings: Postings


_term_of = itemgetter(0, 1)


def encoded(postings: Postings) -> bytes:
    """Postings as they lie in a segment."""
    if len(postings.places) + len(postings.documents) <= _FEW:
        return _encoded_few(*(run.tolist() for run in postings))
    runs = (np.diff(postings.documents, prepend=0), postings.counts, postings.places)
    widths = [_width(int(run.max()) if len(run) else 0) for run in runs]
    return _head(widths) + b"".join(run.astype(_WIDTHS[width]).tobytes() for run, width in zip(runs, widths, strict=True))


def _encoded_few(documents: list[int], counts: list[int], places: list[int]) -> bytes:
    """The same without numpy, whose calls cost more than a loop over a few numbers; most terms have few."""
    runs = ([at - before for before, at in pairwise((0, *documents))], counts, places)
    widths = [_width(max(run, default=0)) for run in runs]
    return _head(widths) + b"".join(
        struct.pack(f"<{len(run)}{'BHI'[width]}", *run) for run, width in zip(runs, widths, strict=True)
    )


def decoded(data: bytes, count: int) -> Postings:
    """Postings of a term that stands in `count` documents. Raises `ValueError` for what is none."""
    if not data:
        raise ValueError("no postings")
    gaps, counts, places = (_WIDTHS[data[0] >> shift & 3] for shift in (0, 2, 4))
    start = 1 + count * gaps.itemsize
    end = start + count * counts.itemsize
    return Postings(
        np.cumsum(np.frombuffer(data, gaps, count, 1), dtype=np.int64),
        np.frombuffer(data, counts, count, start),
        np.frombuffer(data, places, offset=end),
    )


def _width(most: int) -> int:
    return (most > 0xFF) + (most > 0xFFFF)


def _head(widths: list[int]) -> bytes:
    return bytes((widths[0] | widths[1] << 2 | widths[2] << 4,))


class ArrayCodec(W3Codec):
    """Whoosh's codec with postings as arrays."""

    def field_writer(self, storage: Any, segment: Any) -> _FieldWriter:
        """To write the terms of a segment."""
        return _FieldWriter(self, storage, segment)

    def postings_reader(self, file: Any, info: Any, format_: Any, term: Any = None, scorer: Any = None) -> ArrayMatcher:
        """To read the postings of a term."""
        if info.is_inlined():
            raise ValueError("postings that we did not write")
        offset, length = info.extent()
        if isinstance(length, tuple):  # as Whoosh reads it back
            length = length[0]
        return ArrayMatcher(decoded(bytes(file.get(offset, length)), info.doc_frequency()), format_, term, scorer)


class _FieldWriter(W3FieldWriter):
    """Writes the terms of a segment, each with all of its postings."""

    def __init__(self, codec: Any, storage: Any, segment: Any) -> None:
        super().__init__(codec, storage, segment)
        self._file = self._postfile
        self._field, self._boost = "", 1.0
        self._words: list[bytes] = []
        self._frequencies = array("I")

    def add_postings(self, schema: Any, lengths: Any, blocks: Iterable[Block]) -> None:
        """Write terms, in order of field and term."""
        del lengths
        for block in blocks:
            self.add_block(schema, block)

    def add_block(self, schema: Any, block: Block) -> None:
        """Write one term."""
        if block.field != self._field:
            self._write_words()
            self._field = block.field
            self.start_field(block.field, schema[block.field])
            self._boost = float(schema[block.field].format.field_boost)
        documents, counts, _ = block.postings
        inside = counts.tolist()
        info = W3TermInfo(
            weight=sum(inside) * self._boost,
            df=len(inside),
            maxweight=max(inside) * self._boost,
            minid=int(documents[0]),
            maxid=int(documents[-1]),
        )
        data = encoded(block.postings)
        info.set_extent(self._file.tell(), len(data))
        self._file.write(data)
        self._tindex.add(self._fieldid.to_bytes(2, "big") + block.term, info.to_bytes())
        if not block.term.startswith(_STEM):
            self._words.append(block.term)
            self._frequencies.append(len(inside))

    def _write_words(self) -> None:
        if self._words:
            file = self._create_file(words_file(self._field))
            file.write(struct.pack("<I", len(self._words)) + in_file_order(self._frequencies) + b"\n".join(self._words))
            file.close()
        self._words, self._frequencies = [], array("I")

    def close(self) -> None:
        """End the segment's terms."""
        self._write_words()
        super().close()


def words_file(field: str) -> str:
    """The ending of the file that holds the words of a field."""
    return f".{field}.dic"


class ArrayMatcher(LeafMatcher):
    """The postings of a term: as arrays for our collector, one by one for Whoosh's own."""

    def __init__(self, postings: Postings, format_: Any, term: Any, scorer: Any = None, at: int = 0) -> None:
        self.postings, self.format, self.scorer = postings, format_, scorer
        self._term, self._at = term, at
        self._documents = postings.documents.tolist()

    def copy(self) -> ArrayMatcher:
        """Another one at the same document."""
        return ArrayMatcher(self.postings, self.format, self._term, self.scorer, self._at)

    def is_active(self) -> bool:
        """Whether it is at a document."""
        return self._at < len(self._documents)

    def reset(self) -> None:
        """Go back to the first."""
        self._at = 0

    def id(self) -> int:
        """The document that it is at."""
        return int(self._documents[self._at])

    def all_ids(self) -> Iterator[int]:
        """The documents from here on."""
        return iter(self._documents[self._at :])

    def next(self) -> None:
        """Go to the next document."""
        if not self.is_active():
            raise ReadTooFar
        self._at += 1

    def skip_to(self, document: int) -> None:
        """Go to a document, or to the first after it."""
        if not self.is_active():
            raise ReadTooFar
        self._at += int(np.searchsorted(self.postings.documents[self._at :], document))

    def weight(self) -> float:
        """How often the term stands in this document, times the weight of the field."""
        return float(self.postings.counts[self._at]) * float(self.format.field_boost)

    def value(self) -> bytes:
        """Where it stands in this document, as its format reads it."""
        if not len(self.postings.places):
            return b""
        start = int(self.postings.counts[: self._at].sum(dtype=np.int64))
        count = int(self.postings.counts[self._at])
        return self.postings.places[start : start + count].astype("<u4").tobytes()

    def supports_block_quality(self) -> bool:
        """No block is skipped: every document counts."""
        return False

    def max_quality(self) -> float:
        """The most that a document of this term can score."""
        return float(self.scorer.max_quality()) if self.scorer else float("inf")


# Writing


class _Pool:
    """What a writer was given, term by term: of new articles, and as streams of segments that are merged."""

    def __init__(self) -> None:
        self._new: dict[tuple[str, bytes], tuple[array[int], array[int], list[bytes]]] = {}
        self.merged: list[Iterator[Block]] = []

    def add(self, posting: tuple[str, bytes, int, float, bytes]) -> None:
        """Take one posting, as Whoosh's writer hands it over."""
        field, term, document, _, places = posting
        known = self._new.get((field, term))
        if known is None:
            known = self._new[field, term] = (array("I"), array("I"), [])
        known[0].append(document)
        known[1].append(len(places) // 4 or 1)
        known[2].append(places)

    def iter_postings(self) -> Iterator[Block]:
        """All of them, in order of field and term; afterwards it is empty."""
        new, self._new = self._new, {}
        streams, self.merged = [*self.merged, _blocks(new)], []
        for (field, term), blocks in groupby(heapq.merge(*streams, key=_term_of), key=_term_of):
            parts = sorted((block.postings for block in blocks), key=lambda part: int(part.documents[0]))
            yield Block(field, term, parts[0] if len(parts) == 1 else Postings(*map(np.concatenate, zip(*parts, strict=True))))

    def cleanup(self) -> None:
        """There are no files to remove."""
        self._new, self.merged = {}, []


def _blocks(new: dict[tuple[str, bytes], tuple[array[int], array[int], list[bytes]]]) -> Iterator[Block]:
    for field, term in sorted(new):
        documents, counts, places = new.pop((field, term))
        yield Block(
            field,
            term,
            Postings(np.array(documents, np.int64), np.array(counts), np.frombuffer(b"".join(places), "<u4")),
        )


class ArrayWriter(SegmentWriter):
    """Whoosh's writer, with terms gathered as arrays, and written in steps that a job can stop between."""

    def __init__(self, index: Any, **options: Any) -> None:
        super().__init__(index, codec=ArrayCodec(), **options)
        self.pool = _Pool()

    def add_postings_to_pool(self, reader: Any, start: int, numbers: dict[int, int] | None) -> None:
        """Take over the postings of a segment that is merged; its articles are numbered from `start`, or as in `numbers`."""
        self.pool.merged.append(_renumbered(reader, self.schema, start, numbers))

    def write_terms(self) -> Iterator[None]:
        """Write what was gathered so far, term by term. To be run to its end before the commit."""
        for block in self.pool.iter_postings():
            self.fieldwriter.add_block(self.schema, block)
            yield


def _renumbered(reader: Any, schema: Any, start: int, numbers: dict[int, int] | None) -> Iterator[Block]:
    """The terms of a segment, without articles that were deleted, with the numbers that its articles have in the new one."""
    new = np.full(reader.doc_count_all(), -1, np.int64)
    if numbers is None:
        new[:] = np.arange(start, start + len(new))
    else:
        new[list(numbers)] = list(numbers.values())
    terms = reader.segment().codec().terms_reader(reader.storage(), reader.segment())
    try:
        for field, term in terms.terms():
            if field not in schema:
                continue
            documents, counts, places = terms.matcher(field, term, schema[field].format).postings
            documents = new[documents]
            if numbers is not None:
                kept = documents >= 0
                places = places[np.repeat(kept, counts)] if len(places) else places
                documents, counts = documents[kept], counts[kept]
            if len(documents):
                yield Block(field, bytes(term), Postings(documents, counts, places))
    finally:
        terms.close()
