"""The days to come that articles name: each with the sentence that says so, and the way to its article."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate

from reader.library import Library
from ui.controls import QuietWords
from ui.forms import Sheet, button, tip
from ui.paint import apart, box, fitting, hline, keep_bar_room, lines, prepare, text
from ui.phrases import counted, day, short_day
from ui.theme import BASE, META, colours, figures, font

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from reader.records import Changes, ComingDate
    from ui.actions import Actions
    from ui.engine import Engine

    Index = QModelIndex | QPersistentModelIndex

WIDE, ROW, MOST = 680, 76, 6
"""Pixels, and the rows that are seen at once."""
COLUMN = 116
"""How wide the day stands."""
COMING = Qt.ItemDataRole.UserRole


def moment(of: date) -> datetime:
    """A day as the moment at its noon, here."""
    return datetime.combine(of, time(12)).astimezone()


def ahead(of: date, today: date) -> str:
    """How far a day is: today, tomorrow, in 12 days, in 5 months."""
    days = (of - today).days
    if days < 2:
        return "tomorrow" if days == 1 else "today"
    if days < 60:
        return f"in {days} days"
    months = round(days / 30.44)
    return f"in {months} months" if months < 24 else f"in {round(days / 365.25)} years"


class ComingRows(QStyledItemDelegate):
    """Draws a day, its sentence and where that stands."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802 - Qt's name
        """All rows are of one height."""
        return QSize(0, ROW)

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        told: ComingDate = index.data(COMING)
        r, c = option.rect, colours()
        prepare(p)
        if option.state & QStyle.StateFlag.State_Selected:
            active = bool(option.state & QStyle.StateFlag.State_Active)
            box(p, QRectF(r.adjusted(0, 1, 0, -2)), 6, QColor(c.select if active else c.idle).name())
        left, top, end = r.left() + 10, r.top(), r.right() - 10
        text(p, left, top + 22, short_day(moment(told.day)), figures(BASE, 600), c.text, COLUMN - 8)
        text(p, left, top + 41, ahead(told.day, datetime.now(UTC).astimezone().date()), font(META), c.dim, COLUMN - 8)
        left += COLUMN
        for number, line in enumerate(lines(told.sentence, font(BASE), end - left, end - left, 2)):
            text(p, left, top + 22 + 19 * number, line, font(BASE), c.text)
        reports = f"{counted(told.reports, 'report')}  ·  " if told.reports > 1 else ""
        text(p, left, top + 62, fitting(reports + told.title, font(META), end - left), font(META), c.dim)
        hline(p, r.left(), r.bottom(), r.width(), c.line)


class ComingDates(Sheet):
    """The list, the nearest first."""

    article_wanted = Signal(int)

    def __init__(self, engine: Engine, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__("Coming dates", parent, WIDE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._engine, self._actions = engine, actions
        self.dates = QListWidget()
        self.dates.setAccessibleName("Coming dates")
        self.dates.setItemDelegate(ComingRows(self.dates))
        self.dates.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.dates.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.dates.itemActivated.connect(self._on_activated)
        self.dates.setFixedHeight(MOST * ROW)
        keep_bar_room(self.dates)
        words = "Hearings, deadlines and days of entry into force stand here when articles name them."
        self.nothing = QuietWords(words, "No date is coming")
        self.nothing.hide()
        self.body.addWidget(self.dates)
        self.body.addWidget(self.nothing)
        self.export_button = button("Export as a calendar …", self._export)
        self.open_button = button("Open the article", self._open, filled=True)
        self.foot.addWidget(self.export_button)
        self.foot.addStretch(1)
        self.foot.addWidget(button("Close", self.reject))
        self.foot.addWidget(self.open_button)
        engine.changed.connect(self._on_changed)
        self._ask()

    def _ask(self) -> None:
        self._engine.ask(Library.dates).then(self._show)

    def _on_changed(self, changes: Changes) -> None:
        if changes.articles or changes.threads:
            self._ask()

    def _show(self, told: list[ComingDate]) -> None:
        """Show these; who stands in the list stays there."""
        at = max(self.dates.currentRow(), 0)
        self.dates.clear()
        for one in told:
            item = QListWidgetItem(self.dates)
            item.setData(COMING, one)
            heard = f"{day(moment(one.day))}: {apart(one.sentence)}, {apart(one.title)}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, heard)
            item.setToolTip(tip(one.sentence))
        self.dates.setCurrentRow(min(at, len(told) - 1))
        self.dates.setFixedHeight(ROW * min(MOST, max(len(told), 1)))
        self.dates.setVisible(bool(told))
        self.nothing.setVisible(not told)
        for made in (self.export_button, self.open_button):
            made.setEnabled(bool(told))
        if told:
            self.dates.setFocus()

    def _on_activated(self, item: QListWidgetItem) -> None:
        self.accept()
        self.article_wanted.emit(item.data(COMING).article)

    def _open(self) -> None:
        if self.dates.currentItem() is not None:
            self._on_activated(self.dates.currentItem())

    def _export(self) -> None:
        self.accept()
        self._actions["export_dates"].trigger()
