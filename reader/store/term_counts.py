"""In how many threads each term of the vectors stands. A step of grouping changes a thousand of these numbers, here and there.

Written in place they would be most of what a step writes, for each lies on a page of its own. So a step adds them to a list, as
one row, in its own transaction; a good many steps are then brought into the table at once.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import apsw


THREADS = 0
"""The term that counts the threads themselves. Its count goes into the table at once."""
_NOTE = "INSERT INTO term VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET threads = excluded.threads"


def threads_with(db: apsw.Connection, terms: Iterable[int]) -> dict[int, int]:
    """In how many threads each of these terms stands. Says nothing of what was noted since they were last `settle`d."""
    asked = json.dumps(list(terms))
    return dict(db.execute("SELECT id, threads FROM term WHERE id IN (SELECT value FROM json_each(?))", (asked,)))


def threads(db: apsw.Connection) -> int:
    """How many threads there are."""
    return threads_with(db, [THREADS]).get(THREADS, 0)


def note(db: apsw.Connection, counts: Mapping[int, int]) -> None:
    """Keep in how many threads these terms stand now."""
    if counts:
        db.execute("INSERT INTO term_noted (counts) VALUES (?)", (json.dumps([list(counts), list(counts.values())]),))
    if THREADS in counts:
        db.execute(_NOTE, (THREADS, counts[THREADS]))


def settle(db: apsw.Connection) -> None:
    """Bring what was noted into the table, the latest last."""
    counts: dict[int, int] = {}
    for (noted,) in db.execute("SELECT counts FROM term_noted ORDER BY id"):
        counts.update(zip(*json.loads(noted), strict=True))
    if counts:
        db.executemany(_NOTE, sorted(counts.items()))
        db.execute("DELETE FROM term_noted")


def forget(db: apsw.Connection) -> None:
    """Count anew from nothing: everything is grouped again."""
    db.execute("DELETE FROM term")
    db.execute("DELETE FROM term_noted")
