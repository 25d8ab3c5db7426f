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
from reader.store import articles, corrections, membership
from reader.store.lists import HOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import apsw

    from reader.records import ArticleRow

_ORDERS = {
    "hot": f"{HOT} DESC, heat DESC, id",
    "heat": "heat DESC, last IS NULL, last DESC, id",
    "newest": "last IS NULL, last DESC, id DESC",
    "size": "size DESC, heat DESC, id",
}

# Reading


def listed(
    db: apsw.Connection, sort: str = "heat", limit: int = 50, *, now: int = 0, singles: bool = False
) -> tuple[int, list[Thread]]:
    """How many threads there are, and the first of them by `heat`, `hot`, `newest` or `size`; with `singles` also those of one.

    `limit` 0 is all; `now`, in seconds since 1970, is asked for by `hot`. Raises `Refused` for another order.
    """
    if sort not in _ORDERS:
        raise Refused(f"threads are sorted by {', '.join(_ORDERS)}, not by “{sort}”")
    fewest = 1 if singles else 2
    total = db.execute("SELECT count(*) FROM thread WHERE merged_into IS NULL AND size >= ?", (fewest,)).get
    found = db.execute(
        f"SELECT id FROM thread WHERE merged_into IS NULL AND size >= :fewest ORDER BY {_ORDERS[sort]} LIMIT :limit",
        {"fewest": fewest, "limit": limit or -1, "now": now},
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
        "SELECT thread, article, independent, copy_of, leads_off, is_source FROM membership"
        " WHERE thread IN (SELECT value FROM json_each(?)) ORDER BY thread, at, article",
        asked,
    ).fetchall()
    rows: dict[int, ArticleRow] = {row.id: row for row in articles.rows(db, [article for _, article, *_ in placed])}
    links = membership.links_within(db, json.loads(asked[0]))
    found: defaultdict[int, list[Member]] = defaultdict(list)
    for id, article, independent, copy_of, first, primary in placed:
        found[id].append(Member(rows[article], bool(independent), copy_of, bool(first), bool(primary), links[article]))
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


MOST_PAIRS = 2000
"""Pairs of articles that one split is kept as."""

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


def dates_from(db: apsw.Connection, day: str) -> Iterator[tuple[str, str, int, int | None, str]]:
    """Every day from this one on that an article names: day, sentence, article, thread, its title; the latest article first."""
    return db.execute(
        "SELECT value, sentence, fact.article, thread, coalesce(thread_title.title, thread.title, article.title) FROM fact"
        " JOIN article ON article.id = fact.article JOIN state ON state.article = article.id"
        " LEFT JOIN membership ON membership.article = article.id LEFT JOIN thread ON thread.id = membership.thread"
        " LEFT JOIN thread_title USING (thread)"
        " WHERE kind = 'date' AND value BETWEEN ? AND '9999' AND NOT hidden"
        " ORDER BY value, thread, article.date DESC, article.id DESC",
        (day,),
    )


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
    everyone = [member.row.id for one in found for member in one.members]
    joining = {member.row.id: other.id for other in others for member in other.members}
    said = corrections.say(db, "merge", [one.id for one in found], joining, stands.title, now)
    corrections.withdraw(db, said, "cannot", everyone, everyone)
    corrections.bind(db, said, "must", ((stands.head, article) for article in everyone))
    corrections.moved(db, said, joining, stands.id)
    for article in joining:
        membership.move(db, article, stands.id)
    for other in others:
        _leave(db, other.id, stands.id)
    _lead(db, stands.id, stands.head, len(everyone))
    return stands.id


def split(db: apsw.Connection, id: int, leaving: Sequence[int], now: int) -> int:
    """Take articles out of a thread, for good, into one of their own: its number; the one that they had before a merge.

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
    new = membership.thread_for(db, chosen)
    said = corrections.say(db, "split", [new, found.id], chosen, found.title, now)
    _part(db, said, chosen, staying)
    corrections.bind(db, said, "must", ((chosen[0], article) for article in chosen[1:]))
    corrections.moved(db, said, dict.fromkeys(chosen, found.id), new)
    for article in chosen:
        membership.move(db, article, new)
    _lead(db, new, chosen[0], len(chosen))
    _lead(db, found.id, staying[0] if found.head in chosen else found.head, len(staying))
    return new


def move(db: apsw.Connection, articles: Sequence[int], id: int, now: int) -> set[int]:
    """Put articles into another thread, for good; every thread that this changed.

    Raises `NotFound` for a thread or an article that is not there, `Refused` where all of them are in it.
    """
    target = thread(db, id)
    stood = membership.threads_of(db, articles)
    for article in articles:
        if article not in stood:
            raise NotFound("article", article)
    leaving = {article: was for article, was in stood.items() if was != target.id}
    if not leaving:
        raise Refused(f"there is nothing to move: thread {target.id} has it")
    sources = list(threads(db, sorted(set(leaving.values()))))
    said = corrections.say(db, "move", [target.id, *(one.id for one in sources)], leaving, target.title, now)
    there = [member.row.id for member in target.members]
    corrections.withdraw(db, said, "cannot", leaving, [*there, *leaving])
    for source in sources:
        members = [member.row.id for member in source.members]
        going = [article for article in members if article in leaving]
        staying = [article for article in members if article not in leaving]
        _part(db, said, going, staying)
        if staying:
            _lead(db, source.id, staying[0] if source.head in leaving else source.head, len(staying))
        else:
            _leave(db, source.id, target.id)
    corrections.bind(db, said, "must", ((target.head, article) for article in leaving))
    corrections.moved(db, said, leaving, target.id)
    for article in leaving:
        membership.move(db, article, target.id)
    _lead(db, target.id, target.head, len(there) + len(leaving))
    return {target.id, *(one.id for one in sources)}


def rename(db: apsw.Connection, id: int, title: str, now: int) -> None:
    """Give a thread a title that stands above that of its head; "" gives it that one back. Raises `NotFound`."""
    found = thread(db, id)
    given = " ".join(title.split())
    _forget_names(db, "rename", found.id, now)
    db.execute("DELETE FROM thread_title WHERE thread = ?", (found.id,))
    if given:
        corrections.say(db, "rename", [found.id], [found.head], given, now)
        db.execute("INSERT INTO thread_title VALUES (?, ?, ?)", (found.id, given, now))


def _forget_names(db: apsw.Connection, kind: str, thread: int, now: int) -> None:
    db.execute(
        "UPDATE correction SET removed = 1, changed = ? WHERE kind = ? AND NOT removed AND json_extract(threads, '$[0]') = ?",
        (now, kind, thread),
    )


def put_back(db: apsw.Connection, id: int, now: int) -> set[int]:
    """Take one correction of threads back as if it had not been said: the threads that this changed.

    What it moved goes back to where it stood, as far as nothing moved it since; what other corrections say goes on.
    """
    said = corrections.correction(db, id)
    shifts = corrections.remove(db, id, now)
    if said.kind == "rename":
        db.execute("DELETE FROM thread_title WHERE thread = ?", (_heir(db, said.threads[0]),))
    stands = membership.threads_of(db, shifts)
    back = {article: was for article, (was, became) in shifts.items() if stands.get(article) == _heir(db, became)}
    touched = {_heir(db, thread) for thread in said.threads} | set(back.values())
    for article, was in back.items():
        membership.move(db, article, was)
    for thread in touched:
        _settle(db, thread)
    return touched


def _settle(db: apsw.Connection, id: int) -> None:
    """Give a thread its head and size by the articles that it has, or point it to where its head went."""
    members = [
        article for (article,) in db.execute("SELECT article FROM membership WHERE thread = ? ORDER BY at, article", (id,))
    ]
    head = membership.head(db, id)
    if members:
        _lead(db, id, members[0] if head is None or head not in members else head, len(members))
    elif head is not None:
        membership.lead_heirs(db, [head])


def _part(db: apsw.Connection, said: int, going: Sequence[int], staying: Sequence[int]) -> None:
    """Let some articles be apart from others; what was said to be one event stays so among each."""
    together = [*corrections.bound(db, staying), *corrections.bound(db, going)]
    corrections.withdraw(db, said, "must", going, staying)
    corrections.bind(db, said, "cannot", _apart(going, staying))
    for group in together:
        corrections.bind(db, said, "must", ((group[0], other) for other in group[1:]))


def _apart(some: Sequence[int], others: Sequence[int]) -> list[tuple[int, int]]:
    """The pairs that say that two groups are apart: all of them, or, of large groups, the first of each with all of the other."""
    if len(some) * len(others) <= MOST_PAIRS:
        return [(one, other) for one in some for other in others]
    return [*((some[0], other) for other in others), *((one, others[0]) for one in some[1:])]


def _leave(db: apsw.Connection, id: int, heir: int) -> None:
    """A thread whose articles all went; it keeps its title for them, and its storyline, in case they come back."""
    db.execute("UPDATE thread SET merged_into = ?, size = 0 WHERE id = ?", (heir, id))


def _lead(db: apsw.Connection, id: int, head: int, size: int) -> None:
    """Give a thread a head, until it is scored."""
    db.execute(
        "UPDATE thread SET head = ?2, size = ?3, title = (SELECT title FROM article WHERE id = ?2) WHERE id = ?1",
        (id, head, size),
    )
