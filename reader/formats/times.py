"""Times as they stand in documents."""

from __future__ import annotations

from datetime import UTC, datetime


def time_of(moment: datetime | None) -> str | None:
    """RFC 3339 with an offset; `None` where the moment is not known."""
    return moment.isoformat(timespec="seconds") if moment else None


def time_from(words: str) -> datetime | None:
    """A moment in UTC, to the second, from ISO 8601 or the date of a mail; `None` where it cannot be read.

    A time without an offset is taken for UTC, a date without a time for its midnight.
    """
    try:
        moment = datetime.fromisoformat(words.strip().upper())
    except ValueError:
        found = _time_of_a_mail(words)
        if found is None:
            return None
        moment = found
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
    except OverflowError:  # year 1 or 9999, an hour beyond
        return None


def _time_of_a_mail(words: str) -> datetime | None:
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - heavy for what is rarely needed

    try:
        return parsedate_to_datetime(words)
    except (ValueError, IndexError, OverflowError):  # its tuple may hold anything
        return None
