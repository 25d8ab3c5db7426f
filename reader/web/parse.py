"""The bytes of a feed to what it says; alone knows feedparser.

feedparser bears more brokenness than anything else. It is given bytes as a file (a string it would take for a path or an address,
and open), and neither cleans nor resolves: it is quadratic in both, and `clean` does it better.
"""

from __future__ import annotations

import html
import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reader.errors import ParseError
from reader.records import Outlet, ParsedFeed, Picture
from reader.text import squeezed
from reader.web import jsonfeed
from reader.web.clean import plain_text, whole_address
from reader.web.dates import moment
from reader.web.items import Said, Words, item, reads_as, size, without_repetition
from reader.web.scan import MAX_ITEMS, MAX_LOOSE_ITEMS, Scan, scan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from reader.records import ParsedItem

PART = MAX_ITEMS
_LONGEST_TTL = 7 * 24 * 3600
_WIDE = {b"\0<": "application/xml; charset=utf-16be", b"<\0": "application/xml; charset=utf-16le"}
"""What two bytes tell of a document that says nothing of its encoding."""
_PERIODS = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}


def parse(body: bytes, address: str = "", content_type: str = "") -> ParsedFeed:
    """What a feed says, all of it.

    `address` is where it came from, `content_type` what its server said of it. Raises `ParseError` for what is no feed; a damaged
    one is read as far as it goes, and `problems` says so.
    """
    feed = parse_part(body, address, content_type)
    items, start = feed.items, PART
    while feed.left:
        feed = parse_part(body, address, content_type, start=start)
        items, start = items + feed.items, start + PART
    return replace(feed, items=without_repetition(items))


def parse_part(
    body: bytes, address: str = "", content_type: str = "", known: frozenset[bytes] = frozenset(), start: int = 0
) -> ParsedFeed:
    """The same for a feed that was read before: items whose fingerprint is `known` are only counted.

    Of the others the first `start` are passed over, and `PART` read; `left` tells how many remain.
    """
    if not body.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise ParseError("the feed is empty: not one character in it")
    if jsonfeed.is_json(body):
        return jsonfeed.parse(body, address, known)
    found = scan(body, content_type, known, start)
    document = _read(found.body, address, found.content_type)
    if found.trimmed and len(document["entries"]) != len(found.fingerprints):  # feedparser takes it apart otherwise
        found = replace(found, body=body, content_type=content_type, fingerprints=(), known=0, left=0, trimmed=False)
        document = _read(body, address, content_type)
    feed, entries, whole = document["feed"], document["entries"], _ends(body)
    if entries and not whole and _ends_in_a_name(body):
        del entries[-1]  # half an address would make another article of it
    if not document.get("version") and not entries:
        raise ParseError(_not_a_feed(body))
    language = _said(feed, "language")
    items, troubled = _items(entries, found, address, language or _guessed(entries))
    new = [one for one in items if one.fingerprint not in known]
    return ParsedFeed(
        title=_words(feed, "title").text.replace("\n", " ") if _words(feed, "title") else "",
        link=whole_address(_said(feed, "link"), address) or "",
        language=language,
        ttl=_ttl(feed),
        items=without_repetition(new),
        known=found.known + len(items) - len(new),
        left=found.left,
        whole=whole,
        problems=tuple(_problems(document, len(entries), troubled, found)),
    )


def _read(body: bytes, address: str, content_type: str) -> dict[str, Any]:
    import feedparser.api  # noqa: PLC0415 - heavy: only the children that read feeds need it

    feedparser.api.PREFERRED_XML_PARSERS[:] = ["reader.web.sax"]
    if "charset" not in content_type:
        content_type = _WIDE.get(body[:2], content_type)
    headers = {"content-type": content_type or "application/xml", "content-location": whole_address(address) or ""}
    try:
        document: dict[str, Any] = feedparser.parse(
            io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - "encoding" may name any codec of Python, and what codecs raise is anybody's guess
        raise ParseError(f"the feed cannot be read ({type(error).__name__})") from None
    return document


def _guessed(entries: list[Any]) -> str:
    """English, where a feed that does not say its language reads so as a whole: most do, and titles alone tell little."""
    return "en" if reads_as(" ".join(_said(entry, "title") for entry in entries[:20]), "en") else ""


def _items(entries: list[Any], found: Scan, address: str, language: str) -> tuple[list[ParsedItem], int]:
    """The items, and how many could not be read."""
    repeated = found.repeated or _repeated(entries)
    repeated |= {whole for guid in repeated if (whole := whole_address(guid, address))}  # as feedparser gives one that is a link
    items: list[ParsedItem] = []
    troubled = 0
    for place, entry in enumerate(entries):
        fingerprint = found.fingerprints[place] if found.trimmed else None
        try:
            items.append(item(_entry(entry, address, language), address, fingerprint, repeated))
        except (ValueError, TypeError, LookupError, AttributeError):  # an entry of a shape that nobody thought of
            troubled += 1
    return items, troubled


def _repeated(entries: list[Any]) -> frozenset[str]:
    guids = [_said(entry, "id").strip() for entry in entries]
    return frozenset(guid for guid in guids if guid and guids.count(guid) > 1) if len(set(guids)) < len(guids) else frozenset()


# An entry


def _entry(entry: Any, address: str, language: str) -> Said:
    body = _body(entry)
    base = str(body.get("base") or "") if body else ""
    link = _said(entry, "link")
    first = _said(entry, "feedburner_origlink")
    source = entry.get("source") if isinstance(entry.get("source"), dict) else {}
    return Said(
        guid=_said(entry, "id"),
        link=first or link or _permalink(entry),
        first_link=link if first else "",
        base=base if base != address else "",
        title=_words(entry, "title"),
        body=_as_words(body),
        summary=_words(entry, "summary"),
        author=_author(entry),
        date=_date(entry, language),
        pictures=tuple(_pictures(entry)),
        language=str((body or {}).get("language") or language),
        source=Outlet(_words(source, "title").text, _said(source, "href") or _said(source, "link")) if source else Outlet(),
    )


def _date(entry: Any, language: str) -> datetime | None:
    dates = (
        moment(_said(entry, name), dict.get(entry, f"{name}_parsed"), language) for name in ("published", "updated", "created")
    )
    return next((date for date in dates if date), None)


def _said(holder: Any, name: str) -> str:
    """A value that is text. The `get` of feedparser would answer with another value, and a warning."""
    value = dict.get(holder, name)
    return value if isinstance(value, str) else ""


def _words(holder: Any, name: str) -> Words:
    detail = dict.get(holder, f"{name}_detail")
    if isinstance(detail, dict) and isinstance(detail.get("value"), str):
        return _as_words(detail)
    return Words(said=_said(holder, name))


def _as_words(detail: Any) -> Words:
    if not detail:
        return Words()
    said, kind = str(detail.get("value") or ""), str(detail.get("type") or "")
    if kind == "text/plain":
        return Words(said=html.unescape(said), plain=True)  # escaped twice often enough, where it need not be once
    return Words(said=said)


def _body(entry: Any) -> Any:
    """The longest of the bodies that are text; `None` where there is none."""
    bodies = [
        content
        for content in dict.get(entry, "content") or ()
        if isinstance(content, dict) and str(content.get("type", "")).startswith(("text/", "application/xhtml"))
    ]
    return max(bodies, key=lambda content: len(str(content.get("value") or "")), default=None)


def _permalink(entry: Any) -> str:
    """An address in place of a link: a guid that is one, or the first link of any kind."""
    guid = _said(entry, "id")
    if guid.startswith(("http://", "https://")):
        return guid
    links = [link for link in dict.get(entry, "links") or () if isinstance(link, dict)]
    return next((_said(link, "href") for link in links if link.get("rel") != "enclosure" and _said(link, "href")), "")


def _author(entry: Any) -> str:
    authors = [author for author in dict.get(entry, "authors") or () if isinstance(author, dict)]
    names = [plain_text(_said(author, "name")) for author in authors if "@" not in _said(author, "name")]
    found = ", ".join(dict.fromkeys(name for name in names if name))
    said = _said(entry, "author")
    return found or (plain_text(said) if "@" not in said else "")


_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:[?#]|$)", re.IGNORECASE)


def _pictures(entry: Any) -> Iterator[Picture]:
    for name in ("media_content", "media_thumbnail", "links"):
        for told in dict.get(entry, name) or ():
            if not isinstance(told, dict) or (name == "links" and told.get("rel") != "enclosure"):
                continue
            url = _said(told, "url") or _said(told, "href")
            kind = _said(told, "medium") + _said(told, "type")
            if url and (name == "media_thumbnail" or kind.startswith("image") or (not kind and _PICTURE.search(url))):
                yield Picture(url, size(told.get("width")), size(told.get("height")))
    image = dict.get(entry, "image")
    if isinstance(image, dict) and _said(image, "href"):
        yield Picture(_said(image, "href"))


# The feed as a whole


def _ttl(feed: Any) -> int:
    """How long the feed asks to be left alone, in seconds: RSS's `ttl` (minutes), or the syndication module's period."""
    minutes = _said(feed, "ttl").strip()
    if minutes.isdecimal():
        return min(int(minutes[:9]) * 60, _LONGEST_TTL)
    period = _PERIODS.get(_said(feed, "sy_updateperiod").strip().lower(), 0)
    times = _said(feed, "sy_updatefrequency").strip()
    return min(period // max(1, int(times[:4]) if times.isdecimal() else 1), _LONGEST_TTL)


_END = re.compile(rb"</\s*(?:[\w-]+:)?(?:rss|feed|rdf|channel)\s*>[^<>]*(?:<!--.*?-->\s*)*$", re.IGNORECASE | re.DOTALL)


def _ends(body: bytes) -> bool:
    """Whether a document ends with the end of a feed, in an encoding in which that can be seen."""
    tail = body[-2000:].replace(b"\0", b"")
    return _END.search(tail) is not None


_ITEM_EDGE = re.compile(rb"<(/?)(?:[\w-]+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_LINK_DONE = re.compile(rb"</link>|<link\b[^<>]*/>", re.IGNORECASE)
_NAME_BEGUN, _NAME_DONE = re.compile(rb"<(?:guid|id)[\s>]", re.IGNORECASE), re.compile(rb"</(?:guid|id)>", re.IGNORECASE)


def _ends_in_a_name(body: bytes) -> bool:
    """Whether a document stops in the middle of an item before that has told which article it is."""
    last = None
    for edge in _ITEM_EDGE.finditer(body):
        last = edge
    if last is None or last[1]:
        return False
    item = body[last.end() :]
    return not _LINK_DONE.search(item) or (_NAME_BEGUN.search(item) is not None and not _NAME_DONE.search(item))


def _problems(document: dict[str, Any], entries: int, troubled: int, found: Scan) -> Iterator[str]:
    error = document.get("bozo_exception")
    if document.get("bozo") and error is not None and not found.well_formed:
        line = _line(error)
        if line:
            yield f"the feed is damaged at line {line}; what could be read of it was"
        elif not type(error).__name__.startswith(("NonXMLContentType", "CharacterEncodingOverride")):
            yield "the feed is damaged; what could be read of it was"
    if not found.trimmed and entries >= MAX_LOOSE_ITEMS:
        yield f"only the first {MAX_LOOSE_ITEMS} items were read"
    if troubled:
        yield f"{troubled} of {entries} items could not be read"


def _line(error: Any) -> int:
    try:
        return int(error.getLineNumber() or 0)
    except (AttributeError, TypeError, ValueError):
        return 0


_TITLE = re.compile(r"<title[^>]{0,500}>([^<]{0,300})", re.IGNORECASE)
_PASSWORD = re.compile(r"type\s*=\s*[\"']?password", re.IGNORECASE)


def _not_a_feed(body: bytes) -> str:
    """What it is instead, in the user's words."""
    start = body[:200_000].decode("utf-8", "replace")
    low = start[:5_000].lower()
    if "<html" in low or "<!doctype html" in low:
        if _PASSWORD.search(start):
            return "there is a page to log in at, not a feed: of the site, or of the network that you are in"
        title = _TITLE.search(start)
        named = f" (“{squeezed(plain_text(title[1]))[:80]}”)" if title and title[1].strip() else ""
        return f"there is a web page{named}, not a feed: it may have moved, or your network may want you to log in"
    if "<opml" in low:
        return "this is a list of feeds (OPML): import it instead"
    if "<urlset" in low or "<sitemapindex" in low:
        return "this is a site map, not a feed"
    if "<rss" in low or "<feed" in low or "<rdf:rdf" in low:
        return "the feed is too damaged to be read"
    return "this is not a feed" + (" but something binary" if b"\0" in body[:1000] else "")
