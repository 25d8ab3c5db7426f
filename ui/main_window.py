"""Places the parts: sidebar, list, page and rail, and what takes their place; decides by the width what fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow

from reader.errors import LibraryError
from reader.library import Library
from reader.shelf import Shelf
from ui import theme
from ui.actions import MENUS, Actions
from ui.commands.article import ArticleCommands
from ui.commands.file import FileCommands
from ui.commands.grouping import GroupingCommands
from ui.commands.searches import SearchCommands
from ui.commands.telling import Telling
from ui.commands.window import WindowCommands
from ui.controls import Ground
from ui.empty import Empty
from ui.engine import Engine
from ui.parts import Parts
from ui.view import View
from ui.window_settings import WindowSettings

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent


SMALLEST = (880, 560)
FIRST = (1440, 900)
"""As large as it opens the first time, where the screen has the room."""
FRAME = (16, 40)
"""What a system draws around a window, at the most."""


class MainWindow(QMainWindow):
    """One window on one library."""

    settled = Signal()
    """List and page are shown for the first time."""

    def __init__(self, folder: Path, *, own_process: bool = True) -> None:
        super().__init__()
        self.folder = folder
        self.settings = WindowSettings(folder, self)
        self.settings.changed.connect(self._on_chosen)  # before any part: they find the theme changed already
        theme.apply(_app(), self.settings.appearance, "sepia" if self.settings.sepia else "window")
        self.setWindowTitle("Watchdesk")
        self.setMinimumSize(*SMALLEST)
        self.resize(_first_size(self.screen().availableSize()))
        self.actions_by_name = Actions(self)
        self.view = View(self)
        shelf = _shelf(folder)
        self.is_new = shelf is None or self.settings.welcoming
        self.engine = Engine(folder, own_process=own_process, parent=self)
        self.engine.ready.connect(self._on_ready)
        self._make_menus()
        self.parts: Parts | None = None
        self._has_settled = False
        if shelf:
            self._furnish(shelf)
        else:
            self.setCentralWidget(Ground("list"))
            self.engine.failed.connect(self._on_cannot_open)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._take_theme)
        if not self.settings.kept("geometry").isEmpty():
            self.restoreGeometry(self.settings.kept("geometry"))

    def _furnish(self, shelf: Shelf) -> None:
        """Put everything into the window, now that there is a library to read."""
        self.parts = Parts(self.engine, shelf, self.view, self.actions_by_name, self.settings, self)
        self.setCentralWidget(self.parts)
        self.telling = Telling(self.engine, self.actions_by_name, self.parts)
        about = (self.engine, self.view, self.actions_by_name, self.settings, self.parts)
        self.files = FileCommands(*about, self)
        self.articles = ArticleCommands(*about, self)
        self.grouping = GroupingCommands(self.engine, self.view, self.actions_by_name, self.parts, self)
        self.places = WindowCommands(*about, self.folder, self)
        self.searches = SearchCommands(self.engine, self.view, self.actions_by_name, self.parts, self)
        self.parts.list.listed.connect(self._on_listed)
        if self.is_new:
            self.settings.choose("welcoming", True)
            self.parts.welcome()
        self.parts.list.focus_list()

    def _make_menus(self) -> None:
        """Every command stands in a menu."""
        for name in MENUS:
            menu, group = self.menuBar().addMenu(name), 0
            for command, action in self.actions_by_name:
                if command.menu == name:
                    if command.group != group:
                        menu.addSeparator()
                    group = command.group
                    menu.addAction(action)

    def _on_ready(self) -> None:
        if not self.parts:
            self.engine.failed.disconnect(self._on_cannot_open)
            self._furnish(Shelf(self.folder))
        if self.is_new:  # until all of it is there: an engine that died at it begins again
            self.engine.start(Library.start, sample=True).then(self._on_filled)
        else:
            self.engine.start(Library.bring_level)

    def _on_filled(self, _ended: object) -> None:
        """Show all of the sample coverage: nobody is reading yet."""
        self.is_new = False
        if self.parts:
            self.parts.list.show_new()

    def _on_cannot_open(self, error: object) -> None:
        """Say why there is nothing to see; what stands in the folder is left alone."""
        self.setCentralWidget(Empty("triangle-alert", "This library cannot be opened", str(error), self.actions_by_name["quit"]))

    def _on_listed(self) -> None:
        if not self._has_settled:
            self._has_settled = True
            QTimer.singleShot(0, self.settled.emit)

    def _on_chosen(self, name: str) -> None:
        if name in ("appearance", "sepia"):
            self._take_theme()

    def _take_theme(self) -> None:
        theme.apply(_app(), self.settings.appearance, "sepia" if self.settings.sepia else "window")

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Keep what was being written, let the engine finish its commands, and go."""
        self.settings.keep("geometry", self.saveGeometry())
        if self.parts:
            self.parts.close_all()
            self.parts.shelf.close()  # before the engine's own: the last to close folds the journal in
        self.hide()
        self.engine.close()
        super().closeEvent(event)


def _shelf(folder: Path) -> Shelf | None:
    """The library, if it is there at this version; the engine says what is the matter where it is not."""
    try:
        return Shelf(folder)
    except LibraryError:
        return None


def _first_size(room: QSize) -> QSize:
    """The size of the first time: not larger than a screen has room for, with the frame that its system draws."""
    return QSize(*FIRST).boundedTo(room - QSize(*FRAME)).expandedTo(QSize(*SMALLEST))


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
