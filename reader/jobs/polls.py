"""What asking a feed came to, and when to ask it again. Pure: the clock and the choices come in."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from reader.errors import BadStatus, ParseError, Unreachable, WatchdeskError
from reader.store.feeds import NEVER, Poll

if TYPE_CHECKING:
    from reader.records import ParsedFeed
    from reader.store.feeds import Due
    from reader.web.fetch import Answer

SHORTEST, LONGEST = 15 * 60, 24 * 3600
"""Seconds between two polls of a feed, whatever it says."""
MOST_PATIENCE = 7 * 24 * 3600
"""The longest wait that a server may ask for."""
MOST_TRUSTED_AGE = 5 * 3600
"""Servers declare answers current for years; after so long they are asked all the same."""
MOST_DOUBLINGS = 6


def digest(body: bytes) -> bytes:
    """What tells one document from another."""
    return hashlib.blake2b(body, digest_size=16).digest()


def interval(minutes: float, ttl: int = 0, max_age: int = 0) -> int:
    """Seconds until the next poll of a feed that is well.

    `minutes` is the user's choice for feeds that say nothing; `ttl` is what the feed asks for, `max_age` for how long its server
    takes the answer for current. The last can only make it later: a server's cache does not know how often there is news.
    """
    asked = ttl or round(minutes * 60)
    return min(max(asked, min(max_age, MOST_TRUSTED_AGE), SHORTEST), LONGEST)


def unchanged(due: Due, answer: Answer, now: int, minutes: float) -> Poll:
    """The poll of a feed that has nothing new to say."""
    return Poll(
        status="moved" if _moved(due, answer) else "unchanged",
        error="",
        failures=0,
        checked=now,
        due=now + interval(minutes, due.ttl, answer.max_age),
        ttl=due.ttl,
        last_new=None,
        etag=answer.etag,
        last_modified=answer.last_modified,
        body=due.body,
        address=_address(due, answer),
    )


def read(due: Due, answer: Answer, feed: ParsedFeed, now: int, minutes: float, *, new: int, updated: int) -> Poll:
    """The poll of a feed that was read. A document that was cut short leaves no validators: the rest of it would never come."""
    if not (feed.items or feed.known or feed.left or new or updated):
        status = "empty"
    elif _moved(due, answer):
        status = "moved"
    else:
        status = "new" if new or updated else "unchanged"
    complete = feed.whole or not feed.problems
    return Poll(
        status=status,
        error="; ".join(feed.problems),
        failures=0,
        checked=now,
        due=now + interval(minutes, feed.ttl, answer.max_age),
        ttl=feed.ttl,
        last_new=now if new else None,
        etag=answer.etag if complete else "",
        last_modified=answer.last_modified if complete else "",
        body=digest(answer.body) if complete else b"",
        address=_address(due, answer),
    )


def failed(due: Due, error: WatchdeskError, now: int, minutes: float) -> Poll:
    """The poll of a feed that brought nothing. The next wait doubles with every failure, up to a day.

    What was known of its last good answer stays good, unless that came from where a redirect had led: then the feed's own address
    is asked the next time.
    """
    failures = due.failures + 1
    wait = min(interval(minutes, due.ttl) * 2 ** min(failures - 1, MOST_DOUBLINGS), LONGEST)
    status, at = "error", now + wait
    if isinstance(error, BadStatus) and (error.status == 429 or (error.status == 503 and error.retry_after)):
        status, at = "busy", now + max(wait, min(round(error.retry_after), MOST_PATIENCE))
    elif isinstance(error, BadStatus) and error.status == 410 and not due.moved:
        status, at = "gone", NEVER
    astray = due.moved and isinstance(error, BadStatus | Unreachable | ParseError) and status == "error"
    return Poll(
        status=status,
        error=str(error),
        failures=failures,
        checked=now,
        due=now + SHORTEST if astray else at,
        ttl=due.ttl,
        last_new=None,
        etag="" if astray else due.etag,
        last_modified="" if astray else due.last_modified,
        body=b"" if astray else due.body,
        address="" if astray or not due.moved else due.url,
    )


def _moved(due: Due, answer: Answer) -> bool:
    return bool(answer.moved_to) and answer.moved_to != due.url


def _address(due: Due, answer: Answer) -> str:
    """Where to ask the next time, if that is not the address of the feed."""
    return answer.moved_to or (due.url if due.moved else "")
