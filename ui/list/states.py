"""What the list shows besides its rows: that they are on their way, and that there are others by now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui import icons
from ui.list.rows import row_layout
from ui.paint import box, hline, prepare, text, width
from ui.theme import CAPTION, META, SCROLLBAR, colours, font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

HEIGHT = 32


class Skeleton(QWidget):
    """Rows to come, as quiet bars."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("The list is on its way")
        self.compact = False

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the bars where words will be."""
        p, c = QPainter(self), colours()
        prepare(p)
        p.fillRect(self.rect(), QColor(c.list))
        place = row_layout(self.width() - SCROLLBAR, compact=self.compact)
        for top in range(0, self.height(), place.height):
            room = place.right - place.left
            for baseline, share in zip(dict.fromkeys(place.baselines), (0.8, 0.55, 0.35), strict=False):
                box(p, self._bar(place.left, top + baseline - 9, room * share), 3, c.idle)

    @staticmethod
    def _bar(x: float, y: float, wide: float) -> QRectF:
        return QRectF(x, y, wide, 8)


def key_cap(p: QPainter, right: float, y: float, keys: str) -> float:
    """A key as it is drawn beside what it does, ending at `right`; how wide it is."""
    wide = max(18.0, width(keys, font(CAPTION, 500)) + 10)
    box(p, QRectF(right - wide, y - 13, wide, 18), 3, None, colours().edge)
    text(p, right - wide / 2 - width(keys, font(CAPTION, 500)) / 2, y, keys, font(CAPTION, 500), colours().dim)
    return wide


class NewsStrip(QAbstractButton):
    """Says that the list has changed; pressed, it is taken in. Under the list, so that nothing in it moves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def say(self, words: str, keys: str) -> None:
        """Say what is new, and the key that shows it."""
        self.setText(words)
        self._keys = keys
        self.setAccessibleName(f"{words}: show")
        self.show()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw it in one line."""
        p, c = QPainter(self), colours()
        prepare(p)
        p.fillRect(self.rect(), QColor(c.hover if self.underMouse() else c.list))
        hline(p, 0, 0, self.width(), c.line)
        icons.draw(p, 22, 9, "arrow-up", c.accent, 14)
        right = self.width() - 16 - SCROLLBAR
        x = right - key_cap(p, right, 20, self._keys) - 10
        x -= text(p, x, 20, "Show", font(META, 600), c.accent, right=True) + 12
        text(p, 42, 20, self.text(), font(META, 500), c.text, x - 42)
        if self.hasFocus():
            box(p, QRectF(self.rect()).adjusted(4, 3, -4, -2), 4, None, c.accent, 2)
