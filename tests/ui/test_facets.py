"""The facets: what they count, how a press narrows the query, and how it is taken back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow

from reader.store.search import Answer
from ui import theme
from ui.actions import Actions
from ui.search.clauses import Narrowed, narrowed
from ui.search.facets import Facets
from ui.view import View

FACETS = {
    "provider": {f"Provider {number}": 20 - number for number in range(8)},
    "topic": {"Biometrics": 34, "AI Act": 4},
    "year": {"2022": 17, "2021": 10, "2019": 1},
    "language": {"en": 31, "fr": 4},
    "thread": {"A thread": 3},
}


@pytest.fixture
def view():
    return View()


@pytest.fixture
def facets(qtbot, view):
    window = QMainWindow()
    qtbot.addWidget(window)
    facets = Facets(view, Actions(window))
    facets.window_of_actions = window
    qtbot.addWidget(facets)
    facets.resize(216, 700)
    facets.show()
    view.look(query="clearview")
    facets.set_answer(answer("clearview"))
    return facets


def answer(query, **counts):
    return Answer(query, 38, (), 0.01, facets=FACETS | counts)


def names(facets):
    return [row.name for row in facets.list.lines.rows]


def press(qtbot, facets, name):
    row = names(facets).index(name)
    rect = facets.list.visualRect(facets.list.lines.index(row))
    qtbot.mouseClick(facets.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())


# Queries and their clauses


@pytest.mark.parametrize(
    ("query", "clause", "together"),
    [
        ("iris", 'provider:"CNIL"', 'iris provider:"CNIL"'),
        ("iris OR face", "lang:fr", "(iris OR face) lang:fr"),
        ('"iris OR face"', "lang:fr", '"iris OR face" lang:fr'),
        ("(iris OR face) police", "lang:fr", "(iris OR face) police lang:fr"),
        ("(iris) OR (face)", "lang:fr", "((iris) OR (face)) lang:fr"),
        ("iris lang:de", "lang:fr", "iris lang:fr"),
        ('iris topic:"A"', 'topic:"B"', 'iris topic:"A" topic:"B"'),
        ("iris OR lang:de", "date:2022", "(iris OR lang:de) date:2022"),
        ("a OR b lang:de", "date:2022", "(a OR b lang:de) date:2022"),
        ("iris -lang:de", "date:2022", "iris -lang:de date:2022"),
    ],
)
def test_a_press_narrows_everything_that_was_typed(query, clause, together):
    assert str(narrowed(query).pressed(clause)) == together


@given(st.text("ab OR()\"'-:", max_size=30), st.sampled_from(['provider:"X y"', "lang:fr", "date:2022", "is:unread"]))
def test_a_press_taken_back_leaves_what_was_typed(words, clause):
    query = narrowed(words)
    if clause not in query.clauses and not (words.count('"') % 2):
        again = narrowed(str(query.pressed(clause)))
        if again.clauses:  # words that end in a sign take the clause with them
            assert "".join(str(again.pressed(clause)).split()).strip("()") == "".join(str(query).split()).strip("()")


def test_a_name_with_quotes_cannot_break_out_of_its_clause():
    assert Narrowed.clause("provider", 'The "Post" OR x') == 'provider:"The  Post  OR x"'


# What is shown


def test_five_of_a_group_are_shown_and_the_rest_on_demand(qtbot, facets):
    assert names(facets)[:7] == ["Provider", *(f"Provider {number}" for number in range(5)), "3 more"]
    press(qtbot, facets, "3 more")
    assert "Provider 7" in names(facets)
    assert "Fewer" in names(facets)


def test_languages_have_names_and_threads_are_not_listed(facets):
    assert "French" in names(facets)
    assert "A thread" not in names(facets)


def test_a_press_becomes_a_clause_and_a_second_one_takes_it_back(qtbot, facets, view):
    press(qtbot, facets, "Biometrics")
    assert view.looking.query == 'clearview topic:"Biometrics"'
    facets.set_answer(answer(view.looking.query))
    row = next(row for row in facets.list.lines.rows if row.name == "Biometrics")
    assert row.spoken == "Biometrics, 34 articles, pressed"
    press(qtbot, facets, "Biometrics")
    assert view.looking.query == "clearview"


def test_other_providers_can_still_be_chosen_after_one_was(qtbot, facets, view):
    press(qtbot, facets, "Provider 1")
    facets.set_answer(answer(view.looking.query, provider={"Provider 1": 19}))
    press(qtbot, facets, "Provider 2")
    assert view.looking.query == 'clearview provider:"Provider 2"'


def test_what_is_pressed_stays_to_be_taken_back_where_nothing_is_found(qtbot, facets, view):
    view.look(query='zzz topic:"Biometrics"')
    facets.set_answer(Answer(view.looking.query, 0, (), 0.01))
    press(qtbot, facets, "Biometrics")
    assert view.looking.query == "zzz"


def test_keys_press_too(qtbot, facets, view):
    facets.list.setFocus()
    facets.list.setCurrentIndex(facets.list.lines.index(names(facets).index("Unread")))
    qtbot.keyClick(facets.list, Qt.Key.Key_Space)
    assert view.looking.query == "clearview is:unread"


def test_years_are_pressed_with_keys_and_gaps_are_shown(qtbot, facets, view):
    assert facets.years.years == [2019, 2020, 2021, 2022]
    facets.years.setFocus()
    qtbot.keyClick(facets.years, Qt.Key.Key_Left)
    assert "2021, 10 articles" in facets.years.accessibleName()
    qtbot.keyClick(facets.years, Qt.Key.Key_Return)
    assert view.looking.query == "clearview date:2021"


def test_the_way_back_ends_the_search(qtbot, facets, view):
    qtbot.mouseClick(facets.back, Qt.MouseButton.LeftButton)
    assert view.looking.query == ""


def test_an_answer_to_another_query_is_left_alone(facets, view):
    view.look(query="iris")
    facets.set_answer(answer("clearview", topic={"Wrong": 1}))
    assert "Wrong" not in names(facets)


def test_it_is_drawn_in_both_themes_with_names_of_any_length(qapp, facets, view):
    facets.set_answer(answer("clearview", provider={"x" * 500: 100_000, "هيئات حماية البيانات": 1}))
    for name in ("light", "dark"):
        theme.apply(qapp, name)
        assert not facets.grab().isNull()
