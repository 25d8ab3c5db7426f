"""The briefing editor: what is typed is kept, whatever happens; what is added comes into the briefing that is meant."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QFileDialog, QTextEdit, QWidget

from reader.library import Library
from reader.records import BriefingItem
from tests.ui.briefing_desk import WAIT, Desk, keys_of
from ui.briefing import drafts as briefing_drafts
from ui.briefing.editor import KEPT
from ui.briefing.list import Nothing
from ui.engine import Engine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window


@pytest.fixture
def desk(qtbot: QtBot, engine: Engine, sample: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, engine, sample)
    yield desk
    desk.close()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words are saved soon after the last key, not when a person would pause."""
    monkeypatch.setattr(briefing_drafts, "PAUSE_MS", 50)


# All briefings


def test_all_briefings_stand_in_a_list_and_enter_opens_one(desk: Desk) -> None:
    desk.wait(lambda: desk.editor.list.model.rowCount() == 1)
    QTest.keyClick(desk.editor.list.view, Qt.Key.Key_Return)
    assert desk.view.looking.briefing == 1
    desk.wait(lambda: desk.editor.words.title.words == desk.stored.title)


def test_where_there_is_no_briefing_one_is_told_how_to_begin(desk: Desk) -> None:
    desk.wait(lambda: desk.editor.list.model.rowCount() == 1)
    QTest.keyClick(desk.editor.list.view, Qt.Key.Key_Delete)
    nothing = desk.editor.findChild(Nothing)
    assert nothing is not None
    desk.wait(nothing.isVisible)
    desk.engine.call(Library.undo)
    desk.wait(lambda: not nothing.isVisible())


def test_a_new_briefing_opens_with_its_title_to_be_typed(desk: Desk) -> None:
    desk.editor.new_briefing()
    desk.wait(lambda: desk.editor.words.title.textCursor().hasSelection())
    QTest.keyClicks(desk.editor.words.title, "Week 47")
    desk.settle()
    assert desk.stored.title == "Week 47"
    assert desk.view.looking.briefing == desk.stored.id != 1


# Words


@pytest.mark.usefixtures("quick")
def test_what_is_typed_is_saved_after_a_pause(desk: Desk) -> None:
    desk.open()
    QTest.keyClicks(desk.editor.words.summary, "In short: ")
    assert desk.editor.drafts.state(1) == "Not saved yet"
    desk.wait(lambda: desk.editor.drafts.state(1).startswith("Saved "))
    assert desk.stored.summary.startswith("In short: ")


def test_what_is_typed_is_saved_when_its_field_is_left(desk: Desk) -> None:
    desk.open()
    first = desk.blocks[0].comment
    first.setFocus()
    QTest.keyClicks(first, "Look: ")
    desk.editor.words.title.setFocus()
    desk.wait(lambda: desk.stored.items[0].comment.startswith("Look: "))


def test_what_is_typed_is_saved_when_another_place_is_looked_at(desk: Desk) -> None:
    desk.open()
    QTest.keyClicks(desk.editor.words.audience, "The board, ")
    desk.view.look(place="desk")
    desk.wait(lambda: desk.stored.audience.startswith("The board, "))


def test_a_change_from_elsewhere_is_shown_but_never_over_words_that_are_not_saved(desk: Desk) -> None:
    desk.open()
    QTest.keyClicks(desk.editor.words.title, "Mine ")
    mine = desk.editor.words.title.words
    desk.library.edit_briefing(1, title="Theirs", audience="Theirs too")
    desk.wait(lambda: desk.editor.words.audience.words == "Theirs too")
    assert desk.editor.words.title.words == mine
    desk.settle()
    assert desk.stored.title == mine


def test_a_space_at_the_end_stays_while_one_types_on(desk: Desk) -> None:
    desk.open()
    summary = desk.editor.words.summary
    summary.setFocus()
    summary.moveCursor(summary.textCursor().MoveOperation.End)
    QTest.keyClicks(summary, " And ")
    desk.settle()
    desk.wait(lambda: desk.editor.open_briefing.material and desk.editor.open_briefing.material.briefing.summary.endswith("And"))
    QTest.keyClicks(summary, "more.")
    desk.settle()
    assert desk.stored.summary.endswith(" And more.")


def test_words_typed_back_while_they_are_being_saved_are_not_lost(desk: Desk) -> None:
    desk.open()
    title, before = desk.editor.words.title, desk.stored.title
    QTest.keyClicks(title, "x")
    desk.editor.save()
    QTest.keyClick(title, Qt.Key.Key_Backspace)
    desk.wait(lambda: not desk.editor.drafts.is_busy)
    desk.settle()
    assert title.words == before == desk.stored.title


def test_what_the_library_refuses_stays_in_the_field_and_is_said(desk: Desk) -> None:
    desk.open()
    before = desk.stored.title
    desk.editor.words.title.selectAll()
    QTest.keyClick(desk.editor.words.title, Qt.Key.Key_Delete)
    desk.editor.save()
    desk.wait(lambda: desk.editor.drafts.state(1) == "Not saved: A briefing needs a title")
    assert desk.stored.title == before
    QTest.keyClicks(desk.editor.words.title, "Again")
    desk.settle()
    assert desk.stored.title == "Again"


def test_pasted_words_are_plain_and_a_title_has_one_line(desk: Desk) -> None:
    desk.open()
    pasted = QMimeData()
    pasted.setHtml("<b>One</b><br>two")
    pasted.setText("One\ntwo ")
    desk.editor.words.title.selectAll()
    desk.editor.words.title.insertFromMimeData(pasted)
    assert desk.editor.words.title.words == "One two"
    assert "<b>" not in desk.editor.words.title.toHtml()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a signal")
def test_words_outlive_the_engine_and_are_saved_when_it_is_back(qtbot: QtBot, sample: Path) -> None:
    engine = Engine(sample)
    desk = Desk(qtbot, engine, sample)
    desk.open()
    assert engine.process_id
    QTest.keyClicks(desk.editor.words.title, "Kept ")
    os.kill(engine.process_id, signal.SIGKILL)
    desk.editor.save()
    desk.wait(lambda: not engine.is_ready)
    assert desk.editor.words.title.words.startswith("Kept ")
    desk.wait(lambda: desk.stored.title.startswith("Kept "))
    desk.wait(lambda: desk.editor.drafts.is_empty)
    desk.close()
    engine.close()


def test_words_for_a_briefing_that_is_left_are_there_when_it_is_opened_again(desk: Desk) -> None:
    desk.open()
    desk.editor.words.title.selectAll()
    QTest.keyClick(desk.editor.words.title, Qt.Key.Key_Delete)
    desk.view.look(briefing=None)
    desk.wait(lambda: desk.editor.drafts.is_in_trouble(1))
    desk.open()
    desk.wait(lambda: desk.editor.words.audience.words)
    assert desk.editor.words.title.words == ""


def test_words_that_no_engine_could_save_are_saved_by_the_next_window(desk: Desk, qtbot: QtBot, sample: Path) -> None:
    desk.open()
    desk.engine.close()
    desk.wait(lambda: not desk.engine.is_ready)
    QTest.keyClicks(desk.editor.words.title, "Kept aside ")
    desk.editor.save()
    desk.close()
    again = Engine(sample, own_process=False)
    next_one = Desk(qtbot, again, sample)
    next_one.wait(lambda: next_one.library.briefing(1).title.startswith("Kept aside "))
    next_one.wait(lambda: next_one.editor.drafts.is_empty)
    assert not next_one.settings.kept(KEPT)
    next_one.close()
    again.close()


def test_a_comment_on_what_is_removed_meanwhile_is_saved_when_it_is_brought_back(desk: Desk) -> None:
    desk.open()
    key, field = desk.order[0], desk.blocks[0].comment
    QTest.keyClicks(field, "Still ")
    desk.library.remove_from_briefing(1, [BriefingItem(*key)])
    desk.editor.save()
    desk.wait(lambda: not desk.editor.drafts.is_busy and key not in desk.order)
    assert not desk.editor.drafts.is_in_trouble(1)
    desk.library.undo()
    desk.wait(lambda: desk.stored.items[0].comment.startswith("Still "))


# Adding


def test_things_are_added_to_the_briefing_that_was_open_last(desk: Desk) -> None:
    other = desk.library.new_briefing("Newer")
    desk.open()
    desk.view.look(place="desk")
    article = next(
        one.row.id for one in desk.library.articles()[1] if ("article", one.row.id) not in keys_of(desk.library.briefing(1))
    )
    with desk.bot.waitSignal(desk.editor.did, timeout=WAIT) as did:
        desk.editor.add([BriefingItem("article", article)])
    assert did.args[0].startswith("Added to “")
    assert ("article", article) in keys_of(desk.library.briefing(1))
    assert not desk.library.briefing(other).items
    with desk.bot.waitSignal(desk.editor.said, timeout=WAIT) as said:
        desk.editor.add([BriefingItem("article", article)])
    assert "already" in said.args[0]


def test_two_quick_keys_without_any_briefing_make_one(desk: Desk) -> None:
    desk.library.remove_briefing(1)
    one, two = (one.row.id for one in desk.library.articles(limit=2)[1])
    desk.editor.add([BriefingItem("article", one)])
    desk.editor.add([BriefingItem("article", two)])
    desk.wait(lambda: desk.library.briefings() and len(desk.library.briefings()[0].items) == 2)
    (made,) = desk.library.briefings()
    assert made.title.startswith("Briefing of ")


# For everybody


def test_everything_that_takes_keys_has_a_name(desk: Desk) -> None:
    desk.window.resize(1400, 800)
    desk.open()
    kinds = (QAbstractButton, QTextEdit, QAbstractItemView)
    for widget in desk.editor.findChildren(QWidget):
        if isinstance(widget, kinds) and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
            assert widget.accessibleName() or getattr(widget, "text", str)(), widget


def test_our_keys_do_not_reach_the_commands_of_the_window(desk: Desk) -> None:
    desk.open()
    hidden: list[bool] = []
    desk.actions["hide"].triggered.connect(hidden.append)
    assert desk.actions["hide"].shortcut() == QKeySequence(Qt.Key.Key_Delete)
    desk.editor.outline.view.setFocus()
    desk.editor.outline.choose(desk.order[0])
    QTest.keyClick(desk.window.windowHandle(), Qt.Key.Key_Delete)
    desk.wait(lambda: len(desk.order) == 7)
    assert not hidden


def test_a_briefing_that_is_still_being_read_is_exported_once_it_is_there(desk: Desk) -> None:
    desk.view.look(place="briefings", briefing=desk.library.briefings()[0].id)
    desk.editor.export()
    assert not desk.editor.findChildren(QFileDialog)
    desk.wait(lambda: desk.editor.findChildren(QFileDialog))
    (asking,) = desk.editor.findChildren(QFileDialog)
    assert asking.selectedFiles()[0].endswith(".pdf")
    asking.reject()
