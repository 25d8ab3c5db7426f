"""Finding names by a few of their letters: whole words and beginnings first, letters with others between them last."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

Spans = tuple[tuple[int, int], ...]

_BEGINNING, _INSIDE, _SCATTERED = 0.0, 2.0, 4.0
"""What it costs to find a word at the beginning of another, inside of one, or letter by letter."""
_LONGEST = 120
"""Letters of a name that are looked at."""


@dataclass(frozen=True, slots=True)
class Match:
    """How well letters fit a name (less is better), and which of its letters they are."""

    cost: float
    spans: Spans


@lru_cache(maxsize=8192)
def folded(words: str) -> str:
    """Words without case and accents, letter for letter."""
    return "".join(_letter(letter) for letter in words[:_LONGEST])


def _letter(letter: str) -> str:
    if letter.isascii():
        return letter.lower()
    return (unicodedata.normalize("NFKD", letter)[:1].casefold() or letter)[:1]


def match(wanted: str, name: str, *, scattered: bool = True) -> Match | None:
    """How the words of `wanted` are found in a name, all of them; `None` where one is not."""
    words = folded(name)
    cost, spans = 0.0, list[tuple[int, int]]()
    for word in folded(wanted).split():
        found = _found(word, words) or (_scattered(word, words) if scattered else None)
        if found is None:
            return None
        cost += found.cost
        spans += found.spans
    return Match(cost + len(words) / 1000, tuple(sorted(set(spans))))


def _found(word: str, name: str) -> Match | None:
    at = name.find(word)
    first = at
    while at >= 0:
        if at == 0 or not name[at - 1].isalnum():
            return Match(_BEGINNING + min(at, 50) / 100, ((at, at + len(word)),))
        at = name.find(word, at + 1)
    return Match(_INSIDE + min(first, 50) / 100, ((first, first + len(word)),)) if first >= 0 else None


def _scattered(word: str, name: str) -> Match | None:
    """Letter after letter, at beginnings of words where that is possible; the first one always at one."""
    if len(word) < 2:
        return None
    spans, at = list[tuple[int, int]](), 0
    for letter in word:
        place = _beginning(letter, name, at)
        if place < 0 and spans:
            place = name.find(letter, at)
        if place < 0:
            return None
        spans.append((place, place + 1))
        at = place + 1
    gaps = spans[-1][1] - spans[0][0] - len(word)
    return Match(_SCATTERED + gaps / 20, tuple(spans))


def _beginning(letter: str, name: str, start: int) -> int:
    at = name.find(letter, start)
    while at > 0 and name[at - 1].isalnum():
        at = name.find(letter, at + 1)
    return at
