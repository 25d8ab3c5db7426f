"""What standing queries find: of topics and of saved searches alike, kept level by the job that brings the index level.

A row whose article matches no longer says so instead of going away: views hear of it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import apsw

Kind = Literal["topic", "search"]
_NAMED_IN = {"topic": "topic", "search": "saved_search"}
KINDS: tuple[Kind, ...] = ("topic", "search")


class Filled(NamedTuple):
    """A standing query, and the one that its matches stand for: `None` where it was never filled."""

    kind: Kind
    id: int
    query: str
    filled_with: str | None


def filled(db: apsw.Connection) -> list[Filled]:
    """Every standing query, for the job that fills them."""
    return [
        Filled(kind, *row)
        for kind in KINDS
        for row in db.execute(
            f"SELECT asked.id, asked.query, filled.query FROM {_NAMED_IN[kind]} AS asked"
            f" LEFT JOIN {kind}_filled AS filled ON filled.{kind} = asked.id WHERE NOT removed ORDER BY asked.id"
        )
    ]


def fresh(db: apsw.Connection, kind: Kind, id: int, found: Iterable[int]) -> list[int]:
    """Those of the articles found that did not match so far."""
    rows = db.execute(
        f"SELECT value FROM json_each(?2) WHERE value NOT IN (SELECT article FROM {kind}_match WHERE {kind} = ?1 AND matches)",
        (id, json.dumps(list(found))),
    )
    return [int(str(article)) for (article,) in rows]


def keep(db: apsw.Connection, kind: Kind, id: int, query: str, found: Iterable[int], among: Sequence[int] | None = None) -> int:
    """Note that this query finds these articles of those `among`, of all where that is `None`; how many changed."""
    asked = None if among is None else json.dumps(list(among))
    now_found = json.dumps(list(found))
    db.execute(
        f"UPDATE {kind}_match SET matches = 0 WHERE {kind} = ?1 AND matches"
        " AND article NOT IN (SELECT value FROM json_each(?2))"
        " AND (?3 IS NULL OR article IN (SELECT value FROM json_each(?3)))",
        (id, now_found, asked),
    )
    changed = db.changes()
    db.execute(
        f"INSERT INTO {kind}_match ({kind}, article) SELECT ?, value FROM json_each(?) WHERE value IN (SELECT id FROM article)"
        f" ON CONFLICT ({kind}, article) DO UPDATE SET matches = 1 WHERE NOT matches",
        (id, now_found),
    )
    changed += db.changes()
    db.execute(
        f"INSERT INTO {kind}_filled ({kind}, query) VALUES (?1, ?2)"
        f" ON CONFLICT ({kind}) DO UPDATE SET query = ?2 WHERE query != ?2",
        (id, query),
    )
    return changed
