from __future__ import annotations

import pytest

from reader.errors import NotFound, Refused
from reader.records import BriefingItem, Record
from reader.store import articles, briefings

NOW = 1_800_000_000
A, B, C = (BriefingItem("article", id) for id in (1, 2, 3))


@pytest.fixture
def database(database):
    with database.write() as db:
        for name in "abc":
            articles.keep(db, Record(title=name, text=name, web_url=f"https://wire.example/{name}"), NOW)
    return database


def make(database, *items, **words):
    with database.write("new_briefing") as db:
        return briefings.new(db, words.pop("title", "Week 42"), NOW, items=items, **words)


def order(database, id):
    return "".join("-abc"[item.target] for item in briefings.briefing(database.db, id).items)


def test_a_briefing_keeps_what_it_was_made_of(database):
    id = make(database, B, BriefingItem("article", 1, "First."), audience="the Director", summary="One.\n\nTwo.")
    found = briefings.briefing(database.db, id)
    assert (found.title, found.audience, found.summary) == ("Week 42", "the Director", "One.\n\nTwo.")
    assert found.items == (B, BriefingItem("article", 1, "First."))
    assert int(found.made.timestamp()) == NOW
    assert briefings.listed(database.db) == [found]


def test_making_one_can_be_taken_back_whole(database):
    id = make(database, A)
    assert database.undo() == "new_briefing"
    assert briefings.listed(database.db) == []
    database.redo()
    assert order(database, id) == "a"
    assert make(database) != id


def test_the_newest_comes_first(database):
    first, second = make(database), make(database)
    assert [one.id for one in briefings.listed(database.db)] == [second, first]


def test_a_thing_is_in_a_briefing_once(database):
    id = make(database, A, A, B)
    with database.write() as db:
        assert briefings.add_items(db, id, [BriefingItem("article", 1, "Now with a comment"), C, C], NOW) == 1
    assert order(database, id) == "abc"
    assert briefings.briefing(database.db, id).items[0].comment == "Now with a comment"


def test_order_is_the_users(database):
    id = make(database, A, B, C)
    with database.write("reorder") as db:
        briefings.reorder(db, id, [C, A], NOW)
    assert order(database, id) == "cab"
    database.undo()
    assert order(database, id) == "abc"
    with database.write() as db, pytest.raises(NotFound):
        briefings.reorder(db, id, [BriefingItem("thread", 1)], NOW)


def test_what_was_removed_can_come_back_at_the_end(database):
    id = make(database, A, B)
    with database.write() as db:
        assert briefings.remove_items(db, id, [A, C], NOW) == 1
        briefings.add_items(db, id, [A], NOW)
    assert order(database, id) == "ba"


def test_words_of_a_briefing_and_its_items_can_change(database):
    id = make(database, A)
    with database.write() as db:
        briefings.edit(db, id, NOW, title="Week 43", summary="Quiet.")
        briefings.comment(db, id, BriefingItem("article", 1, "Read this."), NOW)
    found = briefings.briefing(database.db, id)
    assert (found.title, found.audience, found.summary, found.items[0].comment) == ("Week 43", "", "Quiet.", "Read this.")


def test_a_removed_briefing_is_not_found(database):
    id = make(database, A)
    with database.write() as db:
        briefings.remove(db, id, NOW)
    with pytest.raises(NotFound):
        briefings.briefing(database.db, id)
    assert briefings.listed(database.db) == []


@pytest.mark.parametrize("title", ["", "  \u200b", "x" * 301])
def test_a_title_is_needed_that_fits_a_cover(database, title):
    with pytest.raises(Refused, match="title"):
        make(database, title=title)


@pytest.mark.parametrize(
    ("item", "error"),
    [(BriefingItem("article", 9), NotFound), (BriefingItem("thread", 9), NotFound), (BriefingItem("feed", 1), Refused)],
)
def test_what_is_not_there_cannot_be_chosen_and_nothing_is_half_made(database, item, error):
    with pytest.raises(error):
        make(database, A, item)
    assert briefings.listed(database.db) == []


def test_there_is_an_end_to_a_briefing(database, monkeypatch):
    monkeypatch.setattr(briefings, "MOST_ITEMS", 2)
    with pytest.raises(Refused, match="at most 2"):
        make(database, A, B, C)


def test_a_summary_is_no_archive(database):
    with pytest.raises(Refused, match="at most 20000 characters"):
        make(database, A, summary="x" * 20_001)
    with pytest.raises(Refused, match="at most 20000 characters"):
        make(database, BriefingItem("article", 1, "x" * 20_001))
