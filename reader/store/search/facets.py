"""How many of the articles that were found fall under each provider, topic, year, language and thread."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from reader.store.search.fields import UNKNOWN_DATE

if TYPE_CHECKING:
    import apsw

    from reader.store.search.postings import Numbers

MOST = 100
"""Names of one kind that are counted; of threads there may be thousands."""

_COUNTS = {
    "provider": "SELECT provider.name, count(*) FROM found JOIN article ON article.id = found.id"
    " JOIN provider ON provider.id = article.provider GROUP BY provider.id",
    "topic": "SELECT name, count(*) FROM ("
    " SELECT name, found.id FROM found JOIN topic_match ON article = found.id AND matches JOIN topic ON topic.id = topic"
    " WHERE NOT removed UNION SELECT name, found.id FROM found JOIN given_topic ON article = found.id) GROUP BY name",
    "language": "SELECT language, count(*) FROM found JOIN article ON article.id = found.id WHERE language != ''"
    " GROUP BY language",
    "thread": "SELECT coalesce(thread_title.title, thread.title), count(*) FROM found JOIN membership ON article = found.id"
    " JOIN thread ON thread.id = membership.thread LEFT JOIN thread_title ON thread_title.thread = thread.id GROUP BY thread.id",
}


def counted(db: apsw.Connection, ids: Numbers, dates: Numbers) -> dict[str, dict[str, int]]:
    """The counts by kind and name, the most common first."""
    found = json.dumps(ids.tolist())
    return {
        "provider": _count(db, "provider", found),
        "topic": _count(db, "topic", found),
        "year": _years(dates),
        "language": _count(db, "language", found),
        "thread": _count(db, "thread", found),
    }


def _count(db: apsw.Connection, kind: str, found: str) -> dict[str, int]:
    sql = f"WITH found (id) AS (SELECT value FROM json_each(?)) {_COUNTS[kind]} ORDER BY 2 DESC, 1 LIMIT {MOST}"
    counts: dict[str, int] = {}
    for name, count in db.execute(sql, (found,)):
        counts[str(name)] = counts.get(str(name), 0) + int(str(count))
    return counts


def _years(dates: Numbers) -> dict[str, int]:
    known = dates[dates != UNKNOWN_DATE]
    years, counts = np.unique(known.astype("datetime64[s]").astype("datetime64[Y]").astype(np.int64) + 1970, return_counts=True)
    newest_first = sorted(zip(years.tolist(), counts.tolist(), strict=True), reverse=True)
    return {str(year): count for year, count in newest_first}
