"""The words that a pattern or a slip means are exactly those that they mean."""

from __future__ import annotations

from fnmatch import fnmatchcase
from itertools import permutations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reader.store.search.dictionary import Dictionary
from reader.store.search.lines import Lines
from reader.store.search.slips import near, one_slip, slips_to

letters = st.text(alphabet="abcé人", min_size=1, max_size=7)


def dictionary(words: set[str]) -> Dictionary:
    ordered = sorted(word.encode() for word in words)
    return Dictionary(Lines(b"\n".join(ordered)), np.arange(len(ordered)))


def distance(one: str, other: str) -> int:
    """The optimal string alignment distance, by its definition."""
    if not one or not other:
        return len(one) + len(other)
    best = min(
        distance(one[1:], other) + 1,
        distance(one, other[1:]) + 1,
        distance(one[1:], other[1:]) + (one[0] != other[0]),
    )
    if len(one) > 1 and len(other) > 1 and one[0] == other[1] and one[1] == other[0]:
        best = min(best, distance(one[2:], other[2:]) + 1)
    return best


@given(st.text(alphabet="abc", max_size=5), st.text(alphabet="abc", max_size=5))
def test_slips_are_counted_as_defined(one: str, other: str) -> None:
    others = [other, other[::-1]]
    assert slips_to(one, others, 2).tolist() == [min(distance(one, known), 3) for known in others]
    assert one_slip(one, other) == min(distance(one, other), 2)


@given(st.sets(letters, max_size=30), letters)
def test_words_near_are_all_words_near(words: set[str], word: str) -> None:
    known = dictionary(words)
    for slips in (1, 2):
        found = {one.decode() for one in near(word, [known[at] for at in known.perhaps_near(word, slips)], slips)}
        assert found == {one for one in words if distance(one, word) <= slips}


def test_words_of_any_script_are_told_apart_by_their_letters() -> None:
    chinese = dictionary({chr(0x4E00 + one) + chr(0x4E00 + other) for one in range(100) for other in range(100)})
    russian = dictionary({"".join(letters) for letters in permutations("абвгдежз", 5)})
    assert len(chinese.perhaps_near("丁七", 1)) < len(chinese) / 5
    assert len(russian.perhaps_near("клмно", 1)) == 0


@given(st.sets(letters, max_size=30), st.text(alphabet="abé*?", min_size=1, max_size=8))
def test_words_like_a_pattern_are_all_words_like_it(words: set[str], pattern: str) -> None:
    known = dictionary(words)
    found = {known[at].decode() for at in known.like(pattern)}
    assert found == {word for word in words if fnmatchcase(word, pattern)}


def test_a_pattern_of_many_stars_takes_no_time() -> None:
    known = dictionary({"a" * 60 + str(n) for n in range(200)})
    assert known.like("*a" * 20 + "*b").tolist() == []


def test_a_dictionary_of_nothing_means_nothing() -> None:
    assert Dictionary(Lines(b""), np.zeros(0)).perhaps_near("word", 2).tolist() == []
    assert Dictionary(Lines(b""), np.zeros(0)).like("*").tolist() == []
