"""What the user chose, as it is kept: one row a choice."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from reader.errors import Refused
from reader.settings import Settings

if TYPE_CHECKING:
    import apsw


RANGES = {
    "publish_at": (0, 100),
    "refresh_minutes": (5, 10_080),
    "fetches": (1, 100),
    "fetches_per_host": (1, 10),
    "breadth": (0, 1),
}
"""Least and most of each choice that is a number."""

_STANDARD = asdict(Settings())
RANGES |= {name: (0, 100) for name in _STANDARD if name.startswith("weight_")}


def settings(db: apsw.Connection) -> Settings:
    """The choices, with defaults for those not made. A row that this version does not know is left alone."""
    chosen = {key: json.loads(value) for key, value in db.execute("SELECT key, value FROM setting") if key in _STANDARD}
    return replace(Settings(), **chosen)


def choose(db: apsw.Connection, key: str, value: float | str | bool) -> None:
    """Make one choice. Raises `Refused` for one that there is not, and for a value that makes no sense for it."""
    db.execute(
        "INSERT INTO setting (key, value) VALUES (?1, ?2)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value != excluded.value",
        (key, json.dumps(checked(key, value))),
    )


def checked(key: str, value: object) -> float | bool:
    """The value as this choice keeps it. Raises as `choose`."""
    if key not in _STANDARD:
        raise Refused(f"there is no setting “{key}”")
    standard = _STANDARD[key]
    if isinstance(standard, bool):
        if not isinstance(value, bool):
            raise Refused(f"{_named(key)} is yes or no, not “{value}”")
        return value
    least, most = RANGES[key]
    whole = isinstance(standard, int)
    said = f"{_named(key)} is a {'whole ' if whole else ''}number from {least:g} to {most:g}, not “{value}”"
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused(said)
    if not least <= value <= most or (whole and value != int(value)):  # what is not a number is in no range
        raise Refused(said)
    return int(value) if whole else float(value)


def _named(key: str) -> str:
    return f"“{key.replace('_', ' ')}”"
