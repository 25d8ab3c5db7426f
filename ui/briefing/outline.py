"""The order of a briefing: its summary and its things, to be moved, taken out and gone to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QEvent,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui import icons
from ui.controls import Ground, Head, IconButton, Link, Words
from ui.paint import HOT, box, keep_bar_room, prepare, text
from ui.phrases import counted
from ui.theme import BASE, META, colours, figures, font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.briefing.material import Block, Key, Material

WIDE, HIGH = 248, 28
ENTRY = Qt.ItemDataRole.UserRole + 1
KEYS = "application/x-watchdesk-briefing-item"
ICONS = {"thread": "layers", "article": "newspaper", "highlight": "highlighter"}
Index = QModelIndex | QPersistentModelIndex


class Entry(NamedTuple):
    """A line of the outline. `key` is `None` for the summary; a line at depth 1 belongs to the thing above it."""

    key: Key | None
    name: str
    icon: str
    depth: int = 0
    number: str = ""
    is_hot: bool = False
    is_gone: bool = False


class OutlineModel(QAbstractListModel):
    """The lines. `ordered`: the keys of the things in the order that they were dragged into."""

    ordered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []

    @property
    def entries(self) -> Sequence[Entry]:
        """The lines, in order."""
        return self._entries

    @property
    def keys(self) -> list[Key]:
        """The things, in order."""
        return [entry.key for entry in self._entries if entry.key is not None and not entry.depth]

    def show_material(self, material: Material | None) -> None:
        """Show a briefing; nothing moves where only words changed."""
        entries = [Entry(None, "Summary", "pilcrow")] if material else []
        for block in material.blocks if material else ():
            entries.append(_entry(block))
            if block.kind != "highlight" and block.passages:
                entries.append(Entry(block.key, "Quotes", "quote", 1, str(len(block.passages))))
        if [(entry.key, entry.depth) for entry in entries] == [(entry.key, entry.depth) for entry in self._entries]:
            self._entries = entries
            if entries:
                self.dataChanged.emit(self.index(0), self.index(len(entries) - 1))
            return
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def row_of(self, key: Key | None) -> int:
        """Where a thing stands; -1 where it does not."""
        return next((row for row, entry in enumerate(self._entries) if entry.key == key and not entry.depth), -1)

    def moved(self, key: Key, before: int) -> list[Key]:
        """The order in which a thing stands before the one that is at a place now."""
        keys = self.keys
        at = keys.index(key)
        keys.insert(before, key)
        del keys[at + (before <= at)]
        return keys

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        """How many lines there are."""
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a line says."""
        entry = self._entries[index.row()]
        if role == ENTRY:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            said = f"{entry.name}, {entry.number}" if entry.number else entry.name
            return f"{said}, gone" if entry.is_gone else said
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Things can be dragged, and dropped between each other."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        entry = self._entries[index.row()]
        some = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return some | Qt.ItemFlag.ItemIsDragEnabled if entry.key is not None and not entry.depth else some

    def supportedDropActions(self) -> Qt.DropAction:  # noqa: N802 - Qt's name
        """Only moves."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:  # noqa: N802 - Qt's name
        """What is dragged is known here only."""
        return [KEYS]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802 - Qt's name
        """The row that is dragged."""
        dragged = QMimeData()
        dragged.setData(KEYS, QByteArray(str(indexes[0].row()).encode()))
        return dragged

    def dropMimeData(self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: Index) -> bool:  # noqa: N802 - Qt's name
        """Tell the order that is wanted. The rows stay: the library moves them."""
        said = bytes(data.data(KEYS).data())
        if not said.isdigit() or int(said) >= len(self._entries):
            return False
        key = self._entries[int(said)].key
        to = row if row >= 0 else parent.row() if parent.isValid() else len(self._entries)
        if key is not None:
            before = len([entry for entry in self._entries[:to] if entry.key is not None and not entry.depth])
            order = self.moved(key, before)
            if order != self.keys:
                self.ordered.emit(order)
        return False


def _entry(block: Block) -> Entry:
    is_scored = block.heat is not None and block.heat >= 0
    count = f"{block.heat:.0f}" if is_scored else ""
    name = block.title if block.kind != "highlight" or block.gone else f"“{block.passages[0].quote}”"
    is_hot = block.heat is not None and block.heat >= HOT
    return Entry(block.key, name, "triangle-alert" if block.gone else ICONS[block.kind], 0, count, is_hot, bool(block.gone))


class OutlineDelegate(QStyledItemDelegate):
    """Draws a line: icon, name, heat or number."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802 - Qt's name
        """All are of one height."""
        return QSize(0, HIGH)

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the line."""
        c, entry = colours(), index.data(ENTRY)
        rect, state = option.rect, option.state
        prepare(p)
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        is_hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        left, base = 16 + 20 * entry.depth, rect.top() + 18.5
        right = rect.right() - 15.0
        lit = QRectF(rect).adjusted(8, 0, -6, 0)
        if is_chosen:
            box(p, lit, 6, c.select if self._view.hasFocus() else c.idle)
        elif is_hovered:
            box(p, lit, 6, c.hover)
        is_moved = entry.key is not None and not entry.depth and (is_chosen or is_hovered)
        if is_moved:
            icons.draw(p, right - 13, rect.top() + 7, "grip-vertical", c.dim, 14)
            right -= 18
        elif entry.number:
            look = figures(META, 600 if entry.is_hot else 500)
            right -= text(p, right, base, entry.number, look, c.heat if entry.is_hot else c.faint, right=True) + 8
        icon = c.warn if entry.is_gone else c.accent if is_chosen else c.dim
        icons.draw(p, left, rect.top() + 6, entry.icon, icon)
        role = c.dim if entry.is_gone or entry.depth else c.text
        text(p, left + 24, base, " ".join(entry.name.split()), font(BASE, 600 if is_chosen else 400), role, right - left - 24)


class OutlineView(QListView):
    """The lines as a list. Alt with an arrow moves a thing, Delete takes it out, Enter goes into its comment."""

    taken_out = Signal(object)
    entered = Signal(object)
    pushed = Signal(object, int)
    _OWN = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Parts of the briefing")
        self.setAccessibleDescription("Alt and an arrow move a part, Delete takes it out, Enter goes to its comment")
        self.setItemDelegate(OutlineDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(True)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        keep_bar_room(self)

    def event(self, event: QEvent) -> bool:
        """Keep our keys from the commands of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Move, take out, enter."""
        entry = self.currentIndex().data(ENTRY) if self.currentIndex().isValid() else None
        if entry is None or not self._is_own(event):
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            if entry.key is not None:
                self.pushed.emit(entry.key, -1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(entry.key)
        elif entry.key is not None:
            self.taken_out.emit(entry.key)

    def _is_own(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            return bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        return event.key() in self._OWN


class BriefingOutline(Ground):
    """The pane at the left: back to all briefings, and the parts of this one."""

    back = Signal()
    chosen = Signal(object)
    entered = Signal(object)
    taken_out = Signal(object)
    ordered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("list", parent)
        self.setMinimumWidth(180)
        self.model = OutlineModel(self)
        self.view = OutlineView()
        self.view.setModel(self.model)
        self._wanted: Key | None = None
        self._hint = Words("", META, role="faint", wrap=True)
        back = IconButton("chevron-left", "All briefings")
        back.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the words beside it do the same
        link = Link("All briefings", size=BASE)
        head = Head()
        head.row.addWidget(back)
        head.row.addWidget(link)
        head.row.addStretch()
        hint = QVBoxLayout()
        hint.setContentsMargins(16, 8, 16, 14)
        hint.addWidget(self._hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addSpacing(4)
        column.addWidget(self.view, 1)
        column.addLayout(hint)
        back.clicked.connect(self.back)
        link.clicked.connect(self.back)
        self.view.selectionModel().currentChanged.connect(self._on_current)
        self.view.entered.connect(self.entered)
        self.view.taken_out.connect(self.taken_out)
        self.view.pushed.connect(self._on_pushed)
        self.model.ordered.connect(self._on_ordered)

    def show_material(self, material: Material | None) -> None:
        """Show a briefing, with the same part chosen as before."""
        entry = self.view.currentIndex().data(ENTRY) if self.view.currentIndex().isValid() else None
        wanted = self._wanted or (entry.key if entry else None)
        self._wanted = None
        row = self.view.currentIndex().row()
        self.model.show_material(material)
        at = self.model.row_of(wanted)
        if material is not None and not (self.view.currentIndex().isValid() and self.view.currentIndex().row() == at >= 0):
            self.choose_row(at if at >= 0 else min(row, self.model.rowCount() - 1))
        many = len(material.blocks) if material else 0
        self._hint.setText(f"{counted(many, 'part')}. B adds what is chosen in a list." if many else "")

    def choose(self, key: Key | None) -> None:
        """Choose a thing, as its field has the focus."""
        entry = self.view.currentIndex().data(ENTRY) if self.view.currentIndex().isValid() else None
        if entry is None or entry.key != key:
            self.choose_row(self.model.row_of(key))

    def choose_row(self, row: int) -> None:
        """Make a line the current one; nobody is told."""
        selection = self.view.selectionModel()
        selection.blockSignals(True)
        self.view.setCurrentIndex(self.model.index(max(0, row)))
        selection.blockSignals(False)
        self.view.viewport().update()

    def _on_current(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.data(ENTRY).key)

    def _on_pushed(self, key: Key, way: int) -> None:
        at = self.model.keys.index(key)
        to = at + (2 if way > 0 else -1)
        if 0 <= to <= len(self.model.keys):
            self._on_ordered(self.model.moved(key, to), key)

    def _on_ordered(self, keys: list[Key], moved: Key | None = None) -> None:
        self._wanted = moved
        self.ordered.emit(keys)
