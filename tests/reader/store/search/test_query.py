"""A query says what it means; one that cannot be understood is told where, and its words are still looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from whoosh import query

from reader.store.search.conditions import Conditions
from reader.store.search.query import DEEPEST, LONGEST, MOST_CLAUSES, parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.store.database import Database


@pytest.fixture
def conditions(database: Database) -> Conditions:
    found = Conditions(database.db, database.now())
    found.refresh(database.now())
    return found


def told(text: str, conditions: Conditions) -> list[tuple[int, str]]:
    return [(problem.position, problem.why) for problem in parse(text, conditions).problems]


@pytest.mark.parametrize(
    ("text", "position", "why"),
    [
        ('privacy "data broker', 8, "a quotation mark is not closed"),
        ("(iris scan", 0, "a bracket is not closed"),
        ("iris scan)", 9, "a bracket is closed that was not opened"),
        ("iris AND", 5, "AND has nothing after it"),
        ("OR iris", 0, "OR has nothing before it"),
        ("iris NOT", 5, "NOT has nothing after it"),
        ("iris is:blue", 5, "is:blue is not known"),
        ("iris date:soon", 5, "a date is written"),
        ("iris quality:good", 5, "a quality is written"),
        ("iris words:>many", 5, "a number of words is written"),
        ("iris topic:Nothing", 5, "there is no topic “Nothing”"),
        ("iris feed:Nowhere", 5, "there is no feed “Nowhere”"),
        ('iris search:"my own"', 5, "there is no saved search “my own”"),
        ("iris tag:urgent", 5, "there are no tags"),
        ("iris subject:law", 5, "there is no field “subject”"),
    ],
)
def test_a_problem_is_told_with_its_place(conditions: Conditions, text: str, position: int, why: str) -> None:
    assert any(where == position and words.startswith(why) for where, words in told(text, conditions)), told(text, conditions)


@pytest.mark.parametrize(
    "text", ["(iris", "iris)", '"iris', "iris AND", "AND iris", "NOT OR iris", "is:blue iris", "((iris", "iris ()"]
)
def test_the_words_are_still_looked_for(text: str, keep: Callable[..., int], found: Callable[..., list[int]]) -> None:
    id = keep("Iris scans at the border", "Blue eyes")
    keep("Something else")
    assert found(text) == [id]


def test_good_queries_have_no_problems(conditions: Conditions) -> None:
    for text in (
        "face recognition",
        '"facial recognition" OR (iris NOT scan*) -"near words"~5',
        "title:clearview provider:reuters url:example.org/a note:check highlight:fine author:smith text:x excerpt:y",
        "lang:fr date:2022-10 date:2021-12..2022-11 date:<7d quality:>60 heat:>=10 words:<200",
        "is:unread is:read is:starred is:annotated is:captured is:published is:held is:hidden",
        "wor? word~ *ord SAN-2022-019 C-311/18 https://example.org/a?b=c",
        "title:(a OR b) Title: x",
        "“curly quotes” „deutsche“ «français»",
        "",
    ):
        assert told(text, conditions) == [], text


def test_or_binds_tighter_than_side_by_side_and_looser_than_and(conditions: Conditions) -> None:
    side_by_side = parse("law iris OR face", conditions).query
    assert isinstance(side_by_side, query.And)
    spelled_out = parse("law AND iris OR face", conditions).query
    assert isinstance(spelled_out, query.Or)


def test_a_saved_search_inside_itself_ends(database: Database, conditions: Conditions) -> None:
    with database.write() as db:
        for name, text in (("One", 'iris search:"two"'), ("two", "search:One face")):
            db.execute("INSERT INTO saved_search (uid, name, query, changed) VALUES (?, ?, ?, 0)", (name.encode(), name, text))
    parsed = parse("search:one", conditions)
    assert any("leads back to itself" in problem.why for problem in parsed.problems)


def test_what_asks_for_a_state_or_an_age_moves(conditions: Conditions) -> None:
    for text in ("is:unread", "quality:>60", "iris -is:read", "date:<7d", "heat:>1"):
        assert parse(text, conditions).moves, text
    for text in ("iris", "date:2022", "words:>100", "lang:fr", 'title:"a b"~3'):
        assert not parse(text, conditions).moves, text


def test_a_query_without_end_is_cut_and_that_is_said(conditions: Conditions) -> None:
    assert any("characters" in why for _, why in told("iris " * LONGEST, conditions))
    assert any("deep" in why for _, why in told("(" * (DEEPEST + 5) + "iris" + ")" * (DEEPEST + 5), conditions))
    assert any("parts" in why for _, why in told("a " * (MOST_CLAUSES + 1), conditions))


signs = st.sampled_from(
    [
        *(
            "AND",
            "OR",
            "NOT",
            "(",
            ")",
            '"',
            "“",
            "~",
            "~2",
            "*",
            "?",
            "-",
            "--",
            ":",
            "..",
            ">",
            "<",
            "\\",
            "/",
            "&",
            "+",
            "'",
            "[",
        ),
        *("title:", "note:", "is:", "is:read", "date:", "date:<7d", "date:2022-13-45", "quality:>", "quality:60..", "heat:-1"),
        *(
            "words:1e309",
            "words:99999999999999999999",
            "search:",
            'search:"x',
            "topic:x",
            "feed:1",
            "lang:",
            "lang:fr,de",
            "tag:x",
        ),
        *(
            "nosuch:x",
            "http://x.y/z?a=b",
            "iris",
            "données",
            "中文",
            "人",
            "🙂",
            "\u200b",
            "\x00",
            "a",
            "the",
            "US",
            "1",
            "co*",
            "*a*",
        ),
        *("c?m*p*", '"iris face"~3', "ß~", "ﬀ*", "word~1", "ي", "\u202e"),
    ]
)
queries = st.one_of(st.lists(signs, max_size=12).map(" ".join), st.lists(signs, max_size=12).map("".join), st.text(max_size=60))


@given(queries)
@example("NOT NOT iris")
@example("title:NOT x")
@example("title: (")
@example("-(-(-x))")
@example("((((((")
@example('"" ""~5')
@example("a" * 10_000)
@example("(" * 3000 + "x")
@example("NOT " * 2000 + "x")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_a_query(conditions: Conditions, text: str) -> None:
    parsed = parse(text, conditions)
    for problem in parsed.problems:
        assert 0 <= problem.position <= max(len(text), 1)
        assert str(problem)
