"""What was found, in an order: the best, the newest or oldest, those of the highest quality or heat first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reader.store.search.fields import UNKNOWN_DATE

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.store.search.collector import Found
    from reader.store.search.conditions import Conditions
    from reader.store.search.postings import Numbers


def order(found: Found, dates: Callable[[Numbers], Numbers], sort: str, conditions: Conditions, most: int) -> Numbers:
    """The places of what was found, in an order; ties go to the newer one.

    Only the first `most` and those that tie with the last of them; 0 is all. `dates` gives those of some places.
    """
    everything = np.arange(len(found.ids))
    if sort == "relevance":
        first = -np.round(found.scores, 4)
    elif sort in {"quality", "heat"}:
        first = -_scores(found.ids, sort, conditions)
    elif sort == "oldest":
        first = dates(everything)
        first = np.where(first == UNKNOWN_DATE, np.iinfo(np.int64).max, first)
    else:
        first = -np.maximum(dates(everything), UNKNOWN_DATE + 1)
    best = _best(first, most)
    if sort == "oldest":
        return best[np.lexsort([found.ids[best], first[best]])]
    newest = -np.maximum(dates(best), UNKNOWN_DATE + 1)
    return best[np.lexsort([-found.ids[best], newest, first[best]])]


def _scores(ids: Numbers, score: str, conditions: Conditions) -> Numbers:
    at, there = conditions.columns().places(ids)
    found = np.full(len(ids), -np.inf)
    found[there] = np.nan_to_num(conditions.scores(score)[at[there]], nan=-np.inf)
    return found


def _best(values: Numbers, most: int) -> Numbers:
    """The places of the lowest values, in no order: sorting a few of many takes a tenth of the time."""
    if not most or len(values) <= most:
        return np.arange(len(values))
    return np.flatnonzero(values <= np.partition(values, most - 1)[most - 1])
