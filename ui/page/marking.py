"""What stands beside words that were selected or highlighted: the four meanings, the note, the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from ui import theme
from ui.controls import Card, IconButton, Link, Words
from ui.paint import box, prepare, text, width
from ui.phrases import HIGHLIGHT_NAMES
from ui.theme import BASE, META, SERIF, font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from reader.records import Highlight

KEYS = {"yellow": "H", "blue": "2", "pink": "3", "green": "4"}
MOST_NOTE = 600


class Swatch(QAbstractButton):
    """One meaning of a highlight: its ground, with the key that sets it."""

    picked = Signal(str)

    def __init__(self, colour: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = colour
        words = f"{HIGHLIGHT_NAMES[colour]} ({KEYS[colour]})"
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.setCheckable(True)
        self.setFixedSize(30, 28)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.picked.emit(self._colour)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As large as it is."""
        return QSize(30, 28)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the ground, the key, and a ring where it has the focus or is the one that stands."""
        p, c = QPainter(self), theme.colours()
        prepare(p)
        ground = theme.highlight_colour(self._colour, c)
        edge = c.accent if self.hasFocus() else c.text if self.isChecked() else theme.highlight_bar(self._colour)
        thick = 2 if self.hasFocus() or self.isChecked() else 1
        box(p, QRectF(0, 2, 28, 24), theme.RADIUS, ground, edge, thick)
        letter = KEYS[self._colour]
        f = font(META, 500)
        text(p, 14 - width(letter, f) / 2, 18, letter, f, c.text)


class SelectionBar(Card):
    """The four meanings and the note, by a selection."""

    picked = Signal(str)
    noted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(4 * 34 + 42, parent)
        edge = self.SHADOW + 5
        self.column.setContentsMargins(edge, edge, edge, edge)
        row = QHBoxLayout()
        row.setSpacing(4)
        self.swatches = {colour: Swatch(colour) for colour in KEYS}
        for swatch in self.swatches.values():
            swatch.setCheckable(False)
            swatch.picked.connect(self.picked)
            row.addWidget(swatch)
        note = IconButton("message-square-plus", "Note (C)")
        note.clicked.connect(self.noted)
        row.addWidget(note)
        self.column.addLayout(row)
        self.setAccessibleName("Highlight the selected words")
        self.adjustSize()
        self.hide()


class HighlightCard(Card):
    """A highlight: what it means, what was noted on it, and what can be done with it."""

    picked = Signal(str)
    noted = Signal()
    removed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(340, parent)
        self.highlight: Highlight | None = None
        self._meaning = Words("", BASE, 600)
        self._note = Words("", 15, wrap=True)
        self._note.setFont(font(15, 400, SERIF))
        self._change = Link("Note")
        self._remove = Link("Remove")
        self._change.clicked.connect(self.noted)
        self._remove.clicked.connect(self.removed)
        row = QHBoxLayout()
        row.setSpacing(4)
        self._swatches = {colour: Swatch(colour) for colour in KEYS}
        for swatch in self._swatches.values():
            swatch.picked.connect(self.picked)
            row.addWidget(swatch)
        row.addStretch()
        row.addWidget(self._change)
        row.addSpacing(12)
        row.addWidget(self._remove)
        self.column.addWidget(self._meaning)
        self.column.addSpacing(6)
        self.column.addWidget(self._note)
        self.column.addSpacing(10)
        self.column.addLayout(row)
        self.setAccessibleName("Highlight")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def show_highlight(self, highlight: Highlight, note: str) -> None:
        """Show this one."""
        self.highlight = highlight
        self._meaning.setText(HIGHLIGHT_NAMES.get(highlight.colour, "Highlight"))
        self._note.setText(note if len(note) <= MOST_NOTE else f"{note[:MOST_NOTE]} …")
        self._note.setVisible(bool(note))
        self._change.setText("Edit the note" if note else "Add a note")
        self._change.setAccessibleName(self._change.text())
        for colour, swatch in self._swatches.items():
            swatch.setChecked(colour == highlight.colour)
        self.adjustSize()
        self.show()
        self.raise_()
