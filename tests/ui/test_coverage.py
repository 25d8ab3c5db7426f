"""When a thread was reported, and by whom."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from reader.records import ArticleRow, Member
from ui.rail.coverage import MOST_BARS, coverage, reports

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def row(id: int, date: datetime | None, provider: str = "") -> ArticleRow:
    return ArticleRow(
        id,
        f"T{id}",
        provider or f"P{id}",
        "",
        date,
        START,
        "",
        "en",
        50,
        -1,
        False,
        1,
        False,
        False,
        False,
        False,
        False,
        100,
        "",
    )


def member(id: int, after: timedelta | None, *, copy_of: int | None = None) -> Member:
    return Member(row(id, None if after is None else START + after), copy_of is None, copy_of)


@pytest.mark.parametrize(
    ("span", "stretch"),
    [
        (timedelta(hours=5), "an hour"), (timedelta(hours=50), "two hours"), (timedelta(days=7), "six hours"),
        (timedelta(days=28), "a day"), (timedelta(days=200), "a week"), (timedelta(days=800), "a month"),
        (timedelta(days=9000), "a year"), (timedelta(days=90_000), "ten years"),
    ],
)  # fmt: skip
def test_the_span_chooses_the_stretch(span: timedelta, stretch: str) -> None:
    told = coverage([member(1, timedelta(0)), member(2, span)])
    assert told.stretch == stretch
    assert len(told.bars) <= MOST_BARS
    assert told.bars[0] == told.bars[-1] == (1, 0)


def test_copies_and_what_has_no_date_are_counted_apart() -> None:
    told = coverage([member(1, timedelta(0)), member(2, timedelta(minutes=5), copy_of=1), member(3, None)])
    assert (told.own, told.others, told.undated) == (2, 1, 1)
    assert told.bars == ((1, 1),)
    assert "2 independent, 1 not" in told.words


def test_without_any_date_nothing_is_claimed() -> None:
    told = coverage([member(1, None), member(2, None)])
    assert told.bars == ()
    assert told.words == "No report has a date"


def test_the_ends_do_not_say_a_day_or_a_year_twice() -> None:
    hours = coverage([member(1, timedelta(0)), member(2, timedelta(hours=3))])
    assert "2026" in hours.begins
    assert len(hours.ends) == len("12:00")
    assert "2026" not in coverage([member(1, timedelta(0)), member(2, timedelta(days=20))]).ends


def test_copies_hang_on_the_report_that_they_go_back_to() -> None:
    told = reports([member(1, timedelta(0)), member(2, timedelta(hours=1), copy_of=1), member(3, timedelta(2), copy_of=2)], NOW)
    assert [(one.row.id, [copy.id for copy in one.copies]) for one in told] == [(1, [2, 3])]


def test_a_ring_of_copies_is_still_shown_once() -> None:
    told = reports([member(1, timedelta(0), copy_of=2), member(2, timedelta(1), copy_of=1)], NOW)
    assert [one.row.id for one in told] == [1]


def test_a_copy_of_an_article_that_is_not_there_stands_alone() -> None:
    assert [one.row.id for one in reports([member(1, timedelta(0)), member(2, timedelta(1), copy_of=99)], NOW)] == [1, 2]


def test_a_day_is_said_where_it_begins() -> None:
    first, second, third, fourth = reports(
        [member(1, timedelta(0)), member(2, timedelta(minutes=30)), member(3, timedelta(days=1)), member(4, None)], NOW
    )
    assert first.when.startswith("2 Mar ")
    assert len(second.when) == len("09:30")
    assert third.when.startswith("3 Mar ")
    assert fourth.when == "no date"
