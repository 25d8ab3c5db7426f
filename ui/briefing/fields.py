"""A field of a briefing: words edited in their place, as tall as they are, without a frame until they have the focus."""

from __future__ import annotations

import unicodedata
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPalette, QTextBlockFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from ui.paint import box, metrics, prepare, text
from ui.theme import RADIUS, SERIF, colours, font

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QResizeEvent, QWheelEvent

EDGE = 8
"""Between the words and the edge that shows with the focus: the words stand on the column, the edge outside it."""
MOST_TYPED = 20_000
"""Characters that the library takes in one text."""


def is_rtl(words: str) -> bool:
    """Whether words begin in a script that runs to the left."""
    for letter in words[:200]:
        if (direction := unicodedata.bidirectional(letter)) in ("L", "R", "AL"):
            return direction != "L"
    return False


class Prose(QTextEdit):
    """Plain words of the analyst. `edited`: by keys; `left`: the focus went; `caret_moved`: where it is, in this widget."""

    edited = Signal()
    left = Signal()
    entered = Signal()
    finished = Signal()
    """Enter, in a field of one line."""
    escaped = Signal()
    caret_moved = Signal(QRect)

    def __init__(
        self, name: str, hint: str, size: int, weight: int = 400, pitch: int = 25, family: str = SERIF, *, is_line: bool = False,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._pitch, self._is_line, self._is_set = pitch, is_line, False
        self.setAccessibleName(name)
        self._hint = hint
        self.setAccessibleDescription(hint)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFont(font(size, weight, family))
        self.document().setDefaultFont(font(size, weight, family))
        self.document().setDocumentMargin(0)
        self.setViewportMargins(EDGE, 3, EDGE, 3)
        self.viewport().setAutoFillBackground(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        option = QTextOption(self.document().defaultTextOption())
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self.document().setDefaultTextOption(option)
        self._put("")
        self._take_colours()
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.textChanged.connect(self._on_text)
        self.cursorPositionChanged.connect(self._on_caret)

    @property
    def words(self) -> str:
        """What stands in it."""
        return self.toPlainText()

    def show_words(self, words: str) -> None:
        """Show what the library has. The caret stays as near to its place as can be."""
        if words == self.words:
            return
        at = self.textCursor().position()
        self._put(words)
        caret = self.textCursor()
        caret.setPosition(min(at, len(self.words)))
        self.setTextCursor(caret)

    def _put(self, words: str) -> None:
        """Put words in that nobody typed: Ctrl+Z does not reach behind them."""
        self._is_set = True
        self.document().setUndoRedoEnabled(False)
        self.setPlainText(words)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        lines = QTextBlockFormat()
        lines.setLineHeight(self._pitch, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor.mergeBlockFormat(lines)
        self.document().setUndoRedoEnabled(True)
        self._is_set = False

    def _on_text(self) -> None:
        if not self._is_set:
            self.edited.emit()

    def _on_caret(self) -> None:
        if self.hasFocus():
            self.caret_moved.emit(self.cursorRect().translated(self.viewport().pos()))

    def _fit(self) -> None:
        lines = round(self.document().size().height())
        self.setFixedHeight(max(lines, self._pitch) + 6)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Be as tall as the words are at this width."""
        super().resizeEvent(event)
        self._fit()

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Take plain words only, in a field of one line without line breaks, and no more than the library takes."""
        words = source.text().replace("\x00", "")[:MOST_TYPED]
        self.insertPlainText(" ".join(words.split()) if self._is_line else words)
        self.ensureCursorVisible()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter ends a field of one line; Esc asks to leave any."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._is_line:
            self.finished.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """The column scrolls, not the field."""
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show the edge."""
        super().focusInEvent(event)
        self.entered.emit()
        self._on_caret()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Hide the edge, and say that the field was left."""
        super().focusOutEvent(event)
        self.update()
        self.left.emit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._take_colours()

    def _take_colours(self) -> None:
        mine, c = self.palette(), colours()
        if mine.color(QPalette.ColorRole.Text) != QColor(c.text) or mine.color(QPalette.ColorRole.Base).alpha():
            mine.setColor(QPalette.ColorRole.Text, QColor(c.text))
            mine.setColor(QPalette.ColorRole.Base, QColor(Qt.GlobalColor.transparent))
            self.setPalette(mine)

    def event(self, event: QEvent) -> bool:
        """Draw the edge below the words."""
        if event.type() == QEvent.Type.Paint:
            self._paint_edge()
        elif event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the words; where there is none, what belongs here, on the line that they will stand on."""
        super().paintEvent(event)
        if self.document().isEmpty():
            p = QPainter(self.viewport())
            prepare(p)
            text(
                p,
                0,
                self._pitch - ceil(metrics(self.font()).descent()),
                self._hint,
                self.font(),
                colours().faint,
                self.viewport().width(),
            )

    def _paint_edge(self) -> None:
        if not (self.hasFocus() or self.underMouse()):
            return
        p, c = QPainter(self), colours()
        prepare(p)
        box(p, QRectF(self.rect()), RADIUS, None, c.accent if self.hasFocus() else c.edge, 1.5 if self.hasFocus() else 1)
