"""Icons by name, in any colour: Lucide's outlines, drawn at the screen's own resolution."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.theme import ICON


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, size: int = ICON, ratio: float = 1.0, filled: bool = False) -> QPixmap:
    """An icon at a size in pixels at 100 %, for a screen with `ratio` device pixels to one."""
    drawn = QPixmap(round(size * ratio), round(size * ratio))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(_svg(name, colour, filled=filled).encode())).render(painter, QRectF(drawn.rect()))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


def _svg(name: str, colour: str, *, filled: bool) -> str:
    svg = files("resources").joinpath("icons", f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
    return svg.replace('fill="none"', f'fill="{colour}"') if filled else svg


def draw(painter: QPainter, x: float, y: float, name: str, colour: str, size: int = ICON, *, filled: bool = False) -> None:
    """Draw an icon with its left top corner at (x, y)."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(round(x), round(y), pixmap(name, colour, size, ratio, filled))


def icon(name: str, colour: str, size: int = ICON, *, filled: bool = False) -> QIcon:
    """An icon for a stock widget."""
    made = QIcon()
    for ratio in (1.0, 2.0, 3.0):
        made.addPixmap(pixmap(name, colour, size, ratio, filled))
    return made
