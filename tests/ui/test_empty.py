"""An empty part: why it is empty, and the one thing to do about it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QPushButton

from ui.actions import Actions
from ui.empty import Empty


@pytest.fixture
def window(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def actions(window):
    return Actions(window)


def test_it_says_why_and_its_button_gives_the_command(qtbot, actions):
    empty = Empty("rss", "No feeds in Courts", "Add the address of a site; its feeds are found.", actions["add_feed"])
    qtbot.addWidget(empty)
    button = empty.findChild(QPushButton)
    assert (empty.accessibleName(), button.text()) == ("No feeds in Courts", "Add a feed …")
    with qtbot.waitSignal(actions["add_feed"].triggered):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_command_that_cannot_be_given_now_is_not_offered_as_if_it_could(qtbot, actions):
    empty = Empty("rss", "None", "None.", actions["add_feed"])
    qtbot.addWidget(empty)
    actions["add_feed"].setEnabled(False)
    assert not empty.findChild(QPushButton).isEnabled()


def test_it_can_say_something_else(qtbot, actions):
    empty = Empty("rss", "None", "None.", actions["add_feed"])
    qtbot.addWidget(empty)
    empty.show()
    empty.say("search", "Nothing found", "Not even elsewhere.")
    assert empty.title == "Nothing found"
    assert not empty.findChild(QPushButton).isVisible()
    empty.say("search", "Again", "Here.", actions["refresh"])
    with qtbot.assertNotEmitted(actions["add_feed"].triggered), qtbot.waitSignal(actions["refresh"].triggered):
        empty.findChild(QPushButton).click()


def test_long_words_do_not_make_it_wider(qtbot):
    empty = Empty("rss", "x" * 300, "y" * 500)
    qtbot.addWidget(empty)
    assert empty.minimumSizeHint().width() < 400
