"""Storylines: threads of one long-running matter, and the names by which they find each other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from reader.errors import NotFound
from reader.records import Storyline
from reader.store.articles import when
from reader.store.database import new_uid
from reader.text import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import apsw

_LIST = """
    SELECT id, title, status, first, last,
           (SELECT json_group_array(thread.id ORDER BY thread.first IS NULL, thread.first, thread.id) FROM thread
            WHERE thread.storyline = storyline.id AND merged_into IS NULL)
    FROM storyline WHERE NOT ended
"""


def listed(db: apsw.Connection) -> list[Storyline]:
    """Every storyline, the one that moved last first."""
    return [_storyline(row) for row in db.execute(f"{_LIST} ORDER BY last IS NULL, last DESC, id")]


def storyline(db: apsw.Connection, id: int) -> Storyline:
    """One storyline; `NotFound` where there is none."""
    found = db.execute(f"{_LIST} AND id = ?", (id,)).fetchone()
    if found is None:
        raise NotFound("storyline", id)
    return _storyline(found)


def _storyline(row: tuple[Any, ...]) -> Storyline:
    id, title, status, first, last, threads = row
    return Storyline(id, title, status, tuple(json.loads(threads)), when(first), when(last))


# What linking needs


def names(db: apsw.Connection, threads: Iterable[int]) -> Iterator[tuple[int, int, str, str, str, int]]:
    """Thread, its size, and name, as shown, kind of each name that leads in it, and in how many of its articles."""
    return db.execute(
        "SELECT thread, thread.size, name, shown, kind, count(*) FROM membership JOIN name USING (article)"
        " JOIN thread ON thread.id = thread"
        " WHERE leads AND thread IN (SELECT value FROM json_each(?)) GROUP BY thread, name ORDER BY thread, count(*) DESC, name",
        (json.dumps(list(threads)),),
    )


def outlets(db: apsw.Connection) -> set[str]:
    """The providers' names, for comparing: whom a text credits is not what it is about."""
    return {folded(name.partition(" (")[0]) for (name,) in db.execute("SELECT name FROM provider")}


def leading(db: apsw.Connection, name: str, most: int) -> set[int]:
    """Up to `most` threads in whose articles a name leads."""
    found = db.execute(
        "SELECT DISTINCT thread FROM name JOIN membership USING (article) WHERE name = ? AND leads ORDER BY thread LIMIT ?",
        (name, most),
    )
    return {thread for (thread,) in found}


def of_threads(db: apsw.Connection, threads: Iterable[int]) -> dict[int, int | None]:
    """The storyline of each of these threads that stand; `None` where it has none."""
    return dict(
        db.execute(
            "SELECT id, storyline FROM thread WHERE merged_into IS NULL AND id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(threads)),),
        )
    )


def members(db: apsw.Connection, id: int) -> list[int]:
    """The threads of a storyline, in order of time."""
    found = db.execute(
        "SELECT id FROM thread WHERE storyline = ? AND merged_into IS NULL ORDER BY first IS NULL, first, id", (id,)
    )
    return [thread for (thread,) in found]


def standing_threads(db: apsw.Connection) -> int:
    """How many threads there are."""
    found = db.execute("SELECT threads FROM term WHERE id = 0").get
    return found if isinstance(found, int) else 0


# Writing


def begin(db: apsw.Connection) -> int:
    """A storyline that has yet to be filled; its number."""
    db.execute("INSERT INTO storyline (uid, title, status) VALUES (?, '', '')", (new_uid(),))
    return db.last_insert_rowid()


def assign(db: apsw.Connection, thread: int, storyline: int | None) -> None:
    """Put a thread into a storyline, or into none."""
    db.execute("UPDATE thread SET storyline = ?2 WHERE id = ?1 AND storyline IS NOT ?2", (thread, storyline))


def end(db: apsw.Connection, id: int) -> None:
    """A storyline whose threads went elsewhere is told no more; the last of them leaves it."""
    db.execute("UPDATE thread SET storyline = NULL WHERE storyline = ?", (id,))
    db.execute("UPDATE storyline SET ended = 1 WHERE id = ? AND NOT ended", (id,))


def tell(db: apsw.Connection, id: int, title: str, status: str, first: int | None, last: int | None) -> None:
    """Keep what a storyline is called and where it stands."""
    db.execute(
        "UPDATE storyline SET title = ?2, status = ?3, first = ?4, last = ?5, ended = 0 WHERE id = ?1"
        " AND (title, status, first, last, ended) IS NOT (?2, ?3, ?4, ?5, 0)",
        (id, title, status, first, last),
    )


def span(db: apsw.Connection, threads: Iterable[int]) -> tuple[int | None, int | None, int, str]:
    """First and last moment of these threads, how many articles they have, and the title of the latest."""
    asked = (json.dumps(list(threads)),)
    found = db.execute(
        "SELECT min(first), max(last), sum(size) FROM thread WHERE id IN (SELECT value FROM json_each(?))", asked
    ).fetchone()
    latest = db.execute(
        "SELECT title FROM thread WHERE id IN (SELECT value FROM json_each(?))"
        " ORDER BY last IS NOT NULL DESC, last DESC, id DESC",
        asked,
    ).fetchone()
    first, last, size = found or (None, None, 0)
    return first, last, size or 0, latest[0] if latest else ""
