"""Subscribe: look at what is at an address, and add the feed, or the feeds that a page there offers."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from reader import keychain
from reader.errors import ChildFailed, ParseError, Refused, WebError
from reader.jobs import children
from reader.outcomes import Subscription
from reader.records import Progress
from reader.store import feeds
from reader.web import fetch as web
from reader.web.discover import offers
from reader.web.parse import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from reader.jobs.refresh import Fetch
    from reader.records import ParsedFeed
    from reader.store.database import Database
    from reader.web.discover import Offer
    from reader.web.fetch import Answer, Wanted

    Found = tuple[str, ParsedFeed]  # a feed, and the address to subscribe to

SECONDS, MEGABYTES = 20.0, 600
MAX_TRIED = 10
MAX_FILE = 10 << 20
FUTURE = timedelta(days=1)


def run(database: Database, wanted: Subscription, added: list[int], fetch: Fetch = web.get_all) -> Iterator[Progress]:
    """Subscribe to the feed at an address, or to the main one that a page there offers. The id of what is new goes to `added`.

    Raises `WebError` where nothing can be had, `ParseError` where there is no feed, `Refused` for one that is subscribed already
    or an address that makes no sense, `KeychainError` where a password cannot be kept. Then nothing was added.
    """
    yield Progress(0, 1, "Looking at the address")
    url, feed = look(wanted, most=1, fetch=fetch)[0]
    with database.write(undo="subscribe") as db:
        id = feeds.add(
            db,
            url,
            database.now(),
            title=wanted.title or feed.title,
            link=feed.link,
            folder=wanted.folder,
            username=wanted.username,
            allow_private=wanted.allow_private,
        )
        if id is None:
            raise Refused(f"you are subscribed to {url} already (feed {feeds.id_of(db, url)})")
        if wanted.username:
            keychain.store(feeds.uid(db, id), wanted.username, wanted.password)
    added.append(id)
    yield Progress(1, 1, "Subscribed")


def preview(
    place: str | Path, *, allow_private: bool = False, now: datetime | None = None, fetch: Fetch = web.get_all
) -> list[Found]:
    """What a subscription would bring: the feed at an address or in a file, or every feed that a page there offers.

    With `now` the problems tell of articles that are dated in the future. Raises `WebError`, `ParseError`, `Refused`.
    """
    if isinstance(place, str):
        found = look(Subscription(place, allow_private=allow_private), most=MAX_TRIED, fetch=fetch)
    else:
        found = [(str(place), _read(_bytes_of(place), "", ""))]
    return [(url, _with_dates(feed, now) if now else feed) for url, feed in found]


def previewing(database: Database, wanted: Subscription, found: list[Found], fetch: Fetch = web.get_all) -> Iterator[Progress]:
    """What a subscription would bring, feed by feed, into `found`, as a job; nothing is kept. Raises as `preview`."""
    yield Progress(0, 1, "Looking at the address")
    now = database.clock()
    found += [(url, _with_dates(feed, now)) for url, feed in look(wanted, most=MAX_TRIED, fetch=fetch)]
    yield Progress(1, 1, "Looked at the address")


def look(wanted: Subscription, *, most: int, fetch: Fetch = web.get_all) -> list[Found]:
    """The feed at an address, or up to `most` that a page there offers. Raises `WebError`, `ParseError`, `Refused`."""
    start = _request(_typed(wanted.url), wanted, wanted.url)
    [(_, answer)] = _answers([start], fetch)
    if isinstance(answer, WebError):
        raise answer
    try:
        return [(answer.moved_to or start.url, _read(answer.body, answer.url, answer.content_type))]
    except ParseError as no_feed:
        offered = _offers(answer)
        if not offered and _is_page(answer) and "log in at" not in no_feed.why:
            raise ParseError("there is a web page, and it offers no feed") from None
        if not offered:
            raise
    return _first_feeds(offered, wanted, most, fetch)


def _first_feeds(offered: Sequence[Offer], wanted: Subscription, most: int, fetch: Fetch) -> list[Found]:
    """The first of the offers that are feeds indeed, in their order."""
    found: dict[str, Found] = {}
    troubles: list[WebError | ParseError] = []
    asked = [_request(offer.url, wanted, wanted.url) for offer in offered[:MAX_TRIED]]
    for request, answer in _answers(asked, fetch):
        if isinstance(answer, WebError):
            troubles.append(answer)
            continue
        try:
            found[request.url] = (answer.moved_to or request.url, _read(answer.body, answer.url, answer.content_type))
        except ParseError as error:
            troubles.append(error)
    if not found:
        raise ParseError(f"the page offers feeds, but none can be read: {troubles[0]}")
    return [found[request.url] for request in asked if request.url in found][:most]


def _typed(url: str) -> str:
    """An address as people type it: also without its beginning."""
    url = url.strip().removeprefix("feed:").replace("feed://", "http://", 1)
    url = f"https:{url}" if url.startswith("//") else url
    if "://" not in url and "." in url.split("/")[0]:
        url = f"https://{url}"
    if not url.lower().startswith(("http://", "https://")) or not _names_a_host(url):
        raise Refused(f"{url[:80] or 'nothing'} is not an address on the web")
    return url


def _names_a_host(url: str) -> bool:
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:
        return False


def _request(url: str, wanted: Subscription, typed: str) -> Wanted:
    """What to ask for; what the analyst allows and says holds for the host that she named, and for no other."""
    same_host = urlsplit(url).hostname == urlsplit(_typed(typed)).hostname
    return web.Wanted(
        url=url,
        username=wanted.username if same_host else "",
        password=wanted.password if same_host else "",
        allow_private=wanted.allow_private and same_host,
    )


def _answers(asked: Sequence[Wanted], fetch: Fetch) -> Iterator[tuple[Wanted, Answer | WebError]]:
    with closing(fetch(asked, MAX_TRIED, 2)) as fetched:
        yield from (result for result in fetched if result is not None)


# In children


def _read(body: bytes, address: str, content_type: str) -> ParsedFeed:
    try:
        return children.run(parse, body, address, content_type, seconds=SECONDS, megabytes=MEGABYTES)
    except ChildFailed as error:
        raise ParseError(f"the feed could not be read: {error}") from None


def _offers(answer: Answer) -> list[Offer]:
    if not _is_page(answer):
        return []
    try:
        return children.run(offers, answer.body, answer.url, answer.content_type, seconds=SECONDS, megabytes=MEGABYTES)
    except ChildFailed as error:
        raise ParseError(f"the page could not be read: {error}") from None


def _is_page(answer: Answer) -> bool:
    return "html" in answer.content_type.lower() or b"<html" in answer.body[:5000].lower()


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_FILE:
            raise ParseError(f"{path} is larger than {MAX_FILE >> 20} MB")
        return path.read_bytes()
    except OSError as error:
        raise ParseError(f"{path} cannot be read: {error.strerror or error}") from None


def _with_dates(feed: ParsedFeed, now: datetime) -> ParsedFeed:
    ahead = sum(item.record.date is not None and item.record.date > now + FUTURE for item in feed.items)
    if not ahead:
        return feed
    return replace(feed, problems=(*feed.problems, f"{ahead} of {len(feed.items)} articles are dated in the future"))
