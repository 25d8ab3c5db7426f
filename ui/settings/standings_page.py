"""The settings' page on providers: what the analyst thinks of each, 0 to 100, which quality takes into account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QSpinBox, QTreeView, QWidget

from reader.library import Library
from ui.cells import INSET, Cells
from ui.controls import Words
from ui.forms import column, row, tip
from ui.paint import keep_bar_room
from ui.phrases import number
from ui.theme import META, SCROLLBAR, VIEW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QStyleOptionViewItem

    from reader.records import Changes, Provider
    from ui.engine import Engine

    Index = QModelIndex | QPersistentModelIndex

COLUMNS = ("Provider", "Articles", "Standing")
NAME, ARTICLES, STANDING = range(3)
WIDTHS = (0, 84, 96)
WHY = "How much you trust what a provider says, 0 to 100. Enter changes it, Delete takes it back to where it began."


class Standings(QWidget):
    """A table of providers; Enter on one opens its number."""

    name = "Providers"

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self._engine = engine
        self.setAccessibleName(self.name)
        self.model = ProviderModel(engine)
        self.model.setParent(self)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Find a provider")
        self.filter.setAccessibleName("Find a provider")
        self.filter.textChanged.connect(self.model.narrow)
        self.table = QTreeView()
        self.table.setModel(self.model)
        self.table.setItemDelegate(_Editing(self.table))
        self.table.setRootIsDecorated(False)
        self.table.setIndentation(0)
        self.table.setUniformRowHeights(True)
        self.table.setAccessibleName("Providers")
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        trigger = QAbstractItemView.EditTrigger
        self.table.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed)
        self.table.viewport().setAutoFillBackground(False)
        keep_bar_room(self.table)
        header = self.table.header()
        header.setStretchLastSection(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for at, wide in enumerate(WIDTHS):
            if wide:
                header.resizeSection(at, wide)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self._key("Return", self._edit)
        self._key("Delete", self._take_back)
        field = row(self.filter)
        field.setContentsMargins(0, 0, SCROLLBAR, 0)
        heading = Words(self.name, VIEW, 600)
        inside = column(heading, 8, Words(WHY, META, role="dim", wrap=True), 12, field, 10, self.table)
        inside.setContentsMargins(24, 20, 14, 14)
        self.setLayout(inside)
        engine.changed.connect(self._on_changed)
        engine.ready.connect(self.look)
        if engine.is_ready:
            self.look()

    def look(self) -> None:
        """Ask who there is."""
        self._engine.ask(Library.providers).then(self.model.show_providers)

    def _key(self, keys: str, do: object) -> None:
        action = QAction(self.table)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(do)
        self.table.addAction(action)

    def _edit(self) -> None:
        at = self.table.currentIndex()
        if at.isValid():
            self.table.edit(at.siblingAtColumn(STANDING))

    def _take_back(self) -> None:
        provider = self.model.provider(self.table.currentIndex().row())
        if provider is not None:
            self._engine.call(Library.set_standing, provider.id, None)

    def _on_changed(self, changes: Changes) -> None:
        if changes.providers:
            self.look()


class ProviderModel(QAbstractTableModel):
    """The providers whose name or domain has what is looked for, in it; an edit goes to the library."""

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self._engine = engine
        self._all: Sequence[Provider] = ()
        self._shown: list[Provider] = []
        self._wanted = ""

    def show_providers(self, providers: Sequence[Provider]) -> None:
        """Show these; where only numbers changed nothing moves."""
        self._all = providers
        self._show()

    def narrow(self, words: str) -> None:
        """Show those that have these words in their name or domain."""
        self._wanted = words.strip().casefold()
        self._show()

    def provider(self, row: int) -> Provider | None:
        """The provider of a row."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's way
        """How many there are."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's way
        """Name, articles, standing."""
        return len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: N802 - Qt
        """The name of a column."""
        shown = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return COLUMNS[section] if shown else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell says."""
        found = self.provider(index.row())
        if found is None:
            return None
        standing = "–" if found.standing is None else str(found.standing)
        words = (found.name, number(found.articles), standing)[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return words
            case Qt.ItemDataRole.EditRole:
                return found.standing if found.standing is not None else 50
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{COLUMNS[index.column()]}: {'none' if words == '–' else words}"
            case Qt.ItemDataRole.ToolTipRole:
                return tip(found.domain or found.name)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802 - Qt's name
        """Give a provider another standing; the library says when it has it."""
        found = self.provider(index.row())
        if found is None or role != Qt.ItemDataRole.EditRole or value == found.standing:
            return False
        self._engine.call(Library.set_standing, found.id, int(str(value)))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The standing can be changed."""
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return plain | Qt.ItemFlag.ItemIsEditable if index.column() == STANDING else plain

    def _show(self) -> None:
        wanted = self._wanted
        shown = [one for one in self._all if wanted in one.name.casefold() or wanted in one.domain.casefold()]
        if [one.id for one in shown] == [one.id for one in self._shown]:
            self._shown = shown
            if shown:
                self.dataChanged.emit(self.index(0, 0), self.index(len(shown) - 1, len(COLUMNS) - 1))
            return
        self.beginResetModel()
        self._shown = shown
        self.endResetModel()


class _Editing(Cells):
    """The field for a standing."""

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:  # noqa: N802 - Qt's name
        """A number from 0 to 100."""
        made = QSpinBox(parent)
        made.setRange(0, 100)
        made.lineEdit().setTextMargins(INSET - 1, 0, INSET - 1, 0)
        made.setAccessibleName("Standing")
        return made

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:  # noqa: N802 - Qt's name
        """Take the number as it stands."""
        if isinstance(editor, QSpinBox):
            editor.interpretText()
            model.setData(index, editor.value())
