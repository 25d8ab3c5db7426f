"""An article's page to its text; alone knows trafilatura.

To be called in a child that can be killed: a page can be made to take long.
"""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from reader.errors import ParseError
from reader.records import Outlet, Picture, Record
from reader.text import domain_of, first_sentence, language_of, shortened, squeezed
from reader.web.clean import bearable, clean, plain_text, text_of, whole_address
from reader.web.dates import moment
from reader.web.decode import text_of_page

if TYPE_CHECKING:
    from datetime import datetime

MAX_EXCERPT = 400
FEWEST_CHARACTERS = 20
"""Below this there is no article in a page."""


def read(body: bytes, address: str = "", content_type: str = "") -> Record:
    """The article of a page: text, title, author, date, outlet, language, lead picture, and the address that it gives itself.

    `address` is where the page came from, "" for a saved one. Raises `ParseError` where there is no article in it.
    """
    markup = bearable(text_of_page(body, content_type))
    found = _extracted(markup, address)
    content = clean(str(found.text or ""), address) if found is not None else ""
    text = text_of(content)
    if found is None or len(text) < FEWEST_CHARACTERS:
        raise ParseError("there is no article text in this page")
    canonical = _own_address(_link(markup, "canonical"), address)
    title = squeezed(plain_text(found.title or "")) or first_sentence(text, 120)
    return Record(
        title=shortened(title, 500),
        excerpt=shortened(squeezed(plain_text(found.description or "")) or text[: 4 * MAX_EXCERPT], MAX_EXCERPT),
        content=content,
        content_type="text/html",
        text=text,
        author=_authors(found.author),
        date=_date(markup, found.date),
        web_url=canonical or address,
        original_url=address if canonical and canonical != address else "",
        amp_url=_own_address(_link(markup, "amphtml"), address) or "",
        provider=Outlet(squeezed(found.sitename or ""), domain_of(canonical or address)),
        language=language_of(f"{title}\n{text}", _language(markup)),
        images=tuple(_pictures(found.image, address)),
    )


def _extracted(markup: str, address: str) -> Any:
    """What trafilatura finds; `None` where it finds nothing.

    Measured against pages with known text: with recall favoured and the text's own formatting kept it is most often right.
    """
    from trafilatura.core import extract_with_metadata  # noqa: PLC0415 - heavy: only children read pages

    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what they find wrong with a page is not for the user
    return extract_with_metadata(
        markup,
        url=address or None,
        fast=True,
        favor_recall=True,
        include_comments=False,
        include_formatting=True,
        include_links=True,
        output_format="html",
    )


def _authors(said: str | None) -> str:
    names = [squeezed(plain_text(name)) for name in (said or "").split(";")]
    return ", ".join(dict.fromkeys(name for name in names if name))[:200]


def _pictures(url: str | None, address: str) -> list[Picture]:
    whole = whole_address(url or "", address)
    return [Picture(whole)] if whole else []


# What the page says of itself

_LINK = re.compile(r"<link\b[^<>]{0,2000}>", re.IGNORECASE)
_HREF = re.compile(r"""\bhref\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_HTML_LANGUAGE = re.compile(r"""<html\b[^<>]{0,1000}?\slang\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_MOMENT = r"""content\s*=\s*["']([^"']{8,40})"""
_PUBLISHED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"""<meta\b[^<>]{{0,300}}?["'](?:article:published_time|datePublished|date|dc\.date|pubdate)["'][^<>]{{0,200}}?{_MOMENT}""",
        rf"""<meta\b[^<>]{{0,200}}?{_MOMENT}["'][^<>]{{0,200}}?["'](?:article:published_time|datePublished)["']""",
        r""""datePublished"\s*:\s*"([^"]{8,40})\"""",
        r"""<time\b[^<>]{0,300}?datetime\s*=\s*["']([^"']{8,40})""",
    )
)


def _link(markup: str, relation: str) -> str:
    for tag in _LINK.findall(markup[:300_000]):
        if re.search(rf"\brel\s*=\s*[\"']?{relation}\b", tag, re.IGNORECASE):
            href = _HREF.search(tag)
            return href[1].replace("&amp;", "&") if href else ""
    return ""


def _own_address(told: str, address: str) -> str | None:
    """An address that the page gives itself, if it is of the same house: no page speaks for another."""
    whole = whole_address(told, address)
    if whole is None or (address and domain_of(whole) != domain_of(address)):
        return None
    return whole


def _language(markup: str) -> str:
    found = _HTML_LANGUAGE.search(markup[:20_000])
    return found[1] if found else ""


def _date(markup: str, day: str | None) -> datetime | None:
    """The moment of publication: the day that was found, to the second where the page names a moment of that day."""
    found = moment(day or "")
    for pattern in _PUBLISHED:
        told = pattern.search(markup)
        exact = moment(told[1]) if told else None
        if exact and (found is None or abs(exact - found) < timedelta(days=2)):
            return exact
    return found
