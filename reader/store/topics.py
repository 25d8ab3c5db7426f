"""Topics: standing queries of the analyst, and which articles they find.

A topic that is removed is marked, so that an undo brings it back with its matches. What its query finds is looked up by the job
that brings the index level, and kept by `matches`.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import apsw

from reader.errors import NotFound, QueryError, Refused
from reader.records import Topic
from reader.store import search
from reader.store.database import new_uid
from reader.text import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator

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
