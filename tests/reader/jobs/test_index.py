"""The job tells how far it is, can be stopped, and leaves nothing for another to trip over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reader.errors import JobRunning
from reader.jobs import index
from reader.records import Record
from reader.store import articles, search, topics

if TYPE_CHECKING:
    from reader.store.database import Database


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.store.search.index._sync", lambda path: None)


def keep(database: Database, count: int) -> None:
    with database.write() as db:
        for number in range(count):
            record = Record(
                title=f"Iris {number}", text="scan " * 20, content="scan " * 20, web_url=f"https://example.org/{number}"
            )
            articles.keep(db, record, database.now())


def test_it_tells_how_far_it_is(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.store.search.following.BATCH_ARTICLES", 5)
    keep(database, 12)
    told = [(progress.done, progress.total) for progress in index.level(database) if progress.label == "Index"]
    assert told[-1] == (12, 12)
    assert told == sorted(told)
    assert all(done <= total for done, total in told)


def test_two_do_not_run_at_once(database: Database) -> None:
    keep(database, 3)
    running = index.level(database)
    next(running)
    for other in (index.level, index.rebuild):
        with pytest.raises(JobRunning):
            next(other(database))
    running.close()
    for _ in index.level(database):
        pass
    assert index.problems(database) == []


def test_nothing_to_do_is_done_at_once(database: Database) -> None:
    assert [*index.level(database)] == []
    keep(database, 1)
    assert [*index.level(database)]
    assert [*index.level(database)] == []
    assert index.problems(database) == []


def test_a_rebuilding_takes_in_what_changed_meanwhile(database: Database) -> None:
    keep(database, 6)
    for _ in index.level(database):
        pass
    running = index.rebuild(database)
    next(running)
    keep(database, 9)
    with database.write() as db:
        topics.add(db, "Eyes", "iris", 0)
    outcome = index.IndexOutcome()
    for _ in running:
        pass
    assert outcome.rebuilt == ""
    assert search.search(database, "iris").total == 9
    assert index.problems(database) == []
    assert topics.listed(database.db)[0].total == 9


def test_problems_name_what_is_amiss(database: Database) -> None:
    keep(database, 3)
    for _ in index.level(database):
        pass
    assert index.problems(database) == []
    with database.write() as db:
        db.execute("DELETE FROM address WHERE article = 2")
        db.execute("DELETE FROM said WHERE article = 2")
        db.execute("DELETE FROM content WHERE article = 2")
        db.execute("DELETE FROM article WHERE id = 2")
        db.execute("DELETE FROM outbox")
    assert index.problems(database) == ["1 articles of the search index that are not in the library, the first is 2"]
    keep(database, 4)
    with database.write() as db:
        db.execute("DELETE FROM outbox")
    (held, _) = index.problems(database)
    assert "that the search index does not hold" in held
