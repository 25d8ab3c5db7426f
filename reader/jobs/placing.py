"""Articles brought to their threads: the grouping, with the database behind it.

Only threads around the articles in hand are taken up, from the vectors that are kept; the archive is never read again.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reader.analysis.grouping import HOUR, WINDOW, Bonds, Grouping, Placed
from reader.analysis.vectors import Rarity, terms_of, unpacked, weighed
from reader.store import membership

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import apsw

    from reader.analysis.vectors import Terms, Vector
    from reader.records import Reading

_TERMS_AT_HAND = 400_000
_SLACK = 24 * HOUR
_THREADS = 0
"""The term that counts the threads themselves."""


@dataclass(slots=True)
class Outcome:
    """What placing changed: threads to be scored anew, articles whose text is new to us."""

    touched: set[int] = field(default_factory=set)
    read: set[int] = field(default_factory=set)


class Placing:
    """The threads at hand. One run of a job keeps one; a command that moves articles meanwhile makes it start anew."""

    def __init__(self, breadth: float) -> None:
        self._breadth = breadth
        self._version: int | None = None
        self._corrected: tuple[object, ...] | None = None
        self._forget_all()

    def _forget_all(self) -> None:
        self._grouping = Grouping(breadth=self._breadth)
        self._rarity = Rarity()
        self._must: dict[int, frozenset[int]] = {}
        self._cannot: dict[int, frozenset[int]] = {}
        self._corrected = None

    def vector(self, article: int) -> Vector:
        """The vector of an article of a thread at hand."""
        return self._grouping.clusters[self._grouping.thread_of[article]].members[article].vector

    def place(self, db: apsw.Connection, readings: Sequence[Reading], regroup: Iterable[int], names: Mapping[int, list[str]]) -> Outcome:
        """Bring articles to their threads, and keep where they are; `regroup` also the whole threads that these are in.

        `names` are those that lead in articles without a date, or may lead to one.
        """
        self._look_again(db)
        ids = [reading.id for reading in readings]
        outcome = Outcome()
        stood = membership.threads_of(db, ids)
        outcome.touched.update(stood.values())
        self._take_up(db, readings, stood, names)
        lifted = self._dissolved(db, regroup)
        bonds = self._bonds(db, [*ids, *(placed.article for placed in lifted)])
        new = self._read(db, readings, bonds, {placed.article for placed in lifted}, outcome)
        merged = self._settle(db, lifted, new, bonds)
        self._keep(db, [*(placed.article for placed in lifted), *new], merged, outcome)
        return outcome

    # What is at hand

    def _look_again(self, db: apsw.Connection) -> None:
        """Start anew where a command moved articles since, or too much is at hand; take up the analyst's word where it changed."""
        version = membership.version(db)
        if version != self._version or len(self._rarity.counts) > _TERMS_AT_HAND:
            self._forget_all()
            self._version = version
        corrected = membership.corrected(db)
        if corrected != self._corrected:
            self._must, self._cannot = _closed(membership.corrections(db))
            self._corrected = corrected

    def _take_up(
        self, db: apsw.Connection, readings: Sequence[Reading], stood: Mapping[int, int], names: Mapping[int, list[str]]
    ) -> None:
        """Take up the threads that these articles may join, and let go of those that none will any more."""
        moments = [int(reading.date.timestamp()) for reading in readings if reading.date]
        needed = set(stood.values())
        if moments:
            needed |= membership.threads_between(db, min(moments) - WINDOW, max(moments) + WINDOW)
        named = {name for reading in readings if reading.date for name in names.get(reading.id, ())}
        if named and membership.has_undated(db):
            needed |= membership.threads_named(db, named, undated=True)
        undated = {name for reading in readings if not reading.date for name in names.get(reading.id, ())}
        if undated:
            needed |= membership.threads_named(db, undated, undated=False)
        bound = {other for reading in readings for other in self._must.get(reading.id, ())}
        bound.update(article for pair in membership.related(db, (reading.id for reading in readings)) for article in pair)
        needed.update(membership.threads_of(db, bound).values())
        if moments:
            self._let_go(min(moments) - WINDOW - _SLACK, needed)
        self._restore(db, needed)

    def _let_go(self, before: int, needed: set[int]) -> None:
        silent = [
            thread
            for thread, cluster in self._grouping.clusters.items()
            if thread not in needed and (cluster.last is None or cluster.last < before)
        ]
        for thread in silent:
            self._grouping.forget(thread)

    def _restore(self, db: apsw.Connection, needed: set[int]) -> None:
        members: defaultdict[int, list[Placed]] = defaultdict(list)
        for place in membership.places(db, needed - self._grouping.clusters.keys()):
            vector = unpacked(place.vector)
            if vector is not None:
                members[place.thread].append(Placed(place.article, place.date, vector))
        for thread, placed in members.items():
            self._grouping.restore(thread, placed)

    def _dissolved(self, db: apsw.Connection, regroup: Iterable[int]) -> list[Placed]:
        """The members of the threads that are to be grouped again, taken out of them."""
        threads = set(membership.threads_of(db, regroup).values())
        self._restore(db, threads)
        lifted: list[Placed] = []
        for thread in sorted(threads & self._grouping.clusters.keys()):
            lifted.extend(self._grouping.clusters[thread].members.values())
            self._grouping.forget(thread)
        membership.lift(db, (placed.article for placed in lifted))
        return lifted

    def _bonds(self, db: apsw.Connection, articles: Sequence[int]) -> Bonds:
        """What records relate, below what the analyst said."""
        must: defaultdict[int, set[int]] = defaultdict(set)
        for one, other in membership.related(db, articles):
            must[one].add(other)
            must[other].add(one)
        joined = {article: frozenset(others) | self._must.get(article, frozenset()) for article, others in must.items()}
        return Bonds({**self._must, **joined}, self._cannot)

    # New words

    def _read(
        self, db: apsw.Connection, readings: Sequence[Reading], bonds: Bonds, lifted: set[int], outcome: Outcome
    ) -> dict[int, tuple[int | None, Terms]]:
        """Of each article whose text is new, or that stands where it may not: its date and terms."""
        new: dict[int, tuple[int | None, Terms]] = {}
        for reading in readings:
            found = terms_of(reading)
            stands = self._grouping.thread_of.get(reading.id)
            date = int(reading.date.timestamp()) if reading.date else None
            if stands is not None:
                placed = self._grouping.clusters[stands].members[reading.id]
                same = placed.vector.fingerprint == found.fingerprint
                if not same:
                    outcome.read.add(reading.id)
                if same and placed.date == date and not self._misplaced(reading.id, stands, bonds):
                    continue
                self._grouping.remove(reading.id)
            elif reading.id in lifted:
                continue
            else:
                outcome.read.add(reading.id)
            new[reading.id] = (date, found)
        membership.lift(db, new)
        self._count(db, (found for _, found in new.values()))
        return new

    def _misplaced(self, article: int, thread: int, bonds: Bonds) -> bool:
        cannot = bonds.cannot.get(article, frozenset())
        at_hand = self._grouping.thread_of
        return any(at_hand.get(other) == thread for other in cannot) or any(
            at_hand.get(other, thread) != thread and other not in cannot for other in bonds.must.get(article, ())
        )

    def _count(self, db: apsw.Connection, found: Iterable[Terms]) -> None:
        """Learn how rare these terms are."""
        asked = {_THREADS} if not self._rarity.counts else set()
        for terms in found:
            asked |= (terms.words.keys() | terms.grams.keys()) - self._rarity.counts.keys()
        if asked:
            self._rarity.counts.update(dict.fromkeys(asked, 0) | membership.threads_with(db, asked))
        self._rarity.threads = self._rarity.counts.get(_THREADS, 0)

    # Settling

    def _settle(
        self, db: apsw.Connection, lifted: Sequence[Placed], new: Mapping[int, tuple[int | None, Terms]], bonds: Bonds
    ) -> dict[int, int]:
        """Place everything in order of date; which threads were merged into which."""
        merged: dict[int, int] = {}
        counted: set[int] = set()
        known = {placed.article: placed for placed in lifted}
        order = sorted([(placed.date, placed.article) for placed in lifted] + [(date, id) for id, (date, _) in new.items()], key=_in_time)
        for date, article in order:
            found = new.get(article)
            placed = known[article] if found is None else Placed(article, date, weighed(found[1], self._rarity))
            terms = set(placed.vector.weights) if found is None else found[1].words.keys() | found[1].grams.keys()
            joined = self._grouping.place(placed, bonds)
            merged.update(dict.fromkeys(joined.merged, joined.thread))
            if found is not None:
                counted |= self._note(joined.thread, placed, terms)
        counts = self._rarity.counts
        if counted:
            counts[_THREADS] = self._rarity.threads
            counted.add(_THREADS)
        membership.note_terms(db, {term: counts[term] for term in counted})
        return merged

    def _note(self, thread: int, placed: Placed, terms: set[int]) -> set[int]:
        """Count the terms that this article is the first to bring into its thread."""
        cluster = self._grouping.clusters[thread]
        if len(cluster.members) == 1:
            self._rarity.threads += 1
            fresh = terms
        else:
            own = placed.vector.weights
            fresh = {term for term in terms if cluster.sum.get(term, 0.0) <= own.get(term, 0.0)}
        self._rarity.note(fresh)
        return fresh

    def _keep(self, db: apsw.Connection, placed: Sequence[int], merged: Mapping[int, int], outcome: Outcome) -> None:
        """Write where articles are now."""
        numbers = self._number(db)
        for thread, into in merged.items():
            final = into
            while final in merged:
                final = merged[final]
            final = numbers.get(final, final)
            if thread > 0:
                membership.merge(db, thread, final)
                outcome.touched.add(thread)
            outcome.touched.add(final)
        for article in placed:
            thread = self._grouping.thread_of[article]
            membership.settle(db, article, thread, self.vector(article).packed())
            outcome.touched.add(thread)
        outcome.touched |= membership.lead_heirs(db, placed)

    def _number(self, db: apsw.Connection) -> dict[int, int]:
        """Give the threads that were made the numbers that they are kept under."""
        numbers: dict[int, int] = {}
        for thread in sorted((thread for thread in self._grouping.clusters if thread < 0), reverse=True):
            members = sorted(self._grouping.clusters[thread].members)
            numbers[thread] = membership.thread_for(db, members)
            self._grouping.rename(thread, numbers[thread])
            for article in members:
                membership.move(db, article, numbers[thread])
        return numbers


def _in_time(item: tuple[int | None, int]) -> tuple[bool, int, int]:
    date, article = item
    return date is None, date or 0, article


def _closed(corrections: Sequence[tuple[str, int, int]]) -> tuple[dict[int, frozenset[int]], dict[int, frozenset[int]]]:
    """The analyst's pairs thought through: who belongs with whom, and what that group cannot be together with."""
    groups: dict[int, set[int]] = {}
    for kind, a, b in corrections:
        if kind == "must":
            group = groups.get(a, {a}) | groups.get(b, {b})
            groups.update(dict.fromkeys(group, group))
    parted: defaultdict[int, set[int]] = defaultdict(set)
    for kind, a, b in corrections:
        one, other = groups.get(a, {a}), groups.get(b, {b})
        if kind == "cannot":
            for article in one - other:
                parted[article] |= other - one
            for article in other - one:
                parted[article] |= one - other
    must = {article: frozenset(group) for article, group in groups.items()}
    return must, {article: frozenset(others) for article, others in parted.items()}
