"""Storylines: threads of one long-running matter, and the names by which they find each other."""

from __future__ import annotations

import json
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from reader.errors import NotFound, Refused
from reader.records import Storyline
from reader.store import corrections, membership, threads
from reader.store.articles import when
from reader.store.database import new_uid
from reader.text import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import apsw

_LIST = """
    SELECT id, coalesce(storyline_title.title, storyline.title), status, first, last,
           (SELECT json_group_array(thread.id ORDER BY thread.first IS NULL, thread.first, thread.id) FROM thread
            WHERE thread.storyline = storyline.id AND merged_into IS NULL)
    FROM storyline LEFT JOIN storyline_title ON storyline_title.storyline = storyline.id WHERE NOT ended
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
    return {_outlet(name) for (name,) in db.execute("SELECT name FROM provider")}


@lru_cache(maxsize=10_000)
def _outlet(name: str) -> str:
    return folded(name.partition(" (")[0])


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


def linked_by(db: apsw.Connection, threads: Iterable[int]) -> dict[int, int | None]:
    """Of each of these threads the number of the names by which it was linked last."""
    return dict(
        db.execute("SELECT id, linked FROM thread WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(threads)),))
    )


def keep_linked(db: apsw.Connection, thread: int, number: int | None) -> None:
    """Note by which names a thread was linked; `None`: it is to be linked again."""
    db.execute("UPDATE thread SET linked = ?2 WHERE id = ?1 AND linked IS NOT ?2", (thread, number))


def sizes(db: apsw.Connection) -> dict[int, int]:
    """How many threads each storyline has."""
    found = db.execute(
        "SELECT storyline, count(*) FROM thread WHERE storyline IS NOT NULL AND merged_into IS NULL GROUP BY storyline"
    )
    return dict(found)


def left_alone(db: apsw.Connection) -> list[int]:
    """Storylines that fewer than two threads are in."""
    found = db.execute(
        "SELECT id FROM storyline WHERE NOT ended AND"
        " (SELECT count(*) FROM thread WHERE thread.storyline = storyline.id AND merged_into IS NULL) < 2"
    )
    return [line for (line,) in found]


# Writing


def begin(db: apsw.Connection, about: Iterable[int] = ()) -> int:
    """A storyline that has yet to be filled: its number. One that the analyst named for these begins again."""
    found = db.execute(
        "SELECT storyline.id FROM correction, json_each(articles) JOIN membership ON article = json_each.value"
        " JOIN storyline ON storyline.id = correction.storyline"
        " WHERE correction.kind = 'entitle' AND NOT removed AND ended AND thread IN (SELECT value FROM json_each(?))"
        " ORDER BY correction.id DESC LIMIT 1",
        (json.dumps(list(about)),),
    ).fetchone()
    if found:
        db.execute("UPDATE storyline SET ended = 0 WHERE id = ?", found)
        return int(found[0])
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


# The analyst's word


def join(db: apsw.Connection, ids: Sequence[int], line: int | None, now: int) -> tuple[int, set[int]]:
    """Put threads into one storyline for good, that which is named, else the one that most of them are in: which; all it changed.

    Those that are in it already are pinned to it.

    Raises `NotFound`, `Refused` where there are not two threads to join.
    """
    chosen = {one.id: one for one in (threads.thread(db, id) for id in ids)}
    stood = of_threads(db, chosen)
    if line is None:
        held = Counter(one for one in stood.values() if one is not None)
        line = min(held, key=lambda one: (-held[one], one), default=None)
    there = members(db, line) if line is not None else []
    if len({*chosen, *there}) < 2:
        raise Refused("a storyline needs two threads at least")
    called = storyline(db, line).title if line is not None else next(iter(chosen.values())).title
    heads = [one.head for one in chosen.values()]
    anchor = threads.thread(db, there[0]).head if there else heads[0]
    line = begin(db, chosen) if line is None else line
    said = corrections.say(db, "join", chosen, heads, called, now, line)
    everyone = [*_articles(db, chosen), *_articles(db, there)]
    corrections.withdraw(db, said, "other", everyone, everyone)
    corrections.bind(db, said, "same", ((anchor, head) for head in heads))
    for id in chosen:
        assign(db, id, line)
    return line, {line, *(one for one in stood.values() if one is not None)}


def leave(db: apsw.Connection, id: int, now: int) -> int:
    """Take a thread out of its storyline for good: which that was. Raises `NotFound`, `Refused` where it is in none."""
    found = threads.thread(db, id)
    if found.storyline is None:
        raise Refused(f"thread {found.id} is in no storyline")
    others = [one for one in members(db, found.storyline) if one != found.id]
    called = storyline(db, found.storyline).title
    said = corrections.say(db, "leave", [found.id], [found.head], called, now, found.storyline)
    corrections.withdraw(db, said, "same", _articles(db, [found.id]), _articles(db, others))
    corrections.bind(db, said, "other", ((found.head, threads.thread(db, other).head) for other in others))
    assign(db, found.id, None)
    return found.storyline


def rename(db: apsw.Connection, id: int, title: str, now: int) -> None:
    """Give a storyline a title of the analyst's; "" gives it its own back. Raises `NotFound`."""
    found = storyline(db, id)
    given = " ".join(title.split())
    db.execute(
        "UPDATE correction SET removed = 1, changed = ? WHERE kind = 'entitle' AND storyline = ? AND NOT removed", (now, id)
    )
    db.execute("DELETE FROM storyline_title WHERE storyline = ?", (id,))
    if given:
        corrections.say(db, "entitle", found.threads, _articles(db, found.threads), given, now, id)
        db.execute("INSERT INTO storyline_title VALUES (?, ?, ?)", (id, given, now))


def put_back(db: apsw.Connection, id: int, now: int) -> set[int]:
    """Take one correction of a storyline back: the threads that are to be linked again."""
    said = corrections.correction(db, id)
    corrections.remove(db, id, now)
    if said.kind == "entitle":
        db.execute("DELETE FROM storyline_title WHERE storyline = ?", (said.storyline,))
        return set()
    again = set(membership.threads_of(db, said.articles).values())
    for thread in again:
        keep_linked(db, thread, None)
    return again


def _articles(db: apsw.Connection, threads: Iterable[int]) -> list[int]:
    found = db.execute(
        "SELECT article FROM membership WHERE thread IN (SELECT value FROM json_each(?))", (json.dumps(list(threads)),)
    )
    return [article for (article,) in found]
