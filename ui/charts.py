"""Coverage over time and the steps of heat, painted: no legend where a word beside the line will do."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPainterPath, QPen

from ui.paint import box, dot, hline, text, width
from ui.theme import CAPTION, colours, figures, font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.rail.coverage import Coverage

BELOW = 16
"""What the words under an axis take."""
WIDEST, GAP = 16, 3
"""Of a bar, and between two."""
LEAST = 2
"""A bar that stands for something is seen, however high the others are."""


def bar_rects(area: QRectF, bars: Sequence[tuple[int, int]]) -> list[tuple[QRectF, QRectF]]:
    """Of each pair the bar for its first number, from the ground of `area`, and on top of it the one for its second.

    The first pair stands at the left edge, the last one at the right.
    """
    most = max((own + others for own, others in bars), default=0)
    if not most:
        return []
    wide = min(float(WIDEST), max(1.0, area.width() / len(bars) - GAP))
    step = (area.width() - wide) / max(1, len(bars) - 1)
    return [_stacked(area, area.left() + number * step, wide, *pair, most) for number, pair in enumerate(bars)]


def _stacked(area: QRectF, x: float, wide: float, own: int, others: int, most: int) -> tuple[QRectF, QRectF]:
    low, high = (max(float(LEAST), area.height() * count / most) if count else 0.0 for count in (own, others))
    lower = QRectF(x, area.bottom() - low, wide, low)
    foot = lower.top() - (1 if own and others else 0)
    return lower, QRectF(x, max(area.top(), foot - high), wide, foot - max(area.top(), foot - high))


def coverage(p: QPainter, rect: QRectF, told: Coverage) -> None:
    """Bars of reports: ink what was reported independently, pale what was not; the ends are dated."""
    c = colours()
    base = rect.bottom() - BELOW
    for own, others in bar_rects(QRectF(rect.left(), rect.top(), rect.width(), base - rect.top()), told.bars):
        for bar, colour in ((own, c.ink), (others, c.edge)):
            p.fillRect(QRectF(round(bar.x()), bar.y(), max(1, round(bar.width())), bar.height()), QColor(colour))
    hline(p, rect.left(), base, rect.width(), c.edge)
    taken = text(p, rect.left(), rect.bottom() - 2, told.begins, font(CAPTION), c.faint, rect.width())
    text(p, rect.right(), rect.bottom() - 2, told.ends, font(CAPTION), c.faint, rect.width() - taken - 8, right=True)


def step_points(area: QRectF, steps: Sequence[tuple[float, float]], threshold: float) -> list[QPointF]:
    """Where a line that goes up in steps turns. `steps` are (when, how high from then on), in order; the ground is 0."""
    if not steps:
        return []
    first, span = steps[0][0], max(steps[-1][0] - steps[0][0], 1.0)
    top = highest(steps, threshold)

    def at(when: float, value: float) -> QPointF:
        return QPointF(
            area.left() + area.width() * (when - first) / span, area.bottom() - area.height() * min(max(value, 0) / top, 1)
        )

    points = [at(*steps[0])]
    for (_, before), (when, value) in itertools.pairwise(steps):
        points += [at(when, before), at(when, value)]
    points.append(QPointF(area.right(), points[-1].y()))
    return points


def highest(steps: Sequence[tuple[float, float]], threshold: float) -> float:
    """What stands at the top of the steps' chart."""
    return max(1.0, threshold, *(value for _, value in steps)) * 1.1


def heat_steps(p: QPainter, rect: QRectF, steps: Sequence[tuple[float, float]], threshold: float) -> None:
    """How heat rose, with the threshold as a dashed line; first value and last stand beside the line."""
    c, points = colours(), step_points(rect, steps, threshold)
    if not points:
        return
    line = QPainterPath(points[0])
    for point in points[1:]:
        line.lineTo(point)
    area = QPainterPath(line)
    area.lineTo(rect.bottomRight())
    area.lineTo(rect.bottomLeft())
    p.fillPath(area, _fading(rect, c.heat))
    p.setPen(QPen(QColor(c.heat), 1.5))
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.drawPath(line)
    level = round(rect.bottom() - rect.height() * threshold / highest(steps, threshold)) + 0.5
    pen = QPen(QColor(c.faint), 1)
    pen.setDashPattern([3, 3])
    p.setPen(pen)
    p.drawLine(QPointF(rect.left(), level), QPointF(rect.right(), level))
    hline(p, rect.left(), rect.bottom(), rect.width(), c.edge)
    dot(p, points[-1].x() - 3, points[-1].y(), 3, c.heat)
    clear = min(point.y() for point in points if point.x() <= rect.left() + 26)
    _label(p, rect.left(), clear - 6, f"{steps[0][1]:.0f}", c.dim)
    if len(steps) > 1:
        _label(p, rect.right() - 8, points[-1].y() - 6, f"{steps[-1][1]:.0f}", c.heat, right=True)
    said = f"published from {threshold:g}"
    below = level + 13 if level + 16 < rect.bottom() else level - 5
    box(p, QRectF(rect.left(), below - 10, width(said, font(CAPTION)) + 4, 13), 2, c.raised)
    text(p, rect.left() + 2, below, said, font(CAPTION), c.faint)


def _label(p: QPainter, x: float, y: float, words: str, colour: str, *, right: bool = False) -> None:
    text(p, x, y, words, figures(CAPTION, 600), colour, right=right)


def _fading(rect: QRectF, colour: str) -> QLinearGradient:
    fill = QLinearGradient(rect.topLeft(), rect.bottomLeft())
    for at, strength in ((0, 0.22), (1, 0.02)):
        shade = QColor(colour)
        shade.setAlphaF(strength)
        fill.setColorAt(at, shade)
    return fill
