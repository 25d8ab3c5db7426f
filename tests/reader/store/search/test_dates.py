"""Dates and numbers mean what people write."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.store.search import dates

NOW = int(datetime(2026, 11, 22, 12, 0, tzinfo=UTC).timestamp())
DAY = 86_400


def at(*day: int) -> int:
    return int(datetime(*day, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2022", at(2022, 1, 1), at(2023, 1, 1) - 1),
        ("2022-10", at(2022, 10, 1), at(2022, 11, 1) - 1),
        ("2024-02", at(2024, 2, 1), at(2024, 3, 1) - 1),
        ("2022-10-21", at(2022, 10, 21), at(2022, 10, 22) - 1),
        ("2021-12..2022-11", at(2021, 12, 1), at(2022, 12, 1) - 1),
        ("2022-10-20..", at(2022, 10, 20), dates.LAST),
        ("..2019", dates.FIRST, at(2020, 1, 1) - 1),
        (">2022-10", at(2022, 11, 1), dates.LAST),
        (">=2022-10", at(2022, 10, 1), dates.LAST),
        ("<2022", dates.FIRST, at(2022, 1, 1) - 1),
        ("<=2022", dates.FIRST, at(2023, 1, 1) - 1),
        ("<7d", NOW - 7 * DAY, dates.LAST),
        ("2w", NOW - 14 * DAY, dates.LAST),
        (">1y", dates.FIRST, NOW - 365 * DAY),
        ("today", at(2026, 11, 22), at(2026, 11, 23) - 1),
        ("yesterday", at(2026, 11, 21), at(2026, 11, 22) - 1),
        ("<24H", NOW - DAY, dates.LAST),
    ],
)
def test_a_date_is_a_span(text: str, start: int, end: int) -> None:
    found = dates.span(text, NOW)
    assert found is not None
    assert (found.start, found.end) == (start, end)


@pytest.mark.parametrize("text", ["", "xx", "2022-13", "2022-02-30", "0000", "..", "20222", "<", "7x", "2022..abc", "9999999d d"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert dates.span(text, NOW) is None


def test_an_age_moves_with_the_clock_and_a_day_does_not() -> None:
    assert dates.span("<7d", NOW) != dates.span("<7d", NOW + 60)
    assert dates.span("<7d", NOW).moves
    assert dates.span("today", NOW).moves
    assert not dates.span("2022..2023", NOW).moves


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("70", [70], [69.9, 70.1]),
        (">60", [60.5, 100], [60]),
        (">=60", [60], [59.9]),
        ("<200", [199], [200]),
        ("<=200", [200], [201]),
        ("60..80", [60, 70, 80], [59, 81]),
        ("60..", [60, 1000], [59]),
        ("..-1", [-1], [0]),
    ],
)
def test_a_number_is_a_range(text: str, inside: list[float], outside: list[float]) -> None:
    found = dates.numbers(text)
    assert found is not None

    def holds(value: float) -> bool:
        above = value >= found.low if found.low_too else value > found.low
        return above and (value <= found.high if found.high_too else value < found.high)

    assert all(map(holds, inside))
    assert not any(map(holds, outside))


@given(st.text(max_size=20))
def test_nothing_breaks_it(text: str) -> None:
    dates.span(text, NOW)
    dates.numbers(text)
