"""A refresh: every article once, every failure named, nothing lost or doubled whenever it ends."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from reader import keychain
from reader.errors import JobRunning, KeychainError, NotFound, TimedOut, Unreachable
from reader.jobs import refresh
from reader.outcomes import RefreshOutcome
from reader.store import feeds
from reader.store.database import Database
from reader.web.answers import Answer
from reader.web.parse import parse_part
from tests.fakes import AtOnce, FakeWeb, entry, rss

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

URL = "https://a.example/feed"
OTHER = "https://b.example/feed"


@pytest.fixture
def web() -> FakeWeb:
    return FakeWeb()


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Feeds are read in this process: children take their time to start, and are tested elsewhere."""
    monkeypatch.setattr(refresh, "Children", AtOnce)


def subscribe(database: Database, *urls: str, **choices: object) -> list[int]:
    with database.write() as db:
        return [feeds.add(db, url, 1, **choices) or 0 for url in urls]  # type: ignore[arg-type]


def poll(database: Database, web: FakeWeb, **options: object) -> RefreshOutcome:
    outcome = RefreshOutcome()
    for _ in refresh.run(database, outcome=outcome, fetch=web, **{"force": True, **options}):  # type: ignore[arg-type]
        pass
    return outcome


def titles(database: Database) -> list[str]:
    return [title for (title,) in database.db.execute("SELECT title FROM article ORDER BY title")]


def test_what_is_new_comes_in_once(database: Database, web: FakeWeb) -> None:
    [id] = subscribe(database, URL)
    web[URL] = rss(entry(1), entry(2))
    outcome = poll(database, web)
    assert [(feed.id, feed.status, feed.new, feed.error) for feed in outcome.feeds] == [(id, "new", 2, "")]
    assert outcome.new == 2
    assert titles(database) == ["Article 1", "Article 2"]
    again = poll(database, web)
    assert [(feed.status, feed.new, feed.updated) for feed in again.feeds] == [("unchanged", 0, 0)]
    assert web.asked[-1].etag
    found = feeds.feed(database.db, id)
    assert (found.title, found.link, found.status) == ("Feed", "https://a.example/", "unchanged")


@pytest.mark.usefixtures("at_once")
def test_a_new_article_is_new_and_a_changed_one_is_updated(database: Database, web: FakeWeb) -> None:
    subscribe(database, URL)
    web[URL] = rss(entry(1), entry(2))
    poll(database, web)
    web[URL] = rss(entry(3), entry(2, "Other words of article"), entry(1))
    outcome = poll(database, web)
    assert (outcome.new, outcome.updated, outcome.feeds[0].status) == (1, 1, "new")
    assert len(titles(database)) == 3


@pytest.mark.usefixtures("at_once")
def test_two_feeds_with_the_same_article_make_one(database: Database, web: FakeWeb) -> None:
    subscribe(database, URL, OTHER)
    web[URL] = web[OTHER] = rss(entry(1))
    outcome = poll(database, web)
    assert outcome.new == 1
    assert titles(database) == ["Article 1"]
    assert database.db.execute("SELECT count(*) FROM arrival").get == 2


@pytest.mark.usefixtures("at_once")
def test_names_that_change_at_every_poll_double_nothing(database: Database, web: FakeWeb) -> None:
    subscribe(database, URL)
    for turn in range(3):
        web[URL] = rss(entry(1, guid=f"turn-{turn}-1"), entry(2, guid=f"turn-{turn}-2"))
        poll(database, web)
    assert titles(database) == ["Article 1", "Article 2"]


@pytest.mark.usefixtures("at_once")
def test_an_article_that_moves_to_another_address_stays_one(database: Database, web: FakeWeb) -> None:
    subscribe(database, URL)
    web[URL] = rss(entry(1))
    poll(database, web)
    web[URL] = rss(entry(1, link="https://a.example/better-address"))
    poll(database, web)
    assert titles(database) == ["Article 1"]


@pytest.mark.usefixtures("at_once")
def test_a_name_that_is_used_again_for_another_article_loses_neither(database: Database, web: FakeWeb) -> None:
    subscribe(database, URL)
    for number in (1, 2):
        web[URL] = rss(entry(number, guid="latest"))
        poll(database, web)
    assert titles(database) == ["Article 1", "Article 2"]


@pytest.mark.usefixtures("at_once")
def test_the_same_bytes_are_not_read_again_even_where_the_server_says_they_changed(database: Database, web: FakeWeb) -> None:
    subscribe(database, URL)
    turn = iter(range(9))
    web[URL] = lambda wanted: Answer(url=URL, body=rss(entry(1)), etag=f'"{next(turn)}"')
    assert poll(database, web).new == 1
    assert poll(database, web).feeds[0].status == "unchanged"


def test_each_failure_is_named_and_stops_no_other(database: Database, web: FakeWeb) -> None:
    names = ["good", "page", "cut", "slow", "nowhere", "missing", "empty", "monster"]
    subscribe(database, *(f"https://{name}.example/" for name in names))
    whole = rss(entry(1), entry(2), entry(3))
    web["https://good.example/"] = rss(entry(9))
    web["https://page.example/"] = b"<html><title>Welcome</title>"
    web["https://cut.example/"] = whole[: len(whole) * 4 // 5]
    web["https://slow.example/"] = TimedOut("https://slow.example/", "the server said nothing for 10 s")
    web["https://nowhere.example/"] = Unreachable("https://nowhere.example/", "there is no site nowhere.example (DNS)")
    web["https://empty.example/"] = rss()
    web["https://monster.example/"] = rss("<x>" * 1000 + "</x>" * 1000)
    outcome = poll(database, web)
    found = {feed.url.split("/")[2].split(".")[0]: (feed.status, feed.error) for feed in outcome.feeds}
    assert found["good"] == ("new", "")
    assert found["empty"] == ("empty", "")
    assert found["cut"][0] == "new"
    words = {"page": "a web page", "cut": "damaged", "slow": "said nothing", "nowhere": "DNS", "missing": "404", "monster": "256"}
    for name, word in words.items():
        assert word in found[name][1]
        assert name == "cut" or found[name][0] == "error"
    assert feeds.feed(database.db, 2).error == found["page"][1]


@pytest.mark.usefixtures("at_once")
def test_what_was_cut_short_is_fetched_whole_the_next_time(database: Database, web: FakeWeb) -> None:
    subscribe(database, URL)
    whole = rss(entry(1), entry(2), entry(3))
    web[URL] = whole[: len(whole) * 4 // 5]
    poll(database, web)
    web[URL] = whole
    poll(database, web)
    assert web.asked[-1].etag == ""
    assert len(titles(database)) == 3


@pytest.mark.usefixtures("at_once")
def test_a_feed_that_fails_keeps_what_it_had_and_is_asked_later(database: Database, web: FakeWeb, now: datetime) -> None:
    [id] = subscribe(database, URL)
    web[URL] = rss(entry(1))
    poll(database, web)
    etag = feeds.due(database.db, 0, force=True)[0].etag
    web[URL] = Unreachable(URL, "no")
    poll(database, web)
    poll(database, web)
    due = feeds.due(database.db, 0, force=True)[0]
    assert (due.etag, due.failures) == (etag, 2)
    assert feeds.feed(database.db, id).next_refresh == now + timedelta(hours=2)
    assert titles(database) == ["Article 1"]


@pytest.mark.usefixtures("at_once")
def test_only_what_is_due_is_asked(database: Database, web: FakeWeb) -> None:
    first, second = subscribe(database, URL, OTHER)
    web[URL] = web[OTHER] = rss(entry(1))
    poll(database, web, force=False, feeds=[first])
    assert [wanted.url for wanted in web.asked] == [URL]
    poll(database, web, force=False)
    assert [wanted.url for wanted in web.asked] == [URL, OTHER]
    assert poll(database, web, force=False).feeds == []
    assert [feed.id for feed in poll(database, web, feeds=[second]).feeds] == [second]
    with pytest.raises(NotFound):
        poll(database, web, feeds=[99])


@pytest.mark.usefixtures("at_once")
def test_a_feed_that_moved_for_good_is_asked_at_its_new_address(database: Database, web: FakeWeb) -> None:
    [id] = subscribe(database, URL)
    web[URL] = Answer(url=OTHER, body=rss(entry(1)), moved_to=OTHER)
    assert poll(database, web).feeds[0].status == "moved"
    web[OTHER] = rss(entry(1), entry(2))
    assert poll(database, web).feeds[0].new == 1
    assert web.asked[-1].url == OTHER
    assert feeds.feed(database.db, id).url == URL


@pytest.mark.usefixtures("at_once")
def test_a_password_comes_from_the_keychain_and_a_locked_one_is_named(
    database: Database, web: FakeWeb, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribe(database, URL, username="ann")
    subscribe(database, OTHER)
    web[URL] = web[OTHER] = rss(entry(1))

    def locked(owner: bytes, username: str) -> str:
        raise KeychainError("the system keychain is locked; unlock it and try again")

    monkeypatch.setattr(keychain, "password", locked)
    found = {feed.url: feed for feed in poll(database, web).feeds}
    assert found[URL].error.startswith("the system keychain is locked")
    assert found[OTHER].status == "new"
    monkeypatch.setattr(keychain, "password", lambda owner, username: "secret")
    poll(database, web)
    assert {(wanted.username, wanted.password) for wanted in web.asked if wanted.url == URL} == {("ann", "secret")}


@pytest.mark.usefixtures("at_once")
def test_stopping_at_any_step_loses_and_doubles_nothing(tmp_path: Path, web: FakeWeb, now: datetime) -> None:
    urls = [f"https://{n}.example/feed" for n in range(6)]
    for n, url in enumerate(urls):
        web[url] = rss(*(entry(100 * n + m) for m in range(30)))
    whole = 180
    for stop in range(1, 7):
        database = Database(tmp_path / str(stop), clock=lambda: now)
        subscribe(database, *urls)
        job = refresh.run(database, force=True, outcome=RefreshOutcome(), fetch=web)
        for _ in range(stop):
            next(job, None)
        job.close()
        assert not database.db.execute("SELECT 1 FROM lease").fetchone()
        poll(database, web)
        assert database.db.execute("SELECT count(*), count(DISTINCT title) FROM article").fetchone() == (whole, whole)
        assert database.db.execute("SELECT count(*) FROM arrival").get == whole
        database.close()


@pytest.mark.usefixtures("at_once")
def test_a_very_long_feed_comes_whole(database: Database, web: FakeWeb) -> None:
    subscribe(database, URL)
    web[URL] = rss(*(entry(n, guid=f"guid-{n % 600}") for n in range(1200)))
    outcome = poll(database, web)
    assert outcome.new == len(titles(database)) == 1200
    assert len(outcome.feeds) == 1


def test_a_feed_that_hangs_its_reader_fails_alone(database: Database, web: FakeWeb, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refresh, "READ_SECONDS", 5.0)
    monkeypatch.setattr(refresh, "parse_part", hang_at_b)
    subscribe(database, URL, OTHER)
    web[URL] = web[OTHER] = rss(entry(1))
    found = {feed.url: feed for feed in poll(database, web).feeds}
    assert found[URL].status == "new"
    assert found[OTHER].error == "the feed could not be read: it took longer than 5 s and was stopped"


def hang_at_b(body: bytes, address: str, *rest: object) -> object:
    if address == OTHER:
        threading.Event().wait()
    return parse_part(body, address)


@pytest.mark.usefixtures("at_once")
def test_two_refreshes_do_not_meet(database: Database, web: FakeWeb) -> None:
    subscribe(database, URL)
    job = refresh.run(database, force=True, outcome=RefreshOutcome(), fetch=web)
    next(job)
    with pytest.raises(JobRunning):
        poll(database, web)
    job.close()


@pytest.mark.usefixtures("at_once")
def test_progress_counts_feeds_and_tells_failures(database: Database, web: FakeWeb) -> None:
    subscribe(database, URL, OTHER)
    web[URL] = rss(entry(1))
    told = list(refresh.run(database, force=True, outcome=RefreshOutcome(), fetch=web))
    assert (told[0].done, told[-1].done, told[-1].total) == (0, 2, 2)
    assert any("404" in progress.note for progress in told)
