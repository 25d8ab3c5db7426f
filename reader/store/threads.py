"""Threads: how they are read, and the analyst's word on which articles belong together.

A merge or a split is kept as pairs of articles that must, or cannot, be together: such pairs outlive every regrouping, where
numbers of threads would not. The articles move at once; scores are brought level by their job.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reader.errors import NotFound, Refused
from reader.records import Fact, Member, Thread
from reader.store import annotations as annotating
from reader.store import articles, membership
from reader.store.database import new_uid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import apsw

    from reader.records import ArticleRow

_ORDERS = {
    "heat": "heat DESC, last IS NULL, last DESC, id",
    "newest": "last IS NULL, last DESC, id DESC",
    "size": "size DESC, heat DESC, id",
}

# Reading


def listed(db: apsw.Connection, sort: str = "heat", limit: int = 50, *, singles: bool = False) -> tuple[int, list[Thread]]:
    """How many threads there are, and the first of them by `heat`, `newest` or `size`; with `singles` also those of one.

    `limit` 0 is all. Raises `Refused` for another order.
    """
    if sort not in _ORDERS:
        raise Refused(f"threads are sorted by {', '.join(_ORDERS)}, not by “{sort}”")
    fewest = 1 if singles else 2
    total = db.execute("SELECT count(*) FROM thread WHERE merged_into IS NULL AND size >= ?", (fewest,)).get
    found = db.execute(
        f"SELECT id FROM thread WHERE merged_into IS NULL AND size >= ? ORDER BY {_ORDERS[sort]} LIMIT ?",
        (fewest, limit or -1),
    )
    assert isinstance(total, int)
    return total, list(threads(db, [id for (id,) in found]))


def thread(db: apsw.Connection, id: int) -> Thread:
    """One thread; one that was merged away leads to where its articles went. Raises `NotFound`."""
    found = next(threads(db, [_heir(db, id)]), None)
    if found is None:
        raise NotFound("thread", id)
    return replace(found, notes=annotating.notes_of_thread(db, found.id))


def thread_of(db: apsw.Connection, article: int) -> int | None:
    """The thread that an article is in; `None` while it was not grouped."""
    return membership.threads_of(db, [article]).get(article)


def _heir(db: apsw.Connection, id: int) -> int:
    found = db.execute(
        "WITH RECURSIVE heir (id, next) AS (SELECT id, merged_into FROM thread WHERE id = ?"
        " UNION SELECT thread.id, merged_into FROM thread JOIN heir ON thread.id = next)"
        " SELECT id FROM heir WHERE next IS NULL",
        (id,),
    ).fetchone()
    return int(found[0]) if found else id


_AT_ONCE = 200


def threads(db: apsw.Connection, ids: Sequence[int]) -> Iterator[Thread]:
    """These threads, in this order; one that is not there is left out."""
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start : start + _AT_ONCE]
        asked = (json.dumps(list(part)),)
        members = _members(db, asked)
        stated = _facts(db, asked)
        found = db.execute(
            "SELECT id, coalesce(thread_title.title, thread.title), head, heat, quality, first, last, storyline, momentum,"
            " providers"
            " FROM thread LEFT JOIN thread_title ON thread = id"
            " WHERE merged_into IS NULL AND id IN (SELECT value FROM json_each(?))",
            asked,
        )
        by_id = {row[0]: _thread(row, members[row[0]], stated[row[0]]) for row in found if members[row[0]]}
        yield from (by_id[id] for id in part if id in by_id)


def _thread(row: tuple[Any, ...], members: tuple[Member, ...], facts: tuple[Fact, ...]) -> Thread:
    id, title, head, heat, quality, first, last, storyline, momentum, independent = row
    names = dict.fromkeys(member.row.provider for member in members if member.row.provider)
    return Thread(
        id=id,
        title=title,
        head=head,
        heat=heat,
        quality=quality,
        members=members,
        providers=tuple(names),
        independent_providers=independent,
        first=articles.when(first),
        last=articles.when(last),
        storyline=storyline,
        facts=facts,
        momentum=momentum,
    )


def _members(db: apsw.Connection, asked: tuple[str]) -> defaultdict[int, tuple[Member, ...]]:
    """Of each thread its members in order of date, those without a date last."""
    placed: list[tuple[Any, ...]] = db.execute(
        "SELECT thread, article, independent, copy_of FROM membership"
        " WHERE thread IN (SELECT value FROM json_each(?)) ORDER BY thread, at, article",
        asked,
    ).fetchall()
    rows: dict[int, ArticleRow] = {row.id: row for row in articles.rows(db, [article for _, article, _, _ in placed])}
    found: defaultdict[int, list[Member]] = defaultdict(list)
    for id, article, independent, copy_of in placed:
        found[id].append(Member(rows[article], bool(independent), copy_of))
    return defaultdict(tuple, {id: tuple(members) for id, members in found.items()})


def _facts(db: apsw.Connection, asked: tuple[str]) -> defaultdict[int, tuple[Fact, ...]]:
    """Of each thread what its articles state, each once, what most of them state first."""
    found: defaultdict[int, list[Fact]] = defaultdict(list)
    for id, kind, value, sentence, article in db.execute(
        "SELECT thread, kind, value, sentence, article FROM"
        " (SELECT thread, kind, value, sentence, fact.article AS article, date, fact.id AS id,"
        "         count(*) OVER same AS times, row_number() OVER (same ORDER BY date IS NULL, date, fact.id) AS nth"
        "  FROM membership JOIN fact USING (article) JOIN article ON article.id = fact.article"
        "  WHERE thread IN (SELECT value FROM json_each(?))"
        "  WINDOW same AS (PARTITION BY thread, kind, value))"
        " WHERE nth = 1 ORDER BY thread, times DESC, date IS NULL, date, id",
        asked,
    ):
        found[id].append(Fact(kind, value, sentence, article))
    return defaultdict(tuple, {id: tuple(facts) for id, facts in found.items()})


MOST_STATED = 4000
"""Facts of a thread that are read at once: a hundred articles that state as much as is kept of one."""


def stated(db: apsw.Connection, id: int) -> list[Fact]:
    """What the articles of a thread state, article by article in order of date: the same fact as often as they state it."""
    found = db.execute(
        "SELECT kind, value, sentence, fact.article FROM membership JOIN fact USING (article)"
        " WHERE thread = ? ORDER BY at, article, fact.id LIMIT ?",
        (_heir(db, id), MOST_STATED),
    )
    return [Fact(*row) for row in found]


# The analyst's word


def merge(db: apsw.Connection, ids: Sequence[int], now: int) -> int:
    """Join threads for good: which one stands, the largest, the oldest of equals.

    Raises `NotFound` for a thread that is not there, `Refused` where there are not two.
    """
    chosen = list(dict.fromkeys(thread(db, id).id for id in ids))
    if len(chosen) < 2:
        raise Refused("a merge needs two threads at least")
    found = sorted(threads(db, chosen), key=lambda thread: (-len(thread.members), thread.id))
    stands, others = found[0], found[1:]
    joining = [member.row.id for other in others for member in other.members]
    _withdraw(db, "cannot", joining, [member.row.id for member in stands.members], now)
    for one in others:
        rest = [member.row.id for other in others if other is not one for member in other.members]
        _withdraw(db, "cannot", [member.row.id for member in one.members], rest, now)
    _correct(db, "must", ((stands.head, article) for article in joining), now)
    for article in joining:
        membership.move(db, article, stands.id)
    db.executemany(
        "UPDATE thread SET merged_into = ?, storyline = NULL, size = 0 WHERE id = ?", ((stands.id, other.id) for other in others)
    )
    _lead(db, stands.id, stands.head, len(stands.members) + len(joining))
    membership.moved(db)
    return stands.id


def split(db: apsw.Connection, id: int, leaving: Sequence[int], now: int) -> int:
    """Take articles out of a thread, for good, into one of their own: its number.

    Raises `NotFound` for a thread that is not there, `Refused` for articles that are not in it, and where none would stay.
    """
    found = thread(db, id)
    members = [member.row.id for member in found.members]
    chosen = list(dict.fromkeys(leaving))
    strangers = [article for article in chosen if article not in members]
    if strangers:
        raise Refused(f"article {strangers[0]} is not in thread {found.id}")
    staying = [article for article in members if article not in chosen]
    if not chosen or not staying:
        raise Refused("a split needs an article that leaves and one that stays")
    _withdraw(db, "must", chosen, staying, now)
    _correct(db, "must", ((chosen[0], article) for article in chosen[1:]), now)
    _correct(db, "cannot", ((article, other) for article in chosen for other in staying), now)
    new = membership.new_thread(db, chosen[0])
    for article in chosen:
        membership.move(db, article, new)
    _lead(db, new, chosen[0], len(chosen))
    _lead(db, found.id, staying[0] if found.head in chosen else found.head, len(staying))
    membership.moved(db)
    return new


def _lead(db: apsw.Connection, id: int, head: int, size: int) -> None:
    """Give a thread a head, until it is scored."""
    db.execute(
        "UPDATE thread SET head = ?2, size = ?3, title = (SELECT title FROM article WHERE id = ?2) WHERE id = ?1",
        (id, head, size),
    )


def _withdraw(db: apsw.Connection, kind: str, some: Iterable[int], others: Iterable[int], now: int) -> None:
    """Take back what the analyst said before of these two groups: the newer word stands."""
    one, two = json.dumps(list(some)), json.dumps(list(others))
    db.execute(
        "UPDATE correction SET removed = 1, changed = ?4 WHERE kind = ?3 AND NOT removed"
        " AND (a IN (SELECT value FROM json_each(?1)) AND b IN (SELECT value FROM json_each(?2))"
        "   OR b IN (SELECT value FROM json_each(?1)) AND a IN (SELECT value FROM json_each(?2)))",
        (one, two, kind, now),
    )


def _correct(db: apsw.Connection, kind: str, pairs: Iterable[tuple[int, int]], now: int) -> None:
    db.executemany(
        "INSERT INTO correction (uid, kind, a, b, changed) VALUES (?, ?, ?, ?, ?)",
        ((new_uid(), kind, a, b, now) for a, b in pairs),
    )
