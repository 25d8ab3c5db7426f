"""The front door as the window uses it: what can be taken back, what is told, and what is refused."""

from __future__ import annotations

import pytest

from reader.errors import NotFound, QueryError, Refused
from reader.library import Library
from reader.outcomes import Subscription
from reader.records import BriefingItem, Changes, Record, Scope
from reader.settings import Settings
from reader.store import articles
from tests.bulk import bulk


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "library"
    bulk(folder, 120, 40)
    return folder


@pytest.fixture
def told():
    return []


@pytest.fixture
def library(made, tmp_path, told):
    (tmp_path / "library.db").write_bytes((made / "library.db").read_bytes())
    library = Library(tmp_path, on_change=told.append)
    yield library
    library.close()


def heard(told):
    changes = Changes()
    while told:
        changes |= told.pop()
    return changes


def unread(library):
    return next(row for row in library.article_rows(range(1, 121)) if not row.read).id


# Shown and chosen


def test_what_was_shown_is_read_and_is_nothing_to_take_back(library, told):
    id = unread(library)
    library.mark("starred", [id])
    heard(told)
    assert library.opened([id]) == 1
    assert library.article_rows([id])[0].read
    assert heard(told).articles == {id}
    assert library.opened([id]) == 0
    assert library.undo() == "mark_starred"
    assert library.article_rows([id])[0].read


def test_a_choice_stands_is_told_and_can_be_taken_back(library, told):
    library.choose("publish_at", 85)
    assert library.settings() == Settings(publish_at=85)
    assert heard(told).settings
    library.choose("mark_read_on_open", False)
    library.choose("fetches", 12.0)
    assert library.settings() == Settings(publish_at=85, mark_read_on_open=False, fetches=12)
    assert isinstance(library.settings().fetches, int)
    heard(told)
    assert library.undo() == "choose"
    assert heard(told).settings
    assert library.undo() == "choose"
    assert library.undo() == "choose"
    assert library.settings() == Settings()


def test_the_same_choice_again_is_nothing_to_take_back(library):
    library.choose("breadth", 0.7)
    library.choose("breadth", 0.7)
    assert library.undo() == "choose"
    assert library.undoable() == (None, "choose")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("colour", 1, "there is no setting"),
        ("publish_at", 101, "0 to 100"),
        ("publish_at", float("nan"), "0 to 100"),
        ("publish_at", float("inf"), "0 to 100"),
        ("publish_at", "70", "0 to 100"),
        ("publish_at", True, "0 to 100"),
        ("refresh_minutes", 0, "5 to"),
        ("fetches", 2.5, "whole number"),
        ("fetches_per_host", 99, "1 to 10"),
        ("breadth", -0.1, "0 to 1"),
        ("refresh_by_itself", 1, "yes or no"),
        ("mark_read_on_open", "no", "yes or no"),
    ],
)
def test_a_choice_that_makes_no_sense_is_refused_in_words(library, name, value, said):
    with pytest.raises(Refused, match=said):
        library.choose(name, value)
    assert library.settings() == Settings()
    assert library.undoable() == (None, None)


def test_another_threshold_publishes_anew(tmp_path):
    library = Library(tmp_path / "scored")
    with library._database.write() as db:
        for quality in (60, 75, 90):
            record = Record(
                title=f"Of {quality}", text=f"Words {quality}.", quality=quality, web_url=f"https://a.example/{quality}"
            )
            articles.keep(db, record, 0)

    def published():
        list(library.bring_level())
        return [row.quality for row in library.article_rows([1, 2, 3]) if row.published]

    assert published() == [75, 90]
    library.choose("publish_at", 80)
    assert published() == [90]
    library.choose("publish_at", 50)
    assert published() == [60, 75, 90]
    library.undo()
    assert published() == [90]
    library.undo()
    assert published() == [75, 90]
    library.close()


def test_one_is_told_what_undo_and_redo_would_take(library):
    assert library.undoable() == (None, None)
    library.mark("starred", [unread(library)])
    library.publish([1], False)
    assert library.undoable() == ("hold", None)
    library.undo()
    assert library.undoable() == ("mark_starred", "hold")
    library.undo()
    assert library.undoable() == (None, "mark_starred")
    library.redo()
    assert library.undoable() == ("mark_starred", "hold")


# Words of one's own


def test_words_are_changed_told_and_taken_back(library, told):
    text = library.article(1).text
    marked = library.highlight(1, text[:40], note="First")
    [note] = [note for note in library.article(1).notes if note.highlight == marked]
    heard(told)
    library.change_note(note.id, "Second")
    assert heard(told).articles == {1}
    library.recolour(marked, "blue")
    assert heard(told).articles == {1}
    [one] = [one for one in library.annotations() if one.row.id == 1]
    assert "Second" in [note.text for note in one.notes]
    assert "blue" in [highlight.colour for highlight in one.highlights]
    library.undo()
    library.undo()
    [one] = [one for one in library.annotations() if one.row.id == 1]
    assert "First" in [note.text for note in one.notes]
    with pytest.raises(Refused):
        library.recolour(marked, "black")
    with pytest.raises(NotFound):
        library.change_note(10**6, "x")


def test_a_note_on_a_thread_is_told_and_stands_with_the_thread(library, told):
    thread = library.thread(library.listing().threads[0])
    library.note("Watch this", thread=thread.id)
    assert heard(told).threads == {thread.id}
    assert [note.text for note in library.thread(thread.id).notes] == ["Watch this"]
    [row] = library.thread_rows([thread.id])
    assert row.annotated
    assert thread.id in library.listing(Scope("annotated")).threads
    newest = library.annotations()[0]
    assert newest.row.id == thread.head
    assert [note.text for note in newest.notes if note.thread] == ["Watch this"]


def test_a_note_on_a_thread_that_was_merged_away_is_not_lost(library):
    stays, goes = library.listing().threads[:2]
    library.note("Of the smaller", thread=goes)
    library.note("Of the larger", thread=stays)
    merged = library.merge_threads([stays, goes])
    assert {note.text for note in library.thread(merged).notes} == {"Of the smaller", "Of the larger"}
    [one] = [one for one in library.annotations() if any(note.text == "Of the smaller" for note in one.notes)]
    assert one.row.id == library.thread(merged).head


def test_what_was_written_last_comes_first_and_orphans_are_named(library):
    for one in library.annotations():
        assert one.orphans == frozenset()
    made = [max(item.made for item in (*one.highlights, *one.notes)) for one in library.annotations()]
    assert made == sorted(made, reverse=True)
    marked = library.highlight(5, library.article(5).text[10:60])
    assert library.annotations()[0].row.id == 5
    with library._database.write() as db:
        db.execute("UPDATE content SET text = 'Quite another text.' WHERE article = 5")
    assert marked in library.annotations()[0].orphans


def test_words_on_a_hidden_article_are_not_lost(library):
    library.note("Keep me", article=9)
    library.mark("hidden", [9])
    assert library.annotations()[0].row.id == 9
    assert library.counts().annotated == len(library.annotations())


# Topics and briefings


def test_a_topic_is_edited_told_and_taken_back(library, told):
    [topic] = [topic for topic in library.topics() if topic.name == "Fines"]
    library.edit_topic(topic.id, "Penalties", "fine OR penalty")
    assert heard(told).topics == {topic.id}
    assert [(one.name, one.query) for one in library.topics() if one.id == topic.id] == [("Penalties", "fine OR penalty")]
    with pytest.raises(QueryError):
        library.edit_topic(topic.id, "Penalties", "(fine")
    library.undo()
    assert "Fines" in [one.name for one in library.topics()]


def test_a_briefing_is_edited_piece_by_piece_and_each_step_taken_back(library, told):
    one, two = library.listing().threads[:2]
    items = [BriefingItem("thread", one), BriefingItem("thread", two)]
    id = library.new_briefing("Week 48", items)
    states = [library.briefing(id)]
    steps = [
        lambda: library.edit_briefing(id, title="Week 49", summary="Short."),
        lambda: library.comment_in_briefing(id, BriefingItem("thread", two, "Read this")),
        lambda: library.reorder_briefing(id, items[::-1]),
        lambda: library.remove_from_briefing(id, items[:1]),
    ]
    for step in steps:
        heard(told)
        step()
        assert heard(told).briefings == {id}
        states.append(library.briefing(id))
    assert (states[-1].title, states[-1].summary) == ("Week 49", "Short.")
    assert states[-1].items == (BriefingItem("thread", two, "Read this"),)
    library.remove_briefing(id)
    assert heard(told).briefings == {id}
    with pytest.raises(NotFound):
        library.briefing(id)
    for state in reversed(states):
        library.undo()
        assert library.briefing(id) == state
        assert id in heard(told).briefings
    library.undo()
    assert id not in [briefing.id for briefing in library.briefings()]


def test_an_address_that_is_none_cannot_be_looked_at(library):
    with pytest.raises(Refused):
        list(library.preview_feed(Subscription("nothing"), []))


# What is near


def test_the_nearest_threads_share_rare_names(library):
    # in this library threads 4 to 7, 8 to 11 … are of one matter
    near = library.related_threads(9)
    assert {row.id for row in near[:3]} == {8, 10, 11}
    assert 9 not in {row.id for row in near}


def test_what_a_source_called_related_is_nearest_and_the_storyline_last(library):
    first, other = library.thread(9).head, library.thread(30).head
    with library._database.write() as db:
        db.execute("INSERT INTO related (article, other, position) VALUES (?, ?, 0)", (other, first))
        db.execute("UPDATE thread SET storyline = 1 WHERE id IN (9, 25)")
    near = [row.id for row in library.related_threads(9, limit=50)]
    assert near[0] == 30
    assert near[-1] in {row.id for row in library.thread_rows(library.storyline(1).threads)}
    assert len(library.related_threads(9, limit=2)) == 2
    with pytest.raises(NotFound):
        library.related_threads(10**6)
