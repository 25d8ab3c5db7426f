"""How a feed is, in the analyst's words: what happened, what is safe, and what she can do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from ui.paint import apart
from ui.phrases import counted, short_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from reader.records import Feed

Step = Literal["again", "login", "address", "move", "site", "private", "stop"]
STEPS: dict[Step, str] = {
    "again": "Try again now",
    "login": "Enter a user name",
    "address": "Change the address",
    "move": "Use the new address",
    "site": "Open the site",
    "private": "Allow this private address",
    "stop": "Stop asking",
}
"""What can be done about a feed in trouble."""

_STATES = {
    "": "not asked yet",
    "new": "has news",
    "unchanged": "nothing new",
    "moved": "moved",
    "gone": "gone for good",
    "busy": "asked us to wait",
    "empty": "has no articles",
}
_BRIEFLY = (
    ("(401)", "wants a login"),
    ("keychain", "wants a login"),
    ("against robots", "bars programs"),
    ("(403)", "refuses us"),
    ("(404)", "not found"),
    ("(TLS", "certificate"),
    ("(DNS)", "site not found"),
    ("private network", "private address"),
    ("--allow-private", "private address"),
)
"""An error in two words, by what it says."""
_OFFLINE = "is this computer online?"
FEW_OFFLINE = 2
"""Feeds that say so together before the computer is taken to be offline."""
_SHELL_WORDS = ("; --allow-private lets a feed be there", " (--user)")
"""What an error says to those who sit at a shell."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A feed that needs a person: what happened, what is safe, what to do. `grave`: asking again will not help."""

    feed: Feed
    what: str
    safe: str
    steps: tuple[Step, ...]
    grave: bool = False


def needs_you(feed: Feed) -> bool:
    """Whether a feed waits for a decision or a look of the analyst."""
    return feed.status in ("error", "gone") or (bool(feed.moved_to) and not _same_place(feed.url, feed.moved_to))


def seems_offline(feed: Feed) -> bool:
    """Whether it failed as everything fails on a computer without a network."""
    return feed.status == "error" and _OFFLINE in feed.error


def unreached(feeds: Iterable[Feed]) -> list[Feed]:
    """Those that failed because the computer has no network; a single one that says so may well fail by itself."""
    found = [feed for feed in feeds if seems_offline(feed)]
    return found if len(found) >= FEW_OFFLINE else []


def trouble(feed: Feed, unread: int, now: datetime) -> Trouble:
    """What to say of a feed that needs her."""
    if feed.status not in ("error", "gone"):
        return Trouble(feed, "It has moved for good, and is asked there meanwhile", feed.moved_to, ("move", "site", "stop"))
    steps = _steps(feed)
    grave = feed.status == "gone" or "(403)" in feed.error
    return Trouble(feed, said(feed.error), safe(feed, unread, now), steps, grave=grave)


def said(error: str) -> str:
    """An error of a feed as one sentence for the window."""
    for words in _SHELL_WORDS:
        error = error.replace(words, "")
    return error[:1].upper() + error[1:] or "Nothing came"


def safe(feed: Feed, unread: int, now: datetime) -> str:
    """What is kept, and when the feed is asked again."""
    kept = (
        f"Everything it brought is kept; {counted(unread, 'article is', 'articles are')} unread."
        if unread
        else "What it brought is kept."
    )
    return f"{kept} {next_try(feed, now)}."


def next_try(feed: Feed, now: datetime) -> str:
    """When it is asked again, as a sentence without its full stop."""
    if feed.next_refresh is None:
        return "It is not asked again" if feed.status == "gone" else "It has not been asked yet"
    return f"Next try {short_time(feed.next_refresh, now)}" if feed.next_refresh > now else "It is due now"


def state(feed: Feed) -> str:
    """How it is, in two words."""
    if feed.status not in ("error", "gone") and needs_you(feed):
        return _STATES["moved"]
    if feed.status != "error":
        return _STATES.get(feed.status, feed.status)
    return next((brief for mark, brief in _BRIEFLY if mark in feed.error), "offline" if seems_offline(feed) else "failed")


def is_private(error: str) -> bool:
    """Whether it was refused because it is on this computer or a private network, which she may allow."""
    return "--allow-private" in error


def wants_login(error: str) -> bool:
    """Whether it wants a name and password."""
    return "(401)" in error or "keychain" in error


def offline(feeds: Sequence[Feed], now: datetime) -> tuple[str, str]:
    """What to say, once, of feeds that all failed for want of a network."""
    times = [feed.next_refresh for feed in feeds if feed.next_refresh is not None]
    soonest = f" Next try {short_time(min(times), now)}." if times and min(times) > now else ""
    names = ", ".join(apart(feed.title) for feed in feeds[:3])
    rest = f" and {len(feeds) - 3} more" if len(feeds) > 3 else ""
    return f"{counted(len(feeds), 'feed')} could not be reached: {names}{rest}", f"Everything is kept.{soonest}"


def _steps(feed: Feed) -> tuple[Step, ...]:
    if feed.status == "gone" or "(404)" in feed.error:
        return ("address", "site", "stop")
    if wants_login(feed.error):
        return ("login", "site", "stop")
    if is_private(feed.error):
        return ("private", "stop")
    if "against robots" in feed.error or "(403)" in feed.error:
        return ("site", "again", "stop")
    return ("again", "site", "stop")


def _same_place(one: str, other: str) -> bool:
    """Whether two addresses differ in what hardly matters: http or https, www, a last stroke."""
    return _place(one) == _place(other)


def _place(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    return parts.netloc.lower().removeprefix("www."), parts.path.rstrip("/"), parts.query
