"""What a library tells of the articles and threads in a briefing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from reader.jobs.publish.document import Chapter, Storyline
from reader.text import sentences, shortened, squeezed

if TYPE_CHECKING:
    from collections.abc import Sequence

    import apsw

EXCERPT = 420
"""Code points of an article's beginning that are shown."""


@dataclass(frozen=True, slots=True)
class Told:
    """An article as it is told of here."""

    id: int
    title: str
    provider: str
    author: str
    when: datetime | None
    url: str
    accessed: date
    language: str
    text: str
    excerpt: str
    quality: float | None
    hidden: bool
    independent: bool
    """Has reporting of its own, as far as anybody knows."""
    copy: bool

    @property
    def day(self) -> date | None:
        """When it was published, in UTC."""
        return self.when.date() if self.when else None


def members(db: apsw.Connection, thread: int) -> list[Told]:
    """A thread's articles in order of date, those without one at the end."""
    ids = [id for (id,) in db.execute("SELECT article FROM membership WHERE thread = ?", (thread,))]
    return sorted(told(db, ids), key=lambda one: (one.when is None, one.when or datetime.max.replace(tzinfo=UTC), one.id))


def beginning(one: Told) -> str:
    """How an article begins, in its own words: the excerpt, or the first sentences."""
    beginning = ""
    for sentence in sentences(one.excerpt or one.text[: EXCERPT * 8]):
        if beginning and len(beginning) + len(sentence) > EXCERPT:
            break
        beginning = f"{beginning} {sentence}".strip()
    return shortened(beginning, EXCERPT)


def now_at(db: apsw.Connection, thread: int) -> int:
    """Where a thread's articles are now, if it was merged into others."""
    seen = {thread}
    while (found := db.execute("SELECT merged_into FROM thread WHERE id = ?", (thread,)).get) is not None:
        assert isinstance(found, int)
        if found in seen:
            break
        seen.add(found)
        thread = found
    return thread


def storyline(db: apsw.Connection, id: int | None, current: int) -> Storyline | None:
    """The long-running matter that a thread belongs to, with all its threads in time; `None` where it stands alone."""
    title = db.execute("SELECT title FROM storyline WHERE id = ? AND NOT ended", (id,)).get
    chapters = tuple(
        Chapter(squeezed(named), _day(first), thread == current)
        for thread, named, first in db.execute(
            "SELECT id, coalesce(thread_title.title, thread.title), first FROM thread LEFT JOIN thread_title ON thread = id"
            " WHERE storyline = ? AND merged_into IS NULL ORDER BY first, id",
            (id,),
        )
    )
    return Storyline(squeezed(str(title)), chapters) if title and len(chapters) > 1 else None


def told(db: apsw.Connection, ids: Sequence[int]) -> list[Told]:
    """These articles, in no order; an id that is not there is left out."""
    found = db.execute(
        "SELECT article.id, title, coalesce(nullif(provider.name, ''), provider.domain, ''), author, date,"
        " coalesce(nullif(web_url, ''), nullif(original_url, ''), amp_url), coalesce(captured, arrived), language, text,"
        " excerpt, coalesce(score.quality, recorded_quality), hidden, membership.independent, membership.copy_of"
        " FROM article JOIN content ON content.article = article.id JOIN state ON state.article = article.id"
        " LEFT JOIN provider ON provider.id = provider LEFT JOIN score ON score.article = article.id"
        " LEFT JOIN membership ON membership.article = article.id"
        " WHERE article.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    return [_one(*row) for row in found]


def _one(id: int, title: str, provider: str, author: str, when: int | None, url: str, accessed: int, *rest: Any) -> Told:
    language, text, excerpt, quality, hidden, independent, copy_of = rest
    return Told(
        id=id,
        title=squeezed(title),
        provider=squeezed(provider),
        author=squeezed(author),
        when=datetime.fromtimestamp(when, UTC) if when is not None else None,
        url=url,
        accessed=datetime.fromtimestamp(accessed, UTC).date(),
        language=language,
        text=text,
        excerpt=excerpt,
        quality=quality,
        hidden=bool(hidden),
        independent=independent != 0,
        copy=copy_of is not None,
    )


def _day(seconds: int | None) -> date | None:
    return datetime.fromtimestamp(seconds, UTC).date() if seconds is not None else None
