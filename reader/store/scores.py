"""Quality, heat and what is published: what the analysis makes of articles and threads, written where it changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import apsw


class Member(NamedTuple):
    """A member of a thread as its scores see it.

    `provider` is the domain, else the name, "" where nobody knows; `quality` ours or the recorded one; `decision` the analyst's.
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


_MEMBERS = """
    SELECT thread, article.id, title, coalesce(nullif(domain, ''), name, ''), coalesce(recorded_quality, score.quality),
           recorded_quality IS NOT NULL, date, decision, copy_of, independent
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
        thread, article, title, provider, quality, recorded, date, decision, copy_of, independent = row
        yield Member(
            thread, article, title, provider, quality, bool(recorded), date,
            None if decision is None else bool(decision), copy_of, bool(independent),
        )  # fmt: skip


def keep(db: apsw.Connection, scores: Iterable[tuple[int, float | None, float, bool]]) -> None:
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


def keep_summary(db: apsw.Connection, thread: int, summary: Summary) -> None:
    """Keep what a thread is at one glance; a row that says so already is left alone."""
    names = Summary._fields
    db.execute(
        f"UPDATE thread SET {', '.join(f'{name} = ?' for name in names)} WHERE id = ?"
        f" AND ({', '.join(names)}) IS NOT ({', '.join('?' for _ in names)})",
        (*summary, thread, *summary),
    )
