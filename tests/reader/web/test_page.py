"""The article in a page."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reader.errors import ParseError
from reader.records import Outlet, Picture
from reader.web.page import read

LAW = "<p>It is the {}. of its kind, <a href='/law'>says the law</a>.</p>"
WORDS = "The authority fined the company on Thursday for a database of faces that it had collected without asking anyone. "
PAGE = f"""<!doctype html><html lang="en-GB"><head><title>Fine for a face database - The Bee</title>
<meta property="og:title" content="Fine for a face database"><meta property="og:site_name" content="The Bee">
<meta property="article:published_time" content="2026-11-20T09:30:00+01:00"><meta name="author" content="Ann Example">
<meta property="og:image" content="/lead.jpg"><meta name="description" content="What the authority decided.">
<link rel="canonical" href="https://www.bee.example/fine"><link rel="amphtml" href="/fine/amp"></head>
<body><nav><a href="/">Home</a> <a href="/about">About us</a></nav>
<article><h1>Fine for a face database</h1>{"".join(f"<p>{WORDS}</p>{LAW.format(n)}" for n in range(4))}
<script>steal()</script></article><aside>Subscribe to our newsletter</aside><footer>Cookies</footer></body></html>"""
AT = "https://www.bee.example/fine?utm_source=x"


def test_a_page_becomes_a_record() -> None:
    record = read(PAGE.encode(), AT, "text/html; charset=utf-8")
    assert (record.title, record.author, record.language) == ("Fine for a face database", "Ann Example", "en")
    assert record.date == datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
    assert (record.web_url, record.original_url, record.amp_url) == (
        "https://www.bee.example/fine",
        AT,
        "https://www.bee.example/fine/amp",
    )
    assert record.provider == Outlet("The Bee", "bee.example")
    assert record.images == (Picture("https://www.bee.example/lead.jpg"),)
    assert record.excerpt == "What the authority decided."


def test_its_text_is_the_article_and_nothing_around_it() -> None:
    record = read(PAGE.encode(), AT)
    assert record.text.count("fined the company") == 4
    assert "\n\nIt is the 3. of its kind, says the law." in record.text
    for noise in ("newsletter", "Cookies", "About us", "steal"):
        assert noise not in record.text
        assert noise not in record.content
    assert '<a href="https://www.bee.example/law">' in record.content


def test_no_page_speaks_for_another_house() -> None:
    page = PAGE.replace("https://www.bee.example/fine", "https://www.other.example/fine")
    assert read(page.encode(), AT).web_url == AT


def test_a_saved_page_is_believed() -> None:
    assert read(PAGE.encode()).web_url == "https://www.bee.example/fine"


@pytest.mark.parametrize(
    "page", [b"", b"<html></html>", b"<p>Short.</p>", b"<html><body><script>x</script></body></html>", b"\0" * 1000]
)
def test_a_page_without_an_article_is_said_to_be_so(page: bytes) -> None:
    with pytest.raises(ParseError, match="no article text"):
        read(page, AT)
