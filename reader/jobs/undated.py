"""Articles of which nobody knows the date: placed by likeness alone, and so looked at again when something new is like them.

A dated article meets only the threads of its days, so that it never has to be moved for one that comes later. An undated one may
have come before the thread that it belongs to, and then stands in the nearest that there was.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reader.analysis.amounts import dates
from reader.store import articles, membership

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import apsw

    from reader.analysis.grouping import Bonds, Grouping, Placed
    from reader.records import Reading

MOST = 100
"""Undated articles that one step of the job looks at again."""


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
    bonds, stood = bonds_of(db, ids), membership.threads_of(db, ids)
    told = {reading.id: stated(reading) for reading in articles.reading(db, ids)}
    moved: dict[int, int] = {}
    found = [replace(placed, stated=told[placed.article]) for placed in found]
    for placed, gone in [*_placed_together(grouping, found, bonds), *_placed_each(grouping, found, bonds)]:
        if placed.article in stood:  # else it is new, and is kept where it is anyway
            moved[placed.article] = stood[placed.article]
        merged |= dict.fromkeys(gone, grouping.thread_of[placed.article])
    return {article: thread for article, thread in moved.items() if grouping.thread_of[article] != thread}


def _placed_together(grouping: Grouping, found: Sequence[Placed], bonds: Bonds) -> Iterator[tuple[Placed, tuple[int, ...]]]:
    """Place those that stand among dated articles, all of them taken out first: else each would hold the others there."""
    homes = {placed.article: grouping.thread_of[placed.article] for placed in found}
    dated = {
        thread
        for thread in homes.values()
        if any(member.date is not None for member in grouping.clusters[thread].members.values())
    }
    lifted = [placed for placed in found if homes[placed.article] in dated]
    for placed in lifted:
        grouping.remove(placed.article)
    for placed in lifted:
        gone = _settle(grouping, placed, homes[placed.article], bonds)
        if gone is not None:
            yield placed, gone


def _placed_each(grouping: Grouping, found: Sequence[Placed], bonds: Bonds) -> Iterator[tuple[Placed, tuple[int, ...]]]:
    """Place each by itself: those that moved may draw another one after them."""
    for placed in found:
        home = grouping.thread_of[placed.article]
        grouping.remove(placed.article)
        gone = _settle(grouping, placed, home, bonds)
        if gone is not None:
            yield placed, gone


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


def _settle(grouping: Grouping, placed: Placed, home: int, bonds: Bonds) -> tuple[int, ...] | None:
    """Let an undated article that was taken out join what it is nearest to by now; what that merged, `None` where it is home.

    It goes back where nothing is near enough: what was found near once is no less so because its thread has grown.
    """
    joined = grouping.place(placed, bonds)
    if joined.thread != home and home in grouping.clusters and len(grouping.clusters[joined.thread].members) == 1:
        grouping.remove(placed.article)
        grouping.restore(home, [placed])
        return None
    return joined.merged if joined.thread != home else None
