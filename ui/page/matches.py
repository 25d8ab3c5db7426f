"""Where the words of a search, and those of the find bar, stand in a page, and at which of them one is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.page.passages import Units

MOST_MARKS = 400
"""Places that are marked: a page with more of them is one ground of colour."""

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"  # Hangul, in which words grow together with what follows
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9d"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
_LETTER = rf"[^\W{_UNSPACED}]"
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")

Span = tuple[int, int]


class Matches:
    """The places of one page, in Qt's units. What the find bar looks for stands above what the search found."""

    def __init__(self, screen: str, units: Units) -> None:
        self._screen, self._units = screen, units
        self.marks: tuple[Span, ...] = ()
        self.found: tuple[Span, ...] = ()
        self.number = -1
        """Which of them one has gone to, from 0; below 0 before one has."""

    @property
    def places(self) -> tuple[Span, ...]:
        """Those that one goes through."""
        return self.found or self.marks

    @property
    def current(self) -> Span | None:
        """The place that one has gone to."""
        return self.places[self.number] if 0 <= self.number < len(self.places) else None

    def mark(self, words: Sequence[str]) -> None:
        """Words that a search found, wherever they stand."""
        self.marks = self._places("|".join(map(_whole, sorted(words, key=len, reverse=True)))) if words else ()
        if not self.found:
            self.number = -1

    def find(self, words: str) -> None:
        """Look for words, whatever their case and the spaces between them."""
        self.found = self._places(r"\s+".join(map(re.escape, words.split()))) if words.strip() else ()
        self.number = -1

    def go(self, step: int, seen_from: int) -> None:
        """Go to the next place (1) or the one before (-1), the first time from where the page is seen."""
        if not self.places:
            return
        if self.number < 0:
            following = next((number for number, (_, end) in enumerate(self.places) if end > seen_from), 0)
            self.number = following - (step < 0)
        else:
            self.number += step
        self.number %= len(self.places)

    def _places(self, pattern: str) -> tuple[Span, ...]:
        places: list[Span] = []
        for match in re.finditer(pattern, self._screen, re.IGNORECASE):
            places.append((self._units.to_units(match.start()), self._units.to_units(match.end())))
            if len(places) == MOST_MARKS:
                break
        return tuple(places)


def _whole(word: str) -> str:
    """An expression for a word that stands by itself; in a script without spaces nothing does."""
    before = "" if _IS_UNSPACED.match(word[0]) else f"(?<!{_LETTER})"
    after = "" if _IS_UNSPACED.match(word[-1]) else f"(?!{_LETTER})"
    return f"{before}{re.escape(word)}{after}"
