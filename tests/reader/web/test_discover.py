"""The feeds that a page offers."""

from __future__ import annotations

import pytest

from reader.errors import ParseError
from reader.web.discover import Offer, offers

AT = "https://a.example/news/"


def found(page: str) -> list[Offer]:
    return offers(page.encode(), AT, "text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("link", "url"),
    [
        (
            '<link rel="alternate" type="application/rss+xml" href="/rss.xml" title="Nachrichten für alle">',
            "https://a.example/rss.xml",
        ),
        ("<LINK REL=Alternate TYPE=application/atom+xml HREF=feed.atom>", "https://a.example/news/feed.atom"),
        ('<link href="//b.example/f" rel="home alternate" type="application/feed+json; charset=utf-8">', "https://b.example/f"),
        ('<base href="https://c.example/x/"><link rel="alternate" type="application/rss+xml" href="f">', "https://c.example/x/f"),
        ('<link rel="alternate" type="text/xml" href="/feed.xml">', "https://a.example/feed.xml"),
        ('<link rel="feed" href="feed://a.example/f">', "http://a.example/f"),
    ],
)
def test_what_a_page_declares_is_found(link: str, url: str) -> None:
    assert [offer.url for offer in found(f"<html><head>{link}</head><p>x")] == [url]


def test_titles_come_along() -> None:
    assert (
        found('<link rel="alternate" type="application/rss+xml" href="/f" title=" Alle  Nachrichten ">')[0].title
        == "Alle Nachrichten"
    )


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="alternate" hreflang="fr" href="/fr">',
        '<link rel="alternate" type="application/json" href="/wp-json/posts/1">',
        '<link rel="alternate" type="application/rss+xml">',
        '<link rel="alternate" type="application/rss+xml" href="">',
        '<link rel="stylesheet" href="/feed.css">',
        '<!-- <link rel="alternate" type="application/rss+xml" href="/old.xml"> -->',
        '<link rel="alternate" type="application/rss+xml" href="javascript:x">',
        '<link rel="alternate" type="application/rss+xml" href="file:///etc/passwd">',
    ],
)
def test_what_is_no_feed_is_not_taken_for_one(link: str) -> None:
    assert found(f"<html><head>{link}</head><p>x") == []


def test_comments_come_last_and_each_address_once() -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="{}" title="{}">'
    page = link.format("/comments/feed/", "Comments") + link.format("/feed/", "News") + link.format("/feed/", "Again")
    assert [offer.title for offer in found(page)] == ["News", "Comments"]


def test_links_in_the_text_count_where_nothing_is_declared() -> None:
    text = '<a href="/press/rss.xml">RSS</a> <a href="/about">Feedback</a> <a href="/news/">here</a>'
    assert found(text) == [Offer("https://a.example/press/rss.xml", "RSS")]
    declared = '<link rel="alternate" type="application/rss+xml" href="/main">'
    assert [offer.url for offer in found(declared + text)] == ["https://a.example/main"]


def test_an_empty_page_offers_nothing_and_a_monster_is_refused() -> None:
    assert offers(b"", AT) == []
    with pytest.raises(ParseError, match="tags"):
        found("<p>" * 100_000)
