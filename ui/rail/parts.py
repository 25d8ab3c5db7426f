"""The rows that the rail is made of: pressed by mouse or keys, and walked through with up and down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui import icons
from ui.paint import apart, box, dot, lines, prepare, text, width
from ui.theme import CAPTION, META, colours, figures, font

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QPaintEvent, QResizeEvent

SIDE = 16
"""From the pane's edge to the words …"""
RIGHT = 6
"""… and from the words to the room of the scroll bar, which makes up the rest of `SIDE`."""
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Home: -1000, Qt.Key.Key_End: 1000}


class RailRow(QAbstractButton):
    """A line that is pressed. Up and down lead from row to row; the tab key knows one of them all."""

    HEIGHT = 24
    walked = Signal(int)
    """Up or down was pressed: so many rows on."""
    entered = Signal()
    """It has the focus now."""

    def __init__(self, said: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(said)
        self.setAccessibleName(said)
        self.setFixedHeight(self.HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.is_shown = False
        """Whether it is what the page shows."""

    @property
    def room(self) -> float:
        """Where the words end."""
        return self.width() - RIGHT

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as there is."""
        return QSize(120, self.HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Walk, or press."""
        key = Qt.Key(event.key())
        if key in _STEPS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.walked.emit(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Say so."""
        super().focusInEvent(event)
        self.entered.emit()

    def point_below(self) -> QPoint:
        """Where a card about it opens, on the screen."""
        return self.mapToGlobal(QPoint(SIDE, self.height()))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the ground, then the words."""
        p, c = QPainter(self), colours()
        prepare(p)
        ground = QRectF(SIDE - 8, 0, self.width() - SIDE + 8, self.height())
        if self.is_shown:
            box(p, ground, 6, c.idle)
        elif self.underMouse():
            box(p, ground, 6, c.hover)
        self.draw(p)
        if self.hasFocus():
            box(p, ground, 6, None, c.accent, 2)

    def draw(self, p: QPainter) -> None:
        """Draw the words."""
        raise NotImplementedError


class ReportRow(RailRow):
    """Who reported, and when, on the line through time. `place` is "first", "last", "only" or "between"; `chip` stands out."""

    def __init__(self, provider: str, when: str, said: str, place: str, chip: str = "", parent: QWidget | None = None) -> None:
        super().__init__(said, parent)
        self._provider, self._when, self._place, self._chip = provider, when, place, chip

    def draw(self, p: QPainter) -> None:
        """Draw dot, name and time."""
        c, line = colours(), SIDE + 4
        _thread(p, line, self.height(), self._place)
        dot(p, line + 0.5, 12, 3.5, c.accent if self.is_shown else c.ink)
        taken = text(p, self.room, 16, self._when, figures(META), c.dim if self.is_shown else c.faint, right=True)
        left = SIDE + 18.0
        chip = width(self._chip, font(CAPTION, 600)) + 10 if self._chip else 0
        room = self.room - left - taken - 8 - (chip + 6 if chip else 0)
        left += text(p, left, 16, self._provider, font(META, 600 if self.is_shown else 500), c.text, room)
        if chip:
            box(p, QRectF(left + 6, 4.5, chip, 15), 3, c.raised if self.is_shown else c.idle)
            text(p, left + 11, 15.5, self._chip, font(CAPTION, 600), c.dim)


class CopyRow(RailRow):
    """Copies, hanging on the report that they repeat: one of them, or how many there are."""

    HEIGHT = 22

    def __init__(
        self, words: str, when: str, said: str, *, goes_on: bool, opened: bool | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(said, parent)
        self._words, self._when, self._goes_on, self._opened = words, when, goes_on, opened

    def draw(self, p: QPainter) -> None:
        """Draw the branch, the words and where it leads."""
        c, line = colours(), SIDE + 4
        _thread(p, line, self.height(), "between" if self._goes_on else "branch")
        p.fillRect(QRectF(line, 11, 12, 1), c.edge)
        dot(p, SIDE + 19, 11.5, 2.5, c.accent if self.is_shown else c.list, None if self.is_shown else c.faint, 1.2)
        colour = c.dim if self.is_shown else c.faint
        left = SIDE + 28
        end = self.room - text(p, self.room, 15, self._when, figures(META), colour, right=True) - (24 if self._when else 14)
        taken = text(p, left, 15, self._words, font(META, 500 if self.is_shown else 400), colour, end - left)
        sign = "chevron-down" if self._opened else "chevron-right"
        icons.draw(p, left + taken + 2, 5, sign, colour, 12)


def _thread(p: QPainter, x: float, high: int, place: str) -> None:
    """The line through time, as far as it goes in one row."""
    top, bottom = {"first": (12, high), "last": (0, 12), "only": (0, 0), "branch": (0, 12)}.get(place, (0, high))
    p.fillRect(QRectF(x, top, 1, bottom - top), colours().edge)


class MoreRow(RailRow):
    """How many more there are; pressed, they come."""

    def __init__(self, words: str, indent: int = 18, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._indent = indent

    def draw(self, p: QPainter) -> None:
        """Draw the words as a link."""
        text(p, SIDE + self._indent, 16, self.text(), font(META, 500), colours().accent, self.room - SIDE - self._indent)


class FactRow(RailRow):
    """Something that reports state; `share` says how many. `column` is where the values stand."""

    def __init__(
        self, kind: str, value: str, share: str, said: str, column: int, *, agreed: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(said, parent)
        self._kind, self._value, self._share, self._column, self._agreed = kind, value, share, column, agreed
        self.setToolTip("")

    def draw(self, p: QPainter) -> None:
        """Draw kind, value and share."""
        c, left = colours(), SIDE + 22
        if self._agreed:
            icons.draw(p, SIDE, 5, "check", c.good, 14)
        else:
            dot(p, SIDE + 7, 12, 2, c.faint)
        taken = text(p, self.room, 16, self._share, figures(META), c.faint, right=True)
        text(p, left, 16, self._kind, font(META), c.faint, self._column - 8)
        start = left + self._column
        text(p, start, 16, self._value, font(META, 600), c.text, self.room - start - taken - 8)


class SideRow(RailRow):
    """One side of a contradiction."""

    HEIGHT = 20

    def __init__(self, value: str, share: str, said: str, parent: QWidget | None = None) -> None:
        super().__init__(said, parent)
        self._value, self._share = value, share

    def draw(self, p: QPainter) -> None:
        """Draw value and share."""
        c, left = colours(), SIDE + 22
        taken = text(p, self.room, 14, self._share, figures(META), c.faint, right=True)
        text(p, left, 14, self._value, font(META, 600), c.text, self.room - left - taken - 8)


class TitleRow(RailRow):
    """A thread by its title, on two lines where one is not enough."""

    LINE, EDGE = 16, 4

    def __init__(self, title: str, said: str, left: int, right: int, parent: QWidget | None = None) -> None:
        super().__init__(said, parent)
        self._title, self._left, self._right = title, left, right
        self._lines = [title]

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Break the title anew."""
        super().resizeEvent(event)
        room = self.room - self._left - self._right
        self._lines = lines(self._title, self.title_font(), room, room, 2)
        self.setFixedHeight(max(self.HEIGHT, 2 * self.EDGE + self.LINE * len(self._lines)))

    def title_font(self) -> QFont:
        """What the title is set in."""
        return font(META)

    def draw(self, p: QPainter) -> None:
        """Draw the title."""
        for number, line in enumerate(self._lines):
            text(p, self._left, 16 + self.LINE * number, line, self.title_font(), colours().text)


class StoryRow(TitleRow):
    """A thread of the storyline: its month and its title, on the line through time; `is_here` is the one that is shown."""

    def __init__(self, when: str, title: str, said: str, place: str, *, is_here: bool, parent: QWidget | None = None) -> None:
        self._when, self._place, self._is_here = when, place, is_here
        super().__init__(title, said, SIDE + 18 + 62, 0, parent)

    def title_font(self) -> QFont:
        """Bold where it is this thread."""
        return font(META, 600 if self._is_here else 400)

    def draw(self, p: QPainter) -> None:
        """Draw dot, month and title."""
        c, line = colours(), SIDE + 4
        _thread(p, line, self.height(), self._place)
        dot(p, line + 0.5, 12, 3.5, c.accent if self._is_here else c.list, None if self._is_here else c.ink, 1.3)
        text(p, SIDE + 18, 16, self._when, font(META), c.faint)
        super().draw(p)


class RelatedRow(TitleRow):
    """A related thread and its heat."""

    def __init__(self, title: str, heat: float, hot: float, said: str, parent: QWidget | None = None) -> None:
        super().__init__(title, said, SIDE, 36, parent)
        self._heat, self._hot = heat, hot

    def draw(self, p: QPainter) -> None:
        """Draw title and heat."""
        c, hot = colours(), self._heat >= self._hot
        shown = f"{self._heat:.0f}" if self._heat >= 0 else "–"
        text(p, self.room, 16, shown, figures(META, 600 if hot else 500), c.heat if hot else c.faint, right=True)
        super().draw(p)


def said(*parts: str) -> str:
    """Words for those who hear a row: its parts that say something, each name apart."""
    return ", ".join(apart(part) for part in parts if part)


class HeadingRow(RailRow):
    """A heading that is pressed: it leads to the whole of what it names."""

    HEIGHT = 40

    def __init__(self, words: str, right: str, said: str, parent: QWidget | None = None) -> None:
        super().__init__(said, parent)
        self._words, self._right = words, right

    def draw(self, p: QPainter) -> None:
        """Draw the name, and at the right where it leads."""
        c = colours()
        taken = text(p, self.room, 26, self._right, font(META, 500), c.accent, right=True)
        text(p, SIDE, 26, self._words, font(META, 600), c.text, self.room - SIDE - taken - 12)
