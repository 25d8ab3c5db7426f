"""Views, topics, searches and feeds; at the foot, how fresh everything is. As a strip of icons where there is little room."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from reader.library import Library
from reader.records import Scope
from ui.controls import Ground, Head, Tool
from ui.side.freshness import Freshness
from ui.side.lines import Entries
from ui.side.menus import FoldersMenu, SearchesMenu, menu_of
from ui.side.model import NOTHING, Entry, Folds, narrow, search_entries, troubles, wide

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

    from reader.records import Changes, Counts, Feed, SavedSearch, Topic
    from ui.actions import Actions
    from ui.engine import Engine
    from ui.view import Looking, View
    from ui.window_settings import WindowSettings

NARROW, WIDE = 52, (180, 320)
FOLDS = "sidebar_folds"
GATHER_MS, LOOK_MS = 150, 60
"""How long changes are gathered; how long keys may run over lines before what they stop at is looked at."""


class Sidebar(Ground):
    """What there is to look at. It reads and sets the view, and asks again when something changed."""

    feed_wanted = Signal(str, int)
    """"refresh", "mark_read", "edit", "copy_address" or "remove", and the feed."""
    folder_wanted = Signal(str, str)
    """"refresh", "mark_read" or "edit", and the name of the folder."""
    topic_wanted = Signal(str, int)
    """"edit", "remove" or "add", and the topic."""
    search_wanted = Signal(str, int)
    """"edit", "alert", "no_alert" or "remove", and the saved search; "alerts" for what they told of."""
    counted = Signal(object)
    """`Counts`: how much there is of everything now."""
    went_in = Signal()
    """Enter was pressed on what is looked at: the list may take the focus."""

    def __init__(
        self, engine: Engine, view: View, actions: Actions, settings: WindowSettings, parent: QWidget | None = None
    ) -> None:  # fmt: skip
        super().__init__("chrome", parent)
        self._engine, self._view, self._actions, self._settings = engine, view, actions, settings
        self._counts: Counts = NOTHING
        self._topics: Sequence[Topic] = ()
        self._feeds: Sequence[Feed] = ()
        self._searches: Sequence[SavedSearch] = ()
        self._folds = self._kept_folds()
        self._is_narrow = False
        self._stale = {"counts", "topics", "feeds", "searches"}
        self._asked: set[str] = set()
        self._on_their_way = 0
        self._has_failed = self._is_known = False
        self.setAccessibleName("Sidebar")
        self._build(actions)
        self._gather = QTimer(self, singleShot=True, interval=GATHER_MS)
        self._gather.timeout.connect(self._ask)
        self._look_soon = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._look_soon.timeout.connect(self._look_at_current)
        engine.changed.connect(self._on_changes)
        engine.ready.connect(self.ask_again)
        view.changed.connect(self._on_view)
        self._show()
        if engine.is_ready:
            self._ask()

    def _build(self, actions: Actions) -> None:
        self._head = Head()
        self._head.row.addWidget(Tool(actions["sidebar"], is_plain=True))
        self._head.row.addStretch()
        self._wide_tools = [Tool(actions["refresh"]), Tool(actions["add_feed"])]
        for tool in self._wide_tools:
            self._head.row.addWidget(tool)
        self.entries = Entries()
        self.entries.came_to.connect(self._on_came_to)
        self.entries.folded.connect(self._on_folded)
        self.entries.menu_wanted.connect(self._on_menu)
        self.entries.add_wanted.connect(self._on_add)
        self.entries.edit_wanted.connect(self._on_edit)
        self.freshness = Freshness(self._engine, self._settings)
        self.freshness.clicked.connect(self._on_freshness)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self._head, self.entries, self.freshness):
            column.addWidget(part)
        self.setMinimumWidth(WIDE[0])
        self.setMaximumWidth(WIDE[1])

    @property
    def is_narrow(self) -> bool:
        """Whether only icons are shown."""
        return self._is_narrow

    def set_narrow(self, narrow: bool) -> None:
        """Show icons alone, 52 pixels wide, or everything."""
        self._is_narrow = narrow
        self.setMinimumWidth(NARROW if narrow else WIDE[0])
        self.setMaximumWidth(NARROW if narrow else WIDE[1])
        for tool in self._wide_tools:
            tool.setVisible(not narrow)
        self.entries.delegate.is_narrow = narrow
        off, on = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        self.entries.setVerticalScrollBarPolicy(off if narrow else on)
        self.freshness.set_narrow(narrow)
        self._show()
        self.entries.scheduleDelayedItemsLayout()

    def ask_again(self) -> None:
        """Ask for everything anew: the engine is another one, or was just started."""
        self._stale = {"counts", "topics", "feeds", "searches"}
        self._ask()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "entries"):
            self.entries.viewport().update()

    # What there is

    def _on_changes(self, changes: Changes) -> None:
        self._stale |= {name for name in ("topics", "feeds", "searches") if getattr(changes, name)}
        if changes.articles or changes.threads or changes.topics or changes.feeds or changes.briefings or changes.settings:
            self._stale |= {"counts", "searches"}
        if self._stale and not self._gather.isActive():
            self._gather.start()

    def _ask(self) -> None:
        """Ask for what is stale, unless answers are still on their way: then when they are here."""
        if self._on_their_way:
            return
        questions: dict[str, Any] = {
            "counts": Library.counts,
            "topics": Library.topics,
            "feeds": Library.feeds,
            "searches": Library.saved_searches,
        }
        takers: dict[str, Any] = {
            "counts": self._on_counts,
            "topics": self._on_topics,
            "feeds": self._on_feeds,
            "searches": self._on_searches,
        }
        self._asked, self._stale, self._has_failed = self._stale, set(), False
        self._on_their_way = len(self._asked)
        for name in sorted(self._asked):
            task = self._engine.ask(questions[name]).then(takers[name])
            task.failed.connect(self._on_failed)
            task.over.connect(self._on_over)

    def _on_failed(self, _error: object) -> None:
        self._has_failed = True

    def _on_over(self) -> None:
        self._on_their_way -= 1
        if self._on_their_way:
            return
        if not self._has_failed:
            self._stale |= self._asked  # somebody else asked the same, and ours was dropped
            self._is_known = True
        self._show()
        if self._stale:
            self._gather.start()

    def _on_counts(self, counts: Counts) -> None:
        self._counts = counts
        self.counted.emit(counts)
        self._asked.discard("counts")

    def _on_topics(self, topics: list[Topic]) -> None:
        self._leave("topic", {topic.id for topic in self._topics} - {topic.id for topic in topics})
        self._topics = topics
        self._asked.discard("topics")

    def _on_feeds(self, feeds: list[Feed]) -> None:
        self._leave("feed", {feed.id for feed in self._feeds} - {feed.id for feed in feeds})
        self._feeds = feeds
        self._asked.discard("feeds")
        self.freshness.set_feeds(feeds, len(troubles(feeds)))

    def _on_searches(self, searches: list[SavedSearch]) -> None:
        self._searches = searches
        self._asked.discard("searches")

    def _leave(self, kind: str, gone: set[int]) -> None:
        """What was removed while it was looked at: look at everything instead."""
        scope = self._view.looking.scope
        if scope.kind == kind and scope.id in gone:
            self._view.look(scope=Scope())

    def _show(self) -> None:
        if self._is_narrow:
            lines = narrow(self._counts, self._topics)
        else:
            lines = wide(self._counts, self._topics, self._feeds, self._folds, self._searches)
        if not self._is_known:  # that there is nothing is said when it is known
            lines = [line for line in lines if line.kind != "hint"]
        self.entries.show_lines(lines, self._view.looking)

    # What is looked at

    def _on_view(self, looking: Looking, _before: Looking) -> None:
        self._look_soon.stop()
        self.freshness.setChecked(looking.place == "activity")
        if not self._is_narrow and looking.scope.kind == "feed":
            self._open_folder_of(looking.scope.id)
        self.entries.follow(looking)

    def _open_folder_of(self, id: int) -> None:
        folder = next((feed.folder for feed in self._feeds if feed.id == id), "")
        fold = f"folder:{folder}"
        if folder and fold not in self._folds:
            self._set_fold(fold, is_open=True)

    def _on_came_to(self, entry: Entry, is_meant: bool) -> None:
        if not is_meant:
            self._look_soon.start()
        elif entry.kind == "search" and self._searches:
            self.searches_menu().popup(self.mapToGlobal(QPoint(NARROW, self.entries.y())))
        elif entry.kind == "search":
            self._actions["search"].trigger()
        elif entry.kind == "alerts":
            self.search_wanted.emit("alerts", 0)
        elif entry.kind == "saved":
            self._search_for(entry.query)
        elif entry.kind == "folders":
            self.folders_menu().popup(self.mapToGlobal(QPoint(NARROW, self.entries.y())))
        else:
            is_there = entry.is_of(self._view.looking)
            self._look_at(entry)
            if is_there:
                self.went_in.emit()

    def _look_at_current(self) -> None:
        entry = self.entries.lines.entry(self.entries.currentIndex())
        if entry is not None:
            self._look_at(entry)

    def _look_at(self, entry: Entry) -> None:
        self._look_soon.stop()
        if entry.kind in ("search", "folders", "saved", "alerts"):  # not by passing over: facets would take the sidebar's place
            return
        if entry.scope is not None:
            self._view.look(place="desk", scope=entry.scope, query="")
        elif entry.leads:
            self._view.look(place=entry.place, query="")

    def _on_freshness(self) -> None:
        self._view.look(place="activity")

    # What is open

    def _on_folded(self, entry: Entry, is_open: bool) -> None:
        self._set_fold(entry.fold, is_open=is_open)

    def _set_fold(self, fold: str, *, is_open: bool) -> None:
        self._folds = self._folds.with_(fold, is_open=is_open)
        self._settings.keep(FOLDS, QByteArray(json.dumps(sorted(self._folds.closed)).encode()))
        self._show()

    def _kept_folds(self) -> Folds:
        try:
            kept = json.loads(bytes(self._settings.kept(FOLDS).data()))
        except ValueError:
            return Folds()
        return Folds(frozenset(str(fold) for fold in kept)) if isinstance(kept, list) else Folds()

    # Menus

    def _on_menu(self, entry: Entry, place: QPoint) -> None:
        menu = self.menu_of(entry)
        if menu is not None:
            menu.popup(place)

    def menu_of(self, entry: Entry) -> QMenu | None:
        """What can be done with what a line stands for."""
        menu = menu_of(entry, self)
        if menu is not None:
            menu.triggered.connect(self._on_chosen)
        return menu

    def _on_chosen(self, action: QAction) -> None:
        kind, wanted, what = action.data()
        if kind == "saved":
            self._on_search_chosen(wanted, what)
        elif wanted == "look":
            self._view.look(place="desk", scope=Scope(kind, name=what) if kind == "folder" else Scope(kind, what), query="")
        elif kind == "feed":
            self.feed_wanted.emit(wanted, what)
        elif kind == "folder":
            self.folder_wanted.emit(wanted, what)
        else:
            self.topic_wanted.emit(wanted, what)

    def folders_menu(self) -> QMenu:
        """Folders and feeds, for the narrow form."""
        menu = FoldersMenu(self._feeds, self._counts, self)
        menu.triggered.connect(self._on_chosen)
        return menu

    def searches_menu(self) -> QMenu:
        """Saved searches, for the narrow form."""
        menu = SearchesMenu(search_entries(self._searches), self)
        menu.triggered.connect(self._on_chosen)
        return menu

    def _on_search_chosen(self, wanted: str, id: int) -> None:
        if wanted == "search":
            self._actions["search"].trigger()
        elif wanted == "look":
            self._search_for(next(search.query for search in self._searches if search.id == id))
        else:
            self.search_wanted.emit(wanted, id)

    def _search_for(self, query: str) -> None:
        """Search, and go on in the list: the facets take the place of this."""
        self._view.look(place="desk", query=query, best_first=True)
        self.went_in.emit()

    def _on_add(self) -> None:
        self.topic_wanted.emit("add", 0)

    def _on_edit(self, entry: Entry) -> None:
        if entry.kind == "feed":
            self.feed_wanted.emit("edit", entry.id)
        elif entry.kind == "folder":
            self.folder_wanted.emit("edit", entry.name)
        elif entry.kind == "topic":
            self.topic_wanted.emit("edit", entry.id)
        elif entry.kind == "saved":
            self.search_wanted.emit("edit", entry.id)
