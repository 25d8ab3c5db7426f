"""An index as arrays: what a search reads of each segment, remembered between searches."""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np
from whoosh.codec.whoosh3 import W3Codec

from reader.store.search import scoring
from reader.store.search.codec import open_segment
from reader.store.search.dictionary import Dictionary
from reader.store.search.index import Unusable
from reader.store.search.lines import Lines
from reader.store.search.words import STEM

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from reader.store.search.fields import Mark
    from reader.store.search.index import Index
    from reader.store.search.postings import Numbers, Postings

REMEMBERED = 340
"""Bytes of postings that are kept for the next search, for each article that there is: the words of a few searches …"""
REMEMBERED_HITS = 128
"""… and of what words were found in, with their scores, which are kept as long as the index stays as it is."""
ARTICLES_AT_LEAST = 20_000
"""How many articles there are taken to be where there are fewer."""

_OF_AN_ENTRY = 400
"""Bytes that an entry takes beside its arrays, about."""


class _Sized(Protocol):
    """What knows how many bytes its arrays take."""

    @property
    def size(self) -> int: ...


class Memory:
    """What was read or worked out, as long as there is room (bytes); the oldest go first."""

    def __init__(self, room: int = 0) -> None:
        self.room, self._used = room, 0
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()

    def get(self, key: Hashable, default: object = None) -> Any:
        """What was kept under a key, else `default`."""
        if key not in self._kept:
            return default
        self._kept.move_to_end(key)
        return self._kept[key]

    def keep(self, key: Hashable, value: _Sized | None) -> None:
        """Keep something under a key that nothing is kept under; `None`: there is none."""
        self._kept[key] = value
        self._used += _size(value)
        while self._used > self.room and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._used -= _size(oldest)


def _size(value: _Sized | None) -> int:
    return _OF_AN_ENTRY + (value.size if value is not None else 0)


class Hits(NamedTuple):
    """Articles of a segment in ascending order, and what they score; no scores where all score the same."""

    documents: Numbers
    scores: Numbers | None = None

    @property
    def size(self) -> int:
        """Bytes of memory."""
        return self.documents.nbytes + (self.scores.nbytes if self.scores is not None else 0)


class Arrays:
    """What never changes of a segment: terms, lengths, columns. That articles are deleted of it is not said here."""

    def __init__(self, index: Index, segment: Any, schema: Any, memory: Memory) -> None:
        self.name: str = segment.segment_id()
        self.count: int = segment.doc_count_all()
        self._schema, self._memory = schema, memory
        self._columns: dict[str, Numbers] = {}
        self._lengths: dict[str, Numbers] = {}
        self._dictionaries: dict[str, Dictionary] = {}
        self._segment = segment
        self._files = open_segment(index.storage, segment)
        try:
            self._terms = segment.codec().terms_reader(self._files, segment)
            self._documents = segment.codec().per_document_reader(self._files, segment)
        except BaseException:
            self._files.close()
            raise

    def close(self) -> None:
        """Let go of the files."""
        self._terms.close()
        self._documents.close()
        self._files.close()

    def postings(self, field: str, term: bytes, *, remember: bool = True) -> Postings | None:
        """The articles of a term, of deleted ones too; `None` where it stands nowhere."""
        key = (self.name, field, term)
        known = self._memory.get(key, _NOT_READ)
        if known is _NOT_READ:
            known = self._terms.postings(field, term)
            if remember:
                self._memory.keep(key, known)
        return known  # type: ignore[no-any-return]  # what was kept under this key, or what our codec made

    def frequency(self, field: str, term: bytes) -> int:
        """In how many articles a term stands, in deleted ones too: of a word that is told without reading where."""
        if term.startswith(_STEM):
            postings = self.postings(field, term)
            return len(postings.documents) if postings is not None else 0
        found: int = self._terms.doc_frequency(field, term)
        return found

    @cached_property
    def fields(self) -> frozenset[str]:
        """The fields that have any terms."""
        return frozenset(self._terms.indexed_field_names())

    def field(self, name: str) -> Any:
        """What kind of field it is."""
        return self._schema[name]

    def documents(self, field: str, words: Numbers) -> Iterator[Numbers]:
        """The articles of some words of a field, told by their places in its dictionary: part by part, and in no order."""
        found: Iterator[Numbers] = self._terms.documents(field, words)
        return found

    def dictionary(self, field: str) -> Dictionary:
        """The words of a field."""
        if field not in self._dictionaries:
            terms = self._terms.field(field)
            self._dictionaries[field] = terms.words() if terms is not None else Dictionary(Lines(b""), np.zeros(0, np.uint32))
        return self._dictionaries[field]

    def column(self, field: str) -> Numbers:
        """The numbers of a field, article by article."""
        if field not in self._columns:
            column = self._schema[field].column_type
            if self._documents.has_column(field):
                values = self._documents.column_reader(field, column).values
            else:
                values = np.full(self.count, column.default, np.int64)
            self._columns[field] = values
        return self._columns[field]

    def lengths(self, field: str) -> Numbers:
        """The number of words in a field, article by article, as the codes that Whoosh keeps it by (`codec.LENGTHS`)."""
        if field not in self._lengths:
            name = f"_{field}_len"
            codes = np.zeros(self.count, np.uint8)
            if self._documents.has_column(name):  # read as it lies there: Whoosh would make an object of each
                file = W3Codec.column_filename(self._segment, name)
                codes[:] = np.frombuffer(self._files.part(file, 0, self.count), np.uint8)
            self._lengths[field] = codes
        return self._lengths[field]

    def length(self, field: str) -> int:
        """The number of words in a field, of all articles."""
        return int(self._documents.field_length(field))


_NOT_READ = object()
_STEM = STEM.encode()


class Segment(NamedTuple):
    """A segment as of now: its arrays, which of its articles stand, and at which number they begin."""

    arrays: Arrays
    standing: Numbers
    start: int


class Snapshot:
    """An index as of one commit. Later commits do not change it."""

    def __init__(self, segments: list[Segment], mark: Mark, generation: int) -> None:
        self.segments, self.mark, self.generation = segments, mark, generation
        self.remembered = Memory(REMEMBERED_HITS * _at_least(segments))
        """What words were found in; one who searches keeps it here."""
        self._averages: dict[str, float] = {}
        self._spreads: dict[str, Numbers] = {}

    @property
    def count(self) -> int:
        """How many articles it holds."""
        return sum(int(segment.standing.sum()) for segment in self.segments)

    @property
    def count_all(self) -> int:
        """The same with those that were deleted and not yet swept; scores count with them, as Whoosh's do."""
        return sum(segment.arrays.count for segment in self.segments)

    def ids(self) -> Numbers:
        """The ids of its articles, in order."""
        if not self.segments:
            return np.zeros(0, np.int64)
        return np.sort(np.concatenate([segment.arrays.column("id")[segment.standing] for segment in self.segments]))

    def weight(self, field: str, term: bytes) -> float:
        """How much a term tells: its inverse document frequency, as Whoosh's `WeightingModel.idf` counts it."""
        return math.log(self.count_all / (self.frequency(field, term) + 1)) + 1

    def frequency(self, field: str, term: bytes) -> int:
        """In how many articles a term stands."""
        return sum(segment.arrays.frequency(field, term) for segment in self.segments)

    def average(self, field: str) -> float:
        """The mean number of words in a field."""
        if field not in self._averages:
            total = sum(segment.arrays.length(field) for segment in self.segments)
            self._averages[field] = total / max(1, self.count_all) or 1.0
        return self._averages[field]

    def spreads(self, field: str) -> Numbers:
        """How much the length of a field weighs, by the code of the length."""
        if field not in self._spreads:
            self._spreads[field] = scoring.spreads(self.average(field))
        return self._spreads[field]


class Reader:
    """Reads an index and keeps up with it. One thread at a time: hold `lock` from asking for a snapshot to the last use of it."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self._memory = Memory()
        self._snapshot: Snapshot | None = None

    def snapshot(self, index: Index) -> Snapshot:
        """An index as of now. Raises `Unusable`, or whatever a damaged file makes of Whoosh: see `told_if_damaged`."""
        for tries_left in (4, 3, 2, 1, 0):
            contents = index.contents()
            mark = contents.schema.mark
            if self._snapshot is not None and self._snapshot.mark == mark and self._snapshot.generation == contents.generation:
                return self._snapshot
            try:
                return self._opened(index, contents)
            except FileNotFoundError as error:  # a writer was quicker, and has removed what it merged
                if not tries_left:
                    raise Unusable("the search index is damaged") from error
        raise AssertionError("the last try returns or raises")

    def _opened(self, index: Index, contents: Any) -> Snapshot:
        before = self._snapshot.segments if self._snapshot is not None else []
        known = {segment.arrays.name: segment.arrays for segment in before}
        fresh: list[Arrays] = []
        segments: list[Segment] = []
        start = 0
        try:
            for segment in contents.segments:
                arrays = known.get(segment.segment_id())
                if arrays is None:
                    arrays = Arrays(index, segment, contents.schema, self._memory)
                    fresh.append(arrays)
                standing = np.ones(arrays.count, bool)
                standing[list(segment.deleted_docs())] = False
                segments.append(Segment(arrays, standing, start))
                start += arrays.count
        except BaseException:
            for arrays in fresh:
                arrays.close()
            raise
        kept = {segment.arrays.name for segment in segments}
        for name, arrays in known.items():
            if name not in kept:
                arrays.close()
        self._memory.room = REMEMBERED * _at_least(segments)
        self._snapshot = Snapshot(segments, contents.schema.mark, contents.generation)
        return self._snapshot

    def close(self) -> None:
        """Let go of the files."""
        with self.lock:
            for segment in self._snapshot.segments if self._snapshot is not None else ():
                segment.arrays.close()
            self._snapshot = None


def _at_least(segments: list[Segment]) -> int:
    """How many articles there are, for the room that is taken."""
    return max(ARTICLES_AT_LEAST, sum(segment.arrays.count for segment in segments))
