"""One thing of a briefing on the column: title and scores, what is known of it, the comment, and quotes with their proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui import icons
from ui.briefing.fields import EDGE, Prose, is_rtl
from ui.controls import Link, Words
from ui.paint import apart, box, heat, lines, prepare, quality, text
from ui.phrases import HIGHLIGHT_NAMES, counted, day
from ui.theme import META, SERIF, colours, font, highlight_bar

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from ui.briefing.material import Block, Key, Passage

HEADING, PROSE, PITCH = 19, 16, 25
MOST_LINES, MOST_NOTE_LINES = 10, 6
"""Of a quote and of a note on it; both are whole in the library and on the pages."""
MOST_CARDS = 40
LEFT, RIGHT, TOP = 26, 14, 12


class Card(QWidget):
    """A passage of an article with its proof: it cannot be edited here, and says whether it still is what the article says."""

    def __init__(self, passage: Passage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._passage = passage
        self._quote: list[str] = []
        self._notes: list[list[str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(f"{self._meaning()} from {self._source()}, {self._proof()}: {passage.quote[:500]}")
        self.setAccessibleDescription("\n".join(passage.notes)[:2000])
        self._lay_out(540)

    def _meaning(self) -> str:
        return HIGHLIGHT_NAMES.get(self._passage.colour, "Quote")

    def _source(self) -> str:
        return ", ".join(part for part in (apart(self._passage.provider), day(self._passage.date)) if part)

    def _proof(self) -> str:
        return "to the letter" if self._passage.stands else "page changed since"

    def _lay_out(self, wide: int) -> None:
        room = max(80, wide - LEFT - RIGHT)
        words = " ".join(self._passage.quote.split())
        self._quote = lines(f"“{words}”", font(PROSE, family=SERIF), room, room, MOST_LINES)
        self._notes = [
            lines(" ".join(note.split()), font(META), room - 22, room - 22, MOST_NOTE_LINES) for note in self._passage.notes
        ]
        note_lines = sum(map(len, self._notes))
        self.setFixedHeight(TOP + PITCH * len(self._quote) + 6 + 18 + 18 * note_lines + 4 * len(self._notes) + TOP)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Break the lines anew."""
        if event.size().width() != event.oldSize().width():
            self._lay_out(self.width())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the card."""
        p, c, passage = QPainter(self), colours(), self._passage
        prepare(p)
        box(p, QRectF(self.rect()), 6, c.list, c.line if passage.stands else c.warn)
        box(p, QRectF(12, TOP + 3, 4, PITCH * len(self._quote) - 6), 2, highlight_bar(passage.colour))
        y = TOP + 18.0
        self._draw_lines(p, y, self._quote, PITCH, c.text, serif=True)
        y += PITCH * len(self._quote) + 4
        self._draw_source(p, y)
        for note in self._notes:
            y += 22
            icons.draw(p, LEFT, y - 12, "message-square", c.faint, 14)
            self._draw_lines(p, y, note, 18, c.dim, indent=22)
            y += 18 * (len(note) - 1)

    def _draw_source(self, p: QPainter, y: float) -> None:
        c, stands = colours(), self._passage.stands
        role = c.good if stands else c.warn
        icons.draw(p, LEFT, y - 12, "lock" if stands else "triangle-alert", role, 14)
        taken = text(p, self.width() - RIGHT, y, self._proof(), font(META, 500), role, right=True)
        right = self.width() - RIGHT - taken - 12
        x = LEFT + 22 + text(p, LEFT + 22, y, self._meaning(), font(META, 600), c.text)
        text(p, x + 8, y, self._source(), font(META), c.dim, right - x - 8)

    def _draw_lines(
        self, p: QPainter, y: float, drawn: list[str], pitch: int, colour: str, *, serif: bool = False, indent: int = 0
    ) -> None:
        look = font(PROSE, family=SERIF) if serif else font(META)
        rtl = is_rtl("".join(drawn).lstrip("“"))
        for number, line in enumerate(drawn):
            x = self.width() - RIGHT if rtl else LEFT + indent
            text(p, x, y + pitch * number, line, look, colour, right=rtl)


class Scores(QWidget):
    """Quality and heat at the end of a title, on its baseline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quality: float | None = None
        self._heat: float | None = None
        self._direction = 0
        self.setFixedSize(QSize(124, 25))

    def show_scores(self, of_quality: float | None, of_heat: float | None, direction: int) -> None:
        """Show these; nothing where there is neither."""
        self._quality, self._heat, self._direction = of_quality, of_heat, direction
        said = [f"quality {of_quality:.0f}"] if of_quality is not None else []
        said += [f"heat {of_heat:.0f}"] if of_heat is not None and of_heat >= 0 else []
        self.setAccessibleName(", ".join(said).capitalize())
        self.setVisible(bool(said))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw both."""
        p = QPainter(self)
        prepare(p)
        if self._heat is not None:
            heat(p, self.width(), 18, self._heat, self._direction)
        if self._quality is not None:
            quality(p, self.width() - (54 if self._heat is not None and self._heat >= 0 else 0), 18, self._quality)


class Gone(QWidget):
    """What is said in the place of a thing that is not there any more."""

    take_out = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Words("", role="dim", wrap=True)
        link = Link("Take it out")
        link.clicked.connect(self.take_out)
        row = QHBoxLayout(self)
        row.setContentsMargins(EDGE + 24, 4, EDGE, 4)
        row.addWidget(self.words, 1)
        row.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the sign of warning."""
        icons.draw(QPainter(self), EDGE, 6, "triangle-alert", colours().warn, 14)


class BlockView(QWidget):
    """One thing on the column. Its comment is the only part of it that is written here."""

    taken_out = Signal(object)

    def __init__(self, block: Block, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key: Key = block.key
        self.block: Block | None = None
        self.title = Words("", wrap=True)
        self.title.setFont(font(HEADING, 600, SERIF))
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._scores = Scores()
        self._about = Words("", META, role="dim", wrap=True)
        self.comment = Prose("Comment", "Comment …", PROSE, pitch=PITCH)
        self._gone: Gone | None = None
        self._more: Words | None = None
        self._cards = QVBoxLayout()
        self._cards.setSpacing(8)
        self._cards.setContentsMargins(EDGE, 8, EDGE, 0)
        self._put_together()
        self.show_block(block)

    def _put_together(self) -> None:
        heading = QHBoxLayout()
        heading.setContentsMargins(EDGE, 0, EDGE, 0)
        heading.setSpacing(12)
        heading.addWidget(self.title, 1)
        heading.addWidget(self._scores, 0, Qt.AlignmentFlag.AlignTop)
        about = QHBoxLayout()
        about.setContentsMargins(EDGE, 2, EDGE, 0)
        about.addWidget(self._about)
        column = self._whole = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 24)
        column.setSpacing(0)
        column.addLayout(heading)
        column.addLayout(about)
        column.addSpacing(4)
        column.addWidget(self.comment)
        column.addLayout(self._cards)

    def show_block(self, block: Block) -> None:
        """Show what is known now. The comment is left to whoever knows what was typed."""
        if block == self.block:
            return
        old, self.block = self.block, block
        self.title.setText(block.title)
        side = Qt.AlignmentFlag.AlignRight if is_rtl(block.title) else Qt.AlignmentFlag.AlignLeft
        self.title.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop)
        self._scores.show_scores(block.quality, block.heat, block.direction)
        self._about.setText(block.about)
        self._about.setVisible(bool(block.about))
        self._say_gone(block.gone)
        self.comment.setAccessibleName(f"Comment on {block.title}")
        if old is None or old.passages != block.passages:
            self._show_passages(block.passages)

    def _show_passages(self, passages: tuple[Passage, ...]) -> None:
        while (item := self._cards.takeAt(0)) is not None:
            if (card := item.widget()) is not None:
                card.hide()
                card.deleteLater()
        for passage in passages[:MOST_CARDS]:
            self._cards.addWidget(Card(passage))
        left = len(passages) - MOST_CARDS
        self._say_more(f"and {counted(left, 'passage')} more, which stand on the pages" if left > 0 else "")

    def _say_gone(self, words: str) -> None:
        if self._gone is None and words:
            self._gone = Gone()
            self._gone.take_out.connect(self._on_take_out)
            self._whole.insertWidget(2, self._gone)
        if self._gone is not None:
            self._gone.words.setText(words)
            self._gone.setVisible(bool(words))

    def _say_more(self, words: str) -> None:
        if self._more is None and words:
            self._more = Words("", META, role="faint", wrap=True)
            self._more.setContentsMargins(EDGE, 4, EDGE, 0)
            self._whole.addWidget(self._more)
        if self._more is not None:
            self._more.setText(words)
            self._more.setVisible(bool(words))

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """No: it sets its height itself, as a column that asks each of its parts again whenever one grows takes too long."""
        return False

    def event(self, event: QEvent) -> bool:
        """Be as tall as what stands in it."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Be as tall as that is at this width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(self._whole.heightForWidth(self.width()))

    def _on_take_out(self) -> None:
        self.taken_out.emit(self.key)


def rect_in(widget: QWidget, inside: QWidget, area: QRect) -> QRect:
    """A rectangle of a widget in the terms of one around it."""
    return QRect(widget.mapTo(inside, area.topLeft()), area.size())
