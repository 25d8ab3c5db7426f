"""Postings come back as they were written, alone and many at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.store.search import bits, postings
from reader.store.search.postings import Run, packed, unpacked, unpacked_run

Told = dict[int, list[int]]
"""Where a term stands, by document."""

told = st.dictionaries(
    st.integers(0, 2**31 - 1),
    st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=6, unique=True).map(sorted),
    min_size=1,
    max_size=20,
)
small = st.dictionaries(
    st.integers(0, 400), st.lists(st.integers(0, 300), min_size=1, max_size=3, unique=True).map(sorted), min_size=1, max_size=5
)
terms = st.lists(st.one_of(told, small), min_size=1, max_size=12)


def run(terms: list[Told], *, places: bool = True) -> Run:
    documents = [document for one in terms for document in sorted(one)]
    counts = [len(one[document]) for one in terms for document in sorted(one)]
    where = [place for one in terms for document in sorted(one) for place in one[document]] if places else []
    numbers = ([len(one) for one in terms], documents, counts, where)
    return Run(*(np.array(column, np.int64) for column in numbers))


def read(data: bytes, count: int) -> Told:
    found = unpacked(lambda: data, count)
    result, at = {}, 0
    for document, times in zip(found.documents.tolist(), found.counts.tolist(), strict=True):
        result[document] = found.places[at : at + times].tolist()
        at += times
    return result


@given(terms)
def test_postings_come_back_one_by_one(terms: list[Told]) -> None:
    data, sizes = packed(run(terms))
    at = 0
    for one, size in zip(terms, sizes.tolist(), strict=True):
        assert read(data[at : at + size].tobytes(), len(one)) == one
        at += size
    assert at == len(data)


@given(terms, st.booleans())
def test_postings_come_back_all_at_once(terms: list[Told], places: bool) -> None:
    there = run(terms, places=places)
    data, sizes = packed(there)
    back = unpacked_run(data, there.frequencies, sizes)
    assert [column.tolist() for column in back] == [column.tolist() for column in there]


@given(st.lists(small, min_size=1, max_size=12), st.integers(0, 3), st.integers(1, 60))
def test_the_documents_of_many_terms_are_those_of_each(terms: list[Told], many: int, at_a_time: int) -> None:
    there = run(terms)
    data, sizes = packed(there)
    starts = np.cumsum(sizes) - sizes
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "_MANY", many)
        patch.setattr(postings, "_AT_A_TIME", at_a_time)
        found = list(
            postings.documents_of_many(lambda start, size: data[start : start + size].tobytes(), there.frequencies, starts, sizes)
        )
    assert sorted(np.concatenate(found).tolist()) == sorted(there.documents.tolist())


@given(st.lists(st.integers(0, 2**32 - 1), min_size=8, max_size=60), st.integers(0, 20))
def test_numbers_of_one_width_are_read_by_eighths_as_one_by_one(numbers: list[int], before: int) -> None:
    values = np.array(numbers, np.int64)
    width = int(bits.width_of(values.max()[None])[0])
    row = bits.empty_row(before + len(numbers) * width)
    bits.put(row, values, before + np.arange(len(numbers)) * width)
    for few in (8, 1000):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(bits, "_FEW", few)
            assert bits.take_even(row, before, len(numbers), width).tolist() == numbers


@given(told)
def test_a_field_without_places_has_none(told: Told) -> None:
    data, _ = packed(run([told], places=False))
    found = unpacked(data.tobytes, len(told))
    assert found.counts.tolist() == [len(told[document]) for document in sorted(told)]
    assert not len(found.places)
