"""Front matter: what it may say, what it must not, and that what is written is read back to the letter."""

from __future__ import annotations

import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import ParseError
from reader.jobs.exchange import seed

RECORD = """---
category: news
title: "Regulator: no face searches"
publishedDateTime: 2021-12-17T16:29:00Z
quality: 70
heat: -1
published: false

provider:
  name: The Paper
  domain: paper.example

topics:
  - Computer Vision
  - no
  - 12:30:00

related:
  - title: 'It''s another view'
    quality: 54.5
---

The body, with --- in it.
---
And more.
"""


def test_a_record_and_its_body():
    fields, body = seed.parse(RECORD)
    assert fields == {
        "category": "news",
        "title": "Regulator: no face searches",
        "publishedDateTime": "2021-12-17T16:29:00Z",
        "quality": 70,
        "heat": -1,
        "published": False,
        "provider": {"name": "The Paper", "domain": "paper.example"},
        "topics": ["Computer Vision", "no", "12:30:00"],
        "related": [{"title": "It's another view", "quality": 54.5}],
    }
    assert body == "The body, with --- in it.\n---\nAnd more."


def test_windows_lines_and_a_byte_order_mark():
    fields, body = seed.parse("\ufeff" + RECORD.replace("\n", "\r\n"))
    assert fields["title"] == "Regulator: no face searches"
    assert body.splitlines()[-1] == "And more."


def test_text_stays_text_and_nothing_is_nothing():
    fields, _ = seed.parse("---\ntitle: 2021\nexcerpt: ~\nauthor:\nquality: '70'\ncategory: yes\nlang: no\n---\n")
    assert fields == {"title": "2021", "excerpt": None, "author": None, "quality": "70", "category": "yes", "lang": "no"}


@pytest.mark.parametrize(
    ("front", "line", "why"),
    [
        ("title: &a x\nexcerpt: *a", 2, "anchors"),
        ("title: *a", 2, "anchors"),
        ("title: !!python/name:os.system x", 2, "tags"),
        ("title: x\nbase:\n  <<: {a: b}", 4, "merging"),
        ("title: x\nexcerpt: y\ntitle: z", 4, "title stands twice"),
        ("title: x\n  bad: indent", 3, "not YAML"),
        ("title: [unclosed", 3, "not YAML"),
        ("title: x\nnul: \0", 3, "character"),
        ("- a\n- b", 2, "no list of fields"),
        ("? [a, b]\n: c", 2, "word"),
    ],
)
def test_what_is_refused_is_told_with_its_line(front, line, why):
    with pytest.raises(ParseError, match=why) as told:
        seed.parse(f"---\n{front}\n---\n")
    assert told.value.line == line


def test_front_matter_that_never_closes():
    assert seed.begins("---\ntitle: x\n")
    with pytest.raises(ParseError, match="never closed"):
        seed.parse("---\ntitle: x\n")


@pytest.mark.parametrize("text", ["---\n\nA text under a rule.\n", "--- title: x", "title: x\n---\n", "", "----\na: b\n----\n"])
def test_a_line_at_the_top_is_no_front_matter(text):
    assert not seed.begins(text)


@pytest.mark.parametrize(
    "bomb", ["[" * 50_000, "a: " * 3, "a: {" * 5000, "- " * 50_000, "a: '" + "x" * 100_000, "k: [" + "a," * 200_000 + "]"]
)
def test_bombs_are_refused_at_once(bomb):
    start = time.perf_counter()
    with pytest.raises(ParseError):
        seed.parse(f"---\n{bomb}\n---\n")
    assert time.perf_counter() - start < 2


text = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    text | st.none(), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3), max_leaves=8
)


@given(st.dictionaries(text, values), text)
def test_whatever_is_written_is_read_back(document, body):
    parsed, read = seed.parse(seed.written(document | {"content": body}))
    assert (parsed | {"content": parsed.get("content", read)}) == document | {"content": body}


def test_what_is_written_reads_well_and_alike_elsewhere():
    document = {
        "title": "Regulator: no",
        "publishedDateTime": "2021-12-17T16:29:00Z",
        "quality": 70,
        "heat": 54.5,
        "published": True,
        "category": "no",
        "topics": ["AI", "12:30:00", "2021-12-17"],
        "related": [{"title": "T", "publishedDateTime": "2021-12-17"}],
        "secured": "ab+/=;cd==",
        "tags": None,
    }
    written = seed.written(document)
    assert 'title: "Regulator: no"\npublishedDateTime: 2021-12-17T16:29:00Z\nquality: 70\n' in written
    assert seed.parse(written)[0] == document
    elsewhere = yaml.safe_load(written.removeprefix("---\n").removesuffix("---\n"))
    assert elsewhere["publishedDateTime"].year == 2021
    assert (elsewhere["category"], elsewhere["topics"]) == ("no", ["AI", "12:30:00", "2021-12-17"])
