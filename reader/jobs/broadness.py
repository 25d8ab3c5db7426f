"""How broad threads are: as chosen, as the corrections move it, and what another choice would do to the newest articles."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from reader.analysis import learning
from reader.analysis.grouping import Bonds, Grouping, Placed
from reader.analysis.vectors import unpacked
from reader.jobs.placing import closed
from reader.records import Breadth, BreadthPreview, Regrouped
from reader.store import articles, corrections, membership
from reader.store.settings import checked, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import apsw

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


def _learnt(db: apsw.Connection, chosen: float) -> learning.Breadth:
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
    now, then = Grouping(breadth=used(db, chosen)), Grouping(breadth=theirs)
    until = clock() + SECONDS
    looked_at = 0
    newest = articles.newest(db, LOOKED_AT, 0)[1]
    bonds = _bonds(db, newest)
    for placed in _placed(db, newest):
        if clock() > until:
            break
        now.place(placed, bonds)
        then.place(placed, bonds)
        looked_at += 1
    return _compared(looked_at, now, then)


def _placed(db: apsw.Connection, ids: Sequence[int]) -> Iterator[Placed]:
    for place in membership.places_of(db, ids):
        if vector := unpacked(place.vector):  # one of an older kind is made again by the next job
            yield Placed(place.article, place.date, vector)


def _bonds(db: apsw.Connection, ids: Sequence[int]) -> Bonds:
    """The analyst's word, and what records relate."""
    must, cannot = closed(corrections.bonds(db, "must", "cannot"))
    together: defaultdict[int, frozenset[int]] = defaultdict(frozenset, must)
    for one, other in membership.related(db, ids):
        together[one] |= {other}
        together[other] |= {one}
    return Bonds(together, cannot)


def _compared(looked_at: int, now: Grouping, then: Grouping) -> BreadthPreview:
    """Threads of now and of then that share articles, counted: each one more on either side was joined, or parted."""
    joined, parted = _meeting(now, then), _meeting(then, now)
    told = [Regrouped(True, tuple(found[:2]), len(found)) for found in joined] + [
        Regrouped(False, tuple(found[:2]), len(found)) for found in parted
    ]
    told.sort(key=lambda one: (-one.threads, one.articles))
    return BreadthPreview(
        looked_at=looked_at,
        before=len(now.clusters),
        after=len(then.clusters),
        joined=sum(len(found) - 1 for found in joined),
        parted=sum(len(found) - 1 for found in parted),
        examples=tuple(told[:EXAMPLES]),
    )


def _meeting(one: Grouping, other: Grouping) -> list[list[int]]:
    """Where several threads of one grouping meet in one of the other: the first article of each, the largest thread first."""
    found: list[list[int]] = []
    for cluster in other.clusters.values():
        shares: Mapping[int, int] = Counter(one.thread_of[article] for article in cluster.members)
        if len(shares) > 1:
            largest = sorted(shares, key=lambda thread: (-len(one.clusters[thread].members), min(one.clusters[thread].members)))
            found.append([_first(one, thread, cluster.members) for thread in largest])
    return found


def _first(grouping: Grouping, thread: int, among: Mapping[int, Placed]) -> int:
    """The article that stands for what a thread has in another one: the earliest of them."""
    return next(article for article in grouping.clusters[thread].members if article in among)
