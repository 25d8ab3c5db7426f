"""The analyst's word on grouping, as it is kept: what was said, and what follows from it for pairs of articles.

Articles stand for the threads that they are in: numbers of threads may change with a regrouping, articles stay.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Literal

from reader.errors import NotFound
from reader.records import Correction
from reader.store.articles import when
from reader.store.database import new_uid

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import apsw

    from reader.records import CorrectionKind

Bond = Literal["must", "cannot", "same", "other"]

_HOLDS = (
    "bond.correction IN (SELECT id FROM correction WHERE NOT removed)"
    " AND (withdrawn_by IS NULL OR withdrawn_by NOT IN (SELECT id FROM correction WHERE NOT removed))"
)
_LISTED = "SELECT id, kind, threads, articles, shown, made, storyline FROM correction WHERE NOT removed"


def listed(db: apsw.Connection) -> list[Correction]:
    """Everything that the analyst said and did not remove, the newest first."""
    return [_correction(row) for row in db.execute(f"{_LISTED} ORDER BY id DESC")]


def correction(db: apsw.Connection, id: int) -> Correction:
    """One correction that stands. Raises `NotFound`."""
    found = db.execute(f"{_LISTED} AND id = ?", (id,)).fetchone()
    if found is None:
        raise NotFound("correction", id)
    return _correction(found)


def _correction(row: tuple[Any, ...]) -> Correction:
    id, kind, threads, articles, shown, made, storyline = row
    stood = when(made)
    assert stood is not None
    return Correction(id, kind, tuple(json.loads(threads)), tuple(json.loads(articles)), shown, stood, storyline)


# Saying


def say(
    db: apsw.Connection,
    kind: CorrectionKind,
    threads: Iterable[int],
    articles: Iterable[int],
    title: str,
    now: int,
    storyline: int | None = None,
) -> int:
    """Keep what the analyst said; its id."""
    db.execute(
        "INSERT INTO correction (uid, kind, threads, articles, shown, storyline, made, changed)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)",
        (new_uid(), kind, json.dumps(list(threads)), json.dumps(list(articles)), title, storyline, now),
    )
    return db.last_insert_rowid()


def bind(db: apsw.Connection, correction: int, kind: Bond, pairs: Iterable[tuple[int, int]]) -> None:
    """Let a correction say this of pairs of articles."""
    db.executemany(
        "INSERT INTO bond (correction, kind, a, b) VALUES (?, ?, ?, ?)", ((correction, kind, a, b) for a, b in pairs if a != b)
    )


def withdraw(db: apsw.Connection, correction: int, kind: Bond, some: Iterable[int], others: Iterable[int]) -> None:
    """Let a correction take back what was said before of these two groups: the newer word stands."""
    one, two = json.dumps(list(some)), json.dumps(list(others))
    db.execute(
        f"UPDATE bond SET withdrawn_by = ?1 WHERE kind = ?2 AND correction != ?1 AND {_HOLDS}"
        " AND (a IN (SELECT value FROM json_each(?3)) AND b IN (SELECT value FROM json_each(?4))"
        "   OR b IN (SELECT value FROM json_each(?3)) AND a IN (SELECT value FROM json_each(?4)))",
        (correction, kind, one, two),
    )


def moved(db: apsw.Connection, correction: int, articles: Mapping[int, int], became: int) -> None:
    """Keep where articles stood, thread by article, that a correction moved."""
    db.executemany(
        "INSERT INTO shift (correction, article, was, became) VALUES (?, ?, ?, ?)",
        ((correction, article, was, became) for article, was in articles.items()),
    )


def last_shifts(db: apsw.Connection) -> tuple[int, dict[int, int]]:
    """The correction that was said last, and of each article that it moved the thread in which it stood."""
    id = db.execute("SELECT max(id) FROM correction").get
    assert isinstance(id, int)  # whoever asks has just said something
    return id, dict(db.execute("SELECT article, was FROM shift WHERE correction = ?", (id,)))


def weigh(db: apsw.Connection, id: int, likeness: float) -> None:
    """Keep how alike that is what a correction joined or parted."""
    db.execute("UPDATE correction SET likeness = ? WHERE id = ?", (likeness, id))


def weighed(db: apsw.Connection) -> list[tuple[str, str, float]]:
    """Of the merges and splits that stand, and of which it is known: kind, title and likeness, in the order of saying.

    What a later word took back, as a split does a merge, is no word any more.
    """
    found = db.execute(
        "SELECT kind, shown, likeness FROM correction WHERE NOT removed AND likeness IS NOT NULL AND EXISTS (SELECT 1 FROM bond"
        f" WHERE bond.correction = correction.id AND bond.kind = iif(correction.kind = 'merge', 'must', 'cannot') AND {_HOLDS})"
        " ORDER BY id"
    )
    return [(kind, title, likeness) for kind, title, likeness in found]


def remove(db: apsw.Connection, id: int, now: int) -> dict[int, tuple[int, int]]:
    """Say that a correction stands no more; of each article that it moved: where it stood before, and since."""
    db.execute("UPDATE correction SET removed = 1, changed = ? WHERE id = ?", (now, id))
    found = db.execute("SELECT article, was, became FROM shift WHERE correction = ?", (id,))
    return {article: (was, became) for article, was, became in found}


# What follows


def bonds(db: apsw.Connection, *kinds: Bond) -> list[tuple[str, int, int]]:
    """What holds for pairs of articles, in the order in which it was said."""
    found = db.execute(
        f"SELECT kind, a, b FROM bond WHERE kind IN (SELECT value FROM json_each(?)) AND {_HOLDS} ORDER BY id",
        (json.dumps(kinds),),
    )
    return [(kind, a, b) for kind, a, b in found]


def are_there(db: apsw.Connection) -> bool:
    """Whether anything was said at all."""
    return db.execute("SELECT 1 FROM bond LIMIT 1").fetchone() is not None


def bound(db: apsw.Connection, articles: Iterable[int]) -> list[list[int]]:
    """Which of these articles were said to be one event, directly or through others, group by group."""
    group: dict[int, set[int]] = {}
    for _, a, b in bonds(db, "must"):
        one = group.get(a, {a}) | group.get(b, {b})
        group.update(dict.fromkeys(one, one))
    own: defaultdict[int, list[int]] = defaultdict(list)
    for article in articles:
        own[min(group.get(article, {article}))].append(article)
    return [some for some in own.values() if len(some) > 1]


_BROKEN = f"""
    SELECT a, b FROM bond JOIN membership AS one ON one.article = a JOIN membership AS other ON other.article = b
    WHERE (a IN (SELECT value FROM json_each(?1)) OR b IN (SELECT value FROM json_each(?1)))
      AND kind IN ('must', 'cannot') AND (kind = 'must') = (one.thread != other.thread) AND {_HOLDS}
"""


def broken(db: apsw.Connection, articles: Iterable[int]) -> set[int]:
    """Articles of pairs, with one of these, that do not stand as the analyst said."""
    if not are_there(db):
        return set()
    return {article for pair in db.execute(_BROKEN, (json.dumps(list(articles)),)) for article in pair}


def of_storylines(db: apsw.Connection) -> list[tuple[str, int, int]]:
    """What was said of pairs of threads: `same` or `other`, and the two, as their articles stand now."""
    found = db.execute(
        "SELECT DISTINCT kind, one.thread, other.thread FROM bond"
        " JOIN membership AS one ON one.article = a JOIN membership AS other ON other.article = b"
        f" WHERE kind IN ('same', 'other') AND one.thread != other.thread AND {_HOLDS} ORDER BY bond.id"
    )
    return [(kind, a, b) for kind, a, b in found]
