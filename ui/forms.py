"""What forms and cards are laid out with: a label and its field on one baseline, hairlines, signs, buttons, words that break."""

from __future__ import annotations

import html
import re
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ui import icons
from ui.controls import IconButton, Words
from ui.paint import box, hline, prepare, text, width
from ui.theme import ICON, META, RADIUS_SMALL, VIEW, colours, font

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import QPaintEvent

    from reader.records import Feed

CONTROL = 30
"""How high a field or a button stands: 28 and its border."""
LABELS = 128
"""How wide the labels of a form are."""
WIDE = 560
"""How wide a form over its window is."""
_LONG = 24
"""Words without a space that are longer than this may be broken."""
_JOINTS = re.compile(r"([/?&=_.@:-]+)")
_BREAK = "\u200b"

Part = QWidget | QLayout | int | None


class Rule(QWidget):
    """A hairline across."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw it."""
        hline(QPainter(self), 0, 0, self.width(), colours().line)


class Sign(QLabel):
    """An icon in a colour role that says what the words beside it say."""

    def __init__(self, name: str, role: str = "dim", size: int = ICON, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._role, self._size = name, role, size
        self.setFixedSize(size, size)
        self._take_colours()

    def show_as(self, name: str, role: str) -> None:
        """Become another sign."""
        self._name, self._role = name, role
        self._take_colours()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._take_colours()

    def _take_colours(self) -> None:
        colour = str(getattr(colours(), self._role))
        self.setPixmap(icons.pixmap(self._name, colour, self._size, self.devicePixelRatioF()))


class Form(QWidget):
    """Rows of a label and a field on one baseline; under a field what it is for, and what is wrong with it."""

    def __init__(self, parent: QWidget | None = None, labels: int = LABELS) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnMinimumWidth(0, labels)
        self._grid.setColumnStretch(1, 1)

    def add(self, label: str, field: QWidget, hint: str = "", *, tail: int = 10) -> FormRow:
        """A row at the end."""
        row = FormRow(label, field, hint, self)
        at = self._grid.rowCount()
        self._grid.addWidget(row.label, at, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(row.body, at, 1)
        row.set_tail(tail)
        return row


class FormRow:
    """One row of a form: its label, its field, and the lines under it."""

    def __init__(self, label: str, field: QWidget, hint: str, parent: QWidget) -> None:
        self.field = field
        self.label = Words(label, role="dim", parent=parent)
        self.label.setFixedHeight(CONTROL)
        self.body = QWidget(parent)
        self._hint = Words(hint, META, role="faint", wrap=True)
        self._error = Words("", META, role="bad", wrap=True)
        for named in (field, field.focusProxy()):
            if named is not None and not named.accessibleName():
                named.setAccessibleName(label or (field.text() if isinstance(field, QAbstractButton) else ""))
        if isinstance(field, Tick):
            field.setFixedHeight(CONTROL)  # its words stand level with the label
        if hint:
            field.setAccessibleDescription(hint)
        self._column = QVBoxLayout(self.body)
        self._column.setSpacing(3)
        for part in (field, self._hint, self._error):
            self._column.addWidget(part)
        self._hint.setVisible(bool(hint))
        self._error.hide()

    def set_tail(self, tail: int) -> None:
        """The gap below, in pixels."""
        self._column.setContentsMargins(0, 0, 0, tail)

    def stand_as_words(self) -> None:
        """The field is words, not a control: the label stands on their first line."""
        self.label.setFixedHeight(self.label.fontMetrics().height())

    @property
    def error(self) -> str:
        """What is said to be wrong with the field; "" where nothing is."""
        return "" if self._error.isHidden() else self._error.accessibleName()

    def say(self, error: str) -> None:
        """Say what is wrong with the field, or with "" that nothing is."""
        self._error.setText(breakable(error))
        self._error.setAccessibleName(error)
        self._error.setVisible(bool(error))

    def hint(self, words: str) -> None:
        """Say what the field is for."""
        self._hint.setText(words)
        self._hint.setVisible(bool(words))
        self.field.setAccessibleDescription(words)

    def show(self, shown: bool) -> None:
        """Show or hide the row."""
        self.label.setVisible(shown)
        self.body.setVisible(shown)


def column(*parts: Part, margins: tuple[int, int, int, int] = (0, 0, 0, 0), spacing: int = 0) -> QVBoxLayout:
    """Parts below each other; a number is a gap, `None` takes what is left."""
    made = QVBoxLayout()
    _fill(made, parts, margins, spacing)
    return made


def row(*parts: Part, spacing: int = 8) -> QHBoxLayout:
    """Parts beside each other; a number is a gap, `None` takes what is left."""
    made = QHBoxLayout()
    _fill(made, parts, (0, 0, 0, 0), spacing)
    return made


def _fill(layout: QBoxLayout, parts: tuple[Part, ...], margins: tuple[int, int, int, int], spacing: int) -> None:
    layout.setContentsMargins(*margins)
    layout.setSpacing(spacing)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        elif isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)


def button(words: str, pressed: Callable[[], object] | None = None, *, filled: bool = False, name: str = "") -> QPushButton:
    """A button; `pressed` is a bound method. The one filled button of a screen is also the one that Enter presses."""
    made = QPushButton(words)
    made.setAutoDefault(filled)
    made.setDefault(filled)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    made.setAccessibleName(name or words)
    if pressed is not None:
        made.clicked.connect(pressed)
    return made


class Page(QScrollArea):
    """A column that scrolls when it is longer than its place, and is never wider."""

    def __init__(self, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = inside
        self.setWidget(inside)
        inside.setAutoFillBackground(False)  # Qt has just switched it on
        self.viewport().setAutoFillBackground(False)

    def fit(self, most: int) -> None:
        """Be as high as what it holds, and no higher than `most`."""
        layout = self._inside.layout()
        if layout is not None:
            layout.activate()
            self.setFixedHeight(max(0, min(most, layout.totalHeightForWidth(self.viewport().width()))))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Small: it scrolls."""
        return QSize(200, 60)


def breakable(words: str) -> str:
    """Words in which addresses and paths can be broken into lines: a label never grows wider than its place for them."""
    return " ".join(_broken(word) if len(word) > _LONG else word for word in words.split(" "))


def _broken(word: str) -> str:
    jointed = _JOINTS.sub(rf"\1{_BREAK}", word)
    pieces = (piece[at : at + _LONG] for piece in jointed.split(_BREAK) for at in range(0, len(piece), _LONG))
    return _BREAK.join(pieces)


def tip(words: str) -> str:
    """Words as a tooltip: never markup, whatever they hold; long ones in lines."""
    return f"<p>{html.escape(words[:1000])}</p>" if words else ""


class Tick(QCheckBox):
    """A box to tick, with its edge and its focus seen on every ground."""

    BOX = 14
    WORDS = 22
    """Where its words begin."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words.replace("&", "&&"), parent)
        self.setAccessibleName(words)
        self.setMinimumHeight(22)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as its words."""
        return QSize(self.WORDS + ceil(width(self.accessibleName(), font())) + 4, 22)

    def hitButton(self, at: QPoint) -> bool:  # noqa: N802 - Qt's name
        """The words are ticked too."""
        return self.rect().contains(at)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw box and words."""
        p, c, top = QPainter(self), colours(), (self.height() - self.BOX) / 2
        prepare(p)
        on, able = self.isChecked(), self.isEnabled()
        edge = c.accent if (on or self.hasFocus() or self.underMouse()) and able else c.edge if not able else c.faint
        if self.hasFocus():
            box(p, QRectF(0, top - 2, self.BOX + 4, self.BOX + 4), RADIUS_SMALL + 2, None, c.accent, 2)
        box(p, QRectF(2, top, self.BOX, self.BOX), RADIUS_SMALL, c.accent if on and able else c.page, edge)
        if on:
            icons.draw(p, 3, top + 1, "check", c.on_accent if able else c.faint, 12)
        text(p, self.WORDS, top + 11.5, self.accessibleName(), font(), c.text if able else c.faint, self.width() - self.WORDS)


class Stepper(QWidget):
    """A whole number with a minus and a plus; taken by Enter, by the arrows, or when it is left, not while it is typed."""

    changed = Signal(int)

    def __init__(self, least: int, most: int, unit: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = QSpinBox()
        self.number.setRange(least, most)
        self.number.setSuffix(f" {unit}" if unit else "")
        self.number.setKeyboardTracking(False)
        self.number.setFixedWidth(112)
        self.number.lineEdit().setTextMargins(7, 0, 7, 0)  # the style sheet's padding does not reach it
        less, more = IconButton("minus", "Less"), IconButton("plus", "More")
        for step in (less, more):
            step.setAutoRepeat(True)
            step.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrow keys do it
        less.clicked.connect(self.number.stepDown)
        more.clicked.connect(self.number.stepUp)
        self.number.valueChanged.connect(self.changed)
        self.setFocusProxy(self.number)
        self.setLayout(row(self.number, less, more, None, spacing=2))

    def show_value(self, value: int) -> None:
        """Show what was chosen, without choosing it; what she is typing stays."""
        if self.number.value() != value and not self.number.hasFocus():
            self.number.blockSignals(True)
            self.number.setValue(value)
            self.number.blockSignals(False)


class Combo(QComboBox):
    """A choice of few, with its arrow in the theme's colours."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the arrow, which the style sheet has taken away."""
        super().paintEvent(event)
        colour = colours().dim if self.isEnabled() else colours().faint
        icons.draw(QPainter(self), self.width() - 22, (self.height() - 14) / 2, "chevron-down", colour, 14)


class FolderField(Combo):
    """A folder of feeds: one that is there, or a new name."""

    def __init__(self, chosen: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setEditText(chosen)
        edit = self.lineEdit()
        if edit is not None:
            edit.setPlaceholderText("none")

    @property
    def folder(self) -> str:
        """Its name, "" for none."""
        return self.currentText().strip()

    def offer(self, feeds: Iterable[Feed]) -> None:
        """Offer the folders that there are; what was typed stays."""
        typed = self.currentText()
        self.clear()
        self.addItems(sorted({feed.folder for feed in feeds if feed.folder}, key=str.casefold))
        self.setEditText(typed)


class Sheet(QDialog):
    """A form over its window: a title, the parts, and the buttons at its foot. Esc closes; nothing else waits for it.

    It is as high as what it holds, and grows with it.
    """

    def __init__(self, title: str, parent: QWidget | None = None, wide: int = WIDE) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setFixedWidth(wide)
        self.body = column()
        self.foot = row()
        self.heading = Words(title, VIEW, 600)
        self.setLayout(column(self.heading, 18, self.body, 20, self.foot, margins=(24, 20, 24, 20)))

    def event(self, event: QEvent) -> bool:
        """Fit when something in it came, went or got longer."""
        heard = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self.fit()
        return heard

    def fit(self) -> None:
        """Be as high as what it holds."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            wanted = layout.totalHeightForWidth(self.width()) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
            self.setFixedHeight(wanted)


def open_once(dialog: QDialog) -> None:
    """Open a dialog that is gone when it is closed: the next time another is made."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
