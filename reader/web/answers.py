"""What is asked for, what comes, and what the headers of both mean. Pure: no socket is opened here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

FEEDS = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
_LONGEST = 4096
PAGES = "text/html, application/xhtml+xml, */*;q=0.5"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Something to fetch. With `etag` or `last_modified` of the copy one has, an unchanged one is not sent again."""

    url: str
    id: int = 0
    """What the asker knows it by."""
    etag: str = ""
    last_modified: str = ""
    username: str = ""
    password: str = field(default="", repr=False)
    allow_private: bool = False
    """Whether the host of `url`, and no other, may be on a network of one's own."""
    accept: str = FEEDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came. `body` is whole and unpacked; empty where it is `unchanged`."""

    url: str
    """Where it came from in the end."""
    body: bytes = field(default=b"", repr=False)
    content_type: str = ""
    unchanged: bool = False
    etag: str = ""
    last_modified: str = ""
    max_age: int = 0
    """For how many seconds it may be taken for current; 0 where nobody said."""
    moved_to: str = ""
    """Where permanent redirects, and nothing but those, led; "" where nowhere."""
    received: int = 0
    """Bytes of the body as they came over the line."""


class Headers:
    """The headers of an answer, whatever their case."""

    def __init__(self, raw: Iterable[tuple[bytes, bytes]]) -> None:
        self._lines = [(name.decode("latin-1").lower(), value.decode("latin-1").strip()) for name, value in raw]

    def all(self, name: str) -> list[str]:
        """The values of all lines of this name."""
        return [value for header, value in self._lines if header == name]

    def first(self, name: str) -> str:
        """The value of the first line; "" where there is none, or more of it than makes sense."""
        value = next(iter(self.all(name)), "")
        return value if len(value) <= _LONGEST else ""

    def location(self) -> str:
        """Where a redirect leads. Some servers write it in UTF-8."""
        value = self.first("location")
        try:
            return value.encode("latin-1").decode()
        except UnicodeDecodeError:
            return value

    def get(self, name: str) -> str:
        """The value, several lines as one list; "" where there is none."""
        return ", ".join(self.all(name))


def max_age(headers: Headers) -> int:
    """For how many seconds the answer may be taken for current (RFC 9111, section 4.2.1)."""
    for directive in headers.get("cache-control").lower().split(","):
        name, _, value = directive.strip().partition("=")
        if name in {"no-cache", "no-store"}:
            return 0
        if name == "max-age" and value.strip('"').isdecimal():
            return min(int(value.strip('"')[:12]), 1 << 31)
    expires, date = _moment(headers.get("expires")), _moment(headers.get("date")) or datetime.now(UTC)
    return max(0, int((expires - date).total_seconds())) if expires else 0


def retry_after(headers: Headers) -> float:
    """In how many seconds the server wants to be asked again (RFC 9110, section 10.2.3); 0 where it does not say."""
    value = headers.first("retry-after")
    if value.isdecimal():
        return float(value[:9])
    moment = _moment(value)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds()) if moment else 0.0


def _moment(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def cookies(line: str) -> dict[str, str]:
    """The cookies that one Set-Cookie line sets."""
    try:
        return {name: morsel.coded_value for name, morsel in SimpleCookie(line).items()}
    except CookieError:
        return {}
