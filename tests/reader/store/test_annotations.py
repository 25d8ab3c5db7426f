from __future__ import annotations

import pytest

from reader.errors import NotFound, Refused
from reader.records import Anchor, Record
from reader.store import annotations, articles

NOW = 1_800_000_000
TEXT = "The authority fined the company. It has two months to answer."
FINED = Anchor("fined the company", "The authority ", ". It has two months", 14, 31)
MONTHS = Anchor("two months", "company. It has ", " to answer.", 40, 50)


@pytest.fixture
def article(database):
    with database.write() as db:
        return articles.keep(db, Record(title="A fine", text=TEXT, web_url="https://wire.example/fine"), NOW)[0]


@pytest.fixture
def thread(database):
    with database.write() as db:
        return make_thread(db)


def make_thread(db, merged_into=None):
    db.execute(
        "INSERT INTO thread (uid, title, head, heat, size, independent, providers, merged_into)"
        " VALUES (randomblob(16), 'A fine', 1, 80, 2, 1, 2, ?)",
        (merged_into,),
    )
    return db.last_insert_rowid()


def add(database, article, anchor=FINED, colour="yellow", undo=None):
    with database.write(undo) as db:
        return annotations.add_highlight(db, article, anchor, colour, NOW)


def note(database, text="Ask the minister.", undo=None, **on):
    with database.write(undo) as db:
        return annotations.add_note(db, text, NOW, **on)


def texts(notes):
    return [note.text for note in notes]


# Highlights


def test_highlights_come_in_the_order_of_the_text(database, article):
    second, first = add(database, article, MONTHS, "blue"), add(database, article)
    found = annotations.highlights(database.db, article)
    assert [(one.id, one.anchor, one.colour) for one in found] == [(first, FINED, "yellow"), (second, MONTHS, "blue")]
    assert annotations.highlight(database.db, second) == found[1]
    assert articles.article(database.db, article).highlights == found


def test_marking_a_passage_again_changes_its_colour_only(database, article):
    id = add(database, article)
    assert add(database, article, colour="pink") == id
    assert [one.colour for one in annotations.highlights(database.db, article)] == ["pink"]


def test_removing_a_highlight_can_be_taken_back_with_its_notes(database, article):
    id = add(database, article)
    note(database, highlight=id)
    with database.write("remove_highlight") as db:
        annotations.remove_highlight(db, id, NOW)
    assert annotations.highlights(database.db, article) == ()
    assert annotations.notes_of_article(database.db, article) == ()
    with pytest.raises(NotFound):
        annotations.highlight(database.db, id)
    database.undo()
    assert len(annotations.highlights(database.db, article)) == 1
    assert texts(annotations.notes_of_article(database.db, article)) == ["Ask the minister."]


def test_a_highlight_of_nothing_or_in_no_colour_is_refused(database, article):
    with pytest.raises(NotFound, match="no article 99"):
        add(database, 99)
    with pytest.raises(Refused, match="red"):
        add(database, article, colour="red")
    id = add(database, article)
    with database.write() as db, pytest.raises(Refused, match="red"):
        annotations.recolour(db, id, "red", NOW)


def test_an_undone_highlight_is_gone(database, article):
    add(database, article, undo="highlight")
    assert database.undo() == "highlight"
    assert annotations.highlights(database.db, article) == ()
    assert database.redo() == "highlight"
    assert len(annotations.highlights(database.db, article)) == 1


# Notes


def test_an_article_has_its_own_notes_and_those_of_its_highlights(database, article):
    id = add(database, article)
    note(database, "On the article", article=article)
    note(database, "On the passage", highlight=id)
    assert texts(annotations.notes_of_article(database.db, article)) == ["On the article", "On the passage"]
    assert texts(annotations.notes_of_highlight(database.db, id)) == ["On the passage"]
    assert articles.article(database.db, article).notes == annotations.notes_of_article(database.db, article)


def test_notes_of_a_merged_thread_go_with_it(database, thread):
    with database.write() as db:
        old = make_thread(db, merged_into=thread)
        older = make_thread(db, merged_into=old)
    note(database, "New", thread=thread)
    note(database, "Old", thread=older)
    assert texts(annotations.notes_of_thread(database.db, thread)) == ["New", "Old"]


def test_a_note_can_be_changed_and_taken_away(database, article):
    id = note(database, article=article)
    with database.write() as db:
        annotations.change_note(db, id, "Ask:\n- the secretary\n- the court", NOW)
    assert annotations.note(database.db, id).text == "Ask:\n- the secretary\n- the court"
    with database.write() as db:
        annotations.remove_note(db, id, NOW)
    assert annotations.notes_of_article(database.db, article) == ()
    with database.write() as db, pytest.raises(NotFound):
        annotations.remove_note(db, id, NOW)


@pytest.mark.parametrize("on", [{}, {"article": 1, "thread": 1}])
def test_a_note_stands_on_one_thing(database, article, thread, on):
    with pytest.raises(Refused, match="one thing"):
        note(database, **on)


@pytest.mark.parametrize("on", [{"article": 99}, {"thread": 99}, {"highlight": 99}])
def test_a_note_on_what_is_not_there_is_refused(database, on):
    with pytest.raises(NotFound):
        note(database, **on)


@pytest.mark.parametrize("text", ["", " \n\u200b", "x" * 20_001])
def test_a_note_needs_words_but_not_too_many(database, article, text):
    with pytest.raises(Refused, match="a note"):
        note(database, text, article=article)


def test_views_are_told_of_the_article(database, article):
    told = []
    database.on_change = told.append
    id = add(database, article)
    note(database, "first", "note", highlight=id)
    database.undo()
    assert [changes.articles for changes in told] == [{article}] * 3


def test_the_index_follows_highlights_and_notes(database, article):
    def waiting():
        return database.db.execute("SELECT count(*) FROM outbox").get

    before = waiting()
    id = add(database, article)
    note(database, highlight=id)
    assert waiting() >= before + 2
