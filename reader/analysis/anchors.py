"""A highlight found again in a text that changed.

A passage is kept as the W3C Web Annotation model says (https://www.w3.org/TR/annotation-model/#text-quote-selector): its words
with some before and after them, and its place. To find it again we ask, in this order: does it stand where it stood; do its
words stand anywhere among the words that surrounded it; do its old neighbours stand with nearly the same words between them.
In doubt it is an orphan: a highlight that is not shown is missed and can be set again, one that marks a look-alike is believed.

Words are compared folded: runs of white space count as one space, typographic quotes and dashes as plain ones, invisible
characters not at all. All places are code points in the text itself, not in its folded form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from reader.errors import Refused
from reader.records import Anchor

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTEXT = 32
"""How many code points before and after a passage are kept to know it by."""

LIKENESS = 0.8
"""A passage whose words changed is the same if at least this share of it stayed (`likeness`)."""

SPEAKS_FOR_ITSELF = 64
"""A quote with the context that still fits is known at this length, whatever became of the rest of its surroundings."""

LEAD = 8
"""By how many code points of fitting context the best place must beat the second best."""

EDGE = CONTEXT - LEAD
"""What the edge of the text counts as, in code points of fitting context: anything may be written before and after a passage."""

LONGEST_COMPARED = 20_000
"""A changed quote longer than this, in code points, is not searched for: comparing takes the square of its length."""

MOST_PLACES = 20_000
"""Words that stand more often than this in a text mark no place in it."""


def anchor(text: str, quote: str, prefix: str = "", suffix: str = "") -> Anchor:
    """The passage of `text` that reads `quote`, between `prefix` and `suffix` where they are given.

    Raises `Refused` if it does not stand there, or stands there more than once.
    """
    folded = _folded(text)
    sought = _folded(quote).words.strip()
    if not sought:
        raise Refused("a highlight needs the words that it marks")
    found = list(islice(_places(folded.words, sought), MOST_PLACES))
    if not found:
        raise Refused("these words do not stand in the text of the article")
    fitting = [place for place in found if _between(folded.words, place, len(sought), prefix, suffix)]
    if not fitting:
        raise Refused("these words stand in the article, but not after this prefix and before this suffix")
    if len(fitting) > 1:
        raise Refused(
            f"these words stand {len(fitting)} times in the article: say with a prefix or a suffix which place is meant",
        )
    return anchor_at(text, *folded.source(fitting[0], fitting[0] + len(sought)))


def anchor_at(text: str, start: int, end: int) -> Anchor:
    """The passage from code point `start` to before `end`, as it was selected. Raises `Refused` if it is empty or outside."""
    if not 0 <= start < end <= len(text):
        raise Refused(f"there is no passage from {start} to {end} in a text of {len(text)} characters")
    return Anchor(
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        start=start,
        end=end,
    )


def find(text: str, passage: Anchor) -> tuple[int, int] | None:
    """Where the passage stands in `text` now, as start and end in code points; `None`: an orphan."""
    if _unmoved(text, passage):
        return passage.start, passage.end
    folded, sought = _folded(text), _sought(passage)
    if not sought.words:
        return None
    found = _by_words(folded.words, sought) or _by_neighbours(folded.words, sought)
    return folded.source(*found) if found else None


def likeness(one: str, other: str) -> float:
    """How much two passages have in common, 0-1: twice their longest common subsequence over both lengths, folded."""
    a, b = _folded(one).words.strip(), _folded(other).words.strip()
    return 2 * _common(a, b) / (len(a) + len(b)) if a or b else 1.0


def _common(one: str, other: str) -> int:
    """Length of the longest common subsequence, a row of the table at a time in one integer (Hyyrö 2004, bit-parallel LCS)."""
    where: dict[str, int] = {}
    for place, letter in enumerate(one):
        where[letter] = where.get(letter, 0) | 1 << place
    whole = row = (1 << len(one)) - 1
    for letter in other:
        hit = row & where.get(letter, 0)
        row = ((row + hit) | (row - hit)) & whole
    return len(one) - row.bit_count()


def _unmoved(text: str, passage: Anchor) -> bool:
    before, after = text[: passage.start], text[passage.end :]
    return (
        text[passage.start : passage.end] == passage.exact
        and before[-CONTEXT:].endswith(passage.prefix)
        and after.startswith(passage.suffix)
        and bool(passage.prefix or not before)
        and bool(passage.suffix or not after)
    )


# Folding


_DROPPED = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e\ufeff"
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′ʼ", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
    },
)
_GAP = re.compile(rf"[\s{_DROPPED}]+")


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text as it is compared, and where its gaps lie in the text itself.

    Outside the gaps folding keeps every code point in its place, so that a list of gaps tells all places.
    """

    words: str
    gaps: tuple[tuple[int, int], ...]
    """For each gap: its end in the folded words, and how much longer the text itself is up to there."""

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The place in the text itself of a place in the folded words, without gaps at its edges."""
        return start + self._shift(start), end - 1 + self._shift(end - 1) + 1

    def _shift(self, place: int) -> int:
        low, high = 0, len(self.gaps)
        while low < high:
            middle = (low + high) // 2
            if self.gaps[middle][0] <= place:
                low = middle + 1
            else:
                high = middle
        return self.gaps[low - 1][1] if low else 0


def _folded(text: str) -> _Folded:
    pieces: list[str] = []
    gaps: list[tuple[int, int]] = []
    length = taken = 0
    for gap in _GAP.finditer(text):
        space = " " if re.search(r"\s", gap.group()) else ""
        pieces += text[taken : gap.start()], space
        length += gap.start() - taken + len(space)
        taken = gap.end()
        gaps.append((length, taken - length))
    pieces.append(text[taken:])
    return _Folded("".join(pieces).translate(_PLAIN), tuple(gaps))


def _places(words: str, sought: str) -> Iterator[int]:
    place = words.find(sought)
    while place >= 0:
        yield place
        place = words.find(sought, place + 1)


def _between(words: str, place: int, length: int, prefix: str, suffix: str) -> bool:
    """Whether the words before and after are as the user says; he need not say the white space."""
    before, after = words[:place].rstrip(), words[place + length :].lstrip()
    return before.endswith(_folded(prefix).words.strip()) and after.startswith(_folded(suffix).words.strip())


# Finding


@dataclass(frozen=True, slots=True)
class _Sought:
    """A passage as it is searched for, folded. An empty context means the edge of the text."""

    words: str
    prefix: str
    suffix: str


def _sought(passage: Anchor) -> _Sought:
    """Folded; white space at the passage's own edges belongs to its surroundings."""
    words = _folded(passage.exact).words
    inner = words.strip()
    led, trailed = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    return _Sought(inner, _folded(passage.prefix + led).words, _folded(trailed + passage.suffix).words)


def _by_words(words: str, sought: _Sought) -> tuple[int, int] | None:
    """The one place where the words stand and their surroundings speak for it."""
    places = list(islice(_places(words, sought.words), MOST_PLACES + 1))
    if not 0 < len(places) <= MOST_PLACES:
        return None
    ranked = sorted(((_fit(words, place, sought), -place) for place in places), reverse=True)
    (fit, negated), *others = ranked
    if others and fit - others[0][0] < LEAD:
        return None
    place = -negated
    known = len(sought.words) + fit >= SPEAKS_FOR_ITSELF or _has_a_whole_side(words, place, sought)
    return (place, place + len(sought.words)) if known else None


def _fit(words: str, place: int, sought: _Sought) -> int:
    """How many code points next to the place are as they were, both sides together."""
    return _side_before(words, place, sought) + _side_after(words, place, sought)


def _side_before(words: str, place: int, sought: _Sought) -> int:
    if not sought.prefix.strip():
        return EDGE if not words[:place].strip() else 0
    return _shared(reversed(words[max(0, place - len(sought.prefix)) : place]), reversed(sought.prefix))


def _side_after(words: str, place: int, sought: _Sought) -> int:
    end = place + len(sought.words)
    if not sought.suffix.strip():
        return EDGE if not words[end:].strip() else 0
    return _shared(iter(words[end : end + len(sought.suffix)]), iter(sought.suffix))


def _shared(one: Iterator[str], other: Iterator[str]) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _has_a_whole_side(words: str, place: int, sought: _Sought) -> bool:
    """Whether all that was kept of one side is still there. A side of a few letters, or the edge of the text, says too little."""
    sides = (
        (_side_before(words, place, sought), len(sought.prefix)),
        (_side_after(words, place, sought), len(sought.suffix)),
    )
    return any(length >= CONTEXT // 2 and shared == length for shared, length in sides)


def _by_neighbours(words: str, sought: _Sought) -> tuple[int, int] | None:
    """The place between both old neighbours, if its words are nearly those of the passage.

    Each neighbour must stand whole and only once, and names and figures must be the same: where a passage was deleted from
    among paragraphs that are all made alike, these are what tells the next of them from it.
    """
    start, end = _end_of_prefix(words, sought.prefix.rstrip()), _start_of_suffix(words, sought.suffix.lstrip())
    if start is None or end is None or len(sought.words) > LONGEST_COMPARED:
        return None
    inner = words[start:end]
    shorter, longer = sorted((len(inner), len(sought.words)))
    if 2 * shorter < LIKENESS * (shorter + longer) or likeness(inner, sought.words) < LIKENESS:
        return None
    if _names_and_figures(inner) != _names_and_figures(sought.words):
        return None
    return start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip())


def _names_and_figures(words: str) -> set[str]:
    """The words with a capital or a digit in them."""
    return {word for word in re.findall(r"\w+", words) if any(letter.isupper() or letter.isdigit() for letter in word)}


def _end_of_prefix(words: str, prefix: str) -> int | None:
    if not prefix:
        return 0
    found = list(islice(_places(words, prefix), 2))
    return found[0] + len(prefix) if len(found) == 1 else None


def _start_of_suffix(words: str, suffix: str) -> int | None:
    if not suffix:
        return len(words)
    found = list(islice(_places(words, suffix), 2))
    return found[0] if len(found) == 1 else None
