"""The sheet of keys: all of them, and few letters find one."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow

from ui import theme
from ui.actions import COMMANDS, Actions
from ui.controls import Words
from ui.shortcuts import Keys, ShortcutSheet


@pytest.fixture
def made(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(1024, 700)
    window.show()
    qtbot.waitExposed(window)
    actions = Actions(window)
    sheet = ShortcutSheet(actions, window)
    sheet.open()
    return SimpleNamespace(sheet=sheet, window=window, actions=actions)


def seen(made, kind):
    return [found for found in made.sheet.findChildren(kind) if found.isVisible()]


def test_every_command_with_a_key_stands_on_it(made):
    words = {found.text() for found in seen(made, Words)}
    for command in COMMANDS:
        if command.keys:
            assert command.words.removesuffix(" …") in words


def test_it_is_no_window_of_its_own_and_has_the_focus(made):
    assert [found for found in QApplication.topLevelWidgets() if found.isVisible()] == [made.window]
    assert made.sheet.field.hasFocus()


def test_letters_leave_what_has_them(qtbot, made):
    qtbot.keyClicks(made.sheet.field, "briefing")
    words = [found.text() for found in seen(made, Words)]
    assert "New briefing" in words
    assert "Quit" not in words
    assert made.sheet.height() < 400


def test_a_key_finds_its_command(qtbot, made):
    qtbot.keyClicks(made.sheet.field, "F9")
    assert [keys.accessibleName() for keys in seen(made, Keys)] == ["F9"]


def test_what_no_command_has_is_said(qtbot, made):
    qtbot.keyClicks(made.sheet.field, "qqq")
    assert [found.text() for found in seen(made, Words)] == ["No command has these letters"]


def test_it_scrolls_with_keys_and_closes_with_esc(qtbot, made):
    bar = made.sheet._page.verticalScrollBar()
    assert bar.maximum() > 0
    qtbot.keyClick(made.sheet.field, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    qtbot.keyClick(made.sheet.field, Qt.Key.Key_Escape)
    assert not made.sheet.isVisible()


def test_it_begins_anew_when_it_is_opened_again(qtbot, made):
    qtbot.keyClicks(made.sheet.field, "F9")
    made.sheet.close_card()
    made.sheet.open()
    assert len(seen(made, Keys)) > 40


def test_it_is_drawn_in_both_themes(qapp, made):
    for name in ("light", "dark"):
        theme.apply(qapp, name)
        assert not made.sheet.grab().isNull()
