"""Draws the lines of the sidebar, wide and narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import icons
from ui.paint import box, dot, hline, prepare, text, width
from ui.phrases import number
from ui.side.model import ENTRY, TOPICS, Entry
from ui.theme import BASE, CAPTION, META, RADIUS, SCROLLBAR, Colours, colours, figures, font, topic_colour

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from ui.view import Looking

ROW, HEADING, NARROW_ROW, RULE = 28, 36, 30, 17
INSET, EDGE, STEP, NAME = 8, 16, 16, 24
RIGHT = EDGE - SCROLLBAR
"""Of a selection; of icons and counts from the border; of a depth; of a name from its icon."""
BUTTON = 24
"""What is pressed inside a line: the chevron, and the plus of a section."""


class SidebarDelegate(QStyledItemDelegate):
    """Icon at 16, name at 40, count or trouble at the right. Never a tree line."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self.is_narrow = False
        self.looking: Looking | None = None

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802 - Qt's
        """Heights are fixed; the width is the view's."""
        kind = index.data(ENTRY).kind
        if kind == "rule":
            return QSize(0, RULE)
        if kind == "section":
            return QSize(0, HEADING)
        return QSize(0, NARROW_ROW if self.is_narrow else ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:  # fmt: skip
        """Draw one line."""
        entry: Entry = index.data(ENTRY)
        state, rect = option.state, QRect(option.rect)
        is_chosen = self.looking is not None and entry.is_of(self.looking)
        is_under_mouse = bool(state & QStyle.StateFlag.State_MouseOver)
        is_current = self._view.hasFocus() and self._view.currentIndex() == index
        painter.save()
        prepare(painter)
        line = _Line(painter, rect, entry, is_chosen=is_chosen, is_under_mouse=is_under_mouse, is_current=is_current)
        if entry.kind == "rule":
            hline(painter, rect.left() + 12, rect.center().y(), rect.width() - 24, colours().line)
        elif self.is_narrow:
            line.draw_narrow()
        elif entry.kind == "section":
            line.draw_section()
        elif entry.kind == "hint":
            text(painter, rect.left() + EDGE, rect.top() + 18, entry.name, font(META), colours().faint, rect.width() - EDGE)
        else:
            line.draw()
        painter.restore()


def chevron_rect(row: QRect, entry: Entry) -> QRect:
    """Where a line is pressed to be opened or closed."""
    if entry.is_open is None:
        return QRect()
    if entry.kind == "section":
        return QRect(row)
    return QRect(row.left(), row.top(), EDGE + STEP * entry.depth, row.height())


def plus_rect(row: QRect, entry: Entry) -> QRect:
    """Where a section is pressed to add to it."""
    if entry.kind != "section" or entry.name != TOPICS:
        return QRect()
    return QRect(row.right() - RIGHT - 18, row.top() + 9, BUTTON, BUTTON)


class _Line:
    """One line on its way to the screen."""

    def __init__(
        self, p: QPainter, rect: QRect, entry: Entry, *, is_chosen: bool, is_under_mouse: bool, is_current: bool
    ) -> None:  # fmt: skip
        self._p, self._rect, self._entry = p, rect, entry
        self._is_chosen, self._is_under_mouse, self._is_current = is_chosen, is_under_mouse, is_current
        self._c: Colours = colours()
        self._middle = rect.top() + rect.height() / 2
        self._baseline = round(self._middle + 4.6)

    def draw(self) -> None:
        """Icon, name, and at the right how many are unread, or that something is wrong."""
        self._draw_ground(0)
        entry, left = self._entry, self._rect.left() + EDGE + STEP * self._entry.depth
        self._draw_icon(left)
        right = self._draw_right(self._rect.right() + 1 - RIGHT)
        if entry.is_open is not None:
            self._draw_chevron(left - 13)
        name_font = font(BASE, 600 if self._is_chosen else 400)
        text(self._p, left + NAME, self._baseline, entry.name, name_font, self._c.text, right - left - NAME)

    def draw_narrow(self) -> None:
        """The icon alone, with a dot where something is unread."""
        self._draw_ground(INSET)
        left = self._rect.left() + (self._rect.width() - 16) / 2
        self._draw_icon(round(left))
        if self._entry.count and self._entry.icon in ("inbox", "flame"):
            dot(self._p, left + 16, self._middle - 7, 3.5, self._c.accent)

    def draw_section(self) -> None:
        """A name over what follows; what opens it shows where it is closed or under the mouse."""
        p, c, rect = self._p, self._c, self._rect
        if self._is_current:
            box(p, QRectF(rect).adjusted(INSET, 9, 0, -3), RADIUS, None, c.accent, 2)
        baseline = rect.top() + 25
        taken = text(p, rect.left() + EDGE, baseline, self._entry.name, font(CAPTION, 600), c.faint)
        if not self._entry.is_open or self._is_under_mouse or self._is_current:
            name = "chevron-down" if self._entry.is_open else "chevron-right"
            icons.draw(p, rect.left() + EDGE + taken + 4, baseline - 10, name, c.faint, 12)
        if self._entry.name == TOPICS:
            plus = plus_rect(rect, self._entry)
            icons.draw(p, plus.center().x() - 6, plus.center().y() - 6, "plus", c.dim if self._is_under_mouse else c.faint, 14)

    def _draw_ground(self, right: int) -> None:
        ground = QRectF(self._rect).adjusted(INSET, 1, -right, -1)
        if self._is_current or self._is_chosen:
            box(self._p, ground, RADIUS, self._c.select if self._is_current else self._c.idle)
        elif self._is_under_mouse:
            box(self._p, ground, RADIUS, self._c.hover if self._c.name == "dark" else self._c.idle)
        if self._is_current:
            box(self._p, QRectF(ground.left(), ground.top() + 5, 3, ground.height() - 10), 1.5, self._c.accent)

    def _draw_icon(self, x: float) -> None:
        p, c, entry = self._p, self._c, self._entry
        if entry.icon == "topic":
            box(p, QRectF(x + 3.5, self._middle - 4.5, 9, 9), 2.5, topic_colour(entry.id - 1))
        elif entry.icon == "tile":
            box(p, QRectF(x, self._middle - 8, 16, 16), 4, c.raised if self._is_chosen else c.idle)
            letter, small = _initial(entry.name), font(10, 600)
            text(p, x + 8 - width(letter, small) / 2, round(self._middle + 3.6), letter, small, c.dim)
        else:
            icons.draw(p, x, self._middle - 8, entry.icon, c.accent if self._is_chosen else c.dim)

    def _draw_chevron(self, x: float) -> None:
        name = "chevron-down" if self._entry.is_open else "chevron-right"
        icons.draw(self._p, x, self._middle - 6, name, self._c.faint, 12)

    def _draw_right(self, right: float) -> float:
        """Draw what stands at the right; where the room for the name ends."""
        p, c, entry = self._p, self._c, self._entry
        if entry.trouble:
            icons.draw(p, right - 14, self._middle - 7, "triangle-alert", c.warn, 14)
            right -= 22
        elif entry.count:
            colour = c.dim if self._is_chosen else c.faint
            right -= 8 + text(p, right, self._baseline, number(entry.count), figures(META, 500), colour, right=True)
        return right if entry.unseen is None else self._draw_bell(right, entry.unseen)

    def _draw_bell(self, right: float, unseen: int) -> float:
        """Draw that there is an alert; in the accent, with their number, where nobody has looked at what it told of."""
        p, c = self._p, self._c
        if unseen:
            right -= 3 + text(p, right, self._baseline, number(unseen), figures(META, 600), c.accent, right=True)
        icons.draw(p, right - 13, self._middle - 6.5, "bell", c.accent if unseen else c.faint, 13)
        return right - 21


def _initial(name: str) -> str:
    """The first letter or figure of a name."""
    return next((letter.upper() for letter in name if letter.isalnum()), "·")
