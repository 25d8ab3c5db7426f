"""The list as the analyst uses it: it never moves by itself, and one's place outlives whatever happens to the library."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QWidget

from reader.analysis.hot import place
from reader.errors import EngineStopped, NotFound
from reader.library import Library
from reader.records import Scope
from tests.pictures import lines
from ui.actions import Actions
from ui.list.result_model import HIT
from ui.list.row_menu import row_menu
from ui.list.thread_list import ThreadList
from ui.list.thread_model import ROW
from ui.view import Selection, View
from ui.window_settings import WindowSettings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ui.engine import Engine

PATIENCE = 30_000


@pytest.fixture
def view(qapp) -> View:
    return View()


@pytest.fixture
def window(qtbot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def made(qtbot, engine, shelf, view, sample: Path, window) -> ThreadList:
    """The list, shown, with the keys, before it has heard from the engine."""
    made = ThreadList(engine, shelf, view, Actions(window), WindowSettings(sample))
    made.resize(462, 800)
    qtbot.addWidget(made)
    made.show()
    made.focus_list()
    return made


@pytest.fixture
def there(made, qtbot) -> ThreadList:
    """The list, with the sample coverage in it, by heat."""
    qtbot.waitUntil(made.rows.isVisible, timeout=PATIENCE)
    return made


@pytest.fixture
def look(there, view, qtbot) -> Callable[..., None]:
    """Look at something else, and wait until it is shown."""

    def looked(**changes) -> None:
        with qtbot.waitSignal(there.listed, timeout=PATIENCE):
            view.look(**changes)

    return looked


@pytest.fixture
def do(there, engine: Engine, qtbot) -> Callable[..., None]:
    """Give a command, and wait until the list knows what came of it."""

    def done(command, *args) -> None:
        asking = there._current._asking.answered
        with qtbot.waitSignal(asking, timeout=PATIENCE):
            engine.call(command, *args)

    return done


def titles(rows) -> list[str]:
    return [line[4:] for line in lines(rows)]


# Going about


def test_threads_stand_by_heat_and_nothing_is_chosen(there, view):
    heats = [there.model.thread_row(row).heat for row in range(there.model.rowCount())]
    assert heats == sorted(heats, reverse=True)
    assert len(heats) > 50
    assert view.looking.selection == Selection()
    assert not any(line.startswith(">") for line in lines(there.rows))


def test_keys_go_through_threads_and_into_them(there, view, qtbot):
    there.next_row()
    first = view.looking.selection
    head = there.model.thread_row(0)
    assert (first.thread, first.article, len(first.articles)) == (head.id, head.head, head.size)
    there.toggle_open()
    assert view.looking.selection.articles == (head.head,)
    there.next_row()
    assert view.looking.selection.article == there.model.members(0)[0]
    assert view.looking.selection.threads == ()
    there.previous_row()
    assert view.looking.selection.threads == (head.id,)
    qtbot.keyClick(there.rows, Qt.Key.Key_Left)
    assert not there.rows.isExpanded(there.model.index(0))
    qtbot.keyClick(there.rows, Qt.Key.Key_Right)
    qtbot.keyClick(there.rows, Qt.Key.Key_Right)
    assert there.rows.currentIndex().parent() == there.model.index(0)
    qtbot.keyClick(there.rows, Qt.Key.Key_Left)
    assert there.rows.currentIndex() == there.model.index(0)
    qtbot.keyClick(there.rows, Qt.Key.Key_End)
    assert there.rows.currentIndex().row() == there.model.rowCount() - 1


def test_closing_a_thread_from_within_goes_to_the_thread(there, view):
    there.next_row()
    there.toggle_open()
    there.next_row()
    there.toggle_open()
    assert view.looking.selection.threads == (there.model.thread_row(0).id,)
    assert len(view.looking.selection.articles) == there.model.thread_row(0).size


def test_letters_do_not_search_for_titles(there, qtbot):
    there.next_row()
    before = there.rows.currentIndex()
    qtbot.keyClicks(there.rows, "z")
    assert there.rows.currentIndex() == before


def test_several_rows_are_chosen_together(there, view, qtbot):
    there.next_row()
    qtbot.keyClick(there.rows, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: len(view.looking.selection.threads) == 2)
    both = [*there.model.members(0), *there.model.members(1)]
    assert list(view.looking.selection.articles) == both
    assert view.looking.selection.threads == (there.model.thread_row(0).id, there.model.thread_row(1).id)


def test_next_unread_visits_every_unread_article_once(there, engine, view, qtbot):
    unread = {
        there.model.article_row(row, place).id
        for row in range(4)
        for place in range(len(there.model.members(row)))
        if not there.model.article_row(row, place).read
    }
    seen = []
    while len(seen) < len(unread):
        assert there.next_unread()
        shown = view.looking.selection.article
        seen.append(shown)
        with qtbot.waitSignal(engine.changed, timeout=PATIENCE):
            engine.call(Library.opened, [shown])
    assert sorted(seen) == sorted(unread)


def test_without_unread_there_is_no_next_one(there, do):
    do(Library.mark, "read", there.whole_list(), True)
    assert not there.next_unread()


# What others choose, and what is looked at


def test_what_others_choose_is_shown(there, view):
    thread = there.model.thread_row(40)
    member = there.model.members(2)[1]
    view.look(selection=Selection(there.model.thread_row(2).id, member, (member,)))
    assert there.rows.isExpanded(there.model.index(2))
    assert there.rows.currentIndex().data(ROW).id == member
    view.look(selection=Selection(thread.id, thread.head, (thread.head,), (thread.id,)))
    assert there.rows.currentIndex() == there.model.find(thread.id)
    assert there.rows.viewport().rect().intersects(there.rows.visualRect(there.rows.currentIndex()))


def test_what_is_not_in_the_list_can_be_chosen_elsewhere(there, view):
    there.next_row()
    gone = Selection(9_999, 99_999, (99_999,))
    view.look(selection=gone)
    assert view.looking.selection == gone
    assert not there.rows.selectionModel().hasSelection()


def test_tabs_and_headings_are_the_view(there, view, qtbot):
    with qtbot.waitSignal(there.listed, timeout=PATIENCE):
        there.sort_line.tabs["starred"].click()
    assert view.looking.narrowing == "starred"
    assert 0 < there.model.rowCount() < 20
    with qtbot.waitSignal(there.listed, timeout=PATIENCE):
        there.sort_line.headings["newest"].click()
    assert (view.looking.order, view.looking.ascending) == ("newest", False)
    with qtbot.waitSignal(there.listed, timeout=PATIENCE):
        there.sort_line.headings["newest"].click()
    dates = [there.model.thread_row(row).last for row in range(there.model.rowCount())]
    assert view.looking.ascending
    assert dates == sorted(dates)
    assert "lowest first" in there.sort_line.headings["newest"].accessibleName()


def test_what_is_hot_has_an_order_of_its_own_over_the_column_of_heat(there, view, qtbot):
    heading = there.sort_line.headings["heat"]
    with qtbot.waitSignal(there.listed, timeout=PATIENCE):
        there.sort_line.tabs["hot"].click()
    assert (heading.text(), heading.isChecked()) == ("Hot", True)
    assert heading.accessibleName() == "Order by hot, highest first"
    rows = [there.model.thread_row(row) for row in range(there.model.rowCount())]
    assert [row.id for row in rows] == [row.id for row in sorted(rows, key=_hot, reverse=True)]
    with qtbot.waitSignal(there.listed, timeout=PATIENCE):
        view.look(order="heat")
    assert (heading.text(), heading.isChecked()) == ("Heat", True)


def _hot(row):
    return place(row.heat, row.momentum, int(row.last.timestamp()), int(datetime.now(UTC).timestamp()))


def test_unread_articles_are_counted_where_they_can_be(there, engine, view, qtbot):
    with qtbot.waitSignal(engine.ask(Library.counts).done, timeout=PATIENCE) as told:
        pass
    counts = told.args[0]
    unread = there.sort_line.tabs["unread"]
    there.take_counts(counts)
    assert unread.accessibleName() == f"Show unread {counts.unread}"
    with qtbot.waitSignal(there.listed, timeout=PATIENCE):
        view.look(scope=Scope("folder", name="Authorities"))
    there.take_counts(counts)
    assert unread.accessibleName() == "Show unread"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"scope": Scope("feed", 1)}, "none_here"),
        ({"scope": Scope("feed", 1), "narrowing": "unread"}, "all_read"),
        ({"scope": Scope("feed", 1), "narrowing": "hot"}, "none_hot"),
        ({"query": "xyzzyqwv"}, "no_results"),
    ],
)
def test_an_empty_list_says_why(there, view, qtbot, changes, reason):
    words = QLabel("Nothing")
    there.set_placeholder(words)
    with qtbot.waitSignal(there.emptied, timeout=PATIENCE) as told:
        view.look(**changes)
    assert told.args == [reason]
    assert words.isVisible()


def test_nothing_is_said_of_a_list_that_comes_at_once(qtbot, engine, shelf, view, sample, window, monkeypatch):
    monkeypatch.setattr("ui.list.thread_list.PATIENCE", PATIENCE)  # "at once" on any machine
    made = ThreadList(engine, shelf, view, Actions(window), WindowSettings(sample))
    qtbot.addWidget(made)
    seen = []
    made._pages.currentChanged.connect(seen.append)
    made.show()
    made.focus_list()
    qtbot.waitUntil(made.rows.isVisible, timeout=PATIENCE)
    assert seen == [made._pages.indexOf(made.rows)]
    assert made.rows.hasFocus() or not made.isActiveWindow()


# While the library changes


def test_an_article_that_was_read_is_shown_so_without_anything_moving(there, do):
    there.next_row()
    place, shown = there.rows.place(), there.whole_list()
    head = there.model.thread_row(0)
    do(Library.opened, list(there.model.members(0)))
    assert there.model.thread_row(0).unread == 0
    assert head.unread > 0
    assert there.rows.place() == place
    assert there.whole_list() == shown
    assert not there.strip.isVisible()


def test_what_is_read_stays_in_the_list_of_the_unread(there, look, do, view):
    look(narrowing="unread")
    there.next_row()
    shown, chosen = there.whole_list(), view.looking.selection
    do(Library.opened, list(chosen.articles))
    assert there.whole_list() == shown
    assert not there.strip.isVisible()
    there.show_new()
    assert set(there.whole_list()) == set(shown) - set(chosen.articles)
    assert view.looking.selection == chosen  # the page goes on showing it


def test_what_is_new_waits_until_it_is_asked_for_and_then_nothing_is_lost(there, look, do, view):
    look(narrowing="starred")
    there.next_row()
    there.toggle_open()
    there.next_row()
    shown, chosen = lines(there.rows), view.looking.selection
    others = [there.model.listing.threads[0]]
    unstarred = [id for id in range(1, 60) if id not in there.whole_list()]
    do(Library.mark, "starred", unstarred, True)
    assert there.strip.isVisible()
    assert "new or changed" in there.strip.text()
    assert titles(there.rows) == [line[4:] for line in shown]
    there.strip.click()
    assert not there.strip.isVisible()
    assert there.model.rowCount() > len(shown)
    assert view.looking.selection == chosen
    assert [id for id in there.rows.opened() if id in others] == others
    assert there.rows.currentIndex().data(ROW).id == chosen.article


def test_the_row_at_the_top_stays_there(there, look, do, qtbot):
    look(order="newest", ascending=True)
    there.rows.verticalScrollBar().setValue(1_000)
    before = there.rows.place()
    hidden = list(there.model.members(2))
    do(Library.mark, "hidden", hidden, True)
    there.show_new()
    after = there.rows.place()
    assert not set(hidden) & set(there.whole_list())
    assert (after.top, after.above) == (before.top, before.above)


def test_what_the_analyst_does_herself_is_there_at_once(there, engine, qtbot):
    there.next_row()
    hidden = list(there.model.members(3))
    with qtbot.waitSignal(engine.call(Library.mark, "hidden", hidden, True).done, timeout=PATIENCE):
        pass
    there.show_new()
    qtbot.waitUntil(lambda: not set(hidden) & set(there.whole_list()), timeout=PATIENCE)
    assert not there.strip.isVisible()
    with qtbot.waitSignal(engine.call(Library.undo).done, timeout=PATIENCE):
        pass
    there.show_new()
    qtbot.waitUntil(lambda: set(hidden) <= set(there.whole_list()), timeout=PATIENCE)


def test_an_empty_list_fills_itself(there, view, look, do, engine, qtbot):
    starred = there.whole_list()
    do(Library.mark, "starred", starred, False)
    look(narrowing="starred")
    assert there.model.rowCount() == 0
    engine.call(Library.mark, "starred", starred[:3], True)
    qtbot.waitUntil(lambda: there.model.rowCount() > 0, timeout=PATIENCE)
    assert there.rows.isVisible()


# Searching


def test_a_search_shows_what_it_found_and_esc_brings_the_list_back(there, look, view, qtbot):
    there.next_row()
    there.rows.verticalScrollBar().setValue(700)
    place, chosen = there.rows.place(), view.looking.selection
    with qtbot.waitSignal(there.answered, timeout=PATIENCE) as told:
        view.look(query="clearview fine")
    answer = told.args[0]
    assert there.found.isVisible()
    assert list(there.found.results.ids) == [hit.id for hit in answer.hits] == there.whole_list()
    assert there.found.model().index(0, 0).data(HIT) == answer.hits[0]
    there.next_row()
    assert view.looking.selection.article == answer.hits[0].id
    with qtbot.waitSignal(there.answered, timeout=PATIENCE) as told:
        view.look(query="")
    assert told.args == [None]
    assert there.rows.isVisible()
    assert there.rows.place() == place
    qtbot.waitUntil(lambda: view.looking.selection == chosen)


def test_facets_are_counted_once_one_stops_typing(there, view, qtbot):
    counted = []
    there.found.counted.connect(counted.append)
    with qtbot.waitSignal(there.answered, timeout=PATIENCE):
        view.look(query="fac", is_typing=True)
    with qtbot.waitSignal(there.found.counted, timeout=PATIENCE):
        view.look(query="facial", is_typing=True)
    assert [answer.query for answer in counted] == ["facial"]
    assert sum(counted[0].facets["provider"].values()) == counted[0].total == there.found.results.total


def test_what_finds_nothing_has_no_facets(there, view, qtbot):
    with qtbot.waitSignal(there.found.counted, timeout=PATIENCE) as told:
        view.look(query="nobodywritesthis")
    assert told.args[0].facets == {}


def test_keys_walk_through_what_was_found(there, look, qtbot):
    look(query="facial recognition")
    qtbot.waitUntil(lambda: bool(there.whole_list()) and there.found.isVisible(), timeout=PATIENCE)
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down):
        qtbot.keyClick(there.found, key)
    assert there.found.currentIndex().row() == 2


def test_a_search_is_ordered_by_its_headings(there, look, view, qtbot):
    look(query="facial recognition")
    best = there.whole_list()
    assert there.sort_line.headings["best"].isChecked()
    with qtbot.waitSignal(there.answered, timeout=PATIENCE):
        there.sort_line.headings["newest"].click()
    dates = [there.found.results.row(there.found.results.index(row)).date for row in range(len(best))]
    assert dates == sorted(dates, reverse=True)
    with qtbot.waitSignal(there.answered, timeout=PATIENCE):
        there.sort_line.headings["best"].click()
    assert there.whole_list() == best


def test_more_of_what_was_found_comes_as_one_scrolls(there, look, qtbot, monkeypatch):
    monkeypatch.setattr("ui.list.found_view.FIRST", 20)
    monkeypatch.setattr("ui.list.found_view.HITS", 20)
    look(query="facial OR privacy OR data")
    total = there.found.results.total
    assert len(there.whole_list()) == 20 < total
    while len(there.whole_list()) < total:
        before = len(there.whole_list())
        there.found.verticalScrollBar().setValue(0)
        there.found.scrollToBottom()
        qtbot.waitUntil(lambda before=before: len(there.whole_list()) > before, timeout=PATIENCE)
    assert len(set(there.whole_list())) == total


def test_what_was_found_fills_the_view(there, look, qtbot, monkeypatch):
    monkeypatch.setattr("ui.list.found_view.FIRST", 2)
    monkeypatch.setattr("ui.list.found_view.HITS", 2)
    there.resize(there.width(), 5 * there.found.delegate.layout(0).height)
    look(query="facial OR privacy OR data")
    qtbot.waitUntil(lambda: bool(there.found.verticalScrollBar().maximum()), timeout=PATIENCE)
    there.resize(there.width(), 9 * there.found.delegate.layout(0).height)
    qtbot.waitUntil(lambda: bool(there.found.verticalScrollBar().maximum()), timeout=PATIENCE)


# The mouse


def test_actions_appear_under_the_mouse_and_choose_nothing(there, view, qtbot):
    pressed = []
    there.marked.connect(lambda name, selection: pressed.append((name, selection)))
    row = there.rows.visualRect(there.model.index(1))
    place = there.rows.delegate.layout(row.width())
    for number in range(3):
        at = QPoint(place.action_x(number) + 8, row.top() + place.baselines[0] - 4)
        qtbot.mouseMove(there.rows.viewport(), at)
        qtbot.mouseClick(there.rows.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert [name for name, _ in pressed] == ["toggle_read", "star", "add_to_briefing"]
    assert {selection.thread for _, selection in pressed} == {there.model.thread_row(1).id}
    assert len(pressed[0][1].articles) == there.model.thread_row(1).size
    assert view.looking.selection == Selection()


def test_a_chevron_opens_and_a_row_chooses(there, view, qtbot):
    row = there.rows.visualRect(there.model.index(1))
    place = there.rows.delegate.layout(row.width())
    chevron = QPoint(place.chevron + 6, row.top() + place.baselines[0] - 4)
    qtbot.mouseClick(there.rows.viewport(), Qt.MouseButton.LeftButton, pos=chevron)
    assert there.rows.isExpanded(there.model.index(1))
    assert view.looking.selection == Selection()
    qtbot.mouseClick(there.rows.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, row.top() + 40))
    qtbot.waitUntil(lambda: view.looking.selection.thread == there.model.thread_row(1).id)


def test_the_menu_offers_what_can_be_done(there):
    there.next_row()
    menu = row_menu(there._actions, there)
    names = {action.objectName() for action in menu.actions() if action.objectName()}
    assert {"toggle_read", "star", "add_to_briefing", "merge", "open_in_browser"} <= names
    menu.deleteLater()


def test_compact_rows_keep_the_place(there):
    there.rows.verticalScrollBar().setValue(1_500)
    top = there.rows.place().top
    there._settings.choose("compact", True)
    assert there.rows.visualRect(there.model.index(0)).height() == 44
    assert there.rows.place().top == top


# When something is wrong


def test_a_list_outlives_its_engine(there, do, engine, qtbot):
    there.next_row()
    before = lines(there.rows)
    there._current._asking.failed.emit(EngineStopped())
    assert lines(there.rows) == before
    assert there.rows.isVisible()
    with qtbot.waitSignal(there._current._asking.answered, timeout=PATIENCE):
        engine.ready.emit()
    assert lines(there.rows) == before


def test_a_list_that_cannot_be_had_is_said_and_asked_for_again(made, engine, qtbot):
    told = []
    engine.failed.connect(told.append)
    broken = NotFound("feed", 1)
    with qtbot.waitSignal(made.emptied, timeout=PATIENCE) as why:
        made._view.look(scope=Scope("starred"))  # another list, so that none is there to be kept
        made._current._asking.forget()
        made._current._asking.failed.emit(broken)
    assert why.args == ["failed"]
    assert told == [broken]
    with qtbot.waitSignal(made.listed, timeout=PATIENCE):
        engine.ready.emit()
    assert made.rows.isVisible()
