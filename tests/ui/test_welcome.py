"""The first start asks two questions at most, fetches nothing, and does what was answered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from reader.library import Library
from ui.actions import Actions
from ui.engine import Engine
from ui.welcome import Welcome
from ui.window_settings import WindowSettings


@pytest.fixture
def engine(started, tmp_path):
    """An engine on a library with the starter list."""
    library = Library(tmp_path / "library")
    for _ in library.start():
        continue
    library.close()
    return started(tmp_path / "library")


@pytest.fixture
def settings(tmp_path):
    return WindowSettings(tmp_path / "library")


@pytest.fixture
def welcome(engine, settings, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    part = Welcome(engine, Actions(window), settings)
    qtbot.addWidget(part)
    part.resize(560, 700)
    part.show()
    qtbot.waitUntil(lambda: part._chosen is not None and bool(part._feeds))
    yield part  # noqa: PT022 - the window must live as long


def ask(engine, qtbot, question):
    with qtbot.waitSignal(engine.ask(question).done) as asked:
        pass
    return asked.args[0]


def test_the_starter_list_is_counted_and_stays(welcome, engine, settings, qtbot):
    count = len(ask(engine, qtbot, Library.feeds))
    assert welcome.starter.accessibleDescription().startswith(f"{count} feeds: ")
    with qtbot.waitSignal(welcome.finished):
        qtbot.mouseClick(welcome.begin, Qt.MouseButton.LeftButton)
    assert settings.welcomed
    assert len(ask(engine, qtbot, Library.feeds)) == count
    assert not engine.jobs  # nothing is fetched


def test_none_yet_takes_the_starter_list_off_and_nothing_else(welcome, engine, qtbot):
    qtbot.keyClick(welcome.none, Qt.Key.Key_Space)
    with qtbot.waitSignal(welcome.finished):
        welcome.begin.click()
    qtbot.waitUntil(lambda: not ask(engine, qtbot, Library.feeds))
    engine.call(Library.undo)
    qtbot.waitUntil(lambda: len(ask(engine, qtbot, Library.feeds)) == 1)


def test_a_list_of_her_own_is_asked_for_once_she_begins(welcome, qtbot):
    welcome.own.click()
    with qtbot.waitSignals([welcome.finished, welcome.import_wanted], order="strict"):
        welcome.begin.click()


def test_only_when_she_says(welcome, engine, qtbot):
    assert welcome.hourly.isChecked()
    welcome.by_hand.click()
    assert not welcome.hourly.isChecked()
    welcome.begin.click()
    qtbot.waitUntil(lambda: not ask(engine, qtbot, Library.settings).refresh_by_itself)


def test_arrows_go_through_the_answers(welcome, qtbot):
    welcome.starter.setFocus()
    qtbot.keyClick(welcome.starter, Qt.Key.Key_Down)
    assert welcome.own.hasFocus()


def test_the_sample_coverage_is_a_quiet_line(welcome, engine, qtbot):
    engine.start(Library.start, sample=False)
    assert "being prepared" in welcome.sample.text()
    qtbot.waitUntil(lambda: welcome.sample.text() == "The sample coverage is ready.", timeout=30_000)


def test_the_starter_list_is_counted_while_it_arrives(tmp_path, qtbot):
    engine = Engine(tmp_path / "new", own_process=False)
    window = QWidget()
    qtbot.addWidget(window)
    part = Welcome(engine, Actions(window), WindowSettings(tmp_path / "new"))
    qtbot.addWidget(part)
    engine.start(Library.start)
    qtbot.waitUntil(lambda: " feeds: " in part.starter.accessibleDescription(), timeout=20_000)
    assert engine.jobs or part.sample.text()
    engine.close()
