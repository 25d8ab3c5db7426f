"""How many of the articles that were found fall under each provider, topic, year, language and thread."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from reader.store.search.fields import UNKNOWN_DATE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.store.search.conditions import Conditions
    from reader.store.search.postings import Numbers

MOST = 100
"""Names of one kind that are counted; of threads there may be thousands."""

_NAMES = {
    "provider": "SELECT id, name FROM provider WHERE id IN (SELECT value FROM json_each(?))",
    "thread": "SELECT thread.id, coalesce(thread_title.title, thread.title) FROM thread"
    " LEFT JOIN thread_title ON thread_title.thread = thread.id WHERE thread.id IN (SELECT value FROM json_each(?))",
}


def counted(conditions: Conditions, ids: Numbers, dates: Numbers) -> dict[str, dict[str, int]]:
    """The counts by kind and name, the most common first."""
    columns = conditions.columns()
    at, there = columns.places(ids)
    at = at[there]
    return {
        "provider": _named(conditions, "provider", columns.providers[at]),
        "topic": _topics(conditions, at, len(columns.ids)),
        "year": _years(dates),
        "language": _languages(conditions, columns.languages[at]),
        "thread": _named(conditions, "thread", columns.threads[at]),
    }


def _named(conditions: Conditions, kind: str, numbers: Numbers) -> dict[str, int]:
    """The counts of providers or threads, by their names; of those that are equally common the older ones."""
    counts = np.bincount(numbers)
    counts[:1] = 0  # none
    known = np.flatnonzero(counts)
    most = known[np.argsort(-counts[known], kind="stable")[:MOST]]
    names = dict(conditions.db.execute(_NAMES[kind], (json.dumps(most.tolist()),)))
    return _ranked(
        (str(names[number]), count) for number, count in zip(most.tolist(), counts[most].tolist(), strict=True) if number in names
    )


def _topics(conditions: Conditions, at: Numbers, count: int) -> dict[str, int]:
    names, of_topic, places = conditions.topics()
    found = np.zeros(count, bool)
    found[at] = True
    counts = np.bincount(of_topic[found[places]], minlength=len(names)).tolist()
    return _ranked((name, count) for name, count in zip(names, counts, strict=True) if count)


def _languages(conditions: Conditions, numbers: Numbers) -> dict[str, int]:
    counts = np.bincount(numbers).tolist()
    return _ranked((name, count) for name, count in zip(conditions.keeper.languages, counts, strict=False) if name and count)


def _ranked(told: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Counts by name, the most common first; two of one name are one."""
    counts: dict[str, int] = {}
    for name, count in told:
        counts[name] = counts.get(name, 0) + count
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST])


def _years(dates: Numbers) -> dict[str, int]:
    known = dates[dates != UNKNOWN_DATE]
    years, counts = np.unique(known.astype("datetime64[s]").astype("datetime64[Y]").astype(np.int64) + 1970, return_counts=True)
    newest_first = sorted(zip(years.tolist(), counts.tolist(), strict=True), reverse=True)
    return {str(year): count for year, count in newest_first}
