"""What the page draws by itself, where Qt's HTML has no words for it: bars and bullets beside paragraphs, the bar of a score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from ui import theme
from ui.page.article_page import BAR, Beside
from ui.paint import box, metrics, prepare, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFont, QTextBlock

BAR_WIDE, MARK_GAP = 3, 9
_NOTHING_BESIDE = Beside()


@dataclass(frozen=True, slots=True)
class Column:
    """Where words stand on the screen: from `left`, `wide` pixels; `down` is what a document's height becomes."""

    left: int
    wide: int
    down: int
    is_rtl: bool = False


def draw_beside(p: QPainter, first: QTextBlock, bottom: int, beside: Sequence[Beside], column: Column, font: QFont) -> None:
    """Draw bars and bullets from a paragraph down to `bottom`. Paragraphs with the same bar share one."""
    block = first.previous() if first.previous().isValid() else first
    layout = first.document().documentLayout()
    bar, colour = QRectF(), ""
    while block.isValid():
        rect = layout.blockBoundingRect(block).translated(0, column.down)
        state = block.userState()
        here = beside[state - 1] if 0 < state <= len(beside) else _NOTHING_BESIDE
        if here.bar != colour:
            _draw_bar(p, bar, colour, column)
            bar, colour = rect, here.bar
        bar = bar.united(rect)
        if here.mark:
            _draw_mark(p, block, rect, here, column, font)
        if rect.top() > bottom:
            break
        block = block.next()
    _draw_bar(p, bar, colour, column)


def _draw_bar(p: QPainter, rect: QRectF, colour: str, column: Column) -> None:
    if colour:
        x = column.left + (column.wide - BAR_WIDE if column.is_rtl else 0)
        p.fillRect(QRectF(x, round(rect.top()), BAR_WIDE, round(rect.height())), QColor(colour))


def _draw_mark(p: QPainter, block: QTextBlock, rect: QRectF, beside: Beside, column: Column, font: QFont) -> None:
    line = block.layout().lineAt(0)
    if line.isValid():
        inset = beside.indent - MARK_GAP
        x = column.left + (column.wide - inset if column.is_rtl else inset)
        text(p, x, rect.top() + line.y() + line.ascent(), beside.mark, font, theme.paper().text, right=not column.is_rtl)


def share(pixels: int, wanted: float) -> int:
    """Qt's line-height is a share of the font's own spacing, not of its size: the share that gives `wanted` pixels."""
    return round(100 * wanted / metrics(theme.font(pixels, 400, theme.SERIF)).lineSpacing())


def nothing() -> QImage:
    """A picture of nothing: it is an answer, so that Qt does not look for one itself."""
    empty = QImage(1, 1, QImage.Format.Format_ARGB32_Premultiplied)
    empty.fill(Qt.GlobalColor.transparent)
    return empty


def quality_bar(value: int, ratio: float) -> QImage:
    """The bar of a quality, in the colours of the page."""
    c, (wide, high) = theme.paper(), BAR
    drawn = QImage(round(wide * ratio), round(high * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    drawn.fill(Qt.GlobalColor.transparent)
    drawn.setDevicePixelRatio(ratio)
    p = QPainter(drawn)
    prepare(p)
    box(p, QRectF(0, 3, wide, 4), 2, c.track)
    box(p, QRectF(0, 3, max(4.0, wide * min(value, 100) / 100), 4), 2, c.ink)
    p.end()
    return drawn
