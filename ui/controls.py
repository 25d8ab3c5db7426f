"""The small controls that the parts are put together from, with keys and accessible names."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from ui import icons
from ui.paint import box, hline, prepare, text, width
from ui.theme import BASE, HEAD, ICON, META, VIEW, colours, figures, font, paper

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QKeyEvent, QPaintEvent

EDGE = 16
"""Between words and the edge of a pane."""


class Tool(QToolButton):
    """A command as an icon, 30 by 28."""

    def __init__(self, action: QAction, parent: QWidget | None = None, *, is_plain: bool = False) -> None:
        super().__init__(parent)
        self.setProperty("plain", is_plain)  # what it switches is seen anyway: it does not look pressed
        self.setDefaultAction(action)
        self.setIconSize(QSize(ICON, ICON))
        self.setFixedSize(30, 28)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(action.toolTip())


class IconButton(QToolButton):
    """An icon that is pressed, where no command of the program stands behind it."""

    def __init__(self, name: str, tip: str, parent: QWidget | None = None, *, checkable: bool = False) -> None:
        super().__init__(parent)
        self._name = name
        self.setCheckable(checkable)
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self.setIconSize(QSize(ICON, ICON))
        self.setFixedSize(30, 28)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._take_colours()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._take_colours()

    def _take_colours(self) -> None:
        self.setIcon(icons.icon(self._name, colours().dim))


class Ground(QWidget):
    """A widget on one of the theme's grounds, by role, through every change of theme."""

    def __init__(self, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role, self._edge = role, 0

    def set_edge(self, wide: int) -> None:
        """Lie over something else: with a hairline at the left and on top, or (0) without."""
        self._edge = wide
        self.setContentsMargins(wide, wide, 0, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Fill the ground: that of the paper is sepia where the analyst reads on sepia."""
        ground = paper().page if self._role == "paper" else str(getattr(colours(), self._role))
        p = QPainter(self)
        p.fillRect(self.rect(), QColor(colours().edge if self._edge else ground))
        if self._edge:
            p.fillRect(self.rect().adjusted(self._edge, self._edge, 0, 0), QColor(ground))


class Head(QWidget):
    """The strip on top of a pane: what acts on that pane."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEAD)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(10, 0, 10, 0)
        self.row.setSpacing(2)


class Words(QLabel):
    """Plain words in a size, weight and colour role, whatever the theme. Never markup: they may come from a feed."""

    def __init__(
        self, words: str = "", size: float = BASE, weight: int = 400, role: str = "text", parent: QWidget | None = None, *,
        wrap: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(words, parent)
        self._role = role
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font(size, weight))
        self.setWordWrap(wrap)
        self._take_colours()

    def set_role(self, role: str) -> None:
        """Take another colour."""
        self._role = role
        self._take_colours()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._take_colours()

    def _take_colours(self) -> None:
        wanted = QColor(str(getattr(colours(), self._role)))
        if self.palette().color(QPalette.ColorRole.WindowText) != wanted:
            mine = self.palette()
            mine.setColor(QPalette.ColorRole.WindowText, wanted)
            self.setPalette(mine)


class Link(QAbstractButton):
    """Words that do something: in the accent, underlined under the mouse and with the focus."""

    def __init__(self, words: str, parent: QWidget | None = None, size: int = META) -> None:
        super().__init__(parent)
        self._font = font(size, 500)
        self.setText(words)
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as its words."""
        return QSize(ceil(width(self.text(), self._font)) + 2, 20)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the words."""
        p, c = QPainter(self), colours()
        prepare(p)
        taken = text(p, 0, 14, self.text(), self._font, c.accent, self.width())
        if self.underMouse() or self.hasFocus():
            hline(p, 0, 16, taken, c.accent)


class Notice(QWidget):
    """What was just done, in words, and the way back. It stays until the next one; nothing pops up."""

    undone = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._keys, self._is_bad = "", "", False
        self._undo = Link("Undo", self)
        self._undo.clicked.connect(self.undone)
        self.setFixedHeight(36)
        self.setAccessibleName("Notice")
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words

    @property
    def offers_undo(self) -> bool:
        """Whether what it says can be taken back from here."""
        return bool(self._keys)

    def say(self, words: str, keys: str = "", *, is_bad: bool = False) -> None:
        """Say something; with `keys` it offers to undo it."""
        self._words, self._keys, self._is_bad = words, keys, is_bad
        self._undo.setVisible(bool(keys))
        self.setAccessibleDescription(words)
        self.setToolTip("")
        self.show()
        self.resizeEvent(None)
        self.update()

    def resizeEvent(self, _event: object) -> None:  # noqa: N802 - Qt's name
        """Keep the link at the right."""
        right = self.width() - 16 - round(width(self._keys, figures())) - 10
        self._undo.setGeometry(right - self._undo.sizeHint().width(), 9, self._undo.sizeHint().width(), 20)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the words, and at the right the keys that take it back."""
        p, c = QPainter(self), colours()
        prepare(p)
        p.fillRect(self.rect(), QColor(c.chrome))
        hline(p, 0, 0, self.width(), c.line)
        left = 14
        if self._is_bad:
            icons.draw(p, left, 11, "triangle-alert", c.warn, 14)
            left += 22
        right = self._undo.x() - 12 if self._keys else self.width() - 16
        text(p, left, 23, self._words, font(META), c.text if self._is_bad else c.dim, right - left)
        text(p, self.width() - 16, 23, self._keys, figures(META), c.faint, right=True)


class Card(QWidget):
    """A popover: a raised sheet with a hairline and a soft shadow of a few rounded rectangles."""

    SHADOW = 12
    closed = Signal()

    def __init__(self, wide: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(wide + 2 * self.SHADOW)
        self.column = QVBoxLayout(self)
        edge = self.SHADOW + 16
        self.column.setContentsMargins(edge, edge, edge, edge)
        self.column.setSpacing(0)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw shadow and sheet."""
        p, c = QPainter(self), colours()
        prepare(p)
        sheet = QRectF(self.rect()).adjusted(self.SHADOW, self.SHADOW, -self.SHADOW, -self.SHADOW)
        for spread in range(self.SHADOW, 0, -2):
            shade = QColor(0, 0, 0, 5 if c.name != "dark" else 14)
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(shade)
            grown = sheet.adjusted(-spread, -spread + 3, spread, spread)
            p.drawRoundedRect(grown, 10 + spread, 10 + spread)
        box(p, sheet, 10, c.raised, c.edge)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Close at Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
        else:
            super().keyPressEvent(event)

    def close_card(self) -> None:
        """Go away, and say so."""
        self.hide()
        self.closed.emit()


class QuietWords(QWidget):
    """A sentence where there would be rows, under a title where there is one, and that under a sign, `above` pixels down."""

    def __init__(self, words: str, title: str = "", icon: str = "", parent: QWidget | None = None, *, above: int = 22) -> None:
        super().__init__(parent)
        self._icon, self._above = icon, above
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, above + 38 if icon else 12 if title else 0, EDGE, 4)
        column.setSpacing(4)
        if title:
            column.addWidget(Words(title, VIEW if icon else META, 600, wrap=True))
        column.addWidget(Words(words, BASE if icon else META, role="dim" if title else "faint", wrap=True))
        if icon:
            column.addStretch(1)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw its sign."""
        if self._icon:
            p = QPainter(self)
            prepare(p)
            icons.draw(p, EDGE, self._above, self._icon, colours().faint, 24)
