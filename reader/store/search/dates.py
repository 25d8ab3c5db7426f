"""Dates and numbers as a query writes them, as ranges."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

FIRST, LAST = -(2**62), 2**62
"""Before and after every date, in seconds since 1970; an article whose date is not known lies before the first."""

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_AGE = re.compile(r"([<>]=?)?(\d{1,5})([hdwmy])", re.IGNORECASE)
_COMPARED = re.compile(r"([<>]=?|=)?(.+)", re.DOTALL)
_NUMBER = re.compile(r"-?\d{1,12}(?:\.\d{1,6})?")
_UNITS = {
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
    "m": timedelta(days=30),
    "y": timedelta(days=365),
}


class Span(NamedTuple):
    """A range of seconds since 1970, both ends included; `moves` if another day would give another."""

    start: int
    end: int
    moves: bool = False


class Range(NamedTuple):
    """A range of numbers, and which of its ends belong to it."""

    low: float
    high: float
    low_too: bool = True
    high_too: bool = True


def span(text: str, now: int) -> Span | None:
    """What a date means: a year, month or day, `from..to`, `<7d` (younger), `>2w` (older), `>2022-10`; `None` for anything else.

    Days are those of UTC. A month is 30 days, a year 365.
    """
    text = text.strip().lower()
    if age := _AGE.fullmatch(text):
        return _aged(age[1] or "<", int(age[2]) * _UNITS[age[3].lower()], now)
    if ".." in text:
        first, _, last = text.partition("..")
        start, end = _part(first, now), _part(last, now)
        if (first and start is None) or (last and end is None) or not (first or last):
            return None
        return Span(start.start if start else FIRST, end.end if end else LAST, any(part and part.moves for part in (start, end)))
    compared = _COMPARED.fullmatch(text)
    part = _part(compared[2], now) if compared else None
    if compared is None or part is None:
        return None
    return {
        ">": Span(part.end + 1, LAST, part.moves),
        ">=": Span(part.start, LAST, part.moves),
        "<": Span(FIRST, part.start - 1, part.moves),
        "<=": Span(FIRST, part.end, part.moves),
    }.get(compared[1] or "=", part)


def _aged(sign: str, age: timedelta, now: int) -> Span:
    limit = max(FIRST, now - int(age.total_seconds()))
    return Span(limit, LAST, moves=True) if sign.startswith("<") else Span(FIRST, limit, moves=True)


def _part(text: str, now: int) -> Span | None:
    """A day, a month or a year."""
    text = text.strip()
    if text in {"today", "yesterday"}:
        day = datetime.fromtimestamp(now, UTC) - timedelta(days=text == "yesterday")
        found = _part(day.strftime("%Y-%m-%d"), now)
        return found._replace(moves=True) if found else None
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    year, month, day_of_month = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    try:
        start = datetime(year, month or 1, day_of_month or 1, tzinfo=UTC)
        last_month = month or 12
        end = datetime(year, last_month, day_of_month or monthrange(year, last_month)[1], 23, 59, 59, tzinfo=UTC)
    except (ValueError, OverflowError):  # no such day
        return None
    return Span(int(start.timestamp()), int(end.timestamp()))


def numbers(text: str) -> Range | None:
    """What a number means: `70`, `>60`, `<=200`, `60..80`; `None` for anything else."""
    text = text.strip()
    if ".." in text:
        low, _, high = text.partition("..")
        if not (low or high) or not all(not end or _NUMBER.fullmatch(end) for end in (low, high)):
            return None
        return Range(float(low) if low else -float("inf"), float(high) if high else float("inf"))
    compared = _COMPARED.fullmatch(text)
    if compared is None or not _NUMBER.fullmatch(compared[2].strip()):
        return None
    value, sign = float(compared[2]), compared[1] or "="
    if sign == "=":
        return Range(value, value)
    if sign.startswith(">"):
        return Range(value, float("inf"), low_too=sign == ">=")
    return Range(-float("inf"), value, high_too=sign == "<=")
