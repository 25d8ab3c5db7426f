"""When something was published, from whatever a source wrote. Never raises: what makes no sense is no date."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from time import struct_time

_LONGEST = 80
_FIRST_YEAR, _LAST_YEAR = 1900, 9998
_MONTH_FIRST = frozenset({"", "en", "en-us", "en-ca", "en-ph"})
"""Languages in which 04/09 is more likely the 9th of April."""
_SECONDS = re.compile(r"\d{9,10}")
_MILLISECONDS = re.compile(r"\d{12,13}")
_MISREAD = re.compile(r"^\d\d?:|(?i:[ap]\.?m\b)|/|\b(?!(?:UTC?|GMT|[ECMP][SD]T)$)[A-Z]{3,4}$")
"""Halves of the day, dates in figures and most names of time zones are beyond feedparser, which does not say so."""
_DATE_IN_IT = re.compile(r"\d{4}|\d\d?[./-]\d\d?[./-]\d\d")


def moment(written: str, parsed: struct_time | None = None, language: str = "") -> datetime | None:
    """The moment that is meant, in UTC; `None` where that cannot be told.

    `parsed` is what the feed parser made of it. `language` (a tag such as "en-GB") decides what 04/09/2025 is.
    """
    written = written.strip()
    if not written or len(written) > _LONGEST:
        return None
    if _SECONDS.fullmatch(written):
        return _sane(datetime.fromtimestamp(int(written), UTC))
    if _MILLISECONDS.fullmatch(written):
        return _sane(datetime.fromtimestamp(int(written) / 1000, UTC))
    found = _exact(written)
    if found is None and parsed is not None and not _MISREAD.search(written):
        found = _from_struct(parsed)
    if found is None and _DATE_IN_IT.search(written):
        found = _free(written, language) or (_from_struct(parsed) if parsed is not None else None)
    return _sane(found)


def _from_struct(parsed: struct_time) -> datetime | None:
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _exact(written: str) -> datetime | None:
    """As RFC 3339 and ISO 8601 have it."""
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found


def _free(written: str, language: str) -> datetime | None:
    """As people write it, in many languages. It must name a date: "yesterday" is another one tomorrow."""
    import dateparser  # noqa: PLC0415 - heavy: for odd dates only

    settings = {
        "PARSERS": ["absolute-time"],
        "REQUIRE_PARTS": ["day", "month", "year"],
        "DATE_ORDER": "MDY" if language.lower() in _MONTH_FIRST else "DMY",
        "PREFER_LOCALE_DATE_ORDER": False,
        "TIMEZONE": "UTC",
        "RETURN_AS_TIMEZONE_AWARE": True,
    }
    try:
        found = dateparser.parse(written, settings=settings)
    except Exception:  # noqa: BLE001 - a library of many regular expressions, and whatever the web holds
        return None
    return found if isinstance(found, datetime) else None


def _sane(found: datetime | None) -> datetime | None:
    """A date that somebody meant: not the zero of a clock, not outside of what calendars bear."""
    if found is None or not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        return None
    found = found.astimezone(UTC).replace(microsecond=0)
    return found if found.timestamp() != 0 else None
