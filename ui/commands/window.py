"""What the commands of the menus Edit, View, Go and Help do: where one is, how it looks, and the way back."""

# ruff: noqa: PLC0415 - what is opened now and then is loaded then: the window is there sooner

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication

from reader.library import Library
from reader.records import Scope
from ui import theme
from ui.forms import open_once
from ui.list.scope_line import TOLD

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from reader.records import ListOrder, ScopeKind
    from ui.actions import Actions
    from ui.engine import Engine
    from ui.palette.palette import Palette
    from ui.parts import Parts
    from ui.shortcuts import ShortcutSheet
    from ui.view import Looking, View
    from ui.window_settings import WindowSettings

NAMES = (
    "undo", "redo", "search", "sidebar", "rail", "compact", "dark", "sepia", "larger", "smaller", "order_heat", "order_hot",
    "order_newest", "order_quality", "show_new", "back", "forward", "go_all", "go_unread", "go_hot", "go_starred",
    "go_annotations", "go_briefings", "go_activity", "next", "previous", "next_unread", "read_on", "palette",
    "shortcuts", "about",
)  # fmt: skip


class WindowCommands(QObject):
    """The menus Edit, View, Go and Help."""

    def __init__(
        self, engine: Engine, view: View, actions: Actions, choices: WindowSettings, parts: Parts, folder: Path, window: QWidget
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._engine, self._view, self._actions, self._choices, self._parts = engine, view, actions, choices, parts
        self._folder, self._window = folder, window
        self._palette: Palette | None = None
        self._sheet: ShortcutSheet | None = None
        for name in NAMES:
            actions[name].triggered.connect(getattr(self, name))
        for notice in parts.notices:
            notice.undone.connect(self.undo)
        parts.sidebar.topic_wanted.connect(self._on_topic_wanted)
        choices.changed.connect(self._show_choices)
        parts.arranged.connect(self._show_choices)
        view.changed.connect(self._on_looking)
        leave = QShortcut(Qt.Key.Key_Escape, window)
        leave.activated.connect(self.leave)
        self._show_choices()

    # The way back

    def undo(self) -> None:
        """Take back what was done last."""
        self._parts.page.keep_drafts()
        self._parts.editor.save()
        self._engine.call(Library.undo)

    def redo(self) -> None:
        """Do again what was undone last."""
        self._engine.call(Library.redo)

    def back(self) -> None:
        """Look at what was looked at before."""
        self._view.go_back()

    def forward(self) -> None:
        """Take back a step back."""
        self._view.go_forward()

    def leave(self) -> None:
        """Esc: out of the search, out of another place, back to the list."""
        if self._view.looking.like is not None:
            self._view.go_back()
        elif self._view.looking.query:
            self._view.look(query="")
        elif self._view.looking.place != "desk":
            self._view.look(place="desk")
        elif self._view.looking.scope.kind in TOLD:
            self._view.look(scope=Scope())
        self._parts.list.focus_list()

    # Places

    def _go(self, kind: ScopeKind) -> None:
        self._view.look(place="desk", scope=Scope(kind), query="", narrowing="all")
        self._parts.list.focus_list()

    def go_all(self) -> None:
        """Every thread."""
        self._go("all")

    def go_unread(self) -> None:
        """Threads with something unread."""
        self._go("unread")

    def go_hot(self) -> None:
        """Threads at or over the threshold."""
        self._go("hot")

    def go_starred(self) -> None:
        """Threads with a star."""
        self._go("starred")

    def go_annotations(self) -> None:
        """Everything marked and noted."""
        self._view.look(place="annotations", query="")

    def go_briefings(self) -> None:
        """The briefings."""
        self._view.look(place="briefings", query="")

    def go_activity(self) -> None:
        """What is under way, and which feeds need a look."""
        self._view.look(place="activity", query="")

    def search(self) -> None:
        """Put the cursor into the search field."""
        if self._parts.is_welcoming:
            self._parts.end_welcome()
        self._view.look(place="desk")
        self._parts.search.focus_field()

    def palette(self) -> None:
        """Go anywhere, do anything, by its name."""
        from ui.palette.palette import Palette

        if self._palette is None:
            self._palette = Palette(self._engine, self._view, self._actions, self._window)
        self._palette.open()

    # The list

    def next(self) -> None:
        """One row on."""
        self._parts.list.next_row()

    def previous(self) -> None:
        """One row back."""
        self._parts.list.previous_row()

    def next_unread(self) -> None:
        """The next article that was not read."""
        if not self._parts.list.next_unread():
            self._parts.say("Nothing unread is left in this list")

    def read_on(self) -> None:
        """A screen further in the article, then the next unread one; on a button, what Space does there."""
        focused = QApplication.focusWidget()
        if isinstance(focused, QAbstractButton):
            focused.click()
        elif self._view.looking.place == "desk" and not self._parts.page.read_on():
            self.next_unread()

    def show_new(self) -> None:
        """Take into the list what has changed since."""
        self._parts.list.show_new()

    def _order(self, order: ListOrder) -> None:
        looking = self._view.looking
        turned = looking.order == order and not looking.ascending
        self._view.look(order=order, ascending=turned, best_first=False)

    def order_heat(self) -> None:
        """The hottest first; again, the coldest."""
        self._order("heat")

    def order_hot(self) -> None:
        """What is hot now first: heat and momentum, fading with age; again, what is not."""
        self._order("hot")

    def order_newest(self) -> None:
        """The newest first; again, the oldest."""
        self._order("newest")

    def order_quality(self) -> None:
        """The best first; again, the worst."""
        self._order("quality")

    # Looks

    def sidebar(self) -> None:
        """The sidebar whole, or icons only."""
        self._choices.choose("sidebar", not self._choices.sidebar)

    def rail(self) -> None:
        """The thread beside the article, or not."""
        self._parts.toggle_rail()
        self._show_choices()

    def compact(self) -> None:
        """Rows of 44 pixels, or of 72."""
        self._choices.choose("compact", not self._choices.compact)

    def dark(self) -> None:
        """Dark, or light."""
        self._choices.choose("appearance", "light" if theme.colours() is theme.DARK else "dark")

    def sepia(self) -> None:
        """A sepia page, or one as the window."""
        self._choices.choose("sepia", not self._choices.sepia)

    def larger(self) -> None:
        """Larger text in the article."""
        self._choices.choose("text_size", min(self._choices.text_size + 1, 28))

    def smaller(self) -> None:
        """Smaller text in the article."""
        self._choices.choose("text_size", max(self._choices.text_size - 1, 13))

    def _show_choices(self, _name: str = "") -> None:
        """Ticks in the menu as things are."""
        for name, on in {
            "sidebar": self._choices.sidebar,
            "rail": self._parts.rail_is_seen,
            "compact": self._choices.compact,
            "dark": theme.colours() is theme.DARK,
            "sepia": self._choices.sepia,
        }.items():
            self._actions[name].setChecked(on)

    def _on_looking(self, new: Looking, _old: Looking) -> None:
        on_desk = new.place == "desk"
        for name in ("next", "previous", "next_unread", "show_new", "order_heat", "order_hot", "order_newest", "order_quality"):
            self._actions[name].setEnabled(on_desk)

    # Topics and help

    def _on_topic_wanted(self, what: str, id: int) -> None:
        from ui.topic_editor import TopicEditor

        if what == "remove":
            self._engine.call(Library.remove_topic, id)
        else:
            TopicEditor(self._engine, self._window).edit(id if what == "edit" else None, self._view.looking.selection.thread)

    def shortcuts(self) -> None:
        """The sheet of keys."""
        from ui.shortcuts import ShortcutSheet

        if self._sheet is None:
            self._sheet = ShortcutSheet(self._actions, self._window)
        self._sheet.open()

    def about(self) -> None:
        """What this is, and whose work is in it."""
        from ui.about import About

        open_once(About(self._folder, self._window))
