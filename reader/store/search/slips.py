"""How many slips of the finger lead from one word to others: a letter too many, one missing, a wrong one, two neighbours swapped.

The optimal string alignment distance (Damerau 1964, without edits between swapped letters), of one word to many at once: the
table of Wagner and Fischer (1974) is filled in cell by cell, each cell for all words, and only near the diagonal (Ukkonen 1985).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reader.store.search.postings import Numbers


def one_slip(one: str, other: str) -> int:
    """0 for the same word, 1 where one slip leads from one to the other, else 2: it must lie where they first differ."""
    if one == other:
        return 0
    at = 0
    for letter, opposite in zip(one, other, strict=False):
        if letter != opposite:
            break
        at += 1
    rest, others = one[at + 1 :], other[at + 1 :]
    swapped = one[at : at + 2] == other[at : at + 2][::-1] and rest[1:] == others[1:]
    return 1 if rest == others or one[at:] == others or rest == other[at:] or swapped else 2


def near(word: str, others: Iterable[bytes], limit: int) -> dict[bytes, int]:
    """Those of other words that are at most so many slips away, and how many they are."""
    by_length: dict[int, dict[bytes, str]] = {}
    for other in others:
        told = other.decode()
        by_length.setdefault(len(told), {})[other] = told
    found: dict[bytes, int] = {}
    for alike in by_length.values():
        distances = slips_to(word, list(alike.values()), limit).tolist()
        found |= {other: distance for other, distance in zip(alike, distances, strict=True) if distance <= limit}
    return found


def slips_to(word: str, others: Sequence[str], limit: int) -> Numbers:
    """How many slips lead from a word to each of others, which are all of one length; `limit + 1` where there are more."""
    length = len(others[0]) if others else 0
    if not others or abs(len(word) - length) > limit:
        return np.full(len(others), limit + 1)
    asked = np.frombuffer(word.encode("utf-32-le", "surrogatepass"), "<u4")
    letters = np.frombuffer("".join(others).encode("utf-32-le", "surrogatepass"), "<u4").reshape(len(others), length).T
    far = np.full(len(others), limit + 1, np.int8)
    above: dict[int, Numbers] = {}
    row = {at: np.full(len(others), at, np.int8) for at in range(min(length, limit) + 1)}
    for i in range(1, len(word) + 1):
        above, before = row, above
        row = {0: np.full(len(others), i, np.int8)} if i <= limit else {}
        for j in range(max(1, i - limit), min(length, i + limit) + 1):
            best = above.get(j - 1, far) + (letters[j - 1] != asked[i - 1])
            best = np.minimum(best, np.minimum(above.get(j, far), row.get(j - 1, far)) + 1)
            if i > 1 and j > 1 and j - 2 in before:
                is_swapped = (letters[j - 2] == asked[i - 1]) & (letters[j - 1] == asked[i - 2])
                best = np.where(is_swapped, np.minimum(best, before[j - 2] + 1), best)
            row[j] = np.minimum(best, far)
    return row[length].astype(np.int64)
