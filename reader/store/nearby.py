"""Threads that are about what a thread is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import apsw

COMMON = 40
"""A name that leads in more threads than this tells nothing of any of them."""

OWN = 60
"""So many names, those that lead in most of its articles, say what a thread is about."""

_OWN = """
    SELECT name FROM name JOIN membership USING (article) WHERE thread = ? AND leads
    GROUP BY name ORDER BY count(*) DESC, name LIMIT ?
"""

_WHERE = """
    SELECT DISTINCT thread FROM name JOIN membership USING (article) WHERE name = ? AND leads AND thread NOT IN (?, 0) LIMIT ?
"""

_RECORDED = """
    SELECT theirs.thread, count(*) FROM (
        SELECT other FROM membership JOIN related USING (article) WHERE thread = :id
        UNION ALL SELECT related.article FROM membership JOIN related ON other = membership.article WHERE thread = :id
    ) JOIN membership AS theirs ON theirs.article = other
    WHERE theirs.thread NOT IN (:id, 0) GROUP BY theirs.thread
"""
"""Threads with articles that a source itself called related."""

_STORYLINE = """
    SELECT other.id FROM thread JOIN thread AS other ON other.storyline = thread.storyline
    WHERE thread.id = :id AND other.id != :id AND other.merged_into IS NULL
"""


def related(db: apsw.Connection, id: int, limit: int) -> list[int]:
    """Up to `limit` threads near this one, the nearest first: by recorded links and rare names; those of its storyline last."""
    near = dict.fromkeys((thread for (thread,) in db.execute(_STORYLINE, {"id": id})), 0.0)
    for (name,) in db.execute(_OWN, (id, OWN)).fetchall():
        threads = db.execute(_WHERE, (name, id, COMMON + 1)).fetchall()
        if len(threads) <= COMMON:
            for (thread,) in threads:
                near[thread] = near.get(thread, 0.0) + 1 / len(threads)  # the rarer a name, the more it says
    for thread, times in db.execute(_RECORDED, {"id": id}):
        near[thread] = near.get(thread, 0.0) + times
    return sorted(near, key=lambda thread: (-near[thread], -thread))[:limit]
