"""HTML from outside: what is shown is safe, what is said is kept, and nothing takes long."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.web.clean import ATTRIBUTES, TAGS, clean, plain_text, text_of, whole_address


class Inspector(HTMLParser):
    """Notes whatever is not on the list."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[object] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.found.append(tag)
        for name, value in attrs:
            if name not in ATTRIBUTES.get(tag, set()) | ATTRIBUTES["*"]:
                self.found.append((tag, name))
            if name in {"href", "src"} and not re.match(r"https?://|mailto:", value or ""):
                self.found.append((tag, name, value))

    def handle_comment(self, data: str) -> None:
        self.found.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def forbidden(markup: str) -> list[object]:
    inspector = Inspector()
    inspector.feed(markup)
    inspector.close()
    return inspector.found


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<script>steal()</script>Words", "Words"),
        ("<style>p{}</style><p style='x' class='y' id='z' onclick='steal()'>Words</p>", "<p>Words</p>"),
        ("<iframe src='https://a.example/'>x</iframe><form><input>Words</form>", "Words"),
        ("<svg><a href='https://a.example/'>x</a></svg><math>x</math>Words", "Words"),
        ("<!-- hidden --><p>Words", "<p>Words</p>"),
        ("<a href='javascript:steal()'>Words</a>", "<a>Words</a>"),
        ("<a href='java&#10;script:steal()'>Words</a>", "<a>Words</a>"),
        ("<a href='https://user:secret@a.example/'>Words</a>", "<a>Words</a>"),
        ("<a href='file:///etc/passwd'>Words</a>", "<a>Words</a>"),
        ("<a href='mailto:press@a.example?bcc=all@b.example'>Words</a>", '<a href="mailto:press@a.example">Words</a>'),
        ("<img src='data:image/png;base64,AAAA' alt='x'>Words", "Words"),
        ("<img src='https://a.example/p.gif' width='1' height='1'>Words", "Words"),
        ("<img src='https://a.example/p.png' width='100'>", '<img src="https://a.example/p.png">'),
        ("<td colspan='10000'>x", "x"),
        ("Words\u202eand\x07more &#x202e;", "Wordsandmore "),
        ("half \ud800 a character <b>here</b>", "half � a character <b>here</b>"),
    ],
)
def test_only_what_is_safe_is_shown(markup: str, shown: str) -> None:
    assert clean(markup) == shown


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("/news/1?a=1&amp;b=2", "https://a.example/news/1?a=1&amp;b=2"),
        ("../2", "https://a.example/2"),
        ("#note", "https://a.example/x/y#note"),
        ("//b.example/3", "https://b.example/3"),
        (" https://b.example/a b ", "https://b.example/a%20b"),
    ],
)
def test_relative_addresses_are_made_whole(address: str, whole: str) -> None:
    assert clean(f'<a href="{address}">x</a>', "https://a.example/x/y") == f'<a href="{whole}">x</a>'


def test_relative_addresses_without_a_base_on_the_web_go_nowhere() -> None:
    assert clean('<a href="/etc/passwd">x</a>') == "<a>x</a>"
    assert clean('<a href="passwd">x</a>', "file:///etc/") == "<a>x</a>"


@pytest.mark.parametrize(
    "address", ["", "ftp://a.example/", "http://", "http://a.example:port/", "https://a@b.example/", "http://[", "/x"]
)
def test_what_is_no_address_on_the_web_is_not_taken_for_one(address: str) -> None:
    assert whole_address(address) is None


def test_text_keeps_paragraphs_and_loses_scripts() -> None:
    page = "<h1>Title</h1><script>steal()</script><p>One\n\nstill one<br>and on &amp; on</p><ul><li>a</li><li>b</li></ul>1 < 2"
    assert plain_text(page) == "Title\n\nOne still one and on & on\n\na\n\nb\n\n1 < 2"


def test_cells_of_a_table_do_not_run_together() -> None:
    assert (
        plain_text("<table><tr><td>2021</td><td>8 fines</td></tr><tr><td>2022</td><td>9</td></tr></table>")
        == "2021 8 fines\n\n2022 9"
    )


def test_what_looks_like_a_tag_inside_an_attribute_is_not_text() -> None:
    assert plain_text('<a title="<p>no</p>" href="https://a.example/">yes</a>') == "yes"


MONSTERS = {
    "deep": "<div>" * 100_000 + "words",
    "deep lists": "<ul><li>words" * 10_000,
    "misnested": "<b><i><u><p>" * 3_000 + "words" + "</b></i></u></p>" * 3_000,
    "many attributes": "<a " + " ".join(f"a{n}=1" for n in range(100_000)) + ">words</a>",
    "long attribute": "<p title='" + "x" * 1_000_000 + "'>words</p>",
    "brackets": "<" * 500_000,
    "ampersands": "&" * 500_000,
    "open comments": "<!--" * 200_000,
    "open scripts": "<script>" * 100_000,
    "open pictures": "<img width=1 " * 100_000,
    "open attributes": '<a b="' * 100_000,
    "many tags": "<p>words</p>" * 100_000,
}


@pytest.mark.parametrize("name", MONSTERS)
def test_monsters_are_cleaned_in_no_time(name: str) -> None:
    started = time.process_time()
    cleaned = clean(MONSTERS[name])
    text_of(cleaned)
    assert time.process_time() - started < 2
    assert not forbidden(cleaned)
    if "words" in MONSTERS[name] and name != "many attributes":
        assert "words" in cleaned


PIECES = st.sampled_from(
    ["<p>", "</p>", "<a href=", "'/x'", '"javascript:x"', ">", "<", "&lt;", "&", "<img src=//x/y ", "alt='\"<b>'", "<script>",
     "</script>", "<svg>", "<style>", "<table><td>", "<!--", "-->", "words", "\n\n", "\u202e", "\ud800", "\x00", " ", "<b>",
     "<math><mtext>", "title='<p>'", "<![CDATA[", "]]>", "<br/>", "<noscript>", "</title>", "<textarea>"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_cleaning_is_safe_and_cleaning_again_changes_nothing(markup: str) -> None:
    cleaned = clean(markup, "https://a.example/")
    assert not forbidden(cleaned)
    assert clean(cleaned, "https://a.example/") == cleaned
    assert "<p>" not in text_of(clean("<p>" + markup.replace("&lt;", "").replace("<textarea>", "")))
