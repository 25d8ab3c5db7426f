"""Lines are found where they are; numbers of any width come back from a row of bits."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reader.store.search.bits import empty_row, put, row_of, take, width_of
from reader.store.search.lines import Lines

words = st.sets(st.binary(min_size=1, max_size=3).filter(lambda word: b"\n" not in word), max_size=200)


@given(words, st.binary(max_size=3))
def test_lines_are_found_where_they_are(known: set[bytes], asked: bytes) -> None:
    in_order = sorted(known)
    lines = Lines(b"\n".join(in_order))
    assert len(lines) == len(in_order)
    assert [lines[at] for at in range(len(lines))] == in_order
    assert lines.find(asked) == (in_order.index(asked) if asked in known else None)
    if b"\n" not in asked:
        assert lines.place(asked) == bisect_left(in_order, asked)


@given(words.filter(bool))
def test_every_line_is_found_and_two_together_are_none(known: set[bytes]) -> None:
    in_order = sorted(known)
    lines = Lines(b"\n".join(in_order))
    assert [lines.find(line) for line in in_order] == list(range(len(in_order)))
    assert all(lines.find(b"\n".join(pair)) is None for pair in pairwise(in_order))


@given(words, st.integers(0, 200), st.integers(0, 200))
def test_lines_are_taken_out_of_the_middle(known: set[bytes], one: int, other: int) -> None:
    in_order = sorted(known)
    start, end = sorted((min(one, len(in_order)), min(other, len(in_order))))
    lines = Lines(b"\n".join(in_order))
    assert lines.between(start, end) == in_order[start:end]
    rest = lines.without(start, end)
    assert [rest[at] for at in range(len(rest))] == in_order[:start] + in_order[end:]


@given(st.lists(st.tuples(st.integers(0, 32), st.integers(0, 2**32 - 1))), st.integers(0, 130))
def test_numbers_of_any_width_come_back(told: list[tuple[int, int]], gap: int) -> None:
    widths = np.array([width for width, _ in told], np.int64)
    values = np.array([value & ((1 << width) - 1) for width, value in told], np.int64)
    at = gap + np.cumsum(widths) - widths
    row = empty_row((gap + int(widths.sum()) + 7) // 8)
    put(row, values, at)
    data = row.view(np.uint8)[: (gap + int(widths.sum()) + 7) // 8].tobytes()
    assert take(row_of(data), at, widths).tolist() == values.tolist()


@given(st.lists(st.integers(0, 2**32 - 1)))
def test_a_number_is_as_wide_as_its_bits(values: list[int]) -> None:
    assert width_of(np.array(values, np.int64)).tolist() == [value.bit_length() for value in values]
