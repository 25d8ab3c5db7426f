"""Under the search field: what may be written next is offered, taken with Tab, and never in the way of a search."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow

from reader.records import Feed, Scope, Topic
from ui.actions import Actions
from ui.search.completing import Completing
from ui.search.query_help import QueryHelp
from ui.search.scope import clause_of, toggled
from ui.search.search_bar import SearchBar
from ui.view import View
from ui.window_settings import WindowSettings


@pytest.fixture
def made(qtbot, engine, tmp_path):
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(500, 500)
    view = View(window)
    bar = SearchBar(view, Actions(window), WindowSettings(tmp_path))
    completing = Completing(engine, bar.field)
    window.setCentralWidget(bar)
    window.show()
    qtbot.waitExposed(window)
    bar.focus_field()
    return SimpleNamespace(bar=bar, field=bar.field, view=view, completing=completing, list=completing.list, window=window)


def offered(made):
    return [made.list.item(at).text() for at in range(made.list.count())] if made.completing.is_offering else []


def test_a_field_and_then_its_values_are_taken_with_tab(qtbot, made):
    qtbot.keyClicks(made.field, "top")
    qtbot.waitUntil(lambda: offered(made) == ["topic:  a topic"])
    qtbot.keyClick(made.field, Qt.Key.Key_Tab)
    assert made.field.text() == "topic:"
    qtbot.waitUntil(lambda: "AI Act" in offered(made))
    qtbot.keyClicks(made.field, "ai a")
    qtbot.keyClick(made.field, Qt.Key.Key_Backspace)
    qtbot.keyClick(made.field, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: offered(made)[:1] == ["AI Act"])
    qtbot.keyClick(made.field, Qt.Key.Key_Down)
    qtbot.keyClick(made.field, Qt.Key.Key_Return)
    assert made.field.text() == 'topic:"AI Act" '
    qtbot.waitUntil(lambda: made.view.looking.query == 'topic:"AI Act"')


def test_esc_takes_the_list_away_and_nothing_else(qtbot, made):
    qtbot.keyClicks(made.field, "prov")
    qtbot.waitUntil(lambda: made.completing.is_offering)
    qtbot.keyClick(made.field, Qt.Key.Key_Escape)
    assert (made.field.text(), made.completing.is_offering) == ("prov", False)


def test_enter_searches_where_nothing_is_chosen_and_up_is_history(qtbot, made):
    made.field.history.remember("iris")
    qtbot.keyClicks(made.field, "title")
    qtbot.keyClick(made.field, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: made.completing.is_offering)
    qtbot.keyClick(made.field, Qt.Key.Key_Return)
    assert made.view.looking.query == "titl"
    qtbot.keyClick(made.field, Qt.Key.Key_Up)
    assert made.field.text() != ""


def test_an_operator_is_put_where_the_cursor_is(made):
    made.field.setText("iris face")
    made.field.setCursorPosition(4)
    made.bar._on_inserted(" OR ")
    assert made.field.text().split() == ["iris", "OR", "face"]
    made.field.clear()
    made.bar._on_inserted(' "…"')
    assert (made.field.text(), made.field.selectedText()) == ('"…"', "…")


def test_the_card_puts_its_examples_into_the_field(qtbot, made):
    card = QueryHelp(made.window)
    from ui.controls import Link

    link = next(link for link in card.findChildren(Link) if link.text() == "lang:fr")
    with qtbot.waitSignal(card.inserted) as inserted:
        link.click()
    assert inserted.args == ["lang:"]


def test_what_is_looked_at_becomes_a_clause_and_goes_again():
    topics, feeds = [Topic(3, "Data retention", "x")], [Feed(2, "https://a.example/feed", 'The "EDPB"')]
    assert clause_of(Scope("topic", 3), topics) == 'topic:"Data retention"'
    assert clause_of(Scope("feed", 2), feeds=feeds) == 'feed:"The EDPB"'
    assert clause_of(Scope("folder", name="Regulators")) == 'feed:"Regulators"'
    assert clause_of(Scope("unread")) == "is:unread"
    assert clause_of(Scope()) == ""
    assert toggled("iris", "is:unread") == "is:unread iris"
    assert toggled("is:unread iris", "is:unread") == "iris"
    assert toggled("", "is:unread") == "is:unread "
