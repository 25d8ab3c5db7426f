"""What merges and splits say of how broad threads should be: bounded, explained, taken back with what was said."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.analysis.clusters import Placed
from reader.analysis.grouping import BREADTH, NEAR, Bonds, Grouping
from reader.analysis.learning import DOUBTS, MOST, WISH, Said, breadth, likeness, wish
from reader.analysis.vectors import Rarity, Vector, terms_of, weighed
from reader.records import Reading

said = st.builds(Said, st.sampled_from(["merge", "split"]), st.just("A title"), st.floats(0, 1))
many = st.lists(said, max_size=40)
chosen = st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0])


def vector(title: str, language: str = "en") -> Vector:
    return weighed(terms_of(Reading(id=1, title=title, language=language)), Rarity())


def merged(likeness: float) -> Said:
    return Said("merge", "A title", likeness)


def parted(likeness: float) -> Said:
    return Said("split", "A title", likeness)


def test_nothing_said_moves_nothing() -> None:
    found = breadth(0.5, [])
    assert (found.adjustment, found.used) == (0, 0.5)


def test_merges_make_threads_broader_and_splits_narrower() -> None:
    assert breadth(0.5, [merged(NEAR - 0.05)] * 6).adjustment > 0
    assert breadth(0.5, [parted(NEAR + 0.05)] * 6).adjustment < 0


def test_six_corrections_move_it_a_little_and_one_hardly() -> None:
    said = [merged(NEAR - BREADTH / 10)] * 6
    assert breadth(0.5, said).adjustment == pytest.approx(6 * 0.1 / (6 + DOUBTS))
    assert breadth(0.5, said[:1]).adjustment < 0.02


def test_corrections_that_contradict_each_other_cancel() -> None:
    assert breadth(0.5, [merged(NEAR - 0.03), parted(NEAR + 0.03)] * 5).adjustment == pytest.approx(0, abs=1e-12)


def test_what_breadth_would_have_done_by_itself_is_no_wish() -> None:
    assert wish(merged(NEAR + 0.1), 0.5) == wish(parted(NEAR - 0.1), 0.5) == 0


def test_a_merge_that_a_broader_choice_would_have_made_wishes_for_no_more_of_it() -> None:
    asked = merged(NEAR - BREADTH / 4)
    assert wish(asked, 0.5) == pytest.approx(0.25)
    assert wish(asked, 0.75) == pytest.approx(0, abs=1e-12)


@given(chosen, many)
def test_the_receipt_adds_up_within_bounds(chosen: float, said: list[Said]) -> None:
    found = breadth(chosen, said)
    assert math.fsum(line.points for line in found.receipt.lines) == pytest.approx(found.used)
    assert found.used == found.receipt.score
    assert 0 <= found.used <= 1
    assert abs(found.adjustment) <= min(MOST, len(said) * WISH / DOUBTS) + 1e-12


@given(chosen, many, st.randoms(use_true_random=False))
def test_the_order_of_saying_does_not_matter(chosen: float, said: list[Said], chance: object) -> None:
    other = list(said)
    chance.shuffle(other)  # type: ignore[attr-defined]
    assert breadth(chosen, other).used == pytest.approx(breadth(chosen, said).used)


@given(many, st.floats(0, NEAR))
def test_a_merge_more_never_makes_threads_narrower_than_none_did(said: list[Said], low: float) -> None:
    splits = [one for one in said if one.kind == "split"]
    assert breadth(0.5, [*splits, merged(low)]).adjustment >= breadth(0.5, splits).adjustment


def test_likeness_is_what_grouping_asks_of_an_article() -> None:
    """An article joins at a breadth that asks for a little less than its likeness, and stays out where it asks for more."""
    one, other = (
        vector("Watchdog fines Facebase over its face search"),
        vector("Facebase appeals face search fine of the watchdog"),
    )
    near = likeness([one], [other])
    assert near
    for asked, together in ((near - 0.01, True), (near + 0.01, False)):
        grouping = Grouping(breadth=0.5 - (asked - NEAR) / BREADTH)
        for number, each in enumerate((one, other), start=1):
            grouping.place(Placed(number, 0, each), Bonds())
        assert (len(grouping.clusters) == 1) == together


def test_what_says_nothing_is_like_nothing() -> None:
    assert likeness([], [vector("A title")]) is None
    assert likeness([vector("A title")], [vector("")]) is None
