"""The line over the list: what of it is shown at the left; at the right the headings of the columns, which are its order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from ui import icons
from ui.controls import Link
from ui.list.rows import row_layout
from ui.paint import box, hline, prepare, text, width
from ui.phrases import number
from ui.theme import META, SCROLLBAR, colours, figures, font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from ui.view import Looking, View

HEIGHT = 32
_HEADING = 58
_PAD = 4
"""Around words that can be pressed: room for the ring of the focus."""
NARROWINGS: dict[str, str] = {"all": "All", "unread": "Unread", "starred": "Starred", "hot": "Hot"}
ORDERS: dict[str, str] = {"newest": "Newest", "quality": "Quality", "heat": "Heat"}
BEST, HOT = "best", "hot"


class _Choice(QAbstractButton):
    """Words that are chosen or not; what is chosen is told to it, it does not choose itself."""

    def __init__(self, key: str, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self.setText(words)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's name
        """Wait to be told."""

    def enterEvent(self, _event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Show that it can be pressed."""
        self.update()

    def leaveEvent(self, _event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Show that the mouse is gone."""
        self.update()


class Tab(_Choice):
    """One way to narrow the list; the chosen one is underlined."""

    def __init__(self, key: str, words: str, parent: QWidget) -> None:
        super().__init__(key, words, parent)
        self._count, self._is_brief = "", False
        self.setAccessibleName(f"Show {words.lower()}")

    def set_count(self, count: int | None) -> None:
        """Say how many there are; `None`: nobody knows."""
        self._count = number(count) if count else ""
        self.setAccessibleName(f"Show {self.text().lower()} {self._count}".strip())
        self.updateGeometry()
        self.update()

    def set_brief(self, is_brief: bool) -> None:
        """Leave the count out where there is no room for it."""
        if self._is_brief != is_brief:
            self._is_brief = is_brief
            self.updateGeometry()
            self.update()

    def wide(self, *, with_count: bool) -> int:
        """How wide its words are when it is chosen."""
        counted = 4 + width(self._count, figures()) if self._count and with_count else 0
        return round(width(self.text(), font(META, 600)) + counted + 1)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as its words when chosen."""
        return QSize(self.wide(with_count=not self._is_brief) + 2 * _PAD, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the words."""
        c, p, chosen = colours(), QPainter(self), self.isChecked()
        prepare(p)
        ink = c.text if chosen or self.underMouse() else c.dim
        x = _PAD + 4 + text(p, _PAD, 20, self.text(), font(META, 600 if chosen else 500), ink)
        if not self._is_brief:
            text(p, x, 20, self._count, figures(), c.faint)
        if chosen:
            p.fillRect(QRectF(_PAD, HEIGHT - 2, self.width() - 2 * _PAD, 2), QColor(c.accent))
        if self.hasFocus():
            box(p, QRectF(self.rect()).adjusted(0, 4, 0, -4), 3, None, c.accent, 2)


class Heading(_Choice):
    """A column's name; pressed, it is the order of the list, and pressed again, the other way round."""

    def __init__(self, key: str, words: str, parent: QWidget) -> None:
        super().__init__(key, words, parent)
        self._ascending = False
        self.setFixedSize(_HEADING + _PAD, HEIGHT)
        self.choose(chosen=False)

    def choose(self, *, chosen: bool, ascending: bool = False) -> None:
        """Be the order, or not."""
        self.setChecked(chosen)
        self._ascending = ascending
        way = f", {'lowest' if ascending else 'highest'} first" if chosen else ""
        self.setAccessibleName(f"Order by {self.text().lower()}{way}")
        self.update()

    def taken(self) -> int:
        """How wide it is, drawn as chosen."""
        return round(width(self.text(), font(META, 600))) + 13

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the name up to the right edge of its column."""
        c, p, chosen, right = colours(), QPainter(self), self.isChecked(), self.width() - _PAD
        prepare(p)
        if chosen:
            icons.draw(p, right - 11, 10, "arrow-up" if self._ascending else "arrow-down", c.text, 12)
        ink = c.text if chosen else c.dim if self.underMouse() else c.faint
        taken = text(p, right - 13 * chosen, 20, self.text(), font(META, 600 if chosen else 400), ink, right=True)
        if self.hasFocus():
            left = right - 13 * chosen - taken - 4
            box(p, QRectF(max(0.0, left), 4, right + _PAD - max(0.0, left), HEIGHT - 8), 3, None, c.accent, 2)


class SortLine(QWidget):
    """Filters and order in one look. It sets the view, and shows what the view says."""

    def __init__(self, view: View, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view, self._found, self._aside = view, "", ""
        self.switch = Link("", self)
        self.switch.clicked.connect(self._on_switch)
        self.switch.hide()
        self.setAccessibleName("Filter and order")
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(14 - _PAD, 0, 0, 0)
        row.setSpacing(14 - 2 * _PAD)
        self.tabs = {key: Tab(key, words, self) for key, words in NARROWINGS.items()}
        for tab in self.tabs.values():
            tab.clicked.connect(self._on_tab)
            row.addWidget(tab)
        row.addStretch()
        names: dict[str, str] = {BEST: "Best", **ORDERS}
        self.headings = {key: Heading(key, words, self) for key, words in names.items()}
        for heading in self.headings.values():
            heading.clicked.connect(self._on_heading)
        view.changed.connect(self._on_view)
        self._show(view.looking)

    def set_found(self, words: str, other: str = "", aside: str = "") -> None:
        """Say what a search found; it stands where the filters stand otherwise. `other` is pressed to count the other way."""
        self._found, self._aside = words, aside
        self.setAccessibleDescription(" ".join(part for part in (words, aside) if part))
        self.switch.setText(other)
        self.switch.setAccessibleName(f"Show the {'articles' if self._view.looking.in_threads else 'threads'} that were found")
        self._place_switch()
        self.update()

    def _place_switch(self) -> None:
        """Where there is room for it beside the headings; else the command is in the menu."""
        x, wide = 14 + round(width(self._found, font(META, 600))) + 8, self.switch.sizeHint().width()
        self.switch.setGeometry(x, 6, wide, 20)
        self.switch.setVisible(bool(self.switch.text()) and x + wide + 8 <= self._first_heading())

    def _first_heading(self) -> int:
        """Where the headings begin."""
        shown = [heading for heading in self.headings.values() if not heading.isHidden()]
        return min((heading.x() + _HEADING - heading.taken() for heading in shown), default=self.width() - 6)

    def _on_switch(self) -> None:
        looking = self._view.looking
        self._view.look(in_threads=not looking.in_threads, selection=looking.selection)

    def _on_tab(self) -> None:
        pressed = self.sender()
        assert isinstance(pressed, Tab)
        self._view.look(narrowing=pressed.key)

    def _on_heading(self) -> None:
        pressed = self.sender()
        assert isinstance(pressed, Heading)
        looking = self._view.looking
        if pressed.key == BEST:
            self._view.look(best_first=True)
        elif pressed.isChecked():
            self._view.look(ascending=not looking.ascending)
        elif looking.query:
            self._view.look(order=pressed.key, ascending=False, best_first=False)
        else:
            self._view.look(order=pressed.key, ascending=False)

    def _on_view(self, new: Looking, old: Looking) -> None:
        if not new.lists_as(old):
            self._show(new)

    def _show(self, looking: Looking) -> None:
        is_search = looking.is_search
        for key, tab in self.tabs.items():
            tab.setChecked(key == looking.narrowing)
            tab.setVisible(not is_search)
        column = "heat" if looking.order == HOT else looking.order  # both stand over the column of heat
        self.headings["heat"].setText("Hot" if looking.order == HOT and not is_search else ORDERS["heat"])
        for key, heading in self.headings.items():
            best = is_search and looking.best_first
            heading.choose(chosen=key == (BEST if best else column), ascending=looking.ascending and key != BEST)
        if not is_search:
            self.set_found("")
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the headings over their columns."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        columns = row_layout(self.width() - SCROLLBAR)
        ends = {"heat": columns.heat, "quality": columns.quality, "newest": columns.newest, BEST: 0}
        if self._view.looking.like is not None:  # the nearest first, in no other order
            ends = dict.fromkeys(self.headings, 0)
        elif self._view.looking.query:  # what was found has columns of its own; Best comes first
            x, ends = columns.right, {}
            for key in ("heat", "quality", "newest", BEST):
                ends[key] = x
                x -= self.headings[key].taken() + 6
        room = min((end - self.headings[key].taken() for key, end in ends.items() if end > 0), default=self.width()) - 14 - 10
        wanted = sum(tab.wide(with_count=True) + 14 for tab in self.tabs.values()) - 14
        for tab in self.tabs.values():
            tab.set_brief(wanted > room)
        for key, heading in self.headings.items():
            heading.move(ends[key] - _HEADING, 0)
            heading.setVisible(ends[key] > 0)
        self._place_switch()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the line under it, and what was found."""
        p, c = QPainter(self), colours()
        prepare(p)
        hline(p, 0, HEIGHT - 1, self.width(), c.line)
        if self._found:
            right = self._first_heading() - 8
            if not self.switch.text():  # what is sought for likeness may have a long title
                taken = text(p, right, 20, self._aside, figures(), c.faint, right=True)
                text(p, 14, 20, self._found, font(META, 600), c.text, right - taken - 26)
                return
            text(p, 14, 20, self._found, font(META, 600), c.text)
            x = self.switch.geometry().right() + 10  # where the switch is not shown, there is no room for more either
            if x + width(self._aside, figures()) < right:
                text(p, x, 20, self._aside, figures(), c.faint)
