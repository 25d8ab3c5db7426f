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
    gathering = Gathering(engine, owner)
    with qtbot.waitSignal(gathering.whole, timeout=10_000):
        gathering.ask(Library.search, "clearview")
        for _ in range(3):
            engine.ask(Library.search, "fine")
    assert gathering.answers["search"].query == "clearview"


def test_two_who_ask_the_same_of_different_things_both_have_their_answer(engine: Engine, qtbot: QtBot) -> None:
    owner = QObject()
    gatherings = [Gathering(engine, owner) for _ in range(6)]
    with qtbot.waitSignals([gathering.whole for gathering in gatherings], timeout=10_000):
        for id, gathering in enumerate(gatherings, start=1):
            gathering.ask(Library.thread, id)
            gathering.ask(Library.related_threads, id)
    assert [gathering.answers["thread"].id for gathering in gatherings] == [1, 2, 3, 4, 5, 6]


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
