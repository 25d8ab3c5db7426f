"""The analyst's word on threads and storylines, carried out at once: what it moves is scored and linked in the same transaction.

So the window shows what came of it without waiting for a job, and an undo, which takes back all that the command wrote, leads to
exactly what stood before.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from reader.analysis import learning
from reader.analysis.grouping import WINDOW
from reader.analysis.vectors import Vector, unpacked
from reader.jobs import linking, scoring
from reader.store import corrections, membership, storylines, threads
from reader.store.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import apsw

    from reader.store.membership import Place

_UNKNOWN = Vector({}, 0, 0, (), 0)
"""In place of a vector of an older kind; the job makes it again."""


def merge(db: apsw.Connection, ids: Sequence[int], now: int) -> int:
    """Say that threads are one event; which one stands. Raises `NotFound`, `Refused`."""
    with linking.telling(db):
        stands = threads.merge(db, ids, now)
        _weigh(db, stands)
        _bring_level(db, [stands, *ids])
    return stands


def split(db: apsw.Connection, id: int, leaving: Sequence[int], now: int) -> int:
    """Take articles out of a thread into one of their own: its number. Raises `NotFound`, `Refused`."""
    stays = threads.thread(db, id).id
    made = threads.split(db, stays, leaving, now)
    _weigh(db, stays)
    _bring_level(db, [stays, made])
    return made


def _weigh(db: apsw.Connection, stays: int) -> None:
    """Keep how alike that is what the last correction moved to, or out of, a thread: of what it joined, the least alike.

    Nothing is kept of threads that lie further apart in time than grouping looks: no breadth would have joined them.
    """
    said, moved = corrections.last_shifts(db)
    groups: defaultdict[int, list[Place]] = defaultdict(list)
    for place in membership.places_of(db, [*moved, *membership.articles_of(db, stays)]):
        groups[moved.get(place.article, 0)].append(place)
    staying = groups.pop(0, [])
    if all(_within_reach(group, staying) for group in groups.values()):
        found = [learning.likeness(_vectors(group), _vectors(staying)) for group in groups.values()]
        known = [likeness for likeness in found if likeness is not None]
        if known:
            corrections.weigh(db, said, min(known))


def _vectors(places: Iterable[Place]) -> list[Vector]:
    return [vector for place in places if (vector := unpacked(place.vector))]


def _within_reach(some: Sequence[Place], others: Sequence[Place]) -> bool:
    one, two = ([place.date for place in group if place.date is not None] for group in (some, others))
    return not (one and two) or (min(one) - max(two) <= WINDOW and min(two) - max(one) <= WINDOW)


def move(db: apsw.Connection, articles: Sequence[int], id: int, now: int) -> None:
    """Put articles into another thread. Raises `NotFound`, `Refused`."""
    with linking.telling(db):
        _bring_level(db, threads.move(db, articles, id, now))


def remove(db: apsw.Connection, id: int, now: int) -> None:
    """Take one correction back as if it had not been said. Raises `NotFound`."""
    line = corrections.correction(db, id).storyline
    if line is None:
        with linking.telling(db):
            _bring_level(db, threads.put_back(db, id, now))
    else:
        linking.link(db, storylines.put_back(db, id, now))
        linking.tell(db, [line])


def _bring_level(db: apsw.Connection, touched: Iterable[int]) -> None:
    ids = set(touched)
    vectors = {place.article: unpacked(place.vector) or _UNKNOWN for place in membership.places(db, ids)}
    chosen = settings(db)
    standings, weights = scoring.starting_standings(), scoring.chosen_weights(chosen)
    scoring.score(db, ids, {}, vectors.__getitem__, standings, chosen.publish_at, weights)
    linking.link(db, ids)


# Storylines


def join(db: apsw.Connection, ids: Sequence[int], storyline: int | None, now: int) -> int:
    """Say that threads belong to one storyline: which. Raises `NotFound`, `Refused`."""
    line, told = storylines.join(db, ids, storyline, now)
    linking.link(db, {thread for one in told for thread in storylines.members(db, one)})  # those that were joined to one before
    linking.tell(db, told)
    return line


def leave(db: apsw.Connection, id: int, now: int) -> None:
    """Say that a thread does not belong to the storyline that it is in. Raises `NotFound`, `Refused`."""
    linking.tell(db, [storylines.leave(db, id, now)])
