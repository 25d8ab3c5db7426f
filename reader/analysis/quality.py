"""How good an article is as a source, 0 to 100, with a receipt whose lines add up to the score.

What is looked at can be seen by anybody who opens the article: who publishes it, whether it is its own text, how long and
complete it is, who signed it when, what it leans on. Points are taken off for what spoils a text: what is around it on the page,
shouting, broken characters, the marks of texts that a machine put together. A quality that the source recorded stays as it is.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from reader.records import Receipt, ReceiptLine
from reader.text import domain_of, tokens, word_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reader.records import Reading

LOOKED_AT = 20_000
"""Characters of a text that are searched."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The most points that each part can give (the first eight, 100 together) or take."""

    standing: float = 30
    original: float = 10
    length: float = 20
    byline: float = 5
    date: float = 5
    sources: float = 10
    quotation: float = 10
    picture: float = 10
    spun: float = 40
    boilerplate: float = 15
    broken: float = 15
    shouting: float = 10
    missing: float = 10

    def balanced(self) -> Weights:
        """The same, with those that give points in whole points, in proportion: 100 together, whatever the analyst chose."""
        total = sum(getattr(self, name) for name in GIVING)
        if total in (0, 100):
            return self
        exact = {name: getattr(self, name) * 100 / total for name in GIVING}
        whole = {name: math.floor(share) for name, share in exact.items()}
        by_rest = sorted(GIVING, key=lambda name: whole[name] - exact[name])
        for name in by_rest[: 100 - sum(whole.values())]:
            whole[name] += 1
        return replace(self, **whole)


GIVING = ("standing", "original", "length", "byline", "date", "sources", "quotation", "picture")
"""The weights that give points."""
UNRATED = 50
"""Standing of a provider that nobody rated, neither the analyst nor we."""
FULL_LENGTH = 600
"""Words from which a text is as long as it needs to be."""


def receipt(
    reading: Reading, starting: Mapping[str, int] | None = None, *, copy: bool = False, weights: Weights | None = None
) -> Receipt:
    """Why an article has its quality.

    `starting` gives the standing of providers that the analyst did not rate, by domain; `copy` says that it repeats another text.
    """
    if reading.quality is not None:
        line = ReceiptLine("recorded", _plain(reading.quality), reading.quality, "recorded by its source, and kept as it came")
        return Receipt(reading.quality, (line,))
    chosen = weights or Weights()
    text = _text((reading.text or reading.excerpt)[:LOOKED_AT])
    lines = [
        _standing(reading, starting or {}, chosen),
        _original(copy, chosen),
        _length(reading, text.plain, chosen),
        *_signed(reading, chosen),
        _sources(reading, text, chosen),
        _quotation(text.plain, chosen),
        _picture(reading, chosen),
        *_spoiled(reading, text, chosen),
    ]
    total = sum(line.points for line in lines)
    if total < 0:
        lines.append(ReceiptLine("floor", _plain(total), -total, "a quality is never under 0"))
    return Receipt(max(0.0, total), tuple(lines))


def _plain(number: float) -> str:
    return f"{number:g}"


class _Text(NamedTuple):
    """A text as it is looked at: as it is, in lower case, and the tokens of that."""

    plain: str
    lowered: str
    tokens: list[str]


def _text(plain: str) -> _Text:
    lowered = plain.lower()  # four times as fast to search as with case ignored
    return _Text(plain, lowered, tokens(lowered))


def _holds(text: str, words: Iterable[str]) -> bool:
    """Whether any of these stands in a text: far quicker to tell than where, by a pattern."""
    return any(map(text.__contains__, words))


def _stands_in(text: _Text, phrases: Iterable[str], telling: frozenset[str]) -> bool:
    """Whether one of some phrases stands in a text; most texts have not even a word that tells of one (`_telling`)."""
    return not telling.isdisjoint(text.tokens) and _holds(text.lowered, phrases)


def _telling(phrases: Iterable[str]) -> frozenset[str]:
    """Of each phrase its longest word: where none of them is among the tokens of a text, no phrase stands in it."""
    return frozenset(max(tokens(phrase), key=len) for phrase in phrases)


# What gives points


def _standing(reading: Reading, starting: Mapping[str, int], weights: Weights) -> ReceiptLine:
    if not reading.provider:
        return ReceiptLine("provider", "not known", 0, "nobody answers for it")
    if reading.standing is not None:
        standing, why = reading.standing, "as the analyst rates it"
    elif (known := known_as(reading.url, reading.provider, starting)) is not None:
        standing, why = starting[known], f"starting value for {known}"
    else:
        standing, why = UNRATED, "nobody rated it yet"
    return ReceiptLine("provider", f"{reading.provider}, standing {standing}", round(weights.standing * standing / 100), why)


_PLAIN_HOST = re.compile(r"https?://([a-z\d.-]+)(?=[/?#]|\Z)", re.ASCII)
"""A host as nearly all addresses have it, which takes no care to read."""


def known_as(url: str, provider: str, starting: Mapping[str, object]) -> str | None:
    """The most exact domain that covers the article's host, for houses may share a domain; else the provider's."""
    plain = _PLAIN_HOST.match(url)
    host = (plain[1] if plain else urlsplit(url).hostname or "").split(".")
    covering = (".".join(host[at:]) for at in range(len(host) - 1))
    return next((domain for domain in (*covering, provider) if domain in starting), None)


def _original(copy: bool, weights: Weights) -> ReceiptLine:
    if copy:
        return ReceiptLine("originality", "a copy", 0, "another article of its thread has this text")
    return ReceiptLine("originality", "its own text", weights.original, "no article of its thread has this text before it")


_CUT_MARKS = ("...", "…", "Read more", "read more", "Continue reading", "continue reading", "Lire la suite", "lire la suite",
              "Weiterlesen", "weiterlesen", "Leer más", "leer más")  # fmt: skip
"""What stands where a text breaks off, perhaps with brackets around it."""
_CUT = re.compile(rf"(?:{'|'.join(map(re.escape, _CUT_MARKS))})\W*$")
_TAIL = 200
"""Characters at the end that are looked at for that."""


def _length(reading: Reading, text: str, weights: Weights) -> ReceiptLine:
    words = word_count(text)
    points = round(weights.length * min(1.0, words / FULL_LENGTH))
    tail = text[-_TAIL:]
    if _holds(tail, _CUT_MARKS) and _CUT.search(tail):
        return ReceiptLine("length", f"{words} words, cut off", points // 2, "half, for the text breaks off")
    excerpt_only = bool(reading.excerpt) and text.strip() == reading.excerpt.strip()
    return ReceiptLine(
        "length", f"{words} words", points, "an excerpt only" if excerpt_only else f"the full points from {FULL_LENGTH} words"
    )


def _signed(reading: Reading, weights: Weights) -> Iterator[ReceiptLine]:
    author = reading.author
    yield ReceiptLine(
        "byline", author or "none", weights.byline if author else 0, "who wrote it" if author else "nobody signed it"
    )
    day = reading.date.date().isoformat() if reading.date else "none"
    yield ReceiptLine("date", day, weights.date if reading.date else 0, "when it was published" if reading.date else "not known")


_SAID = frozenset({
    "said", "says", "told", "stated", "announced", "wrote", "spokesman", "spokeswoman", "spokesperson", "selon", "indique",
    "laut", "sagte", "erklärte", "zufolge", "según", "dijo", "afirmó", "declaró", "secondo", "volgens", "zei", "meldt", "aldus",
})  # fmt: skip
"""Words that name a source …"""
_SAID_IN_WORDS = (
    "according to", "in a statement", "a déclaré", "a annoncé", "d'après", "d’après", "teilte mit", "ha dichiarato", "ha detto",
)  # fmt: skip
"""… and what takes several words to do so."""
_SAID_TELLING = _telling(_SAID_IN_WORDS)
_SAYING = re.compile(rf"\b(?:{'|'.join(_SAID_IN_WORDS)})\b")
_LINKS_ENOUGH, _SAID_ENOUGH = 3, 3


def _sources(reading: Reading, text: _Text, weights: Weights) -> ReceiptLine:
    """Half the points for what it links to elsewhere, half for whom it names as a source."""
    hosts = set(map(domain_of, reading.links)) - {"", domain_of(reading.url)} if reading.links else set()
    named = sum(map(_SAID.__contains__, text.tokens))
    if _stands_in(text, _SAID_IN_WORDS, _SAID_TELLING):
        named += len(_SAYING.findall(text.lowered))
    half = weights.sources / 2
    points = math.floor(half * min(1, len(hosts) / _LINKS_ENOUGH)) + math.floor(half * min(1, named / _SAID_ENOUGH))
    return ReceiptLine(
        "sources", f"links to {len(hosts)} places, names its sources {named} times", points, "what a reader can go and check"
    )


_QUOTED = re.compile(r"[“„«\"»]([^“”„«»\"]{25,600})[”“»\"«]")


def _quotation(text: str, weights: Weights) -> ReceiptLine:
    quotes = len(_QUOTED.findall(text))
    points = weights.quotation if quotes >= 2 else math.floor(weights.quotation * 0.6) if quotes else 0
    return ReceiptLine("quotation", str(quotes), points, "passages in the words of somebody else")


def _picture(reading: Reading, weights: Weights) -> ReceiptLine:
    return ReceiptLine("picture", str(reading.images), weights.picture if reading.images else 0, "with the article")


# What takes points


def _spoiled(reading: Reading, text: _Text, weights: Weights) -> Iterator[ReceiptLine]:
    if not text.plain.strip():
        yield ReceiptLine("text", "missing", -weights.missing, "there is nothing but a title")
        return
    yield from _taken("machine-made text", _marks_of_spinning(text.plain), 8, weights.spun)
    yield from _taken("boilerplate", _boilerplate(text), 3, weights.boilerplate)
    yield from _taken("broken characters", _broken(reading.title + "\n" + text.plain), 5, weights.broken)
    yield from _taken("shouting", _shouting(reading.title, text.plain), 5, weights.shouting)


def _taken(what: str, marks: list[str], each: float, most: float) -> Iterator[ReceiptLine]:
    if marks:
        shown = ", ".join(f"“{mark}”" for mark in marks[:3])
        yield ReceiptLine(what, shown, -min(most, each * len(marks)), f"{len(marks)} marks of it, {each:g} points each")


_GLUED = re.compile(r"[a-z)”’]\.[A-ZÀ-ÞĂĬĔŎŬ][a-zà-ÿA-Z]+")
_NO_SPACE = re.compile(r"\.[A-ZÀ-ÞĂĬĔŎŬ]")
"""What a sentence glued to the next one has in it: quickly looked for."""
_TAG_LINE = re.compile(r"(?m)^[^\S\n]*#\w+(?: [\w'-]+){3,}[^\S\n]*$")
_BREAK = re.compile(r"\.\s?(?=[A-ZĬ])")
_BREAKS_OFF = re.compile(r"\b(?:and|or|of|the|to|with|by|for|und|et|y|e|en)\Z")
_LONGEST_LAST = 6
"""Characters that tell whether the last word before a break is one of these."""
_STRAY = re.compile("[ĂăĔĕĬĭŎŏŬŭ]")
_USES_BREVES = frozenset({"ro", "vi", "tr", "la", "eo", "ko"})


def _marks_of_spinning(text: str) -> list[str]:
    """What machines leave that paste texts together.

    Sentences without a space between them, broken-off ends, letters that no word of the language has, a line of search words.
    """
    marks = _GLUED.findall(text) if _NO_SPACE.search(text) else []
    marks += _broken_off(text)
    marks += [match[0].strip() for match in _TAG_LINE.finditer(text)] if "#" in text else []
    if not text.isascii():
        marks += sorted(set(_STRAY.findall(text)))
    return [mark for mark in marks if not _WEB.search(mark)]


def _broken_off(text: str) -> Iterator[str]:
    """Ends of sentences that cannot be one."""
    for end in _BREAK.finditer(text):
        last = _BREAKS_OFF.search(text[max(0, end.start() - _LONGEST_LAST) : end.start()])
        if last:
            yield f"{last[0]}."


_WEB = re.compile(r"\.(?:Com|Org|Net|NET|Js|JS)\b|\bU\.S|[a-z]\.[A-Z]{2,4}$")
_AROUND_WORDS = (
    "subscribe", "newsletter", "sign up for", "sign up to", "follow us", "cookie policy", "cookie settings",
    "all rights reserved", "affiliate", "earn a commission", "advertising", "advertise with", "partner with us",
    "delivered to your inbox", "join the", "join our", "share this", "related articles", "related posts", "more from",
    "whatsapp", "click here", "terms of use", "terms of service", "abonnez-vous", "inscrivez-vous", "newsletter abonnieren",
    "jetzt abonnieren", "suscríbete", "iscriviti", "schrijf je in",
)  # fmt: skip
_JOIN_MANY = re.compile(r"join \d")
_AROUND_TELLING = _telling(_AROUND_WORDS)
_AROUND = re.compile(rf"(?im)^.{{0,120}}?\b(?:{'|'.join(_AROUND_WORDS)}|{_JOIN_MANY.pattern})\b.*$")


def _boilerplate(text: _Text) -> list[str]:
    """Lines that belong to the page, not to the article."""
    if not _stands_in(text, _AROUND_WORDS, _AROUND_TELLING) and not _JOIN_MANY.search(text.lowered):
        return []
    return [match[0].strip()[:40] for match in _AROUND.finditer(text.plain)]


_MOJIBAKE = re.compile(r"Ã[\x80-\xBF©¨ªäëïöüß§¢®´¼]|â€[™œ\x9d“”˜\"]?|Â[  £§©®»«]|ï¿½|\ufffd|&(?:amp|quot|nbsp|#\d{2,5});")


def _broken(text: str) -> list[str]:
    """Characters that were read in the wrong encoding, or left as entities."""
    if text.isascii() and "&" not in text:
        return []
    return [match[0] for match in _MOJIBAKE.finditer(text)]


_LOUD_WORD = re.compile(r"\b[A-ZÀ-Þ]{4,}\b")
_LOUD_MARKS = ("!!", "!?", "?!", "??")
_LOUD_MARK = re.compile(r"[!?]{2,}")


def _shouting(title: str, text: str) -> list[str]:
    """Titles in capitals, and strings of exclamation marks."""
    words = title.split()
    loud = _LOUD_WORD.findall(title)
    marks = loud if len(loud) >= 3 and len(loud) * 2 > len(words) else []
    both = f"{title}\n{text}"
    return marks + _LOUD_MARK.findall(both) if _holds(both, _LOUD_MARKS) else marks
