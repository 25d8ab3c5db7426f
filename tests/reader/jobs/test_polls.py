"""What a poll comes to, and when the next one is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reader.errors import BadStatus, ParseError, TimedOut, Unreachable
from reader.jobs import polls
from reader.records import ParsedFeed, ParsedItem, Record
from reader.store.feeds import NEVER, Due
from reader.web.answers import Answer

HOUR, DAY = 3600, 86400
URL = "https://a.example/feed"
DUE = Due(1, b"", URL, False, "A", "", "", False, '"1"', "then", b"old", 0, 0)
ANSWER = Answer(url=URL, body=b"<rss/>", etag='"2"', last_modified="now")
FEED = ParsedFeed(items=(ParsedItem("g", b"f", Record(title="A")),))


@pytest.mark.parametrize(
    ("ttl", "max_age", "seconds"),
    [
        (0, 0, HOUR),
        (2 * HOUR, 0, 2 * HOUR),
        (60, 0, 15 * 60),
        (10 * DAY, 0, DAY),
        (0, 300, HOUR),
        (0, 2 * HOUR, 2 * HOUR),
        (0, 500_000_000, 5 * HOUR),
        (3 * HOUR, 2 * HOUR, 3 * HOUR),
    ],
)
def test_a_feed_is_left_alone_as_long_as_it_asks_within_reason(ttl: int, max_age: int, seconds: int) -> None:
    assert polls.interval(60, ttl, max_age) == seconds


def test_nothing_new_keeps_what_is_known_and_forgives_failures() -> None:
    poll = polls.unchanged(replace(DUE, failures=3), replace(ANSWER, unchanged=True), 1000, 60)
    assert (poll.status, poll.failures, poll.due, poll.body, poll.etag) == ("unchanged", 0, 1000 + HOUR, b"old", '"2"')


@pytest.mark.parametrize(
    ("feed", "new", "status"),
    [(FEED, 1, "new"), (FEED, 0, "unchanged"), (ParsedFeed(), 0, "empty"), (ParsedFeed(known=3), 0, "unchanged")],
)
def test_the_status_says_what_came(feed: ParsedFeed, new: int, status: str) -> None:
    poll = polls.read(DUE, ANSWER, feed, 1000, 60, new=new, updated=0)
    assert poll.status == status
    assert poll.body == polls.digest(b"<rss/>")
    assert poll.last_new == (1000 if new else None)


def test_a_document_that_was_cut_short_is_not_taken_for_current() -> None:
    poll = polls.read(DUE, ANSWER, replace(FEED, whole=False, problems=("the feed is damaged",)), 1000, 60, new=1, updated=0)
    assert (poll.etag, poll.last_modified, poll.body, poll.error) == ("", "", b"", "the feed is damaged")


def test_a_feed_that_moved_for_good_is_asked_there_from_then_on() -> None:
    there = "https://b.example/feed"
    poll = polls.read(DUE, replace(ANSWER, moved_to=there), FEED, 1000, 60, new=1, updated=0)
    assert (poll.status, poll.address) == ("moved", there)
    moved = replace(DUE, url=there, moved=True)
    assert polls.read(moved, replace(ANSWER, url=there), FEED, 1000, 60, new=1, updated=0).address == there
    assert polls.unchanged(moved, replace(ANSWER, unchanged=True), 1000, 60).status == "unchanged"


def test_a_new_address_that_fails_is_given_up_for_the_old_one() -> None:
    moved = replace(DUE, url="https://hotel.example/login", moved=True)
    for error in (ParseError("a web page"), BadStatus(URL, "gone", 410), Unreachable(URL, "no such site")):
        poll = polls.failed(moved, error, 1000, 60)
        assert (poll.status, poll.address, poll.etag, poll.due) == ("error", "", "", 1000 + 15 * 60)
    assert polls.failed(moved, TimedOut(URL, "slow"), 1000, 60).address == moved.url


def test_failures_double_the_wait_up_to_a_day() -> None:
    waits = [polls.failed(replace(DUE, failures=n), Unreachable(URL, "no"), 0, 60).due for n in range(8)]
    assert waits == [HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 16 * HOUR, DAY, DAY, DAY]
    poll = polls.failed(DUE, Unreachable(URL, "no such site"), 0, 60)
    assert (poll.status, poll.error, poll.failures, poll.etag, poll.body) == ("error", "no such site", 1, '"1"', b"old")


def test_a_busy_server_is_left_alone_as_long_as_it_asks_but_no_longer_than_a_week() -> None:
    def wait(status: int, retry_after: float) -> tuple[str, int]:
        poll = polls.failed(DUE, BadStatus(URL, "busy", status, retry_after), 0, 60)
        return poll.status, poll.due

    assert wait(429, 3 * HOUR) == ("busy", 3 * HOUR)
    assert wait(429, 0) == ("busy", HOUR)
    assert wait(503, 2 * HOUR) == ("busy", 2 * HOUR)
    assert wait(503, 0) == ("error", HOUR)
    assert wait(429, 1e9) == ("busy", 7 * DAY)


def test_what_is_gone_for_good_is_not_asked_again() -> None:
    poll = polls.failed(DUE, BadStatus(URL, "it is gone for good (410)", 410), 0, 60)
    assert (poll.status, poll.due) == ("gone", NEVER)
