"""Where a number comes from: the arithmetic, line by line. Opens under the number that was pressed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reader.library import Library
from reader.records import NOT_SCORED
from ui import charts
from ui.controls import IconButton, Words
from ui.gathering import Gathering
from ui.paint import HOT, apart, box, hline, prepare, text
from ui.phrases import counted, short_day
from ui.popover import EDGE, Popover
from ui.theme import BASE, CAPTION, HEADLINE, META, colours, figures, font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from reader.records import ArticleRow, ReceiptLine, Thread
    from reader.records import Receipt as Sum
    from reader.settings import Settings
    from ui.engine import Engine

WIDE = 372
FULL = 100
"""A quality from which the bar is full."""
RECORDED = "recorded"
"""What the engine calls the one line of a score that the source gave."""
NAMES = 3
"""Names that are said of lines that say the same."""


# What it says


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is shown."""

    what: str
    value: str
    points: float
    why: str


def lines(told: Sequence[ReceiptLine]) -> list[Line]:
    """The lines of a receipt; those that say the same of several articles are one, with all their points."""
    shown: list[Line] = []
    for (what, points, why), same in groupby(told, key=lambda line: (line.what, line.points, line.why)):
        alike = list(same)
        if len(alike) == 1:
            shown.append(Line(what[:1].upper() + what[1:], alike[0].value, points, why))
        else:
            names = list(dict.fromkeys(line.value.partition(": ")[0] for line in alike))
            rest = f" and {len(names) - NAMES} more" if len(names) > NAMES else ""
            told_of = ", ".join(apart(name) for name in names[:NAMES]) + rest
            each = f"{plain(points)} each, {why}: {told_of}" if points else f"{why}: {told_of}"
            shown.append(Line(counted(len(alike), what), "", points * len(alike), each))
    return shown


def plain(points: float) -> str:
    """A number of points as short as it is exact to a hundredth."""
    return f"{round(points, 2):g}" if abs(points) < 1e5 else f"{points:,.0f}"


def signed(points: float) -> str:
    """What a line gives or takes: +20, −8, 0."""
    if not round(points, 2):
        return "0"
    return f"+{plain(points)}" if points > 0 else f"−{plain(-points)}"


# The card


class _Questions(Gathering):
    """What is asked about one number."""

    def explain_heat(self, thread: int) -> None:
        """Ask about a thread."""
        self.ask(Library.explain_thread, thread)
        self.ask(Library.thread, thread)
        self.ask(Library.explain_momentum, thread)
        self.ask(Library.explain_hot, thread)
        self.ask(Library.settings)

    def explain_quality(self, article: int) -> None:
        """Ask about an article."""
        self.ask(Library.explain, article)
        self.ask(Library.article_rows, [article])

    @property
    def sum(self) -> Sum | None:
        """The receipt."""
        return self.answers.get("explain_thread") or self.answers.get("explain")

    @property
    def is_heat(self) -> bool:
        """Whether it is about a thread."""
        return "explain_thread" in self.answers

    @property
    def of_thread(self) -> Thread | None:
        """The thread, where it is about one."""
        return self.answers.get("thread")

    @property
    def momentum(self) -> Sum | None:
        """Why the thread has its momentum."""
        return self.answers.get("explain_momentum")

    @property
    def hot(self) -> Sum | None:
        """Why the thread stands where it does in the Hot view."""
        return self.answers.get("explain_hot")

    @property
    def row(self) -> ArticleRow | None:
        """The article, where it is about one."""
        return next(iter(self.answers.get("article_rows", ())), None)

    @property
    def publish_at(self) -> float:
        """Heat from which an article counts as published."""
        settings: Settings | None = self.answers.get("settings")
        return settings.publish_at if settings else float(HOT)


class Receipt(Popover):
    """A card under a number: the total, a line for each term with its reason, and their sum."""

    def __init__(self, engine: Engine, parent: QWidget) -> None:
        super().__init__(WIDE, parent)
        self._engine = engine
        self._questions: _Questions | None = None
        self._under = QPoint()
        self.setAccessibleName("Receipt")

    def explain_quality(self, article_id: int, at: QPoint) -> None:
        """Open under a point of the screen, with the reasons of an article's quality."""
        self._begin(at).explain_quality(article_id)

    def explain_heat(self, thread_id: int, at: QPoint) -> None:
        """Open under a point of the screen, with the reasons of a thread's heat."""
        self._begin(at).explain_heat(thread_id)

    def _begin(self, at: QPoint) -> _Questions:
        if self._questions is not None:
            self._questions.whole.disconnect(self._on_whole)
            self._questions.deleteLater()
        self._under = at
        self._questions = _Questions(self._engine, self)
        self._questions.whole.connect(self._on_whole)
        return self._questions

    def _on_whole(self) -> None:
        known, self._questions = self._questions, None
        if known is None:
            return
        known.deleteLater()
        for error in known.errors.values():
            self._engine.failed.emit(error)
            break
        window = self.parentWidget()
        if known.sum is None or window is None:
            return
        content = _Content(known, known.sum)
        content.left.connect(self.close_card)
        self.setAccessibleDescription(content.words)
        self.fill(content)
        self.open_at(self._under, window.window())


class _Content(QWidget):
    """The lines of a receipt, one below the other."""

    left = Signal()
    """The cross was pressed."""

    def __init__(self, known: _Questions, told: Sum) -> None:
        super().__init__()
        scored = told.score != NOT_SCORED
        shown = lines(told.lines)
        self.words = _heard(known, told, shown)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(EDGE, 13, EDGE, EDGE)
        self._column.setSpacing(0)
        self._cross = IconButton("x", "Close", self)
        self._add_top("Heat" if known.is_heat else "Quality")
        self._column.addWidget(
            _Total(told.score if scored else None, _about(known, told), None if not known.is_heat else known.publish_at)
        )
        self._column.addSpacing(8)
        for line in shown:
            self._column.addWidget(_Term(line.what, line.value, signed(line.points) if scored else ""))
            self._column.addWidget(_reason(line.why))
        if scored:
            self._column.addWidget(_Term("Sum", "", plain(told.score), is_sum=True))
        if known.is_heat and known.of_thread:
            self._add_history(known.of_thread, known.publish_at)
            self._add_momentum(known.of_thread.momentum, known.momentum)
            self._add_hot(known.hot)

    def _add_top(self, name: str) -> None:
        self._column.addWidget(Words(name, META, 600, "dim"))
        self._cross.clicked.connect(self.left)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The cross itself ends where the figures do; its button is wider."""
        super().resizeEvent(event)
        self._cross.move(self.width() - EDGE - 23, 6)

    def _add_history(self, thread: Thread, publish_at: float) -> None:
        risen = [(moment.timestamp(), value) for moment, value in thread.heat_history]
        if len(risen) > 1:
            begin, end = (datetime.fromtimestamp(risen[at][0], UTC) for at in (0, -1))
            self._column.addSpacing(14)
            self._column.addWidget(
                Words(f"As it was reported, {short_day(begin, end)} to {short_day(end)}", CAPTION, 600, "faint")
            )
            self._column.addWidget(_Steps(risen, publish_at))

    def _add_momentum(self, value: float | None, why: Sum | None) -> None:
        """How fast it is reported against what is usual; in words where nobody can know."""
        if why is None:
            return
        self._column.addSpacing(14)
        name = "Momentum" if value is None else f"Momentum {signed(value)}"
        self._column.addWidget(Words(name, CAPTION, 600, "faint"))
        for line in lines(why.lines):
            self._column.addWidget(_Term(line.what, line.value, signed(line.points) if value is not None else ""))
            self._column.addWidget(_reason(line.why))

    def _add_hot(self, why: Sum | None) -> None:
        """What is left of heat and momentum by now: by that the Hot view is sorted."""
        if why is None:
            return
        is_dated = why.score != NOT_SCORED
        self._column.addSpacing(14)
        self._column.addWidget(Words(f"In Hot {plain(why.score)}" if is_dated else "In Hot: last", CAPTION, 600, "faint"))
        for line in lines(why.lines):
            self._column.addWidget(_Term(line.what, line.value, signed(line.points) if is_dated else ""))
            if line.what != "Heat":
                self._column.addWidget(_reason(line.why))


def _about(known: _Questions, told: Sum) -> str:
    """What the total is of, in a few words."""
    if told.lines and told.lines[0].what == RECORDED:
        return "recorded by its source"
    if known.of_thread:
        return f"a thread of {len(known.of_thread.members)}"
    provider = apart(known.row.provider) if known.row and known.row.provider else ""
    return f"of {FULL}. {provider}" if provider else f"of {FULL}"


def _heard(known: _Questions, told: Sum, shown: Sequence[Line]) -> str:
    """All of it for those who do not see it."""
    name = "Heat" if known.is_heat else "Quality"
    terms = (f"{line.what} {line.value} {signed(line.points)}: {line.why}" for line in shown)
    heard = f"{name} {plain(told.score) if told.score != NOT_SCORED else 'not scored'}. " + "; ".join(terms)
    parts = (heard, _momentum_heard(known) if known.momentum else "", _hot_heard(known.hot) if known.hot else "")
    return ". ".join(part for part in parts if part)


def _momentum_heard(known: _Questions) -> str:
    value = known.of_thread.momentum if known.of_thread else None
    why = "; ".join(f"{line.what} {line.value}: {line.why}" for line in known.momentum.lines) if known.momentum else ""
    return f"Momentum {signed(value) if value is not None else 'not known'}. {why}"


def _hot_heard(told: Sum) -> str:
    why = "; ".join(f"{line.what} {line.value} {signed(line.points)}" for line in told.lines)
    return f"In the Hot view {plain(told.score)}: {why}"


def _reason(why: str) -> Words:
    made = Words(why, META, role="faint", wrap=True)
    made.setContentsMargins(0, 0, 56, 4)
    return made


class _Total(QWidget):
    """The score at 28, what it is of, and for a quality its bar."""

    def __init__(self, score: float | None, about: str, hot: float | None) -> None:
        super().__init__()
        self._score, self._about, self._hot = score, about, hot
        self.setFixedHeight(44 if hot is not None or score is None else 54)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw number, words and bar."""
        p, c = QPainter(self), colours()
        prepare(p)
        is_hot = self._hot is not None and self._score is not None and self._score >= self._hot
        shown = "Not scored" if self._score is None else f"{self._score:.0f}"
        taken = text(p, 0, 30, shown, font(HEADLINE, 600), c.heat if is_hot else c.text)
        text(p, taken + 10, 30, self._about, font(META), c.faint, self.width() - taken - 10)
        if self._hot is None and self._score is not None:
            box(p, QRectF(0, 42, self.width(), 4), 2, c.track)
            box(p, QRectF(0, 42, max(4.0, self.width() * min(max(self._score, 0), FULL) / FULL), 4), 2, c.ink)


class _Term(QWidget):
    """One line: what, its value, the points in a column of figures. The sum stands under a rule."""

    def __init__(self, what: str, value: str, points: str, *, is_sum: bool = False) -> None:
        super().__init__()
        self._what, self._value, self._points, self._is_sum = what, value, points, is_sum
        self.setAccessibleName(f"{what} {value} {points}")
        self.setFixedHeight(36 if is_sum else 24)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the line."""
        p, c = QPainter(self), colours()
        prepare(p)
        base = 30 if self._is_sum else 18
        if self._is_sum:
            hline(p, 0, 8, self.width(), c.edge)
        strong = self._is_sum or self._points not in ("0", "")
        colour = c.text if strong else c.faint
        taken = text(p, self.width(), base, self._points, figures(BASE, 600 if strong else 400), colour, right=True)
        what = text(p, 0, base, self._what, font(BASE, 600 if self._is_sum else 500), c.text, self.width() - taken - 12)
        text(p, what + 8, base, self._value, font(META), c.dim, self.width() - taken - 20 - what)


class _Steps(QWidget):
    """How heat rose."""

    def __init__(self, risen: Sequence[tuple[float, float]], publish_at: float) -> None:
        super().__init__()
        self._risen, self._publish_at = risen, publish_at
        self.setAccessibleName(f"Heat rose from {risen[0][1]:.0f} to {risen[-1][1]:.0f}; published from {publish_at:g}")
        self.setFixedHeight(84)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the steps."""
        p = QPainter(self)
        prepare(p)
        charts.heat_steps(p, QRectF(0, 18, self.width(), 64), self._risen, self._publish_at)
