"""The days to come as a calendar that any other program reads (RFC 5545), written whole or not at all."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from reader.errors import Refused
from reader.jobs import safely, telling
from reader.records import Progress
from reader.store import articles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from reader.outcomes import ExportOutcome
    from reader.records import ComingDate
    from reader.store.database import Database

_LONGEST = 73
"""Octets of a line, so that with its end and the space that goes on with the last it is not over 75."""


def write(database: Database, path: Path, *, outcome: ExportOutcome) -> Iterator[Progress]:
    """Every day to come that articles name. Raises `Refused` where the file cannot be written; what stood there stands then."""
    if path.resolve().is_relative_to(database.folder.resolve()):
        raise Refused(f"{path} is inside the library; name a place outside it")
    now = database.clock()
    found = telling.dates(database.db, now.date())
    rows = articles.rows(database.db, [one.article for one in found])
    addresses = {row.id: row.web_url for row in rows}
    with safely.new_file(path) as file:
        file.write(calendar([(one, addresses.get(one.article, "")) for one in found], now).encode())
    outcome.written, outcome.path = len(found), path
    yield Progress(len(found), len(found), str(path))


def calendar(days: list[tuple[ComingDate, str]], now: datetime) -> str:
    """Days, each with the address of the article that names it, as one calendar."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Watchdesk//Coming dates//EN"]
    for one, address in days:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{one.day.isoformat()}-{one.article}@watchdesk",
            f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(one.title)}",
            f"DESCRIPTION:{_escaped(one.sentence)}",
            *([f"URL:{address}"] if address else []),
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _escaped(text: str) -> str:
    plain = " ".join(text.split())
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> str:
    """A line in parts that are short enough, none of which breaks a character."""
    parts, part = [], ""
    for character in line:
        if len((part + character).encode()) > _LONGEST:
            parts.append(part)
            part = ""
        part += character
    return "\r\n ".join([*parts, part])
