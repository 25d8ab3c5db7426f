"""What the commands of searches do: keep one, look at its alerts, go on from what it found."""

# ruff: noqa: PLC0415 - what is opened now and then is loaded then: the window is there sooner

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from reader.library import Library
from ui.search.scope import clause_of, toggled
from ui.view import Selection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from reader.records import Alert, Feed, SavedSearch, Topic
    from ui.actions import Actions
    from ui.engine import Engine
    from ui.parts import Parts
    from ui.search.saving import SearchSheet
    from ui.view import Looking, View

NAMES = ("search_here", "save_search", "alerts", "as_threads", "more_like", "next_match", "previous_match")


class SearchCommands(QObject):
    """Commands of searches, wherever they stand in the menus."""

    def __init__(self, engine: Engine, view: View, actions: Actions, parts: Parts, window: QWidget) -> None:
        super().__init__(window)
        self._engine, self._view, self._actions, self._parts, self._window = engine, view, actions, parts, window
        self._wanted = 0
        self._chosen: Sequence[int] = ()
        for name in NAMES:
            actions[name].triggered.connect(getattr(self, name))
        parts.sidebar.search_wanted.connect(self._on_search_wanted)
        view.changed.connect(self._on_looking)
        self._enable(view.looking)

    def _on_looking(self, new: Looking, _old: Looking) -> None:
        self._enable(new)

    def _enable(self, looking: Looking) -> None:
        """Commands without a search to act on are grey."""
        reads = looking.place == "desk" and looking.selection.article is not None
        for name in ("save_search", "as_threads"):
            self._actions[name].setEnabled(bool(looking.query) and looking.place == "desk")
        for name in ("more_like", "next_match", "previous_match"):
            self._actions[name].setEnabled(reads)
        self._actions["as_threads"].setChecked(looking.in_threads)

    # Where one searches

    def search_here(self) -> None:
        """Search in what the sidebar is at, or, pressed again, everywhere; the clause stands in the field."""
        self._view.look(place="desk")
        kind = self._view.looking.scope.kind
        if kind == "topic":
            self._engine.ask(Library.topics).then(self._on_topics)
        elif kind == "feed":
            self._engine.ask(Library.feeds).then(self._on_feeds)
        else:
            self._narrow(clause_of(self._view.looking.scope))

    def _on_topics(self, topics: list[Topic]) -> None:
        self._narrow(clause_of(self._view.looking.scope, topics=topics))

    def _on_feeds(self, feeds: list[Feed]) -> None:
        self._narrow(clause_of(self._view.looking.scope, feeds=feeds))

    def _narrow(self, clause: str) -> None:
        if clause:
            self._parts.search.write(toggled(self._parts.search.field.text(), clause))
        else:
            self._parts.search.focus_field()

    # What was found

    def as_threads(self) -> None:
        """Of each thread its best article, or every article."""
        looking = self._view.looking
        self._view.look(in_threads=not looking.in_threads, selection=looking.selection)

    def more_like(self) -> None:
        """Articles on what the chosen one is about; Esc leads back."""
        chosen = self._view.looking.selection
        if chosen.article is not None:
            self._view.look(place="desk", query="", like=chosen.article, selection=chosen)
            self._parts.list.focus_list()

    def next_match(self) -> None:
        """The next word in the article that was searched for."""
        self._parts.page.go_to_match(1)

    def previous_match(self) -> None:
        """The one before."""
        self._parts.page.go_to_match(-1)

    # Saved searches

    def save_search(self) -> None:
        """Keep the search under a name; one that is kept already is changed.

        While one types, the list shows what the last word may become as well. What is kept is what is written: so the typing ends
        here, and the list shows what the search will find.
        """
        self._chosen = self._view.looking.selection.articles
        self._parts.search.finish()
        self._engine.ask(Library.saved_searches).then(self._on_known)

    def _on_known(self, searches: list[SavedSearch]) -> None:
        query = self._view.looking.query
        if not query:
            return
        same = [search for search in searches if search.query == query]
        if same:
            self._sheet(self._chosen).edit(same[0])
        else:
            self._sheet(self._chosen).save_new(query)

    def _sheet(self, articles: Sequence[int]) -> SearchSheet:
        from ui.search.saving import SearchSheet

        return SearchSheet(self._engine, self._parts.shelf.article_rows(articles), self._window)

    def _on_search_wanted(self, what: str, id: int) -> None:
        if what == "alerts":
            self.alerts()
        elif what == "edit":
            self._wanted = id
            self._engine.ask(Library.saved_searches).then(self._on_wanted)
        elif what == "remove":
            self._engine.call(Library.remove_search, id)
        else:
            self._engine.call(Library.edit_search, id, alert=what == "alert")

    def _on_wanted(self, searches: list[SavedSearch]) -> None:
        looking = self._view.looking
        for search in searches:
            if search.id == self._wanted:
                self._sheet(looking.selection.articles if looking.query else ()).edit(search)

    def alerts(self) -> None:
        """What saved searches told of."""
        from ui.search.alerts import AlertSheet

        sheet = AlertSheet(self._engine, self._window)
        sheet.opened.connect(self._on_alert)
        sheet.open()

    def _on_alert(self, alert: Alert) -> None:
        """Read the article, whatever is listed."""
        thread = self._parts.shelf.thread_of(alert.article)
        chosen = Selection(thread, alert.article, (alert.article,), () if thread is None else (thread,))
        self._view.look(place="desk", selection=chosen)
