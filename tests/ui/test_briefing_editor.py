"""The briefing editor: what is typed is kept, whatever happens; order, export and additions do what they say."""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QMimeData, QModelIndex, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QMainWindow, QTextEdit, QWidget

from reader.errors import PublishError
from reader.library import Library
from reader.records import BriefingItem
from reader.shelf import Shelf
from ui import briefing_drafts
from ui.actions import Actions
from ui.briefing_blocks import BlockView, Card
from ui.briefing_editor import BriefingEditor
from ui.briefing_export import file_name
from ui.briefing_list import Nothing
from ui.briefing_outline import KEYS
from ui.engine import Engine
from ui.view import View
from ui.window_settings import WindowSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from reader.records import Briefing, Progress

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window
WAIT = 15_000


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words are saved soon after the last key, not when a person would pause."""
    monkeypatch.setattr(briefing_drafts, "PAUSE_MS", 50)


class Desk:
    """An editor in a window, and a second look at its library."""

    def __init__(self, qtbot: QtBot, engine: Engine, folder: Path) -> None:
        self.bot, self.engine, self.view = qtbot, engine, View()
        qtbot.waitUntil(lambda: engine.is_ready, timeout=WAIT)
        self.window = QMainWindow()
        self.actions = Actions(self.window)
        self.shelf = Shelf(folder)
        self.library = Library(folder)
        self.editor = BriefingEditor(engine, self.shelf, self.view, self.actions, WindowSettings(folder))
        self.window.setCentralWidget(self.editor)
        self.window.resize(1000, 700)
        self.window.show()
        self.window.activateWindow()
        self.view.look(place="briefings")

    def close(self) -> None:
        """Take everything of Qt away here and now: collected later, on a thread of the engine, it would bring Qt down."""
        shiboken6.delete(self.window)
        gc.collect()
        self.library.close()
        self.shelf.close()

    def wait(self, until: Callable[[], object]) -> None:
        self.bot.waitUntil(lambda: bool(until()), timeout=WAIT)

    def open(self, id: int = 1) -> None:
        """Open a briefing, with everything on its column."""
        self.view.look(briefing=id)
        self.wait(lambda: self.editor.open_briefing.material is not None)
        self.wait(lambda: len(self.blocks) == len(self.library.briefing(id).items))

    def settle(self) -> None:
        """Wait until every word is in the library."""
        self.editor.save()
        self.wait(lambda: self.editor.drafts.is_empty)

    @property
    def stored(self) -> Briefing:
        """The open briefing as it is in the library."""
        assert self.editor.open_briefing.id is not None
        return self.library.briefing(self.editor.open_briefing.id)

    @property
    def blocks(self) -> list[BlockView]:
        """The things on the column, in order."""
        found = [block for block in self.editor.findChildren(BlockView) if not block.isHidden()]
        return sorted(found, key=lambda block: block.y())

    @property
    def order(self) -> list[tuple[str, int]]:
        """The things in the outline, in order."""
        return self.editor.outline.model.keys


@pytest.fixture
def desk(qtbot: QtBot, engine: Engine, sample: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, engine, sample)
    yield desk
    desk.close()


def keys_of(briefing: Briefing) -> list[tuple[str, int]]:
    return [(item.kind, item.target) for item in briefing.items]


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
    assert desk.editor.notice.words == "Removed the briefing"
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
    assert desk.editor.drafts.state == "Not saved yet"
    desk.wait(lambda: desk.editor.drafts.state.startswith("Saved "))
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
    desk.wait(lambda: desk.editor.drafts.state == "Not saved: A briefing needs a title")
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
    desk.wait(lambda: desk.editor.drafts.is_in_trouble)
    desk.open()
    desk.wait(lambda: desk.editor.words.audience.words)
    assert desk.editor.words.title.words == ""


# Order


def test_alt_and_an_arrow_move_a_part(desk: Desk) -> None:
    desk.open()
    outline, before = desk.editor.outline, keys_of(desk.stored)
    outline.choose(before[1])
    QTest.keyClick(outline.view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    wanted = [before[1], before[0], *before[2:]]
    desk.wait(lambda: keys_of(desk.stored) == wanted == desk.order)
    assert outline.view.currentIndex().row() == outline.model.row_of(before[1])
    QTest.keyClick(outline.view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    desk.wait(lambda: keys_of(desk.stored) == before == desk.order)
    desk.wait(lambda: [block.key for block in desk.blocks] == before)


def test_a_part_is_dragged_to_its_place(desk: Desk) -> None:
    desk.open()
    model, before = desk.editor.outline.model, keys_of(desk.stored)
    last = model.index(model.row_of(before[-1]))
    dragged = model.mimeData([last])
    assert dragged.hasFormat(KEYS)
    model.dropMimeData(dragged, Qt.DropAction.MoveAction, 1, 0, QModelIndex())
    desk.wait(lambda: desk.order == [before[-1], *before[:-1]])
    assert keys_of(desk.stored) == desk.order


def test_delete_takes_a_part_out_and_undo_brings_it_back_with_its_comment(desk: Desk) -> None:
    desk.open()
    before = desk.stored.items
    desk.editor.outline.choose(keys_of(desk.stored)[0])
    QTest.keyClick(desk.editor.outline.view, Qt.Key.Key_Delete)
    desk.wait(lambda: len(desk.order) == len(before) - 1)
    assert desk.editor.notice.words == "Took it out of the briefing"
    desk.engine.call(Library.undo)
    desk.wait(lambda: len(desk.blocks) == len(before))
    assert desk.stored.items == before
    assert desk.blocks[0].comment.words == before[0].comment


def test_what_is_added_elsewhere_appears_at_once(desk: Desk) -> None:
    desk.open()
    key = ("article", next(one.row.id for one in desk.library.articles()[1] if ("article", one.row.id) not in desk.order))
    desk.library.add_to_briefing(1, [BriefingItem(*key, "Seen late")])
    desk.wait(lambda: desk.order[-1] == key)
    desk.wait(lambda: desk.blocks[-1].key == key)
    assert desk.blocks[-1].comment.words == "Seen late"


# What the library knows


def test_quotes_say_whether_they_still_are_what_the_article_says(desk: Desk) -> None:
    desk.open()
    cards = desk.editor.findChildren(Card)
    assert len(cards) > 5
    assert all("to the letter" in card.accessibleName() for card in cards)
    block = next(block for block in desk.blocks if block.block and block.block.passages)
    assert block.block
    changed = replace(block.block.passages[0], stands=False)
    block.show_block(replace(block.block, passages=(changed,)))
    desk.wait(lambda: [card for card in block.findChildren(Card) if card.isVisible()])
    (card,) = [card for card in block.findChildren(Card) if card.isVisible()]
    assert "page changed since" in card.accessibleName()


def test_a_thing_that_is_gone_says_so_and_can_be_taken_out(desk: Desk) -> None:
    desk.open()
    key = next(key for key in desk.order if key[0] == "highlight")
    desk.library.remove_highlight(key[1])
    view = next(block for block in desk.blocks if block.key == key)
    desk.wait(lambda: view.block and view.block.gone == "This highlight was removed.")
    view.taken_out.emit(key)
    desk.wait(lambda: key not in desk.order)


def test_a_thread_that_was_merged_shows_where_its_articles_went(desk: Desk) -> None:
    desk.open()
    first, second = (id for kind, id in desk.order[:2] if kind == "thread")
    desk.library.merge_threads([first, second])
    rows = {row.id: row.title for row in desk.library.thread_rows([first, second])}
    assert len(rows) == 1
    title = next(iter(rows.values()))
    desk.wait(lambda: [block.title.text() for block in desk.blocks[:2]] == [title, title])


def test_a_briefing_that_is_removed_while_it_is_open_leads_back_to_the_list(desk: Desk) -> None:
    desk.open()
    desk.library.remove_briefing(1)
    desk.wait(lambda: desk.view.looking.briefing is None)
    assert desk.editor.notice.words == "This briefing was removed"


def test_two_hundred_parts_with_long_comments_all_come(desk: Desk) -> None:
    rows = desk.library.articles(limit=200)[1]
    items = [BriefingItem("article", one.row.id, "مرحبا بالعالم " * 40 if one.row.id % 2 else "word " * 900) for one in rows]
    id = desk.library.new_briefing("ملخص السياسات: التعرف على الوجوه", items)
    desk.open(id)
    assert [block.key for block in desk.blocks] == keys_of(desk.stored)
    desk.wait(lambda: all(block.comment.height() > 150 for block in desk.blocks))


# Pages


def test_pages_are_those_of_the_briefing_and_made_anew_when_it_changed(desk: Desk) -> None:
    desk.window.resize(1400, 800)
    desk.open()
    desk.wait(lambda: desk.editor.pages.sheets.count > 3)
    with desk.bot.waitSignal(desk.editor.pages.drawn, timeout=WAIT):
        desk.library.edit_briefing(1, title="Another")


def test_pages_that_cannot_be_made_say_why(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def preview_briefing(_library: Library, _id: int, _pages: list[bytes], _ppi: int = 110) -> Iterator[Progress]:
        raise PublishError("the typesetter is missing")
        yield

    preview_briefing.__module__, preview_briefing.__qualname__ = "reader.library", "Library.preview_briefing"
    monkeypatch.setattr(Library, "preview_briefing", preview_briefing)
    desk.window.resize(1400, 800)
    desk.open()
    desk.wait(desk.editor.pages.trouble.isVisible)
    assert "The typesetter is missing" in desk.editor.pages.trouble.text()


def test_pages_fold_away_where_there_is_no_room(desk: Desk) -> None:
    desk.open()
    assert not desk.editor.pages.isVisible()
    assert not desk.engine.jobs


# Export


@pytest.mark.parametrize("ending", [".pdf", ".html", ".md", ".json"])
def test_an_export_has_every_word_that_was_typed_until_then(desk: Desk, tmp_path: Path, ending: str) -> None:
    desk.open()
    QTest.keyClicks(desk.editor.words.title, "Latest ")
    path = tmp_path / f"out{ending}"
    with desk.bot.waitSignal(desk.editor.said, timeout=60_000) as said:
        desk.editor.export_to(path)
    assert said.args[0].startswith("Wrote \u2068out")
    assert "sources" in said.args[0]
    assert ("pages" in said.args[0]) == (ending == ".pdf")
    if ending == ".json":
        assert json.loads(path.read_text())["title"].startswith("Latest ")
    assert path.stat().st_size > 1000


def test_an_export_that_fails_says_why(desk: Desk, tmp_path: Path) -> None:
    desk.open()
    with desk.bot.waitSignal(desk.editor.said, timeout=WAIT) as said:
        desk.editor.export_to(tmp_path / "nowhere" / "out.md")
    assert "could not be written" in said.args[0]


def test_a_file_is_named_by_title_and_day_in_letters_that_every_system_takes(desk: Desk) -> None:
    desk.open()
    named = replace(desk.stored, title='A/B: "C" <d>?\u202e \x00*.. ' + "x" * 300)
    name = file_name(named)
    assert not set(name) & set('/\\:*?"<>|\x00')
    assert len(name) < 100
    assert file_name(replace(desk.stored, title="***")).startswith("Briefing 20")


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
