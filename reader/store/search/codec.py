"""How a segment lies on the disk: Whoosh's codec, with terms, postings and what is kept by document as arrays.

It keeps Whoosh's segments, their one compound file each, and the files of columns and lengths as Whoosh reads them. What is
replaced goes through the points that Whoosh documents for it: `Codec.per_document_writer`, `field_writer` and `terms_reader`.
"""

from __future__ import annotations

import heapq
import zlib
from array import array
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.codec.base import FieldWriter, PerDocumentWriter, TermsReader
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.compound import CompoundStorage
from whoosh.reading import TermInfo, TermNotFound
from whoosh.util.numeric import byte_to_length

from reader.store.search.compound import SegmentFile
from reader.store.search.matching import ArrayMatcher
from reader.store.search.postings import Postings, Run, documents_of_many, in_file_order, packed, united, unpacked
from reader.store.search.stems import Links, Stems, stems_file, written
from reader.store.search.terms import FieldTerms, TermsWriter, terms_file
from reader.store.search.words import STEM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.store.search.alphabet import Terms
    from reader.store.search.postings import Numbers

LENGTHS = np.array([byte_to_length(code) for code in range(256)], np.int64)
"""Whoosh keeps the length of a field as one byte, on a scale that is coarser for longer ones."""

_TERMS_END = terms_file("")
_STEM = STEM.encode()


class ArrayCodec(W3Codec):
    """Whoosh's codec with arrays."""

    length_stats = False  # no lengths are kept beside postings

    def per_document_writer(self, storage: Any, segment: Any) -> DocumentsWriter:
        """To write what is kept by document."""
        return DocumentsWriter(storage, segment)

    def field_writer(self, storage: Any, segment: Any) -> PostingsWriter:
        """To write the terms of a segment."""
        return PostingsWriter(storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> ArrayTermsReader:
        """To look terms up."""
        return ArrayTermsReader(storage, segment)


class Files(CompoundStorage):
    """The files of a segment, in one. Whoosh copies a file into memory when it opens it; of a large one we read parts."""

    def part(self, name: str, start: int, length: int) -> bytes:
        """Some bytes of a file."""
        offset, whole = self.range(name)
        if start < 0 or start + length > whole:
            raise ValueError("a part that the file does not have")
        if self._source is not None:
            found: bytes = self._source[offset + start : offset + start + length]
            return found
        self._file.seek(offset + start)
        return bytes(self._file.read(length))


def open_segment(storage: Any, segment: Any) -> Files:
    """The files of a segment. A damaged one is not left open."""
    file = storage.open_file(segment.make_filename(".seg"))
    try:
        return Files(file, use_mmap=storage.supports_mmap)
    except BaseException:
        file.close()
        raise


# Documents


class DocumentsWriter(PerDocumentWriter):
    """Columns, and the lengths of fields, document by document or many at once."""

    def __init__(self, storage: Any, segment: Any) -> None:
        del storage  # all goes into the one file of the segment
        self._segment = segment
        self.columns: dict[str, array[int]] = {}
        self.files: dict[str, bytes] = {}
        self._lengths: dict[str, list[Numbers]] = {}
        self._total: dict[str, int] = {}
        self._count = 0
        self.is_closed = False

    def start_doc(self, docnum: int) -> None:
        """Begin a document."""
        self._count = docnum + 1

    def add_field(self, fieldname: str, fieldobj: Any, value: Any, length: int) -> None:
        """Nothing is stored, and lengths are told by `add_lengths`."""

    def add_vector_items(self, fieldname: str, fieldobj: Any, items: Any) -> None:
        """No field has vectors."""

    def add_column_value(self, fieldname: str, columnobj: Any, value: int) -> None:
        """Keep a number of a document."""
        column = self.columns.setdefault(fieldname, array("q"))
        column.extend([columnobj.default] * (self._count - 1 - len(column)))
        column.append(value)

    def cancel_doc(self) -> None:
        """Forget the document at hand."""
        self._count -= 1

    def add_lengths(self, field: str, codes: Numbers, total: int) -> None:
        """Keep the lengths of a field of the next documents, coded, and what they come to."""
        self._lengths.setdefault(field, []).append(codes)
        self._total[field] = self._total.get(field, 0) + total

    def add_documents(self, count: int, columns: dict[str, Numbers]) -> None:
        """Keep the numbers of so many documents more."""
        for field, values in columns.items():
            self.columns.setdefault(field, array("q")).frombytes(values.astype(np.int64).tobytes())
        self._count += count

    def close(self) -> None:
        """Make of all what is to be written, in `files` by name."""
        columns = {field: in_file_order(values) for field, values in self.columns.items()}
        for field, parts in self._lengths.items():
            codes = np.concatenate(parts)
            if codes.any():
                columns[f"_{field}_len"] = codes.tobytes()
        self.files = {W3Codec.column_filename(self._segment, name): data for name, data in columns.items()}
        self._segment._fieldlengths = dict(self._total)  # noqa: SLF001 - there its reader looks for them
        self.is_closed = True


def coded(lengths: Numbers) -> Numbers:
    """Lengths as Whoosh keeps them, a byte each: `length_to_byte` of many."""
    return np.minimum(np.searchsorted(LENGTHS, lengths), 255).astype(np.uint8)


# Terms


class PostingsWriter(FieldWriter):
    """Writes the terms of a segment, field by field, many terms at once: `add_run` and `finish_field`.

    One posting after the other is Whoosh's own way, and refused as its `FieldWriter` refuses it.
    """

    def __init__(self, storage: Any, segment: Any) -> None:
        self._segment = segment
        self._file = SegmentFile(storage, segment, segment.make_filename(W3Codec.POSTS_EXT))
        self.files: dict[str, bytes] = {}
        """What else is written into the file of the segment at the end, by name."""
        self._at = 0
        self._field = ""
        self._terms: TermsWriter | None = None
        self._links: list[Links] = []
        self.lasts = False
        """Whether it is worth the time to make small what is written. A segment of new articles is soon merged with others."""
        self.is_closed = False

    def add_run(self, field: str, terms: Terms, run: Run) -> None:
        """Write terms of a field in order, after those of it so far."""
        if field != self._field or self._terms is None:
            self.finish_field()
            self._field, self._terms = field, TermsWriter(self._at)
        data, sizes = packed(run)
        self._file.write(data.tobytes())
        self._at += len(data)
        self._terms.add(terms, run.frequencies, sizes)

    def add_links(self, field: str, links: Links) -> None:
        """Write whose some stems of the field at hand are, after those of it so far."""
        if len(links.stems):
            assert field == self._field
            self._links.append(links)

    def finish_field(self) -> None:
        """Write the lists of the terms and of the stems of the field so far."""
        if self._terms is not None:
            self._keep(terms_file(self._field), self._terms.written())
            self._keep(stems_file(self._field), written(self._links))
        self._terms, self._links = None, []

    def _keep(self, ending: str, data: bytes) -> None:
        level = 1 if self.lasts else 0  # makes a third of it; more effort gains little
        self.files[self._segment.make_filename(ending)] = zlib.compress(data, level=level)

    def close(self) -> None:
        """End the segment's file."""
        self.finish_field()
        self._file.close(self.files)
        self.is_closed = True


class ArrayTermsReader(TermsReader):
    """The terms of a segment; the postings of a stem are those of its words (see `stems`).

    A cursor, letter by letter, is refused as Whoosh's `TermsReader` does; `terms_from` serves.
    """

    def __init__(self, storage: Any, segment: Any) -> None:
        self._storage, self._segment = storage, segment
        self._name = segment.make_filename(W3Codec.POSTS_EXT)
        self._file = None if isinstance(storage, Files) else storage.open_file(self._name)  # as Whoosh's own readers hand it over
        start = segment.make_filename(".")
        self._names = sorted(
            name[len(start) : -len(_TERMS_END) + 1]
            for name in storage.list()
            if name.startswith(start) and name.endswith(_TERMS_END[1:]) and len(name) > len(start) + len(_TERMS_END) - 1
        )
        self._fields: dict[str, FieldTerms] = {}
        self._stems: dict[str, Stems] = {}
        self._spoken: dict[int, Numbers] = {}

    def field(self, name: str) -> FieldTerms | None:
        """The terms of a field; `None` where it has none."""
        if name not in self._fields:
            if name not in self._names:
                return None
            self._fields[name] = FieldTerms(zlib.decompress(self._whole(terms_file(name))))
        return self._fields[name]

    def stems(self, field: str) -> Stems:
        """Whose the stems of a field are."""
        if field not in self._stems:
            self._stems[field] = Stems(zlib.decompress(self._whole(stems_file(field))))
        return self._stems[field]

    def forget(self, field: str) -> None:
        """Let go of the terms of a field: of a large segment they take much memory."""
        self._fields.pop(field, None)
        self._stems.pop(field, None)

    @cached_property
    def _tongues(self) -> Numbers:
        """By which language each document is stemmed."""
        return np.frombuffer(self._whole(f".tongue{W3Codec.COLUMN_EXT}"), "<i8")

    def _in_tongue(self, number: int) -> Numbers:
        """Which documents are stemmed by a language."""
        if number not in self._spoken:
            self._spoken[number] = self._tongues == number
        return self._spoken[number]

    def postings(self, field: str, term: bytes) -> Postings | None:
        """Where a term stands; `None` where it does not."""
        terms = self.field(field)
        if terms is None:
            return None
        if term.startswith(_STEM):
            return united(lambda: self._of_stem(field, terms, term))
        at = terms.lines.find(term)
        return self._of(terms, at) if at is not None else None

    def _of_stem(self, field: str, terms: FieldTerms, stem: bytes) -> list[Postings]:
        """The postings that a stem has of its own, and those of its words."""
        at = terms.lines.find(stem)
        parts = [self._of(terms, at)] if at is not None else []
        for word, tongue in self.stems(field).links(stem):
            parts.append(self._of(terms, word).among(self._in_tongue(tongue)))
        return [part for part in parts if len(part.documents)]

    def _of(self, terms: FieldTerms, at: int) -> Postings:
        start, size = terms.postings_at(at)
        return unpacked(lambda: self._part(start, size), int(terms.frequencies[at]))

    def documents(self, field: str, words: Numbers) -> Iterator[Numbers]:
        """The documents of some words, told in order by their places among the words: part by part, and in no order."""
        terms = self.field(field)
        if terms is None or not len(words):
            return
        places = terms.places_of(words)
        yield from documents_of_many(self._part, terms.frequencies[places], *terms.postings_of(places))

    def stretch(self, field: str, start: int, end: int) -> tuple[Numbers, Numbers, Numbers]:
        """The postings of the terms of a field from one place to before another, as `unpacked_run` reads them."""
        terms = self.field(field)
        assert terms is not None
        first, (last, size) = terms.postings_at(start)[0], terms.postings_at(end - 1)
        data = np.frombuffer(self._part(first, last + size - first), np.uint8)
        return data, terms.frequencies[start:end], terms.sizes[start:end]

    def _whole(self, ending: str) -> bytes:
        name = self._segment.make_filename(ending)
        file = self._storage.open_file(name)
        try:
            return bytes(file.get(0, self._storage.file_length(name)))
        finally:
            file.close()

    def _part(self, start: int, length: int) -> bytes:
        if self._file is not None:
            return bytes(self._file.get(start, length))
        found: bytes = self._storage.part(self._name, start, length)
        return found

    def indexed_field_names(self) -> list[str]:
        """The fields that have terms."""
        return self._names

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self.postings(*term) is not None

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Every term."""
        return self.terms_from("", b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Every term from one on."""
        for name in self._names:
            if name < fieldname or (terms := self.field(name)) is None:
                continue
            start = prefix if name == fieldname else b""
            own, stems = terms.lines, self.stems(name).lines
            before = None
            for term in heapq.merge(*(lines.between(lines.place(start), len(lines)) for lines in (own, stems))):
                if term != before and (not term.startswith(_STEM) or (name, term) in self):
                    yield name, term
                before = term

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Every term, and what is told of it."""
        return self.items_from("", b"")

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Every term from one on, and what is told of it."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """What is told of a term."""
        found = self.postings(fieldname, text)
        if found is None:
            raise TermNotFound(f"{fieldname}:{text!r}")
        return TermInfo(
            weight=float(found.counts.sum()),
            df=len(found.documents),
            minlength=1,
            maxweight=float(found.counts.max()),
            minid=int(found.documents[0]),
            maxid=int(found.documents[-1]),
        )

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """In how many documents a term stands."""
        if text.startswith(_STEM):
            found = self.postings(fieldname, text)
            return len(found.documents) if found is not None else 0
        terms = self.field(fieldname)
        at = terms.lines.find(text) if terms is not None else None
        return int(terms.frequencies[at]) if terms is not None and at is not None else 0

    def frequency(self, fieldname: str, text: bytes) -> float:
        """How often a term stands in all documents."""
        found = self.postings(fieldname, text)
        return float(found.counts.sum()) if found is not None else 0.0

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ArrayMatcher:
        """The postings of a term, for Whoosh."""
        found = self.postings(fieldname, text)
        if found is None:
            raise TermNotFound(f"{fieldname}:{text!r}")
        return ArrayMatcher(found, format_, (fieldname, text), scorer)

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
