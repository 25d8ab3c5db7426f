"""What our writer puts into an index is what the texts say, word by word, and a merge keeps it."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.store.search import lexicon, merging, words
from reader.store.search.alphabet import of_lines, ranked
from reader.store.search.fields import Mark
from reader.store.search.following import _keep_segments, _without
from reader.store.search.index import Index, commit, make, new_link
from reader.store.search.lexicon import Gathering, Lexicon, look_up
from reader.store.search.pieces import Pieces
from reader.store.search.segments import Reader
from reader.store.search.stems import Links, tongue_number
from reader.store.search.terms import FieldTerms, TermsWriter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

pieces = st.sampled_from(
    [
        "iris",
        "laws",
        "l'homme",
        "人脸识别技术",
        "Müller",
        "the",
        "US",
        "C-311/18",
        "SAN-2022-019",
        "données",
        "x2y",
        "ไทย",
        "-",
        "…",
    ]
)
texts = st.lists(st.one_of(pieces, st.text(max_size=6)), max_size=12).map(" ".join)
language = st.sampled_from(["en", "fr", "de", "ja", ""])
told = st.lists(st.tuples(texts, language), min_size=1, max_size=6)


@given(told)
def test_texts_are_inverted_as_they_are_read_word_by_word(told: list[tuple[str, str]]) -> None:
    lexicon, gathering = Lexicon(), Gathering()
    for document, (text, language) in enumerate(told):
        gathering.add(document, text)
        look_up(lexicon, [gathering], language)
    in_order = lexicon.in_order(gathering.pieces)
    in_rows, run, links, lengths = gathering.inverted(lexicon, in_order, len(told), places=True)
    terms = in_rows.tolist()
    found: dict[bytes, dict[int, list[int]]] = {}
    posting = place = 0
    for term, frequency in zip(terms, run.frequencies.tolist(), strict=True):
        for _ in range(frequency):
            count = int(run.counts[posting])
            found.setdefault(term, {})[int(run.documents[posting])] = run.places[place : place + count].tolist()
            posting, place = posting + 1, place + count
    assert terms == sorted(found)
    add_stems(found, terms, links, [tongue_number(language) for _, language in told])
    expected: dict[bytes, dict[int, list[int]]] = {}
    for document, (text, language) in enumerate(told):
        for term, places in words.positions(text, language).items():
            expected.setdefault(term.encode(), {})[document] = places.tolist()
    assert found == expected
    assert lengths.tolist() == [sum(map(len, words.positions(*one).values())) for one in told]


def test_pieces_without_spaces_are_learned_together(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    terms = Lexicon.terms

    def counted(lexicon: Lexicon, written: Sequence[str]) -> np.ndarray[Any, np.dtype[Any]]:
        asked.append(len(written))
        return terms(lexicon, written)

    monkeypatch.setattr(Lexicon, "terms", counted)
    Lexicon().pieces(["，".join(chr(0x4E00 + at) * 3 for at in range(200))], "zh")
    assert sum(asked) == 600
    assert len(asked) < 10


def test_a_lexicon_that_nobody_has_any_more_is_gone_at_once() -> None:
    lexicon = Lexicon()
    lexicon.pieces(["all that is known of many words"], "en")
    gone = weakref.ref(lexicon)
    gc.disable()
    try:
        del lexicon
        assert gone() is None
    finally:
        gc.enable()


def test_a_lexicon_of_few_pieces_with_many_parts_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "MOST_PIECES", 10)
    monkeypatch.setattr(lexicon, "_idle", [])
    with lexicon.borrowed() as first:
        first.pieces(["police law " * 3, "人脸识别技术" * 2], "zh")
    with lexicon.borrowed() as same:
        assert same is first
        first.pieces(["".join(chr(0x4E00 + at) for at in range(300))], "zh")
    with lexicon.borrowed() as other:
        assert other is not first


def test_a_megabyte_without_a_space_is_not_remembered() -> None:
    known = Pieces()
    known.numbers(["x" * 1_000_000 + " short " + "y" * 100], lambda pieces: np.arange(len(pieces)))
    assert max(map(len, known._rest)) == 100


@given(st.lists(st.text(alphabet="abé人", max_size=3).map(lambda end: f"verfassungsgericht{end}") | st.text("ab", min_size=1)))
def test_terms_are_put_in_order(told: list[str]) -> None:
    lexicon = Lexicon()
    terms, ranks = lexicon.in_order([np.array(lexicon.wholes(told), np.int64)])
    assert terms.tolist() == sorted({term.encode() for term in told})
    assert [terms[rank].decode() for rank in ranks[lexicon.terms(told)].tolist()] == told


@given(st.lists(st.text(alphabet="abé人", max_size=3).map(lambda end: f"verfassungsg{end}") | st.text("ab", min_size=1)))
def test_terms_of_several_segments_are_put_in_order(told: list[str]) -> None:
    lines = [term.encode() for term in told]
    terms, ranks = ranked(of_lines(b"\n".join(lines)))
    assert terms.tolist() == sorted(set(lines))
    assert [terms[rank] for rank in ranks.tolist()] == lines


def add_stems(found: dict[bytes, dict[int, list[int]]], terms: list[bytes], links: Links, tongues: list[int]) -> None:
    """Add what the links say: that a stem stands wherever its words do, in texts of a language."""
    at = 0
    for stem, count in zip(links.stems.tolist(), links.counts.tolist(), strict=True):
        for word, tongue in zip(links.words[at : at + count].tolist(), links.tongues[at : at + count].tolist(), strict=True):
            for document, places in found[terms[word]].items():
                if tongues[document] == tongue:
                    own = found.setdefault(stem, {})
                    own[document] = sorted(own.get(document, []) + places)
        at += count


@given(st.sets(st.text(alphabet="ab=é人1", min_size=1, max_size=4), max_size=20), st.text(alphabet="ab=é人1", max_size=4))
def test_terms_are_found_where_they_are(known: set[str], asked: str) -> None:
    in_order = sorted(term.encode() for term in known)
    terms = FieldTerms(written(in_order))
    assert terms.lines.between(0, len(terms)) == in_order
    assert terms.lines.find(asked.encode()) == (in_order.index(asked.encode()) if asked in known else None)
    assert [terms.words()[at] for at in range(len(terms.words()))] == [term for term in in_order if not term.startswith(b"=")]
    assert terms.words().frequencies.tolist() == [at + 1 for at, term in enumerate(in_order) if not term.startswith(b"=")]
    assert [terms.postings_at(at) for at in range(len(terms))] == [(7 + 3 * at, 3) for at in range(len(terms))]


def written(terms: list[bytes]) -> bytes:
    writer = TermsWriter(7)
    writer.add(of_lines(b"\n".join(terms[:3])), np.arange(len(terms[:3])) + 1, np.full(len(terms[:3]), 3))
    if terms[3:]:
        writer.add(of_lines(b"\n".join(terms[3:])), np.arange(3, len(terms)) + 1, np.full(len(terms) - 3, 3))
    return writer.written()


# Merging


def everything(index: Index) -> dict[tuple[str, bytes], dict[int, list[int]]]:
    """Of each term of an index the articles, by id, and its places there; and each article's length of a field."""
    reader = Reader()
    try:
        found: dict[tuple[str, bytes], dict[int, list[int]]] = {}
        for segment in reader.snapshot(index).segments:
            ids = segment.arrays.column("id").tolist()
            for field, term in segment.arrays._terms.terms():
                postings, at = segment.arrays.postings(field, term), 0
                for document, count in zip(postings.documents.tolist(), postings.counts.tolist(), strict=True):
                    if segment.standing[document]:
                        found.setdefault((field, term), {})[ids[document]] = postings.places[at : at + count].tolist()
                    at += count
            for document, (id, length) in enumerate(zip(ids, segment.arrays.lengths("text").tolist(), strict=True)):
                if segment.standing[document]:
                    found.setdefault(("length", b""), {})[id] = [length, int(segment.arrays.column("date")[document])]
        return found
    finally:
        reader.close()


@pytest.mark.parametrize("stretch", [1, 40, 1 << 20])
@given(st.lists(told, min_size=2, max_size=4), st.sets(st.integers(0, 20)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_merged_segments_hold_what_they_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stretch: int, parts: list[list[tuple[str, str]]], deleted: set[int]
) -> None:
    monkeypatch.setattr(merging, "STRETCH", stretch)
    index = make(tmp_path / "index", Mark())
    id = 0
    for part in parts:
        with index.writing() as writer:
            for text, language in part:
                writer.add_document(
                    id=id, date=id * 7, words=1, lang=language or "xx", text=(text, language), title=("iris", language)
                )
                id += 1
            commit(writer, Mark(link=new_link()), _keep_segments)
    with index.writing() as writer:
        for document in deleted & set(range(id)):
            writer.delete_document(document)
        commit(writer, Mark(link=new_link()), lambda _, segments: segments)
    before = everything(index)
    with index.writing() as writer:
        chosen = {segment.segment_id() for segment in writer.segments}
        for _ in writer.take_over(writer.segments):
            pass
        commit(writer, Mark(link=new_link()), lambda writer, segments: _without(chosen, writer, segments))
    assert len(index.contents().segments) == 1
    assert everything(index) == before
