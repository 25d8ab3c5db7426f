"""What our collector finds is what stands in the articles, and it scores as Whoosh does."""

from __future__ import annotations

import pickle
import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh import query
from whoosh.index import FileIndex

from reader.store.search import collector as collecting
from reader.store.search import expanding, sealed, words
from reader.store.search.clauses import Among, Between, Expanded, Passage, Pattern, Word
from reader.store.search.clock import Clock
from reader.store.search.collector import Collector
from reader.store.search.fields import UNKNOWN_DATE, Mark
from reader.store.search.following import _ids, _keep_segments, _without
from reader.store.search.index import NAME, Index, commit, make, new_link
from reader.store.search.segments import Reader

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np

WORDS = ("iris", "face", "law", "laws", "police", "polise", "privacy")
FIELDS = ("title", "text")


class Article(NamedTuple):
    """What a test knows of an article."""

    title: str
    text: str
    date: int | None


articles = st.lists(
    st.builds(
        Article,
        st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join),
        st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join),
        st.one_of(st.none(), st.integers(0, 9)),
    ),
    min_size=1,
    max_size=12,
)


def build(path: Path, told: list[Article], sizes: list[int], deleted: set[int]) -> Index:
    """An index of these articles in segments of these sizes, of which some articles were deleted; ids are places in the list."""
    index = make(path, Mark())
    start = 0
    for size in [*sizes, len(told)]:
        with index.writing() as writer:
            for id, article in enumerate(told[start : start + size], start=start):
                fields = {field: (getattr(article, field), "") for field in FIELDS if getattr(article, field)}
                date = UNKNOWN_DATE if article.date is None else article.date
                writer.add_document(id=id, date=date, words=len(article.text.split()), lang="en", **fields)
            for _ in writer.write_terms():
                pass
            commit(writer, Mark(link=new_link()), _keep_segments)
        start += size
    with index.writing() as writer:
        for id in deleted & set(range(len(told))):
            writer.delete_document(id)  # documents stand in the order of the list
        commit(writer, Mark(link=new_link()), lambda _, segments: segments)
    return index


# What a query means, by looking at the words themselves


def places(article: Article, field: str) -> list[str]:
    return [words.fold(word) for word in getattr(article, field).split()]


def has(article: Article, asked: query.Query, id: int) -> bool:
    if isinstance(asked, query.Term):
        return asked.text.decode() in words.positions(getattr(article, asked.fieldname), "")
    if isinstance(asked, Word):
        return any(form in words.positions(getattr(article, field), "") for field in asked.fields for form in asked.forms)
    if isinstance(asked, query.And):
        return all(has(article, part, id) for part in asked.subqueries)
    if isinstance(asked, query.Or):
        return any(has(article, part, id) for part in asked.subqueries)
    if isinstance(asked, query.Not):
        return not has(article, asked.query, id)
    if isinstance(asked, query.AndMaybe):
        return has(article, asked.a, id)
    if isinstance(asked, Among):
        return id in asked.ids
    if isinstance(asked, Between):
        value = len(article.text.split()) if asked.column == "words" else article.date
        return value is not None and asked.low <= value <= asked.high
    if isinstance(asked, Expanded):
        return any(fnmatchcase(word, asked.pattern.word) for field in asked.fields for word in places(article, field))
    assert isinstance(asked, Passage)
    found = places(article, asked.field)
    where = [[at for at, word in enumerate(found) if not slot or word in slot] for slot in asked.slots]
    if not asked.slop:
        return any(all(start + at in place for at, place in enumerate(where)) for start in range(len(found)))
    return in_reach(where, asked.slop)


def in_reach(where: list[list[int]], slop: int) -> bool:
    """Whether a stretch holds a place of each slot, in which one place of any slot is at most `slop` from the next."""
    every = sorted({at for place in where for at in place})
    stretches: list[set[int]] = []
    for at in every:
        if stretches and at - max(stretches[-1]) <= slop:
            stretches[-1].add(at)
        else:
            stretches.append({at})
    return any(all(stretch & set(place) for place in where) for stretch in stretches)


def term(field: str, word: str) -> query.Query:
    return query.Term(field, word.encode())


field = st.sampled_from(FIELDS)
word = st.sampled_from(WORDS)
slot = st.lists(word, min_size=1, max_size=2, unique=True).map(tuple)


def among(ids: set[int]) -> query.Query:
    import numpy as np

    return Among("test", np.array(sorted(ids), np.int64))


patterns = st.builds(Pattern, st.just("like"), st.sampled_from(["law*", "pol?se", "*i*", "x*", "?????"]))
gaps = (
    st.lists(st.one_of(slot, slot, st.just(())), min_size=2, max_size=3).map(tuple).filter(lambda slots: slots[0] and slots[-1])
)
leaves = st.one_of(
    st.builds(term, field, word),
    st.builds(Word, st.just(FIELDS), slot),
    st.builds(Expanded, st.just(FIELDS), patterns),
    st.builds(Between, st.just("date"), st.integers(0, 4), st.integers(4, 9)),
    st.builds(Between, st.just("words"), st.just(-1), st.integers(0, 8)),
    st.builds(among, st.sets(st.integers(0, 11))),
    st.builds(Passage, field, gaps),
    st.builds(Passage, field, st.lists(slot, min_size=2, max_size=3, unique=True).map(tuple), st.integers(1, 4)),
)  # fmt: skip
asked = st.recursive(
    leaves,
    lambda parts: st.one_of(
        st.lists(parts, min_size=1, max_size=3).map(query.And),
        st.lists(parts, min_size=1, max_size=3).map(query.Or),
        parts.map(query.Not),
        st.builds(query.AndMaybe, parts, parts),
    ),
    max_leaves=6,
)


@given(articles, st.lists(st.integers(0, 5), max_size=3), st.sets(st.integers(0, 11)), st.lists(asked, min_size=1, max_size=8))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_finds_what_stands_in_the_articles(
    tmp_path: Path, told: list[Article], sizes: list[int], deleted: set[int], queries: list[query.Query]
) -> None:
    reader = Reader()
    try:
        snapshot = reader.snapshot(build(tmp_path / "index", told, sizes, deleted))
        for one in queries:
            found = Collector(snapshot, Clock(10)).find(one)
            expected = {id for id, article in enumerate(told) if id not in deleted and has(article, one, id)}
            assert sorted(found.ids.tolist()) == sorted(expected), one
            again = Collector(snapshot, Clock(10)).find(one)  # what is remembered by now
            assert [column.tolist() for column in again] == [column.tolist() for column in found]
            unscored = Collector(snapshot, Clock(10)).find(one, scored=False)
            assert unscored.ids.tolist() == found.ids.tolist()
    finally:
        reader.close()


def joined(parts: st.SearchStrategy[query.Query]) -> st.SearchStrategy[query.Query]:
    some = st.lists(parts, min_size=1, max_size=3)
    return st.one_of(some.map(query.And), some.map(query.Or))


scored = st.recursive(st.builds(term, field, word), joined, max_leaves=5)


@given(articles, st.lists(scored, min_size=1, max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_finds_and_scores_as_whoosh_does(tmp_path: Path, told: list[Article], queries: list[query.Query]) -> None:
    index = build(tmp_path / "index", told, [], set())
    reader = Reader()
    try:
        snapshot = reader.snapshot(index)
        with FileIndex(index.storage, indexname=NAME).searcher() as searcher:
            for one in queries:
                found = Collector(snapshot, Clock(10)).find(one)
                ours = dict(zip(found.documents.tolist(), found.scores.tolist(), strict=True))
                results = searcher.search(one, limit=None)
                theirs = {results.docnum(at): results.score(at) for at in range(len(results))}
                assert ours == pytest.approx(theirs, rel=1e-4), one
    finally:
        reader.close()


def test_a_word_scores_as_its_forms_do_in_every_field(tmp_path: Path) -> None:
    told = [Article("law", "iris laws", None), Article("", "law iris law face", None), Article("iris", "face", None)]
    reader = Reader()
    try:
        snapshot = reader.snapshot(build(tmp_path / "index", told, [2], set()))
        apart = query.Or([term(field, form) for field in FIELDS for form in ("law", "=law", "laws")])
        found, expected = (Collector(snapshot, Clock(10)).find(one) for one in (Word(FIELDS, ("law", "=law", "laws")), apart))
        assert found.ids.tolist() == [0, 1]
        assert found.scores.tolist() == pytest.approx(expected.scores.tolist())
    finally:
        reader.close()


def test_what_is_remembered_is_forgotten_with_the_state_of_the_index(tmp_path: Path) -> None:
    told = [Article("law", "", None), Article("iris", "", None)]
    index, there = build(tmp_path / "index", told, [], set()), dict(enumerate(told))
    reader = Reader()
    try:
        for asked in (Word(FIELDS, ("law",)), Expanded(FIELDS, Pattern("like", "la*"))):
            assert Collector(reader.snapshot(index), Clock(10)).find(asked).ids.tolist() == [0]
        change(index, there, "add", 2, Article("law", "", None))
        change(index, there, "delete", 0, Article("", "", None))
        for asked in (Word(FIELDS, ("law",)), Expanded(FIELDS, Pattern("like", "la*"))):
            assert Collector(reader.snapshot(index), Clock(10)).find(asked).ids.tolist() == [2]
    finally:
        reader.close()


def test_a_phrase_scores_as_whoosh_does(tmp_path: Path) -> None:
    told = [Article("", "iris law face", None), Article("", "law iris law iris", None), Article("", "face law", None)]
    index = build(tmp_path / "index", told, [], set())
    reader = Reader()
    try:
        found = Collector(reader.snapshot(index), Clock(10)).find(Passage("text", (("iris",), ("law",))))
        with FileIndex(index.storage, indexname=NAME).searcher() as searcher:
            results = searcher.search(query.Phrase("text", ["iris", "law"]), limit=None)
            theirs = {results.docnum(at): results.score(at) for at in range(len(results))}
        assert dict(zip(found.documents.tolist(), found.scores.tolist(), strict=True)) == pytest.approx(theirs, rel=1e-4)
    finally:
        reader.close()


def test_a_pattern_that_means_too_many_words_is_cut_and_that_is_said(tmp_path: Path) -> None:
    told = [Article("", " ".join(f"word{number}" for number in range(at, at + 700)), None) for at in (0, 600)]
    told.append(Article("", "word5 word6", None))
    reader = Reader()
    try:
        collector = Collector(reader.snapshot(build(tmp_path / "index", told, [], set())), Clock(10))
        found = collector.find(Expanded(("text",), Pattern("like", "word*")))
        assert sorted(found.ids.tolist()) == [0, 1, 2]
        (notice,) = collector.notices
        assert re.search(r"means 1,300 words: only the 1,024 most common", notice)
    finally:
        reader.close()


def test_of_very_many_words_the_most_common_are_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expanding, "MOST_WEIGHED", 10)
    monkeypatch.setattr(expanding, "MOST_EXPANSIONS", 4)
    told = [Article("", " ".join(f"word{number}" for number in range(100 - 9 * at)), None) for at in range(10)]
    reader = Reader()
    try:
        collector = Collector(reader.snapshot(build(tmp_path / "index", told, [5, 5], set())), Clock(10))
        found = collector.find(Expanded(("text",), Pattern("like", "word*")))
        assert sorted(found.ids.tolist()) == list(range(10))
        assert "more than 10 words: only the 4 most common" in collector.notices[0]
    finally:
        reader.close()


def test_a_search_without_time_says_so_and_gives_what_it_has(tmp_path: Path) -> None:
    reader = Reader()
    try:
        collector = Collector(reader.snapshot(build(tmp_path / "index", [Article("iris", "", None)], [], set())), Clock(0))
        assert list(collector.find(term("title", "iris")).ids) == []
        assert "took too long" in collector.notices[0]
    finally:
        reader.close()


def test_a_passage_of_too_many_places_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Passage("text", ((Pattern("like", "i*"),), (Pattern("like", "l*"),)))
    reader = Reader()
    try:
        snapshot = reader.snapshot(build(tmp_path / "index", [Article("", "iris law iris laws", None)], [], set()))
        monkeypatch.setattr(collecting, "MOST_PLACES", 3)
        collector = Collector(snapshot, Clock(10))
        assert list(collector.find(asked).ids) == []
        assert "took too long" in collector.notices[0]
        monkeypatch.setattr(collecting, "MOST_PLACES", 4)
        assert list(Collector(snapshot, Clock(10)).find(asked).ids) == [0]
    finally:
        reader.close()


def column(found: np.ndarray) -> list[int]:
    return [int(value) for value in found]


def test_numbers_are_read_by_document_across_segments(tmp_path: Path) -> None:
    told = [Article("iris", "", 3), Article("law", "", None), Article("iris", "", 1)]
    reader = Reader()
    try:
        collector = Collector(reader.snapshot(build(tmp_path / "index", told, [1, 1], {0})), Clock(10))
        found = collector.find(query.Every())
        assert column(found.ids) == [1, 2]
        assert column(collector.column("date", found.documents)) == [UNKNOWN_DATE, 1]
    finally:
        reader.close()


# Beside Whoosh's own collector and codec


phrases = st.lists(word, min_size=2, max_size=3).map(lambda words: query.Phrase("text", words))
theirs = st.recursive(
    st.one_of(st.builds(term, field, word), st.builds(term, field, word), phrases),
    lambda parts: st.one_of(
        joined(parts),
        st.builds(lambda a, b: query.And([a, query.Not(b)]), parts, parts),
        st.builds(query.AndMaybe, parts, parts),
    ),
    max_leaves=5,
)


def in_our_words(asked: query.Query) -> query.Query:
    """The same query with our clause for a phrase."""
    if isinstance(asked, query.Phrase):
        return Passage(asked.fieldname, tuple((one,) for one in asked.words))
    if isinstance(asked, query.Not):
        return query.Not(in_our_words(asked.query))
    if isinstance(asked, query.AndMaybe):
        return query.AndMaybe(in_our_words(asked.a), in_our_words(asked.b))
    if isinstance(asked, (query.And, query.Or)):
        return type(asked)([in_our_words(part) for part in asked.subqueries])
    return asked


def stock(told: dict[int, Article]) -> FileIndex:
    """An index of these articles made by Whoosh's own writer and codec, in memory, one segment."""
    from whoosh.filedb.filestore import RamStorage

    from reader.store.search.fields import IndexSchema

    made = RamStorage().create_index(IndexSchema())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealed._Unpickler, "find_class", pickle.Unpickler.find_class)
        writer = made.writer()
        for id, article in told.items():
            fields = {field: (getattr(article, field), "") for field in FIELDS if getattr(article, field)}
            writer.add_document(id=id, lang="en", **fields)
        writer.commit()
        return made


changes = st.lists(st.tuples(st.sampled_from(["add", "update", "delete", "merge"]), st.integers(0, 11), articles), max_size=6)


@given(articles, changes, st.lists(theirs, min_size=1, max_size=8))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_any_changes_it_finds_what_whoosh_finds_on_an_index_of_its_own(
    tmp_path: Path, told: list[Article], changed: list[tuple[str, int, list[Article]]], queries: list[query.Query]
) -> None:
    """After adds, updates, deletes and merges ours finds what Whoosh finds there, and on an index that is all its own."""
    there = dict(enumerate(told))
    index = build(tmp_path / "index", told, [3, 4], set())
    for what, id, fresh in changed:
        change(index, there, what, id, fresh[0])
    reader = Reader()
    try:
        snapshot = reader.snapshot(index)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sealed._Unpickler, "find_class", pickle.Unpickler.find_class)
            with FileIndex(index.storage, indexname=NAME).searcher() as ours, stock(there).searcher() as own:
                numbers = dict(enumerate(there))
                for asked in queries:
                    found = sorted(Collector(snapshot, Clock(10)).find(in_our_words(asked)).ids.tolist())
                    results = own.search(asked, limit=None)
                    assert found == sorted(numbers[results.docnum(at)] for at in range(len(results))), asked
                    documents = sorted(Collector(snapshot, Clock(10)).find(in_our_words(asked)).documents.tolist())
                    results = ours.search(asked, limit=None)
                    assert documents == sorted(results.docnum(at) for at in range(len(results))), asked
    finally:
        reader.close()


def change(index: Index, there: dict[int, Article], what: str, id: int, article: Article) -> None:
    """Change an index, and what is known of it."""
    merged: set[str] = set()
    with index.writing() as writer:
        if what != "merge":
            start = 0
            for segment in writer.segments:
                ids = _ids(index, writer, segment).tolist()
                if id in ids and not segment.is_deleted(ids.index(id)):
                    writer.delete_document(start + ids.index(id))
                start += segment.doc_count_all()
            there.pop(id, None)
        if what in {"add", "update"}:
            there[id] = article
            fields = {field: (getattr(article, field), "") for field in FIELDS if getattr(article, field)}
            writer.add_document(id=id, lang="en", **fields)
        if what == "merge" and len(writer.segments) > 1:
            merged = {segment.segment_id() for segment in writer.segments[-2:]}
            for _ in writer.take_over(writer.segments[-2:]):
                pass
        commit(writer, Mark(link=new_link()), lambda writer, segments: _without(merged, writer, segments))


@given(articles, st.lists(phrases, min_size=1, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_phrases_score_as_whoosh_scores_them(tmp_path: Path, told: list[Article], asked: list[query.Query]) -> None:
    index = build(tmp_path / "index", told, [], set())
    reader = Reader()
    try:
        snapshot = reader.snapshot(index)
        with FileIndex(index.storage, indexname=NAME).searcher() as searcher:
            for one in asked:
                found = Collector(snapshot, Clock(10)).find(in_our_words(one))
                results = searcher.search(one, limit=None)
                scores = {results.docnum(at): results.score(at) for at in range(len(results))}
                ours = dict(zip(found.documents.tolist(), found.scores.tolist(), strict=True))
                if len(set(one.words)) == len(one.words):
                    assert ours == pytest.approx(scores, rel=1e-4), one
                else:
                    assert set(ours) == set(scores)
    finally:
        reader.close()
