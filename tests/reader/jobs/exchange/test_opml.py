"""OPML: the feeds and folders that stand in it, and nothing of what else other programs write into it."""

from __future__ import annotations

import time

import pytest

from reader.errors import ParseError
from reader.jobs.exchange import opml
from reader.records import Feed


def read(body, head=""):
    text = f'<?xml version="1.0"?>{head}<opml version="2.0"><head><title>x</title></head><body>{body}</body></opml>'
    return list(opml.outlines(text.encode()))


def test_feeds_and_their_folders():
    found = read("""
        <outline text="Regulators">
          <outline text="Europe"><outline type="rss" text="Board" title="long" xmlUrl="https://board.example/feed" htmlUrl="https://board.example/"/></outline>
          <outline TYPE="RSS" title="Only a title" XMLURL=" https://office.example/rss "/>
        </outline>
        <outline text="Top" xmlUrl="http://top.example/feed"/>""")
    assert [(one.url, one.title, one.folder, one.link) for one in found] == [
        ("https://board.example/feed", "Board", "Regulators / Europe", "https://board.example/"),
        ("https://office.example/rss", "Only a title", "Regulators", ""),
        ("http://top.example/feed", "Top", "", ""),
    ]


@pytest.mark.parametrize(
    "url", ["|~/run.sh", "exec:id", "filter:x:https://a.example/", "file:///etc/passwd", "gopher://a.example/", "javascript:1"]
)
def test_only_the_web_is_a_feed(url):
    (found,) = read(f'<outline text="x" xmlUrl="{url}"/>')
    assert not found.url
    assert "only http and https" in found.problem
    assert found.line == 1


def test_commands_and_inclusions_are_ignored():
    (found,) = read(
        '<outline type="include" url="https://a.example/more.opml"/><outline xmlUrl="https://b.example/f" filtercmd="id"/>'
    )
    assert (found.url, found.problem) == ("https://b.example/f", "")


@pytest.mark.parametrize(
    ("told", "url"),
    [
        ("feed://a.example/x", "http://a.example/x"),
        ("feed:https://a.example/x", "https://a.example/x"),
        ("FEED:http://a.example", "http://a.example"),
    ],
)
def test_the_scheme_of_old_subscribe_buttons(told, url):
    assert read(f'<outline xmlUrl="{told}"/>')[0].url == url


def test_passwords_are_not_taken_over():
    (found,) = read('<outline xmlUrl="https://ann:secret@a.example/f"/>')
    assert (found.url, found.username) == ("https://a.example/f", "ann")
    assert "password" in found.problem
    assert "secret" not in repr(found)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost:8000",
        "10.1.2.3",
        "[::1]",
        "192.168.0.9",
        "127.1",
        "2130706433",
        "0x7f.1",
        "printer.local",
        "intranet",
        "169.254.169.254",
    ],
)
def test_private_addresses_are_known_as_such(host):
    assert read(f'<outline xmlUrl="http://{host}/f"/>')[0].is_private


@pytest.mark.parametrize("host", ["a.example", "8.8.8.8", "[2606:4700::1]", "10.com"])
def test_public_addresses_are_too(host):
    assert not read(f'<outline xmlUrl="http://{host}/f"/>')[0].is_private


@pytest.mark.parametrize(
    "head",
    ['<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]>', '<!DOCTYPE opml [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]>'],
)
def test_entities_are_refused(head):
    with pytest.raises(ParseError, match="document type"):
        read('<outline text="&x;" xmlUrl="https://a.example/&b;"/>', head)


def test_deep_nesting_ends_in_a_line():
    start = time.perf_counter()
    found = read('<outline text="f">' * 5000 + '<outline xmlUrl="https://a.example/"/>' + "</outline>" * 5000)
    assert all(one.problem for one in found if not one.url)
    assert time.perf_counter() - start < 2


def test_folders_have_a_greatest_depth():
    (found,) = read('<outline text="f">' * 40 + '<outline xmlUrl="https://a.example/f"/>' + "</outline>" * 40)
    assert found.folder == " / ".join("f" * 8)


def test_what_can_be_read_of_a_broken_file_is_read():
    found = read(
        '<outline xmlUrl="https://a.example/1"/>\n<outline text="a & b" xmlUrl="https://a.example/2"/><outline xmlUrl="https://a.example/3"/>'
    )
    assert [one.url for one in found if one.url] == [f"https://a.example/{number}" for number in (1, 2, 3)]
    assert found[0].line == 2
    assert "what could be read was taken" in found[0].problem


def test_what_is_written_is_read_back():
    feeds = [
        Feed(1, "https://a.example/f?a=1&b=2", "A <title> & more", "Folder / Sub", "https://a.example/"),
        Feed(2, "https://b.example/f", "", "Folder"),
        Feed(3, "https://c.example/f", "C"),
    ]
    found = list(opml.outlines(opml.written(feeds, "Feeds")))
    assert [(one.url, one.title, one.folder, one.link) for one in found] == [
        ("https://a.example/f?a=1&b=2", "A <title> & more", "Folder / Sub", "https://a.example/"),
        ("https://b.example/f", "https://b.example/f", "Folder", ""),
        ("https://c.example/f", "C", "", ""),
    ]
