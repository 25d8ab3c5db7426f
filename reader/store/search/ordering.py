"""What was found, in an order: the best, the newest or oldest, those of the highest quality or heat first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reader.store.search.fields import UNKNOWN_DATE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.store.search.collector import Found
    from reader.store.search.conditions import Conditions
    from reader.store.search.postings import Numbers


def order(found: Found, dates: Numbers, sort: str, conditions: Conditions, most: int) -> Numbers:
    """The places of what was found, in an order; ties go to the newer one.

    Only the first `most` and those that tie with the last of them; 0 is all. `dates` are those of what was found.
    """
    if sort == "oldest":
        unknown_last = np.where(dates == UNKNOWN_DATE, np.iinfo(np.int64).max, dates)
        return _sorted([found.ids, unknown_last], most)
    keys = [-found.ids, -np.maximum(dates, UNKNOWN_DATE + 1)]
    if sort == "relevance":
        keys.append(-np.round(found.scores, 4))
    elif sort in {"quality", "heat"}:
        keys.append(-_scores(found.ids, sort, conditions))
    return _sorted(keys, most)


def _scores(ids: Numbers, score: str, conditions: Conditions) -> Numbers:
    at, there = conditions.columns().places(ids)
    found = np.full(len(ids), -np.inf)
    found[there] = np.nan_to_num(conditions.scores(score)[at[there]], nan=-np.inf)
    return found


def _sorted(keys: Sequence[Numbers], most: int) -> Numbers:
    """The places in the order of the last key, then of those before it: sorting a few of many takes a tenth of the time."""
    last = keys[-1]
    if not most or len(last) <= most:
        return np.lexsort(keys)
    first = np.flatnonzero(last <= np.partition(last, most - 1)[most - 1])
    return first[np.lexsort([key[first] for key in keys])]
