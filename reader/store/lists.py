"""Lists as the window shows them: all ids of one in order, what its lines say, and how much there is of everything.

What is hidden is nowhere in them, and counts for nothing.
"""

from __future__ import annotations

import json
from array import array
from typing import TYPE_CHECKING, Any

from reader.errors import Refused
from reader.records import Counts, Listing, ThreadRow
from reader.store.articles import when

if TYPE_CHECKING:
    from collections.abc import Sequence

    import apsw

    from reader.records import ListOrder, Narrowing, Scope

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
    "annotated": _ANNOTATED,
    "topic": "SELECT article FROM topic_match WHERE topic = :id AND matches",
    "folder": "SELECT article FROM arrival JOIN feed ON feed.id = feed WHERE folder = :name AND NOT feed.removed",
    "feed": "SELECT article FROM arrival WHERE feed = :id",
    "provider": "SELECT id FROM article WHERE provider = :id",
    "storyline": "",
}
"""Of each kind of scope the articles that lie in it; "" where it is said of whole threads."""

_ORDERS = {
    "newest": ("last",),
    "quality": ("quality", "last"),
    "heat": ("heat", "last"),
}


def listing(
    db: apsw.Connection, scope: Scope, narrowing: Narrowing, order: ListOrder, publish_at: float, *, ascending: bool
) -> Listing:
    """The threads that have a member in scope and narrowing, in order, each with all its members.

    Raises `Refused` for a scope, a narrowing or an order that there is not.
    """
    if scope.kind not in _SCOPES or narrowing not in {"all", "unread", "starred", "hot"} or order not in _ORDERS:
        raise Refused(f"there is no list of {scope.kind}, {narrowing}, by {order}")
    found = db.execute(
        "SELECT id, (SELECT json_group_array(article) FROM (SELECT article FROM membership"
        f" WHERE thread = thread.id AND {_VISIBLE} ORDER BY at, article))"
        f" FROM thread WHERE merged_into IS NULL{_conditions(scope, narrowing)} ORDER BY {_sorting(order, ascending=ascending)}",
        {"id": scope.id, "name": scope.name, "publish_at": publish_at},
    )
    threads, starts, members = array("q"), array("q", [0]), array("q")
    for id, articles in found:
        own = json.loads(articles)
        if own:
            threads.append(id)
            members.extend(own)
            starts.append(len(members))
    return Listing(threads, starts, members)


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
    SELECT thread.id, coalesce(thread_title.title, thread.title), excerpt, head, thread.independent, thread.quality, heat,
           momentum, first, last, storyline, language,
           (SELECT json_group_array(outlet) FROM (SELECT outlet FROM membership WHERE thread = thread.id AND outlet IS NOT NULL
            GROUP BY outlet ORDER BY min(at), min(article))),
           (SELECT count(*) FROM membership JOIN state USING (article) WHERE thread = thread.id AND NOT hidden),
           (SELECT count(*) FROM membership JOIN state USING (article) WHERE thread = thread.id AND NOT hidden AND NOT read),
           EXISTS (SELECT 1 FROM membership JOIN state USING (article) WHERE thread = thread.id AND NOT hidden AND starred)
    FROM thread
    JOIN article ON article.id = head
    LEFT JOIN thread_title ON thread_title.thread = thread.id
    WHERE merged_into IS NULL AND thread.id IN (SELECT value FROM json_each(?))
"""


def thread_rows(db: apsw.Connection, ids: Sequence[int]) -> list[ThreadRow]:
    """The lines of these threads, in this order; one that is not there is left out."""
    asked = json.dumps(list(ids))
    annotated = {
        id
        for (id,) in db.execute(
            f"SELECT thread FROM membership WHERE thread IN (SELECT value FROM json_each(?1)) AND article IN ({_ANNOTATED})"
            " UNION SELECT thread FROM note WHERE thread IN (SELECT value FROM json_each(?1)) AND NOT removed",
            (asked,),
        )
    }
    names = dict(db.execute("SELECT id, coalesce(nullif(name, ''), domain) FROM provider"))
    found = {row[0]: _thread_row(row, names, row[0] in annotated) for row in db.execute(_ROWS, (asked,))}
    return [found[id] for id in ids if id in found]


def _thread_row(row: tuple[Any, ...], names: dict[int, str], annotated: bool) -> ThreadRow:
    id, title, excerpt, head, independent, quality, heat, momentum, first, last, storyline, language, *rest = row
    outlets, size, unread, starred = rest
    providers = json.loads(outlets)
    return ThreadRow(
        id=id,
        title=title,
        excerpt=excerpt,
        head=head,
        size=size,
        independent=independent,
        providers=tuple(names[outlet] for outlet in providers[:4]),
        provider_count=len(providers),
        quality=quality,
        heat=heat,
        momentum=momentum,
        first=when(first),
        last=when(last),
        unread=unread,
        starred=bool(starred),
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
            "SELECT count(*) FROM thread WHERE merged_into IS NULL AND heat >= :publish_at AND EXISTS"
            " (SELECT 1 FROM membership JOIN state USING (article) WHERE thread = thread.id AND NOT read AND NOT hidden)"
        ),
        annotated=number(f"SELECT count(*) FROM ({_ANNOTATED})"),
        briefings=number("SELECT count(*) FROM briefing WHERE NOT removed"),
        topics=dict(
            db.execute(
                "SELECT topic.id, count(state.article) FROM topic"
                " LEFT JOIN topic_match ON topic_match.topic = topic.id AND matches"
                " LEFT JOIN state ON state.article = topic_match.article AND NOT read AND NOT hidden"
                " WHERE NOT topic.removed GROUP BY topic.id"
            )
        ),
        feeds=dict(
            db.execute(
                "SELECT feed.id, count(DISTINCT state.article) FROM feed LEFT JOIN arrival ON arrival.feed = feed.id"
                " LEFT JOIN state ON state.article = arrival.article AND NOT read AND NOT hidden"
                " WHERE NOT feed.removed GROUP BY feed.id"
            )
        ),
    )
