"""How much is asked of a likeness, by what is at hand: the same cosine says much in one archive and little in another.

Two things tell. Where all articles are somewhat alike, as in an archive of one subject, chance alone brings them near to each
other: more is asked. Where most articles follow others, the next will follow one, too: less is asked. Both are read off the
threads at hand, so that nothing has to be learned or kept, and both start from what a usual archive has.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ALIKE = 4.0
"""Asked on top for each 1.0 by which the mean cosine of articles of different threads lies above the usual …"""
USUAL_ALIKE = 0.012
"""… which is this one, of news of all kinds."""
FOLLOWING = 0.02
"""Asked less for each e-fold by which there are fewer threads for the articles than …"""
USUAL_THREADS = 20
"""… this many …"""
USUAL_ARTICLES = 40
"""… for as many: what every archive is taken to have, so that a young one is not judged by its first articles."""
USUAL_PAIRS = 1200
"""Pairs of articles of different threads, as alike as usual, that every archive is taken to have."""


class Surroundings:
    """The articles of all threads at hand, summed: grows and shrinks with them, at the price of one more sum."""

    __slots__ = ("_articles", "_own", "_own_pairs", "_square", "_sum", "_threads")

    def __init__(self) -> None:
        self._articles = self._threads = self._own_pairs = 0
        self._own = self._square = 0.0
        self._sum: dict[int, float] = {}

    def came(self, weights: Mapping[int, float], before: tuple[int, float], square: float) -> None:
        """An article came to a thread; how many it had `before`, and the squared length of their sum, which is `square` now."""
        size, was = before
        self._articles += 1
        self._threads += size == 0
        self._own_pairs += 2 * size + 1
        self._own += square - was
        sums, whole = self._sum, self._square
        for term, weight in weights.items():
            stood = sums.get(term, 0.0)
            sums[term] = stood + weight
            whole += weight * (2 * stood + weight)
        self._square = whole

    def went(self, sums: Mapping[int, float], size: int, square: float) -> None:
        """A thread of `size` articles, with the sum of their vectors and its squared length, is no longer at hand."""
        self._articles -= size
        self._threads -= size > 0
        self._own_pairs -= size * size
        self._own -= square
        if self._articles == 0:  # what rounding leaves goes, too
            self._sum, self._square, self._own = {}, 0.0, 0.0
            return
        own, whole = self._sum, self._square
        for term, weight in sums.items():
            stood = own[term]
            own[term] = stood - weight
            whole -= weight * (2 * stood - weight)
        self._square = whole

    def without(self, term: int) -> None:
        """No thread at hand has this term any more."""
        self._sum.pop(term, None)

    def asked(self) -> float:
        """What is added to every cosine that is asked for; 0 in a usual archive, below 0 where less is enough."""
        pairs = self._articles * self._articles - self._own_pairs
        alike = (self._square - self._own + USUAL_PAIRS * USUAL_ALIKE) / (pairs + USUAL_PAIRS)
        threads = (self._threads + USUAL_THREADS) / (self._articles + USUAL_ARTICLES)
        return ALIKE * (alike - USUAL_ALIKE) + FOLLOWING * math.log(threads * USUAL_ARTICLES / USUAL_THREADS)
