"""What the program is, in words that can be sent in a letter."""

from __future__ import annotations

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication

from reader.settings import VERSION
from ui.about import About


def test_it_tells_its_version_and_place_and_copies_them(qtbot, tmp_path):
    about = About(tmp_path)
    qtbot.addWidget(about)
    about.open()
    about.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert f"Version: {VERSION}" in copied
    assert f"Library: {tmp_path}" in copied
    assert qVersion() in copied
    qtbot.keyClick(about, Qt.Key.Key_Escape)
    assert not about.isVisible()
