"""Did you mean: for a word that nobody writes, the word of the index that it was probably meant to be.

The likeliest is sought as in Kernighan, Church, Gale: A Spelling Correction Program Based on a Noisy Channel Model (1990): how
common a word is, times how easily the slip happens. Neighbours swapped, a letter doubled or not, and the key beside it come most
easily.
"""

from __future__ import annotations

import math
from contextlib import suppress
from typing import TYPE_CHECKING

from reader.store.search.clock import OutOfTime
from reader.store.search.expanding import MOST_COMPARED
from reader.store.search.slips import near

if TYPE_CHECKING:
    from reader.store.search.clock import Clock
    from reader.store.search.segments import Snapshot

FIELDS = ("text", "title", "excerpt", "provider", "author")
SHORTEST = 4
"""Letters of a word from which it is corrected; from seven on it may have two slips."""

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_KEYS = {letter: (row, at + row * 0.4) for row, letters in enumerate(_ROWS) for at, letter in enumerate(letters)}


def likeliest(snapshot: Snapshot, word: str, clock: Clock) -> tuple[str, int] | None:
    """The word that this one was probably meant to be, and in how many articles it stands; `None` where none comes near."""
    if len(word) < SHORTEST or any(letter.isdigit() for letter in word):
        return None
    slips = 2 if len(word) >= 7 else 1
    counts: dict[bytes, int] = {}
    with suppress(OutOfTime):  # what was found by then will do
        for segment in snapshot.segments:
            for field in FIELDS:
                clock.check(0.7)
                dictionary = segment.arrays.dictionary(field)
                for at in dictionary.perhaps_near(word, slips)[: MOST_COMPARED - len(counts)].tolist():
                    other = dictionary[at]
                    counts[other] = counts.get(other, 0) + int(dictionary.frequencies[at])
    candidates = [(other.decode(), distance, counts[other]) for other, distance in near(word, counts, slips).items() if distance]
    if not candidates:
        return None
    best, _, count = max(candidates, key=lambda one: (math.log(one[2]) - _cost(word, one[0], one[1]), one[0]))
    return best, count


def _cost(typed: str, meant: str, distance: int) -> float:
    """How unlikely a slip is, on the scale of the logarithm of a frequency."""
    if distance > 1:
        cost = 6.0
    elif len(typed) == len(meant):
        wrong = [at for at, (one, other) in enumerate(zip(typed, meant, strict=True)) if one != other]
        cost = 0.0 if len(wrong) == 2 else 0.5 if _are_neighbours(typed[wrong[0]], meant[wrong[0]]) else 1.5
    else:
        longer, shorter = (typed, meant) if len(typed) > len(meant) else (meant, typed)
        doubled = any(longer[at] == longer[at + 1] and longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer) - 1))
        cost = 0.3 if doubled else 1.0
    return cost + (2.0 if typed[0] != meant[0] else 0.0)  # people rarely miss the first letter


def _are_neighbours(one: str, other: str) -> bool:
    if one not in _KEYS or other not in _KEYS:
        return False
    (row, at), (other_row, other_at) = _KEYS[one], _KEYS[other]
    return abs(row - other_row) <= 1 and abs(at - other_at) <= 1.1
