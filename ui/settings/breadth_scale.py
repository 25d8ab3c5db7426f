"""A scale from narrow to broad: where one drags the knob, what is chosen, and where the corrections have moved it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF
from PySide6.QtWidgets import QSlider, QWidget

from ui.paint import box, dot, prepare, text
from ui.theme import META, colours, font

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent

STEPS = 20
"""Steps from 0 to 1; a page is a quarter."""
HEIGHT, KNOB = 44, 7
_LINE = 12
_EDGE = KNOB + 4
"""From the sides to the ends of the line: the knob has room there, with the ring of the focus."""
_WIDEST = 400


class BreadthScale(QSlider):
    """The knob is a draft; a ring stands where the choice is, a mark under the line where threads are grouped."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(0, STEPS)
        self.setPageStep(STEPS // 4)
        self.setFixedHeight(HEIGHT)
        self.setMaximumWidth(_WIDEST)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._chosen: float | None = None
        self._used: float | None = None

    @property
    def draft(self) -> float:
        """Where the knob is, 0 to 1."""
        return round(self.value() / STEPS, 2)

    def set_draft(self, breadth: float) -> None:
        """Put the knob somewhere, without telling."""
        self.blockSignals(True)
        self.setValue(round(breadth * STEPS))
        self.blockSignals(False)
        self.update()

    def show_choice(self, chosen: float, used: float) -> None:
        """Say what is chosen, and what threads are grouped by."""
        self._chosen, self._used = chosen, used
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as it may be."""
        return QSize(_WIDEST, HEIGHT)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Go where one presses."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._go_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Follow."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_to(event.position().x())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Stay."""

    def _go_to(self, x: float) -> None:
        self.setValue(round((x - _EDGE) / max(1, self.width() - 2 * _EDGE) * STEPS))

    def _x(self, breadth: float) -> float:
        return _EDGE + breadth * (self.width() - 2 * _EDGE)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw line, quarters, choice, knob and the words at both ends."""
        p, c = QPainter(self), colours()
        prepare(p)
        box(p, QRectF(_EDGE, _LINE - 1.5, self.width() - 2 * _EDGE, 3), 1.5, c.track)
        for quarter in range(5):
            dot(p, self._x(quarter / 4), _LINE, 2.5, c.edge)
        if self._used is not None and self._used != self._chosen:
            self._draw_mark(p, self._x(self._used))
        if self._chosen is not None and abs(self._chosen - self.draft) > 0.5 / STEPS:
            dot(p, self._x(self._chosen), _LINE, KNOB - 2, c.chrome, c.faint, 1.5)
        x = self._x(self.draft)
        if self.hasFocus():
            dot(p, x, _LINE, KNOB + 2.5, None, c.accent, 2)
        dot(p, x, _LINE, KNOB, c.accent)
        text(p, 0, HEIGHT - 6, "Narrow", font(META), c.faint)
        text(p, self.width(), HEIGHT - 6, "Broad", font(META), c.faint, right=True)

    def _draw_mark(self, p: QPainter, x: float) -> None:
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(colours().ink))
        p.drawPolygon(QPolygonF([QPointF(x, _LINE + 9), QPointF(x - 4, _LINE + 15), QPointF(x + 4, _LINE + 15)]))
