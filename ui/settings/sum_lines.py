"""A sum, line by line: figures in a column, what each is of, and why; the total under a rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.forms import tip
from ui.paint import apart, hline, prepare, text
from ui.theme import META, colours, figures, font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

_ONE, _TWO, _COLUMN = 22, 40, 40


@dataclass(frozen=True, slots=True)
class SumLine:
    """A figure as it is shown, what it is of, and why; the total is the line without a reason that comes last."""

    figure: str
    what: str
    why: str = ""


class SumLines(QWidget):
    """The lines; what has no room is in the tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[SumLine, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: Sequence[SumLine]) -> None:
        """Show these, the total last."""
        self.lines = tuple(lines)
        said = [f"{line.figure} {apart(line.what)} {line.why}".strip() for line in lines]
        self.setAccessibleName("; ".join(said))
        self.setToolTip(tip("; ".join(said)))
        self.setFixedHeight(sum(_high(line) for line in lines))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as its lines."""
        return QSize(200, sum(_high(line) for line in self.lines))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw them."""
        p, c, top = QPainter(self), colours(), 0
        prepare(p)
        left, room = _COLUMN + 10, self.width() - _COLUMN - 10
        for line in self.lines:
            is_total = line is self.lines[-1]
            if is_total:
                hline(p, 0, top, self.width(), c.edge)
            weight = 600 if is_total else 400
            text(p, _COLUMN, top + 16, line.figure, figures(META, weight), c.text if is_total else c.dim, right=True)
            text(p, left, top + 16, line.what, font(META, weight), c.text if is_total else c.dim, room)
            if line.why:
                text(p, left, top + 32, line.why, font(META), c.faint, room)
            top += _high(line)


def _high(line: SumLine) -> int:
    return _TWO if line.why else _ONE
