"""An article as weighted terms, and as the few numbers by which copies of its text are known.

Three channels in one vector of length 1: stems of the title (twice) and of the beginning of the text; parts of the title, four
letters each, which also meet across languages and spellings; and facts that are the same in every language: sums of money,
counts, case numbers, laws, authorities, companies. Each term counts by how often it stands here, and by how few threads it
stands in (TF-IDF; see `Rarity`). A vector is made once, when the article is grouped, and kept: what was grouped before
is never weighed anew, so that grouping goes on after a restart exactly where it stopped.
"""

from __future__ import annotations

import math
import re
import struct
from array import array
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from sys import byteorder
from typing import TYPE_CHECKING
from zlib import crc32

from reader.analysis.stems import gram, latin, stem_number, terms
from reader.text import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reader.records import Fact, Reading

BEGINNING = 1500
"""Characters of the text that are looked at: what an article is about, it says first."""
TITLE = 2
"""How often a word of the title counts."""
FACT = 3
"""How often a fact counts, however often it stands there."""
WORDS = 80
"""Words of a vector, the weightiest."""
GRAM_WEIGHT = 0.7
"""Of a part of the title, beside a word, in a title alone: it says too little for its words to meet in one form …"""
TITLE_WORDS = 10
"""… which has no more words than this. With more of them a part weighs less …"""
ENOUGH_WORDS = 60
"""… and nothing from here on."""
GRAM_LENGTH = 4
BACKGROUND_THREADS = 40.0
"""Threads that every archive is taken to have had: in the first articles of a young one, every word would seem common."""

SKETCH = 40
"""Numbers that a sketch keeps. Of two texts they give the share that is the same within about 0.08 (bottom-k, Broder 1997)."""
_SHINGLE = 3
_SKETCHED = 4000
_HEADLINE_WORDS = 5

_VERSION = 1
_HEADER = struct.Struct("<B2sIIHHH")
_STEPS = 65535
_WEIGHTS = tuple(step / _STEPS for step in range(_STEPS + 1))
"""Every weight that there is, each once in memory, however many vectors have it."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What stands in an article: how often each word, which parts of the title, and the sketch of its text."""

    words: Mapping[int, int]
    grams: Mapping[int, int]
    """Each once."""
    fingerprint: int
    headline: int
    """Number of the whole title, 0 where it is too short to be told by."""
    sketch: tuple[int, ...]
    shingles: int
    language: str


@dataclass(frozen=True, slots=True)
class Vector:
    """An article as weighted terms of length 1, and its sketch."""

    weights: Mapping[int, float]
    fingerprint: int
    headline: int
    sketch: tuple[int, ...]
    shingles: int
    """How many runs of three words the text has; the sketch keeps the smallest numbers of them."""
    language: str = ""

    def packed(self) -> bytes:
        """As bytes, to be kept: the same on every machine."""
        numbers = array("I", (*self.weights, *self.sketch))
        weights = array("H", [int(weight * _STEPS + 0.5) for weight in self.weights.values()])
        if byteorder == "big":
            numbers.byteswap()
            weights.byteswap()
        header = _HEADER.pack(
            _VERSION,
            self.language.encode("ascii", "replace")[:2],
            self.fingerprint,
            self.headline,
            min(self.shingles, _STEPS),
            len(self.weights),
            len(self.sketch),
        )
        return header + numbers.tobytes() + weights.tobytes()


def unpacked(data: bytes) -> Vector | None:
    """The vector that was kept; `None` for one of an older kind, which has to be made again."""
    if len(data) < _HEADER.size or data[0] != _VERSION:
        return None
    _, language, fingerprint, headline, shingles, terms, sketch = _HEADER.unpack_from(data)
    numbers, weights = array("I"), array("H")
    start = _HEADER.size + 4 * (terms + sketch)
    numbers.frombytes(data[_HEADER.size : start])
    weights.frombytes(data[start:])
    if byteorder == "big":
        numbers.byteswap()
        weights.byteswap()
    weighed = dict(zip(numbers[:terms], map(_WEIGHTS.__getitem__, weights), strict=True))
    return Vector(weighed, fingerprint, headline, tuple(numbers[terms:]), shingles, language.rstrip(b"\0").decode("ascii"))


class Rarity:
    """In how many threads each term stands. Counted by the thread, so that one large story does not make its own words common.

    `background` is the share of other archives' threads that a term stands in.
    """

    def __init__(self, background: Mapping[int, float] | None = None) -> None:
        self._beforehand = {term: BACKGROUND_THREADS * share + 0.5 for term, share in (background or {}).items()}
        self.counts: dict[int, int] = {}
        self.threads = 0

    def of(self, terms: Iterable[int]) -> list[float]:
        """The weight of each term by its rarity (inverse document frequency, smoothed); not above 0 where it is everywhere."""
        whole = math.log(self.threads + BACKGROUND_THREADS + 1.5)
        known, beforehand, log = self.counts.get, self._beforehand.get, math.log
        return [whole - log(known(term, 0) + beforehand(term, 0.5)) for term in terms]

    def note(self, terms: Iterable[int]) -> None:
        """A thread has these terms now that it had not."""
        counts = self.counts
        for number in terms:
            counts[number] = counts.get(number, 0) + 1


def fingerprint(reading: Reading) -> int:
    """A number of everything that is read of an article: another one, another text."""
    text = reading.text or reading.excerpt
    return crc32(f"{reading.title}\n{reading.language}\n{text}".encode("utf-8", "replace"))


def terms_of(reading: Reading, facts: Iterable[Fact] = ()) -> Terms:
    """Read an article: its title, the beginning of its text, which is the excerpt where there is no other, and what it states."""
    title = headline(reading.title)
    text = reading.text or reading.excerpt
    said, body = terms(title, reading.language), terms(_prose(text[:_SKETCHED]), reading.language)
    words = Counter(body[: _words_within(body, text)])
    for number in said:
        words[number] += TITLE
    words.update(dict.fromkeys((stem_number(f"{fact.kind}:{fact.value}") for fact in facts if fact.kind in _TELLING), FACT))
    plain = " ".join(tokens(latin(title)))
    sketch, shingles = _sketch(body)
    return Terms(
        words=words,
        grams=_grams(plain) if len(words) < ENOUGH_WORDS else {},
        fingerprint=fingerprint(reading),
        headline=gram(plain) if plain.count(" ") >= _HEADLINE_WORDS - 1 else 0,
        sketch=sketch,
        shingles=shingles,
        language=reading.language,
    )


_TELLING = frozenset({"money", "count", "case", "law", "authority", "company"})


def _words_within(body: list[int], text: str) -> int:
    """How many of the terms belong to the beginning."""
    return len(body) if len(text) <= BEGINNING else len(body) * BEGINNING // min(len(text), _SKETCHED)


_TAIL = re.compile(r"\s+(?:[|–—»]|-|::)\s+([^|]{2,40})$")
_HEAD_WORDS, _TAIL_WORDS = 3, 5


def headline(title: str) -> str:
    """A title without the name of the outlet at its end ("… | The Daily Example", "… - Example News")."""
    while found := _TAIL.search(title):
        kept = title[: found.start()]
        if len(kept.split()) < _HEAD_WORDS or len(found[1].split()) > _TAIL_WORDS:
            break
        title = kept
    return title


_LINE = 40


def _prose(text: str) -> str:
    """A text without the short lines of menus and buttons, which say nothing of its subject."""
    if "\n" not in text:
        return text
    lines = text.split("\n")
    return "\n".join(line for line in lines if len(line) > _LINE or line.rstrip().endswith((".", "!", "?", "”", '"', "。")))


def _grams(plain: str) -> dict[int, int]:
    padded = f" {plain} "
    parts = [padded[at : at + GRAM_LENGTH] for at in range(len(padded) - GRAM_LENGTH + 1)] if plain else []
    return dict.fromkeys(map(gram, parts), 1)


def _sketch(body: list[int]) -> tuple[tuple[int, ...], int]:
    """The smallest numbers of all runs of three words, and how many runs there are."""
    mixed = [(first * 0x9E3779B1 ^ second * 0x85EBCA6B) & 0xFFFFFFFF for first, second in pairwise(body)]
    runs = {((first ^ second >> 15) * 0xC2B2AE35) & 0xFFFFFFFF for first, second in pairwise(mixed)}
    return tuple(sorted(runs)[:SKETCH]), len(runs)


_OFTEN = (0.0, *(1 + math.log(count) for count in range(1, 100)))
"""What a word weighs by how often it stands there …"""
_MOST = _OFTEN[-1]
"""… and at the most."""


def weighed(found: Terms, rarity: Rarity) -> Vector:
    """The vector of an article in an archive in which its terms are as rare as `rarity` says.

    Weights are rounded to what is kept, so that a vector is the same before and after.
    """
    rare = zip(found.words.items(), rarity.of(found.words), strict=True)
    words = {number: (_OFTEN[count] if count < 99 else _MOST) * weight for (number, count), weight in rare if weight > 0}
    if len(words) > WORDS:
        words = {
            number: -negative for negative, number in sorted([(-weight, number) for number, weight in words.items()])[:WORDS]
        }
    parts = zip(found.grams, rarity.of(found.grams), strict=True)
    if of_part := _gram_weight(len(words)):
        words.update({number: of_part * weight for number, weight in parts if weight > 0})
    scale = _STEPS / (math.hypot(*words.values()) or 1.0)
    weights = {number: _WEIGHTS[steps] for number, weight in words.items() if (steps := int(weight * scale + 0.5))}
    return Vector(weights, found.fingerprint, found.headline, found.sketch, found.shingles, found.language)


def _gram_weight(words: int) -> float:
    """The weight of a part of the title: the less, the more other words there are."""
    return GRAM_WEIGHT * min(1.0, max(0.0, (ENOUGH_WORDS - words) / (ENOUGH_WORDS - TITLE_WORDS)))
