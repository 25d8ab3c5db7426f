"""What a term scores in the articles that it stands in.

Scores are those of Whoosh: Okapi BM25 (Robertson, Zaragoza: The Probabilistic Relevance Framework, 2009, section 3.2) per field,
with the weight of the field in the frequency, added up over terms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reader.store.search.codec import LENGTHS

if TYPE_CHECKING:
    from reader.store.search.postings import Numbers

SATURATION = 1.2
"""K1 of BM25: how soon a word that comes again stops to count."""

LENGTH_MATTERS = 0.75
"""B of BM25: how much a long text counts less."""


def spreads(average: float) -> Numbers:
    """K1 (1 - B + B length / mean length) of every length that the index can keep, by its code."""
    lengths = LENGTHS.astype(np.float32) / np.float32(average)
    return SATURATION * (1 - LENGTH_MATTERS + LENGTH_MATTERS * lengths)


def scores(counts: Numbers, spread: Numbers, boost: float, weight: float) -> Numbers:
    """BM25 of a term: weight x tf (K1 + 1) / (tf + spread), tf being `boost` times how often it stands there."""
    found: Numbers = counts * np.float32(boost)
    found /= found + spread
    found *= np.float32(weight * (SATURATION + 1))
    return found
