"""Postings come back as they were written, alone and merged."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.store.search.postings import Gathered, append, gathered, packed, unpacked

Told = dict[int, list[int]]
told = st.dictionaries(
    st.integers(0, 2**31),
    st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=6, unique=True).map(sorted),
    min_size=1,
    max_size=20,
)


def gather(told: Told, *, places: bool = True) -> Gathered:
    found = gathered()
    for document in sorted(told):
        found.documents.append(document)
        found.counts.append(len(told[document]))
        found.places.extend(told[document] if places else [])
    return found


def read(data: bytes, count: int) -> Told:
    documents, counts, places = unpacked(data, count)
    result, at = {}, 0
    for document, times in zip(documents.tolist(), counts.tolist(), strict=True):
        result[document] = places[at : at + times].tolist()
        at += times
    return result


@given(told)
def test_postings_come_back(told: Told) -> None:
    assert read(packed(gather(told)), len(told)) == told


@given(told)
def test_a_field_without_places_has_none(told: Told) -> None:
    _, counts, places = unpacked(packed(gather(told, places=False)), len(told))
    assert counts.tolist() == [len(told[document]) for document in sorted(told)]
    assert not len(places)


small = st.dictionaries(
    st.integers(0, 19), st.lists(st.integers(0, 300), min_size=1, max_size=3, unique=True).map(sorted), min_size=1
)


@given(small, small, st.sets(st.integers(0, 19)))
def test_merged_they_are_numbered_anew_and_what_was_deleted_is_gone(first: Told, second: Told, deleted: set[int]) -> None:
    kept = [document for document in range(20) if document not in deleted]
    numbers = [kept.index(document) if document in kept else -1 for document in range(20)]
    merged = gathered()
    append(merged, packed(gather(first)), len(first), numbers)
    append(merged, packed(gather(second)), len(second), range(100, 120))
    expected = {numbers[document]: places for document, places in first.items() if document in kept}
    expected |= {document + 100: places for document, places in second.items()}
    assert read(packed(merged), len(merged.documents)) == expected
