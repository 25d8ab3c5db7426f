"""Unpacking: the same bytes whatever pieces they come in, and never more than the limit."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import BadAnswer, TooLarge
from reader.web.body import Body


def unpacked(packed: bytes, encoding: str, step: int, most: int = 1 << 20) -> bytes:
    body = Body("https://a.example/", encoding, most)
    for start in range(0, len(packed), step):
        body.add(packed[start : start + step])
    return body.whole()


@given(st.binary(max_size=2000), st.integers(1, 500), st.sampled_from(["gzip", "x-gzip", "deflate", "", "identity"]))
def test_pieces_of_any_size_make_the_same_whole(said: bytes, step: int, encoding: str) -> None:
    said = b"<rss>" + said
    packed = gzip.compress(said) if "gzip" in encoding else zlib.compress(said) if encoding == "deflate" else said
    assert unpacked(packed, encoding, step) == said


def test_nothing_is_nothing() -> None:
    assert unpacked(b"", "gzip", 1) == b""
    assert unpacked(b"x", "gzip", 1) == b"x"


def test_more_than_the_limit_is_never_made() -> None:
    with pytest.raises(TooLarge):
        unpacked(gzip.compress(bytes(2 << 20)), "gzip", 1 << 16)
    with pytest.raises(TooLarge):
        unpacked(bytes(2 << 20), "", 1 << 16)


@given(st.binary(min_size=1, max_size=300))
def test_whatever_comes_it_is_bytes_or_a_bad_answer(packed: bytes) -> None:
    for encoding in ("gzip", "deflate", ""):
        try:
            assert isinstance(unpacked(b"\x1f\x8b" + packed, encoding, 50), bytes)
        except BadAnswer as error:
            assert "\n" not in str(error)  # noqa: PT017 - either is right
