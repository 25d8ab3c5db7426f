"""Articles of which nobody knows the date: placed by likeness alone, and so looked at again when something new is like them.

A dated article meets only the threads of its days, so that it never has to be moved for one that comes later. An undated one may
have come before the thread that it belongs to, and then stands in the nearest that there was.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from typing import TYPE_CHECKING

from reader.analysis.amounts import dates
from reader.analysis.grouping import Joined
from reader.store import articles, membership

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import apsw

    from reader.analysis.clusters import Placed
    from reader.analysis.grouping import Bonds, Grouping
    from reader.records import Reading

MOST = 100
"""Undated articles that one step of the job looks at again."""
SUMMED = 4000
"""Articles that are summed anew at most (50 µs each) to take undated ones out of their threads one by one."""


def stated(reading: Reading) -> tuple[int, ...]:
    """The days that a text tells of, in seconds since 1970."""
    days = (value for _, _, value in dates(f"{reading.title}\n{reading.text or reading.excerpt}"))
    return tuple(int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()) for day in dict.fromkeys(days))


def look_again(
    db: apsw.Connection,
    grouping: Grouping,
    threads: Iterable[int],
    but: Iterable[int],
    bonds_of: Callable[[apsw.Connection, Sequence[int]], Bonds],
    merged: dict[int, int],
) -> dict[int, int]:
    """Place the undated articles of these threads again, now that something new is at hand; where those stood that moved.

    Not those that are placed anyway (`but`). Threads that they merge on their way are added to `merged`.
    """
    found = _among(grouping, threads, but)
    if not found:
        return {}
    ids = [placed.article for placed in found]
    bonds = bonds_of(db, ids)
    told = {reading.id: stated(reading) for reading in articles.reading(db, ids)}
    found = [replace(placed, stated=told[placed.article]) for placed in found]
    homes = {placed.article: grouping.thread_of[placed.article] for placed in found}
    for joined in chain(_placed_together(grouping, found, bonds, merged), _placed_each(grouping, found, homes, bonds, merged)):
        merged |= dict.fromkeys(joined.merged, joined.thread)
    stood = membership.threads_of(db, ids)
    return {id: stood[id] for id in ids if stood.get(id) and grouping.thread_of[id] != stood[id]}  # what is new is kept anyway


def _placed_together(grouping: Grouping, found: Sequence[Placed], bonds: Bonds, merged: Mapping[int, int]) -> Iterator[Joined]:
    """Place those that stand among dated articles, all of them taken out first: else each would hold the others there."""
    lifted = [(placed, grouping.thread_of[placed.article]) for placed in found if _is_among_dated(grouping, placed)]
    grouping.remove(*(placed.article for placed, _ in lifted))
    for placed, home in lifted:
        yield _settle(grouping, placed, _heir(home, merged), bonds)


def _is_among_dated(grouping: Grouping, placed: Placed) -> bool:
    return grouping.clusters[grouping.thread_of[placed.article]].first is not None


def _placed_each(
    grouping: Grouping, found: Sequence[Placed], homes: Mapping[int, int], bonds: Bonds, merged: Mapping[int, int]
) -> Iterator[Joined]:
    """Place each by itself, where those that moved may draw it after them; and those that stand among undated ones alone."""
    has_moved = any(grouping.thread_of[placed.article] != _heir(homes[placed.article], merged) for placed in found)
    left = SUMMED
    for placed in found:
        home = grouping.thread_of[placed.article]
        if has_moved or not _is_among_dated(grouping, placed):
            left -= len(grouping.clusters[home].members)
            if left < 0:
                return
            grouping.remove(placed.article)
            yield _settle(grouping, placed, _heir(home, merged), bonds)


def _heir(thread: int, merged: Mapping[int, int]) -> int:
    """The thread that a thread was merged into by now; itself where it was not."""
    while thread in merged:
        thread = merged[thread]
    return thread


def _among(grouping: Grouping, threads: Iterable[int], but: Iterable[int]) -> list[Placed]:
    left = set(but)
    found = [
        member
        for thread in sorted(threads)
        if thread in grouping.clusters
        for member in grouping.clusters[thread].members.values()
        if member.date is None and member.article not in left
    ]
    return found[:MOST]


def _settle(grouping: Grouping, placed: Placed, home: int, bonds: Bonds) -> Joined:
    """Let an undated article that was taken out join what it is nearest to by now.

    It goes back where nothing is near enough: what was found near once is no less so because its thread has grown. Not where
    somebody came meanwhile with whom the analyst said that it cannot be.
    """
    joined = grouping.place(placed, bonds)
    if len(grouping.clusters[joined.thread].members) > 1 or home not in grouping.clusters:
        return joined
    cannot = bonds.cannot.get(placed.article, frozenset())
    if joined.thread == home or not cannot.isdisjoint(grouping.clusters[home].members):
        return joined
    grouping.remove(placed.article)
    grouping.restore(home, [placed])
    return Joined(home)
