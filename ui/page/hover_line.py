"""Where a link leads, at the bottom left of the page, as long as the mouse or the focus is on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from ui.paint import apart, fitting, hline, prepare, text, width
from ui.theme import META, colours, font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

HIGH = 24


class HoverLine(QWidget):
    """One line over its parent. Not a tooltip: those can hide what one reads, and show markup."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._words = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words

    def say(self, words: str) -> None:
        """Say this, or nothing."""
        room = max(60, self._over.width() - 60)
        self._words = apart(fitting(words, font(META), room)) if words else ""
        self.resize(round(width(self._words, font(META))) + 20, HIGH)
        self.place()
        self.setVisible(bool(words))
        self.update()

    def place(self) -> None:
        """Lie at the bottom left of the parent."""
        self.move(0, self._over.height() - HIGH)
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw it."""
        p, c = QPainter(self), colours()
        prepare(p)
        p.fillRect(self.rect(), QColor(c.chrome))
        hline(p, 0, 0, self.width(), c.line)
        text(p, 10, 16, self._words, font(META), c.dim)
