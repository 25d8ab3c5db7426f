"""A card that opens beside what it explains, inside the window, and goes with Esc or with a click elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.controls import Card
from ui.theme import SCROLLBAR

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent

EDGE = 16
"""Between the card's border and its words, at the sides and above."""


class Popover(Card):
    """A card over a window. What it holds is scrolled where the window is too small for it."""

    def __init__(self, wide: int, parent: QWidget | None = None) -> None:
        super().__init__(wide, parent)
        self._from: QWidget | None = None
        self._at = QPoint()
        shadow = self.SHADOW
        self.column.setContentsMargins(shadow + 1, shadow + 1, shadow + 1, shadow + 1)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        self.column.addWidget(self._scroll)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def fill(self, content: QWidget) -> None:
        """Hold this instead of what it held."""
        content.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        taken = self._scroll.takeWidget()
        if taken is not None:
            taken.deleteLater()
        self._scroll.setWidget(content)
        content.setAutoFillBackground(False)  # Qt turns it on
        if self.isVisible():
            self._place()

    def open_at(self, at: QPoint, window: QWidget) -> None:
        """Open under a point of the screen, as far inside the window as can be; the focus comes here."""
        if self.parentWidget() is not window:
            self.setParent(window)
        if not self.isVisible():
            self._from = QApplication.focusWidget()
        self._at = at
        self._place()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        app = QApplication.instance()
        if app:
            app.removeEventFilter(self)
            app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Go when somebody presses elsewhere; follow the window's size."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            if watched.window() is self.window() and watched is not self and not self.isAncestorOf(watched):
                self._from = None  # the focus goes where was pressed
                self.close_card()
        elif event.type() == QEvent.Type.Resize and watched is self.parentWidget():
            self._place()
        return super().eventFilter(watched, event)

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
        if app:
            app.removeEventFilter(self)

    def _place(self) -> None:
        window, content = self.parentWidget(), self._scroll.widget()
        if window is None or content is None:
            return
        inner = self.width() - 2 * (self.SHADOW + 1)
        wanted = _height(content, inner)
        most = window.height() - 2 * (self.SHADOW + 1)
        if wanted > most:
            wanted = _height(content, inner - SCROLLBAR)
        content.setFixedHeight(wanted)  # Qt's own guess for words that wrap is far too high
        self.setFixedHeight(min(wanted, most) + 2 * (self.SHADOW + 1))
        at = window.mapFromGlobal(self._at)
        x = min(max(at.x() - self.SHADOW - EDGE, 0), window.width() - self.width())
        y = min(max(at.y() - self.SHADOW + 6, 0), window.height() - self.height())
        self.move(max(x, 0), max(y, 0))


def _height(content: QWidget, wide: int) -> int:
    layout = content.layout()
    if isinstance(layout, QVBoxLayout) and layout.hasHeightForWidth():
        return layout.totalHeightForWidth(wide)
    return content.sizeHint().height()
