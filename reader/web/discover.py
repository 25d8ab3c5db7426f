"""From a page to the feeds that it offers. Addresses are not guessed: what the page does not name is not asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.text import squeezed
from reader.web.clean import bearable, whole_address
from reader.web.decode import text_of_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

MAX_FOUND = 20
_TYPES = frozenset({
    "application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "application/x.atom+xml",
    "application/x-atom+xml", "application/rss", "application/atom", "text/rss+xml", "text/atom+xml", "text/rss",
})  # fmt: skip
_VAGUE_TYPES = frozenset({"application/json", "application/xml", "text/xml"})
_FEED_ADDRESS = re.compile(
    r"(?:[/._-](?:rss|atom|feed|feeds|rdf)(?:[_.-]?\w{0,12})?(?:\.(?:xml|rss|atom|rdf|json|php|aspx?))?/?|[?&](?:feed|format)=\w+)$"
    r"|\.(?:rss|atom|rdf)(?:\?|$)|//feeds?\.",
    re.IGNORECASE,
)
_COMMENTS = re.compile(r"comment|kommentar|commentaire|comentario", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Offer:
    """A feed that a page offers; the title is what the page calls it."""

    url: str
    title: str = ""


def offers(body: bytes, address: str, content_type: str = "") -> list[Offer]:
    """The feeds that a page offers, its main one first, comments last; of links in the text only where it declares none.

    Raises `ParseError` for a page that nobody could read.
    """
    import lxml.html  # noqa: PLC0415 - heavy: only children read pages

    markup = bearable(text_of_page(body, content_type))
    if not markup.strip():
        return []
    page = lxml.html.document_fromstring(re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", markup))
    base = next((whole_address(tag.get("href", ""), address) for tag in page.iter("base") if tag.get("href")), None) or address
    found = dict.fromkeys(_declared(page, base)) or dict.fromkeys(_linked(page, base))
    by_address: dict[str, Offer] = {}
    for offer in found:
        by_address.setdefault(offer.url, offer)
    ordered = sorted(by_address.values(), key=lambda offer: bool(_COMMENTS.search(f"{offer.url} {offer.title}")))
    return ordered[:MAX_FOUND]


def _declared(page: HtmlElement, base: str) -> Iterator[Offer]:
    for link in page.iter("link"):
        relations = (link.get("rel") or "").lower().split()
        kind = (link.get("type") or "").lower().split(";")[0].strip()
        href = (link.get("href") or "").strip()
        is_feed = kind in _TYPES or (kind in _VAGUE_TYPES and _FEED_ADDRESS.search(href))
        if not href or not (("alternate" in relations and is_feed) or "feed" in relations):
            continue
        if url := _feed_address(href, base):
            yield Offer(url, squeezed(link.get("title") or "")[:200])


def _linked(page: HtmlElement, base: str) -> Iterator[Offer]:
    for anchor in page.iter("a"):
        href = (anchor.get("href") or "").strip()
        if not href or href.startswith("#") or not _FEED_ADDRESS.search(href.split("#")[0]):
            continue
        url = _feed_address(href, base)
        if url and url.rstrip("/") != base.rstrip("/"):
            yield Offer(url, squeezed(anchor.text_content())[:200])


def _feed_address(href: str, base: str) -> str | None:
    return whole_address(re.sub(r"^feed:(?://)?(?=https?:)", "", href.replace("feed://", "http://", 1)), base)
