"""What stands between the rows of the rail: the two numbers, headings, the chart, frames and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QFrame, QVBoxLayout, QWidget

from ui import charts, icons
from ui.controls import Words
from ui.paint import HOT, arrow, box, fitting, prepare, text, width
from ui.rail.parts import RIGHT, SIDE
from ui.theme import BASE, CAPTION, META, colours, font

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from ui.rail.coverage import Coverage


class Heading(QWidget):
    """What a part of the rail is about, and at the right a word more; with `squares` the two colours of the chart."""

    def __init__(self, words: str, right: str = "", *, squares: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._right, self._squares = words, right, squares
        self.setAccessibleName(f"{words}, {right}" if right else words)
        self.setFixedHeight(40)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the words."""
        p, c = QPainter(self), colours()
        prepare(p)
        end = self.width() - RIGHT
        taken = text(p, end, 30, self._right, font(META), c.faint, right=True)
        square = 14 if self._squares else 0
        if square and self._right:
            p.fillRect(QRectF(end - taken - square, 22, 8, 8), c.edge)
        room = end - SIDE - taken - 12 - 2 * square
        done = text(p, SIDE, 30, fitting(self._words, font(META, 600), room), font(META, 600), c.text)
        if square:
            p.fillRect(QRectF(SIDE + done + 8, 22, 8, 8), c.ink)


class CoverageChart(QWidget):
    """Reports over time."""

    def __init__(self, told: Coverage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = told
        self.setAccessibleName(told.words)
        self.setToolTip(f"Each bar is {told.stretch}")
        self.setFixedHeight(70)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the bars."""
        p = QPainter(self)
        prepare(p)
        charts.coverage(p, QRectF(SIDE, 4, self.width() - SIDE - RIGHT, 64), self._told)


class Score(QAbstractButton):
    """A number at 22 that explains itself when it is pressed."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._value: float | None = None
        self.hot: float | None = None
        """Of heat: from where it is ember. `None`: a quality, which has a bar."""
        self._direction = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedHeight(54)
        self.setToolTip(f"Why this {name.lower()}")

    def tell(self, value: float | None, name: str = "", direction: int = 0, hot: float | None = HOT) -> None:
        """Show a value; `None` where nobody knows it."""
        self._value = None if value is None or value < 0 else value
        self._name, self._direction, self.hot = name or self._name, direction, hot
        said = "not known" if self._value is None else f"{self._value:.0f}"
        self.setText(said)
        self.setAccessibleName(f"{self._name} {said}: why")
        self.update()

    def number_bottom(self) -> QPoint:
        """Where the card about it opens, on the screen."""
        return self.mapToGlobal(QPoint(8, 48))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Press at Enter too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw name, number, and triangle or bar."""
        p, c = QPainter(self), colours()
        prepare(p)
        if self.underMouse():
            box(p, QRectF(self.rect()), 6, c.hover)
        x, end = 8, self.width() - 8
        text(p, x, 18, self._name, font(CAPTION), c.faint, end - x)
        hot = self.hot is not None and self._value is not None and self._value >= self.hot
        large = font(22, 600)
        taken = text(p, x, 43, f"{self._value:.0f}" if self._value is not None else "–", large, c.heat if hot else c.text)
        if self.hot is not None:
            arrow(p, x + taken + 12, 36, self._direction, c.heat if hot else c.faint, 4.5)
        elif self._value is not None:
            left = x + width("100", large) + 8
            if end - left >= 24:
                box(p, QRectF(left, 34, end - left, 4), 2, c.track)
                box(p, QRectF(left, 34, max(4.0, (end - left) * min(self._value, 100) / 100), 4), 2, c.ink)
        if self.hasFocus():
            box(p, QRectF(self.rect()), 6, None, c.accent, 2)


class PairFrame(QFrame):
    """A border around what does not agree, with what it is about."""

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self.setAccessibleName(f"{kind}: they disagree")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 26, 0, 6)
        self.column.setSpacing(0)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw border and heading."""
        p, c = QPainter(self), colours()
        prepare(p)
        box(p, QRectF(SIDE - 8, 0, self.width() - SIDE + 8, self.height()), 6, c.page, c.line)
        icons.draw(p, SIDE, 7, "equal-not", c.warn, 14)
        taken = text(p, self.width() - RIGHT, 18, "disagree", font(META), c.warn, right=True)
        text(p, SIDE + 22, 18, self._kind, font(META, 600), c.text, self.width() - RIGHT - SIDE - 30 - taken)


class NoteWords(QWidget):
    """A note of the analyst, whole, and when it was written."""

    def __init__(self, words: str, when: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QVBoxLayout(self)
        row.setContentsMargins(SIDE + 22, 3, RIGHT, 5)
        row.setSpacing(2)
        shown = Words(words, BASE, wrap=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(shown)
        row.addWidget(Words(when, META, role="faint"))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw its sign."""
        p = QPainter(self)
        prepare(p)
        icons.draw(p, SIDE, 5, "message-square", colours().faint, 14)
