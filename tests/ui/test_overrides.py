"""What goes wrong in a method that Qt calls is an exception like any other, and not the end of the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QWidget

from ui.list.row_view import RowView

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from pytestqt.qtbot import QtBot


class Failing(QWidget):
    """Fails as Python's own C does, in a method that Qt calls while Python calls Qt."""

    __module__ = "ui.made_for_a_test"

    def resizeEvent(self, _event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        self.len_of(None)

    def len_of(self, what: object) -> int:
        return len(what)  # type: ignore[arg-type]


def test_a_fault_in_a_method_that_qt_calls_comes_out_as_it_is(qtbot: QtBot) -> None:
    failing = Failing()
    qtbot.addWidget(failing)
    with pytest.raises(TypeError, match="has no len"):
        failing.show()


def test_a_method_keeps_its_name_and_its_words() -> None:
    assert RowView.keyPressEvent.__name__ == "keyPressEvent"
    assert RowView.keyPressEvent.__doc__
