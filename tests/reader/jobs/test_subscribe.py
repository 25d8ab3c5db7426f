"""Subscribing: the feed at an address or on a page, or one line that says why not, and then nothing was added."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reader import keychain
from reader.errors import KeychainError, ParseError, Refused, WatchdeskError
from reader.jobs import subscribe
from reader.outcomes import Subscription
from reader.store import feeds
from reader.web.answers import Answer
from tests.fakes import FakeWeb, entry, rss

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from reader.records import ParsedFeed
    from reader.store.database import Database

URL = "https://a.example/feed"
SITE = "https://a.example/"
PAGE = b"""<html><head><link rel="alternate" type="application/rss+xml" title="Comments" href="/comments">
<link rel="alternate" type="application/rss+xml" title="News" href="/feed">
<link rel="alternate" type="application/atom+xml" href="https://b.example/private"></head><p>x</html>"""


@pytest.fixture
def web() -> FakeWeb:
    web = FakeWeb()
    web[URL] = rss(entry(1), title="News of A")
    web[SITE] = Answer(url=SITE, body=PAGE, content_type="text/html")
    web["https://a.example/comments"] = rss(title="Comments on A")
    return web


@pytest.fixture(autouse=True)
def at_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Feeds and pages are read in this process, but for one test."""
    if request.node.originalname != "test_the_main_feed_of_a_page_is_added":
        monkeypatch.setattr(subscribe.children, "run", lambda function, *args, **_: function(*args))


def added(database: Database, web: FakeWeb, wanted: Subscription) -> list[int]:
    ids: list[int] = []
    list(subscribe.run(database, wanted, ids, web))
    return ids


def test_a_feed_is_added_under_its_own_title_or_the_one_given(database: Database, web: FakeWeb) -> None:
    [id] = added(database, web, Subscription(URL, folder="F"))
    found = feeds.feed(database.db, id)
    assert (found.url, found.title, found.folder, found.link) == (URL, "News of A", "F", SITE)
    web["https://c.example/feed"] = rss()
    [id] = added(database, web, Subscription("https://c.example/feed", title="Mine"))
    assert feeds.feed(database.db, id).title == "Mine"


def test_the_main_feed_of_a_page_is_added(database: Database, web: FakeWeb) -> None:
    [id] = added(database, web, Subscription(SITE))
    assert feeds.feed(database.db, id).url == URL


@pytest.mark.parametrize(
    "typed", ["a.example/feed", "feed:https://a.example/feed", " https://a.example/feed ", "//a.example/feed"]
)
def test_addresses_are_taken_as_people_type_them(database: Database, web: FakeWeb, typed: str) -> None:
    [id] = added(database, web, Subscription(typed))
    assert feeds.feed(database.db, id).url == URL


def test_an_address_that_moved_for_good_is_taken_where_it_is_now(database: Database, web: FakeWeb) -> None:
    web["https://old.example/"] = Answer(url=URL, body=rss(), moved_to=URL)
    [id] = added(database, web, Subscription("https://old.example/"))
    assert feeds.feed(database.db, id).url == URL


@pytest.mark.parametrize(
    "typed", ["https://nowhere.example/", "nonsense", "", "ftp://a.example/", "https://page.example/", "https://empty.example/"]
)
def test_what_cannot_be_subscribed_to_is_named_and_adds_nothing(database: Database, web: FakeWeb, typed: str) -> None:
    web["https://page.example/"] = Answer(
        url="https://page.example/", body=b"<html><title>Hello</title><p>x", content_type="text/html"
    )
    web["https://empty.example/"] = b""
    with pytest.raises(WatchdeskError) as caught:
        added(database, web, Subscription(typed))
    assert str(caught.value)
    assert "\n" not in str(caught.value)
    assert feeds.listed(database.db) == []


def test_a_feed_that_is_there_is_not_added_again(database: Database, web: FakeWeb) -> None:
    added(database, web, Subscription(URL))
    with pytest.raises(Refused, match="subscribed to"):
        added(database, web, Subscription(SITE))


def test_what_is_allowed_and_said_holds_for_the_host_that_was_named(database: Database, web: FakeWeb) -> None:
    with pytest.raises(KeychainError):  # there is none in tests
        added(database, web, Subscription(SITE, username="ann", password="secret", allow_private=True))
    told = {wanted.url: (wanted.username, wanted.password, wanted.allow_private) for wanted in web.asked}
    assert told[URL] == ("ann", "secret", True)
    assert told["https://b.example/private"] == ("", "", False)
    assert feeds.listed(database.db) == []


def test_a_password_is_kept_under_the_feed(database: Database, web: FakeWeb, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[tuple[bytes, str, str]] = []
    monkeypatch.setattr(keychain, "store", lambda *told: kept.append(told))
    [id] = added(database, web, Subscription(URL, username="ann", password="secret"))
    assert kept == [(feeds.uid(database.db, id), "ann", "secret")]


def test_a_preview_shows_all_that_a_page_offers_and_adds_nothing(web: FakeWeb, now: datetime) -> None:
    found = subscribe.preview(SITE, now=now, fetch=web)
    assert [(url, feed.title, len(feed.items)) for url, feed in found] == [
        (URL, "News of A", 1),
        ("https://a.example/comments", "Comments on A", 0),
    ]


def test_a_preview_reads_files(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(rss(entry(1), entry(2, pubDate="Sun, 22 Nov 2037 10:00:00 GMT")))
    [(place, feed)] = subscribe.preview(path, now=now)
    assert (place, len(feed.items)) == (str(path), 2)
    assert feed.problems == ("1 of 2 articles are dated in the future",)
    with pytest.raises(ParseError, match="cannot be read"):
        subscribe.preview(tmp_path / "missing.xml")
    with pytest.raises(ParseError, match="cannot be read"):
        subscribe.preview(tmp_path)


def test_what_a_page_offers_can_be_looked_at_and_nothing_is_kept(database: Database, web: FakeWeb) -> None:
    found: list[tuple[str, ParsedFeed]] = []
    steps = list(subscribe.previewing(database, Subscription(SITE), found, web))
    assert (steps[0].done, steps[-1].done) == (0, 1)
    assert [(url, feed.title, len(feed.items)) for url, feed in found] == [
        (URL, "News of A", 1),
        ("https://a.example/comments", "Comments on A", 0),
    ]
    assert feeds.listed(database.db) == []
    assert database.undoable() == (None, None)


def test_a_look_that_brings_nothing_says_why(database: Database, web: FakeWeb) -> None:
    found: list[tuple[str, ParsedFeed]] = []
    with pytest.raises(WatchdeskError):
        list(subscribe.previewing(database, Subscription("https://nowhere.example/"), found, web))
    assert found == []
