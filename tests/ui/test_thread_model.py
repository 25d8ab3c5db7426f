"""The list's model: every id, few rows, and nothing said to have changed that is not seen."""

from __future__ import annotations

from array import array
from collections import Counter
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QModelIndex, Qt

from reader.records import ArticleRow, Changes, Listing, ThreadRow
from ui.list.thread_model import KEPT, PAGE, ROW, ThreadModel, is_reordered, news
from ui.view import Selection

WHEN = datetime(2026, 11, 22, 8, 21, tzinfo=UTC)


def article(id: int, **said) -> ArticleRow:
    given = {"title": f"Article {id}", "provider": "CNIL", "quality": 71.0, "read": False, **said}
    return ArticleRow(id, given["title"], given["provider"], "cnil.example", WHEN, WHEN, "An excerpt", "en",
                      given["quality"], -1.0,
                      published=True, thread=1, read=given["read"], starred=False, hidden=False, captured=False, annotated=False,
                      word_count=100, web_url="https://cnil.example", copy_of=said.get("copy_of", ""))  # fmt: skip


def thread(id: int, size: int = 3, **said) -> ThreadRow:
    given = {"title": f"Thread {id}", "head": id * 100, "unread": size, "momentum": 0.4, **said}
    return ThreadRow(id, given["title"], "An excerpt", given["head"], size, size, ("CNIL", "EDPB"), 2,
                     96.0, 136.0, given["momentum"], WHEN, WHEN, given["unread"], starred=False, annotated=False,
                     storyline=None, language="en")  # fmt: skip


class Rows:
    """A shelf of made-up rows that counts what is read from it."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.gone: set[int] = set()

    def thread_rows(self, ids):
        self.asked["threads"] += len(ids)
        return [thread(id) for id in ids if id not in self.gone]

    def article_rows(self, ids):
        self.asked["articles"] += len(ids)
        return [article(id) for id in ids if id not in self.gone]


def listing(**members: list[int]) -> Listing:
    """`listing(t1=[100, 101])`: a thread 1 with two articles."""
    starts, all_of = array("q", [0]), array("q")
    for own in members.values():
        all_of.extend(own)
        starts.append(len(all_of))
    return Listing(array("q", (int(name[1:]) for name in members)), starts, all_of)


def large(threads: int, each: int) -> Listing:
    return Listing(
        array("q", range(1, threads + 1)),
        array("q", range(0, threads * each + 1, each)),
        array("q", range(1000, 1000 + threads * each)),
    )


@pytest.fixture
def shelf() -> Rows:
    return Rows()


@pytest.fixture
def model(qapp, shelf) -> ThreadModel:
    return ThreadModel(shelf, clock=lambda: WHEN)


def test_it_is_a_model_as_qt_wants_it(model, qtmodeltester):
    qtmodeltester.check(model)
    model.take(listing(t1=[100, 101, 102], t2=[200], t3=[300, 301]))
    qtmodeltester.check(model)
    model.take(listing(t3=[300], t1=[100, 101]))
    qtmodeltester.check(model)


def test_a_thread_opens_to_its_articles_and_one_alone_to_nothing(model):
    model.take(listing(t1=[100, 101, 102], t2=[200]))
    first, alone = model.index(0), model.index(1)
    assert [model.rowCount(first), model.rowCount(alone)] == [3, 0]
    assert [model.hasChildren(first), model.hasChildren(alone)] == [True, False]
    member = model.index(2, 0, first)
    assert member.data(ROW).id == 102
    assert member.parent() == first
    assert model.id_at(member) == (1, 102)
    assert not model.hasChildren(member)


def test_of_a_hundred_thousand_only_what_is_looked_at_is_read(model, shelf):
    model.take(large(8_000, 12))
    assert model.rowCount() == 8_000
    assert shelf.asked == {}
    last = model.index(7_999)
    assert last.data() == "Thread 8000"
    assert model.index(11, 0, last).data() == f"Article {1000 + 96_000 - 1}"
    assert shelf.asked["threads"] <= PAGE
    assert shelf.asked["articles"] <= PAGE


def test_memory_does_not_grow_with_what_was_looked_at(model):
    model.take(large(20_000, 2))
    for row in range(20_000):
        model.thread_row(row)
    assert len(model._threads) <= KEPT
    assert model.thread_row(0).title == "Thread 1"


def test_what_changed_is_read_again_and_said_of_what_is_seen_alone(model, shelf):
    model.take(listing(t1=[100, 101], t2=[200, 201], t3=[300, 301]))
    for row in range(3):
        model.thread_row(row)
        model.article_row(row, 0)
    shelf.asked.clear()
    told = []
    model.dataChanged.connect(lambda first, _last: told.append(first.row()))
    model.renew(Changes(articles=frozenset({101, 300}), threads=frozenset({2})), [model.index(0), model.index(1)])
    assert told == [0, 1]
    for row in range(3):
        model.thread_row(row)
        model.article_row(row, 0)
    assert shelf.asked == {"threads": 3, "articles": 2}


def test_what_does_not_touch_the_list_costs_nothing(model, shelf):
    model.take(listing(t1=[100, 101]))
    model.thread_row(0)
    shelf.asked.clear()
    model.renew(Changes(articles=frozenset({999}), threads=frozenset({77})), [model.index(0)])
    model.thread_row(0)
    assert shelf.asked == {}


def test_a_row_that_is_gone_is_empty_and_asked_for_once(model, shelf):
    shelf.gone = {1, 100}
    model.take(listing(t1=[100, 101]))
    assert model.index(0).data() == ""
    assert model.index(0).data(ROW) is None
    assert model.index(0, 0, model.index(0)).data(Qt.ItemDataRole.AccessibleTextRole) == ""
    assert shelf.asked["threads"] == 1


def test_a_row_says_all_of_itself_to_those_who_do_not_see_it(model):
    model.take(listing(t1=[100, 101, 102], t2=[200]))
    said = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Unread thread, 3 articles, heat 136, quality 96: \u2068Thread 1\u2069, \u2068CNIL\u2069 and 1 more, ")
    member = model.index(0, 0, model.index(0)).data(Qt.ItemDataRole.AccessibleTextRole)
    assert member.startswith("Unread article, first to report, quality 71: \u2068Article 100\u2069, \u2068CNIL\u2069, ")


def test_rows_are_found_by_what_they_are_of(model):
    model.take(listing(t1=[100, 101], t2=[200]))
    assert model.id_at(model.find(1, 101)) == (1, 101)
    assert model.id_at(model.find(None, 101)) == (1, 101)
    assert model.id_at(model.find(2, 200)) == (2, None)  # alone, it has no row of its own
    assert model.find(3) == model.find(None, 999) == model.find(None, None) == model.find(1, 200) == QModelIndex()


def test_a_closed_thread_stands_for_all_its_articles_an_open_one_for_its_head(model):
    model.take(listing(t1=[99, 100, 101]))
    top = model.index(0)
    assert model.selection(top, is_open=False) == Selection(1, 100, (99, 100, 101), (1,))
    assert model.selection(top, is_open=True) == Selection(1, 100, (100,), (1,))
    assert model.selection(model.index(2, 0, top), is_open=False) == Selection(1, 101, (101,))


def test_a_head_that_is_not_in_the_list_gives_way_to_the_first_article(model):
    model.take(listing(t1=[101, 102]))  # the head, 100, is hidden
    assert model.selection(model.index(0), is_open=True).article == 101


def test_news_are_threads_that_came_or_grew():
    old = listing(t1=[100, 101], t2=[200], t3=[300])
    assert news(old, listing(t3=[300], t1=[100, 101], t2=[200])) == 0
    assert news(old, listing(t1=[100], t2=[200])) == 0
    assert news(old, listing(t4=[400], t1=[100, 101, 102], t2=[200])) == 2
    assert is_reordered(old, listing(t3=[300], t1=[100, 101]))
    assert not is_reordered(old, listing(t1=[100], t4=[400], t3=[300]))
