"""What the user did with articles: read, starred, hidden, and the word on publishing. Outlives the articles."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    import apsw

Flag = Literal["read", "starred", "hidden"]


def mark(db: apsw.Connection, flag: Flag, ids: Iterable[int], on: bool, now: int) -> int:
    """Set or clear a flag; how many articles that changed. Ids that are not there are passed over."""
    return _set(db, flag, ids, int(on), now)


def decide(db: apsw.Connection, ids: Iterable[int], publish: bool | None, now: int) -> int:
    """The analyst's word on publishing: yes, no, or (`None`) as heat says; how many articles that changed."""
    return _set(db, "decision", ids, None if publish is None else int(publish), now)


def _set(db: apsw.Connection, column: str, ids: Iterable[int], value: int | None, now: int) -> int:
    db.execute(
        f"UPDATE state SET {column} = ?1, {column}_changed = ?2"
        f" WHERE article IN (SELECT value FROM json_each(?3)) AND {column} IS NOT ?1",
        (value, now, json.dumps(list(ids))),
    )
    return db.changes()
