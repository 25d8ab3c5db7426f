"""From places on the screen to places in an article's text, and back.

The page shows the text with bullets, captions and notes between it, without its title said twice, with other white space and
with invisible gaps in long words. So both are compared without white space and without what cannot be seen. Qt counts UTF-16
units; the library counts code points: places on the screen are the former, places in the text the latter.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SEEN = re.compile(
    r"[^\s\x00-\x1f\x7f-\x9f\u00ad\u061c\u115f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufdd0\ufdd1\ufffc\ufffe\uffff]+"
)
"""What is left: Qt puts U+FFFC where a picture is and U+FDD0/1 around tables; the rest is white space or cannot be seen."""
_FAR, _NEAR, _SHORT = 5_000, 12, 3
"""How far on words are looked for that do not come next: a short piece stands in too many places to be looked for far away."""
_FIRST_CONTEXT = 64
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of what the page shows, in order; `is_text`: words of the article's own text, not ours."""

    words: str
    is_text: bool


class Squeezed:
    """A text without white space and what cannot be seen, and where its characters stand in the text."""

    def __init__(self, text: str) -> None:
        seen, self._at, self._from = [], array("q"), array("q")
        length = 0
        for piece in _SEEN.finditer(text):
            self._at.append(length)
            self._from.append(piece.start())
            seen.append(piece[0])
            length += len(piece[0])
        self.words = "".join(seen)

    def source(self, place: int) -> int:
        """Where the character `place` stands in the text."""
        piece = bisect_right(self._at, place) - 1
        return self._from[piece] + place - self._at[piece]

    def place(self, source: int) -> int:
        """The first character that stands at `source` in the text, or after it."""
        piece = bisect_right(self._from, source) - 1
        if piece < 0:
            return 0
        end = self._at[piece + 1] if piece + 1 < len(self._at) else len(self.words)
        return min(self._at[piece] + source - self._from[piece], end)


class Units:
    """Code points and UTF-16 units of a string."""

    def __init__(self, text: str) -> None:
        self._astral = array("q", (found.start() for found in _ASTRAL.finditer(text)))
        self._wide = array("q", (place + number for number, place in enumerate(self._astral)))

    def to_units(self, place: int) -> int:
        """UTF-16 units before this code point."""
        return place + bisect_left(self._astral, place)

    def to_points(self, unit: int) -> int:
        """Code points before this UTF-16 unit."""
        return unit - bisect_left(self._wide, unit)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Characters that are the same in both, squeezed."""

    shown: int
    text: int
    length: int


class Passages:
    """What is shown beside the text that it shows. `screen` is the document's raw text, `pieces` what the page says it is."""

    def __init__(self, screen: str, pieces: Iterable[Shown], text: Squeezed, begin: int = 0) -> None:
        self._screen, self._text = Squeezed(screen), text
        self._units = Units(screen)
        self._stretches, self.end = _aligned(self._screen.words, pieces, text.words, begin)
        self._by_shown = [stretch.shown for stretch in self._stretches]
        self._by_text = [stretch.text for stretch in self._stretches]

    end: int
    """Where in the squeezed text this part of it ends: the next part begins there."""

    def text_range(self, start: int, end: int) -> tuple[int, int] | None:
        """The passage of the text that is selected on the screen; `None` where nothing of it is."""
        first = self._screen.place(self._units.to_points(start))
        last = self._screen.place(self._units.to_points(end))
        found = _across(self._stretches, self._by_shown, first, last, from_shown=True)
        return (self._text.source(found[0]), self._text.source(found[1] - 1) + 1) if found else None

    def screen_range(self, start: int, end: int) -> tuple[int, int] | None:
        """Where a passage of the text stands on the screen; `None` where nothing of it does."""
        first, last = self._text.place(start), self._text.place(end)
        found = _across(self._stretches, self._by_text, first, last, from_shown=False)
        if not found:
            return None
        ends = self._screen.source(found[0]), self._screen.source(found[1] - 1) + 1
        return self._units.to_units(ends[0]), self._units.to_units(ends[1])


def end_of(pieces: Iterable[Shown], text: Squeezed, begin: int) -> int:
    """Where in the squeezed text these pieces end, without showing them."""
    kept = tuple(pieces)
    screen = "".join(word for piece in kept for word in _SEEN.findall(piece.words))
    return _aligned(screen, kept, text.words, begin)[1]


def _aligned(screen: str, pieces: Iterable[Shown], text: str, begin: int) -> tuple[list[_Stretch], int]:
    """Which characters of the screen are which of the text. Piece after piece, in order: what is not found is nobody's."""
    stretches: list[_Stretch] = []
    shown, at = 0, begin
    for piece in pieces:
        words = "".join(_SEEN.findall(piece.words))
        if not words:
            continue
        if not screen.startswith(words, shown):
            break  # the screen is not what the page said: from here on nothing is claimed
        if piece.is_text:
            far = _FAR if len(words) > _SHORT else _NEAR
            found = at if text.startswith(words, at) else text.find(words, at, at + far + len(words))
            if found >= 0:
                stretches.append(_Stretch(shown, found, len(words)))
                at = found + len(words)
        shown += len(words)
    return stretches, at


def _across(
    stretches: Sequence[_Stretch], starts: Sequence[int], first: int, last: int, *, from_shown: bool
) -> tuple[int, int] | None:
    """From the first to behind the last character between `first` and `last`, on the other side."""
    begin, end = None, None
    for number in range(max(0, bisect_right(starts, first) - 1), len(stretches)):
        if starts[number] >= last:
            break
        stretch = stretches[number]
        inner = max(first - starts[number], 0), min(last - starts[number], stretch.length)
        if inner[0] < inner[1]:
            other = stretch.text if from_shown else stretch.shown
            begin = other + inner[0] if begin is None else begin
            end = other + inner[1]
    return None if begin is None or end is None else (begin, end)


def surroundings(text: str, start: int, end: int) -> tuple[str, str]:
    """Words before and after a passage, as many as tell it from every other that reads the same."""
    length = _FIRST_CONTEXT
    while True:
        prefix, suffix = text[max(0, start - length) : start], text[end : end + length]
        known = prefix + text[start:end] + suffix
        whole = length >= start and length >= len(text) - end
        if whole or text.find(known, text.find(known) + 1) < 0:
            return prefix, suffix
        length *= 4
