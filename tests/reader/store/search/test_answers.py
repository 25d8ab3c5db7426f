"""An answer is what an analyst expects: the right articles in the right order, with the passage that shows why."""

from __future__ import annotations

import pickle
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.errors import NotFound, Refused
from reader.store import search, states
from reader.store.search import expanding

from .test_query import queries

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.store.database import Database
    from reader.store.search import Snippet


def on(*day: int) -> datetime:
    return datetime(*day, tzinfo=UTC)


def marks(snippet: Snippet) -> list[str]:
    return [snippet.text[start:end] for start, end in snippet.matches]


# Which


def test_words_are_looked_for_in_every_field_and_together(keep: Callable[..., int], found: Callable[..., list[int]]) -> None:
    title = keep("Regulator fines Clearview")
    text = keep("Other", "The Clearview case: the regulators decided")
    provider = keep("A fine", "by regulators", provider="Clearview Watch", domain="watch.example")
    keep("Regulators alone")
    assert sorted(found("regulator clearview")) == sorted([title, text, provider])


def test_a_phrase_is_in_order_and_as_written_and_near_words_are_not(
    keep: Callable[..., int], found: Callable[..., list[int]]
) -> None:
    exact = keep("One", "a data broker sells")
    keep("Two", "brokers of data")
    plural = keep("Three", "data brokers sell")
    assert found('"data broker"') == [exact]
    assert sorted(found('"data broker*"')) == sorted([exact, plural])
    assert len(found('"broker data"~3')) == 3


MIXED = "개인정보 보호법 시행, 生成AI規制の案 and निजता क़ानून; การจดจำใบหน้า ที่ Überwachung"


@pytest.mark.parametrize(
    "query",
    [
        "개인정보", "정보", '"개인정보 보호법"', '"보호법 시행"', '"보호법 시"', '"법"', '"보호법 개인정보"~9',
        "生成AI規制", "AI規制の案", "生成AI規", '"生成AI規制の案"', "生成A*", "生成AI*", "生成AI規制*", "案",
        "नि*", "निज*", "निजता", "क़ा*", "निजत~", '"निजता क़ानून"',
        "การจดจำ*", '"การจดจำใบหน้า ที่"', '"ที่ Überwachung"',
    ],
)  # fmt: skip
def test_words_of_every_script_are_found(keep: Callable[..., int], found: Callable[..., list[int]], query: str) -> None:
    one = keep("One", MIXED)
    assert found(query) == [one]


def test_a_text_whose_language_is_not_known_is_searched_as_it_was_cut(
    keep: Callable[..., int], found: Callable[..., list[int]]
) -> None:
    keep("Une loi", "La politique", language="fr")
    one = keep("One", "A new policy", language="")
    assert found("policies") == [one]


@pytest.mark.parametrize("query", ['"개인정 보호법"', '"개인정보 호법"', "生AI規制", "生成AIの案", "निता*"])
def test_words_of_every_script_are_not_found_where_they_are_not(
    keep: Callable[..., int], found: Callable[..., list[int]], query: str
) -> None:
    keep("One", MIXED)
    assert found(query) == []


@pytest.mark.parametrize("typed", ["नि", "निज", "생성", "生成A", "生成AI規", "การจ", "Überw"])
def test_a_word_of_any_script_may_be_unfinished(keep: Callable[..., int], found: Callable[..., list[int]], typed: str) -> None:
    one = keep("One", f"{MIXED} 생성형")
    assert found(typed, unfinished=True) == [one]


def test_a_stop_word_in_a_phrase_stands_for_one_word(keep: Callable[..., int], found: Callable[..., list[int]]) -> None:
    id = keep("One", "the right to be forgotten")
    keep("Two", "the right forgotten")
    assert found('"right to be forgotten"') == [id]


def test_fields_narrow_the_search(keep: Callable[..., int], found: Callable[..., list[int]]) -> None:
    one = keep("Iris", "Nothing", provider="TechSpot", domain="techspot.com", date=on(2022, 10, 24))
    two = keep(
        "Nothing", "iris", provider="Reuters", domain="reuters.com", date=on(2021, 12, 17), language="fr", author="Ada Lovelace"
    )
    assert found("title:iris") == [one]
    assert found("text:iris") == [two]
    assert found("iris provider:techspot") == found("provider:techspot.com") == found("url:techspot.com") == [one]
    assert found("author:lovelace") == found("lovelace") == [two]
    assert found("lang:fr") == found("iris lang:FR") == [two]
    assert found("date:2022-10") == found("provider:techspot date:2022-10") == [one]
    assert found("date:2021-12..2022-11 -iris") == []
    assert found("title:(iris OR face)") == [one]


@pytest.mark.parametrize("typed", ["fac", "FACI", "facial", "clearview fac", "title:fac", "facial-reco", "clearview OR fac"])
def test_the_last_word_of_an_unfinished_query_may_go_on(
    keep: Callable[..., int], found: Callable[..., list[int]], typed: str
) -> None:
    id = keep("Clearview and facial recognition")
    assert found(typed, unfinished=True) == [id]


@pytest.mark.parametrize("typed", ["fac ", "fac clearview", '"fac"', "(fac)", "f"])
def test_only_what_can_go_on_is_a_beginning(keep: Callable[..., int], found: Callable[..., list[int]], typed: str) -> None:
    keep("Clearview and facial recognition")
    assert found(typed, unfinished=True) == []


def test_a_word_that_is_typed_is_found_in_its_other_forms_as_well_and_as_it_stands_first(
    keep: Callable[..., int], found: Callable[..., list[int]]
) -> None:
    longer, form, itself = keep("Scanner"), keep("They scanned"), keep("The scan")
    answer = found("scan", unfinished=True)
    assert sorted(answer) == sorted([longer, form, itself])
    assert answer[-1] == longer
    assert sorted(found("scan")) == sorted([form, itself])


@pytest.mark.parametrize("typed", ["iris -wo", "iris NOT wo", "iris -text:wo", "iris (police OR NOT wo"])
def test_the_beginning_of_a_word_that_is_left_out_leaves_out_no_others(
    keep: Callable[..., int], found: Callable[..., list[int]], typed: str
) -> None:
    one = keep("Iris", "The works of an iris")
    assert found(typed, unfinished=True) == [one]
    assert found("iris -works", unfinished=True) == []


def test_a_stop_word_may_be_the_beginning_of_a_word(keep: Callable[..., int], found: Callable[..., list[int]]) -> None:
    id = keep("A theft")
    keep("Iris")
    assert found("the", unfinished=True) == [id]


def test_what_a_beginning_found_is_marked(keep: Callable[..., int], level: Callable[[], None], database: Database) -> None:
    keep("Facial recognition at the border", "Faces and borders")
    level()
    (hit,) = search.search(database, "borders fac", limit=5, offset=0, sort="relevance", facets=False, unfinished=True).hits
    assert marks(hit.title) == ["Facial", "border"]


def test_an_address_as_it_was_copied_finds_its_article(keep: Callable[..., int], found: Callable[..., list[int]]) -> None:
    id = keep("Iris", web_url="https://www.example.org/news/92684-iris-scans.html?id=7")
    keep("Other", web_url="https://www.example.org/news/92685-other.html")
    assert found("https://www.example.org/news/92684-iris-scans.html?id=7") == [id]
    assert found("http://example.org/news/92684-iris-scans.html") == [id]
    assert len(found("https://example.org/")) == 2


def test_states_scores_topics_and_feeds_come_from_the_library(
    database: Database, keep: Callable[..., int], found: Callable[..., list[int]]
) -> None:
    one, two, three = (
        keep(f"Iris {number}", "x " * 5 * number, topics=("Computer Vision",) * (number == 1)) for number in (1, 2, 3)
    )
    with database.write() as db:
        states.mark(db, "read", [one], True, 0)
        states.mark(db, "starred", [two], True, 0)
        db.execute("UPDATE article SET recorded_quality = id * 25")
        db.execute("INSERT INTO score VALUES (?, 80, 90, 1)", (three,))
        db.execute(
            "INSERT INTO feed (uid, url, title, link, folder, username, allow_private, changed)"
            " VALUES (x'01', 'https://news.example/rss', 'The News', '', 'Press', '', 0, 0)"
        )
        db.execute("INSERT INTO arrival (feed, guid, fingerprint, article) VALUES (1, 'a', x'', ?)", (two,))
    assert found("is:read") == [one]
    assert sorted(found("iris -is:read")) == [two, three]
    assert found("is:starred") == [two]
    assert found("is:published") == [three]
    assert sorted(found("is:held")) == [one, two]
    assert found("quality:>60") == found("heat:>=90") == [three]
    assert sorted(found("quality:25..50")) == [one, two]
    assert found("words:<10") == [one]
    assert found('topic:"computer vision"') == found("topic:vision") == [one]
    assert found("feed:news") == found("feed:1") == found("feed:press") == found("feed:news.example") == [two]


def test_a_saved_search_stands_inside_another(
    database: Database, keep: Callable[..., int], found: Callable[..., list[int]]
) -> None:
    one = keep("Iris at the border")
    keep("Iris in the lab")
    with database.write() as db:
        db.execute("INSERT INTO saved_search (uid, name, query, changed) VALUES (x'01', 'Borders', 'border* OR frontex', 0)")
    assert found('iris search:"borders"') == [one]


def test_hidden_articles_are_found_only_where_they_are_asked_for(
    database: Database, keep: Callable[..., int], found: Callable[..., list[int]]
) -> None:
    shown, hidden = keep("Iris one"), keep("Iris two")
    with database.write() as db:
        states.mark(db, "hidden", [hidden], True, 0)
    assert found("iris") == [shown]
    assert "1 hidden article not shown" in search.search(database, "iris").notices[0]
    assert found("iris is:hidden") == [hidden]
    assert sorted(found("iris (is:hidden OR -is:hidden)")) == [shown, hidden]


def test_a_word_without_meaning_helps_to_rank_no_more(
    database: Database, keep: Callable[..., int], found: Callable[..., list[int]]
) -> None:
    id = keep("CNIL decision", "What a decision")
    assert found("what is the CNIL") == [id]
    assert found("the") == []
    assert "stand in every text" in search.search(database, "the").notices[0]


# In which order


def test_orders(database: Database, keep: Callable[..., int], found: Callable[..., list[int]]) -> None:
    text = keep("Other", "one word about iris among many other words that say nothing of it", date=on(2022, 1, 1))
    title = keep("Iris", "iris", date=on(2020, 1, 1))
    undated = keep("Something on iris", "and some more words that stand here to make it longer")
    with database.write() as db:
        for id, quality, heat in ((text, 10, 90), (title, 50, -1), (undated, None, 20)):
            db.execute("INSERT INTO score VALUES (?, ?, ?, 0)", (id, quality, heat))
    assert found("iris") == [title, undated, text]
    assert found("iris", sort="newest") == [text, title, undated]
    assert found("iris", sort="oldest") == [title, text, undated]
    assert found("iris", sort="quality") == [title, text, undated]
    assert found("iris", sort="heat") == [text, undated, title]
    with pytest.raises(Refused, match="no order"):
        found("iris", sort="colour")


def test_pages_follow_one_another(database: Database, keep: Callable[..., int], level: Callable[[], None]) -> None:
    for number in range(30):
        keep(f"Iris {number % 3}")
    level()
    whole = [hit.id for hit in search.search(database, "iris", limit=0).hits]
    pages = [hit.id for page in range(4) for hit in search.search(database, "iris", limit=8, offset=8 * page).hits]
    assert pages == whole
    assert len(set(pages)) == 30
    assert search.search(database, "iris", limit=8).total == 30


# What is shown


def test_a_snippet_is_the_passage_that_answers_best(
    database: Database, keep: Callable[..., int], level: Callable[[], None]
) -> None:
    noise = "Nothing of note was said on that day. " * 30
    keep("Borders", f"{noise}Iris scans are kept for ten years at every border. {noise}")
    level()
    (hit,) = search.search(database, "iris border").hits
    assert hit.snippet.text.count("Iris scans are kept for ten years at every border.") == 1
    assert marks(hit.snippet) == ["Iris", "border"]
    assert hit.snippet.words == ("Iris", "border")
    assert marks(hit.title) == ["Borders"]
    assert len(hit.snippet.text) < 400


def test_a_snippet_of_a_long_sentence_is_cut_around_the_words(
    database: Database, keep: Callable[..., int], level: Callable[[], None]
) -> None:
    keep("Long", "word " * 300 + "iris " + "word " * 300)
    level()
    (hit,) = search.search(database, "iris").hits
    assert marks(hit.snippet) == ["iris"]
    assert hit.snippet.text.startswith("…")
    assert hit.snippet.text.endswith("…")
    assert len(hit.snippet.text) < 400


def test_a_snippet_marks_forms_patterns_and_slips(
    database: Database, keep: Callable[..., int], level: Callable[[], None]
) -> None:
    keep("One", "The regulators fined Clearview over biometrics. 人脸识别技术")
    level()
    for query, expected in (
        ("regulator", ["regulators"]),
        ("bio*", ["biometrics"]),
        ("cleerview~", ["Clearview"]),
        ('"fine clearview"~3', ["fined", "Clearview"]),
        ("识别", ["识别"]),
        ("人脸识别", ["人脸识别"]),
    ):
        (hit,) = search.search(database, query).hits
        assert marks(hit.snippet) == expected, query


def test_a_snippet_without_a_match_is_the_beginning(
    database: Database, keep: Callable[..., int], level: Callable[[], None]
) -> None:
    keep("Iris", "First sentence. Second sentence.")
    level()
    (hit,) = search.search(database, "iris").hits
    assert hit.snippet.text.startswith("First sentence.")
    assert not hit.snippet.matches


def test_a_match_in_a_note_shows_the_note(database: Database, keep: Callable[..., int], level: Callable[[], None]) -> None:
    id = keep("Iris", "First sentence.")
    with database.write() as db:
        db.execute("INSERT INTO note (uid, article, text, made, changed) VALUES (x'01', ?, 'Ask the ombudsman', 0, 0)", (id,))
    level()
    (hit,) = search.search(database, "ombudsman").hits
    assert hit.snippet.text == "Ask the ombudsman"


def test_which_words_matched_can_be_asked(database: Database, keep: Callable[..., int], level: Callable[[], None]) -> None:
    id, other = keep("Fined", "Regulators fined Clearview"), keep("Other")
    level()
    assert search.matched_words(database, "fine clearview", id) == ("Fined", "fined", "Clearview")
    assert search.matched_words(database, "fine clearview", other) == ()


def test_facets_count_what_was_found(database: Database, keep: Callable[..., int], level: Callable[[], None]) -> None:
    for number in range(3):
        keep(f"Iris {number}", provider="Reuters", domain="reuters.com", date=on(2021 + number % 2, 5, 5), topics=("AI",))
    keep("Iris", provider="AP", domain="ap.org", language="fr")
    keep("Face", provider="AP", domain="ap.org")
    level()
    answer = search.search(database, "iris", facets=True, limit=1)
    assert answer.facets == {
        "provider": {"Reuters": 3, "AP": 1},
        "topic": {"AI": 3},
        "year": {"2022": 1, "2021": 2},
        "language": {"en": 3, "fr": 1},
        "thread": {},
    }
    assert search.search(database, "iris").facets == {}


# Did you mean


def test_a_slip_is_corrected_if_that_finds_more(database: Database, keep: Callable[..., int], level: Callable[[], None]) -> None:
    for number in range(6):
        keep(f"Clearview {number}", "facial recognition and the privacy shield")
    level()
    for typed, meant in (
        ("clearveiw", "clearview"),
        ("Clearveiw facail recognition", "clearview facial recognition"),
        ('"privicy shield"', '"privacy shield"'),
        ("clearvieww -title:9", "clearview -title:9"),
        ("provider:x OR recognitoin", "provider:x OR recognition"),
    ):
        assert search.search(database, typed).did_you_mean == meant
    for right in (
        "clearview",
        "unheardofword",
        "clear*",
        "clearveiw~",
        "recognition facial",
        "url:clearveiw.com",
        "clearveiw lang:fr",
    ):
        assert search.search(database, right).did_you_mean is None, right


# Always


def test_an_empty_library_answers(database: Database, level: Callable[[], None]) -> None:
    assert search.search(database, "iris").total == 0
    level()
    answer = search.search(database, "iris*", facets=True)
    assert (answer.total, answer.hits, answer.notices) == (0, (), ())


def test_an_empty_query_finds_everything(keep: Callable[..., int], found: Callable[..., list[int]]) -> None:
    keep("One")
    keep("Two")
    assert len(found("  ")) == 2


def test_an_answer_crosses_a_pipe(database: Database, keep: Callable[..., int], level: Callable[[], None]) -> None:
    keep("Iris", "iris", date=on(2022, 1, 1))
    level()
    answer = search.search(database, "iris (", facets=True)
    assert pickle.loads(pickle.dumps(answer)) == answer


@given(queries, st.sampled_from(search.SORTS))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_query_is_answered_in_time(
    database: Database, keep: Callable[..., int], level: Callable[[], None], query: str, sort: str
) -> None:
    if not database.db.execute("SELECT 1 FROM article").fetchone():
        keep("Iris face", "données 中文 iris 人脸 US and more", date=on(2022, 10, 1))
        keep("Other", "a b c 1 2 3")
        level()
    start = time.perf_counter()
    answer = search.search(database, query, sort=sort, facets=True)
    assert time.perf_counter() - start < 2.5
    assert answer.total >= len(answer.hits)
    for hit in answer.hits:
        for snippet in (hit.snippet, hit.title):
            assert all(0 <= start < end <= len(snippet.text) for start, end in snippet.matches)


# Own words, threads, likeness


def test_what_stands_in_my_own_words_is_marked_so(
    database: Database, keep: Callable[..., int], level: Callable[[], None]
) -> None:
    id = keep("Iris", "Cameras look at the border")
    with database.write() as db:
        db.execute("INSERT INTO note (uid, article, text, made, changed) VALUES (x'01', ?, 'ask the ombudsman', 0, 0)", (id,))
        db.execute(
            "INSERT INTO highlight (uid, article, exact, prefix, suffix, start, end, colour, made, changed)"
            " VALUES (x'02', ?, 'look at the border', '', '', 8, 26, 'yellow', 0, 0)",
            (id,),
        )
    level()
    for query, where in (("ombudsman", "note"), ("border", "highlight"), ("cameras", ""), ("ombudsman cameras", "")):
        (hit,) = search.search(database, query).hits
        assert (hit.id, hit.where) == (id, where), query
    assert search.search(database, "ombudsman").hits[0].snippet.text == "ask the ombudsman"


def test_results_as_threads_stand_by_their_best_hit(
    database: Database, keep: Callable[..., int], level: Callable[[], None]
) -> None:
    best, other, alone = keep("Iris iris", "iris"), keep("Cameras", "iris and much else beside it"), keep("Iris", "alone")
    keep("Cameras", "nothing")
    level()
    with database.write() as db:
        db.execute("DELETE FROM membership")
        db.executemany("INSERT INTO membership (article, thread, independent, vector) VALUES (?, 7, 1, x'')", ((best,), (other,)))
    answer = search.search(database, "iris", threads=True)
    assert [(hit.id, hit.thread, hit.more) for hit in answer.hits] == [(best, 7, 1), (alone, None, 0)]
    assert (answer.total, answer.threads) == (3, 2)
    assert [hit.id for hit in search.search(database, "iris", threads=True, limit=1, offset=1).hits] == [alone]


def test_more_like_one_are_those_with_its_rare_words(
    database: Database, keep: Callable[..., int], level: Callable[[], None]
) -> None:
    for number in range(12):
        keep(f"Weather {number}", "the sun and the rain over the town")
    own = keep("Clearview fined", "The regulator fined Clearview for scraping faces in the town")
    near, far = keep("Scraping faces", "Clearview appeals to a court in the town"), keep("A court", "A regulator in the town")
    level()
    found = [hit.id for hit in search.more_like(database, own).hits]
    assert found[:2] == [near, far]
    assert own not in found
    with pytest.raises(NotFound):
        search.more_like(database, 99)


# Bounds


@pytest.mark.parametrize(
    "query", ["clearview fine", '"iris scan"~3 -is:read', "(face OR iris) date:<7d", "müller* biometri? clearveiw~"]
)
def test_every_beginning_of_a_query_has_an_answer(
    database: Database, keep: Callable[..., int], level: Callable[[], None], query: str
) -> None:
    keep("Clearview fined", "Clearview has to pay a fine for its iris scans")
    keep("Müller on biometrics")
    level()
    for end in range(len(query) + 1):
        for sort in search.SORTS:
            for facets in (False, True):
                answer = search.search(database, query[:end], sort=sort, facets=facets, limit=200)
                assert answer.total >= len(answer.hits)


@pytest.mark.parametrize("sort", search.SORTS)
def test_every_page_is_a_part_of_the_whole_also_where_many_tie(
    keep: Callable[..., int], level: Callable[[], None], database: Database, sort: str
) -> None:
    for number in range(30):
        keep("Iris", "scans " * (number % 3), date=on(2024, 1, 1 + number % 4) if number % 5 else None)
    level()

    def ids(limit: int, offset: int = 0) -> list[int]:
        return [hit.id for hit in search.search(database, "iris", limit=limit, offset=offset, sort=sort).hits]

    whole = ids(0)
    assert len(whole) == 30
    for size in (1, 4, 7, 29, 31):
        assert [id for offset in range(0, 30, size) for id in ids(size, offset)] == whole


def test_of_very_many_words_that_may_be_near_the_most_common_are_compared(
    database: Database, keep: Callable[..., int], level: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expanding, "MOST_COMPARED", 3)
    keep("", "barn bars bare bard barb")
    common = [keep("", "bark"), keep("", "bark")]
    level()
    answer = search.search(database, "text:barj~")
    assert set(common) <= {hit.id for hit in answer.hits}
    assert answer.notices == ("“barj~” means so many words that not all of them were looked for",)


def test_of_many_words_that_are_near_there_may_be_none_in_a_field(
    keep: Callable[..., int], found: Callable[..., list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expanding, "MOST_EXPANSIONS", 2)
    near = keep("jrab", "barn bars bare bard")  # the letters of "barj", and more than a slip away
    assert found("barj~") == [near]
