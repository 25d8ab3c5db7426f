"""The parts of an open briefing: their order, what the library knows of them, the pages, the file."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest

from reader.errors import PublishError
from reader.library import Library
from reader.records import BriefingItem
from tests.ui.briefing_desk import WAIT, Desk, keys_of
from ui.briefing.blocks import Card
from ui.briefing.export import file_name
from ui.briefing.outline import KEYS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from reader.records import Progress
    from ui.engine import Engine

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window


@pytest.fixture
def desk(qtbot: QtBot, engine: Engine, sample: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, engine, sample)
    yield desk
    desk.close()


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


def test_what_changed_while_one_looked_elsewhere_is_seen_on_return(desk: Desk) -> None:
    desk.open()
    desk.view.look(place="desk")
    desk.library.remove_from_briefing(1, [BriefingItem(*desk.order[0])])
    desk.view.look(place="briefings")
    desk.wait(lambda: len(desk.order) == 7)


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
    with desk.bot.waitSignal(desk.editor.did, timeout=WAIT) as did:
        desk.library.remove_briefing(1)
    assert did.args[0] == "This briefing was removed"
    assert desk.view.looking.briefing is None


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


def test_pages_fold_away_where_there_is_no_room_and_can_take_that_of_the_outline(desk: Desk) -> None:
    desk.open()
    assert not desk.editor.pages.isVisible()
    assert not desk.engine.jobs
    desk.editor.turn.click()
    desk.wait(lambda: desk.editor.pages.sheets.count)
    assert not desk.editor.outline.isVisible()
    assert desk.editor.words.isVisible()


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
