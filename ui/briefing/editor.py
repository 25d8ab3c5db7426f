"""A briefing in the making: its order at the left, its words in the middle, the very pages at the right. Or all briefings."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from reader.library import Library
from reader.records import BriefingItem
from ui.briefing.adding import Adding
from ui.briefing.drafts import Drafts
from ui.briefing.export import Export, ExportStrip, file_name, kinds, with_ending
from ui.briefing.list import BriefingList
from ui.briefing.material import OpenBriefing
from ui.briefing.outline import WIDE as OUTLINE_WIDE
from ui.briefing.outline import BriefingOutline
from ui.briefing.pages import WIDE as PAGES_WIDE
from ui.briefing.pages import BriefingPages
from ui.briefing.words import BriefingWords
from ui.controls import Ground, Head, IconButton, Words
from ui.file_questions import ask_where_to
from ui.phrases import day
from ui.phrases import error as in_words
from ui.theme import META

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QHideEvent, QResizeEvent

    from reader.records import Briefing, Changes
    from reader.shelf import Shelf
    from ui.actions import Actions
    from ui.briefing.material import Key, Material
    from ui.engine import Engine
    from ui.view import Looking, View
    from ui.window_settings import WindowSettings

FOLD = 1140
"""Narrower than this there is no room for the pages: a window of 1200 beside the narrow sidebar."""
KEPT = "briefing-drafts"
"""Where words are kept aside that are not in the library yet."""
ASIDE_MS = 500
"""What is being typed is kept aside this soon: a program that is killed takes no more with it."""


class BriefingEditor(QWidget):
    """The place "briefings". The window says what commands did; `said`: the rest; `did`: what else can be undone."""

    said = Signal(str)
    did = Signal(str)

    def __init__(
        self, engine: Engine, shelf: Shelf, view: View, actions: Actions, settings: WindowSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._engine, self._view, self._actions, self._settings = engine, view, actions, settings
        self.setAccessibleName("Briefings")
        self.drafts = Drafts(engine, self)
        self._aside = QTimer(self, singleShot=True, interval=ASIDE_MS)
        self._aside.timeout.connect(self._keep_aside)
        self.open_briefing = OpenBriefing(engine, shelf, self)
        self._adding = Adding(engine, self)
        self._exporting = Export(engine, self.drafts, self)
        self._is_new = False
        self._shown: Material | None = None
        self._is_export_waiting = False
        self.list = BriefingList()
        self.outline, self.words, self.pages = BriefingOutline(), BriefingWords(self.drafts), BriefingPages(engine)
        self._saved = Words("", META, role="faint")
        self._put_together()
        self._connect()
        self.drafts.restore(bytes(settings.kept(KEPT).data()))
        self._look(view.looking)

    # Put together

    def _put_together(self) -> None:
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        for pane in (self.outline, self._middle(), self.pages):
            self._split.addWidget(pane)
        self._split.setStretchFactor(1, 1)
        self._split.setSizes([OUTLINE_WIDE, 640, PAGES_WIDE])
        self._pile = QStackedWidget()
        self._pile.addWidget(self.list)
        self._pile.addWidget(self._split)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._pile, 1)
        self.pages.setMinimumWidth(280)

    def _middle(self) -> QWidget:
        self._new = QPushButton("New briefing")
        self._export = QPushButton("Export …")
        self._export.setDefault(True)
        head = Head()
        head.row.setContentsMargins(20, 0, 16, 0)
        head.row.setSpacing(8)
        self._saved.setMinimumWidth(40)
        self.turn = IconButton("book-open", "Pages in the place of the outline", checkable=True)
        self.turn.toggled.connect(self._fold)
        head.row.addWidget(self._saved, 1)
        head.row.addWidget(self.turn)
        head.row.addWidget(self._new)
        head.row.addWidget(self._export)
        middle = Ground("page")
        middle.setMinimumWidth(360)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.words, 1)
        column.addWidget(ExportStrip(self._exporting))
        return middle

    def _connect(self) -> None:
        self._engine.changed.connect(self._on_changed)
        self._engine.ready.connect(self._ask_for_list)
        self._view.changed.connect(self._on_look)
        self._new.clicked.connect(self._actions["new_briefing"].trigger)
        self._export.clicked.connect(self._actions["export_briefing"].trigger)
        self.list.begun.connect(self._actions["new_briefing"].trigger)
        self.list.opened.connect(self._on_opened)
        self.list.removed.connect(self.remove)
        self.outline.back.connect(self._on_back)
        self.outline.chosen.connect(self.words.go_to)
        self.outline.entered.connect(self._on_entered)
        self.outline.taken_out.connect(self.take_out)
        self.outline.ordered.connect(self.order)
        self.words.entered.connect(self.outline.choose)
        self.words.escaped.connect(self.outline.view.setFocus)
        self.words.taken_out.connect(self.take_out)
        self.open_briefing.read.connect(self._on_read)
        self.open_briefing.gone.connect(self._on_gone)
        self.open_briefing.failed.connect(self._on_failed)
        self.drafts.moved.connect(self.open_briefing.outdate)
        self.drafts.changed.connect(self._on_drafts)
        self.drafts.settled.connect(self._keep_aside)
        self.drafts.saved.connect(self._keep_aside)
        self._adding.did.connect(self.did)
        self._adding.said.connect(self.said)
        self._exporting.said.connect(self.said)

    # What is looked at

    def _on_look(self, new: Looking, _old: Looking) -> None:
        self._look(new)

    def _look(self, looking: Looking) -> None:
        self.open_briefing.rest(rests=looking.place != "briefings")
        if looking.place != "briefings":
            self.drafts.save()
            return
        id = looking.briefing
        if id != self.open_briefing.id:
            self.drafts.save()
            self._show(None)
            self.open_briefing.open(id)
        if id is None:
            self._ask_for_list()
        else:
            self._adding.latest = id
        self._pile.setCurrentIndex(0 if id is None else 1)
        self.setFocusProxy(self.list.view if id is None else self.outline.view)

    def _ask_for_list(self) -> None:
        self._engine.ask(Library.briefings).then(self._on_list).otherwise(self._on_failed)

    def _on_list(self, briefings: list[Briefing]) -> None:
        self.list.show_briefings(briefings, self._adding.latest)

    def _on_changed(self, changes: Changes) -> None:
        if changes.briefings and self._view.looking.place == "briefings":
            self._ask_for_list()

    def _on_opened(self, id: int) -> None:
        self._view.look(briefing=id)
        self.outline.view.setFocus()

    def _on_back(self) -> None:
        self._view.look(briefing=None)
        self.list.view.setFocus()

    def _on_entered(self, key: Key | None) -> None:
        self.words.go_to(key, with_focus=True)

    def _on_read(self, material: Material) -> None:
        self._show(material)
        if self._is_new:
            self._is_new = False
            self.words.title.setFocus()
            self.words.title.selectAll()

    def _show(self, material: Material | None) -> None:
        is_same = material is not None and material == self._shown
        self._shown = material
        self.outline.show_material(material)
        self.words.show_material(material)
        self._export.setEnabled(material is not None)
        self._on_drafts()
        if not is_same:
            self.pages.show_briefing(material.briefing.id if material else None)
        was_waiting, self._is_export_waiting = self._is_export_waiting, False
        if was_waiting and material is not None:
            self.export()

    def _on_gone(self, id: int) -> None:
        if self._view.looking.briefing == id:
            self.did.emit("This briefing was removed")
            self._view.look(briefing=None)

    def _on_failed(self, error: object) -> None:
        self.said.emit(in_words(error))

    def _on_drafts(self) -> None:
        id = self.open_briefing.id
        self._saved.setText(self.drafts.state(id) if id is not None else "")
        self._saved.set_role("warn" if id is not None and self.drafts.is_in_trouble(id) else "faint")
        if not self._aside.isActive():
            self._aside.start()

    # What is done

    def new_briefing(self) -> None:
        """Make a briefing and open it, with its title to be typed."""
        title = f"Briefing of {day(datetime.now().astimezone())}"
        self._engine.call(Library.new_briefing, title).then(self._on_made)

    def _on_made(self, id: int) -> None:
        self._is_new = True
        self._view.look(place="briefings", briefing=id)

    def add(self, items: Sequence[BriefingItem]) -> None:
        """Put things into the current briefing: the one that was open last, the newest, or a new one."""
        self._adding.add(items)

    def remove(self, id: int) -> None:
        """Take a briefing away."""
        self._engine.call(Library.remove_briefing, id)

    def take_out(self, key: Key) -> None:
        """Take a thing out of the open briefing."""
        if self.open_briefing.id is not None:
            self.drafts.save()
            self._engine.call(Library.remove_from_briefing, self.open_briefing.id, [BriefingItem(*key)])

    def order(self, keys: Sequence[Key]) -> None:
        """Put the things of the open briefing in this order."""
        if self.open_briefing.id is not None:
            items = [BriefingItem(*key) for key in keys]
            self._engine.call(Library.reorder_briefing, self.open_briefing.id, items)

    def export(self) -> None:
        """Ask for a file and write the open briefing to it; of one that is still being read, as soon as it is there."""
        self._is_export_waiting = self._shown is None
        if self._shown is not None:
            name = f"{file_name(self._shown.briefing)}.pdf"
            self._asking = ask_where_to(self, "Export the briefing", name, kinds(), self._on_place)

    def _on_place(self, chosen: str) -> None:
        self.export_to(with_ending(chosen, self._asking.selectedNameFilter()))

    def export_to(self, path: Path) -> None:
        """Write the open briefing to a file, whose ending says the format."""
        if self.open_briefing.id is not None:
            self._exporting.write(self.open_briefing.id, path)

    def save(self) -> None:
        """Give every word that was typed to the library: before the engine is closed. Until it has them they are kept aside."""
        self.drafts.save()
        self._keep_aside()

    def _keep_aside(self, *_saved: object) -> None:
        kept = self.drafts.kept()
        if kept != bytes(self._settings.kept(KEPT).data()):
            self._settings.keep(KEPT, QByteArray(kept))

    # Room

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fold the pages away where there is no room for them."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """Narrow, the pages take the place of the outline where they are wanted."""
        is_narrow = self.width() < FOLD
        self.turn.setVisible(is_narrow)
        self.pages.setVisible(not is_narrow or self.turn.isChecked())
        self.outline.setVisible(not is_narrow or not self.turn.isChecked())

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Save what was typed when the place is left or the window closed."""
        super().hideEvent(event)
        self.save()
