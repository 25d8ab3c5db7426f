"""What a feed said of an article, whatever its format, as a Record."""

from __future__ import annotations

import hashlib
import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.records import Outlet, ParsedItem, Picture, Record
from reader.text import domain_of, first_sentence, language_of, shortened, squeezed, tidied
from reader.web.clean import clean, plain_text, text_of, whole_address

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from reader.records import ContentType

MAX_EXCERPT = 400
MAX_TITLE = 500
MADE_TITLE = 120
"""Characters of a title that is made of the text where a feed gives none."""
MAX_PICTURES = 10
_LONGEST_GUID = 1000
NOBODY = Outlet()


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A piece of text as it came: HTML, or plain where `plain` is true."""

    said: str = ""
    plain: bool = False

    def __bool__(self) -> bool:
        return bool(self.said.strip())

    @property
    def is_plain(self) -> bool:
        """Whether it is to be read as it stands; what claims to be HTML and holds no tag has paragraphs as plain text has."""
        return self.plain or "<" not in self.said

    @property
    def text(self) -> str:
        """In plain text, with paragraphs."""
        if self.plain:
            return tidied(self.said)
        return tidied(html.unescape(self.said)) if self.is_plain else plain_text(self.said)

    @property
    def beginning(self) -> str:
        """As much of the text as an excerpt may need."""
        return Words(said=self.said[: 10 * MAX_EXCERPT], plain=self.plain).text


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What an item of a feed says, as its format has it."""

    guid: str = ""
    link: str = ""
    first_link: str = ""
    """Where a service that counts readers stands before `link`, the address that leads there."""
    base: str = ""
    """What relative addresses in the body stand on, where the item says so."""
    title: Words = Words()
    body: Words = Words()
    summary: Words = Words()
    author: str = ""
    date: datetime | None = None
    pictures: tuple[Picture, ...] = ()
    language: str = ""
    source: Outlet = NOBODY
    """The outlet that the item says it is from, in feeds that gather from others."""


def item(said: Said, address: str, fingerprint: bytes | None = None, repeated: frozenset[str] = frozenset()) -> ParsedItem:
    """An item of the feed at `address`.

    It is known by its guid, else by its link, else by its words. Guids in `repeated` stand for several items of the feed, and
    do so only together with the link. Without a `fingerprint` the words are taken.
    """
    link = whole_address(said.link, address) or ""
    if link.partition("#")[0] == address.partition("#")[0]:
        link = ""  # the feed itself is no article
    content, content_type, text = _content(said, said.base or link or address)
    told = squeezed(said.title.text) or squeezed(said.title.said)
    summary = said.summary.beginning if said.body else ""
    record = Record(
        title=shortened(told, MAX_TITLE) or first_sentence(text, MADE_TITLE),
        excerpt=shortened((summary or text)[: 4 * MAX_EXCERPT], MAX_EXCERPT),
        content=content,
        content_type=content_type,
        text=text,
        author=squeezed(said.author)[:200],
        date=said.date,
        web_url=link,
        original_url=whole_address(said.first_link, address) or "",
        provider=Outlet(squeezed(said.source.name), domain_of(said.source.domain) or domain_of(link)),
        language=_language(f"{told}\n{text}", said.language),
        images=_pictures(said.pictures, content, address),
    )
    guid = said.guid.strip()
    name = f"{guid}\n{link}" if guid in repeated else guid or link or _hash(record.title, content).hex()
    if len(name) > _LONGEST_GUID:
        name = _hash(name).hex()
    return ParsedItem(name, fingerprint or _hash(record.title, content or record.excerpt, link, guid), record)


def without_repetition(items: Iterable[ParsedItem]) -> tuple[ParsedItem, ...]:
    """The items, of those with the same name the first: feeds list the newest first."""
    return tuple({item.guid: item for item in reversed(list(items))}.values())[::-1]


def _hash(*words: str) -> bytes:
    return hashlib.blake2b("\0".join(words).encode("utf-8", "replace"), digest_size=16).digest()


def _content(said: Said, base: str) -> tuple[str, ContentType, str]:
    """The body to keep, its type, and its text; the summary where there is no body."""
    words = said.body or said.summary
    if not words:
        return "", "text/html", ""
    if words.is_plain:
        text = words.text
        return text, "text/plain", text
    cleaned = clean(words.said, base)
    return cleaned, "text/html", text_of(cleaned)


# Pictures

_SOURCE = re.compile(r'<img [^<>]*?\bsrc="([^"]+)"')
_ORNAMENTS = re.compile(r"//s\.w\.org/|/emoji/|/smilies/|feeds\.feedburner\.com|//feedads\.|/wp-includes/|gravatar\.com")


def _pictures(told: Iterable[Picture], content: str, address: str) -> tuple[Picture, ...]:
    """The pictures that the feed names, then those in the text; each once."""
    found: dict[str, Picture] = {}
    for picture in told:
        if url := whole_address(picture.url, address):
            found.setdefault(url, Picture(url, picture.width, picture.height))
    for source in _SOURCE.findall(content):
        url = html.unescape(source)
        if not _ORNAMENTS.search(url):
            found.setdefault(url, Picture(url))
    return tuple(found.values())[:MAX_PICTURES]


def size(written: object) -> int:
    """A number of pixels, 0 where it is none."""
    digits = re.match(r"\s*(\d{1,5})(?!\d)", str(written or ""), re.ASCII)
    return int(digits[1]) if digits else 0


# Languages

_COMMON = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to for that with from this are by have has not will which their been is was it as on at be",
        "de": "der die das und den von zu mit für auf ist nicht ein eine des dem sich",
        "fr": "le la les et des du une un est pour dans par qui sur pas aux au",
        "es": "el la los las del una que por con para es se como más su",
        "it": "il la che di per del della una con non sono gli dei nel alla",
        "nl": "de het een van en dat met voor zijn niet op aan wordt door ook",
        "pt": "o os da do das dos uma que para com não por em mais ao",
    }.items()
}
_LETTERS = re.compile(r"[^\W\d_]+")
_ENOUGH_WORDS, _ENOUGH_SHARE = 10, 0.12


def reads_as(text: str, language: str) -> bool:
    """Whether a text is surely in a language: a quick look at its commonest words. False also where that cannot be told."""
    words = _LETTERS.findall(text[:600].lower())
    common = _COMMON.get(language, frozenset())
    return len(words) >= _ENOUGH_WORDS and sum(word in common for word in words) >= _ENOUGH_SHARE * len(words)


def _language(text: str, said: str) -> str:
    """The language of a text. One that reads as what its feed says, or as English, is not looked at for long: that costs."""
    guess = said.strip().lower()[:2] or "en"
    if reads_as(text, guess):
        return guess
    enough = len(_LETTERS.findall(text[:200])) >= _ENOUGH_WORDS
    return language_of(text if enough or not said else "", said)
