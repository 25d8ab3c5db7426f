"""Lists as the window shows them: all ids of one in order, what its lines say, and how much there is of everything.

What is hidden is nowhere in them, and counts for nothing.
"""

from __future__ import annotations

import json
from array import array
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any, NamedTuple

from reader.errors import Refused
from reader.records import Counts, Listing, ThreadRow
from reader.store.articles import when

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import apsw

    from reader.records import ListOrder, Narrowing, Scope

SHOWN_PROVIDERS = 4

_VISIBLE = "article NOT IN (SELECT article FROM state WHERE hidden)"
_ANNOTATED = (
    "SELECT article FROM highlight WHERE NOT removed"
    " UNION SELECT article FROM note WHERE article IS NOT NULL AND NOT removed"
    " UNION SELECT highlight.article FROM note JOIN highlight ON highlight.id = note.highlight"
    " WHERE NOT note.removed AND NOT highlight.removed"
)

_SCOPES = {
    "all": "",
    "unread": "SELECT article FROM state WHERE NOT read AND NOT hidden",
    "starred": "SELECT article FROM state WHERE starred AND NOT hidden",
    "hot": "",
    "annotated": f"{_ANNOTATED} UNION SELECT membership.article FROM note JOIN membership USING (thread) WHERE NOT removed",
    "topic": "SELECT article FROM topic_match WHERE topic = :id AND matches",
    "folder": "SELECT article FROM arrival JOIN feed ON feed.id = feed WHERE folder = :name AND NOT feed.removed",
    "feed": "SELECT article FROM arrival WHERE feed = :id",
    "provider": "SELECT id FROM article WHERE provider = :id",
    "storyline": "",
}
"""Of each kind of scope the articles that lie in it; "" where it is said of whole threads."""

HOT = "log2(max(1.0, heat + 10.0 * coalesce(momentum, 0))) + min(last, :now) / 172800.0"
"""`analysis.hot.place` in SQL: without a clock in it but for what is dated ahead, so that no row is written as time goes by."""

_ORDERS = {
    "newest": ("last",),
    "quality": ("quality", "last"),
    "heat": ("heat", "last"),
    "hot": (HOT, "heat"),
}


def listing(
    db: apsw.Connection,
    scope: Scope,
    narrowing: Narrowing,
    order: ListOrder,
    publish_at: float,
    now: int,
    *,
    ascending: bool,
) -> Listing:
    """The threads that have a member in scope and narrowing, in order, each with all its members; `now` in seconds since 1970.

    Raises `Refused` for a scope, a narrowing or an order that there is not.
    """
    if scope.kind not in _SCOPES or narrowing not in {"all", "unread", "starred", "hot"} or order not in _ORDERS:
        raise Refused(f"there is no list of {scope.kind}, {narrowing}, by {order}")
    # One row, put together by SQLite: each row would be a chance for a busy job to take the interpreter away.
    found = db.execute(
        "SELECT '[' || group_concat(line) || ']' FROM (SELECT '[' || id || ',' || (SELECT json_group_array(article) FROM ("
        f"SELECT article FROM membership WHERE thread = thread.id AND {_VISIBLE} ORDER BY at, article)) || ']' AS line"
        f" FROM thread WHERE merged_into IS NULL{_conditions(scope, narrowing)} ORDER BY {_sorting(order, ascending=ascending)})",
        {"id": scope.id, "name": scope.name, "publish_at": publish_at, "now": now},
    ).get
    lines = [(id, own) for id, own in json.loads(found or "[]") if own]
    return Listing(
        array("q", [id for id, _ in lines]),
        array("q", accumulate((len(own) for _, own in lines), initial=0)),
        array("q", chain.from_iterable(own for _, own in lines)),
    )


def unread_in(db: apsw.Connection, scope: Scope) -> list[int]:
    """The articles themselves that lie in a scope and were not read. Raises `Refused` for a scope that is said of threads."""
    if not (among := _SCOPES.get(scope.kind)):
        raise Refused(f"articles do not lie in {scope.kind}")
    found = db.execute(
        f"SELECT article FROM state WHERE NOT read AND NOT hidden AND article IN ({among})",
        {"id": scope.id, "name": scope.name},
    )
    return [article for (article,) in found]


def _conditions(scope: Scope, narrowing: Narrowing) -> str:
    said: list[str] = []
    if "hot" in {scope.kind, narrowing}:
        said.append("heat >= :publish_at")
    if scope.kind == "storyline":
        said.append("storyline = :id")
    sets = dict.fromkeys(articles for articles in (_SCOPES[scope.kind], _SCOPES[narrowing]) if articles)
    if sets:
        among = " AND ".join(f"article IN ({articles})" for articles in sets)
        said.append(f"id IN (SELECT thread FROM membership WHERE {among} AND {_VISIBLE})")
    return "".join(f" AND {condition}" for condition in said)


def _sorting(order: ListOrder, *, ascending: bool) -> str:
    """What is not known comes last, whichever way."""
    way = "ASC" if ascending else "DESC"
    return ", ".join([*(f"{column} IS NULL, {column} {way}" for column in _ORDERS[order]), f"id {way}"])


# Lines

_ROWS = """
    SELECT thread.id, coalesce(thread_title.title, article.title), excerpt, article.id, thread.independent, thread.quality, heat,
           momentum, first, last, storyline, language
    FROM thread
    JOIN article ON article.id = iif(
        (SELECT hidden FROM state WHERE state.article = head),
        (SELECT article FROM membership JOIN state USING (article) WHERE thread = thread.id AND NOT hidden
         ORDER BY at, article LIMIT 1),
        head)
    LEFT JOIN thread_title ON thread_title.thread = thread.id
    WHERE merged_into IS NULL AND thread.id IN (SELECT value FROM json_each(?))
"""
"""Of each thread what it says of itself, and of the article that leads it: the first that is to be seen, where that is hidden."""

_MEMBERS = """
    SELECT thread, json_group_array(outlet), count(*), sum(NOT read), max(starred) FROM (
        SELECT thread, outlet, read, starred FROM membership JOIN state USING (article)
        WHERE thread IN (SELECT value FROM json_each(?)) AND NOT hidden ORDER BY thread, at, article
    ) GROUP BY thread
"""

_WRITTEN_ON = f"""
    SELECT thread FROM membership WHERE thread IN (SELECT value FROM json_each(?1)) AND article IN ({_ANNOTATED})
    UNION SELECT thread FROM note WHERE thread IN (SELECT value FROM json_each(?1)) AND NOT removed
"""


def thread_rows(db: apsw.Connection, ids: Iterable[int]) -> list[ThreadRow]:
    """The lines of these threads, in this order; one that is not there, or of which nothing is to be seen, is left out."""
    asked = list(ids)
    wanted = (json.dumps(asked),)
    members = {id: _Members(tuple(_seen(outlets)), *sums) for id, outlets, *sums in db.execute(_MEMBERS, wanted)}
    annotated = {id for (id,) in db.execute(_WRITTEN_ON, wanted)}
    names = _names(db, {outlet for found in members.values() for outlet in found.outlets[:SHOWN_PROVIDERS]})
    rows = (row for row in db.execute(_ROWS, wanted) if row[0] in members)
    found = {row[0]: _thread_row(row, members[row[0]], names, row[0] in annotated) for row in rows}
    return [found[id] for id in asked if id in found]


class _Members(NamedTuple):
    """What is to be seen of a thread's members; outlets in the order in which they reported first."""

    outlets: tuple[int, ...]
    size: int
    unread: int
    starred: int


def _seen(outlets: str) -> Iterator[int]:
    return (outlet for outlet in dict.fromkeys(json.loads(outlets)) if outlet is not None)


def _names(db: apsw.Connection, outlets: Iterable[int]) -> dict[int, str]:
    asked = (json.dumps(list(outlets)),)
    return dict(
        db.execute(
            "SELECT id, coalesce(nullif(name, ''), domain) FROM provider WHERE id IN (SELECT value FROM json_each(?))", asked
        )
    )


def _thread_row(row: tuple[Any, ...], members: _Members, names: Mapping[int, str], annotated: bool) -> ThreadRow:
    id, title, excerpt, head, independent, quality, heat, momentum, first, last, storyline, language = row
    return ThreadRow(
        id=id,
        title=title,
        excerpt=excerpt,
        head=head,
        size=members.size,
        independent=independent,
        providers=tuple(names[outlet] for outlet in members.outlets[:SHOWN_PROVIDERS]),
        provider_count=len(members.outlets),
        quality=quality,
        heat=heat,
        momentum=momentum,
        first=when(first),
        last=when(last),
        unread=members.unread,
        starred=bool(members.starred),
        annotated=annotated,
        storyline=storyline,
        language=language,
    )


# Counts


def counts(db: apsw.Connection, publish_at: float) -> Counts:
    """How much there is of everything that the window counts."""

    def number(query: str) -> int:
        found = db.execute(query, {"publish_at": publish_at}).get
        assert isinstance(found, int)
        return found

    return Counts(
        articles=number("SELECT (SELECT count(*) FROM state) - (SELECT count(*) FROM state WHERE hidden)"),
        unread=number("SELECT count(*) FROM state WHERE NOT read AND NOT hidden"),
        starred=number("SELECT count(*) FROM state WHERE starred AND NOT hidden"),
        hot=number(
            "SELECT count(*) FROM thread WHERE merged_into IS NULL AND heat >= :publish_at AND id IN"
            " (SELECT thread FROM state JOIN membership USING (article) WHERE NOT read AND NOT hidden)"
        ),
        annotated=number(f"SELECT count(*) FROM ({_ANNOTATED})"),
        briefings=number("SELECT count(*) FROM briefing WHERE NOT removed"),
        topics=dict(
            db.execute(
                "SELECT id, (SELECT count(*) FROM topic_match JOIN state USING (article)"
                " WHERE topic = topic.id AND matches AND NOT read AND NOT hidden) FROM topic WHERE NOT removed"
            )
        ),
        feeds=dict(
            db.execute(
                "WITH unread (feed, articles) AS (SELECT feed, count(*) FROM (SELECT DISTINCT article, feed"
                " FROM state CROSS JOIN arrival USING (article) WHERE NOT read AND NOT hidden) GROUP BY feed)"
                " SELECT id, coalesce(articles, 0) FROM feed LEFT JOIN unread ON feed = id WHERE NOT removed"
            )
        ),
    )
