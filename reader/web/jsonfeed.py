"""JSON Feed (https://www.jsonfeed.org/version/1.1/), and RSS that was written as JSON. Takes whatever is of the right kind."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from reader.errors import ParseError
from reader.records import Outlet, ParsedFeed, Picture
from reader.text import squeezed
from reader.web.clean import whole_address
from reader.web.dates import moment
from reader.web.items import Said, Words, item, size, without_repetition

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_ITEMS = 5_000


def is_json(body: bytes) -> bool:
    """Whether a document that should be a feed is one in JSON."""
    return body[:200].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}


def parse(body: bytes, address: str, known: frozenset[bytes] = frozenset()) -> ParsedFeed:
    """Read a feed in JSON. Raises `ParseError`."""
    feed = _feed(body)
    items, language = _list(feed, "items") or _list(feed, "item"), _text(feed, "language")
    fresh = [(_fingerprint(entry), entry) for entry in items[:MAX_ITEMS] if isinstance(entry, dict)]
    new = [(print_, entry) for print_, entry in fresh if print_ not in known]
    return ParsedFeed(
        title=squeezed(_text(feed, "title")),
        link=whole_address(_text(feed, "home_page_url") or _text(feed, "link"), address) or "",
        language=language,
        ttl=max(0, size(feed.get("ttl"))) * 60,
        items=without_repetition(item(_said(entry, feed, language), address, print_) for print_, entry in new),
        known=len(fresh) - len(new),
        problems=(f"only the first {MAX_ITEMS} of {len(items)} items were read",) if len(items) > MAX_ITEMS else (),
    )


def _feed(body: bytes) -> dict[str, Any]:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        where = f" at line {line}" if line else ""
        raise ParseError(f"this looks like a feed in JSON, but is damaged{where}", line) from None
    if isinstance(document, dict):
        rss = document.get("rss")
        channel = rss.get("channel") if isinstance(rss, dict) else document
        is_feed = _list(document, "items") or "jsonfeed" in _text(document, "version") or channel is not document
        if isinstance(channel, dict) and is_feed:
            return channel
    raise ParseError("this is JSON, but not a feed")


def _fingerprint(entry: dict[str, Any]) -> bytes:
    return hashlib.blake2b(json.dumps(entry, sort_keys=True).encode(), digest_size=16).digest()


def _said(entry: dict[str, Any], feed: dict[str, Any], language: str) -> Said:
    guid, link = _text(entry, "id") or _text(entry, "guid"), _text(entry, "url") or _text(entry, "link")
    external = _text(entry, "external_url")
    body = Words(said=_text(entry, "content_html"))
    description = Words(said=_text(entry, "description"))
    plain = Words(said=_text(entry, "content_text"), plain=True)
    written = _text(entry, "date_published") or _text(entry, "pubDate") or _text(entry, "date_modified")
    return Said(
        guid=guid,
        link=link or external or (guid if guid.startswith(("http://", "https://")) else ""),
        title=Words(said=_text(entry, "title"), plain="pubDate" not in entry),
        body=body or plain or description,
        summary=Words(said=_text(entry, "summary"), plain=True),
        author=_authors(entry) or _authors(feed),
        date=moment(written, None, language),
        pictures=tuple(_pictures(entry)),
        language=_text(entry, "language") or language,
        source=Outlet(),
    )


def _authors(holder: dict[str, Any]) -> str:
    author = holder.get("author")
    if isinstance(author, str):
        return author
    told = [*_list(holder, "authors"), author]
    return ", ".join(dict.fromkeys(_text(one, "name") for one in told if isinstance(one, dict) and _text(one, "name")))


def _pictures(entry: dict[str, Any]) -> Iterator[Picture]:
    for name in ("image", "banner_image"):
        if url := _text(entry, name):
            yield Picture(url)
    for attachment in _list(entry, "attachments"):
        if isinstance(attachment, dict) and _text(attachment, "mime_type").startswith("image/") and _text(attachment, "url"):
            yield Picture(_text(attachment, "url"))


def _text(holder: dict[str, Any], name: str) -> str:
    """A value that is text, or a number that stands for one (ids often are); "" for anything else."""
    value = holder.get(name)
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _list(holder: dict[str, Any], name: str) -> list[Any]:
    value = holder.get(name)
    return value if isinstance(value, list) else []
