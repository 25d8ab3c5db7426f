"""Pages in the encodings that they say, and in those that they do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.web.decode import text_of_page

WORDS = "<p>Décision à l’été"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (WORDS.encode(), "text/html; charset=utf-8"),
        (WORDS.encode(), ""),
        (WORDS.encode("windows-1252"), ""),
        (WORDS.encode("windows-1252"), "text/html; charset=iso-8859-1"),
        (WORDS.encode(), "text/html; charset=iso-8859-1"),
        (b"<meta charset='windows-1252'>" + WORDS.encode("windows-1252"), "text/html"),
        (WORDS.encode("utf-16"), ""),
        (b"\xef\xbb\xbf" + WORDS.encode(), "text/html; charset=ascii"),
        (WORDS.encode(), "text/html; charset=zlib"),
    ],
)
def test_the_words_come_out(body: bytes, content_type: str) -> None:
    assert text_of_page(body, content_type).endswith(WORDS)


@given(st.binary(max_size=200), st.text(max_size=30))
def test_never_raises(body: bytes, content_type: str) -> None:
    assert isinstance(text_of_page(body, f"text/html; charset={content_type}"), str)
