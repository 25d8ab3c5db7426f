"""Records as people and scripts write them: read with patience, given back as they came."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import ParseError
from reader.formats import document_of, record_from, record_of, thread_of, time_from, time_of, whole_record_of
from reader.records import Fact, Member, Outlet, Picture, Record, Thread
from reader.store import articles

SEED = {
    "category": "news",
    "title": "Regulator orders a face search engine to delete its pictures",
    "excerpt": "The order follows complaints from five countries.",
    "publishedDateTime": "2021-12-17T16:29:00Z",
    "originalUrl": "https://www.paper.example/2021/order/",
    "webUrl": "https://www.paper.example/2021/order/",
    "ampWebUrl": "https://www.paper.example/2021/order/amp/",
    "cdnAmpWebUrl": "https://www-paper-example.cdn.ampproject.org/c/s/www.paper.example/2021/order/amp/",
    "type": "article",
    "quality": 70,
    "heat": 80,
    "published": True,
    "provider": {"name": "The Paper", "domain": "paper.example"},
    "topics": ["Computer Vision", "AI"],
    "images": [{"url": "https://cdn.paper.example/a.jpg", "width": 457, "height": 274, "isCached": True}],
    "related": [{"title": "Another view", "webUrl": "https://other.example/view", "provider": "other.example", "quality": 68}],
    "secured": "zickDJ2SG1SclHga7lFNEQ==;LZeXWOHuFM/4K/rxduP4Sw==",
}


def test_every_field_of_a_seed_is_read():
    record = record_from(SEED)
    assert (record.title, record.category, record.type) == (SEED["title"], "news", "article")
    assert record.date == datetime(2021, 12, 17, 16, 29, tzinfo=UTC)
    assert (record.quality, record.heat, record.published) == (70, 80, True)
    assert record.provider == Outlet("The Paper", "paper.example")
    assert record.topics == ("Computer Vision", "AI")
    assert record.images == (Picture("https://cdn.paper.example/a.jpg", 457, 274, cached=True),)
    assert record.secured == SEED["secured"]
    assert record.related[0].provider == Outlet("", "other.example")
    assert record.document == SEED


def test_a_record_may_say_little():
    record = record_from({"webUrl": "https://paper.example/1"})
    assert (record.title, record.type, record.quality, record.published) == ("", "article", None, None)
    assert record_from({"title": "A headline", "ampWebUrl": None, "quality": None, "topics": None}).title == "A headline"


@pytest.mark.parametrize("nothing", [{}, {"excerpt": "words"}, {"title": " ", "webUrl": ""}, {"webUrl": "ftp://a.example/x"}])
def test_a_record_that_names_nothing_is_refused(nothing):
    with pytest.raises(ParseError, match="neither"):
        record_from(nothing)


@pytest.mark.parametrize(("told", "kept"), [(213, 213), (-7, -7), ("54", 54), ("54.5", 54.5)])
def test_recorded_values_outside_the_scale_are_kept(told, kept):
    assert record_from({"title": "T", "quality": told}).quality == kept


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("quality", "a lot"),
        ("quality", float("inf")),
        ("quality", 10**400),
        ("heat", [1]),
        ("published", "perhaps"),
        ("publishedDateTime", "soon"),
        ("publishedDateTime", {"year": 2021}),
        ("webUrl", "javascript:alert(1)"),
        ("images", "none"),
        ("images", [{"url": "file:///etc/passwd"}]),
        ("related", [5]),
        ("related", [{"excerpt": "names nothing"}]),
        ("contentType", "application/pdf"),
        ("excerpt", {"a": 1}),
    ],
)
def test_what_cannot_be_used_is_left_out_and_told(field, value):
    doubts: list[str] = []
    record = record_from({"title": "The headline", field: value}, doubts)
    assert record.title == "The headline"
    # an infinite number is none at all in JSON: there is nothing to tell
    assert doubts or value == float("inf")


def test_a_bad_related_record_does_not_take_the_good_ones_with_it():
    doubts: list[str] = []
    record = record_from({"title": "T", "related": [{"title": "One"}, {}, {"title": "Two"}]}, doubts)
    assert [other.title for other in record.related] == ["One", "Two"]
    assert doubts == ["related 2 left out: a record needs a title or an address, and this one has neither"]


def test_nests_of_records_have_a_floor():
    record = {"title": "deep"}
    for _ in range(6):
        record = {"title": "above", "related": [record]}
    doubts: list[str] = []
    found = record_from(record, doubts)
    assert found.related[0].related[0].related[0].related == ()
    assert "related goes more than 3 records deep; left there" in doubts
    for _ in range(40):
        record = {"title": "above", "more": record}
    with pytest.raises(ParseError, match="deep"):
        record_from(record)


def test_what_another_library_said_of_it_is_left_behind():
    record = record_from({**SEED, "id": 7, "thread": 3, "read": True, "starred": True, "wordCount": 9, "content": "words"})
    assert record.document == SEED
    assert record.content == "words"


@pytest.mark.parametrize(
    ("words", "time"),
    [
        ("2021-12-17T16:29:00Z", "2021-12-17T16:29:00+00:00"),
        ("2021-12-17t16:29:00.75z", "2021-12-17T16:29:00+00:00"),
        ("2021-12-17 16:29:00", "2021-12-17T16:29:00+00:00"),
        ("2021-12-17T16:29:00+05:30", "2021-12-17T10:59:00+00:00"),
        ("2021-12-17", "2021-12-17T00:00:00+00:00"),
        ("Fri, 17 Dec 2021 16:29:00 +0100", "2021-12-17T15:29:00+00:00"),
        ("0001-01-01T00:00:00+09:00", None),
        ("12:30:00", None),
        ("yesterday", None),
    ],
)
def test_times(words, time):
    assert time_of(time_from(words)) == time


def test_halves_of_characters_reach_no_database():
    record = record_from({"title": "A \ud800 B", "note": ["\udfff"], "secured": "x\ud800"})
    json.dumps(record.document, ensure_ascii=False).encode()
    (record.title + record.secured).encode()


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=[])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
fields = st.sampled_from([*SEED, "content", "contentType", "author", "language", "source"])


@given(st.dictionaries(fields, anything))
def test_nothing_that_json_can_say_breaks_it(mapping):
    try:
        record = record_from(mapping)
    except ParseError:
        return
    json.dumps(record.document, ensure_ascii=False, allow_nan=False).encode()
    assert record.title or record.web_url or record.original_url or record.amp_url or record.cdn_amp_url
    json.dumps(record_of(record), ensure_ascii=False, allow_nan=False).encode()


# Out


@pytest.fixture
def kept(database):
    """Keeps a document and gives the article."""

    def keep(document, **more):
        with database.write() as db:
            id, _ = articles.keep(db, record_from(document | more), database.now())
        return articles.article(database.db, id)

    return keep


def test_an_article_gives_back_every_field_as_it_came(kept):
    article = kept(SEED | {"source": "a field that nobody knows", "n_related": 5})
    document = document_of(article, as_it_came=True)
    for name, value in (SEED | {"source": "a field that nobody knows", "n_related": 5}).items():
        assert document[name] == value
    assert list(document)[: len(SEED)] == list(SEED)
    assert (document["id"], document["read"], document["captured"]) == (article.row.id, False, False)


def test_heat_and_published_are_those_of_the_library_once_the_thread_changed(kept):
    article = kept(SEED)
    assert document_of(article, as_it_came=False)["heat"] == article.row.heat == -1
    assert document_of(article, as_it_came=False)["published"] is False
    decided = document_of(article, as_it_came=True, decided=True)
    assert (decided["heat"], decided["published"]) == (80, False)


def test_what_was_corrected_since_is_given_as_it_is_now(kept):
    kept(SEED)
    article = kept(SEED | {"title": "A corrected headline"})
    document = document_of(article, as_it_came=True)
    assert document["title"] == "A corrected headline"
    assert document["publishedDateTime"] == "2021-12-17T16:29:00Z"


def test_what_a_record_did_not_say_is_added_where_it_is_known(kept):
    article = kept({"webUrl": "https://paper.example/9", "content": "One word and another."})
    document = document_of(article, as_it_came=True)
    assert "title" not in document
    assert document["content"] == "One word and another."
    assert document["provider"] == {"name": "paper.example", "domain": "paper.example"}


def test_out_and_in_again_is_the_same(kept):
    document = document_of(kept(SEED | {"content": "The text."}), as_it_came=True)
    again = record_from(document)
    assert again.document == SEED
    assert again.content == "The text."


def test_a_record_for_scripts_has_every_field(kept):
    article = kept(SEED | {"content": "The text."})
    other = kept({"title": "Another view", "webUrl": "https://other.example/view"})
    document = whole_record_of(article, [other.row])
    assert SEED.keys() | {"id", "language", "thread", "read", "starred", "captured", "wordCount"} <= document.keys()
    assert {"content", "contentType", "author", "revisions", "highlights", "notes"} <= document.keys()
    assert document["publishedDateTime"] == "2021-12-17T16:29:00+00:00"
    assert document["related"][0]["webUrl"] == "https://other.example/view"
    assert (document["quality"], document["heat"], document["thread"]) == (70, -1, None)
    assert isinstance(document["quality"], int)
    json.dumps(document)


def test_the_record_of_something_that_is_not_in_the_library():
    document = record_of(record_from(SEED))
    assert (document["title"], document["provider"]) == (SEED["title"], SEED["provider"])
    assert document["related"][0]["title"] == "Another view"


def test_a_thread_for_scripts(kept):
    row = kept(SEED).row
    thread = Thread(
        3, "T", row.id, 80.0, 70.0, (Member(row, independent=True),), ("The Paper",), 1, row.date, row.date, None,
        (Fact("money", "20 million euro", "A fine of 20 million euro.", row.id),), 1.23456,
    )  # fmt: skip
    document = thread_of(thread)
    assert document["articles"][0] | {"independent": True} == {
        "id": row.id,
        "title": row.title,
        "webUrl": SEED["webUrl"],
        "provider": SEED["provider"],
        "publishedDateTime": "2021-12-17T16:29:00+00:00",
        "quality": 70,
        "independent": True,
        "copyOf": None,
        "first": False,
        "primary": False,
        "links": [],
    }
    assert (document["heat"], document["momentum"], document["independentProviders"]) == (80, 1.235, 1)
    assert document["facts"][0]["kind"] == "money"
    json.dumps(document)


def test_scores_that_a_library_computed_do_not_come_back_as_recorded(kept, database):
    article = kept({"title": "A feed's headline", "webUrl": "https://paper.example/5"})
    with database.write() as db:
        db.execute("INSERT INTO score VALUES (?, 44, 54, 1)", (article.row.id,))
    document = document_of(articles.article(database.db, article.row.id), as_it_came=False)
    assert (document["quality"], document["heat"], document["published"]) == (44, 54, True)
    again = record_from(document)
    assert (again.quality, again.heat, again.published) == (None, None, None)
    assert again.provider.domain == "paper.example"
    assert again.document == {"title": "A feed's headline", "webUrl": "https://paper.example/5"}


def test_recorded_scores_survive_a_thread_that_changed(kept):
    document = document_of(kept(SEED), as_it_came=False)
    again = record_from(document)
    assert (again.quality, again.heat, again.published) == (70, 80, True)
    assert again.document == SEED


def test_an_article_without_a_record_is_given_none(kept, database):
    with database.write() as db:
        id, _ = articles.keep(db, Record(title="Words of a feed", web_url="https://paper.example/6"), database.now())
    document = document_of(articles.article(database.db, id), as_it_came=False)
    assert document["recorded"] is None
    assert record_from(document).document == {}
