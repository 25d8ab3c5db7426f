"""What a query asks of the database rather than of the index: states, scores, topics, feeds, saved searches.

These change too often to be indexed. Each condition is answered by the ids of the articles that it holds for, sorted, and kept
until anything in the library changes.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import numpy as np

from reader.store.search.words import fold, stemmed

if TYPE_CHECKING:
    from collections.abc import Iterable

    import apsw

    from reader.store.search.postings import Numbers

_PUBLISHED = "SELECT article FROM score WHERE published"

STATES = {
    "read": "SELECT article FROM state WHERE read",
    "unread": "SELECT article FROM state WHERE NOT read",
    "starred": "SELECT article FROM state WHERE starred",
    "hidden": "SELECT article FROM state WHERE hidden",
    "annotated": "SELECT article FROM highlight WHERE NOT removed UNION"
    " SELECT article FROM note WHERE NOT removed AND article IS NOT NULL",
    "captured": "SELECT id FROM article WHERE captured IS NOT NULL",
    "published": _PUBLISHED,
    "held": f"SELECT id FROM article WHERE id NOT IN ({_PUBLISHED})",
}
"""What `is:` knows."""

_SCORES = {
    "quality": "SELECT id, coalesce(quality, recorded_quality) FROM article LEFT JOIN score ON article = id"
    " WHERE coalesce(quality, recorded_quality) IS NOT NULL",
    "heat": "SELECT id, heat FROM article JOIN score ON article = id",
}
"""The scores that a query can ask for; an article without one is not found by it."""


class Conditions:
    """The answers of one connection, remembered while the library stays as it is."""

    def __init__(self, db: apsw.Connection, now: int) -> None:
        self.db, self.now = db, now
        self._stamp: tuple[int, int] = (-1, -1)
        self._known: dict[Any, Any] = {}

    def refresh(self, now: int) -> None:
        """Forget what may have changed. To be called before each search; `now` in seconds since 1970."""
        self.now = now
        stamp = (int(self.db.pragma("data_version")), self.db.total_changes())
        if stamp != self._stamp:
            self._stamp, self._known = stamp, {}

    def languages(self) -> list[str]:
        """The languages of the library in which words have stems, the most common first."""
        if "languages" not in self._known:
            rows = self.db.execute("SELECT language, count(*) FROM article GROUP BY language ORDER BY 2 DESC")
            self._known["languages"] = [language for language, _ in rows if language in stemmed()]
        found: list[str] = self._known["languages"]
        return found

    def state(self, name: str) -> Numbers:
        """The articles in a state of `STATES`."""
        return self._ids(STATES[name])

    def scored(self, score: str, low: float, high: float, *, low_too: bool, high_too: bool) -> Numbers:
        """The articles whose quality or heat lies between two values; `low_too`: the lower one included."""
        ids, values = self.scores(score)
        above = values >= low if low_too else values > low
        below = values <= high if high_too else values < high
        found: Numbers = ids[above & below]
        return found

    def scores(self, score: str) -> tuple[Numbers, Numbers]:
        """Every article that has a quality or heat, sorted by id, and the value."""
        if score not in self._known:
            rows = self.db.execute(_SCORES[score] + " ORDER BY id").fetchall()
            pair = np.array([id for id, _ in rows], np.int64), np.array([value for _, value in rows], np.float64)
            self._known[score] = pair
        found: tuple[Numbers, Numbers] = self._known[score]
        return found

    def threads(self) -> tuple[Numbers, Numbers]:
        """Every article that is in a thread, sorted by id, and its thread."""
        if "threads" not in self._known:
            rows = self.db.execute("SELECT json_group_array(article), json_group_array(thread) FROM membership ORDER BY article")
            articles, threads = (np.array(json.loads(str(part)), np.int64) for part in next(rows))
            order = np.argsort(articles)
            self._known["threads"] = articles[order], threads[order]
        found: tuple[Numbers, Numbers] = self._known["threads"]
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
            self._known[key] = np.unique(np.fromiter((id for (id,) in rows), np.int64))
        found: Numbers = self._known[key]
        return found


def _meant(name: str, names: Iterable[str]) -> list[str]:
    """The names that are this one but for case and accents; where none is, those in which its words stand."""
    plain, known = fold(name.strip()), sorted(set(names))
    if exact := [one for one in known if fold(one.strip()) == plain]:
        return exact
    asked = set(re.findall(r"\w+", plain))
    return [one for one in known if asked and asked <= set(re.findall(r"\w+", fold(one)))][:200]
