"""Threads as they are read, and the commands of the analyst: what is refused, and that a newer word stands above an older."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from reader.errors import NotFound, Refused
from reader.records import Fact, Outlet, Record
from reader.store import articles, corrections, membership, scores, threads

if TYPE_CHECKING:
    from reader.store.database import Database


@pytest.fixture
def filled(database: Database) -> Database:
    """Thread 1 holds articles 1 to 3, thread 2 article 4, thread 3 article 5."""
    with database.write() as db:
        for at in range(1, 6):
            date = datetime(2026, 1, at, tzinfo=UTC)
            articles.keep(db, Record(title=f"T{at}", date=date, web_url=f"https://o{at}.example/x", provider=Outlet(f"O{at}")), 0)
        for thread, members in ((1, (1, 2, 3)), (2, (4,)), (3, (5,))):
            assert membership.new_thread(db, members[0]) == thread
            for member in members:
                membership.settle(db, member, thread, b"v")
            first = members[0]
            summary = scores.Summary(f"T{first}", first, 60.0, 60.0 + thread, len(members), 0, 1, first * 86400, first * 86400)
            scores.keep_summaries(db, {thread: summary})
        membership.keep_facts(db, 1, [Fact("money", "EUR 1", "One euro.", 1), Fact("law", "GDPR", "The law.", 1)])
        membership.keep_facts(db, 2, [Fact("law", "GDPR", "That law.", 2)])
    return database


def ids(database: Database, sort: str = "heat", **how: bool) -> list[int]:
    return [thread.id for thread in threads.listed(database.db, sort, 0, **how)[1]]


def test_a_list_has_threads_of_two_and_more_unless_all_are_asked_for(filled: Database) -> None:
    assert ids(filled) == [1]
    assert ids(filled, singles=True) == [3, 2, 1]
    assert ids(filled, "newest", singles=True) == [3, 2, 1]
    assert ids(filled, "size", singles=True) == [1, 3, 2]
    total, found = threads.listed(filled.db, "heat", 1, singles=True)
    assert (total, len(found)) == (3, 1)
    with pytest.raises(Refused, match="colour"):
        threads.listed(filled.db, "colour")


def test_a_thread_tells_its_members_in_time_and_each_fact_once_the_most_stated_first(filled: Database) -> None:
    thread = threads.thread(filled.db, 1)
    assert [member.row.title for member in thread.members] == ["T1", "T2", "T3"]
    assert thread.providers == ("O1", "O2", "O3")
    assert [(fact.value, fact.article) for fact in thread.facts] == [("GDPR", 1), ("EUR 1", 1)]
    assert thread.momentum is None
    assert [(fact.value, fact.sentence, fact.article) for fact in threads.stated(filled.db, 1)] == [
        ("EUR 1", "One euro.", 1), ("GDPR", "The law.", 1), ("GDPR", "That law.", 2),
    ]  # fmt: skip
    assert threads.thread_of(filled.db, 3) == 1
    assert threads.thread_of(filled.db, 99) is None


def test_the_analysts_title_stands_above_that_of_the_head(filled: Database) -> None:
    with filled.write() as db:
        db.execute("INSERT INTO thread_title VALUES (1, 'My name for it', 0)")
    assert threads.thread(filled.db, 1).title == "My name for it"


def test_old_numbers_lead_to_where_the_articles_went(filled: Database) -> None:
    with filled.write() as db:
        threads.merge(db, [2, 3], 0)
        threads.merge(db, [1, 2], 0)
    assert [threads.thread(filled.db, id).id for id in (1, 2, 3)] == [1, 1, 1]
    assert ids(filled, singles=True) == [1]


def test_what_makes_no_sense_is_refused_with_a_reason(filled: Database) -> None:
    for ids, reason in (([1], "two threads"), ([1, 1], "two threads")):
        with filled.write() as db, pytest.raises(Refused, match=reason):
            threads.merge(db, ids, 0)
    with filled.write() as db, pytest.raises(NotFound, match="thread 77"):
        threads.merge(db, [1, 77], 0)
    with filled.write() as db, pytest.raises(Refused, match="article 4 is not in thread 1"):
        threads.split(db, 1, [4], 0)
    for leaving in ([], [1, 2, 3]):
        with filled.write() as db, pytest.raises(Refused, match="one that stays"):
            threads.split(db, 1, leaving, 0)
    with filled.write() as db, pytest.raises(NotFound):
        threads.split(db, 77, [1], 0)


def test_the_newer_word_takes_back_the_older(filled: Database) -> None:
    with filled.write() as db:
        new = threads.split(db, 1, [2, 3], 0)
        assert set(corrections.bonds(db, "must", "cannot")) == {("must", 2, 3), ("cannot", 2, 1), ("cannot", 3, 1)}
        threads.merge(db, [1, new], 0)
        assert {kind for kind, _, _ in corrections.bonds(db, "must", "cannot")} == {"must"}
        threads.split(db, threads.thread(db, 1).id, [3], 0)
        assert set(corrections.bonds(db, "must", "cannot")) >= {("cannot", 3, 1), ("cannot", 3, 2)}
        assert ("must", 2, 3) not in corrections.bonds(db, "must", "cannot")


def test_a_split_asks_for_its_articles_to_be_looked_at(filled: Database) -> None:
    with filled.write() as db:
        db.execute("DELETE FROM pending")
        threads.split(db, 1, [3], 0)
        assert {(one.article, one.regroup) for one in membership.pending(db)} == {(1, False), (2, False), (3, False)}


def test_what_stays_behind_stays_together_whoever_leaves(filled: Database) -> None:
    """Articles 1 to 4 were said to be one event through article 1; it leaves, and the others still are."""
    with filled.write() as db:
        threads.merge(db, [1, 2], 0)
        threads.split(db, 1, [1], 0)
        assert sorted(corrections.bound(db, [2, 3, 4])[0]) == [2, 3, 4]


def test_a_thread_whose_articles_all_move_leads_to_where_they_are(filled: Database) -> None:
    with filled.write() as db:
        assert threads.move(db, [4, 2], 3, 0) == {1, 2, 3}
    assert [member.row.id for member in threads.thread(filled.db, 3).members] == [2, 4, 5]
    assert threads.thread(filled.db, 2).id == 3
    with filled.write() as db, pytest.raises(Refused, match="nothing to move"):
        threads.move(db, [5], 3, 0)
    with filled.write() as db, pytest.raises(NotFound, match="article 77"):
        threads.move(db, [77], 3, 0)


def test_a_thread_has_the_name_that_it_was_given_last_until_that_is_taken_away(filled: Database) -> None:
    with filled.write() as db:
        threads.rename(db, 1, "First  name", 0)
        threads.rename(db, 1, "Second name", 0)
    assert threads.thread(filled.db, 1).title == "Second name"
    assert [(one.kind, one.threads, one.title) for one in corrections.listed(filled.db)] == [("rename", (1,), "Second name")]
    with filled.write() as db:
        threads.rename(db, 1, "", 0)
    assert (threads.thread(filled.db, 1).title, corrections.listed(filled.db)) == ("T1", [])
