"""How rare terms are is kept step by step, and brought together later; nothing of it is lost on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.store import term_counts

if TYPE_CHECKING:
    from reader.store.database import Database


def test_what_steps_counted_stands_once_it_is_settled_and_the_latest_counts(database: Database) -> None:
    for counts in ({7: 1, 8: 1}, {8: 2, 2**31 + 9: 1}, {8: 3}):
        with database.write() as db:
            term_counts.note(db, counts)
    with database.write() as db:
        term_counts.settle(db)
        term_counts.settle(db)
    assert term_counts.threads_with(database.db, [7, 8, 2**31 + 9, 10]) == {7: 1, 8: 3, 2**31 + 9: 1}


def test_how_many_threads_there_are_is_known_at_once(database: Database) -> None:
    assert term_counts.threads(database.db) == 0
    for count in (1, 2):
        with database.write() as db:
            term_counts.note(db, {term_counts.THREADS: count, 7: 1})
        assert term_counts.threads(database.db) == count


def test_counting_begins_anew_with_nothing_settled_and_nothing_noted(database: Database) -> None:
    with database.write() as db:
        term_counts.note(db, {7: 4})
        term_counts.settle(db)
        term_counts.note(db, {7: 5, 8: 1, term_counts.THREADS: 3})
        term_counts.forget(db)
        term_counts.settle(db)
    assert term_counts.threads_with(database.db, [7, 8]) == {}
    assert term_counts.threads(database.db) == 0
