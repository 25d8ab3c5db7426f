"""Threads that are about what a thread is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import apsw

COMMON = 40
"""A name that leads in more threads than this tells nothing of any of them."""

_SHARED = """
    WITH own (name, threads) AS (
        SELECT name, (SELECT count(DISTINCT thread) FROM name AS other JOIN membership USING (article)
                      WHERE other.name = own.name AND other.leads)
        FROM (SELECT DISTINCT name FROM name JOIN membership USING (article) WHERE thread = :id AND leads) AS own
    )
    SELECT thread, sum(worth) FROM (
        SELECT DISTINCT thread, own.name, 1.0 / (threads - 1) AS worth FROM own
        JOIN name ON name.name = own.name AND name.leads JOIN membership USING (article)
        WHERE threads BETWEEN 2 AND :common AND thread NOT IN (:id, 0)
    ) GROUP BY thread
"""
"""Threads in which the same names lead, and how much that says: the rarer a name, the more."""

_RECORDED = """
    SELECT theirs.thread, count(*) FROM membership AS ours
    JOIN (SELECT article, other FROM related UNION SELECT other, article FROM related) AS pair ON pair.article = ours.article
    JOIN membership AS theirs ON theirs.article = pair.other
    WHERE ours.thread = :id AND theirs.thread NOT IN (:id, 0) GROUP BY theirs.thread
"""
"""Threads with articles that a source itself called related."""

_STORYLINE = """
    SELECT other.id FROM thread JOIN thread AS other ON other.storyline = thread.storyline
    WHERE thread.id = :id AND other.id != :id AND other.merged_into IS NULL
"""


def related(db: apsw.Connection, id: int, limit: int) -> list[int]:
    """Up to `limit` threads near this one, the nearest first: by recorded links and rare names; those of its storyline last."""
    asked = {"id": id, "common": COMMON}
    near: dict[int, float] = {thread: 0.0 for (thread,) in db.execute(_STORYLINE, asked)}
    for thread, worth in db.execute(_SHARED, asked):
        near[thread] = near.get(thread, 0.0) + worth
    for thread, times in db.execute(_RECORDED, asked):
        near[thread] = near.get(thread, 0.0) + times
    return sorted(near, key=lambda thread: (-near[thread], -thread))[:limit]
