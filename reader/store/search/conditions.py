"""What a query asks of the database rather than of the index: states, scores, topics, feeds, saved searches.

These change too often to be indexed. Each condition is answered by the ids of the articles that it holds for, sorted, and kept
until anything in the library changes; states and scores come from the `columns`, which are kept level.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import numpy as np

from reader.store.search.columns import CAPTURED, HIDDEN, PUBLISHED, READ, STARRED, UNREAD, keeper_of
from reader.store.search.postings import distinct
from reader.store.search.words import fold, tongue_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    import apsw

    from reader.store.search.columns import Columns
    from reader.store.search.postings import Numbers

_ANNOTATED = (
    "SELECT article FROM highlight WHERE NOT removed UNION SELECT article FROM note WHERE NOT removed AND article IS NOT NULL"
)
_BITS = {
    "read": READ,
    "unread": UNREAD,
    "starred": STARRED,
    "hidden": HIDDEN,
    "captured": CAPTURED,
    "published": PUBLISHED,
}
STATES = (*_BITS, "annotated", "held")
"""What `is:` knows."""


_TOPICS = """
    SELECT json_group_array(name), json_group_array(article) FROM (
        SELECT name, article FROM topic_match JOIN topic ON topic.id = topic WHERE matches AND NOT removed
        UNION SELECT name, article FROM given_topic)
"""


class Conditions:
    """The answers of one connection, remembered while the library stays as it is."""

    def __init__(self, db: apsw.Connection, now: int) -> None:
        self.db, self.now, self.keeper = db, now, keeper_of(db)
        self._stamp: tuple[int, int] = (-1, -1)
        self._known: dict[Any, Any] = {}

    def refresh(self, now: int) -> None:
        """Forget what may have changed. To be called before each search; `now` in seconds since 1970."""
        self.now = now
        stamp = (int(self.db.pragma("data_version")), self.db.total_changes())
        if stamp != self._stamp:
            self._stamp, self._known = stamp, {}

    def columns(self) -> Columns:
        """What the database says of every article, the same until the next `refresh`."""
        if "columns" not in self._known:
            self._known["columns"] = self.keeper.columns(self.db)
        found: Columns = self._known["columns"]
        return found

    def languages(self) -> list[str]:
        """The languages that the texts of the library are stemmed by, the most common first."""
        if "languages" not in self._known:
            counts: dict[str, int] = {}
            told = np.bincount(self.columns().languages, minlength=len(self.keeper.languages)).tolist()
            for language, count in zip(self.keeper.languages, told, strict=True):
                if count:
                    counts[tongue_of(language)] = counts.get(tongue_of(language), 0) + count
            self._known["languages"] = sorted(counts, key=lambda language: (-counts[language], language))
        found: list[str] = self._known["languages"]
        return found

    def state(self, name: str) -> Numbers:
        """The articles in a state of `STATES`."""
        if name == "annotated":
            return self._ids(_ANNOTATED)
        if ("is", name) not in self._known:
            columns = self.columns()
            holds = columns.states & _BITS.get(name, PUBLISHED) != 0
            self._known["is", name] = columns.ids[holds != (name == "held")]
        found: Numbers = self._known["is", name]
        return found

    def scored(self, score: str, low: float, high: float, *, low_too: bool, high_too: bool) -> Numbers:
        """The articles whose quality or heat lies between two values; `low_too`: the lower one included. Without one: none."""
        values = self.scores(score)
        above = values >= low if low_too else values > low
        below = values <= high if high_too else values < high
        found: Numbers = self.columns().ids[above & below]
        return found

    def scores(self, score: str) -> Numbers:
        """The quality or heat of every article of `columns`; not a number where it has none."""
        return self.columns().quality if score == "quality" else self.columns().heat

    def topics(self) -> tuple[list[str], Numbers, Numbers]:
        """The names of all topics, and each article of each: the place of the name, and that of the article in `columns`."""
        if "topics" not in self._known:
            (row,) = self.db.execute(_TOPICS)
            names, articles = (json.loads(str(part)) for part in row)
            known = sorted(set(names))
            numbers = {name: number for number, name in enumerate(known)}
            at, there = self.columns().places(np.array(articles, np.int64))
            of_topic = np.array([numbers[name] for name in names], np.int64)
            self._known["topics"] = known, of_topic[there], at[there]
        found: tuple[list[str], Numbers, Numbers] = self._known["topics"]
        return found

    def topic(self, name: str) -> Numbers | None:
        """The articles of the topics of a name, our own and given ones; `None` where no topic has such a name."""
        names = "SELECT name FROM topic WHERE NOT removed UNION SELECT name FROM given_topic"
        if not (meant := _meant(name, (str(one) for (one,) in self.db.execute(names)))):
            return None
        return self._ids(
            "SELECT article FROM topic_match JOIN topic ON topic.id = topic WHERE matches AND NOT removed AND name IN {0}"
            " UNION SELECT article FROM given_topic WHERE name IN {0}",
            meant,
        )

    def feed(self, name: str) -> Numbers | None:
        """The articles that the feeds of a title, folder, address or number brought; `None` where there is no such feed."""
        rows = self.db.execute("SELECT id, title, folder, url FROM feed WHERE NOT removed")
        feeds = [(int(str(id)), str(title), str(folder), fold(str(url))) for id, title, folder, url in rows]
        if name.isdecimal():
            meant = [id for id, *_ in feeds if str(id) == name]
        else:
            titles = set(_meant(name, (part for _, title, folder, _ in feeds for part in (title, folder) if part)))
            plain = fold(name)
            meant = [id for id, title, folder, url in feeds if {title, folder} & titles or ("." in plain and plain in url)]
        return self._ids("SELECT DISTINCT article FROM arrival WHERE feed IN {0}", meant) if meant else None

    def saved(self, name: str) -> str | None:
        """The query that was saved under a name; `None` where there is none."""
        rows = self.db.execute("SELECT name, query FROM saved_search WHERE NOT removed ORDER BY id DESC")
        wanted = fold(name.strip())
        return next((str(query) for saved, query in rows if fold(str(saved).strip()) == wanted), None)

    def _ids(self, sql: str, wanted: Iterable[str | int] = ()) -> Numbers:
        values = tuple(wanted)
        key = (sql, values)
        if key not in self._known:
            marks = "(" + ", ".join(f"?{at}" for at in range(1, len(values) + 1)) + ")"
            rows = self.db.execute(sql.replace("{0}", marks), values)
            self._known[key] = distinct(np.fromiter((id for (id,) in rows), np.int64))
        found: Numbers = self._known[key]
        return found


def _meant(name: str, names: Iterable[str]) -> list[str]:
    """The names that are this one but for case and accents; where none is, those in which its words stand."""
    plain, known = fold(name.strip()), sorted(set(names))
    if exact := [one for one in known if fold(one.strip()) == plain]:
        return exact
    asked = set(re.findall(r"\w+", plain))
    return [one for one in known if asked and asked <= set(re.findall(r"\w+", fold(one)))][:200]
