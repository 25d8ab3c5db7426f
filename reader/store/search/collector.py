"""What a query finds, counted on whole arrays: the articles of a segment as a mask, their scores beside it.

Scores are those of Whoosh (`scoring`). Words that a pattern means count the same, as in Whoosh. For every query this finds the
documents that Whoosh's own collector finds when it is told to skip none.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import numpy as np
from whoosh import query

from reader.store.search.clauses import Among, Between, Expanded, Passage, Word
from reader.store.search.clock import OutOfTime
from reader.store.search.expanding import meant, patterns
from reader.store.search.postings import distinct
from reader.store.search.scoring import scores
from reader.store.search.segments import Hits
from reader.store.search.together import in_a_row, in_reach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.store.search.clauses import Pattern, Slot
    from reader.store.search.clock import Clock
    from reader.store.search.expanding import Meant
    from reader.store.search.postings import Numbers, Postings
    from reader.store.search.segments import Segment, Snapshot

MOST_PLACES = 4_000_000
"""Places of words that are compared for one passage in one segment; patterns that mean nearly every word have no end of them."""

Expansion = tuple[tuple[str, ...], "Pattern"]
"""A pattern, and the fields that it is looked for in."""


class Found(NamedTuple):
    """What a query finds in a whole index: articles by id, in the order of the index, and what they score."""

    ids: Numbers
    scores: Numbers
    documents: Numbers
    """Their places in the index, for `column`."""


class Collector:
    """Finds articles in one snapshot of the index, within a time. `notices` says, in words, what was cut."""

    def __init__(self, snapshot: Snapshot, clock: Clock) -> None:
        self.snapshot, self.clock = snapshot, clock
        self.notices: list[str] = []
        self._meant: dict[Expansion, Meant] = {}
        self._weights: dict[tuple[str, bytes], float] = {}
        self.is_repeatable = True
        """Whether the same query finds the same as long as the index stays as it is."""

    def find(self, asked: query.Query, *, scored: bool = True, among: Numbers | None = None) -> Found:
        """Every article that a query finds; with `among` only of these ids."""
        ids: list[Numbers] = []
        scores: list[Numbers] = []
        documents: list[Numbers] = []
        try:
            asked_of = [(segment, wanted) for segment, wanted in self._wanted(among) if wanted.any()]
            self._expand(asked, [segment for segment, _ in asked_of], is_of_all=among is None)
            for segment, wanted in asked_of:
                mask, points = _Evaluation(self, segment, scored).of(asked)
                hits = np.flatnonzero(mask & wanted)
                ids.append(segment.arrays.column("id")[hits])
                scores.append(points[hits] if points is not None else np.zeros(len(hits), np.float32))
                documents.append(hits + segment.start)
        except OutOfTime:
            self._cut("the search took too long: these are the articles that it had found by then")
        if not ids:
            nothing = np.zeros(0, np.int64)
            return Found(nothing, np.zeros(0, np.float32), nothing)
        return Found(np.concatenate(ids), np.concatenate(scores), np.concatenate(documents))

    def _wanted(self, among: Numbers | None) -> Iterator[tuple[Segment, Numbers]]:
        """Each segment, and which of its articles may be found."""
        for segment in self.snapshot.segments:
            if among is None:
                yield segment, segment.standing
            else:
                yield segment, segment.standing & _among(segment.arrays.column("id"), among)

    def column(self, field: str, documents: Numbers) -> Numbers:
        """The numbers of a field, of the documents of a `Found`."""
        if not self.snapshot.segments:
            return np.zeros(0, np.int64)
        return np.concatenate([segment.arrays.column(field) for segment in self.snapshot.segments])[documents]

    def weight(self, field: str, term: bytes) -> float:
        """How much a term tells."""
        if (field, term) not in self._weights:
            self._weights[field, term] = self.snapshot.weight(field, term)
        return self._weights[field, term]

    def meant(self, fields: tuple[str, ...], pattern: Pattern) -> Meant:
        """The words that a pattern of the query means."""
        return self._meant[fields, pattern]

    def _cut(self, notice: str) -> None:
        if notice not in self.notices:
            self.notices.append(notice)

    def _expand(self, asked: query.Query, segments: list[Segment], *, is_of_all: bool) -> None:
        """Look up, once for these segments, the words that the patterns of a query mean."""
        for fields, pattern in patterns(asked):
            found = self._meant.get((fields, pattern))
            if found is None and is_of_all:
                found = self.snapshot.remembered.get((fields, pattern))
            if found is None:
                found = meant(fields, pattern, segments, self.clock)
                if is_of_all and found.is_whole:
                    self.snapshot.remembered.keep((fields, pattern), found)
                else:
                    self.is_repeatable = False
            self._meant[fields, pattern] = found
            for notice in found.notices:
                self._cut(notice)


def _among(ids: Numbers, wanted: Numbers) -> Numbers:
    """Which ids are among the wanted ones, which are sorted."""
    if not len(wanted):
        return np.zeros(len(ids), bool)
    places = np.searchsorted(wanted, ids)
    places[places == len(wanted)] = 0
    found: Numbers = wanted[places] == ids
    return found


Points = tuple["Numbers", "Numbers | None"]
"""A mask of the articles of a segment, and their scores; no scores where nobody asks for them."""

Way = Callable[..., Points]
"""How a class of query is answered: given an evaluation and the query."""


def _is_asked_again(asked: query.Query) -> bool:
    """Whether it is a word or a passage: who goes on to type, turns pages or narrows asks for it again."""
    if isinstance(asked, query.Or):
        return all(isinstance(part, Passage) for part in asked.subqueries)
    return isinstance(asked, (Word, Expanded))


class _Evaluation:
    """What the parts of a query find in one segment."""

    def __init__(self, collector: Collector, segment: Segment, scored: bool) -> None:
        self._collector, self._segment, self._arrays, self._scored = collector, segment, segment.arrays, scored
        self._places_left = MOST_PLACES

    def of(self, asked: query.Query) -> Points:
        """What a query finds. Raises `OutOfTime`, `TypeError` for a class of query that our parser does not make."""
        self._collector.clock.check()
        way = self._ways.get(type(asked))
        if way is None:
            raise TypeError(f"{type(asked).__name__} is not a part of our queries")
        if self._collector.is_repeatable and _is_asked_again(asked):
            return self._remembered(asked, way)
        return way(self, asked)

    def _remembered(self, asked: query.Query, way: Way) -> Points:
        """What a part of a query finds; it is remembered while the index stays as it is."""
        key, memory = (self._arrays.name, self._scored, asked), self._collector.snapshot.remembered
        hits: Hits | None = memory.get(key)
        if hits is None:
            mask, points = way(self, asked)
            documents = np.flatnonzero(mask).astype(np.int32)
            memory.keep(key, Hits(documents, points[documents] if points is not None else None))
            return mask, points
        if not len(hits.documents):
            return self._none
        mask, points = self._fresh()
        mask[hits.documents] = True
        if points is not None:
            points[hits.documents] = hits.scores
        return mask, points

    @cached_property
    def _none(self) -> Points:
        """No article: always these very arrays, which nobody may change."""
        mask, points = self._fresh()
        mask.flags.writeable = False
        return mask, points

    def _fresh(self) -> Points:
        """No article, to be added to."""
        return np.zeros(self._arrays.count, bool), np.zeros(self._arrays.count, np.float32) if self._scored else None

    def _flat(self, mask: Numbers) -> Points:
        return mask, mask.astype(np.float32) if self._scored else None

    def _nothing(self, _: query.Query) -> Points:
        return self._none

    def _every(self, _: query.Query) -> Points:
        return self._flat(np.ones(self._arrays.count, bool))

    def _of_ids(self, asked: query.Query) -> Points:
        return self._flat(_among(self._arrays.column("id"), asked.ids))

    def _between(self, asked: query.Query) -> Points:
        column = self._arrays.column(asked.column)
        return self._flat((column >= asked.low) & (column <= asked.high))

    # Words

    def _term(self, asked: query.Query) -> Points:
        mask, points = self._fresh()
        self._add_term(asked, mask, points)
        return mask, points

    def _word(self, asked: query.Query) -> Points:
        mask, points = self._fresh()
        for field in asked.fields:
            for form in asked.forms:
                self._add(field, form.encode(), mask, points)
        self._collector.clock.check()
        return mask, points

    def _add_term(self, asked: query.Term, mask: Numbers, points: Numbers | None) -> None:
        term = asked.text if isinstance(asked.text, bytes) else asked.text.encode()
        self._add(asked.fieldname, term, mask, points, asked.boost)

    def _add(self, field: str, term: bytes, mask: Numbers, points: Numbers | None, boost: float = 1.0) -> None:
        """Add the articles of a term, and what it scores in them."""
        postings = self._arrays.postings(field, term) if field in self._arrays.fields else None
        if postings is None:
            return
        mask[postings.documents] = True
        if points is not None:
            points[postings.documents] += boost * self._scores(field, term, postings)

    def _scores(self, field: str, term: bytes, postings: Postings) -> Numbers:
        """What a term scores in its articles."""
        kind = self._arrays.field(field)
        if not kind.scorable:
            return np.ones(len(postings.documents), np.float32)
        spread = self._collector.snapshot.spreads(field)[self._arrays.lengths(field)[postings.documents]]
        return scores(postings.counts, spread, kind.format.field_boost, self._collector.weight(field, term))

    def _expanded(self, asked: query.Query) -> Points:
        mask, _ = self._fresh()
        meant = self._collector.meant(asked.fields, asked.pattern)
        for field in asked.fields:
            self._mark(field, meant, mask)
        return self._flat(mask)

    def _mark(self, field: str, meant: Meant, mask: Numbers) -> None:
        """Add the articles with any of the words that a pattern means in a field."""
        words = meant.words.get((self._arrays.name, field))
        for documents in self._arrays.documents(field, words) if words is not None else ():
            mask[documents] = True
            self._collector.clock.check()

    # Words together

    def _passage(self, asked: query.Query) -> Points:
        slots = {at: slot for at, slot in enumerate(asked.slots) if slot}
        if not slots or asked.field not in self._arrays.fields:
            return self._none
        candidates = np.ones(self._arrays.count, bool)
        for slot in sorted(slots.values(), key=_has_pattern):
            candidates &= self._holding(asked.field, slot)
            if not candidates.any():
                return self._none
        mask, points = self._fresh()
        self._places_left = MOST_PLACES
        keys = [self._keys(asked.field, slot, candidates, points) for slot in slots.values()]
        mask[in_reach(keys, asked.slop) if asked.slop else in_a_row(keys, list(slots))] = True
        if points is not None:
            points *= mask
        return mask, points

    def _holding(self, field: str, slot: Slot) -> Numbers:
        """The articles that hold anything of a slot."""
        mask = np.zeros(self._arrays.count, bool)
        for part in slot:
            if isinstance(part, str):
                postings = self._arrays.postings(field, part.encode())
                if postings is not None:
                    mask[postings.documents] = True
            else:
                self._mark(field, self._collector.meant((field,), part), mask)
        return mask

    def _keys(self, field: str, slot: Slot, candidates: Numbers, points: Numbers | None) -> Numbers:
        """Where anything of a slot stands in some articles, as `Postings.keys`; what it scores there is added to `points`.

        The words that a pattern means may be the most common of all: so they are read one after the other, and not remembered.
        """
        found = [np.zeros(0, np.int64)]
        for term, is_said in {term: isinstance(part, str) for part in slot for term in self._terms(field, part)}.items():
            self._collector.clock.check()
            postings = self._arrays.postings(field, term, remember=is_said)
            standing = postings.among(candidates) if postings is not None else None
            if standing is not None and len(standing.documents):
                self._places_left -= int(standing.counts.sum(dtype=np.int64))
                if self._places_left < 0:
                    raise OutOfTime
                found.append(standing.keys())
                if points is not None:
                    points[standing.documents] += self._scores(field, term, standing)
        return found[1] if len(found) == 2 else distinct(np.concatenate(found))

    def _terms(self, field: str, part: str | Pattern) -> list[bytes]:
        """The terms of this segment that a part of a slot means."""
        if isinstance(part, str):
            return [part.encode()]
        words = self._collector.meant((field,), part).words.get((self._arrays.name, field))
        return self._arrays.dictionary(field).words(words) if words is not None else []

    # Parts together

    def _and(self, asked: query.Query) -> Points:
        mask, points = self._every(asked)
        if points is not None:
            points[:] = 0
        for part in asked.subqueries:
            found, of_part = self.of(part)
            mask &= found
            if points is not None and of_part is not None and not isinstance(part, query.Not):
                points += of_part
            if not mask.any():
                return self._none
        if points is not None:
            points *= mask
        return mask, points

    def _or(self, asked: query.Query) -> Points:
        mask, points = self._fresh()
        for part in asked.subqueries:
            if isinstance(part, query.Term):
                self._add_term(part, mask, points)
                continue
            found, of_part = self.of(part)
            if found is self._none[0]:
                continue
            mask |= found
            if points is not None and of_part is not None:
                points += of_part
        self._collector.clock.check()
        return mask, points

    def _not(self, asked: query.Query) -> Points:
        found, _ = _Evaluation(self._collector, self._segment, scored=False).of(asked.query)
        return self._flat(~found)

    def _and_maybe(self, asked: query.Query) -> Points:
        mask, points = self.of(asked.a)
        if points is not None:
            _, more = self.of(asked.b)
            assert more is not None
            points = points + np.where(mask, more, np.float32(0))
        return mask, points

    _ways: ClassVar[dict[type, Way]] = {
        query.Term: _term,
        query.And: _and,
        query.Or: _or,
        query.Not: _not,
        query.AndMaybe: _and_maybe,
        query.Every: _every,
        type(query.NullQuery): _nothing,
        Word: _word,
        Among: _of_ids,
        Between: _between,
        Expanded: _expanded,
        Passage: _passage,
    }
    """How each class of query is answered. Functions: what holds methods of its own is not freed at once."""


def _has_pattern(slot: Slot) -> bool:
    return not all(isinstance(part, str) for part in slot)
