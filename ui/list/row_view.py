"""The rows themselves: a tree without a tree's looks, the mouse on a row, and keeping one's place when the list changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QToolTip, QTreeView, QWidget

from ui.list.rows import ACTIONS
from ui.list.thread_model import ROW, ThreadModel
from ui.paint import keep_bar_room
from ui.theme import colours

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPaintEvent

    from ui.list.result_model import ResultModel
    from ui.list.row_delegate import RowDelegate

Id = tuple[int, int | None]
"""A row by what it is of: the thread, and for one of its articles the article."""
TIPS = {
    "toggle_read": ("Mark unread (M)", "Mark read (M)"),
    "star": ("Take the star off (S)", "Star (S)"),
    "add_to_briefing": ("Add to the briefing (B)", "Add to the briefing (B)"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is in a list, by ids: it outlives the rows."""

    opened: tuple[int, ...] = ()
    selected: tuple[Id, ...] = ()
    current: Id | None = None
    top: Id | None = None
    above: int = 0
    """How far the top row is scrolled out of sight, in pixels."""
    at_start: bool = True


class RowView(QTreeView):
    """Shows a `ThreadModel` or a `ResultModel`."""

    marked = Signal(str, object)
    """One of `rows.ACTIONS` was pressed on a row: its name, and the `Selection` that the row stands for."""
    entered = Signal()
    """Enter was pressed."""
    menu_wanted = Signal(QPoint)
    dragged = Signal()
    """What is chosen is being dragged away."""

    def __init__(self, model: ThreadModel | ResultModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self._hovered = QPersistentModelIndex()
        self._pressed: int | None = None
        self.setAccessibleName(name)
        self.setModel(model)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # so that scrolling paints only what is new
        self.verticalScrollBar().setSingleStep(24)
        keep_bar_room(self)

    @property
    def rows(self) -> ThreadModel | ResultModel:
        """What it shows."""
        return self._rows

    @property
    def delegate(self) -> RowDelegate:
        """What draws it."""
        return self.itemDelegate()  # type: ignore[return-value]  # set by whoever makes the view

    def set_compact(self, compact: bool) -> None:
        """Draw rows low or high; the row at the top stays there."""
        if self.delegate.compact != compact:
            place = replace(self.place(), above=0)
            self.delegate.compact = compact
            self.doItemsLayout()
            self.go_back_to(place, select=False)

    # Moving

    def step(self, by: int) -> None:
        """Go to the next row, or the one before; to the first in sight from nowhere."""
        current = self.currentIndex()
        if current.isValid() and self.selectionModel().isSelected(current):
            to = self.indexBelow(current) if by > 0 else self.indexAbove(current)
        else:
            to = self.indexAt(QPoint(0, 0))
        if to.isValid():
            self.choose(to)

    def choose(self, index: QModelIndex) -> None:
        """Select one row, alone, and have it in sight."""
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def toggle(self, index: QModelIndex) -> None:
        """Open or close the thread of a row."""
        thread = index.parent() if index.parent().isValid() else index
        if not self.model().hasChildren(thread):
            return
        if self.isExpanded(thread):
            if self.currentIndex().parent() == thread:
                self.choose(thread)
            self.collapse(thread)
        else:
            self.expand(thread)

    def keyboardSearch(self, _search: str) -> None:  # noqa: N802 - Qt's name
        """Letters are commands here, not the beginnings of titles."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open, close and go, as in any list."""
        current, key = self.currentIndex(), event.key()
        opens = current.isValid() and self.model().hasChildren(current)
        if key in (Qt.Key.Key_Right, Qt.Key.Key_Plus) and opens:
            if not self.isExpanded(current):
                self.expand(current)
            elif key == Qt.Key.Key_Right:
                self.choose(self.model().index(0, 0, current))
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Minus) and current.isValid():
            if opens and self.isExpanded(current):
                self.collapse(current)
            elif current.parent().isValid():
                self.choose(current.parent())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current.isValid():
            self.entered.emit()
        elif key == Qt.Key.Key_Asterisk or key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            event.ignore()
        else:
            super().keyPressEvent(event)

    # The mouse

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Show what can be done with the row under the mouse."""
        self._hover(event.position().toPoint())
        if self._pressed is None:
            super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Press an action, open or close a thread, or select."""
        at = event.position().toPoint()
        index, rect = self._row_at(at)
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            layout = self.delegate.layout(rect.width())
            self._hover(at)
            self._pressed = layout.action_at(at.x() - rect.x(), at.y() - rect.y())
            if self._pressed is not None:
                return
            if self.model().hasChildren(index) and layout.is_on_chevron(at.x() - rect.x(), at.y() - rect.y()):
                self.toggle(index)
                return
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Do what was pressed, if the mouse is still there."""
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            super().mouseReleaseEvent(event)
            return
        at = event.position().toPoint()
        index, rect = self._row_at(at)
        if index.isValid() and self.delegate.layout(rect.width()).action_at(at.x() - rect.x(), at.y() - rect.y()) == pressed:
            self.marked.emit(ACTIONS[pressed], self._rows.selection(index, is_open=self.isExpanded(index)))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Open or close a thread; on an action or a chevron, a second press."""
        at = event.position().toPoint()
        index, rect = self._row_at(at)
        place = at.x() - rect.x(), at.y() - rect.y()
        layout = self.delegate.layout(rect.width())
        if index.isValid() and layout.action_at(*place) is None and not layout.is_on_chevron(*place):
            self.toggle(index)
        else:
            self.mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """No row is under the mouse any more."""
        self._hover(None)
        super().leaveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Tell what an action does, and the whole of a title that was cut."""
        if event.type() == QEvent.Type.ToolTip:
            self._tell(event)  # type: ignore[arg-type]  # of this type it is a QHelpEvent
            return True
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Ask for the menu, at the mouse or at the current row."""
        at = event.pos()
        if event.reason() == event.Reason.Keyboard:
            at = self.visualRect(self.currentIndex()).bottomLeft() + QPoint(self.delegate.layout(0).left, 0)
        if self.selectionModel().hasSelection():
            self.menu_wanted.emit(self.viewport().mapToGlobal(at))

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802 - Qt's name
        """Another row may be under the mouse now."""
        super().scrollContentsBy(dx, dy)
        if self._hovered.isValid():
            at = self.viewport().mapFromGlobal(self.cursor().pos())
            self._hover(at if self.viewport().rect().contains(at) else None)

    def _row_at(self, at: QPoint) -> tuple[QModelIndex, QRect]:
        index = self.indexAt(at)
        return index, self.visualRect(index)

    def _hover(self, at: QPoint | None) -> None:
        index, rect = (QModelIndex(), QRect()) if at is None else self._row_at(at)
        pointed = None
        if at is not None and index.isValid():
            pointed = self.delegate.layout(rect.width()).action_at(at.x() - rect.x(), at.y() - rect.y())
        if index == self._hovered and pointed == self.delegate.pointed:
            return
        was, self._hovered, self.delegate.pointed = self._hovered, QPersistentModelIndex(index), pointed
        for one in (was, index):
            self.viewport().update(self.visualRect(one))

    def _tell(self, event: QHelpEvent) -> None:
        index, rect = self._row_at(event.pos())
        record = index.data(ROW) if index.isValid() else None
        words = ""
        if record is not None:
            number = self.delegate.layout(rect.width()).action_at(event.pos().x() - rect.x(), event.pos().y() - rect.y())
            if number is not None:
                is_read = not getattr(record, "unread", not getattr(record, "read", False))
                words = TIPS[ACTIONS[number]][0 if (record.starred if ACTIONS[number] == "star" else is_read) else 1]
            else:
                words = self.delegate.cut_title(index, rect.width())
        if words:
            QToolTip.showText(event.globalPos(), f"<p>{escape(words[:600])}</p>", self.viewport(), rect)
        else:
            QToolTip.hideText()

    def startDrag(self, _actions: Qt.DropAction) -> None:  # noqa: N802 - Qt's name
        """Say that what is chosen is being dragged."""
        self.dragged.emit()

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Fill the ground, then the rows."""
        QPainter(self.viewport()).fillRect(event.rect(), QColor(colours().list))
        super().paintEvent(event)

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:  # noqa: N802 - Qt's name
        """Have the delegate draw the whole row: the style has nothing to add."""
        mine: Any = QStyleOptionViewItem(option)
        state = QStyle.StateFlag.State_Enabled
        if self.selectionModel().isSelected(index):
            state |= QStyle.StateFlag.State_Selected
        if self.hasFocus():
            state |= QStyle.StateFlag.State_HasFocus
        if index == self._hovered:
            state |= QStyle.StateFlag.State_MouseOver
        mine.state = state
        self.delegate.paint(painter, mine, index)

    # Keeping one's place

    def in_sight(self) -> list[QModelIndex]:
        """The rows that are seen, from the top."""
        seen, index, bottom = [], self.indexAt(QPoint(0, 0)), self.viewport().height()
        while index.isValid() and self.visualRect(index).top() < bottom:
            seen.append(index)
            index = self.indexBelow(index)
        return seen

    def opened(self) -> tuple[int, ...]:
        """The threads that stand open."""
        model = self._rows
        if not isinstance(model, ThreadModel):
            return ()
        threads = model.listing.threads
        return tuple(threads[row] for row in range(len(threads)) if self.isExpanded(model.index(row)))

    def place(self) -> Place:
        """Where one is."""
        model, current, top = self._rows, self.currentIndex(), self.indexAt(QPoint(0, 0))
        return Place(
            self.opened(),
            tuple(model.id_at(index) for index in self.selectionModel().selectedRows()),
            model.id_at(current) if current.isValid() else None,
            model.id_at(top) if top.isValid() else None,
            -self.visualRect(top).top() if top.isValid() else 0,
            self.verticalScrollBar().value() == 0,
        )

    def go_back_to(self, place: Place, *, select: bool = True) -> bool:
        """Be there again, as far as it is still there; whether the current row is."""
        model = self._rows
        for thread in place.opened:
            index = model.find(thread)
            if index.isValid():
                self.expand(index)
        has_current = False
        if select:
            chosen = QItemSelection()
            for id in place.selected:
                index = model.find(*id)
                if index.isValid():
                    chosen.select(index, index)
            self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            current = model.find(*place.current) if place.current else QModelIndex()
            has_current = current.isValid()
            if has_current:
                self.selectionModel().setCurrentIndex(current, QItemSelectionModel.SelectionFlag.NoUpdate)
        self._scroll_back(place)
        return has_current

    def _scroll_back(self, place: Place) -> None:
        top = self._rows.find(*place.top) if place.top and not place.at_start else QModelIndex()
        if top.isValid():
            self.scrollTo(top, QAbstractItemView.ScrollHint.PositionAtTop)
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + place.above)
        elif place.at_start:
            self.scrollToTop()
