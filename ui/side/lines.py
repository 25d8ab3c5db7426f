"""The lines of the sidebar as a list: what the mouse and the keys do in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QWidget

from ui.paint import keep_bar_room
from ui.side.delegate import SidebarDelegate, chevron_rect, plus_rect
from ui.side.model import TOPICS, Entry, SidebarModel

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QMouseEvent

    from ui.view import Looking

    _Index = QModelIndex | QPersistentModelIndex


class Entries(QListView):
    """The lines, with their keys. What the user comes to is told by `came_to`, what folds by `folded`."""

    came_to = Signal(object, bool)
    """An `Entry`, and whether it was meant: with the mouse or Enter, not passed by with the arrows."""
    folded = Signal(object, bool)
    menu_wanted = Signal(object, QPoint)
    add_wanted = Signal()
    edit_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Views, topics, searches and feeds")
        self.lines = SidebarModel(self)
        self.setModel(self.lines)
        self.delegate = SidebarDelegate(self)
        self.setItemDelegate(self.delegate)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.viewport().setAutoFillBackground(False)
        keep_bar_room(self)
        self._is_led = False

    def show_lines(self, entries: list[Entry], of: Looking) -> None:
        """Show other lines; what is looked at stays chosen, and nothing scrolls."""
        self._is_led = True
        stays = self.lines.entry(self.currentIndex()) if self.hasFocus() else None
        self.lines.set_entries(entries)
        kept = self.lines.row_where({"key": stays.key}) if stays else -1
        self._choose(kept if kept >= 0 else self.lines.row_where(of=of), of)
        self._is_led = False

    def follow(self, looking: Looking) -> None:
        """Choose the line of what is looked at."""
        self._is_led = True
        self._choose(self.lines.row_where(of=looking), looking)
        self._is_led = False

    def _choose(self, row: int, of: Looking) -> None:
        self.delegate.looking = of
        self.setAutoScroll(False)
        if row < 0:
            self.selectionModel().clear()
        elif row != self.currentIndex().row() or not self.selectionModel().hasSelection():
            self.setCurrentIndex(self.lines.index(row))
        self.setAutoScroll(True)
        self.viewport().update()

    def currentChanged(self, current: _Index, previous: _Index) -> None:  # noqa: N802 - Qt's name
        """Tell of what the user came to."""
        super().currentChanged(current, previous)
        entry = self.lines.entry(current)
        if entry is not None and not self._is_led:
            self.came_to.emit(entry, False)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Coming in with Tab changes nothing: Qt would make the first line the current one."""
        self._is_led = True
        super().focusInEvent(event)
        self._is_led = False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open and close with right and left, go in with Enter."""
        entry = self.lines.entry(self.currentIndex())
        key = event.key()
        if entry is None:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_in(entry)
        elif key == Qt.Key.Key_Right and entry.is_open is False:
            self.folded.emit(entry, True)
        elif key == Qt.Key.Key_Left and entry.is_open:
            self.folded.emit(entry, False)
        elif key == Qt.Key.Key_Left:
            self._go_up(self.currentIndex().row())
        elif key == Qt.Key.Key_F2:
            self.edit_wanted.emit(entry)
        elif key in (Qt.Key.Key_Insert, Qt.Key.Key_Plus) and (entry.kind == "topic" or entry.name == TOPICS):
            self.add_wanted.emit()
        elif key != Qt.Key.Key_Right:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """F2 is an entry's here, not a thread's."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F2:
            event.accept()
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Chevrons open, the plus adds, the rest is looked at; a menu is asked for without looking."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        index = self.indexAt(event.position().toPoint())
        entry = self.lines.entry(index)
        if entry is None:
            return
        place, row = event.position().toPoint(), self.visualRect(index)
        if plus_rect(row, entry).contains(place):
            self.add_wanted.emit()
        elif chevron_rect(row, entry).contains(place):
            self.folded.emit(entry, not entry.is_open)
        else:
            self._is_led = True
            super().mousePressEvent(event)
            self._is_led = False
            self.came_to.emit(entry, True)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Two clicks on a folder open or close it; on a chevron they are just two."""
        index = self.indexAt(event.position().toPoint())
        entry = self.lines.entry(index)
        if entry is None or chevron_rect(self.visualRect(index), entry).contains(event.position().toPoint()):
            self.mousePressEvent(event)
        elif entry.is_open is not None:
            self.folded.emit(entry, not entry.is_open)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Ask for the menu of the line under the mouse, or of the current one."""
        is_by_key = event.reason() == event.Reason.Keyboard
        index = self.currentIndex() if is_by_key else self.indexAt(event.pos())
        entry = self.lines.entry(index)
        if entry is not None:
            place = self.visualRect(index).bottomLeft() + QPoint(40, 0) if is_by_key else event.pos()
            self.menu_wanted.emit(entry, self.viewport().mapToGlobal(place))

    def _go_in(self, entry: Entry) -> None:
        if entry.kind == "section":
            self.folded.emit(entry, not entry.is_open)
        else:
            self.came_to.emit(entry, True)

    def _go_up(self, row: int) -> None:
        """To the folder of a feed, else to the section."""
        here = self.lines.entries[row]
        for above in range(row - 1, -1, -1):
            entry = self.lines.entries[above]
            if entry.kind == "section" or (here.depth and entry.kind == "folder"):
                self.setCurrentIndex(self.lines.index(above))
                return
