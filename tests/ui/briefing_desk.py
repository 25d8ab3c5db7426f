"""An editor of briefings in a window, and a second look at its library: what its tests stand on."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtWidgets import QMainWindow

from reader.library import Library
from reader.shelf import Shelf
from ui.actions import Actions
from ui.briefing.blocks import BlockView
from ui.briefing.editor import BriefingEditor
from ui.view import View
from ui.window_settings import WindowSettings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from reader.records import Briefing
    from ui.engine import Engine

WAIT = 15_000


class Desk:
    """An editor in a window, and a second look at its library."""

    def __init__(self, qtbot: QtBot, engine: Engine, folder: Path) -> None:
        self.bot, self.engine, self.view = qtbot, engine, View()
        qtbot.waitUntil(lambda: engine.is_ready, timeout=WAIT)
        self.window = QMainWindow()
        self.actions = Actions(self.window)
        self.shelf = Shelf(folder)
        self.library = Library(folder)
        self.settings = WindowSettings(folder)
        self.editor = BriefingEditor(engine, self.shelf, self.view, self.actions, self.settings)
        self.window.setCentralWidget(self.editor)
        self.window.resize(1000, 700)
        self.window.show()
        self.window.activateWindow()
        self.view.look(place="briefings")

    def close(self) -> None:
        """Take everything of Qt away here and now: collected later, on a thread of the engine, it would bring Qt down."""
        if shiboken6.isValid(self.window):
            shiboken6.delete(self.window)
        gc.collect()
        self.library.close()
        self.shelf.close()

    def wait(self, until: Callable[[], object]) -> None:
        self.bot.waitUntil(lambda: bool(until()), timeout=WAIT)

    def open(self, id: int = 1) -> None:
        """Open a briefing, with everything on its column."""
        self.view.look(briefing=id)
        self.wait(lambda: self.editor.open_briefing.material is not None)
        self.wait(lambda: len(self.blocks) == len(self.library.briefing(id).items))

    def settle(self) -> None:
        """Wait until every word is in the library."""
        self.editor.save()
        self.wait(lambda: self.editor.drafts.is_empty)

    @property
    def stored(self) -> Briefing:
        """The open briefing as it is in the library."""
        assert self.editor.open_briefing.id is not None
        return self.library.briefing(self.editor.open_briefing.id)

    @property
    def blocks(self) -> list[BlockView]:
        """The things on the column, in order."""
        found = [block for block in self.editor.findChildren(BlockView) if not block.isHidden()]
        return sorted(found, key=lambda block: block.y())

    @property
    def order(self) -> list[tuple[str, int]]:
        """The things in the outline, in order."""
        return self.editor.outline.model.keys


def keys_of(briefing: Briefing) -> list[tuple[str, int]]:
    return [(item.kind, item.target) for item in briefing.items]
