"""More articles like one: its words that tell most, searched for together.

A word tells as much as it is frequent here and rare elsewhere: tf x idf (Salton, Buckley 1988), as for a query of its own.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from whoosh import query

from reader.errors import NotFound
from reader.store.search import Answer, answers, following, words
from reader.store.search.clock import Clock
from reader.store.search.index import Unusable, told_if_damaged
from reader.store.search.query import Parsed

if TYPE_CHECKING:
    import apsw

    from reader.store.database import Database
    from reader.store.search.segments import Snapshot

SECONDS = 1.0
WORDS = 25
CANDIDATES = 150
TITLE_COUNTS = 4
_MOST_SHOWN_OF = 4_000
"""Characters of each article like it that a passage is chosen from: so many words are looked for that there is one anywhere."""

_MOST_READ = 40_000
"""Characters of an article that are looked at: what it is about stands at its beginning."""


def more_like(database: Database, id: int, limit: int) -> Answer:
    """As the front door says."""
    counts = _counts(database.db, id)
    clock = Clock(SECONDS)
    try:
        index = following.opened(database.db, database.folder)
        with answers.searching(database, index) as (conditions, snapshot), told_if_damaged(index):
            telling = _telling(snapshot, counts)
            parts = [query.Term(field, word.encode(), boost=weight) for word, weight in telling for field in ("title", "text")]
            asked = answers.Search(conditions, snapshot, Parsed("", query.Or(parts)), clock, _MOST_SHOWN_OF)
            return asked.answer(limit, 0, "relevance", without=id)
    except Unusable as error:
        return Answer("", 0, (), clock.seconds, notices=(f"nothing can be found: {error}",))


def _counts(db: apsw.Connection, id: int) -> dict[str, int]:
    """How often each word stands in an article, those of its title more."""
    row = db.execute(
        "SELECT title, excerpt, coalesce(text, ''), language FROM article LEFT JOIN content ON article = id WHERE id = ?", (id,)
    ).fetchone()
    if row is None:
        raise NotFound("article", id)
    title, excerpt, text, language = map(str, row)
    counts: dict[str, int] = {}
    for part, weight in ((title, TITLE_COUNTS), (excerpt, 1), (text[:_MOST_READ], 1)):
        for term, places in words.positions(part, language).items():
            if not term.startswith(words.STEM) and len(term) > 1:
                counts[term] = counts.get(term, 0) + weight * len(places)
    return counts


def _telling(snapshot: Snapshot, counts: dict[str, int]) -> list[tuple[str, float]]:
    """The words that tell most, and how much, the first of them 1. A word that stands nowhere else leads nowhere."""
    often = sorted(counts.items(), key=lambda item: (-item[1], -len(item[0]), item[0]))[:CANDIDATES]
    weighed = []
    for word, count in often:
        standing_in = snapshot.frequency("text", word.encode())
        if standing_in > 1 and standing_in * 4 < snapshot.count_all + 8:
            weighed.append((word, (1 + math.log(count)) * math.log((snapshot.count_all + 1) / standing_in)))
    weighed.sort(key=lambda item: (-item[1], item[0]))
    best = weighed[0][1] if weighed else 1.0
    return [(word, weight / best) for word, weight in weighed[:WORDS]]
