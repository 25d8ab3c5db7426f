"""A piece of text has one number, in whatever company it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.store.search.pieces import Pieces, Table

if TYPE_CHECKING:
    from reader.store.search.postings import Numbers

piece = st.one_of(
    st.sampled_from(
        ["iris", "iris1", "irisiris", "irisirisi", "Überwachung", "人脸识别技术", "a" * 24, "a" * 25, "Верховного", "б" * 12]
    ),
    st.text(alphabet="ab'é人", min_size=1, max_size=30),
)
texts = st.lists(st.lists(piece, max_size=8), max_size=5)


def numbered(rounds: list[list[list[str]]], table: Pieces) -> None:
    """Look all texts up, round by round, and compare with a dict."""
    known: dict[str, int] = {}

    def learn(fresh: list[str]) -> Numbers:
        assert not known.keys() & set(fresh)
        known.update((piece, number) for number, piece in enumerate(fresh, start=len(known) + 7))
        return np.array([known[piece] for piece in fresh])

    for told in rounds:
        numbers, sizes = table.numbers(["  ".join(text) + " " for text in told], learn)
        assert sizes.tolist() == [len(text) for text in told]
        assert numbers.tolist() == [known[piece] for text in told for piece in text]


@given(st.lists(texts, max_size=4))
def test_pieces_keep_their_numbers(rounds: list[list[list[str]]]) -> None:
    numbered(rounds, Pieces())


@given(st.lists(texts, max_size=4))
def test_pieces_that_meet_at_one_place_keep_their_numbers(rounds: list[list[list[str]]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Table, "_first_places", lambda _table, keys: np.zeros(len(keys[0]), np.int64))
        numbered(rounds, Pieces())


def test_many_pieces_keep_their_numbers() -> None:
    many = [f"piece{number}" for number in range(5000)]
    numbered([[many[:10]], [many[5:3000], many[2000:]], [many]], Pieces())


def test_more_pieces_than_may_meet_at_one_place_keep_their_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Table, "_first_places", lambda table, keys: np.full(len(keys[0]), len(table._places) - 3))
    many = [f"piece{number}" for number in range(700)]
    numbered([[many[:100]], [many[50:]], [many]], Pieces())
