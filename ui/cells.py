"""The cells of quiet tables: one baseline, a hairline under each row, the selection as in every list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate

from ui.paint import fitting, hline, prepare, text
from ui.theme import BASE, META, Colours, colours, figures, font

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

    Index = QModelIndex | QPersistentModelIndex

ROW = 28
INSET = 8
"""Where words begin, as the heads of columns do."""
BASELINE = 18.5


class Cells(QStyledItemDelegate):
    """Draws a cell; the first column carries the row, the others are of second rank."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802 - Qt's name
        """All rows are of one height."""
        return QSize(0, ROW)

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        r, c = option.rect, colours()
        prepare(p)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            p.fillRect(r, QColor(c.select if option.state & QStyle.StateFlag.State_Active else c.idle))
        shown, ink = self.look(index, c, selected=selected)
        left = r.left() + INSET
        text(p, left, r.top() + BASELINE, fitting(str(index.data()), shown, r.right() - left - 4), shown, ink)
        hline(p, r.left(), r.bottom(), r.width(), c.line)

    def look(self, index: Index, c: Colours, *, selected: bool) -> tuple[QFont, str]:
        """The font and the colour of a cell."""
        if index.column() == 0:
            return font(BASE), c.text
        return figures(META), c.dim if selected else c.faint
