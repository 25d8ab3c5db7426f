"""Several questions, answered together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from reader.errors import NotFound
from reader.library import Library
from ui.gathering import Gathering

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.engine import Engine


def test_it_is_whole_when_the_last_answer_is_there_and_a_failure_is_one(engine: Engine, qtbot: QtBot) -> None:
    owner = QObject()
    gathering = Gathering(engine, owner)
    with qtbot.waitSignal(gathering.whole, timeout=10_000):
        gathering.ask(Library.thread, 99_999)
        gathering.ask(Library.settings)
    assert set(gathering.answers) == {"settings"}
    assert isinstance(gathering.errors["thread"], NotFound)


def test_a_question_that_another_one_pushes_aside_is_asked_again(engine: Engine, qtbot: QtBot) -> None:
    owner = QObject()
    first, second = Gathering(engine, owner), Gathering(engine, owner)
    with qtbot.waitSignals([first.whole, second.whole], timeout=10_000):
        first.ask(Library.thread, 1)
        second.ask(Library.thread, 2)
        engine.ask(Library.thread, 3)
    assert (first.answers["thread"].id, second.answers["thread"].id) == (1, 2)


def test_who_deletes_it_hears_nothing_more(engine: Engine, qtbot: QtBot) -> None:
    owner = QObject()
    gathering = Gathering(engine, owner)
    heard: list[None] = []
    gathering.whole.connect(lambda: heard.append(None))
    gathering.ask(Library.thread, 1)
    gathering.deleteLater()
    with qtbot.waitSignal(engine.ask(Library.settings).done, timeout=10_000):
        pass
    assert not heard
