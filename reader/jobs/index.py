"""The full-text index, the topics and the saved searches, brought level with the database; the index built anew."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from reader.errors import NotFound
from reader.records import Progress
from reader.store import matches, searches

if TYPE_CHECKING:
    from collections.abc import Iterator

    import apsw

    from reader.store.database import Database, Lease
    from reader.store.search.answers import Standing
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
    """Let the standing queries look at what the index has taken in, and forget it: one transaction, so that nothing is missed."""
    from reader.store.search import following  # noqa: PLC0415 - heavy: Whoosh and numpy
    from reader.store.search.answers import Standing  # noqa: PLC0415 - heavy: Whoosh and numpy

    seen = following.unswept(database.db, index)
    found: list[_Found] = []
    if seen.articles and (waiting := [one for one in matches.filled(database.db) if one.filled_with == one.query]):
        with closing(Standing(database.db, index, database.now())) as standing:
            found = [_looked(database, standing, one, seen.articles) for one in waiting]
    if seen.articles or following.link(database.db) != seen.link:
        with database.write() as db:
            for one in found:
                _keep(db, one, database.now())
            following.sweep(db, seen)


def _fill(database: Database, index: Index, lease: Lease) -> Iterator[Progress]:
    """Look at all articles for queries that are new or changed, and for those that ask for what changes without a text."""
    from reader.store.search.answers import Standing  # noqa: PLC0415 - heavy: Whoosh and numpy

    known = matches.filled(database.db)
    if not known:
        return
    with closing(Standing(database.db, index, database.now())) as standing:
        for done, asked in enumerate(known, start=1):
            is_other = asked.filled_with != asked.query
            if is_other or standing.moves(asked.query):
                found = _looked(database, standing, asked)
                with database.write() as db:
                    _keep(db, found, database.now())
            lease.beat()
            yield Progress(done, len(known), "Topics")
            if is_other and asked.kind == "search":
                yield from _tested(database, asked.id)


class _Found(NamedTuple):
    """What a standing query finds of the articles `among`, and of which of them there is to be an alert, with their words."""

    asked: matches.Filled
    articles: list[int]
    among: list[int] | None
    alerts: dict[int, tuple[str, ...]]


def _looked(database: Database, standing: Standing, asked: matches.Filled, among: list[int] | None = None) -> _Found:
    found = standing.found(asked.query, among)
    alerts: dict[int, tuple[str, ...]] = {}
    if asked.kind == "search" and asked.filled_with == asked.query:
        alerts = standing.words(asked.query, searches.to_alert(database.db, asked.id, found))
    return _Found(asked, found, among, alerts)


def _keep(db: apsw.Connection, found: _Found, now: int) -> None:
    asked = found.asked
    if found.alerts:
        searches.alert(db, asked.id, found.alerts, now)
    matches.keep(db, asked.kind, asked.id, asked.query, found.articles, found.among)


def _tested(database: Database, id: int) -> Iterator[Progress]:
    """Say what a saved search with another query gets wrong, by its test."""
    try:
        saved, misses = searches.saved_search(database.db, id), searches.missed(database.db, id)
    except NotFound:  # removed meanwhile
        return
    for miss in misses:
        does = "does not find" if miss.wanted else "finds"
        yield Progress(0, 0, note=f"“{saved.name}” {does} “{miss.title}”, which it {'must' if miss.wanted else 'must not'} find")
