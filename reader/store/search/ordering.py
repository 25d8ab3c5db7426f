"""What was found, in an order: the best, the newest or oldest, those of the highest quality or heat first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from reader.store.search.fields import UNKNOWN_DATE
from reader.store.search.postings import Numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.store.search.collector import Found
    from reader.store.search.conditions import Conditions


Key = Callable[[Numbers], Numbers]
"""What tells an order: a number for each of some places of what was found, the lowest first."""


def order(found: Found, dates: Key, sort: str, conditions: Conditions, most: int) -> Numbers:
    """The places of what was found, in an order; ties go to the newer one. Only the first `most`; 0 is all."""

    def newest(at: Numbers) -> Numbers:
        return -np.maximum(dates(at), UNKNOWN_DATE + 1)

    def oldest(at: Numbers) -> Numbers:
        told = dates(at)
        return np.where(told == UNKNOWN_DATE, np.iinfo(np.int64).max, told)

    def best(at: Numbers) -> Numbers:
        return -np.round(found.scores[at], 4)

    def highest(at: Numbers) -> Numbers:
        return -_scores(found.ids[at], sort, conditions)

    keys: dict[str, list[Key]] = {
        "relevance": [best, newest],
        "newest": [newest],
        "oldest": [oldest],
        "quality": [highest, newest],
        "heat": [highest, newest],
    }
    by_id: Key = (lambda at: found.ids[at]) if sort == "oldest" else (lambda at: -found.ids[at])
    return _ordered([*keys[sort], by_id], np.arange(len(found.ids)), most or len(found.ids))


def _scores(ids: Numbers, score: str, conditions: Conditions) -> Numbers:
    at, there = conditions.columns().places(ids)
    found = np.full(len(ids), -np.inf)
    found[there] = np.nan_to_num(conditions.scores(score)[at[there]], nan=-np.inf)
    return found


def _ordered(keys: Sequence[Key], places: Numbers, most: int) -> Numbers:
    """The first of some places in the order of the first key, then of those after it."""
    if len(places) > most:
        places = _first(keys, places, most)
    return places[np.lexsort([key(places) for key in reversed(keys)])]


def _first(keys: Sequence[Key], places: Numbers, most: int) -> Numbers:
    """The places that come first, in no order: sorting a few of many takes a tenth of the time."""
    if not keys or len(places) <= most:
        return places
    values = keys[0](places)
    last = values.min()
    if np.count_nonzero(values == last) < most:  # else they tie, as all do that a pattern finds
        last = np.partition(values, most - 1)[most - 1]
    before = places[values < last]
    return np.concatenate((before, _first(keys[1:], places[values == last], most - len(before))))
