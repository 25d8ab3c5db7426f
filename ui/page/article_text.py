"""The page itself: a measured column in a text browser that loads nothing, follows nothing and knows its text by place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QPoint, QRect, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPalette, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QAbstractSlider, QFrame, QTextBrowser, QTextEdit, QWidget

from ui import theme
from ui.page.article_page import NOTE, SUBHEAD, Beside, Look
from ui.page.matches import Matches
from ui.page.passages import Passages, Squeezed, Units
from ui.page.strokes import Column, draw_beside, nothing, quality_bar, share
from ui.paint import keep_bar_room, metrics, prepare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent

    from ui.page.article_page import Page

NARROWEST_MARGIN, TOP, BOTTOM = 24, 12, 64
RESIZE_MILLISECONDS = 60
FOCUS_WIDE = 3
_BY_KEYS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
_OURS = "watch"
_IMAGE = QTextDocument.ResourceType.ImageResource
_STILL = QAbstractSlider.SliderAction.SliderNoAction
_SCROLLS = {
    int(Qt.Key.Key_Left): _STILL,
    int(Qt.Key.Key_Right): _STILL,
    int(Qt.Key.Key_Home): QAbstractSlider.SliderAction.SliderToMinimum,
    int(Qt.Key.Key_End): QAbstractSlider.SliderAction.SliderToMaximum,
    int(Qt.Key.Key_PageUp): QAbstractSlider.SliderAction.SliderPageStepSub,
    int(Qt.Key.Key_PageDown): QAbstractSlider.SliderAction.SliderPageStepAdd,
    int(Qt.Key.Key_Up): QAbstractSlider.SliderAction.SliderSingleStepSub,
    int(Qt.Key.Key_Down): QAbstractSlider.SliderAction.SliderSingleStepAdd,
}
_CALLS_CARET = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
_INVISIBLE_GAP = "\u200b"


@dataclass(frozen=True, slots=True)
class Ground:
    """A passage on the screen with a colour under it; noted ones are underlined with dashes."""

    start: int
    end: int
    colour: str
    is_noted: bool = False


class ArticleText(QTextBrowser):
    """Shows one `Page`. Places are UTF-16 units of its document unless said otherwise."""

    column_changed = Signal()
    """Pictures and lists want another width: show the page anew."""
    chosen = Signal()
    """A selection was made, or taken back."""
    pressed_at = Signal(int)
    """A click on words that are no link."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Article")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)  # its parent's
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.setCursorWidth(2)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        keep_bar_room(self)
        self.passages: Passages | None = None
        self._screen = ""
        self._units = Units("")
        self._pictures: tuple[str, ...] = ()
        self._picture: Callable[[str, int], QImage | None] = _no_picture
        self._drawn: dict[str, QImage] = {}
        self._grounds: tuple[Ground, ...] = ()
        self._matches = Matches("", self._units)
        self._column = 0
        self._side = NARROWEST_MARGIN
        self._beside: tuple[Beside, ...] = ()
        self._is_rtl = False
        self._shows_focus = False
        self._settling = QTimer(self, singleShot=True, interval=RESIZE_MILLISECONDS)
        self._settling.timeout.connect(self.column_changed)
        self.selectionChanged.connect(self._on_selection)

    # Showing

    def look(self) -> Look:
        """Colours and measures that fit this width, at the size of the body's type."""
        size = self.font().pixelSize()
        scale = size / theme.BODY
        return Look(
            colours=theme.paper(),
            size=size,
            column=self.column,
            leading=share(size, 27 * scale),
            headline_leading=share(round(theme.HEADLINE * scale), 34 * scale),
            subhead_leading=share(round(SUBHEAD * scale), 26 * scale),
            note_leading=share(round(NOTE * scale), 22 * scale),
        )

    def set_size(self, pixels: int) -> None:
        """The size of the body's type, for `look`."""
        self.setFont(theme.font(pixels, 400, theme.SERIF))

    @property
    def column(self) -> int:
        """How wide words are set."""
        return max(120, min(theme.COLUMN, self.viewport().width() - 2 * NARROWEST_MARGIN))

    def show_page(
        self, page: Page, look: Look, words: Squeezed, begin: int, picture: Callable[[str, int], QImage | None]
    ) -> None:
        """Show a page; `picture` gives those of its pictures that are at hand."""
        self._pictures, self._picture, self._drawn, self._column = page.pictures, picture, {}, look.column
        self._beside, self._is_rtl = page.beside, page.is_rtl
        document = self.document()
        document.setDefaultStyleSheet(look.style_sheet())
        self.setHtml(page.html)
        self._set_margins()
        self._screen = document.toRawText()
        self._units = Units(self._screen)
        self.passages = Passages(self._screen, page.pieces, words, begin)
        self._grounds, self._matches = (), Matches(self._screen, self._units)
        self._paint_ground()

    def _paint_ground(self) -> None:
        c, mine = theme.paper(), self.palette()
        for role, colour in (
            (QPalette.ColorRole.Base, c.page), (QPalette.ColorRole.Text, c.text), (QPalette.ColorRole.Link, c.accent),
        ):  # fmt: skip
            mine.setColor(role, QColor(colour))
        if mine != self.palette():
            self.setPalette(mine)

    def _set_margins(self) -> None:
        frame = self.document().rootFrame()
        form = frame.frameFormat()
        side = self._side = max(NARROWEST_MARGIN, (self.viewport().width() - self.column) // 2)
        if (form.leftMargin(), form.topMargin()) != (side, TOP):
            form.setLeftMargin(side)
            form.setRightMargin(side)
            form.setTopMargin(TOP)
            form.setBottomMargin(BOTTOM)
            frame.setFrameFormat(form)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the column in the middle; where it changes, the page is made anew once the width stands."""
        super().resizeEvent(event)
        self._set_margins()
        if self.column != self._column:
            self._settling.start()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the words, and beside them bars and bullets."""
        super().paintEvent(event)
        if not (self._beside or self._shows_focus):
            return
        p = QPainter(self.viewport())
        prepare(p)
        if self._shows_focus:
            p.fillRect(0, 0, FOCUS_WIDE, self.viewport().height(), QColor(theme.paper().accent))
        if self._beside:
            first = self.cursorForPosition(QPoint(self.viewport().width() // 2, 0)).block()
            column = Column(self._side, self.column, -self.verticalScrollBar().value(), is_rtl=self._is_rtl)
            draw_beside(p, first, event.rect().bottom(), self._beside, column, self.font())

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show the focus to whom the keys brought it."""
        super().focusInEvent(event)
        self._shows_focus = event.reason() in _BY_KEYS
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show it no more."""
        super().focusOutEvent(event)
        self._shows_focus = False
        self.viewport().update()

    def loadResource(self, kind: int, url: QUrl | str) -> Any:  # noqa: N802 - Qt's name
        """Our own pictures, and for whatever else is asked for an empty one: without it Qt opens the file that was named."""
        address = url if isinstance(url, QUrl) else QUrl(url)
        if address.scheme() == _OURS and QTextDocument.ResourceType(kind) == _IMAGE:
            name = address.path()
            if name not in self._drawn:
                self._drawn[name] = self._our_picture(name)
            return self._drawn[name]
        return nothing()

    def _our_picture(self, name: str) -> QImage:
        what, _, number = name.partition("/")
        if not number.isdecimal():
            return nothing()
        if what == "quality":
            return quality_bar(int(number), self.devicePixelRatioF())
        if what == "picture" and int(number) < len(self._pictures):
            ratio = self.devicePixelRatioF()
            found = self._picture(self._pictures[int(number)], round(self._column * ratio))
            return nothing() if found is None else found
        return nothing()

    # Colours under words

    def set_grounds(self, grounds: Iterable[Ground]) -> None:
        """The highlights."""
        self._grounds = tuple(grounds)
        self._paint()

    def set_marks(self, words: Sequence[str]) -> None:
        """Words that a search found, wherever they stand."""
        self._matches.mark(words)
        self._paint()

    def find_words(self, words: str) -> int:
        """Look for words, whatever their case and the spaces between them; how often they stand here."""
        self._matches.find(words)
        self._paint()
        return self.found_count

    @property
    def found_count(self) -> int:
        """How many places `find_words` found."""
        return len(self._matches.found)

    @property
    def match(self) -> int:
        """The number of the place that one has gone to, from 0; below 0 before one has."""
        return self._matches.number

    def go_back_to_match(self, number: int) -> None:
        """Have that place again, where the page was shown anew."""
        self._matches.number = number
        self._paint()

    def go_to_found(self, step: int) -> int:
        """Go to the next place (1) or the one before (-1), the first time from what is in sight; its number from 0."""
        self._matches.go(step, self.cursorForPosition(QPoint(4, 4)).position())
        self._paint()
        if self._matches.current:
            self.reveal(*self._matches.current)
        return self._matches.number

    def _paint(self) -> None:
        c = theme.paper()
        made = [self._extra(start, end, c.mark) for start, end in self._matches.marks]
        for ground in self._grounds:
            extra = self._extra(ground.start, ground.end, ground.colour)
            if ground.is_noted:
                extra.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
                extra.format.setUnderlineColor(QColor(c.dim))
            made.append(extra)
        made += [self._extra(start, end, c.mark) for start, end in self._matches.found]
        if self._matches.current:
            extra = self._extra(*self._matches.current, c.accent)
            extra.format.setForeground(QColor(c.on_accent))
            made.append(extra)
        self.setExtraSelections(made)

    def _extra(self, start: int, end: int, colour: str) -> QTextEdit.ExtraSelection:
        extra = QTextEdit.ExtraSelection()
        extra.cursor = self._cursor(start, end)
        extra.format.setBackground(QColor(colour))
        return extra

    # Places

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor, last = QTextCursor(self.document()), self.document().characterCount() - 1
        cursor.setPosition(min(start, last))
        cursor.setPosition(min(end, last), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def select(self, start: int, end: int) -> None:
        """Select what stands there."""
        self.setTextCursor(self._cursor(start, end))

    def reveal(self, start: int, end: int) -> None:
        """Bring a passage into sight, a third from the top; leave it where it is seen already."""
        self.document().documentLayout().documentSize()  # the layout ends what it was at
        top, bottom = self.cursorRect(self._cursor(start, start)), self.cursorRect(self._cursor(end, end))
        if top.top() < 0 or bottom.bottom() > self.viewport().height():
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + top.top() - self.viewport().height() // 3)

    def rect_of(self, start: int, end: int) -> QRect:
        """Where a passage is seen, from its first to its last line; of the viewport."""
        first, last = self.cursorRect(self._cursor(start, start)), self.cursorRect(self._cursor(end, end))
        return first.united(last)

    def place(self) -> tuple[int, int]:
        """What is at the top: a character, and how far over the edge it begins."""
        cursor = self.cursorForPosition(QPoint(self.viewport().width() // 2, 1))
        return cursor.position(), self.cursorRect(cursor).top()

    def go_to(self, position: int, over: int) -> None:
        """Put a character where it was."""
        self.document().documentLayout().documentSize()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect(self._cursor(position, position)).top() - over)

    def read_on(self) -> bool:
        """A screen further, less a line or two; whether there was more."""
        bar = self.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + max(40, self.viewport().height() - 2 * metrics(self.font()).lineSpacing().__ceil__()))
        return bar.value() > before

    # What the hand does

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802 - Qt's name
        """The selected words, as words and nothing else."""
        made = QMimeData()
        made.setText(self.selected_words())
        return made

    def selected_words(self) -> str:
        """What is selected, as one would type it."""
        words = self.textCursor().selection().toPlainText()
        return words.replace(_INVISIBLE_GAP, "").replace("\ufffc", "").strip()

    def _on_selection(self) -> None:
        if not self._is_pressed:
            self.chosen.emit()

    _is_pressed = False

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Begin a selection."""
        self._is_pressed = True
        self._set_caret(seen=False)
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """End a selection, or tell what was pressed."""
        self._is_pressed = False
        super().mouseReleaseEvent(event)
        self.chosen.emit()
        at = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection() and not self.anchorAt(at):
            self.pressed_at.emit(self.cursorForPosition(at).position())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows scroll, until F7, Shift or Ctrl with an arrow calls the caret; then they move it, until a click or Esc."""
        key, bar = event.key(), self.verticalScrollBar()
        if key == Qt.Key.Key_F7:
            self._call_caret(seen=not self._has_caret)
        elif key == Qt.Key.Key_Escape and self._has_caret:
            self._call_caret(seen=False)
        elif key in _SCROLLS and not self._has_caret and not event.modifiers() & _CALLS_CARET:
            bar.triggerAction(_SCROLLS[key])
        else:
            if key in _SCROLLS and not self._has_caret:
                self._call_caret(seen=True)
            super().keyPressEvent(event)

    def _call_caret(self, *, seen: bool) -> None:
        """Show the caret, in what is in sight, or take it away with the selection."""
        cursor = self.textCursor()
        if not seen:
            cursor.clearSelection()
        elif not cursor.hasSelection() and not self.viewport().rect().contains(self.cursorRect().center()):
            cursor = self.cursorForPosition(QPoint(self.viewport().width() // 2 - self.column // 2 + 2, 8))
        self.setTextCursor(cursor)
        self._set_caret(seen=seen)

    @property
    def _has_caret(self) -> bool:
        return bool(self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard)

    def _set_caret(self, *, seen: bool) -> None:
        """Let keys select, or not: while they may, Qt draws a caret."""
        if seen != self._has_caret:
            more = Qt.TextInteractionFlag.TextSelectableByKeyboard if seen else Qt.TextInteractionFlag.NoTextInteraction
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction | more)


def _no_picture(_address: str, _wide: int) -> QImage | None:
    return None
