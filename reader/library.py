"""The front door: everything that one can do with a library.

Questions read; commands change something and can be taken back; jobs take time, report, and can be stopped at each step.
Usable as it is, without any window: the shell does, and the engine of the window runs one behind a pipe.
What a method needs that is slow to load is loaded when it is called.
"""

# ruff: noqa: PLC0415 - jobs are imported where they run: a question must not pay for them

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from reader.errors import JobRunning
from reader.records import Changes, Progress
from reader.store import annotations, articles, briefings, feeds, providers, settings, states, storylines, threads, topics
from reader.store.database import Database, utc_now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    import apsw

    from reader.jobs.exchange import ImportOutcome
    from reader.jobs.publish import Published
    from reader.jobs.refresh import RefreshOutcome
    from reader.records import (
        Article,
        ArticleRow,
        Briefing,
        BriefingItem,
        Feed,
        Provider,
        Receipt,
        Storyline,
        Thread,
        Topic,
    )
    from reader.settings import Settings
    from reader.store.search import Answer

PATIENCE_SECONDS = 10.0
"""How long the followers wait for another process that brings threads or index level."""

ExportFormat = Literal["opml", "records", "jsonl"]


class Library:
    """A folder with everything in it. `on_change` is told, after each commit, what it changed.

    Raises `LibraryError` where the folder holds something else, or a library that cannot be read. Made where there is none.
    """

    NEWEST_WINS: frozenset[Callable[..., object]] = frozenset()
    """Questions of which an older one that still waits is not worth answering."""

    def __init__(
        self,
        folder: Path,
        *,
        read_only: bool = False,
        clock: Callable[[], datetime] = utc_now,
        on_change: Callable[[Changes], object] | None = None,
    ) -> None:
        self.folder = folder
        self._database = Database(folder, read_only=read_only, clock=clock, on_change=on_change)

    @property
    def _db(self) -> apsw.Connection:
        return self._database.db

    @contextmanager
    def _command(self, name: str) -> Iterator[tuple[apsw.Connection, int]]:
        """One transaction that can be taken back, and the time it happens at."""
        with self._database.write(undo=name) as db:
            yield db, self._database.now()

    def close(self) -> None:
        """Let go of the files."""
        self._database.close()

    # Questions

    def articles(self, limit: int = 50, offset: int = 0) -> tuple[int, list[Article]]:
        """How many articles there are, and a page of them, newest first; `limit` 0 is all."""
        total, ids = articles.newest(self._db, limit, offset)
        return total, [articles.article(self._db, id) for id in ids]

    def article_rows(self, ids: Sequence[int]) -> list[ArticleRow]:
        """The rows of these articles, in this order."""
        return articles.rows(self._db, ids)

    def article(self, id: int) -> Article:
        """One article, whole. Raises `NotFound`."""
        return articles.article(self._db, id)

    def search(
        self, query: str, *, limit: int = 50, offset: int = 0, sort: str = "relevance", facets: bool = False
    ) -> Answer:
        """Full text over everything; the language is in docs/search.md. Never takes over 2 s; a cut is said in the answer."""
        from reader.store import search

        return search.search(self._database, query, limit=limit, offset=offset, sort=sort, facets=facets)

    def threads(self, sort: str = "heat", limit: int = 50, *, singles: bool = False) -> tuple[int, list[Thread]]:
        """How many threads there are, and the first of them by `heat`, `newest` or `size`; with `singles` also those of one."""
        return threads.listed(self._db, sort, limit, singles=singles)

    def thread(self, id: int) -> Thread:
        """One thread; one that was merged away leads to where its articles went. Raises `NotFound`."""
        return threads.thread(self._db, id)

    def storylines(self) -> list[Storyline]:
        """Every storyline, the one that moved last first."""
        return storylines.listed(self._db)

    def storyline(self, id: int) -> Storyline:
        """One storyline. Raises `NotFound`."""
        return storylines.storyline(self._db, id)

    def feeds(self) -> list[Feed]:
        """Every feed, by folder and title."""
        return feeds.listed(self._db)

    def providers(self) -> list[Provider]:
        """Every provider, the one with most articles first."""
        return providers.listed(self._db)

    def topics(self) -> list[Topic]:
        """Every topic, with what it found."""
        return topics.listed(self._db)

    def briefings(self) -> list[Briefing]:
        """Every briefing, the newest first."""
        return briefings.listed(self._db)

    def explain(self, id: int) -> Receipt:
        """Why an article has its quality. Raises `NotFound`."""
        from reader.jobs import group

        return group.quality_receipt(self._db, id)

    def explain_thread(self, id: int) -> Receipt:
        """Why a thread has its heat. Raises `NotFound`."""
        from reader.jobs import group

        return group.heat_receipt(self._db, id)

    def settings(self) -> Settings:
        """What the user chose."""
        return settings.settings(self._db)

    def others_wrote(self) -> Iterator[Changes]:
        """What other processes wrote since the last step; looks without waiting."""
        mark, changes = self._database.heard(-1)
        version = None
        while True:
            now = self._db.pragma("data_version")
            if now != version:
                version = now
                mark, changes = self._database.heard(mark)
            yield changes
            changes = Changes()

    # Commands

    def mark(self, flag: states.Flag, ids: Sequence[int], on: bool = True) -> int:
        """Set or clear `read`, `starred` or `hidden`; how many articles that changed."""
        with self._command(f"mark_{flag}" if on else f"unmark_{flag}") as (db, now):
            return states.mark(db, flag, ids, on, now)

    def mark_read(self, ids: Sequence[int], read: bool = True) -> int:
        """Mark articles read or unread; how many that changed."""
        return self.mark("read", ids, read)

    def publish(self, ids: Sequence[int], publish: bool | None = True) -> int:
        """The analyst's word on publishing: yes, no (held), or (`None`) as heat says; how many articles that changed."""
        name = {True: "publish", False: "hold", None: "publish_by_heat"}[publish]
        with self._command(name) as (db, now):
            return states.decide(db, ids, publish, now)

    def undo(self) -> str | None:
        """Take back the last command that stands: its name, `None` if there is none. Survives a restart."""
        return self._database.undo()

    def redo(self) -> str | None:
        """Do again what was undone last: its name, `None` if there is nothing."""
        return self._database.redo()
