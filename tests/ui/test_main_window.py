"""The whole window: what was typed in it is there in the next one, however it ended."""

from __future__ import annotations

import gc
import os
import shutil
import signal
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from reader.library import Library
from ui.controls import Words
from ui.main_window import MainWindow, _first_size
from ui.window_settings import FILE, WindowSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.page.note_editor import NoteEditor
    from ui.parts import Parts

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window
WAIT = 15_000
EMPTY_TITLES = ("Nothing found", "Nothing is chosen", "No thread")


class Windows:
    """Windows on one library, one after the other."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self._bot, self.folder = qtbot, folder
        self.window: MainWindow | None = None
        WindowSettings(folder).choose("welcomed", True)

    def open(self) -> MainWindow:
        self.window = MainWindow(self.folder, own_process=False)
        self.window.show()
        self.window.activateWindow()
        self.wait(lambda: self.window and self.window.engine.is_ready and self.parts.list.whole_list())
        return self.window

    def close(self) -> None:
        """As a program does that ends: what is left to be told is told."""
        if self.window:
            self.window.close()
            QApplication.sendPostedEvents()
            shiboken6.delete(self.window)
            self.window = None
            gc.collect()

    def wait(self, so: Callable[[], object]) -> None:
        self._bot.waitUntil(lambda: bool(so()), timeout=WAIT)

    @property
    def parts(self) -> Parts:
        assert self.window
        assert self.window.parts
        return self.window.parts

    @property
    def note(self) -> NoteEditor:
        return self.parts.page.annotator.editor

    def begin_note(self) -> None:
        """Open the card for a note on the first article."""
        assert self.window
        self.window.actions_by_name["next"].trigger()
        self.wait(lambda: self.parts.page.article)
        self.window.actions_by_name["note"].trigger()

    def killed(self, folder: Path) -> None:
        """What is on the disk now is all that the next window has."""
        shutil.copytree(self.folder, folder)
        self.close()
        self.folder = folder


@pytest.fixture
def windows(qtbot: QtBot, sample: Path) -> Iterator[Windows]:
    opened = Windows(qtbot, sample)
    opened.open()
    yield opened
    opened.close()


def kept(folder: Path, words: str) -> bool:
    """Whether these words stand in the file of the window's settings."""
    return (folder / FILE).exists() and words in (folder / FILE).read_text("utf-8")


def test_a_note_that_was_begun_is_there_in_the_next_window(windows: Windows) -> None:
    windows.begin_note()
    QTest.keyClicks(windows.note._text, "Half a thought")
    windows.close()
    windows.open()
    windows.begin_note()
    assert windows.note.text == "Half a thought"


def test_a_note_survives_the_window_that_is_killed_while_it_is_typed(windows: Windows, tmp_path: Path) -> None:
    windows.begin_note()
    QTest.keyClicks(windows.note._text, "Half a thought")
    windows.wait(lambda: kept(windows.folder, "Half a thought"))
    windows.killed(tmp_path / "afterwards")
    windows.open()
    windows.begin_note()
    assert windows.note.text == "Half a thought"


def test_words_of_a_briefing_survive_the_window_that_is_killed(
    windows: Windows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert windows.window
    windows.window.view.look(place="briefings", briefing=1)
    words = windows.parts.editor.words
    windows.wait(lambda: words.title.words)
    monkeypatch.setattr(windows.parts.editor.drafts, "save", lambda: None)
    QTest.keyClicks(words.title, "Begun ")
    windows.wait(lambda: kept(windows.folder, "Begun "))
    windows.killed(tmp_path / "afterwards")
    windows.open()
    assert windows.window
    windows.wait(lambda: windows.parts.editor.drafts.is_empty)
    windows.window.view.look(place="briefings", briefing=1)
    windows.wait(lambda: windows.parts.editor.words.title.words.startswith("Begun "))


def test_every_field_of_a_briefing_that_was_typed_in_is_kept_when_the_window_closes(windows: Windows) -> None:
    assert windows.window
    windows.window.view.look(place="briefings", briefing=1)
    words = windows.parts.editor.words
    windows.wait(lambda: words.title.words)
    for field in (words.title, words.audience, words.summary):
        QTest.keyClicks(field, "Mine ")
    windows.close()
    windows.open()
    windows.wait(lambda: windows.parts.editor.drafts.is_empty)
    with closing(Library(windows.folder, read_only=True)) as library:
        briefing = library.briefing(1)
    assert all(words.startswith("Mine ") for words in (briefing.title, briefing.audience, briefing.summary)), briefing


@pytest.mark.parametrize("name", ["settings", "add_feed", "about"])
def test_a_dialog_that_was_closed_is_gone(windows: Windows, name: str) -> None:
    assert windows.window
    windows.window.actions_by_name[name].trigger()
    (dialog,) = [found for found in windows.window.findChildren(QDialog) if found.isVisible()]
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    windows.wait(lambda: not shiboken6.isValid(dialog))


def test_a_first_start_whose_engine_dies_goes_on_with_the_next_engine(qtbot: QtBot, tmp_path: Path) -> None:
    window = MainWindow(tmp_path / "library")
    window.show()
    qtbot.waitUntil(lambda: window.engine.is_ready, timeout=WAIT)
    killed = window.engine.process_id
    assert killed
    os.kill(killed, signal.SIGTERM)
    with qtbot.waitSignal(window.engine.died, timeout=WAIT):
        pass
    parts = window.parts
    assert parts
    qtbot.waitUntil(lambda: len(parts.list.whole_list()) > 100, timeout=4 * WAIT)
    window.close()
    shiboken6.delete(window)
    gc.collect()


def test_the_first_window_fits_the_screen_that_it_opens_on() -> None:
    assert _first_size(QSize(2560, 1400)) == QSize(1440, 900)
    assert _first_size(QSize(1366, 728)) == QSize(1350, 688)
    assert _first_size(QSize(640, 480)) == QSize(880, 560)


def test_what_is_empty_says_so_at_one_height_in_every_part(windows: Windows) -> None:
    assert windows.window
    windows.window.resize(1440, 900)
    windows.window.view.look(query="nobodywritesthis")
    windows.wait(lambda: windows.parts.empty.isVisible() and windows.parts.empty.title == "Nothing found")
    titles = [words for words in windows.window.findChildren(Words) if words.isVisible() and words.text() in EMPTY_TITLES]
    assert len({words.mapTo(windows.window, words.rect().topLeft()).y() for words in titles}) == 1
    assert sorted(words.text() for words in titles) == sorted(EMPTY_TITLES)
