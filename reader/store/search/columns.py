"""What the database says of every article, as numbers side by side in the order of ids: kept at hand, changed with what changes.

The journal (`change`) names the articles that a transaction touched, whoever wrote it. So after a change only these are read
again; where the journal no longer reaches back so far, or names very many, all are.
"""

from __future__ import annotations

import json
import weakref
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reader.store.search.memory import give_back

if TYPE_CHECKING:
    from collections.abc import Iterable

    import apsw

    from reader.store.search.postings import Numbers

READ, UNREAD, STARRED, HIDDEN, CAPTURED, PUBLISHED = (1 << bit for bit in range(6))
"""What an article may be, as bits of `Columns.states`."""

_MOST_READ_AGAIN = 5_000
"""Articles that are read one by one; for more, all are read at once."""

_ROWS = """
    SELECT article.id, coalesce(provider, 0) AS provider, language, coalesce(thread, 0) AS thread,
           coalesce(quality, recorded_quality) AS quality, heat,
           coalesce(read, 0) + 2 * (read IS NOT NULL AND NOT read) + 4 * coalesce(starred, 0) + 8 * coalesce(hidden, 0)
           + 16 * (captured IS NOT NULL) + 32 * coalesce(published, 0) AS states
    FROM article
    LEFT JOIN state ON state.article = article.id
    LEFT JOIN score ON score.article = article.id
    LEFT JOIN membership ON membership.article = article.id
"""
_COLUMNS = ("id", "provider", "language", "thread", "quality", "heat", "states")
_TOLD = ", ".join(f"json_group_array({column})" for column in _COLUMNS)
_ALL = f"SELECT {_TOLD} FROM ({_ROWS} ORDER BY article.id)"  # as one row: no other thread comes in between
_SOME = f"SELECT {_TOLD} FROM ({_ROWS} WHERE article.id IN (SELECT value FROM json_each(?)) ORDER BY article.id)"


class Columns(NamedTuple):
    """Columns of one length: 0 where there is no provider or thread, not a number where there is no quality or heat."""

    ids: Numbers
    providers: Numbers
    languages: Numbers
    """Numbers of `Keeper.languages`."""
    threads: Numbers
    quality: Numbers
    heat: Numbers
    states: Numbers

    def places(self, ids: Numbers) -> tuple[Numbers, Numbers]:
        """Where articles stand in the columns, and which of them do; the place of one that does not is any."""
        if not len(self.ids):
            return np.zeros(len(ids), np.int64), np.zeros(len(ids), bool)
        at = np.searchsorted(self.ids, ids)
        at[at == len(self.ids)] = 0
        return at, self.ids[at] == ids


class Keeper:
    """Keeps the columns of one connection to a library level."""

    def __init__(self) -> None:
        self.languages: list[str] = []
        self._numbers: dict[str, int] = {}
        self._seen: int | None = None
        self._is_unsure = False
        self._standings = self._of(([], [], [], [], [], [], []))

    def columns(self, db: apsw.Connection) -> Columns:
        """All articles as of now."""
        newest = int(str(db.execute("SELECT coalesce(max(id), 0) FROM change").get))
        if self._is_unsure and not db.in_transaction:  # what was read in one may have been rolled back, and no journal says so
            self._seen, self._is_unsure = None, False
        if newest != self._seen:
            changed = self._changed(db, newest)
            if changed is None:
                self._standings = self._of(_read(db, _ALL))
                give_back()
            elif changed:
                self._put(self._of(_read(db, _SOME, json.dumps(changed))), np.array(changed, np.int64))
            self._seen, self._is_unsure = newest, self._is_unsure or db.in_transaction
        return self._standings

    def _changed(self, db: apsw.Connection, newest: int) -> list[int] | None:
        """The articles that changed since; `None` where that cannot be told, or they are many."""
        if self._seen is None or newest < self._seen:
            return None
        rows = db.execute("SELECT ids FROM change WHERE id > ? AND id <= ?", (self._seen, newest)).fetchall()
        if len(rows) != newest - self._seen:
            return None
        changed = {id for (ids,) in rows for id in json.loads(str(ids)).get("articles", ())}
        return sorted(changed) if len(changed) <= _MOST_READ_AGAIN else None

    def _put(self, fresh: Columns, changed: Numbers) -> None:
        """Put what was read again in place of what was known."""
        stays = ~np.isin(self._standings.ids, changed)
        columns = [np.concatenate((old[stays], new)) for old, new in zip(self._standings, fresh, strict=True)]
        order = np.argsort(columns[0], kind="stable")
        self._standings = Columns(*(column[order] for column in columns))

    def _of(self, told: Iterable[list[object]]) -> Columns:
        ids, providers, languages, threads, quality, heat, states = told
        return Columns(
            np.array(ids, np.int64),
            np.array(providers, np.int64),
            np.array([self._number(str(language)) for language in languages], np.int64),
            np.array(threads, np.int64),
            np.array(quality, np.float64),
            np.array(heat, np.float64),
            np.array(states, np.uint8),
        )

    def _number(self, language: str) -> int:
        if language not in self._numbers:
            self._numbers[language] = len(self.languages)
            self.languages.append(language)
        return self._numbers[language]


def _read(db: apsw.Connection, sql: str, *values: str) -> list[list[object]]:
    return [json.loads(str(column)) for column in next(db.execute(sql, values))]


_keepers: weakref.WeakKeyDictionary[apsw.Connection, Keeper] = weakref.WeakKeyDictionary()


def keeper_of(db: apsw.Connection) -> Keeper:
    """The keeper of a connection, which is used by one thread at a time."""
    return _keepers.setdefault(db, Keeper())
