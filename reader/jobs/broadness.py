"""How broad threads are: as chosen, as the corrections move it, and what another choice would do to the newest articles."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

from reader.analysis import learning
from reader.analysis.bonds import closed
from reader.analysis.clusters import Placed
from reader.analysis.grouping import Grouping
from reader.analysis.vectors import unpacked
from reader.jobs.bonds import with_related
from reader.records import Breadth, BreadthPreview, Regrouped
from reader.store import articles, corrections, membership
from reader.store.settings import checked, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import apsw

    from reader.analysis.clusters import Cluster
    from reader.analysis.grouping import Bonds
    from reader.settings import Settings

LOOKED_AT = 500
"""Articles, the newest, that are grouped aside …"""
SECONDS = 1.5
"""… as far as they get in this time …"""
EXAMPLES = 8
"""… and how many of the threads that would be others are named."""


def used(db: apsw.Connection, chosen: Settings) -> float:
    """How broad threads are for what arrives: as chosen, moved by the corrections where the analyst lets them."""
    return _learnt(db, chosen.breadth).used if chosen.learn_breadth else chosen.breadth


def breadth(db: apsw.Connection) -> Breadth:
    """How broad threads are, and why."""
    chosen = settings(db)
    learnt = _learnt(db, chosen.breadth)
    kinds = Counter(kind for kind, _, _ in corrections.weighed(db))
    return Breadth(
        chosen=chosen.breadth,
        adjustment=learnt.adjustment,
        used=learnt.used if chosen.learn_breadth else chosen.breadth,
        learns=chosen.learn_breadth,
        merges=kinds["merge"],
        splits=kinds["split"],
        receipt=learnt.receipt,
    )


def _learnt(db: apsw.Connection, chosen: float) -> learning.Learnt:
    said = [
        learning.Said("merge" if kind == "merge" else "split", title, likeness)
        for kind, title, likeness in corrections.weighed(db)
    ]
    return learning.breadth(chosen, said)


def preview(db: apsw.Connection, other: float, clock: Callable[[], float] = time.monotonic) -> BreadthPreview:
    """What another breadth would do to the newest articles: they are grouped aside twice, so that breadth alone differs.

    Raises `Refused` for a breadth out of range.
    """
    chosen = settings(db)
    theirs = float(checked("breadth", other))
    if chosen.learn_breadth:
        theirs = _learnt(db, theirs).used
    now, then = _Aside(used(db, chosen)), _Aside(theirs)
    until = clock() + SECONDS
    looked_at = 0
    newest = articles.newest(db, LOOKED_AT, 0)[1]
    bonds = with_related(db, newest, *closed(corrections.bonds(db, "must", "cannot")))
    for placed in _placed(db, newest):
        if clock() > until:
            break
        now.place(placed, bonds)
        then.place(placed, bonds)
        looked_at += 1
    return _compared(looked_at, now.threads(), then.threads())


class _Aside:
    """A grouping aside, that lets go of silent threads, and remembers them."""

    def __init__(self, breadth: float) -> None:
        self._grouping = Grouping(breadth=breadth)
        self._gone: list[Cluster] = []

    def place(self, placed: Placed, bonds: Bonds) -> None:
        """Give an article its thread; one that a bond names is at hand."""
        if placed.date is not None:
            bound = {thread for other in bonds.must.get(placed.article, ()) if (thread := self._grouping.thread_of.get(other))}
            self._gone += self._grouping.let_go(placed.date, bound)
        self._grouping.place(placed, bonds)

    def threads(self) -> list[list[int]]:
        """The articles of each thread, as they came."""
        return [list(cluster.members) for cluster in (*self._gone, *self._grouping.clusters.values())]


def _placed(db: apsw.Connection, ids: Sequence[int]) -> Iterator[Placed]:
    for place in membership.places_of(db, ids):
        if vector := unpacked(place.vector):  # one of an older kind is made again by the next job
            yield Placed(place.article, place.date, vector)


def _compared(looked_at: int, now: list[list[int]], then: list[list[int]]) -> BreadthPreview:
    """Threads of now and of then that share articles, counted: each one more on either side was joined, or parted."""
    joined, parted = _meeting(now, then), _meeting(then, now)
    told = [Regrouped(True, tuple(found[:2]), len(found)) for found in joined] + [
        Regrouped(False, tuple(found[:2]), len(found)) for found in parted
    ]
    told.sort(key=lambda one: (-one.threads, one.articles))
    return BreadthPreview(
        looked_at=looked_at,
        before=len(now),
        after=len(then),
        joined=sum(len(found) - 1 for found in joined),
        parted=sum(len(found) - 1 for found in parted),
        examples=tuple(told[:EXAMPLES]),
    )


def _meeting(some: list[list[int]], others: list[list[int]]) -> list[list[int]]:
    """Where several of some threads meet in one of the others: the first article there of each, the largest thread first."""
    thread_of = {article: number for number, thread in enumerate(some) for article in thread}
    found: list[list[int]] = []
    for other in others:
        shares = {thread_of[article] for article in other}
        if len(shares) > 1:
            largest = sorted(shares, key=lambda number: (-len(some[number]), min(some[number])))
            found.append([next(article for article in some[number] if article in other) for number in largest])
    return found
