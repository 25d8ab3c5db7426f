"""The few strokes that every painted part shares. Text is set on baselines, never centred in boxes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF, QTextCharFormat, QTextLayout, QTextOption

from ui.theme import META, colours, figures

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtWidgets import QAbstractScrollArea

FSI, PDI = "\u2068", "\u2069"
"""A foreign name between them cannot turn the words around it."""
HOT = 70
"""Heat from which a number is ember, where nobody chose another."""


def apart(name: str) -> str:
    """A name of unknown script as it can be put into a sentence."""
    return f"{FSI}{name}{PDI}"


@lru_cache(maxsize=128)
def metrics(font: QFont) -> QFontMetricsF:
    """The measures of a font, made once: making them anew for every word is what makes a list slow."""
    return QFontMetricsF(font)


@lru_cache(maxsize=4096)
def width(words: str, font: QFont) -> float:
    """How wide words are, in pixels; remembered, because a list draws the same words at every frame."""
    return metrics(font).horizontalAdvance(words)


def fitting(words: str, font: QFont, room: float) -> str:
    """Words as they fit into `room`, cut at the end with an ellipsis."""
    if len(words) < 400 and width(words, font) <= room:
        return words
    return metrics(font).elidedText(words[:400], Qt.TextElideMode.ElideRight, max(0.0, room))


def text(
    p: QPainter, x: float, y: float, words: str, font: QFont, colour: str, room: float = 1e6, *, right: bool = False
) -> float:
    """Words on the baseline y, from x or (right) up to x; the width drawn."""
    words = fitting(words, font, room) if room < 1e6 else words
    advance = width(words, font)
    p.setFont(font)
    p.setPen(QColor(colour))
    p.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    p.drawText(QPointF(x - advance if right else x, y), words)
    return advance


def units(words: str, at: int) -> int:
    """The place of a letter as Qt counts: a sign beyond the first plane, such as an emoji, counts twice."""
    return at + sum(letter > "\uffff" for letter in words[:at])


def _between(words: str, start: int, end: int | None = None) -> str:
    """A piece of words, by places as Qt counts them."""
    if words.isascii() or max(words, default="") <= "\uffff":
        return words[start:end]
    piece = words.encode("utf-16-le", "surrogatepass")[2 * start : None if end is None else 2 * end]
    return piece.decode("utf-16-le", "replace")


def lines(words: str, font: QFont, first: float, rest: float, most: int) -> list[str]:
    """Words broken into at most `most` lines, the last one shortened; the first may be narrower."""
    words = words[:1000]
    layout = QTextLayout(words, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    layout.setTextOption(option)
    layout.beginLayout()
    broken: list[str] = []
    while len(broken) < most and (line := layout.createLine()).isValid():
        room = rest if broken else first
        line.setLineWidth(room)
        start, end = line.textStart(), line.textStart() + line.textLength()
        last = len(broken) == most - 1
        broken.append(fitting(_between(words, start), font, room) if last else _between(words, start, end).rstrip())
    layout.endLayout()
    return broken


def marked(
    p: QPainter, x: float, y: float, words: str, matches: Iterable[tuple[int, int]], font: QFont, colour: str, room: float
) -> None:
    """One line on which the passages `matches` (start, end) stand on the colour of words found."""
    c = colours()
    shown = fitting(words, font, room)
    layout = QTextLayout(shown, font)
    formats = []
    for start, end in matches:
        if start < len(shown):
            found = QTextLayout.FormatRange()
            found.start = units(shown, start)
            found.length = units(shown, min(end, len(shown))) - found.start
            look = QTextCharFormat()
            look.setBackground(QColor(c.mark))
            look.setForeground(QColor(c.text))
            found.format = look
            formats.append(found)
    layout.setFormats(formats)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(1e6)
    layout.endLayout()
    p.setPen(QColor(colour))
    layout.draw(p, QPointF(x, y - line.ascent()))


def box(p: QPainter, rect: QRectF, radius: float, fill: str | None = None, edge: str | None = None, thick: float = 1) -> None:
    """A rounded rectangle, filled, outlined, or both."""
    p.setPen(QPen(QColor(edge), thick) if edge else Qt.PenStyle.NoPen)
    p.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    inset = thick / 2 if edge else 0
    p.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)


def hline(p: QPainter, x: float, y: float, wide: float, colour: str) -> None:
    """A hairline from x to the right."""
    p.fillRect(QRectF(x, y, wide, 1), QColor(colour))


def dot(p: QPainter, x: float, y: float, r: float, fill: str | None, edge: str | None = None, thick: float = 1.5) -> None:
    """A disc or a ring around (x, y)."""
    p.setPen(QPen(QColor(edge), thick) if edge else Qt.PenStyle.NoPen)
    p.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    p.drawEllipse(QPointF(x, y), r, r)


def quality(p: QPainter, right: float, y: float, value: float | None, bar: int = 28, size: int = META) -> None:
    """A thin bar and its number, ending at `right` on the baseline y. Length alone carries the value; over 100 it is full."""
    c, font = colours(), figures(size, 500)
    if value is None:
        text(p, right, y, "–", font, c.faint, right=True)
        return
    text(p, right, y, f"{value:.0f}", font, c.dim, right=True)
    if bar:
        left, middle = right - width("100", font) - 2 - bar, y - 4.5
        box(p, QRectF(left, middle - 2, bar, 4), 2, c.track)
        box(p, QRectF(left, middle - 2, max(4.0, bar * min(max(value, 0), 100) / 100), 4), 2, c.ink)


def heat(
    p: QPainter, right: float, y: float, value: float, direction: int = 0, size: int = META, hot: float = HOT, cold: str = ""
) -> None:
    """A number and, left of it, one triangle for its direction (1 up, -1 down, 0 none). Nothing for members that do not lead.

    `cold`: the colour under the threshold, where that of third rank is not seen well.
    """
    if value < 0:
        return
    c = colours()
    colour = c.heat if value >= hot else cold or c.faint
    taken = text(p, right, y, f"{value:.0f}", figures(size, 600 if value >= hot else 500), colour, right=True)
    arrow(p, right - taken - 9, y - 4.5, direction, colour)


def direction(momentum: float | None) -> int:
    """Whether heat rises (1), falls (-1), or neither is known (0)."""
    return 0 if momentum is None else (momentum > 0) - (momentum < 0)


def arrow(p: QPainter, x: float, y: float, direction: int, colour: str, r: float = 3.2) -> None:
    """A triangle around (x, y) that points up, down, or is not there."""
    if direction:
        points = [
            QPointF(x - r, y + r * 0.8 * direction),
            QPointF(x + r, y + r * 0.8 * direction),
            QPointF(x, y - r * 0.9 * direction),
        ]
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor(colour))
        p.drawPolygon(QPolygonF(points))


def several(names: Sequence[str], total: int, font: QFont, room: float) -> str:
    """As many names as fit, and how many more there are; the number is never cut off."""
    for shown in range(len(names), 0, -1):
        head = ", ".join(apart(name) for name in names[:shown])
        words = head if shown == total else f"{head} and {total - shown} more"
        if width(words, font) <= room:
            return words
    if not names:
        return ""
    rest = f" and {total - 1} more" if total > 1 else ""
    return apart(fitting(names[0], font, room - width(rest, font))) + rest


def keep_bar_room(view: QAbstractScrollArea) -> None:
    """The scroll bar's width is always taken, so that columns never move; without anything to scroll it is not seen."""
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    bar = view.verticalScrollBar()

    def on_range(low: int, high: int) -> None:
        bar.setEnabled(high > low)

    bar.rangeChanged.connect(on_range)
    on_range(bar.minimum(), bar.maximum())


def prepare(p: QPainter) -> None:
    """Smooth edges, for everything that is painted."""
    p.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
