"""Topics: standing queries of the analyst, and which articles they find.

A topic that is removed is marked, so that an undo brings it back with its matches. What its query finds is looked up by the job
that brings the index level; here it is only kept.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import apsw

from reader.errors import NotFound, QueryError, Refused
from reader.records import Topic
from reader.store import search
from reader.store.database import new_uid
from reader.text import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_ROWS = """
    SELECT topic.id, name, query, coalesce(sum(NOT read), 0), count(state.article)
    FROM topic
    LEFT JOIN topic_match ON topic_match.topic = topic.id AND matches
    LEFT JOIN state ON state.article = topic_match.article AND NOT hidden
    WHERE NOT topic.removed
"""


def add(db: apsw.Connection, name: str, query: str, now: int) -> int:
    """Make a topic; its id. It is filled when the index is next brought level.

    Raises `Refused` for an empty name or one that is taken, `QueryError` for a query that cannot be understood.
    """
    name, query = _checked(db, name, query, now)
    with _told_if_taken(name):
        db.execute("INSERT INTO topic (uid, name, query, changed) VALUES (?, ?, ?, ?)", (new_uid(), name, query, now))
    return db.last_insert_rowid()


def edit(db: apsw.Connection, id: int, name: str, query: str, now: int) -> None:
    """Give a topic another name and query. Raises as `add` does, and `NotFound`."""
    topic(db, id)
    name, query = _checked(db, name, query, now)
    with _told_if_taken(name):
        db.execute(
            "UPDATE topic SET name = ?1, query = ?2, changed = ?3 WHERE id = ?4 AND (name != ?1 OR query != ?2)",
            (name, query, now, id),
        )


def remove(db: apsw.Connection, id: int, now: int) -> Topic:
    """Remove a topic, and tell which it was; its articles stay. Raises `NotFound`."""
    removed = topic(db, id)
    db.execute("UPDATE topic SET removed = 1, changed = ? WHERE id = ?", (now, id))
    return removed


def topic(db: apsw.Connection, id: int) -> Topic:
    """One topic. Raises `NotFound` where there is none, or none any more."""
    row = db.execute(f"{_ROWS} AND topic.id = ? GROUP BY topic.id", (id,)).fetchone()
    if row is None:
        raise NotFound("topic", id)
    return Topic(*row)


def listed(db: apsw.Connection) -> list[Topic]:
    """Every topic by name, with how many articles it found and how many of them are unread; hidden ones do not count."""
    return [Topic(*row) for row in db.execute(f"{_ROWS} GROUP BY topic.id ORDER BY name COLLATE NOCASE")]


def _checked(db: apsw.Connection, name: str, query: str, now: int) -> tuple[str, str]:
    name, query = squeezed(name), squeezed(query)
    if not name:
        raise Refused("a topic needs a name")
    if not query:
        raise Refused("a topic needs a query")
    for problem in search.problems_of(db, query, now):
        raise QueryError(problem.why, query, problem.position)
    return name, query


@contextmanager
def _told_if_taken(name: str) -> Iterator[None]:
    try:
        yield
    except apsw.ConstraintError as error:
        raise Refused(f"there is a topic “{name}” already") from error


# What they find


class Filled(NamedTuple):
    """A topic and the query that its matches stand for, `None` where it was never filled."""

    id: int
    query: str
    filled_with: str | None


def filled(db: apsw.Connection) -> list[Filled]:
    """Every topic, for the job that fills them."""
    rows = db.execute(
        "SELECT id, topic.query, topic_filled.query FROM topic LEFT JOIN topic_filled ON topic = id WHERE NOT removed ORDER BY id"
    )
    return [Filled(*row) for row in rows]


def keep_matches(db: apsw.Connection, id: int, query: str, found: Iterable[int], among: Sequence[int] | None = None) -> int:
    """Note that a topic with this query finds these articles of those `among`, of all where that is `None`; how many changed."""
    asked = None if among is None else json.dumps(list(among))
    now_found = json.dumps(list(found))
    db.execute(
        "UPDATE topic_match SET matches = 0 WHERE topic = ?1 AND matches"
        " AND article NOT IN (SELECT value FROM json_each(?2))"
        " AND (?3 IS NULL OR article IN (SELECT value FROM json_each(?3)))",
        (id, now_found, asked),
    )
    changed = db.changes()
    db.execute(
        "INSERT INTO topic_match (topic, article) SELECT ?, value FROM json_each(?) WHERE value IN (SELECT id FROM article)"
        " ON CONFLICT (topic, article) DO UPDATE SET matches = 1 WHERE NOT matches",
        (id, now_found),
    )
    changed += db.changes()
    db.execute(
        "INSERT INTO topic_filled (topic, query) VALUES (?1, ?2) ON CONFLICT (topic) DO UPDATE SET query = ?2 WHERE query != ?2",
        (id, query),
    )
    return changed
