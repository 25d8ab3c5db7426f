"""The full-text index and the topics, brought level with the database; the index built anew."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.records import Progress
from reader.store import topics

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.store.database import Database, Lease
    from reader.store.search.following import Step
    from reader.store.search.index import Index

LEASE = "index"


@dataclass(slots=True)
class IndexOutcome:
    """What was done: how many articles were taken in, and why the index had to be built anew, "" where it had not."""

    indexed: int = 0
    rebuilt: str = ""


def level(database: Database, *, outcome: IndexOutcome | None = None) -> Iterator[Progress]:
    """Bring the index and the topics level. An index that cannot be used is built anew, and that is said.

    Stopped or killed anywhere, it goes on from there. Raises `JobRunning` while another process does, `LibraryUnwritable` where
    the disk is full.
    """
    outcome = outcome if outcome is not None else IndexOutcome()
    with database.lease(LEASE) as lease:
        yield from _level(database, lease, outcome)


def rebuild(database: Database, *, outcome: IndexOutcome | None = None) -> Iterator[Progress]:
    """Build the index anew beside the one that is there, swap them, and bring all level. Searching goes on meanwhile."""
    outcome = outcome if outcome is not None else IndexOutcome()
    with database.lease(LEASE) as lease:
        yield from _rebuild(database, lease, outcome)
        yield from _level(database, lease, outcome)


def problems(database: Database) -> list[str]:
    """What is wrong with the index, in words; none where it holds exactly the articles of the library, undamaged."""
    from reader.store.search import checking  # noqa: PLC0415 - heavy: Whoosh and numpy

    return checking.problems(database.db, database.folder)


def _level(database: Database, lease: Lease, outcome: IndexOutcome) -> Iterator[Progress]:
    from reader.store.search.index import Unusable  # noqa: PLC0415 - heavy: Whoosh and numpy

    try:
        yield from _bring(database, lease, outcome)
    except Unusable as error:
        outcome.rebuilt = str(error)
        yield Progress(0, 0, "Index", note=f"{error}; it is built from the library")
        yield from _rebuild(database, lease, outcome)
        yield from _bring(database, lease, outcome)


def _bring(database: Database, lease: Lease, outcome: IndexOutcome) -> Iterator[Progress]:
    """Bring index and topics level. Raises `Unusable` for an index that must be built anew."""
    from reader.store.search import following  # noqa: PLC0415 - heavy: Whoosh and numpy
    from reader.store.search.index import told_if_damaged  # noqa: PLC0415 - heavy: Whoosh and numpy

    index = following.ready(database.db, database.folder)
    with told_if_damaged(index):
        _settle(database, index)
        total = following.behind(database.db, index)
        before = outcome.indexed
        for step in following.follow(database.db, index):
            yield from _told(step, total, lease)
            if step.committed:
                outcome.indexed = before + step.articles
                _settle(database, index)
        yield from _fill(database, index, lease)
        for step in following.tidy(index):
            yield from _told(step, 0, lease)


def _rebuild(database: Database, lease: Lease, outcome: IndexOutcome) -> Iterator[Progress]:
    from reader.store.search import following  # noqa: PLC0415 - heavy: Whoosh and numpy

    total = database.db.execute("SELECT count(*) FROM article").get
    assert isinstance(total, int)
    for step in following.rebuild(database.db, database.folder):
        yield from _told(step, total, lease)
        outcome.indexed = step.articles


def _told(step: Step, total: int, lease: Lease) -> Iterator[Progress]:
    lease.beat()
    yield Progress(step.articles, max(total, step.articles), "Index")


def _settle(database: Database, index: Index) -> None:
    """Let the topics look at what the index has taken in, and forget it: one transaction, so that no article is passed over."""
    from reader.store.search import following  # noqa: PLC0415 - heavy: Whoosh and numpy
    from reader.store.search.answers import Standing  # noqa: PLC0415 - heavy: Whoosh and numpy

    seen = following.unswept(database.db, index)
    found: list[tuple[topics.Filled, list[int]]] = []
    if seen.articles and (waiting := [topic for topic in topics.filled(database.db) if topic.filled_with == topic.query]):
        with closing(Standing(database.db, index, database.now())) as standing:
            found = [(topic, standing.found(topic.query, seen.articles)) for topic in waiting]
    if seen.articles or following.link(database.db) != seen.link:
        with database.write() as db:
            for topic, articles in found:
                topics.keep_matches(db, topic.id, topic.query, articles, seen.articles)
            following.sweep(db, seen)


def _fill(database: Database, index: Index, lease: Lease) -> Iterator[Progress]:
    """Look at all articles for topics that are new or changed, and for those that ask for what changes without a text."""
    from reader.store.search.answers import Standing  # noqa: PLC0415 - heavy: Whoosh and numpy

    known = topics.filled(database.db)
    if not known:
        return
    with closing(Standing(database.db, index, database.now())) as standing:
        for done, topic in enumerate(known, start=1):
            if topic.filled_with != topic.query or standing.moves(topic.query):
                found = standing.found(topic.query)
                with database.write() as db:
                    topics.keep_matches(db, topic.id, topic.query, found)
            lease.beat()
            yield Progress(done, len(known), "Topics")
