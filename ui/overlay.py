"""A card over the whole window with one field on top: the palette, and the sheet of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from ui.controls import Card
from ui.forms import Rule, Sign, row
from ui.theme import VIEW, font

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent

TOP = 110
"""From the top of the window, where there is room."""
FIELD = 56
BARE = f"QLineEdit, QLineEdit:focus {{ border: none; background: transparent; padding: 0; min-height: {FIELD - 2}px; }}"


class Overlay(Card):
    """Goes with Esc or with a press elsewhere, gives the focus back, and stays in the middle of its window."""

    def __init__(self, wide: int, window: QWidget) -> None:
        super().__init__(wide, window)
        self.over = window
        self._from: QWidget | None = None
        edge = self.SHADOW + 1
        self.column.setContentsMargins(edge, edge, edge, edge)
        self.field = QLineEdit()
        self.field.setFont(font(VIEW))
        self.field.setStyleSheet(BARE)
        self.field.setFixedHeight(FIELD)
        self.field_row = row(18, Sign("search", "faint", 18), self.field, 18, spacing=10)
        self.column.addLayout(self.field_row)
        self.column.addWidget(Rule())
        self.hide()

    def open(self) -> None:
        """Open with the focus in the field."""
        if not self.isVisible():
            self._from = QApplication.focusWidget()
        self.show()
        self.raise_()
        self.place()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
            app.installEventFilter(self)

    def place(self) -> None:
        """Stand where there is room. What has a height of its own sets it first."""
        self.move((self.over.width() - self.width()) // 2, self.top - self.SHADOW)

    @property
    def top(self) -> int:
        """Where the sheet begins."""
        return min(TOP, max(8, self.over.height() // 8))

    def close_card(self) -> None:
        """Go, and give the focus back."""
        back, self._from = self._from, None
        super().close_card()
        if back is not None and back.isVisible():
            back.setFocus(Qt.FocusReason.PopupFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Watch nothing while it is not there."""
        super().hideEvent(event)
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """A press elsewhere closes; the window's size is followed."""
        if event.type() == QEvent.Type.Resize and watched is self.over:
            self.place()
        elif event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            self._on_pressed(watched)
        return super().eventFilter(watched, event)

    def _on_pressed(self, where: QWidget) -> None:
        if where.window() is self.window() and where is not self and not self.isAncestorOf(where):
            self._from = None  # the focus goes where was pressed
            self.close_card()
