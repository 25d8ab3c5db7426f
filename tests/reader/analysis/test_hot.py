"""The Hot view: heat and momentum, fading with age, in an order that no clock changes."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.analysis.hot import DAY, HALF_LIFE, place, receipt

NOW = 1_800_000_000

heats = st.integers(-1, 300).map(float)
momenta = st.none() | st.floats(-20, 20).map(lambda value: round(value, 1))
ages = st.integers(0, 400 * DAY)


def standing(heat: float, momentum: float | None, age: int) -> float:
    return place(heat, momentum, NOW - age, NOW)


def test_of_equal_age_the_hotter_leads_and_of_equal_heat_the_newer() -> None:
    assert standing(90, None, DAY) > standing(80, None, DAY)
    assert standing(80, None, DAY) > standing(80, None, 2 * DAY)


def test_two_days_halve_it() -> None:
    assert standing(160, None, HALF_LIFE) == pytest.approx(standing(80, None, 0))
    assert receipt(160, None, NOW - HALF_LIFE, NOW).score == receipt(80, None, NOW, NOW).score == 80


def test_what_moves_leads_before_what_is_only_as_hot_and_what_slows_down_follows() -> None:
    assert standing(80, 1.5, DAY) > standing(80, None, DAY) > standing(80, -0.5, DAY)
    assert standing(80, 2, 0) == standing(100, None, 0)


def test_what_is_dated_ahead_counts_as_now_and_what_has_no_date_comes_last() -> None:
    assert place(80, None, NOW + 90 * DAY, NOW) == place(80, None, NOW, NOW)
    assert place(300, 9, None, NOW) < place(-1, None, 0, NOW)
    assert receipt(300, 9, None, NOW).lines[0].why.startswith("no report of it has a date")


@given(heats, momenta, ages, heats, momenta, ages, st.integers(0, 400 * DAY))
def test_time_that_passes_changes_no_order(
    heat: float, momentum: float | None, age: int, other: float, others: float | None, older: int, later: int
) -> None:
    def differ(now: int) -> float:
        return place(heat, momentum, NOW - age, now) - place(other, others, NOW - older, now)

    assert differ(NOW) == differ(NOW + later)


@given(heats, momenta, ages)
def test_the_receipt_adds_up_and_says_what_orders(heat: float, momentum: float | None, age: int) -> None:
    told = receipt(heat, momentum, NOW - age, NOW)
    assert math.fsum(line.points for line in told.lines) == pytest.approx(told.score)
    left = 2 ** (place(heat, momentum, NOW - age, NOW) - NOW / HALF_LIFE)
    assert told.score == pytest.approx(left, abs=0.06)
