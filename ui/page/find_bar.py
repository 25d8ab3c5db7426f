"""The strip under the page's head in which one looks for words in the article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ui.controls import IconButton, Words
from ui.paint import hline
from ui.theme import META, colours

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

HIGH = 44
MOST = 200


class FindBar(QWidget):
    """A field, a count, and the ways on, back and out. It only says what is wanted."""

    changed = Signal(str)
    wanted = Signal(int)
    """The next place (1), the one before (-1)."""
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HIGH)
        self._field = QLineEdit()
        self._field.setMaxLength(MOST)
        self._field.setPlaceholderText("Find in the article")
        self._field.setAccessibleName("Find in the article")
        self._field.textChanged.connect(self.changed)
        self._field.installEventFilter(self)
        self._count = Words("", META, role="dim")
        self._count.setMinimumWidth(128)
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._back = IconButton("arrow-up", "The one before (Shift+Enter)")
        self._on = IconButton("arrow-down", "The next one (Enter)")
        self._out = IconButton("x", "Close (Esc)")
        self._back.clicked.connect(self._go_back)
        self._on.clicked.connect(self._go_on)
        self._out.clicked.connect(self.close_bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 10, 0)
        row.setSpacing(4)
        row.addWidget(self._field, 1)
        row.addSpacing(6)
        for part in (self._count, self._back, self._on, self._out):
            row.addWidget(part)
        self.hide()

    def open_bar(self, words: str = "") -> None:
        """Show the strip, and type there."""
        self.show()
        if words:
            self._field.setText(words)
        self._field.selectAll()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.changed.emit(self._field.text())

    @property
    def words(self) -> str:
        """What is looked for; "" while the strip is closed."""
        return self._field.text() if self.isVisible() else ""

    def say(self, count: int, current: int, *, is_part: bool = False) -> None:
        """How many places there are, and which of them it is."""
        where = " in this part" if is_part else ""
        if not self._field.text().strip():
            self._count.setText("")
        elif not count:
            self._count.setText(f"Not found{where}")
        else:
            self._count.setText(f"{current + 1} of {count}{where}" if current >= 0 else f"{count}{where}")
        self._field.setAccessibleDescription(self._count.text())

    def close_bar(self) -> None:
        """Go away."""
        self.hide()
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Enter goes on, Shift+Enter back, Esc out."""
        if isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                if event.key() == Qt.Key.Key_Escape:
                    self.close_bar()
                else:
                    self.wanted.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
                return True
        return super().eventFilter(watched, event)

    def _go_on(self) -> None:
        self.wanted.emit(1)

    def _go_back(self) -> None:
        self.wanted.emit(-1)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the ground and the hairline under it."""
        p = QPainter(self)
        p.fillRect(self.rect(), QColor(colours().chrome))
        hline(p, 0, self.height() - 1, self.width(), colours().line)
