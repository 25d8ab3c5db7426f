"""The copy of the sample coverage that the window can be tried on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from reader.errors import LibraryUnwritable
from reader.library import Library
from ui.start.sample_copy import SampleCopy


@pytest.fixture
def copy(tmp_path, qtbot):
    copy = SampleCopy(tmp_path / "sample")
    qtbot.addWidget(copy)
    return copy


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_it_is_whole_before_the_window_opens(copy, qtbot, tmp_path):
    with qtbot.waitSignal(copy.made, timeout=60_000):
        copy.begin()
    library = Library(tmp_path / "sample", read_only=True)
    assert library.threads()[0] > 20
    assert library.briefings()
    library.close()


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_escape_leaves_it_and_its_engine_ends(copy, qtbot):
    with qtbot.waitActive(copy):
        copy.begin()
    engine = copy._engine
    qtbot.keyClick(copy, Qt.Key.Key_Escape)
    assert not copy.isVisible()
    assert not engine._worker.is_alive()


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_what_goes_wrong_is_said(copy, tmp_path):
    copy.show()
    copy._on_failed(LibraryUnwritable(tmp_path, "the disk is full"))
    assert "the disk is full" in copy._words.text()
    assert not copy._bar.isVisible()
