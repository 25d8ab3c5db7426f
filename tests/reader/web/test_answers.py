"""What the headers of an answer mean."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from reader.web.answers import Headers, cookies, max_age, retry_after


def headers(**lines: str) -> Headers:
    return Headers((name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in lines.items())


@pytest.mark.parametrize(
    ("lines", "seconds"),
    [
        ({"Cache_Control": "public, max-age=600"}, 600),
        ({"Cache_Control": 'max-age="600"'}, 600),
        ({"Cache_Control": "max-age=600, no-cache"}, 600),
        ({"Cache_Control": "no-store, max-age=600"}, 0),
        ({"Cache_Control": "max-age=999999999999999999999"}, 1 << 31),
        ({"Cache_Control": "max-age=soon"}, 0),
        ({"Expires": "Sun, 22 Nov 2026 13:00:00 GMT", "Date": "Sun, 22 Nov 2026 12:00:00 GMT"}, 3600),
        ({"Expires": "0"}, 0),
        ({}, 0),
    ],
)
def test_how_long_an_answer_is_current(lines: dict[str, str], seconds: int) -> None:
    assert max_age(headers(**lines)) == seconds


def test_when_to_come_again_is_told_in_seconds_or_as_a_date() -> None:
    assert retry_after(headers(Retry_After="120")) == 120
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    assert 90 < retry_after(headers(Retry_After=later)) <= 100
    for nonsense in ("soon", "-5", "", "Sun, 22 Nov 1999 12:00:00 GMT"):
        assert retry_after(headers(Retry_After=nonsense)) == 0


def test_a_header_that_is_longer_than_makes_sense_is_not_kept() -> None:
    assert headers(ETag='"' + "x" * 10_000 + '"').first("etag") == ""


def test_an_address_in_utf_8_is_understood() -> None:
    raw = Headers([(b"Location", "/börse".encode())])
    assert raw.location() == "/börse"


def test_cookies_are_read_and_odd_ones_left() -> None:
    assert cookies("a=1; Path=/; HttpOnly") == {"a": "1"}
    assert cookies("@@@") == {}
