"""Feeds: what they say is read whatever their make, and what is no feed is named."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import ParseError
from reader.records import Outlet, Picture
from reader.web.parse import PART, parse, parse_part
from tests.fakes import entry, rss

AT = "https://a.example/feed"

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Flux</title><link href="https://a.example/"/>
<entry><title type="html">&lt;b&gt;Décision&lt;/b&gt; &amp;amp; suite</title><id>tag:1</id><link href="/1"/>
<published>2026-11-22T10:00:00Z</published><author><name>Anne</name></author><author><name>Bob</name></author>
<summary>Le résumé.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Le corps. <a href="2">suite</a></p></div></content>
</entry></feed>"""


def test_rss_is_read() -> None:
    feed = parse(rss(entry(1), entry(2, author="ann@a.org (Ann)"), more="<language>en</language><ttl>90</ttl>"), AT)
    assert (feed.title, feed.link, feed.language, feed.ttl, feed.whole, feed.problems) == (
        "Feed",
        "https://a.example/",
        "en",
        5400,
        True,
        (),
    )
    record = feed.items[0].record
    assert (record.title, record.web_url, record.text, record.language) == (
        "Article 1",
        "https://a.example/1",
        "Words of article 1.",
        "en",
    )
    assert record.date == datetime(2026, 11, 22, 1, tzinfo=UTC)
    assert (record.content, record.content_type, record.provider) == (
        "<p>Words of article 1.</p>",
        "text/html",
        Outlet("", "a.example"),
    )
    assert feed.items[0].guid == "tag:a.example,2026:1"
    assert feed.items[1].record.author == "Ann"


def test_atom_is_read() -> None:
    feed = parse(ATOM.encode(), AT)
    record = feed.items[0].record
    assert (record.title, record.author, record.excerpt, record.language) == ("Décision & suite", "Anne, Bob", "Le résumé.", "fr")
    assert record.content == '<p>Le corps. <a href="https://a.example/2">suite</a></p>'
    assert record.text == "Le corps. suite"
    assert record.web_url == "https://a.example/1"


def test_json_feed_is_read() -> None:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "JSON",
        "home_page_url": "https://a.example/",
        "items": [
            {"id": 7, "url": "/7", "title": "Seven <7", "content_html": "<p>Words</p>",
             "date_published": "2026-11-22T10:00:00+01:00",
             "authors": [{"name": "Ann"}, "x"], "image": "/7.png", "language": "en"},
            {"id": "8", "content_text": "Plain <words>\n\nof two paragraphs"},
            "nonsense",
        ],
    }  # fmt: skip
    feed = parse(json.dumps(document).encode(), AT)
    seven, eight = (item.record for item in feed.items)
    assert (seven.title, seven.web_url, seven.text, seven.author) == ("Seven <7", "https://a.example/7", "Words", "Ann")
    assert seven.date == datetime(2026, 11, 22, 9, tzinfo=UTC)
    assert seven.images == (Picture("https://a.example/7.png"),)
    assert (eight.title, eight.text, eight.content_type) == ("Plain <words>", "Plain <words>\n\nof two paragraphs", "text/plain")


def test_an_article_without_a_title_is_called_by_its_first_sentence() -> None:
    record = parse(rss(entry(1, title="", description="A decision came today. More of it follows.")), AT).items[0].record
    assert record.title == "A decision came today."


def test_what_a_service_put_before_the_address_is_kept_beside_it() -> None:
    more = '<feedburner:origLink xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">https://b.example/1</feedburner:origLink>'
    record = parse(rss(entry(1).replace("</item>", f"{more}</item>")), AT).items[0].record
    assert (record.web_url, record.original_url) == ("https://b.example/1", "https://a.example/1")


def test_a_feed_that_gathers_names_the_outlet_of_each_article() -> None:
    more = '<source url="https://www.b.example/rss">The Bee</source>'
    record = parse(rss(entry(1).replace("</item>", f"{more}</item>")), AT).items[0].record
    assert record.provider == Outlet("The Bee", "b.example")


def test_pictures_are_those_the_feed_names_then_those_of_the_text() -> None:
    lead = '<enclosure url="https://a.example/lead.jpg" type="image/jpeg" length="1"/>'
    sound = '<enclosure url="https://a.example/a.mp3" type="audio/mpeg" length="1"/>'
    more = lead + sound
    item = entry(
        1, description="&lt;img src=&quot;/in.png?a=1&amp;amp;b=2&quot;&gt; &lt;img src=&quot;/dot.gif&quot; width=1&gt;"
    )
    record = parse(rss(item.replace("</item>", f"{more}</item>")), AT).items[0].record
    assert [picture.url for picture in record.images] == ["https://a.example/lead.jpg", "https://a.example/in.png?a=1&b=2"]


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "https://u:p@a.example/", "gopher://a.example/", "#", ""],
)
def test_links_to_where_nobody_should_go_are_dropped(link: str) -> None:
    record = parse(rss(entry(1, link=link, guid="")), AT).items[0].record
    assert record.web_url == ""
    assert record.title == "Article 1"


def test_titles_are_plain_text() -> None:
    titles = [
        "&lt;b&gt;Bold&lt;/b&gt; words",
        "AT&amp;amp;T",
        "5 &amp;lt; 6",
        "<![CDATA[A <i>slanted</i> word]]>",
        "gpj.\u202eexe\x07",
    ]
    body = rss(*(entry(n, title=title) for n, title in enumerate(titles))).replace(b"\x07", b"")
    assert [item.record.title for item in parse(body, AT).items] == ["Bold words", "AT&T", "5 < 6", "A slanted word", "gpj.exe"]


# Who is who


def test_an_item_is_known_by_its_guid_else_its_link_else_its_words() -> None:
    items = parse(rss(entry(1), entry(2, guid=""), entry(3, guid="", link=""), entry(4, guid="", link="")), AT).items
    assert [item.guid for item in items[:2]] == ["tag:a.example,2026:1", "https://a.example/2"]
    assert len({item.guid for item in items}) == 4
    again = parse(rss(entry(3, guid="", link="")), AT).items
    assert again[0].guid == items[2].guid


def test_a_guid_that_several_items_share_is_told_apart_by_their_links() -> None:
    items = parse(rss(entry(1, guid="same"), entry(2, guid="same"), entry(2, guid="same")), AT).items
    assert [item.guid for item in items] == [f"https://a.example/same\nhttps://a.example/{n}" for n in (1, 2)]


def test_a_fingerprint_changes_with_the_words_and_with_nothing_else() -> None:
    one = parse(rss(entry(1), entry(2)), AT).items
    other = parse(rss(entry(2, "Other words"), entry(1), title="Another title"), AT).items
    assert one[0].fingerprint == other[1].fingerprint
    assert one[1].fingerprint != other[0].fingerprint


def test_what_is_known_is_only_counted() -> None:
    body = rss(*(entry(n) for n in range(10)))
    every = parse_part(body, AT)
    known = frozenset(item.fingerprint for item in every.items[1:])
    part = parse_part(body, AT, known=known)
    assert part.items == every.items[:1]
    assert part.known == 9


def test_a_broken_feed_is_known_again_too() -> None:
    body = rss(entry(1), entry(2)).replace(b"</channel>", b"<broken>&nope;</channel>")
    every = parse_part(body, AT)
    assert len(every.items) == 2
    assert parse_part(body, AT, known=frozenset(item.fingerprint for item in every.items)).known == 2


def test_a_long_feed_comes_in_parts_and_nothing_is_left_out() -> None:
    body = rss(*(entry(n) for n in range(2 * PART + 10)))
    first = parse_part(body, AT)
    assert (len(first.items), first.left) == (PART, PART + 10)
    assert len({item.guid for item in parse(body, AT).items}) == 2 * PART + 10


# What is not as it should be


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"/etc/passwd", "not a feed"),
        (b"http://127.0.0.1:9/x", "not a feed"),
        (b"<!doctype html><html><head><title>Welcome &amp; hello</title><p>x", "a web page (“Welcome & hello”)"),
        (b"<html><form><input type='password'></form>", "log in"),
        (b"<opml version='2.0'><body/></opml>", "import it"),
        (b"<?xml version='1.0'?><urlset/>", "site map"),
        (b'{"a": 1}', "JSON, but not a feed"),
        (b'{"items": [', "damaged"),
        (b"[" * 100_000, "damaged"),
        (b"\0\1\2binary" * 20, "binary"),
    ],
)
def test_what_is_no_feed_is_named(body: bytes, words: str) -> None:
    with pytest.raises(ParseError) as caught:
        parse(body, AT, "text/html")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_feed_that_was_cut_is_read_as_far_as_it_goes_and_said_to_be_damaged() -> None:
    body = rss(entry(1), entry(2), entry(3))
    feed = parse(body[: len(body) * 3 // 4], AT)
    assert len(feed.items) >= 2
    assert not feed.whole
    assert "damaged at line 1" in feed.problems[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "iso-8859-1", "windows-1252"])
def test_encodings_are_understood(encoding: str) -> None:
    body = rss(entry(1, title="Décision à l’été" if encoding != "iso-8859-1" else "Décision")).decode().replace("utf-8", encoding)
    title = parse(body.encode(encoding), AT, "application/xml").items[0].record.title
    assert title == ("Décision" if encoding == "iso-8859-1" else "Décision à l’été")


def test_what_stands_before_the_feed_does_no_harm() -> None:
    for before in (b"\xef\xbb\xbf", b"\n\n  ", b"<br />\n<b>Warning</b>: headers in <b>/x.php</b>\n"):
        assert len(parse(before + rss(entry(1), entry(2)), AT).items) == 2


def test_entities_of_its_own_never_grow_or_reach_out() -> None:
    lol = "<!DOCTYPE rss [<!ENTITY a 'lololololol'>" + "".join(
        f"<!ENTITY b{n} '{f'&b{n - 1};' * 10 if n else '&a;'}'>" for n in range(9)
    )
    outside = '<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    body = rss(entry(1, title="&b8; &x;")).replace(b"<rss ", f"{lol}{outside}<rss ".encode())
    for item in parse(body, AT).items:
        assert len(item.record.title) < 1000


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (rss("<x>" * 1000 + "</x>" * 1000), "nested more than 256"),
        (rss("<item " + " ".join(f"a{n}='1'" for n in range(5000)) + "/>"), "attributes"),
        (rss("".join(f'<n{n}:x xmlns:n{n}="http://n/{n}"/>' for n in range(2000))), "namespaces"),
        (b"<rss>" + bytes(11 << 20), "larger than 10 MB"),
    ],
)
def test_what_would_take_too_long_is_refused(body: bytes, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        parse(body, AT)


PIECES = st.sampled_from(
    [b"<rss>", b"<channel>", b"<item>", b"</item>", b"<title>", b"</title>", b"<guid>", b"x", b"&", b"<", b"\xff", b"\0",
     b"<![CDATA[", b"]]>", b"<entry>", b"<link href='//x'/>", b"{", b'"items":[', b"<!DOCTYPE x [", b"utf-8",
     b"<?xml version='1.0' encoding='", b"'?>", b"<!--", b"<pubDate>", b"2026", b"</rss>",
     b"<content:encoded>", b"xmlns:content='x'", b"<author><name>"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map(b"".join))
def test_reading_never_raises_but_parse_error(body: bytes) -> None:
    with suppress(ParseError):
        assert all(item.guid for item in parse(body, AT).items)
