"""When what was found was published, as one bar a year; a year can be pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from ui.paint import box, hline, prepare, text, width
from ui.phrases import counted
from ui.theme import CAPTION, RADIUS_SMALL, colours, figures, font

if TYPE_CHECKING:
    from collections.abc import Mapping

HEIGHT, GROUND, TALLEST = 96, 76, 36
"""Of the whole; where the bars stand; of the longest bar."""
EDGE = 16
WIDEST = 22.0
"""Of a bar and the gap after it."""
MOST = 24
"""Years that are shown; what is older stands in the search all the same."""


class Years(QWidget):
    """A small histogram with keys: left and right go over the years, Enter or Space presses one."""

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: dict[int, int] = {}
        self._pressed: frozenset[str] = frozenset()
        self._current = 0
        self.setFixedHeight(HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("When")

    @property
    def years(self) -> list[int]:
        """The years from the first to the last, also those in which nothing was found."""
        return list(range(max(min(self._counts), max(self._counts) - MOST + 1), max(self._counts) + 1)) if self._counts else []

    def show_years(self, counts: Mapping[str, int], pressed: frozenset[str]) -> None:
        """Show other counts."""
        known = {int(year): count for year, count in counts.items() if year.isdigit()}
        self._counts = known | {int(year): 0 for year in pressed if year.isdigit() and int(year) not in known}
        self._pressed = pressed
        self._current = self._current if self._current in self.years else max(self.years, default=0)
        self.setVisible(bool(self._counts))
        self._tell()

    def _tell(self) -> None:
        self.setAccessibleDescription("; ".join(self._spoken(year) for year in self.years if self._counts.get(year)))
        self.setAccessibleName(f"When: {self._spoken(self._current)}" if self.hasFocus() and self._counts else "When")
        self.update()

    def _spoken(self, year: int) -> str:
        said = f"{year}, {counted(self._counts.get(year, 0), 'article')}"
        return f"{said}, pressed" if str(year) in self._pressed else said

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as the sidebar."""
        return QSize(180, HEIGHT)

    def event(self, event: QEvent) -> bool:
        """Space presses here, whatever it does elsewhere; the mouse is told what a bar stands for."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space:
            event.accept()
            return True
        if isinstance(event, QHelpEvent):
            year = self._year_at(event.pos().x())
            if year:
                QToolTip.showText(event.globalPos(), self._spoken(year), self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go over the years, and press one."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step and self._current + step in self.years:
            self._current += step
            self._tell()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._counts:
            self.pressed.emit(str(self._current))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Press the year under the mouse."""
        year = self._year_at(event.position().x())
        if year and event.button() == Qt.MouseButton.LeftButton and self._counts.get(year):
            self._current = year
            self.pressed.emit(str(year))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show which year the keys are at."""
        super().focusInEvent(event)
        self._tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The keys are elsewhere."""
        super().focusOutEvent(event)
        self._tell()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw heading, bars, and the years at the ends."""
        p, c, years = QPainter(self), colours(), self.years
        prepare(p)
        text(p, EDGE, 25, "When", font(CAPTION, 600), c.faint)
        if not years:
            return
        most, step = max(self._counts.values()) or 1, self._step()
        for place, year in enumerate(years):
            left, count = EDGE + place * step, self._counts.get(year, 0)
            tall = max(2.0, TALLEST * count / most) if count else 0.0
            bar = QRectF(left, GROUND - tall, max(2.0, step - _gap(step)), tall)
            is_pressed = str(year) in self._pressed
            if tall:
                box(p, bar, 1, c.accent if is_pressed else c.ink if not self._pressed else c.edge)
            if self.hasFocus() and year == self._current:
                ring = QRectF(left - 3, GROUND - TALLEST - 3, bar.width() + 6, TALLEST + 5)
                box(p, ring, RADIUS_SMALL, None, c.accent, 2)
        hline(p, EDGE, GROUND, len(years) * step, c.edge)
        self._draw_labels(p, years, step)

    def _draw_labels(self, p: QPainter, years: list[int], step: float) -> None:
        """The first and the last year, the pressed one, and what fits between."""
        small, taken = figures(CAPTION), list[tuple[float, float]]()
        for year in dict.fromkeys((*(int(year) for year in self._pressed if int(year) in years), years[-1], years[0], *years)):
            wide = width(str(year), small)
            middle = EDGE + years.index(year) * step + (step - _gap(step)) / 2
            left = min(max(middle - wide / 2, EDGE), max(EDGE, EDGE + len(years) * step - wide))
            if all(left >= end + 10 or left + wide <= start - 10 for start, end in taken):
                colour = colours().accent if str(year) in self._pressed else colours().faint
                text(p, left, GROUND + 15, str(year), small, colour)
                taken.append((left, left + wide))

    def _step(self) -> float:
        return min(WIDEST, (self.width() - 2 * EDGE) / max(1, len(self.years)))

    def _year_at(self, x: float) -> int:
        place = int((x - EDGE) // self._step())
        return self.years[place] if 0 <= place < len(self.years) else 0


def _gap(step: float) -> float:
    return 4 if step > 12 else 2
