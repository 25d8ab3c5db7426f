"""How a segment lies on the disk, and how it is written.

Whoosh's own codec writes postings as pickled blocks of 128. This one keeps its dictionary of terms, its columns and its segments,
and replaces the postings through the points that Whoosh documents for it: `Codec.field_writer` and `Codec.postings_reader`.

Beside the terms each field has a list of its words, which Whoosh's dictionary cannot give without reading all of it: how many
there are, in how many documents each stands (32 bits each), and the words in order, a line each. Stems are not on it.
"""

from __future__ import annotations

import heapq
import struct
from array import array
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3TermInfo
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.writing import SegmentWriter

from reader.store.search.postings import Gathered, Postings, append, from_file_order, gathered, in_file_order, packed, unpacked
from reader.store.search.words import STEM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_STEM = STEM.encode()


class Block(NamedTuple):
    """All postings of one term of one field, on their way into a segment."""

    field: str
    term: bytes
    postings: Gathered


class ArrayCodec(W3Codec):
    """Whoosh's codec with postings as arrays."""

    def field_writer(self, storage: Any, segment: Any) -> _FieldWriter:
        """To write the terms of a segment."""
        return _FieldWriter(self, storage, segment)

    def postings_reader(self, file: Any, info: Any, format_: Any, term: Any = None, scorer: Any = None) -> ArrayMatcher:
        """To read the postings of a term."""
        return ArrayMatcher(unpacked(_data(file, info), info.doc_frequency()), format_, term, scorer)


def _data(file: Any, info: Any) -> bytes:
    if info.is_inlined():
        raise ValueError("postings that we did not write")
    offset, length = info.extent()
    if isinstance(length, tuple):  # as Whoosh reads it back
        length = length[0]
    return bytes(file.get(offset, length))


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
        info = W3TermInfo(
            weight=sum(counts) * self._boost,
            df=len(documents),
            maxweight=max(counts) * self._boost,
            minid=documents[0],
            maxid=documents[-1],
        )
        data = packed(block.postings)
        info.set_extent(self._file.tell(), len(data))
        self._file.write(data)
        self._tindex.add(self._fieldid.to_bytes(2, "big") + block.term, info.to_bytes())
        if not block.term.startswith(_STEM):
            self._words.append(block.term)
            self._frequencies.append(len(documents))

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

    def copy(self) -> ArrayMatcher:
        """Another one at the same document."""
        return ArrayMatcher(self.postings, self.format, self._term, self.scorer, self._at)

    def is_active(self) -> bool:
        """Whether it is at a document."""
        return self._at < len(self.postings.documents)

    def reset(self) -> None:
        """Go back to the first."""
        self._at = 0

    def id(self) -> int:
        """The document that it is at."""
        return int(self.postings.documents[self._at])

    def all_ids(self) -> Iterator[int]:
        """The documents from here on."""
        return iter(self.postings.documents[self._at :].tolist())

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


class _Part(NamedTuple):
    """The postings of a term as they lie in a segment that is merged, and the numbers that its documents have in the new one."""

    field: str
    term: bytes
    data: bytes
    frequency: int
    numbers: Sequence[int]


_term_of = itemgetter(0, 1)


class _Pool:
    """What a writer was given, term by term: of new articles, and as streams of segments that are merged."""

    def __init__(self) -> None:
        self._new: dict[tuple[str, bytes], Gathered] = {}
        self.merged: list[Iterator[_Part]] = []

    def add(self, posting: tuple[str, bytes, int, float, bytes]) -> None:
        """Take one posting, as Whoosh's writer hands it over."""
        field, term, document, _, places = posting
        known = self._new.get((field, term))
        if known is None:
            known = self._new[field, term] = gathered()
        known.documents.append(document)
        known.counts.append(len(places) // 4 or 1)
        known.places.frombytes(places)  # in file order, see `iter_postings`

    def iter_postings(self) -> Iterator[Block]:
        """All of them, in order of field and term; afterwards it is empty. A writer takes in new articles, or it merges."""
        new, self._new = self._new, {}
        for field, term in sorted(new):
            documents, counts, places = new.pop((field, term))
            yield Block(field, term, Gathered(documents, counts, from_file_order("I", places.tobytes())))
        streams, self.merged = self.merged, []
        for (field, term), parts in groupby(heapq.merge(*streams, key=_term_of), key=_term_of):
            postings = gathered()
            for part in parts:  # in the order of the streams, and so of the numbers
                append(postings, part.data, part.frequency, part.numbers)
            if postings.documents:
                yield Block(field, term, postings)

    def cleanup(self) -> None:
        """There are no files to remove."""
        self._new, self.merged = {}, []


class ArrayWriter(SegmentWriter):
    """Whoosh's writer, with terms gathered as arrays, and written in steps that a job can stop between."""

    def __init__(self, index: Any, **options: Any) -> None:
        super().__init__(index, codec=ArrayCodec(), **options)
        self.pool = _Pool()

    def add_postings_to_pool(self, reader: Any, start: int, numbers: dict[int, int] | None) -> None:
        """Take over the postings of a segment that is merged; its articles are numbered from `start`, or as in `numbers`.

        The reader is to be kept open until the terms were written.
        """
        count = reader.doc_count_all()
        now = range(start, start + count) if numbers is None else [numbers.get(document, -1) for document in range(count)]
        self.pool.merged.append(_parts(reader, self.schema, now))

    def write_terms(self) -> Iterator[None]:
        """Write what was gathered so far, term by term. To be run to its end before the commit."""
        for block in self.pool.iter_postings():
            self.fieldwriter.add_block(self.schema, block)
            yield


def _parts(reader: Any, schema: Any, numbers: Sequence[int]) -> Iterator[_Part]:
    """The terms of a segment in order."""
    segment, files = reader.segment(), reader.storage()
    terms = segment.codec().terms_reader(files, segment)
    file = segment.open_file(files, W3Codec.POSTS_EXT)
    try:
        for (field, term), info in terms.items():
            if field in schema:
                yield _Part(field, bytes(term), _data(file, info), info.doc_frequency(), numbers)
    finally:
        file.close()
        terms.close()
