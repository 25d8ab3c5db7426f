from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.jobs.publish.coverage import MOST_BARS, bars, by_provider, statements

MONDAY = datetime(2026, 11, 16, 9, 30, tzinfo=UTC)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone is added


@pytest.mark.parametrize(
    ("later", "name", "count", "labels"),
    [
        (timedelta(0), "an hour", 1, ("16 Nov 09:00", "16 Nov 09:00")),
        (timedelta(hours=30), "an hour", 31, ("16 Nov 09:00", "17 Nov 15:00")),
        (timedelta(hours=60), "two hours", 31, ("16 Nov 08:00", "18 Nov 20:00")),
        (timedelta(days=9), "six hours", 37, ("16 Nov 06:00", "25 Nov 06:00")),
        (timedelta(days=20), "a day", 21, ("16 Nov 2026", "6 Dec 2026")),
        (timedelta(days=200), "a week", 29, ("16 Nov 2026", "31 May 2027")),
        (timedelta(days=1000), "a month", 34, ("Nov 2026", "Aug 2029")),
        (timedelta(days=9000), "a year", 26, ("2026", "2051")),
    ],
)
def test_bars_are_as_short_as_they_can_be(later, name, count, labels):
    found, told = bars([(MONDAY, True), (MONDAY + later, False)])
    assert (found, len(told), (told[0].label, told[-1].label)) == (name, count, labels)


@given(st.lists(st.tuples(moments, st.booleans()), max_size=30))
def test_bars_hold_every_report_once(reports):
    _, told = bars(reports)
    assert len(told) <= MOST_BARS
    assert sum(bar.independent for bar in told) == sum(own for _, own in reports)
    assert sum(bar.copies for bar in told) == sum(not own for _, own in reports)
    if told:
        assert told[0].independent + told[0].copies
        assert told[-1].independent + told[-1].copies


def test_providers_with_most_of_their_own_come_first():
    day = date(2026, 1, 1)
    rows = by_provider([("B", True, day), ("A", False, day), ("C", True, None), ("C", False, day), ("C", True, day)])
    assert [(row.provider, row.independent, row.copies) for row in rows] == [("C", 2, 1), ("B", 1, 0), ("A", 0, 1)]


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("money", "EUR 20,000,000", "€20 million"),
        ("money", "GBP 7,552,800", "£7,552,800"),
        ("money", "EUR 30,500,000", "€30.5 million"),
        ("money", "CHF 2,000", "CHF 2,000"),
        ("count", "20,000,000,000 images", "20 billion images"),
        ("date", "2022-10-17", "17 October 2022"),
        ("date", "within 2 months", "within 2 months"),
        ("law", "GDPR Art. 6", "GDPR Art. 6"),
    ],
)
def test_values_are_told_in_words(kind, value, words):
    assert [one.value for one in statements([(kind, value, 1, True)])] == [words]


def test_what_most_say_is_told_kind_by_kind():
    facts = [
        ("law", "GDPR Art. 6", 1, True),
        ("money", "EUR 5", 1, False),
        ("money", "EUR 7", 1, True),
        ("money", "EUR 7", 2, True),
        ("authority", "CNIL", 1, True),
    ]
    assert [(one.kind, one.value, one.reports, one.sources) for one in statements(facts)] == [
        ("Money", "€7", 2, (1, 2)),
        ("Money", "€5", 0, (1,)),
        ("Law", "GDPR Art. 6", 1, (1,)),
    ]
