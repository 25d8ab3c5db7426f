"""Every highlight and note in one place: narrowed by meaning and words, shown on the page beside, copied, changed, sent on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QKeySequence, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QMenu, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from reader.library import Library
from reader.records import BriefingItem
from ui import icons
from ui.annotations.entries import Entry, counts, entries, lines
from ui.annotations.filters import AnnotationFilters
from ui.annotations.rows import LINE, AnnotationDelegate, AnnotationModel
from ui.asking import Asking
from ui.controls import Ground, Head, IconButton, QuietWords
from ui.paint import box, keep_bar_room, prepare
from ui.phrases import HIGHLIGHT_NAMES, citation
from ui.theme import colours, highlight_bar
from ui.view import Selection

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from reader.records import Annotated, ArticleRow, Changes
    from reader.shelf import Shelf
    from ui.actions import Actions
    from ui.annotations.entries import Line
    from ui.engine import Engine
    from ui.view import View

AGAIN_MS = 300
"""Changes are waited for so long before the list is asked for again."""
AT_ONCE = 120
"""Lines that are laid out at a time, so that thousands do not hold the window up."""
_MEANINGS = {"highlight": "yellow", "highlight_check": "blue", "highlight_contradiction": "pink", "highlight_method": "green"}
"""The commands that give a highlight its meaning."""


class Annotations(Ground):
    """The list of everything marked. What is chosen in it is looked at, so that the page beside shows its article."""

    passage_wanted = Signal(int)
    """The page is to scroll to this highlight."""
    briefed = Signal(object)
    """A `BriefingItem` is to be put into a briefing."""
    said = Signal(str)
    """Something was done that the window may tell."""

    def __init__(self, engine: Engine, shelf: Shelf, view: View, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__("list", parent)
        self._engine, self._shelf, self._view, self._actions = engine, shelf, view, actions
        self._told: list[tuple[ArticleRow, list[Entry]]] = []
        self._is_stale = True
        self._asking = Asking(engine, self)
        self._asking.answered.connect(self._on_told)
        self._asking.failed.connect(engine.failed)
        self._asking.dropped.connect(self._wait)
        self._soon = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._soon.timeout.connect(self._ask)
        self._model = AnnotationModel()
        self._list = _List(self._model, actions)
        self._list.wanted.connect(self._do)
        self._list.customContextMenuRequested.connect(self._open_menu)
        self._list.activated.connect(self._on_activated)
        self._list.selectionModel().currentChanged.connect(self._on_current)
        self._filters = AnnotationFilters()
        self._filters.chosen.connect(self._on_narrowed)
        self._field = _Field()
        self._field.textChanged.connect(self._on_narrowed)
        self._empty = QuietWords(
            "Select words in an article and press H: what you mark or note stands here.", "Nothing marked yet", "highlighter"
        )
        self._none = QuietWords("No annotation has all of these words.", "Nothing found", "search")
        self._lay_out()
        engine.changed.connect(self._on_changed)
        engine.ready.connect(self._wait)
        self._enable()

    def _lay_out(self) -> None:
        head = Head()
        self._tools = {
            "copy": IconButton("copy", "Copy with its source"),
            "meaning": IconButton("highlighter", "Change its meaning"),
            "add_to_briefing": IconButton("file-plus", "Add to the briefing"),
            "remove_highlight": IconButton("trash-2", "Remove"),
        }
        self._tools["meaning"].setMenu(self._meanings())
        self._tools["meaning"].setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        head.row.addWidget(self._field, 1)
        head.row.addSpacing(6)
        for name, tool in self._tools.items():
            tool.setObjectName(name)
            if name != "meaning":
                tool.clicked.connect(self._on_tool)
            head.row.addWidget(tool)
        self._stack = QStackedWidget()
        for part in (self._list, self._empty, self._none):
            self._stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._filters)
        column.addWidget(self._stack)

    def _meanings(self) -> QMenu:
        menu = QMenu(self)
        for command, colour in _MEANINGS.items():
            action = menu.addAction(_square(colour), HIGHLIGHT_NAMES[colour])
            action.setObjectName(command)
            action.setShortcutVisibleInContextMenu(True)
            action.triggered.connect(self._on_chosen)
        return menu

    def focus_list(self) -> None:
        """Take the focus; where nothing is chosen, the first entry is."""
        if self.chosen is None:
            self._list.choose(1)
        self._list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def chosen(self) -> Entry | None:
        """The entry that is chosen."""
        line = self._list.currentIndex().data(LINE)
        return line if isinstance(line, Entry) else None

    # What there is

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Ask for what changed while nobody looked."""
        super().showEvent(event)
        if self._is_stale:
            self._ask()

    def _on_changed(self, changes: Changes) -> None:
        if changes.articles or changes.threads:
            self._wait()

    def _wait(self) -> None:
        self._is_stale = True
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    def _ask(self) -> None:
        self._soon.stop()
        if self._engine.is_ready:
            self._is_stale = False
            self._asking.ask(Library.annotations)

    def _on_told(self, told: list[Annotated]) -> None:
        found = entries(told)
        before = [(row.id, row.title, row.provider, own) for row, own in self._told]
        if before == [(row.id, row.title, row.provider, own) for row, own in found]:
            self._told = found
            if found:
                return
        self._told = found
        self._filters.tell(counts(found))
        self._list_again(stay=True)

    def _on_narrowed(self) -> None:
        self._list_again(stay=False)

    def _list_again(self, *, stay: bool) -> None:
        """List what passes. What was chosen stays so, or what stands in its place where it is gone."""
        chosen, place, bar = self.chosen, self._list.currentIndex().row(), self._list.verticalScrollBar()
        at = bar.value()
        listed = lines(self._told, self._filters.key, self._field.text())
        self._list.tell(listed)
        self._stack.setCurrentWidget(self._list if listed else self._none if self._told else self._empty)
        if chosen is not None:
            found = self._model.place(chosen.article, chosen.highlight, chosen.note)
            if found is not None:
                self._list.choose(found, quietly=True)
            elif stay:
                self._list.choose(place)
        if stay:
            bar.setValue(at)
        self._enable()

    # What is chosen

    def _on_current(self, new: QModelIndex, _old: QModelIndex) -> None:
        self._enable()
        entry = new.data(LINE)
        if isinstance(entry, Entry) and not self._list.is_quiet:
            self._show(entry)

    def _on_activated(self, _index: QModelIndex) -> None:
        if self.chosen:
            self._show(self.chosen)

    def _show(self, entry: Entry) -> None:
        thread = self._shelf.thread_of(entry.article)
        self._view.look(selection=Selection(thread=thread, article=entry.article, articles=(entry.article,)))
        if entry.highlight is not None and not entry.is_lost:
            self.passage_wanted.emit(entry.highlight)

    def _enable(self) -> None:
        entry = self.chosen
        for name, tool in self._tools.items():
            needs_highlight = name in ("meaning", "add_to_briefing")
            tool.setEnabled(entry is not None and (entry.highlight is not None or not needs_highlight))

    # What is done with it

    def _on_tool(self) -> None:
        self._do(self.sender().objectName())

    def _on_chosen(self) -> None:
        self._do(self.sender().objectName())

    def _do(self, command: str) -> None:
        """Do what one of the commands that the list knows does here."""
        entry = self.chosen
        if entry is None:
            return
        if command in _MEANINGS:
            self._give(entry, _MEANINGS[command])
        elif command in ("copy", "copy_citation"):
            self._copy(entry)
        elif command == "add_to_briefing":
            self._brief(entry)
        elif command == "remove_highlight":
            self._remove(entry)

    def _give(self, entry: Entry, colour: str) -> None:
        if entry.highlight is not None and entry.colour != colour:
            self._engine.call(Library.recolour, entry.highlight, colour)

    def _copy(self, entry: Entry) -> None:
        """Copy the quote, what was written about it, and where it comes from."""
        source = next((citation(row) for row in self._shelf.article_rows([entry.article])), entry.source)
        parts = (f"“{entry.quote}”" if entry.quote else "", entry.words, source)
        QApplication.clipboard().setText("\n\n".join(part for part in parts if part))
        self.said.emit("Copied the words with their source")

    def _brief(self, entry: Entry) -> None:
        """A highlight goes into the briefing; of a note its article."""
        if entry.highlight is not None:
            self.briefed.emit(BriefingItem("highlight", entry.highlight))
        else:
            self.briefed.emit(BriefingItem("article", entry.article))

    def _remove(self, entry: Entry) -> None:
        if entry.highlight is not None:
            self._engine.call(Library.remove_highlight, entry.highlight)
        elif entry.note is not None:
            self._engine.call(Library.remove_note, entry.note)

    def _open_menu(self, at: QPoint) -> None:
        entry = self.chosen
        if entry is None:
            return
        menu = QMenu(self)
        for command in ("copy", "add_to_briefing", "remove_highlight"):
            words = "Remove the note" if command == "remove_highlight" and entry.highlight is None else ""
            action = menu.addAction(self._actions[command].icon(), words or self._actions[command].text())
            action.setObjectName(command)
            action.triggered.connect(self._on_chosen)
        if entry.highlight is not None:
            menu.addSeparator()
            menu.addActions(self._tools["meaning"].menu().actions())
        menu.popup(self._list.viewport().mapToGlobal(at))
        menu.aboutToHide.connect(menu.deleteLater)


class _Field(QLineEdit):
    """Words that the listed entries have; Esc empties it."""

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("Search annotations")
        self.setAccessibleName("Search annotations")
        self._sign = self.addAction(icons.icon("search", colours().faint), QLineEdit.ActionPosition.LeadingPosition)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._sign.setIcon(icons.icon("search", colours().faint))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Empty it, or leave it to the window where it is empty."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class _List(QListView):
    """The lines, laid out some at a time. While it has the focus, keys of commands mean the entry that is chosen."""

    wanted = Signal(str)
    """The name of a command whose key was pressed."""

    def __init__(self, model: AnnotationModel, actions: Actions) -> None:
        super().__init__()
        self._actions = actions
        self._entries = model
        self.is_quiet = False
        """Whether what is chosen is only chosen again."""
        self.setAccessibleName("Annotations")
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(AT_ONCE)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.viewport().setAutoFillBackground(False)
        keep_bar_room(self)
        self._lines = AnnotationDelegate(self)
        self.setItemDelegate(self._lines)
        self.setModel(model)

    def tell(self, listed: list[Line]) -> None:
        """Show other lines; nothing is chosen among them."""
        self.is_quiet = True
        self._entries.tell(listed)
        self._lines.forget(listed)
        self.is_quiet = False

    def choose(self, row: int, *, quietly: bool = False) -> None:
        """Choose the entry at a place, or the nearest one before it."""
        row = min(row, self._entries.rowCount() - 1)
        while row >= 0 and not isinstance(self._entries.line(row), Entry):
            row += 1 if row == 0 else -1
        if row >= 0:
            self.is_quiet = quietly
            index = self._entries.index(row)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.is_quiet = False

    def event(self, event: QEvent) -> bool:
        """Keep the keys of those commands that mean something here from the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._command(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Do what the key's command does, to the entry that is chosen."""
        if command := self._command(event):
            self.wanted.emit(command)
        else:
            super().keyPressEvent(event)

    def _command(self, event: QKeyEvent) -> str:
        pressed = QKeySequence(event.keyCombination())
        if pressed == QKeySequence(Qt.Key.Key_Delete):
            return "remove_highlight"
        names = (*_MEANINGS, "copy", "copy_citation", "add_to_briefing", "remove_highlight")
        return next((name for name in names if pressed in self._actions[name].shortcuts()), "")


def _square(colour: str) -> QIcon:
    made = QPixmap(QSize(16, 16))
    made.fill(Qt.GlobalColor.transparent)
    p = QPainter(made)
    prepare(p)
    box(p, made.rect().adjusted(3, 3, -3, -3).toRectF(), 2.5, highlight_bar(colour))
    p.end()
    return QIcon(made)
