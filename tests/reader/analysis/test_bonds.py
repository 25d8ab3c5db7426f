"""What the analyst said of pairs of articles, thought through."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.analysis.bonds import closed

ARTICLE = st.integers(1, 6)
PAIR = st.tuples(st.sampled_from(("must", "cannot")), ARTICLE, ARTICLE).filter(lambda pair: pair[1] != pair[2])


def test_who_belongs_together_belongs_together_through_others_and_is_apart_as_a_group() -> None:
    must, cannot = closed([("must", 1, 2), ("must", 2, 3), ("cannot", 3, 4), ("must", 4, 5)])
    assert must[1] == {1, 2, 3}
    assert must[5] == {4, 5}
    assert cannot[1] == cannot[2] == cannot[3] == {4, 5}
    assert cannot[5] == {1, 2, 3}


def test_of_words_that_contradict_the_later_one_stands() -> None:
    assert closed([("must", 1, 2), ("cannot", 1, 2)]) == ({}, {1: {2}, 2: {1}})
    assert closed([("cannot", 1, 2), ("must", 1, 2)]) == ({1: {1, 2}, 2: {1, 2}}, {})
    must, cannot = closed([("must", 1, 2), ("must", 2, 3), ("cannot", 1, 3)])
    assert must == {2: {2, 3}, 3: {2, 3}}
    assert cannot == {1: {2, 3}, 2: {1}, 3: {1}}


@given(st.lists(PAIR, max_size=12))
def test_nobody_must_be_with_whom_they_cannot_be_and_the_last_word_always_stands(said: list[tuple[str, int, int]]) -> None:
    must, cannot = closed(said)
    for article, others in cannot.items():
        assert article not in others
        assert not others & must.get(article, frozenset())
        assert all(article in cannot[other] for other in others)
    for article, group in must.items():
        assert article in group
        assert all(must[other] == group for other in group)
    if said:
        kind, a, b = said[-1]
        assert b in (must if kind == "must" else cannot)[a]
