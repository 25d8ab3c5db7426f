"""The rail beside an article: what it says of a thread, and that every row of it is reached by keys and heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QWidget

from reader.errors import LibraryError
from reader.library import Library
from reader.records import Statement, Statements
from reader.store import nearby
from ui import theme
from ui.actions import Actions
from ui.controls import Link
from ui.rail.parts import CopyRow, FactRow, HeadingRow, MoreRow, RailRow, RelatedRow, ReportRow, SideRow, StoryRow
from ui.rail.proofs import Proofs
from ui.rail.rail import _is_agreed
from ui.rail.thread_view import ThreadView
from ui.view import Selection, View

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from reader.records import Thread
    from reader.shelf import Shelf
    from ui.engine import Engine

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window


class Beside:
    """A rail in a window, and the sample threads by what they are good for."""

    window: QWidget

    def __init__(self, rail: ThreadView, view: View, engine: Engine, qtbot: QtBot) -> None:
        self.rail, self.view, self.engine, self.qtbot = rail, view, engine, qtbot
        found: list[tuple[int, list[Thread]]] = []
        engine.ask(Library.threads, "heat", 0, singles=True).then(found.append)
        qtbot.waitUntil(lambda: bool(found), timeout=10_000)
        self.threads = found[0][1]

    def first(self, fits: Callable[[Thread], bool]) -> Thread:
        return next(thread for thread in self.threads if fits(thread))

    def look(self, thread: Thread, article: int | None = None) -> None:
        self.view.look(selection=Selection(thread=thread.id, article=article or thread.head))
        self.qtbot.waitUntil(lambda: self.rail.shown_thread == thread.id, timeout=10_000)

    def rows(self, kind: type[RailRow] = RailRow) -> list[RailRow]:
        assert self.rail.rail is not None
        return [row for row in self.rail.rail.rows if isinstance(row, kind)]

    def words(self) -> str:
        return "\n".join(label.text() for label in self.rail.findChildren(QLabel))


@pytest.fixture
def beside(engine: Engine, shelf: Shelf, qtbot: QtBot) -> Beside:
    window = QWidget()
    qtbot.addWidget(window)
    view = View(window)
    rail = ThreadView(engine, shelf, view, Actions(window), window)
    window.resize(700, 900)
    rail.setGeometry(436, 0, 264, 900)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    beside = Beside(rail, view, engine, qtbot)
    beside.window = window  # held, for it dies with the last who knows it
    return beside


def has_copy(thread: Thread) -> bool:
    return any(member.copy_of for member in thread.members) and len(thread.members) > 5


def test_it_says_when_nothing_is_selected_and_what_would_stand_here(beside: Beside) -> None:
    assert beside.rail.rail is None
    assert "Select an article" in beside.words()


def test_an_article_that_is_not_grouped_is_told_from_nothing(beside: Beside) -> None:
    beside.view.look(selection=Selection(article=5))
    assert "Not grouped yet" in beside.words()


def test_a_single_article_says_that_no_one_else_reports_it(beside: Beside) -> None:
    beside.look(beside.first(lambda thread: len(thread.members) == 1))
    assert "No one else reports it yet" in beside.words()
    assert not beside.rows(ReportRow)


def test_reports_stand_first_to_last_with_copies_on_their_original(beside: Beside) -> None:
    thread = beside.first(has_copy)
    beside.look(thread)
    kinds = [type(row) for row in beside.rows() if isinstance(row, ReportRow | CopyRow)]
    originals = [member for member in thread.members if not member.copy_of]
    assert kinds.count(ReportRow) == len(originals)
    assert CopyRow in kinds
    assert kinds[0] is ReportRow
    for row, member in zip(beside.rows(ReportRow), originals, strict=True):
        assert member.row.provider in row.accessibleName()
        assert member.row.title in row.accessibleName()


def test_the_row_of_the_shown_article_is_marked_and_follows_it(beside: Beside) -> None:
    thread = beside.first(has_copy)
    beside.look(thread)
    assert [row.is_shown for row in beside.rows(ReportRow)].count(True) == 1
    copied = next(member.row.id for member in thread.members if member.copy_of)
    beside.view.look(selection=Selection(thread=thread.id, article=copied))
    assert not any(row.is_shown for row in beside.rows(ReportRow))
    assert [row.is_shown for row in beside.rows(CopyRow)].count(True) == 1


def test_a_pressed_report_is_wanted_on_the_page(beside: Beside) -> None:
    thread = beside.first(has_copy)
    beside.look(thread)
    with beside.qtbot.waitSignal(beside.rail.article_wanted) as wanted:
        beside.rows(ReportRow)[1].click()
    assert wanted.args[0] in {member.row.id for member in thread.members}


def test_what_they_agree_on_says_how_many_and_what_they_do_not_is_a_pair(beside: Beside) -> None:
    beside.look(beside.first(has_copy))
    assert any("stated by" in row.accessibleName() for row in beside.rows(FactRow))
    assert len(beside.rows(SideRow)) >= 2
    assert all("disagree" in row.accessibleName() for row in beside.rows(SideRow))


def test_a_fact_shows_the_sentence_that_proves_it_and_leads_to_its_article(beside: Beside) -> None:
    thread = beside.first(has_copy)
    beside.look(thread)
    row = beside.rows(FactRow)[0]
    row.setFocus()
    beside.qtbot.keyClick(row, Qt.Key.Key_Return)
    card = beside.rail.window().findChild(Proofs)
    assert card is not None
    assert card.isVisible()
    sentences = [label.text() for label in card.findChildren(QLabel)]
    assert any(fact.sentence in sentences for fact in thread.facts)
    with beside.qtbot.waitSignal(beside.rail.article_wanted):
        card.findChildren(Link)[0].click()
    assert not card.isVisible()


def test_esc_leaves_the_sentences_for_the_row(beside: Beside) -> None:
    beside.look(beside.first(has_copy))
    row = beside.rows(FactRow)[0]
    row.setFocus()
    row.click()
    card = beside.rail.window().findChild(Proofs)
    assert card is not None
    beside.qtbot.keyClick(card, Qt.Key.Key_Escape)
    assert row.hasFocus()


def test_a_storyline_marks_this_thread_and_leads_to_the_others(beside: Beside) -> None:
    thread = beside.first(lambda thread: thread.storyline is not None and len(thread.members) > 5)
    beside.look(thread)
    rows = beside.rows(StoryRow)
    assert sum("this thread" in row.accessibleName() for row in rows) == 1
    with beside.qtbot.waitSignal(beside.rail.storyline_wanted) as wanted:
        beside.rows(HeadingRow)[0].click()
    assert wanted.args == [thread.storyline]
    other = next(row for row in rows if "this thread" not in row.accessibleName())
    with beside.qtbot.waitSignal(beside.rail.thread_wanted):
        other.click()


def test_related_threads_come_with_their_heat_and_not_twice(beside: Beside) -> None:
    beside.look(beside.first(lambda thread: thread.storyline is not None and len(thread.members) > 5))
    related = beside.rows(RelatedRow)
    assert related
    assert all("heat" in row.accessibleName() for row in related)
    story = [row.accessibleName() for row in beside.rows(StoryRow)]
    assert not any(row.accessibleName().split(",")[0] in "".join(story) for row in related)


def test_notes_on_the_thread_are_read_here(beside: Beside) -> None:
    thread = beside.threads[0]
    beside.look(thread)
    beside.engine.call(Library.note, "Ask the <b>clerk</b>.", thread=thread.id)
    beside.qtbot.waitUntil(lambda: "Ask the <b>clerk</b>." in beside.words(), timeout=10_000)


def test_more_of_a_part_comes_when_it_is_wanted_and_the_focus_stays(beside: Beside) -> None:
    for thread in beside.threads:
        beside.look(thread)
        if any("more" in row.text() for row in beside.rows(MoreRow)):
            break
    (more,) = [row for row in beside.rows(MoreRow) if "more" in row.text()]
    before = len(beside.rows(FactRow))
    more.setFocus()
    more.click()
    assert len(beside.rows(FactRow)) > before
    assert any(row.hasFocus() for row in beside.rows())


def test_up_and_down_walk_through_all_rows_and_the_tab_key_knows_one(beside: Beside) -> None:
    beside.look(beside.first(has_copy))
    beside.rail.focus_rail()
    rows = beside.rows()
    assert rows[0].hasFocus()
    for row in rows[1:]:
        beside.qtbot.keyClick(beside.rail.window().focusWidget(), Qt.Key.Key_Down)
        assert row.hasFocus()
    beside.qtbot.keyClick(rows[-1], Qt.Key.Key_Home)
    assert rows[0].hasFocus()
    assert [row for row in rows if row.focusPolicy() == Qt.FocusPolicy.StrongFocus] == [rows[0]]


def test_every_row_is_heard(beside: Beside) -> None:
    beside.look(beside.first(has_copy))
    assert all(row.accessibleName() for row in beside.rows())


def test_the_two_numbers_ask_for_their_receipts(beside: Beside) -> None:
    thread = beside.threads[0]
    beside.look(thread)
    asked: list[tuple[str, int, QPoint]] = []
    beside.rail.explained.connect(lambda *what: asked.append(what))
    for name in ("Heat", "quality"):
        score = next(
            part
            for part in beside.rail.findChildren(QWidget)
            if name in part.accessibleName() and ": why" in part.accessibleName()
        )
        beside.qtbot.keyClick(score, Qt.Key.Key_Return)
    assert [what[:2] for what in asked] == [("heat", thread.id), ("quality", thread.head)]


def test_only_the_thread_looked_at_last_is_shown(beside: Beside) -> None:
    shown: list[int | None] = []
    for thread in beside.threads[:12]:
        beside.view.look(selection=Selection(thread=thread.id, article=thread.head))
        shown.append(beside.rail.shown_thread)
    last = beside.threads[11].id
    beside.qtbot.waitUntil(lambda: beside.rail.shown_thread == last, timeout=10_000)
    beside.qtbot.wait(100)
    assert beside.rail.shown_thread == last
    assert set(shown) == {None}  # nothing was waited for


def test_the_old_thread_stays_until_the_new_one_is_there(beside: Beside) -> None:
    first, second = beside.threads[:2]
    beside.look(first)
    beside.view.look(selection=Selection(thread=second.id, article=second.head))
    assert beside.rail.shown_thread == first.id
    assert beside.rail.rail is not None
    beside.qtbot.waitUntil(lambda: beside.rail.shown_thread == second.id, timeout=10_000)


def test_a_thread_that_is_gone_leaves_the_rail_empty_and_says_nothing_false(beside: Beside) -> None:
    beside.look(beside.threads[0])
    beside.view.look(selection=Selection(thread=99_999, article=1))
    beside.qtbot.waitUntil(lambda: beside.rail.rail is None, timeout=10_000)


def test_a_hidden_article_leaves_the_rail(beside: Beside) -> None:
    thread = beside.first(has_copy)
    beside.look(thread)
    before = len(beside.rows(ReportRow))
    beside.engine.call(Library.mark, "hidden", [thread.members[-1].row.id])
    beside.qtbot.waitUntil(lambda: len(beside.rows(ReportRow)) == before - 1, timeout=10_000)


def test_the_threshold_of_heat_is_the_one_that_was_chosen(beside: Beside) -> None:
    beside.look(beside.threads[0])
    beside.engine.call(Library.choose, "publish_at", 95.0)
    beside.qtbot.waitUntil(lambda: beside.rail._hot == 95, timeout=10_000)
    assert beside.rail._heat.hot == 95


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_it_is_drawn_at_every_width_in_both_themes(beside: Beside, appearance: str, qapp: object) -> None:
    theme.apply(qapp, appearance)
    beside.look(beside.first(has_copy))
    for wide in (240, 264, 360):
        beside.rail.resize(wide, 900)
        drawn = beside.rail.grab().toImage()
        assert drawn.pixelColor(2, drawn.height() - 2).name().upper() == theme.colours().list


def test_what_could_not_be_asked_is_told_and_the_rest_is_shown(beside: Beside, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise LibraryError("the disk is gone")

    monkeypatch.setattr(nearby, "related", broken)
    with beside.qtbot.waitSignal(beside.engine.failed, timeout=10_000):
        beside.look(beside.first(has_copy))
    assert beside.rows(ReportRow)
    assert not beside.rows(RelatedRow)


def test_who_was_first_is_marked_and_so_is_the_authoritys_own_page(beside: Beside) -> None:
    thread = beside.first(lambda thread: len(thread.members) > 2 and any(member.first for member in thread.members))
    beside.look(thread)
    heard = [row.text() for row in beside.rows(ReportRow)]
    assert sum("first to report" in words for words in heard) == 1
    primary = sum(member.primary for member in thread.members if member.copy_of is None)
    assert sum("the primary source" in words for words in heard) == primary


def test_only_what_most_state_and_nobody_states_otherwise_is_ticked() -> None:
    def stated(value: str, *own: int, kind: str = "count") -> Statement:
        return Statement(kind, value, frozenset(own), frozenset(), ())

    many, few = stated("20000000000 images", 1, 2, 3, 4), stated("10000000000 images", 1, 2, 3)
    fine, case = stated("EUR 20000000", 1, 2, 3, 4, kind="money"), stated("SAN-1", 1, 2, kind="case")
    told = Statements(7, (many, few, fine, case))
    assert [_is_agreed(one, told) for one in told.agreed] == [False, False, True, False]
