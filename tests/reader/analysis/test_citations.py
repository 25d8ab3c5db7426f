from __future__ import annotations

import json
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.analysis.citations import Source, authors, bibtex, cited, csl, footnote, keys, ris

FINE = Source(
    title="Face search: 100% of {users} & a $20m_fine",
    provider="Sample Wire",
    author="By Jane Doe and José Núñez",
    date=date(2022, 10, 20),
    url="https://wire.example/a?b=1&c={d}%20",
    accessed=date(2026, 11, 22),
    language="en",
)
BARE = Source(title="人脸识别")


def test_a_footnote_says_who_what_where_when_and_when_it_was_read():
    assert footnote(FINE) == (
        "Jane Doe and José Núñez, “Face search: 100% of {users} & a $20m_fine”, Sample Wire, 20 October 2022."
        " https://wire.example/a?b=1&c={d}%20. Accessed 22 November 2026."
    )


def test_what_is_not_known_is_left_out():
    assert footnote(BARE) == "“人脸识别”."
    assert csl([BARE]) == [{"id": "source", "type": "webpage", "title": "人脸识别"}]
    assert ris([BARE]) == "TY  - ELEC\nTI  - 人脸识别\nER  - \n"
    assert bibtex([BARE]) == "@online{source,\n  title = {{人脸识别}},\n}\n"


def test_an_outlet_that_signs_its_own_pages_is_named_once():
    assert footnote(Source(title="Order", provider="CNIL", author="CNIL")) == "“Order”, CNIL."


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("", []),
        ("Jane Doe", ["Jane Doe"]),
        ("by Jane Doe", ["Jane Doe"]),
        ("Doe, Jane", ["Doe, Jane"]),
        ("Jane Doe, John Roe and Max Muster", ["Jane Doe", "John Roe", "Max Muster"]),
        ("Jane Doe; Roe, John", ["Jane Doe", "Roe, John"]),
        ("Anna Schmidt & Paul Weiß", ["Anna Schmidt", "Paul Weiß"]),
        ("Andrea Anderson", ["Andrea Anderson"]),
    ],
)
def test_bylines(byline, names):
    assert authors(Source(title="", author=byline)) == names


def test_a_title_that_ends_a_sentence_ends_the_citation():
    assert footnote(Source(title="Is it lawful?")) == "“Is it lawful?”"
    assert footnote(Source(title="Data.", url="https://x.example")) == "“Data.” https://x.example."


def test_csl():
    assert csl([FINE]) == [
        {
            "id": "samplewire2022face",
            "type": "webpage",
            "title": FINE.title,
            "author": [{"literal": "Jane Doe"}, {"literal": "José Núñez"}],
            "container-title": "Sample Wire",
            "issued": {"date-parts": [[2022, 10, 20]]},
            "URL": FINE.url,
            "accessed": {"date-parts": [[2026, 11, 22]]},
            "language": "en",
        },
    ]


def test_ris():
    assert ris([FINE]).splitlines() == [
        "TY  - ELEC",
        "AU  - Jane Doe",
        "AU  - José Núñez",
        f"TI  - {FINE.title}",
        "T2  - Sample Wire",
        "PY  - 2022",
        "DA  - 2022/10/20/",
        f"UR  - {FINE.url}",
        "Y2  - 2026/11/22/",
        "LA  - en",
        "ER  - ",
    ]


def test_bibtex_is_escaped():
    entry = bibtex([FINE])
    assert r"title = {{Face search: 100\% of \textbraceleft{}users\textbraceright{} \& a \$20m\_fine}}" in entry
    assert "author = {Jane Doe and José Núñez}" in entry
    assert "url = {https://wire.example/a?b=1&c=%7Bd%7D%20}" in entry
    assert "urldate = {2026-11-22}" in entry


def test_every_source_has_a_key_of_its_own():
    assert keys([FINE, FINE, BARE, BARE]) == ["samplewire2022face", "samplewire2022face-2", "source", "source-2"]


def test_people_get_the_words_and_programs_csl():
    assert cited([FINE], "ris").words.startswith("TY  - ")
    assert cited([FINE], "bibtex").words.startswith("@online{")
    assert json.loads(cited([FINE], "csl").words) == cited([FINE], "ris").as_csl


lines = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp"))).map(str.strip)


@given(title=lines, provider=lines, author=lines, url=lines)
def test_nothing_in_a_source_breaks_out_of_its_field(title, provider, author, url):
    source = Source(title=title, provider=provider, author=author, url=url)
    entry = re.sub(r"\\text\w+\{\}", "", bibtex([source]))
    depth = [1 if letter == "{" else -1 for letter in entry if letter in "{}"]
    assert sum(depth) == 0
    assert all(sum(depth[:end]) > 0 for end in range(1, len(depth)))
    assert sum(line.startswith("ER  - ") for line in ris([source]).split("\n")) == 1
    assert json.loads(json.dumps(csl([source]))) == csl([source])
    assert footnote(source)
