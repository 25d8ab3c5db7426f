"""Everything that can be chosen, on a few pages. A change holds at once; there is nothing to confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QStackedWidget

from reader.library import Library
from ui.forms import Page, Rule, button, column, row
from ui.settings.library_page import LibraryPage
from ui.settings.pages import Feeds, Reading
from ui.settings.quality_page import Quality
from ui.settings.standings_page import Standings
from ui.settings.threads_page import Threads

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reader.records import Changes
    from reader.settings import Settings
    from ui.engine import Engine
    from ui.window_settings import WindowSettings

SIZE = (720, 540)
LIST, ROW = 148, 30


class SettingsDialog(QDialog):
    """The settings: a list of pages at the left. What it shows follows what is chosen elsewhere, and what is undone."""

    def __init__(self, engine: Engine, settings: WindowSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self.setWindowTitle("Settings")
        self.setAccessibleName("Settings")
        self.setWindowModality(Qt.WindowModality.NonModal)
        self.resize(*SIZE)
        self.reading, self.feeds = Reading(engine, settings), Feeds(engine)
        self.threads, self.library = Threads(engine), LibraryPage(engine)
        self.standings, self.quality = Standings(engine), Quality(engine)
        self.names = QListWidget()
        self.names.setObjectName("pages")
        self.names.setAccessibleName("Pages")
        self.names.setFixedWidth(LIST)
        self._pages = QStackedWidget()
        for page in (self.reading, self.feeds, self.threads, self.library):
            self._add(page.name, Page(page))
        for named in (self.standings, self.quality):
            self._add(named.name, named)
        self.names.currentRowChanged.connect(self._pages.setCurrentIndex)
        self.names.setCurrentRow(0)
        foot = row(None, button("Close", self.reject))
        foot.setContentsMargins(16, 12, 16, 12)
        body = row(column(self.names, margins=(12, 14, 0, 12)), self._pages, spacing=0)
        body.setStretch(1, 1)
        whole = column(body, Rule(), foot)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        engine.changed.connect(self._on_changed)
        engine.ready.connect(self._look)
        self._look()

    def _add(self, name: str, page: QWidget) -> None:
        item = QListWidgetItem(name, self.names)
        item.setSizeHint(QSize(0, ROW))
        self._pages.addWidget(page)

    def show_page(self, name: str) -> None:
        """Open at a page: Reading, Feeds, Threads, Library, Providers or Quality."""
        for item in self.names.findItems(name, Qt.MatchFlag.MatchExactly):
            self.names.setCurrentItem(item)

    def _on_changed(self, changes: Changes) -> None:
        if changes.settings:
            self._look()

    def _look(self) -> None:
        if self._engine.is_ready:
            self._engine.ask(Library.settings).then(self._on_settings)

    def _on_settings(self, chosen: Settings) -> None:
        for page in (self.reading, self.feeds, self.threads, self.quality):
            page.show_settings(chosen)
