"""Feeds in the library: what was decided stays, what was removed comes back with an undo, what was polled is known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reader.errors import NotFound, Refused
from reader.store import feeds
from reader.store.feeds import NEVER, Poll

if TYPE_CHECKING:
    from reader.store.database import Database

URL = "https://a.example/feed"
WELL = Poll(
    status="new", error="", failures=0, checked=100, due=3700, ttl=60, last_new=100,
    etag='"1"', last_modified="then", body=b"x", address="",
)  # fmt: skip


def add(database: Database, url: str = URL, **choices: object) -> int:
    with database.write() as db:
        id = feeds.add(db, url, 1, **choices)  # type: ignore[arg-type]
    assert id is not None
    return id


def poll(database: Database, id: int, poll: Poll) -> None:
    with database.write() as db:
        feeds.keep_poll(db, id, poll)


def test_a_feed_is_listed_as_it_was_decided(database: Database) -> None:
    id = add(database, title="A", folder="F", username="ann", allow_private=True, link="https://a.example/")
    found = feeds.feed(database.db, id)
    assert (found.url, found.title, found.folder, found.username, found.allow_private, found.status) == (
        URL,
        "A",
        "F",
        "ann",
        True,
        "",
    )
    assert feeds.listed(database.db) == [found]


def test_a_feed_without_a_title_goes_by_its_address_until_it_tells_one(database: Database) -> None:
    id = add(database)
    assert feeds.feed(database.db, id).title == URL
    with database.write() as db:
        feeds.name(db, id, "Told", "https://a.example/", 2)
        feeds.name(db, id, "Told again", "https://b.example/", 3)
    found = feeds.feed(database.db, id)
    assert (found.title, found.link) == ("Told", "https://a.example/")


def test_what_is_there_is_not_added_twice(database: Database) -> None:
    id = add(database, title="A")
    with database.write() as db:
        assert feeds.add(db, f" {URL} ", 2, title="B") is None
    assert feeds.feed(database.db, id).title == "A"
    assert feeds.id_of(database.db, URL) == id


@pytest.mark.parametrize("url", ["", "ftp://a.example/", "|cmd", "exec:x", "a.example/feed", "file:///etc/passwd"])
def test_only_web_addresses_are_polled(database: Database, url: str) -> None:
    with pytest.raises(Refused, match="http"), database.write() as db:
        feeds.add(db, url, 1)


def test_what_was_removed_comes_back_by_undo_and_by_subscribing_again(database: Database) -> None:
    id = add(database, title="A")
    with database.write(undo="remove_feed") as db:
        assert feeds.remove(db, id, 2).title == "A"
    assert feeds.listed(database.db) == []
    assert feeds.due(database.db, 10) == []
    with pytest.raises(NotFound):
        feeds.feed(database.db, id)
    database.undo()
    assert [feed.id for feed in feeds.listed(database.db)] == [id]
    with database.write() as db:
        feeds.remove(db, id, 3)
    assert add(database) == id
    assert feeds.feed(database.db, id).title == "A"


def test_editing_changes_what_is_given_and_a_new_address_is_asked_anew(database: Database) -> None:
    id = add(database, title="A", folder="F")
    poll(database, id, WELL)
    with database.write() as db:
        assert feeds.edit(db, id, 2, title="B").folder == "F"
    assert feeds.due(database.db, 3700)[0].etag == '"1"'
    with database.write() as db:
        feeds.edit(db, id, 2, url="https://a.example/other")
    [due] = feeds.due(database.db, 100)
    assert (due.url, due.etag, due.body) == ("https://a.example/other", "", b"")


def test_an_address_that_another_feed_has_is_refused(database: Database) -> None:
    id, other = add(database), add(database, "https://b.example/")
    with pytest.raises(Refused, match=f"feed {other}"), database.write() as db:
        feeds.edit(db, id, 2, url="https://b.example/")
    with pytest.raises(NotFound), database.write() as db:
        feeds.edit(db, 99, 2, title="x")


def test_a_feed_is_due_when_its_time_has_come(database: Database) -> None:
    first, second, third = add(database), add(database, "https://b.example/"), add(database, "https://c.example/")
    poll(database, first, WELL)
    poll(database, second, replace(WELL, status="gone", due=NEVER))
    assert [due.id for due in feeds.due(database.db, 200)] == [third]
    assert [due.id for due in feeds.due(database.db, 3700)] == [third, first]
    assert [due.id for due in feeds.due(database.db, 200, force=True)] == [third, first, second]
    assert [due.id for due in feeds.due(database.db, 200, [first], force=True)] == [first]
    assert feeds.feed(database.db, second).next_refresh is None
    with pytest.raises(NotFound):
        feeds.due(database.db, 200, [99])


def test_what_the_last_answer_was_is_known_at_the_next(database: Database) -> None:
    id = add(database)
    poll(database, id, replace(WELL, address="https://new.example/feed"))
    [due] = feeds.due(database.db, 0, force=True)
    assert (due.url, due.moved, due.etag, due.last_modified, due.body, due.ttl) == (
        "https://new.example/feed",
        True,
        '"1"',
        "then",
        b"x",
        60,
    )


def test_when_a_feed_last_brought_something_outlasts_polls_that_did_not(database: Database) -> None:
    id = add(database)
    poll(database, id, WELL)
    poll(database, id, replace(WELL, status="unchanged", last_new=None))
    found = feeds.feed(database.db, id)
    assert found.status == "unchanged"
    assert found.last_new is not None


def test_arrivals_are_known_by_guid_and_change_with_their_words(database: Database) -> None:
    id = add(database)
    with database.write() as db:
        feeds.keep_arrival(db, id, "g", b"1", 7)
        feeds.keep_arrival(db, id, "g", b"2", 7)
        feeds.keep_arrival(db, id, "h", b"3", 8)
    assert feeds.fingerprints(database.db, id) == {b"2", b"3"}
    assert feeds.arrived(database.db, id, "g") == 7
    assert feeds.arrived(database.db, id + 1, "g") is None
