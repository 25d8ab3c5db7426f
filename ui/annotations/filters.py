"""The line over the annotations: which meaning is listed, and how many there are of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QWidget

from ui import icons
from ui.annotations.entries import FILTERS
from ui.paint import box, hline, prepare, text, width
from ui.phrases import number
from ui.theme import HIGHLIGHTS, META, colours, figures, font, highlight_bar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from ui.annotations.entries import Filter

HEIGHT = 32
_PAD = 4
"""Around the words: room for the ring of the focus."""
_SIDE, _BETWEEN = 14 - _PAD, 15 - 2 * _PAD
_SIGNS = {"notes": "message-square", "lost": "unlink"}


class _Choice(QAbstractButton):
    """One filter: its sign, its name, how many."""

    def __init__(self, key: Filter, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self.setText(FILTERS[key])
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._count = ""
        self.tell(0)

    def tell(self, count: int) -> None:
        """Say how many there are."""
        self._count = number(count)
        self.setAccessibleName(f"{self.text()}, {self._count}")
        self.update()

    @property
    def _sign_wide(self) -> int:
        return 14 if self.key in HIGHLIGHTS else 19 if self.key in _SIGNS else 0

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as its words when chosen."""
        words = width(self.text(), font(META, 600)) + 5 + width(self._count, figures())
        return QSize(round(self._sign_wide + words + 1) + 2 * _PAD, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw sign, words and count."""
        p, c, chosen = QPainter(self), colours(), self.isChecked()
        prepare(p)
        if self.key in HIGHLIGHTS:
            box(p, QRectF(_PAD, 11, 9, 9), 2.5, highlight_bar(self.key))
        elif self.key in _SIGNS:
            icons.draw(p, _PAD, 9, _SIGNS[self.key], c.warn if self.key == "lost" else c.faint, 14)
        ink = c.text if chosen or self.underMouse() else c.dim
        left = _PAD + self._sign_wide
        x = left + text(p, left, 20, self.text(), font(META, 600 if chosen else 500), ink) + 5
        text(p, x, 20, self._count, figures(), c.faint)
        if chosen:
            p.fillRect(QRectF(_PAD, HEIGHT - 2, self.width() - 2 * _PAD, 2), QColor(c.accent))
        if self.hasFocus():
            box(p, QRectF(self.rect()).adjusted(0, 4, 0, -4), 3, None, c.accent, 2)


class AnnotationFilters(QWidget):
    """All filters side by side, on a second line where one is too narrow. One that would show nothing is not there."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Which annotations are listed")
        self._group = QButtonGroup(self)
        self._choices = [_Choice(key, self) for key in FILTERS]
        for choice in self._choices:
            self._group.addButton(choice)
        self._choices[0].setChecked(True)
        self._group.buttonClicked.connect(self._on_clicked)
        self.tell({})

    @property
    def key(self) -> Filter:
        """The filter that is chosen."""
        return next(choice.key for choice in self._choices if choice.isChecked())

    def choose(self, key: Filter) -> None:
        """Choose a filter."""
        for choice in self._choices:
            if choice.key == key:
                choice.click()

    def tell(self, counts: Mapping[Filter, int]) -> None:
        """Say how many there are of each; where the chosen one has none left, all are listed again."""
        for choice in self._choices:
            choice.tell(counts.get(choice.key, 0))
            choice.setVisible(choice.key == "all" or bool(counts.get(choice.key)))
        if self.key != "all" and not counts.get(self.key):
            self.choose("all")
        self._place()

    def _on_clicked(self, choice: QAbstractButton) -> None:
        if isinstance(choice, _Choice):
            self.chosen.emit(choice.key)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Place them anew."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        x, y = _SIDE, 0
        for choice in self._choices:
            if choice.isHidden():
                continue
            wide = choice.sizeHint().width()
            if x > _SIDE and x + wide > self.width() - _SIDE:
                x, y = _SIDE, y + HEIGHT - 4
            choice.setGeometry(x, y, wide, HEIGHT)
            x += wide + _BETWEEN
        self.setFixedHeight(y + HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the hairline below."""
        hline(QPainter(self), 0, self.height() - 1, self.width(), colours().line)
