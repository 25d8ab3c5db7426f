"""Dates as sources write them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.web.dates import moment


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2025-09-04T10:00:00Z", "2025-09-04 10:00"),
        ("2025-09-04T10:00:00+0200", "2025-09-04 08:00"),
        ("20250904T100000Z", "2025-09-04 10:00"),
        ("2025-09-04", "2025-09-04 00:00"),
        ("1757000000", "2025-09-04 15:33"),
        ("1757000000000", "2025-09-04 15:33"),
        ("jeudi 4 septembre 2025", "2025-09-04 00:00"),
        ("4 de septiembre de 2025", "2025-09-04 00:00"),
        ("Sep 4, 2025", "2025-09-04 00:00"),
        ("Sun, 17 Dec 2017 1:55 PM EST", "2017-12-17 18:55"),
        ("2020/1/10 14:33:00", "2020-01-10 14:33"),
        ("Thu, 4 Sept 2025 10:00 CEST", "2025-09-04 08:00"),
    ],
)
def test_the_moment_that_is_meant(written: str, meant: str) -> None:
    assert f"{moment(written):%Y-%m-%d %H:%M}" == meant


def test_what_comes_first_in_figures_depends_on_the_language() -> None:
    assert f"{moment('04/09/2025 10:00', language='en-us'):%d %m}" == "09 04"
    assert f"{moment('04/09/2025 10:00', language='de'):%d %m}" == "04 09"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "yesterday",
        "2 days ago",
        "10:30",
        "0000-00-00 00:00:00",
        "Thu, 04 Sep 2025 25:61:00 GMT",
        "9" * 200_000,
        "March",
        "1970-01-01",
    ],
)
def test_what_makes_no_sense_is_no_date(written: str) -> None:
    assert moment(written) is None


def test_what_the_feed_parser_cannot_know_is_not_believed() -> None:
    misread = time.struct_time((2026, 11, 22, 10, 30, 0, 6, 326, 0))
    assert moment("10:30", misread) is None
    assert moment("Sun Nov 22 10:30:00 2026", misread) is not None


@given(st.text(max_size=40))
def test_never_raises(written: str) -> None:
    assert moment(written) is None or moment(written).tzinfo is not None
