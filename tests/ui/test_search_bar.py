"""The search field: when it searches, how one leaves it, and what is said of a search."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QMainWindow

from reader.records import Scope
from reader.store.search import Answer, Problem
from ui.actions import Actions
from ui.search.query_help import LINES
from ui.search.search_bar import History, SearchBar
from ui.search.understood import remarks
from ui.view import Selection, View
from ui.window_settings import WindowSettings


@pytest.fixture
def made(qtbot, tmp_path):
    window = QMainWindow()
    qtbot.addWidget(window)
    view = View(window)
    bar = SearchBar(view, Actions(window), WindowSettings(tmp_path))
    window.setCentralWidget(bar)
    window.show()
    qtbot.waitExposed(window)
    bar.focus_field()
    looked = []
    view.changed.connect(lambda new, _: looked.append(new.query))
    return SimpleNamespace(bar=bar, field=bar.field, view=view, looked=looked, window=window, folder=tmp_path)


def answer(query, total=0, **more):
    return Answer(query, total, (), 0.01, **more)


def test_it_searches_a_moment_after_the_last_key(qtbot, made):
    qtbot.keyClicks(made.field, "iris")
    assert made.looked == []
    qtbot.waitUntil(lambda: made.looked == ["iris"])
    assert made.view.looking.best_first


def test_enter_searches_at_once(qtbot, made):
    qtbot.keyClicks(made.field, "  iris ")
    qtbot.keyClick(made.field, Qt.Key.Key_Return)
    assert made.looked == ["iris"]


def test_what_is_being_typed_may_go_on_until_enter_or_a_space_says_that_it_does_not(qtbot, made):
    qtbot.keyClicks(made.field, "iri")
    qtbot.waitUntil(lambda: made.view.looking.query == "iri")
    assert made.view.looking.is_typing
    qtbot.keyClick(made.field, Qt.Key.Key_Return)
    assert (made.view.looking.query, made.view.looking.is_typing) == ("iri", False)
    qtbot.keyClicks(made.field, "s")
    qtbot.waitUntil(lambda: made.view.looking.query == "iris")
    assert made.view.looking.is_typing
    qtbot.keyClicks(made.field, " ")
    qtbot.waitUntil(lambda: not made.view.looking.is_typing)
    assert made.view.looking.query == "iris"


def test_down_leaves_what_was_found_as_it_is(qtbot, made):
    qtbot.keyClicks(made.field, "iri")
    qtbot.waitUntil(lambda: made.view.looking.is_typing)
    with qtbot.waitSignal(made.bar.went_down):
        qtbot.keyClick(made.field, Qt.Key.Key_Down)
    assert made.view.looking.is_typing
    assert made.looked == ["iri"]


def test_what_is_chosen_stays_chosen_where_the_typing_ends(qtbot, made):
    qtbot.keyClicks(made.field, "iri")
    qtbot.waitUntil(lambda: made.view.looking.is_typing)
    chosen = Selection(article=7, articles=(7,))
    made.view.look(selection=chosen)
    made.bar.finish()
    assert (made.view.looking.is_typing, made.view.looking.selection) == (False, chosen)


def test_a_query_that_somebody_else_sets_is_finished(made):
    made.view.look(query="iri", is_typing=True)
    made.view.look(query="iris")
    assert not made.view.looking.is_typing


def test_earlier_searches_are_there_in_the_next_window(qtbot, made):
    for query in ("iris", "wallet"):
        made.field.setText(query)
        qtbot.keyClick(made.field, Qt.Key.Key_Return)
    bar = SearchBar(View(made.window), Actions(QMainWindow(made.window)), WindowSettings(made.folder), made.window)
    bar.focus_field()
    qtbot.keyClick(bar.field, Qt.Key.Key_Up)
    qtbot.keyClick(bar.field, Qt.Key.Key_Up)
    assert bar.field.text() == "iris"


@pytest.mark.parametrize("kept", [b"not json", b"{}", b"[1, null]", b"\xff"])
def test_a_history_that_cannot_be_read_is_none(qtbot, made, kept):
    settings = WindowSettings(made.folder)
    settings.keep("searches", QByteArray(kept))
    assert SearchBar(View(made.window), Actions(QMainWindow(made.window)), settings, made.window).field.history.queries == ()


def test_esc_gives_up_the_search_and_the_focus(qtbot, made):
    qtbot.keyClicks(made.field, "iris")
    qtbot.keyClick(made.field, Qt.Key.Key_Return)
    with qtbot.waitSignal(made.bar.left):
        qtbot.keyClick(made.field, Qt.Key.Key_Escape)
    assert (made.field.text(), made.view.looking.query) == ("", "")


def test_down_searches_and_goes_to_the_results(qtbot, made):
    qtbot.keyClicks(made.field, "iris")
    with qtbot.waitSignal(made.bar.went_down):
        qtbot.keyClick(made.field, Qt.Key.Key_Down)
    assert made.view.looking.query == "iris"


def test_emptying_the_field_ends_the_search(qtbot, made):
    made.view.look(query="x")
    qtbot.keyClick(made.field, Qt.Key.Key_Backspace)
    assert made.view.looking.query == ""


def test_a_slash_is_written_while_one_writes(qtbot, made):
    qtbot.keyClicks(made.field, "a/b?")
    assert made.field.text() == "a/b?"


def test_it_shows_a_query_that_somebody_else_set(made):
    made.view.look(query="lang:fr iris")
    assert made.field.text() == "lang:fr iris"


def test_what_is_being_written_is_left_alone_when_something_else_changes(qtbot, made):
    qtbot.keyClicks(made.field, "ir")
    made.view.look(scope=Scope("unread"))
    assert made.field.text() == "ir"


def test_earlier_searches_come_back_with_up_and_go_with_down(qtbot, made):
    for words in ("iris", "wallet"):
        made.field.selectAll()
        qtbot.keyClicks(made.field, words)
        qtbot.keyClick(made.field, Qt.Key.Key_Return)
    qtbot.keyClick(made.field, Qt.Key.Key_Up)
    qtbot.keyClick(made.field, Qt.Key.Key_Up)
    assert made.field.text() == "iris"
    with qtbot.assertNotEmitted(made.bar.went_down):
        qtbot.keyClick(made.field, Qt.Key.Key_Down)
    assert made.field.text() == "wallet"


def test_the_history_is_short_and_says_nothing_twice():
    history = History()
    for number in range(70):
        history.remember(f"q{number % 60:02}")
    known = []
    while (query := history.older()) is not None:
        known.append(query)
    assert len(known) == len(set(known)) == 50
    assert known[0] == "q09"


# What is said of a search


def test_nothing_is_said_where_all_is_well(made):
    made.view.look(query="iris")
    made.bar.set_answer(answer("iris", 11))
    assert not made.bar.understood.isVisible()


def test_a_better_word_can_be_searched(qtbot, made):
    made.view.look(query="clearveiw")
    made.bar.set_answer(answer("clearveiw", did_you_mean="clearview"))
    said = made.bar.understood.accessibleDescription()
    assert said == "No article has \u2068clearveiw\u2069. Did you mean \u2068clearview\u2069?"
    assert made.bar.understood.isVisible()
    made.bar.understood.searched.emit("clearview")
    assert made.view.looking.query == made.field.text() == "clearview"


def test_what_found_something_is_not_said_to_have_found_nothing():
    (remark,) = remarks(answer("fin", 2, did_you_mean="fine"))
    assert remark.words == ""


def test_a_problem_is_said_once_and_its_place_is_shown(made):
    made.view.look(query="fine date:foo iris")
    problem = Problem("a date is written date:2022", 5)
    made.bar.set_answer(
        answer("fine date:foo iris", notices=("a date is written date:2022 (at character 6)", "cut"), problems=(problem,))
    )
    assert [remark.words for remark in made.bar.understood.remarks] == ["A date is written date:2022.", "Cut."]
    made.bar.understood.place_wanted.emit(5)
    assert made.field.selectedText() == "date:foo"


def test_an_answer_that_comes_too_late_says_nothing(made):
    made.view.look(query="iris")
    made.bar.set_answer(answer("clearveiw", did_you_mean="clearview"))
    assert made.bar.understood.remarks == ()


def test_words_of_a_query_are_never_markup(made):
    made.view.look(query="<b>x</b>")
    made.bar.set_answer(answer("<b>x</b>", did_you_mean="<i>y</i>"))
    assert "<b>x</b>" in made.bar.understood.remarks[0].words
    assert not made.bar.grab().isNull()


def test_help_opens_from_the_field_and_closes_with_esc(qtbot, made):
    made.field.help_wanted.emit()
    card = made.bar._help
    assert card.isVisible()
    assert len(LINES) > 10
    qtbot.keyClick(card, Qt.Key.Key_Escape)
    assert not card.isVisible()
    assert made.field.hasFocus()


def test_the_examples_of_the_help_are_understood(engine, qtbot):
    from reader.library import Library

    library = Library(engine._folder, read_only=True)
    try:
        for written, _ in LINES:
            query = written.replace("“", '"').replace("”", '"')
            if not query.endswith(":"):
                assert library.search(query, limit=1).problems == (), query
    finally:
        library.close()
