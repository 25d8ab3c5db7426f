"""Articles brought to their threads: the grouping, with the database behind it.

Only threads around the articles in hand are taken up, from the vectors that are kept; the archive is never read again.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from reader import resources
from reader.analysis.bonds import closed
from reader.analysis.clusters import Placed
from reader.analysis.grouping import WINDOW, Bonds, Grouping
from reader.analysis.stems import gram, stem_number
from reader.analysis.vectors import Rarity, fingerprint, terms_of, unpacked, weighed
from reader.jobs import undated
from reader.jobs.bonds import with_related
from reader.store import articles, corrections, membership, term_counts
from reader.store.term_counts import THREADS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import apsw

    from reader.analysis.vectors import Terms, Vector
    from reader.records import Fact, Reading

_TERMS_AT_HAND = 400_000
_UNDATED_AT_HAND = 1000
"""Undated articles, the last to come, whose threads others may join without a name in common."""
_SETTLED_AFTER = 50
"""Steps whose counts are brought into their table at once."""


@dataclass(slots=True)
class Outcome:
    """What placing changed: threads to be scored anew, and how many articles were read for it."""

    touched: set[int] = field(default_factory=set)
    read: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """What an article states, and the names that lead in it."""

    facts: tuple[Fact, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _New:
    """An article that has to be placed by its words; `stated` are dates in its text, where it has none of its own."""

    date: int | None
    terms: Terms
    stated: tuple[int, ...]


class Placing:
    """The threads at hand. One run of a job keeps one; a command that moves articles meanwhile makes it start anew."""

    def __init__(self, breadth: float) -> None:
        self._breadth = breadth
        self._version: int | None = None
        self._mended: dict[int, int] = {}
        self._steps = 0
        self._forget_all()

    def _forget_all(self) -> None:
        self._grouping = Grouping(breadth=self._breadth)
        self._rarity = Rarity(background())
        self._must: dict[int, frozenset[int]] = {}
        self._cannot: dict[int, frozenset[int]] = {}

    def vector(self, article: int) -> Vector:
        """The vector of an article of a thread at hand."""
        return self._grouping.clusters[self._grouping.thread_of[article]].members[article].vector

    def to_mend(self, db: apsw.Connection, articles: Iterable[int]) -> set[int]:
        """Those of some articles that do not stand as was said, each once: grouping does not mend words that contradict."""
        said = membership.version(db)
        broken = {article for article in corrections.broken(db, articles) if self._mended.get(article) != said}
        self._mended.update(dict.fromkeys(broken, said))
        return broken

    def place(
        self, db: apsw.Connection, readings: Sequence[Reading], regroup: Iterable[int], says: Callable[[Reading], Said]
    ) -> Outcome:
        """Bring articles to their threads, and keep where they are; `regroup` also the whole threads that these are in.

        `says` reads out what an article states; it is asked for those only whose text is new.
        """
        self._look_again(db)
        ids = [reading.id for reading in readings]
        outcome = Outcome()
        stood = membership.threads_of(db, ids)
        outcome.touched.update(stood.values())
        beside = self._take_up(db, readings, stood, says)
        lifted = self._dissolved(db, regroup)
        bonds = self._bonds(db, [*ids, *lifted])
        new = self._read(db, readings, bonds, lifted, says, outcome)
        former = stood | membership.threads_of(db, lifted)
        membership.lift(db, {*lifted, *new})
        merged = self._settle(db, [placed for placed in lifted.values() if placed.article not in new], new, bonds)
        moved = undated.look_again(db, self._grouping, beside, lifted, self._bonds, merged) if new else {}
        outcome.touched.update(moved.values())
        self._keep(db, [*lifted, *(new.keys() - lifted.keys()), *moved], merged, former | moved, outcome)
        return outcome

    # What is at hand

    def _look_again(self, db: apsw.Connection) -> None:
        """Start anew where a command moved articles since, or too much is at hand; take up the analyst's word anew."""
        version = membership.version(db)
        stale = version != self._version or len(self._rarity.counts) > _TERMS_AT_HAND
        self._steps += 1
        if stale or self._steps % _SETTLED_AFTER == 0:
            term_counts.settle(db)
        if stale:
            self._forget_all()
            self._version = version
            self._must, self._cannot = closed(corrections.bonds(db, "must", "cannot"))

    def _take_up(
        self, db: apsw.Connection, readings: Sequence[Reading], stood: Mapping[int, int], says: Callable[[Reading], Said]
    ) -> set[int]:
        """Take up the threads that these articles may join, and let go of those that none will any more.

        Those are told that were found by name, for the undated articles that they have.
        """
        beside: set[int] = set()
        moments = [int(reading.date.timestamp()) for reading in readings if reading.date]
        needed = set(stood.values())
        if moments:
            needed |= membership.threads_between(db, min(moments) - WINDOW, max(moments) + WINDOW)
        if moments and membership.has_undated(db):
            beside = membership.threads_named(db, _names(db, readings, stood, says), undated=True)
            needed |= beside
        if len(moments) < len(readings):
            without = [reading for reading in readings if not reading.date]
            beside |= membership.threads_named(db, _names(db, without, stood, says), undated=False)
            needed |= beside | membership.threads_of_undated(db, _UNDATED_AT_HAND)
        bound = {other for reading in readings for other in self._must.get(reading.id, ())}
        bound.update(article for pair in membership.related(db, (reading.id for reading in readings)) for article in pair)
        needed.update(membership.threads_of(db, bound).values())
        self._grouping.keep_only(needed)
        self._restore(db, needed)
        return beside

    def _restore(self, db: apsw.Connection, needed: set[int]) -> None:
        places = list(membership.places(db, needed - self._grouping.clusters.keys()))
        vectors = {place.article: unpacked(place.vector) for place in places}
        remade = self._remade(db, [article for article, vector in vectors.items() if vector is None])
        members: defaultdict[int, list[Placed]] = defaultdict(list)
        for place in places:
            vector = vectors[place.article] or remade[place.article]
            members[place.thread].append(Placed(place.article, place.date, vector))
        for thread, placed in members.items():
            self._grouping.restore(thread, placed)

    def _remade(self, db: apsw.Connection, ids: Sequence[int]) -> dict[int, Vector]:
        """The vectors of articles of which one of an older kind was kept."""
        terms = {reading.id: terms_of(reading) for reading in articles.reading(db, ids)} if ids else {}
        self._count(db, terms.values())
        return {id: weighed(found, self._rarity) for id, found in terms.items()}

    def _dissolved(self, db: apsw.Connection, regroup: Iterable[int]) -> dict[int, Placed]:
        """The members of the threads that are to be grouped again, taken out of them."""
        threads = set(membership.threads_of(db, regroup).values())
        self._restore(db, threads)
        lifted: dict[int, Placed] = {}
        for thread in sorted(threads & self._grouping.clusters.keys()):
            lifted |= self._grouping.clusters[thread].members
            self._grouping.forget(thread)
        without_date = [placed.article for placed in lifted.values() if placed.date is None]
        for reading in articles.reading(db, without_date):
            lifted[reading.id] = replace(lifted[reading.id], stated=undated.stated(reading))
        return lifted

    def _bonds(self, db: apsw.Connection, articles: Sequence[int]) -> Bonds:
        """What records relate, below what the analyst said."""
        return with_related(db, articles, self._must, self._cannot)

    # New words

    def _read(
        self,
        db: apsw.Connection,
        readings: Sequence[Reading],
        bonds: Bonds,
        lifted: Mapping[int, Placed],
        says: Callable[[Reading], Said],
        outcome: Outcome,
    ) -> dict[int, _New]:
        """Of each article whose text is new, or that stands where it may not: what places it."""
        new: dict[int, _New] = {}
        for reading in readings:
            stands = self._grouping.thread_of.get(reading.id)
            date = int(reading.date.timestamp()) if reading.date else None
            if stands is not None:
                placed = self._grouping.clusters[stands].members[reading.id]
                same = placed.vector.fingerprint == fingerprint(reading)
                if same and placed.date == date and not self._misplaced(reading.id, stands, bonds):
                    continue
                self._grouping.remove(reading.id)
            elif reading.id in lifted and lifted[reading.id].vector.fingerprint == fingerprint(reading):
                continue
            outcome.read += 1
            terms = terms_of(reading, says(reading).facts)
            new[reading.id] = _New(date, terms, () if reading.date else undated.stated(reading))
        self._count(db, (one.terms for one in new.values()))
        return new

    def _misplaced(self, article: int, thread: int, bonds: Bonds) -> bool:
        cannot = bonds.cannot.get(article, frozenset())
        at_hand = self._grouping.thread_of
        return any(at_hand.get(other) == thread for other in cannot) or any(
            at_hand.get(other, thread) != thread and other not in cannot for other in bonds.must.get(article, ())
        )

    def _count(self, db: apsw.Connection, found: Iterable[Terms]) -> None:
        """Learn how rare these terms are."""
        counts = self._rarity.counts
        asked = {THREADS, *(term for terms in found for part in (terms.words, terms.grams) for term in part)}
        unknown = [term for term in asked if term not in counts]
        if unknown:
            counts.update(dict.fromkeys(unknown, 0))
            counts.update(term_counts.threads_with(db, unknown))
        self._rarity.threads = counts[THREADS]

    # Settling

    def _settle(self, db: apsw.Connection, lifted: Sequence[Placed], new: Mapping[int, _New], bonds: Bonds) -> dict[int, int]:
        """Place everything in order of date; which threads were merged into which."""
        merged: dict[int, int] = {}
        counted: set[int] = set()
        known = {placed.article: placed for placed in lifted}
        order = sorted(
            [(placed.date, placed.article) for placed in lifted] + [(one.date, id) for id, one in new.items()], key=_in_time
        )
        for date, article in order:
            found = new.get(article)
            if found is None:
                merged |= self._join(known[article], bonds)[1]
                continue
            placed = Placed(article, date, weighed(found.terms, self._rarity), found.stated)
            thread, gone = self._join(placed, bonds)
            merged |= gone
            counted |= self._note(thread, placed, found.terms.words.keys() | found.terms.grams.keys())
        counts = self._rarity.counts
        if counted:
            counts[THREADS] = self._rarity.threads
            counted.add(THREADS)
        term_counts.note(db, {term: counts[term] for term in counted})
        return merged

    def _join(self, placed: Placed, bonds: Bonds) -> tuple[int, dict[int, int]]:
        joined = self._grouping.place(placed, bonds)
        return joined.thread, dict.fromkeys(joined.merged, joined.thread)

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

    def _keep(
        self,
        db: apsw.Connection,
        placed: Sequence[int],
        merged: Mapping[int, int],
        former: Mapping[int, int],
        outcome: Outcome,
    ) -> None:
        """Write where articles are now; `former` is where they were."""
        numbers = self._number(db, former, merged)
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

    def _number(self, db: apsw.Connection, former: Mapping[int, int], merged: Mapping[int, int]) -> dict[int, int]:
        """Give the threads that were made the numbers that they are kept under.

        A thread that was emptied gives its number to one of those that its articles are in now: to one that has no other to go
        back to, then to the one that its head is in, then to the largest. One that was merged leads to where it went instead.
        """
        made = {thread: sorted(self._grouping.clusters[thread].members) for thread in self._grouping.clusters if thread < 0}
        numbers: dict[int, int] = {}
        for old in sorted(set(former.values()) - self._grouping.clusters.keys() - merged.keys()):
            heirs = [thread for thread in made if thread not in numbers and any(former.get(one) == old for one in made[thread])]
            if heirs:
                head = membership.head(db, old)
                heir = min(
                    heirs,
                    key=lambda thread: (
                        membership.has_thread_to_go_back_to(db, made[thread], old),
                        head not in made[thread],
                        -len(made[thread]),
                        -thread,
                    ),
                )
                self._renumber(db, heir, old)
                numbers[heir] = old
        for thread in sorted(made.keys() - numbers.keys(), reverse=True):
            numbers[thread] = membership.thread_for(db, made[thread])
            self._renumber(db, thread, numbers[thread])
        return numbers

    def _renumber(self, db: apsw.Connection, thread: int, to: int) -> None:
        self._grouping.rename(thread, to)
        for article in self._grouping.clusters[to].members:
            membership.move(db, article, to)


def _names(
    db: apsw.Connection, readings: Iterable[Reading], stood: Mapping[int, int], says: Callable[[Reading], Said]
) -> set[str]:
    """The names that lead in these articles; those that stand in a thread were read before."""
    known = membership.leading_names(db, (reading.id for reading in readings if reading.id in stood))
    fresh = (name for reading in readings if reading.id not in stood for name in says(reading).names)
    return {*fresh, *(name for names in known.values() for name in names)}


def _in_time(item: tuple[int | None, int]) -> tuple[bool, int, int]:
    date, article = item
    return date is None, date or 0, article


@cache
def background() -> Mapping[int, float]:
    """In which share of news stories each term stands, elsewhere."""
    lines = (line.split("\t") for line in resources.text("rarity.tsv").splitlines() if not line.startswith("#"))
    return {gram(term.replace("_", " ")) if kind == "part" else stem_number(term): float(share) for kind, share, term in lines}
