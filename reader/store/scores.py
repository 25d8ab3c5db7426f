"""Quality, heat and what is published: what the analysis makes of articles and threads, written where it changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import apsw


class Member(NamedTuple):
    """A member of a thread as its scores see it.

    `provider` is the domain, else the name, "" where nobody knows; `quality` ours or the recorded one; `decision` the analyst's.
    `kept` are quality, heat and published as they stand, `None` where it was never scored.
    """

    thread: int
    article: int
    title: str
    provider: str
    quality: float | None
    recorded: bool
    date: int | None
    decision: bool | None
    copy_of: int | None
    independent: bool
    first: bool
    primary: bool
    kept: tuple[float | None, float, bool] | None
    url: str


_MEMBERS = """
    SELECT thread, article.id, title, coalesce(nullif(domain, ''), name, ''), coalesce(recorded_quality, score.quality),
           recorded_quality IS NOT NULL, date, decision, copy_of, independent, leads_off, is_source, score.quality, heat,
           published, coalesce(nullif(web_url, ''), original_url)
    FROM membership
    JOIN article ON article.id = membership.article
    JOIN state ON state.article = article.id
    LEFT JOIN provider ON provider.id = provider
    LEFT JOIN score ON score.article = article.id
    WHERE thread IN (SELECT value FROM json_each(?))
    ORDER BY date IS NULL, date, article.id
"""


def members(db: apsw.Connection, threads: Iterable[int]) -> Iterator[Member]:
    """The members of these threads, in order of date."""
    for row in db.execute(_MEMBERS, (json.dumps(list(threads)),)):
        thread, article, title, provider, quality, recorded, date, decision, copy_of, independent, *rest = row
        first, primary, own, heat, published, url = rest
        kept = None if heat is None else (own, heat, bool(published))
        yield Member(
            thread, article, title, provider, quality, bool(recorded), date, None if decision is None else bool(decision),
            copy_of, bool(independent), bool(first), bool(primary), kept, url,
        )  # fmt: skip


Score = tuple[int, "float | None", float, bool]
"""Article, quality, heat, and whether it is published."""


def keep(db: apsw.Connection, scores: Iterable[Score]) -> None:
    """Keep quality, heat and published of articles; a row that says so already is left alone."""
    db.executemany(
        "INSERT INTO score VALUES (?, ?, ?, ?) ON CONFLICT (article) DO UPDATE"
        " SET quality = excluded.quality, heat = excluded.heat, published = excluded.published"
        " WHERE quality IS NOT excluded.quality OR heat != excluded.heat OR published != excluded.published",
        scores,
    )


class Summary(NamedTuple):
    """A thread at one glance, as it is kept; times in seconds since 1970."""

    title: str
    head: int
    quality: float | None
    heat: float
    size: int
    independent: int
    providers: int
    first: int | None
    last: int | None


_SUMMARISE = (
    f"UPDATE thread SET {', '.join(f'{name} = ?{at}' for at, name in enumerate(Summary._fields, start=2))} WHERE id = ?1"
    f" AND ({', '.join(Summary._fields)}) IS NOT ({', '.join(f'?{at}' for at in range(2, 2 + len(Summary._fields)))})"
)


def keep_summaries(db: apsw.Connection, summaries: Mapping[int, Summary]) -> None:
    """Keep what these threads are at one glance; a row that says so already is left alone."""
    db.executemany(_SUMMARISE, ((thread, *summary) for thread, summary in summaries.items()))


# Momentum


def reports_between(db: apsw.Connection, first: int, last: int) -> Iterator[tuple[int, int, list[int]]]:
    """Thread, date and topics of each independent report of this time."""
    for thread, date, topics in db.execute(
        "SELECT thread, date, (SELECT json_group_array(topic) FROM topic_match AS one WHERE one.article = article.id AND matches)"
        " FROM article JOIN membership ON membership.article = article.id WHERE date BETWEEN ? AND ? AND independent",
        (first, last),
    ):
        yield thread, date, json.loads(topics)


def topic_names(db: apsw.Connection) -> dict[int, str]:
    """What topics are called."""
    return dict(db.execute("SELECT id, name FROM topic"))


def keep_momenta(db: apsw.Connection, found: Mapping[int, float]) -> None:
    """Keep the momentum of these threads; all others have none."""
    asked = json.dumps(list(found))
    db.execute(
        "UPDATE thread SET momentum = NULL WHERE momentum IS NOT NULL AND id NOT IN (SELECT value FROM json_each(?))",
        (asked,),
    )
    db.executemany(
        "UPDATE thread SET momentum = ?2 WHERE id = ?1 AND momentum IS NOT ?2", ((id, value) for id, value in found.items())
    )


def pace_state(db: apsw.Connection, hour: int, first: int) -> str:
    """Another word whenever momentum may be another: the hour, and what there is to count since `first` (seconds since 1970)."""
    counted = db.execute(
        "SELECT (SELECT max(id) FROM correction), (SELECT count(*) FROM topic_match),"
        " (SELECT value FROM about WHERE key = 'moves'), (SELECT sum(date * (1 + independent) + thread * article)"
        " FROM article JOIN membership ON article = article.id WHERE date >= ?)",
        (first,),
    ).fetchone()
    return json.dumps([hour, *(counted or ())])


def paced(db: apsw.Connection) -> str | None:
    """The state that momentum was found in last."""
    found = db.execute("SELECT value FROM about WHERE key = 'paced'").fetchone()
    return str(found[0]) if found else None


def note_pace(db: apsw.Connection, state: str) -> None:
    """Note in which state momentum was found."""
    db.execute("INSERT INTO about VALUES ('paced', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", (state,))
