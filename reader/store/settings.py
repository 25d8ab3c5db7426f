"""What the user chose, as it is kept: one row a choice."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import TYPE_CHECKING

from reader.errors import Refused
from reader.settings import Settings

if TYPE_CHECKING:
    import apsw


def settings(db: apsw.Connection) -> Settings:
    """The choices, with defaults for those not made. A row that this version does not know is left alone."""
    known = {choice.name for choice in fields(Settings)}
    chosen = {key: json.loads(value) for key, value in db.execute("SELECT key, value FROM setting") if key in known}
    return replace(Settings(), **chosen)


def choose(db: apsw.Connection, key: str, value: float) -> None:
    """Make one choice. Raises `Refused` for one that there is not."""
    if key not in {choice.name for choice in fields(Settings)}:
        raise Refused(f"there is no setting “{key}”")
    db.execute(
        "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, json.dumps(value)),
    )
