"""Which documents hold words that stand together, told from where each of them stands.

Places come as `Postings.keys`: the document in the upper half of a number, the place in the lower, in order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reader.store.search.postings import distinct

if TYPE_CHECKING:
    from reader.store.search.postings import Numbers


def in_a_row(keys: list[Numbers], places: list[int]) -> Numbers:
    """The documents in which the slots follow one another at these places."""
    starts = [key - place for key, place in zip(keys, places, strict=True)]
    met, *rest = sorted(starts, key=len)
    for others in rest:
        at = np.searchsorted(others, met)
        at[at == len(others)] = 0
        met = met[others[at] == met]
        if not len(met):
            break
    return met >> 32


def in_reach(keys: list[Numbers], slop: int) -> Numbers:
    """The documents with a stretch of text that holds every slot, and in which one is at most `slop` places from the next."""
    where = np.concatenate(keys)
    which = np.repeat(np.arange(len(keys)), [len(key) for key in keys])
    order = np.argsort(where, kind="stable")
    where, which = where[order], which[order]
    stretch = np.cumsum(np.diff(where, prepend=where[0]) > slop)
    pairs = distinct(stretch * len(keys) + which) // len(keys)
    whole = np.flatnonzero(np.bincount(pairs) == len(keys))
    first = np.searchsorted(stretch, whole)
    return where[first] >> 32
