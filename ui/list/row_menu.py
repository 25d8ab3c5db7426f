"""The menu of the chosen rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.actions import Actions

PARAGRAPHS = (
    ("open_thread",),
    ("toggle_read", "thread_read", "star", "hide"),
    ("add_to_briefing", "note", "note_thread"),
    ("merge", "split", "move_article", "rename_thread", "join_storyline"),
    ("more_like", "open_in_browser", "copy_citation"),
)
"""Names of commands."""


def row_menu(actions: Actions, parent: QWidget) -> QMenu:
    """What can be done with what is chosen; it is gone when it is closed."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for names in PARAGRAPHS:
        for name in names:
            menu.addAction(actions[name])
        menu.addSeparator()
    return menu
