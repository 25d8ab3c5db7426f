"""Postings come back as they were written, alone and many at once."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

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


@given(told)
def test_a_field_without_places_has_none(told: Told) -> None:
    data, _ = packed(run([told], places=False))
    found = unpacked(data.tobytes, len(told))
    assert found.counts.tolist() == [len(told[document]) for document in sorted(told)]
    assert not len(found.places)
