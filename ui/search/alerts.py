"""What saved searches told of: which new article which one found, and by which words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from reader.library import Library
from ui.controls import Words
from ui.forms import Sheet, button
from ui.paint import apart, box, dot, prepare, text
from ui.phrases import counted, short_time
from ui.phrases import error as error_in_words
from ui.theme import BASE, META, RADIUS, colours, figures, font

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QKeyEvent, QPainter

    from reader.records import Alert, Changes
    from ui.engine import Engine

WIDE, HIGH, ROW, MOST = 620, 396, 44, 500
ALERT = Qt.ItemDataRole.UserRole
NONE = "No alert yet. A saved search with an alert tells here of each new article that it finds."


def told(alert: Alert) -> str:
    """By which search, and by which words of the article."""
    words = ", ".join(f"“{apart(word)}”" for word in alert.words[:6])
    return f"{apart(alert.name)}: {words}" if words else apart(alert.name)


class AlertDelegate(QStyledItemDelegate):
    """A dot while nobody looked, the title, and under it the search and its words."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802 - Qt's
        """Heights are fixed."""
        return QSize(0, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:  # fmt: skip
        """Draw one alert."""
        alert: Alert = index.data(ALERT)
        c, rect = colours(), QRectF(option.rect)
        painter.save()
        prepare(painter)
        if option.state & QStyle.StateFlag.State_Selected:
            box(painter, rect.adjusted(0, 1, 0, -1), RADIUS, c.select)
        if not alert.seen:
            dot(painter, rect.left() + 9, rect.top() + 14, 3.5, c.accent)
        left, right = rect.left() + 20, rect.right() - 10
        taken = text(painter, right, rect.top() + 18, short_time(alert.at, datetime.now(UTC)), figures(META), c.faint, right=True)
        face = font(BASE, 400 if alert.seen else 600)
        text(painter, left, rect.top() + 18, alert.title or "Untitled", face, c.text, right - left - taken - 12)
        text(painter, left, rect.top() + 36, told(alert), font(META), c.dim, right - left)
        painter.restore()


class AlertList(QListWidget):
    """The alerts, with their keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Alerts")
        self.setItemDelegate(AlertDelegate(self))
        self.setFixedHeight(HIGH)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)

    @property
    def alerts(self) -> list[Alert]:
        """What is shown."""
        return [self.item(at).data(ALERT) for at in range(self.count())]

    def show_alerts(self, alerts: list[Alert]) -> None:
        """Show these; the keys stay at what they were at."""
        here = self.currentItem().data(ALERT).id if self.currentItem() else None
        place = self.verticalScrollBar().value()
        self.clear()
        for alert in alerts:
            item = QListWidgetItem(self)
            item.setData(ALERT, alert)
            said = ", ".join(part for part in ("" if alert.seen else "not looked at", alert.title, told(alert)) if part)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
            if alert.id == here:
                self.setCurrentItem(item)
        self.setFixedHeight(min(HIGH, max(len(alerts), 1) * ROW + 2))
        self.doItemsLayout()
        self.verticalScrollBar().setValue(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens, and does not press the sheet's button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem():
            self.itemActivated.emit(self.currentItem())
        else:
            super().keyPressEvent(event)


class AlertSheet(Sheet):
    """The alerts, the newest first. One that is opened was looked at."""

    opened = Signal(object)
    """The `Alert` whose article is to be read."""

    def __init__(self, engine: Engine, parent: QWidget | None = None) -> None:
        super().__init__("Alerts", parent, WIDE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._engine = engine
        self.list = AlertList()
        self.list.itemActivated.connect(self._on_activated)
        self.list.itemClicked.connect(self._on_activated)
        self.said = Words("", META, role="dim", wrap=True)
        self.body.addWidget(self.said)
        self.body.addSpacing(8)
        self.body.addWidget(self.list)
        self.seen_button = button("Mark all seen", self._see_all)
        self.foot.addWidget(self.seen_button)
        self.foot.addStretch(1)
        self.foot.addWidget(button("Close", self.reject, filled=True))
        engine.changed.connect(self._on_changed)
        self._ask()

    def _ask(self) -> None:
        self._engine.ask(Library.alerts, limit=MOST).then(self._show).otherwise(self._on_failed)

    def _on_changed(self, changes: Changes) -> None:
        if changes.searches:
            self._ask()

    def _show(self, alerts: list[Alert]) -> None:
        unseen = sum(not alert.seen for alert in alerts)
        self.list.show_alerts(alerts)
        self.list.setVisible(bool(alerts))
        self.seen_button.setEnabled(bool(unseen))
        self.said.setText(f"{counted(unseen, 'alert')} not looked at" if unseen else "All looked at" if alerts else NONE)

    def _on_failed(self, error: object) -> None:
        self.said.setText(error_in_words(error))

    def _on_activated(self, item: QListWidgetItem) -> None:
        alert: Alert = item.data(ALERT)
        if not alert.seen:
            self._engine.call(Library.see_alerts, [alert.id])
        self.opened.emit(alert)
        self.accept()

    def _see_all(self) -> None:
        self._engine.call(Library.see_alerts, [alert.id for alert in self.list.alerts if not alert.seen])
