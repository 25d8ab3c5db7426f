"""Momentum: against what is usual here, honest where little is known, with a receipt that adds up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.analysis.momentum import BASELINE, DAY, Report, baseline, momentum, receipt

NOW = 1_000 * DAY
QUIET = [Report(thread, NOW - (2 + thread % 13) * DAY) for thread in range(26)]
"""Twenty-six threads with one report each."""


def test_a_thread_that_is_reported_on_more_than_usual_rises() -> None:
    usual = baseline(QUIET, NOW)
    assert (usual.reports, usual.thread_days, usual.usual) == (26, 26, 1.0)
    assert momentum([NOW - 3600] * 4, usual, NOW) == 3.0
    assert momentum([NOW - 3 * DAY] * 4, usual, NOW) == -1.0, "nothing new today"
    assert momentum([NOW - 3600], usual, NOW) == 0.0


def test_what_is_usual_counts_days_on_which_a_thread_is_reported_on() -> None:
    busy = [Report(1, NOW - (2 + day) * DAY) for day in range(10) for _ in range(6)]
    assert baseline(busy, NOW).usual == 6.0
    assert baseline([*busy, Report(1, NOW - 60), Report(1, NOW + 60), Report(1, NOW - 16 * DAY)], NOW) == baseline(busy, NOW)


def test_little_data_and_long_silence_are_said_as_such() -> None:
    usual = baseline(QUIET, NOW)
    few = baseline(QUIET[:19], NOW)
    one_day = baseline([Report(thread, NOW - 3 * DAY) for thread in range(50)], NOW)
    assert momentum([NOW], few, NOW) is None
    assert momentum([NOW], one_day, NOW) is None
    assert momentum([NOW - BASELINE - 2 * DAY], usual, NOW) is None
    assert [receipt([NOW], own, NOW, "here").lines[0].what for own in (few, one_day)] == ["too little data"] * 2
    assert receipt([NOW - BASELINE - 2 * DAY], usual, NOW, "here").lines[0].what == "long silent"
    assert receipt([], usual, NOW, "here").lines[0].value == "never"


@given(st.lists(st.integers(0, 20 * DAY)), st.lists(st.integers(0, 20 * DAY), max_size=60))
def test_the_receipt_adds_up(own: list[int], others: list[int]) -> None:
    usual = baseline([Report(at % 7, NOW - ago) for at, ago in enumerate(others)], NOW)
    dates = [NOW - ago for ago in own]
    found = receipt(dates, usual, NOW, "here")
    assert abs(sum(line.points for line in found.lines) - found.score) < 1e-9
    assert found.score == (momentum(dates, usual, NOW) or 0.0)
