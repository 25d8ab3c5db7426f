"""Saved searches: a query under a name, its test, and its alerts.

What a query finds is looked up by the job that brings the index level, and kept by `matches`. A search that is removed is marked,
so that an undo brings it back with its matches.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import apsw

from reader.errors import NotFound, QueryError, Refused
from reader.records import Alert, Miss, SavedSearch
from reader.store import matches, search
from reader.store.articles import when
from reader.store.database import new_uid
from reader.text import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reader.store.database import Database

_ROWS = """
    SELECT saved.id, name, query,
           (SELECT count(*) FROM search_match JOIN state USING (article)
            WHERE search = saved.id AND matches AND NOT hidden AND NOT read),
           (SELECT count(*) FROM search_match JOIN state USING (article) WHERE search = saved.id AND matches AND NOT hidden),
           alert_since IS NOT NULL, must, must_not,
           (SELECT json_group_array(value) FROM json_each(must) WHERE value IN (SELECT id FROM article)
            AND value NOT IN (SELECT article FROM search_match WHERE search = saved.id AND matches)),
           (SELECT json_group_array(value) FROM json_each(must_not)
            WHERE value IN (SELECT article FROM search_match WHERE search = saved.id AND matches)),
           EXISTS (SELECT 1 FROM search_filled WHERE search = saved.id),
           (SELECT count(*) FROM alert WHERE search = saved.id AND NOT seen)
    FROM saved_search AS saved
    WHERE NOT removed
"""


def add(
    db: apsw.Connection,
    name: str,
    query: str,
    now: int,
    *,
    alert: bool = False,
    must: Sequence[int] = (),
    must_not: Sequence[int] = (),
) -> int:
    """Save a search; its id. It is filled when the index is next brought level.

    Raises `Refused` for an empty name or one that is taken, and for a test that contradicts itself, `QueryError` for a query that
    cannot be understood or that leads back to itself, `NotFound` for an article that is not there.
    """
    name, query = _checked(db, name, query, now)
    tests = _tests(db, must, must_not)
    with _told_if_taken(name):
        db.execute(
            "INSERT INTO saved_search (uid, name, query, changed, must, must_not, alert_since) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (new_uid(), name, query, now, *tests, now if alert else None),
        )
    return db.last_insert_rowid()


def edit(
    db: apsw.Connection,
    id: int,
    now: int,
    *,
    name: str | None = None,
    query: str | None = None,
    alert: bool | None = None,
    must: Sequence[int] | None = None,
    must_not: Sequence[int] | None = None,
) -> None:
    """Change a saved search; `None` leaves what it is. Raises as `add` does, and `NotFound`."""
    old = saved_search(db, id)
    new_name, new_query = _checked(db, old.name if name is None else name, old.query if query is None else query, now)
    tests = _tests(
        db, old.must if must is None else must, old.must_not if must_not is None else must_not, {*old.must, *old.must_not}
    )
    with _told_if_taken(new_name):
        db.execute(
            "UPDATE saved_search SET name = ?2, query = ?3, must = ?4, must_not = ?5, changed = ?6 WHERE id = ?1"
            " AND (name != ?2 OR query != ?3 OR must != ?4 OR must_not != ?5)",
            (id, new_name, new_query, *tests, now),
        )
    if alert is not None and alert != old.alert:
        db.execute("UPDATE saved_search SET alert_since = ?, changed = ? WHERE id = ?", (now if alert else None, now, id))


def remove(db: apsw.Connection, id: int, now: int) -> SavedSearch:
    """Remove a saved search, and tell which it was. Raises `NotFound`."""
    removed = saved_search(db, id)
    db.execute("UPDATE saved_search SET removed = 1, changed = ? WHERE id = ?", (now, id))
    return removed


def saved_search(db: apsw.Connection, id: int) -> SavedSearch:
    """One saved search. Raises `NotFound` where there is none, or none any more."""
    row = db.execute(f"{_ROWS} AND saved.id = ?", (id,)).fetchone()
    if row is None:
        raise NotFound("saved search", id)
    return _saved(row)


def listed(db: apsw.Connection) -> list[SavedSearch]:
    """Every saved search by name, with how many articles it found and how many of them are unread; hidden ones do not count."""
    return [_saved(row) for row in db.execute(f"{_ROWS} ORDER BY name COLLATE NOCASE")]


def _saved(row: tuple[Any, ...]) -> SavedSearch:
    id, name, query, unread, total, alert, must, must_not, lost, strange, is_filled, unseen = row
    missed = (*json.loads(lost), *json.loads(strange)) if is_filled else ()
    tests = tuple(json.loads(must)), tuple(json.loads(must_not))
    return SavedSearch(id, name, query, unread, total, bool(alert), *tests, missed, unseen)


def _checked(db: apsw.Connection, name: str, query: str, now: int) -> tuple[str, str]:
    name, query = squeezed(name), squeezed(query)
    if not name:
        raise Refused("a saved search needs a name")
    if '"' in name:
        raise Refused('the name of a saved search cannot hold a ", for search:"its name" could not be read')
    if not query:
        raise Refused("a saved search needs a query")
    for problem in search.problems_of(db, query, now, name):
        raise QueryError(problem.why, query, problem.position)
    return name, query


def _tests(
    db: apsw.Connection, must: Sequence[int], must_not: Sequence[int], known: frozenset[int] | set[int] = frozenset()
) -> tuple[str, str]:
    """Both lists as they are kept. An article that is gone since it was named may stay, one that never was is told."""
    for id in set(must) & set(must_not):
        raise Refused(f"article {id} cannot be one that must be found and one that must not")
    wanted = json.dumps([*must, *must_not])
    there = {id for (id,) in db.execute("SELECT id FROM article WHERE id IN (SELECT value FROM json_each(?))", (wanted,))}
    for id in (*must, *must_not):
        if id not in there and id not in known:
            raise NotFound("article", id)
    return json.dumps(sorted(set(must))), json.dumps(sorted(set(must_not)))


@contextmanager
def _told_if_taken(name: str) -> Iterator[None]:
    try:
        yield
    except apsw.ConstraintError as error:
        raise Refused(f"there is a saved search “{name}” already") from error


# Their tests


def misses(database: Database, id: int, query: str | None = None) -> list[Miss]:
    """What the test of a saved search says of its query, or of another one before it is kept: the articles that it gets wrong.

    It asks the index, which may be behind the library. Raises `NotFound`, `QueryError`, `Refused` where there is no index to ask.
    """
    saved = saved_search(database.db, id)
    asked = saved.query if query is None else squeezed(query)
    for problem in search.problems_of(database.db, asked, database.now(), saved.name):
        raise QueryError(problem.why, asked, problem.position)
    found = set(search.found_among(database, asked, [*saved.must, *saved.must_not]))
    return named(database.db, [id for id in saved.must if id not in found], [id for id in saved.must_not if id in found])


def missed(db: apsw.Connection, id: int) -> list[Miss]:
    """What the test of a saved search says of what it was filled with."""
    saved = saved_search(db, id)
    return named(db, *([one for one in saved.missed if one in side] for side in (saved.must, saved.must_not)))


def named(db: apsw.Connection, lost: Sequence[int], strange: Sequence[int]) -> list[Miss]:
    """Articles that must be found and are not, and those that must not be found and are, with their titles."""
    rows = db.execute(
        "SELECT id, title FROM article WHERE id IN (SELECT value FROM json_each(?))", (json.dumps([*lost, *strange]),)
    )
    titles = {int(str(id)): str(title) for id, title in rows}
    wrong = [(id, True) for id in lost] + [(id, False) for id in strange]
    return [Miss(id, titles[id], wanted) for id, wanted in wrong if id in titles]


# Alerts


def to_alert(db: apsw.Connection, id: int, found: Sequence[int]) -> list[int]:
    """The articles found of which there is something to tell: new since the alert was set, and not found before."""
    since = db.execute("SELECT alert_since FROM saved_search WHERE id = ? AND NOT removed", (id,)).get
    if since is None:
        return []
    rows = db.execute(
        "SELECT id FROM article WHERE id IN (SELECT value FROM json_each(?)) AND arrived >= ? ORDER BY id",
        (json.dumps(matches.fresh(db, "search", id, found)), since),
    )
    return [int(str(article)) for (article,) in rows]


def alert(db: apsw.Connection, id: int, words: Mapping[int, Sequence[str]], now: int) -> None:
    """Note that new articles were found, each by these words; what was told once is not told again."""
    db.executemany(
        "INSERT INTO alert (search, article, words, at) VALUES (?, ?, ?, ?) ON CONFLICT (search, article) DO NOTHING",
        [(id, article, json.dumps(list(said), ensure_ascii=False), now) for article, said in words.items()],
    )


def alerts(db: apsw.Connection, *, unseen: bool = False, limit: int = 0) -> list[Alert]:
    """Every alert of a saved search that stands, the newest first; `limit` 0 is all."""
    rows = db.execute(
        "SELECT alert.id, search, name, alert.article, title, words, at, seen FROM alert"
        " JOIN saved_search ON saved_search.id = search AND NOT removed JOIN article ON article.id = alert.article"
        f" WHERE {'NOT seen' if unseen else '1'} ORDER BY at DESC, alert.id DESC LIMIT ?",
        (limit or -1,),
    )
    return [_alert(row) for row in rows]


def _alert(row: tuple[Any, ...]) -> Alert:
    id, search_id, name, article, title, words, at, seen = row
    moment = when(at)
    assert moment is not None
    return Alert(id, search_id, name, article, title, tuple(json.loads(words)), moment, bool(seen))


def see(db: apsw.Connection, ids: Sequence[int], seen: bool) -> int:
    """Note that alerts were seen, or were not; how many that changed."""
    db.execute(
        "UPDATE alert SET seen = ?1 WHERE seen != ?1 AND id IN (SELECT value FROM json_each(?2))", (seen, json.dumps(list(ids)))
    )
    return db.changes()
