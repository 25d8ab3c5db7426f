"""The palette: what a few letters find, and what comes of choosing it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow

from reader.records import Scope
from ui import theme
from ui.actions import Actions
from ui.fuzzy import match
from ui.palette.model import Choice, offered
from ui.palette.palette import Palette
from ui.view import View


@pytest.fixture
def made(qtbot, engine):
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(1000, 700)
    before = QLineEdit()
    window.setCentralWidget(before)
    window.show()
    qtbot.waitExposed(window)
    before.setFocus()
    view, actions = View(window), Actions(window)
    palette = Palette(engine, view, actions, window)
    palette.open()
    qtbot.waitUntil(lambda: any(choice.scope for choice in palette._known))
    return SimpleNamespace(palette=palette, field=palette.field, view=view, actions=actions, window=window, before=before)


def shown(made):
    return [choice.words for choice in made.palette.choices.choices if not choice.is_heading]


def chosen(made):
    return made.palette.list.currentIndex().data()


# Letters


@pytest.mark.parametrize(
    ("wanted", "name", "found"),
    [
        ("mark re", "Mark the thread read", [(0, 4), (16, 18)]),
        ("mtr", "Mark the thread read", [(0, 1), (5, 6), (16, 17)]),
        ("DATEN", "Vorratsdaten", [(7, 12)]),
        ("identite", "Identité numérique", [(0, 8)]),
        ("حماية", "هيئات حماية البيانات", [(6, 11)]),
        ("xyz", "Mark the thread read", None),
    ],
)
def test_letters_are_found_where_a_reader_would_look(wanted, name, found):
    fit = match(wanted, name)
    assert (list(fit.spans) if fit else None) == found


def test_a_beginning_is_better_than_an_inside_and_that_than_single_letters():
    costs = [match("set", name).cost for name in ("Settings", "Reset", "Send early to")]
    assert costs == sorted(costs)


def test_a_few_of_each_kind_are_offered_the_best_first():
    known = [Choice("Go to", "rss", f"Feed: data {number}", scope=Scope("feed", number)) for number in range(500)]
    known.append(Choice("Go to", "tag", "Data", scope=Scope("topic", 1)))
    made = offered("data", known, [])
    assert made[0].is_heading
    assert made[1].words == "Data"
    assert len(made) < 10


# What is offered


def test_it_is_no_window_of_its_own_and_has_the_focus(made):
    assert [found for found in QApplication.topLevelWidgets() if found.isVisible()] == [made.window]
    assert made.field.hasFocus()


def test_empty_it_offers_places_and_commands(made):
    assert shown(made)[:3] == ["All", "Unread", "Hot"]
    assert "Add a feed …" in shown(made)


def test_a_command_is_found_by_its_words_and_given_by_enter(qtbot, made):
    qtbot.keyClicks(made.field, "mark whole")
    assert chosen(made) == "Mark the whole list read"
    with qtbot.waitSignal(made.actions["all_read"].triggered):
        qtbot.keyClick(made.field, Qt.Key.Key_Return)
    assert not made.palette.isVisible()
    assert made.before.hasFocus()


def test_a_command_that_cannot_be_given_is_not_offered(qtbot, made):
    made.actions["all_read"].setEnabled(False)
    made.palette.open()
    qtbot.keyClicks(made.field, "mark whole")
    assert "Mark the whole list read" not in shown(made)


def test_a_topic_a_folder_and_a_feed_are_places(qtbot, made):
    for words, kind in (("topic ai act", "topic"), ("folder regul", "folder"), ("cnil", "feed")):
        made.palette.open()
        qtbot.keyClicks(made.field, words)
        qtbot.keyClick(made.field, Qt.Key.Key_Return)
        assert made.view.looking.scope.kind == kind


def test_articles_and_threads_are_found_while_one_types(qtbot, made):
    qtbot.keyClicks(made.field, "clearv")
    qtbot.waitUntil(lambda: any(choice.section == "Threads" for choice in made.palette.choices.choices))
    made.palette._go(
        next(at for at, choice in enumerate(made.palette.choices.choices) if choice.article and not choice.is_heading)
    )
    choice = made.palette.choices.choices[made.palette.list.currentIndex().row()]
    qtbot.keyClick(made.field, Qt.Key.Key_Return)
    looking = made.view.looking
    assert (looking.place, looking.query, looking.selection.article) == ("desk", "", choice.article)
    assert looking.selection.thread == choice.thread


def test_what_comes_late_does_not_move_what_was_chosen(qtbot, made):
    qtbot.keyClicks(made.field, "reg")
    qtbot.keyClick(made.field, Qt.Key.Key_Down)
    before = chosen(made)
    qtbot.waitUntil(lambda: any(choice.section == "Articles" for choice in made.palette.choices.choices))
    assert chosen(made) == before


# Keys


def test_arrows_go_over_headings_and_around(qtbot, made):
    first = chosen(made)
    qtbot.keyClick(made.field, Qt.Key.Key_Up)
    last = chosen(made)
    assert last == shown(made)[-1]
    qtbot.keyClick(made.field, Qt.Key.Key_Down)
    assert chosen(made) == first
    assert made.field.accessibleDescription().startswith(first)


def test_esc_closes_and_gives_the_focus_back(qtbot, made):
    qtbot.keyClick(made.field, Qt.Key.Key_Escape)
    assert not made.palette.isVisible()
    assert made.before.hasFocus()


def test_a_press_elsewhere_closes(qtbot, made):
    qtbot.mouseClick(made.before, Qt.MouseButton.LeftButton)
    assert not made.palette.isVisible()


def test_what_nothing_has_is_said(qtbot, made):
    qtbot.keyClicks(made.field, "qqzzxx")
    assert shown(made) == []
    assert made.palette._nothing.isVisible()
    qtbot.keyClick(made.field, Qt.Key.Key_Return)
    assert made.palette.isVisible()


def test_it_stays_inside_a_small_window_and_is_drawn_in_both_themes(qapp, qtbot, made):
    made.window.resize(640, 420)
    qtbot.waitUntil(lambda: made.palette.geometry().bottom() <= made.window.height() + made.palette.SHADOW)
    for name in ("light", "dark"):
        theme.apply(qapp, name)
        assert not made.palette.grab().isNull()
