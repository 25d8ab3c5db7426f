"""The lines of the list of annotations: the quote as it stands in the text, the words about it, where it comes from."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import icons
from ui.annotations.entries import LOST, Entry, Group
from ui.paint import box, dot, hline, lines, prepare, text
from ui.phrases import short_time
from ui.theme import BASE, META, SERIF, colours, figures, font, highlight_bar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from ui.annotations.entries import Line

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole + 1
GROUP_HIGH = 40
LEFT, RIGHT = 28, 6
"""Where words begin; and what is between them and the room of the scroll bar."""
QUOTE_HIGH, NOTE_HIGH = 22, 20
MOST_QUOTE, MOST_NOTE = 3, 3
"""Lines of a quote and of a note; the page has the rest."""


class AnnotationModel(QAbstractListModel):
    """The lines, as they were told."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Line] = []

    def tell(self, told: list[Line]) -> None:
        """Have other lines."""
        self.beginResetModel()
        self._lines = told
        self.endResetModel()

    def line(self, row: int) -> Line | None:
        """The line at a place."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def place(self, article: int, highlight: int | None, note: int | None) -> int | None:
        """Where an entry stands; `None` where it is not listed."""
        for number, line in enumerate(self._lines):
            if isinstance(line, Entry) and (line.article, line.highlight, line.note) == (article, highlight, note):
                return number
        return None

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        """How many lines there are."""
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A line, and its words for those who hear it."""
        line = self.line(index.row())
        if role == LINE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.said if isinstance(line, Entry) else f"{line.title}, {line.counts}" if line else None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Entries are chosen, groups are not."""
        if isinstance(self.line(index.row()), Entry):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags


class AnnotationDelegate(QStyledItemDelegate):
    """Draws the lines. How words break is worked out once for each width."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._wide = 0
        self._broken: dict[Entry, tuple[list[str], list[str]]] = {}

    def forget(self, kept: Sequence[Line] = ()) -> None:
        """Drop what is not listed any more."""
        entries = {line for line in kept if isinstance(line, Entry)}
        self._broken = {entry: broken for entry, broken in self._broken.items() if entry in entries}

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        """As high as its words."""
        line, wide = index.data(LINE), self._view.viewport().width()
        if not isinstance(line, Entry):
            return QSize(0, GROUP_HIGH)
        quote, note = self._set(line, wide)
        return QSize(0, 10 + QUOTE_HIGH * len(quote) + NOTE_HIGH * (len(note) + line.is_lost) + 32)

    def _set(self, entry: Entry, wide: int) -> tuple[list[str], list[str]]:
        if wide != self._wide:
            self._wide = wide
            self._broken.clear()
        if entry not in self._broken:
            room = wide - LEFT - RIGHT
            quote = " ".join(entry.quote.split())
            self._broken[entry] = (
                lines(quote, _quote_font(entry), room, room, MOST_QUOTE) if quote else [],
                lines(" ".join(entry.words.split()), font(BASE), room - 22, room - 22, MOST_NOTE) if entry.words else [],
            )
        return self._broken[entry]

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a line."""
        line = index.data(LINE)
        p.save()
        prepare(p)
        p.translate(option.rect.topLeft())
        if isinstance(line, Group):
            self._paint_group(p, line, option.rect.width())
        elif isinstance(line, Entry):
            self._paint_entry(p, line, option)
        p.restore()

    def _paint_group(self, p: QPainter, group: Group, wide: int) -> None:
        c = colours()
        taken = text(p, wide - RIGHT, 27, group.counts, figures(META), c.faint, right=True)
        text(p, 14, 27, group.title, font(BASE, 600), c.text, wide - RIGHT - 14 - taken - 12)

    def _paint_entry(self, p: QPainter, entry: Entry, option: QStyleOptionViewItem) -> None:
        c, wide, high = colours(), option.rect.width(), option.rect.height()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ground = QRectF(6, 1, wide - 6, high - 2)
        if chosen:
            box(p, ground, 6, c.select if self._view.hasFocus() else c.idle)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            box(p, ground, 6, c.hover)
        quote, note = self._set(entry, wide)
        if quote:
            box(p, QRectF(14, 13, 4, QUOTE_HIGH * len(quote) - 4), 2, highlight_bar(entry.colour))
        y = 10
        for line in quote:
            text(p, LEFT, y + 16, line, _quote_font(entry), c.dim if entry.is_lost else c.text)
            y += QUOTE_HIGH
        third = c.dim if chosen else c.faint
        if entry.is_lost:
            icons.draw(p, LEFT, y + 3, "unlink", c.warn, 14)
            text(p, LEFT + 22, y + 15, LOST, font(BASE), c.warn, wide - RIGHT - LEFT - 22)
            y += NOTE_HIGH
        for number, line in enumerate(note):
            if not number:
                icons.draw(p, LEFT, y + 3, "message-square", third, 14)
            text(p, LEFT + 22, y + 15, line, font(BASE), c.dim if quote else c.text)
            y += NOTE_HIGH
        self._paint_source(p, entry, y + 16, wide - RIGHT, third)
        if not chosen:
            hline(p, LEFT, high - 1, wide - RIGHT - LEFT, c.line)
        if chosen and self._view.hasFocus():
            box(p, QRectF(6, 8, 3, high - 16), 1.5, c.accent)

    def _paint_source(self, p: QPainter, entry: Entry, y: float, right: float, third: str) -> None:
        c, when = colours(), short_time(entry.when, datetime.now(UTC))
        taken = text(p, right, y, when, figures(META), third, right=True)
        x = LEFT + text(p, LEFT, y, entry.source, font(META, 600), c.dim, (right - LEFT) * 0.6) + 8
        if entry.meaning:
            dot(p, x + 1, y - 4, 1.2, third)
            text(p, x + 9, y, entry.meaning, font(META), third, right - taken - 12 - x)


def _quote_font(entry: Entry) -> Any:
    return font(15, 400, SERIF, italic=entry.is_lost)
