"""What the commands do by which the analyst corrects threads and storylines, by key, menu and drag."""

# ruff: noqa: PLC0415 - what is opened now and then is loaded then: the window is there sooner

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from reader.library import Library
from ui.forms import open_once
from ui.view import Selection

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reader.records import Storyline
    from ui.actions import Actions
    from ui.engine import Engine
    from ui.list.dragging import Carried
    from ui.parts import Parts
    from ui.view import Looking, View

NAMES = ("rename_thread", "move_article", "join_storyline", "leave_storyline", "rename_storyline", "corrections", "dates")
OF_A_THREAD = NAMES[:-2]


class GroupingCommands(QObject):
    """The part of the menu Thread that corrects."""

    def __init__(self, engine: Engine, view: View, actions: Actions, parts: Parts, window: QWidget) -> None:
        super().__init__(window)
        self._engine, self._view, self._actions, self._parts, self._window = engine, view, actions, parts, window
        self._carried: tuple[int, ...] = ()
        for name in NAMES:
            actions[name].triggered.connect(getattr(self, name))
        parts.list.dropped.connect(self._on_dropped)
        view.changed.connect(self._on_looking)
        self._enable()

    @property
    def _selection(self) -> Selection:
        return self._view.looking.selection

    def _on_looking(self, _new: Looking, _old: Looking) -> None:
        self._enable()

    def _enable(self) -> None:
        looking = self._view.looking
        able = looking.place in ("desk", "annotations") and looking.selection.thread is not None
        for name in OF_A_THREAD:
            self._actions[name].setEnabled(able)

    # Threads

    def rename_thread(self) -> None:
        """Ask for another title of the thread."""
        from ui.grouping.renaming import Renaming

        chosen = self._selection.thread
        for row in self._parts.shelf.thread_rows([chosen]) if chosen is not None else ():
            asking = Renaming("thread", row.id, row.title, self._window)
            asking.named.connect(self._on_thread_named)
            asking.open()

    def _on_thread_named(self, id: int, title: str) -> None:
        self._engine.call(Library.rename_thread, id, title)

    def move_article(self) -> None:
        """Ask which thread the chosen articles belong to: of a thread that is chosen as a whole, the one that is read."""
        chosen = self._selection
        if chosen.thread is None or chosen.article is None:
            return
        self._carried = (chosen.article,) if chosen.thread in chosen.threads else chosen.articles
        self._choose("Move the article to another thread", "Move", chosen.thread, self._on_move)

    def _on_move(self, thread: int) -> None:
        self._engine.call(Library.move_articles, list(self._carried), thread)

    def _choose(self, title: str, verb: str, beside: int, then: object) -> None:
        from ui.grouping.choosing import ChooseThread

        listed = self._parts.list.model.listing.threads[:60]
        asking = ChooseThread(self._engine, self._parts.shelf, (title, verb), beside, listed, self._window)
        asking.chosen.connect(then)
        asking.open()

    def _on_dropped(self, carried: Carried, thread: int | None) -> None:
        """Threads on a thread become one with it, articles go into it; on free ground articles are an event of their own."""
        if thread is None:
            if carried.articles and carried.of is not None:
                self._engine.call(Library.split_thread, carried.of, list(carried.articles))
        elif carried.articles:
            self._engine.call(Library.move_articles, list(carried.articles), thread)
        else:
            self._engine.call(Library.merge_threads, [thread, *carried.threads])

    # Storylines

    def join_storyline(self) -> None:
        """Put the chosen threads into one storyline; with one of them, ask for another that is of the same matter."""
        chosen = self._selection
        if len(chosen.threads) > 1:
            self._engine.call(Library.join_storyline, list(chosen.threads))
        elif chosen.thread is not None:
            self._carried = (chosen.thread,)
            self._choose("Which thread is of the same matter?", "Put into one storyline", chosen.thread, self._on_join)

    def _on_join(self, thread: int) -> None:
        self._engine.call(Library.join_storyline, [thread, *self._carried])

    def leave_storyline(self) -> None:
        """Say that the thread is of another matter."""
        if self._storyline() is not None and self._selection.thread is not None:
            self._engine.call(Library.leave_storyline, self._selection.thread)

    def rename_storyline(self) -> None:
        """Ask for another title of the storyline."""
        storyline = self._storyline()
        if storyline is not None:
            self._engine.ask(Library.storyline, storyline).then(self._on_storyline)

    def _on_storyline(self, storyline: Storyline) -> None:
        from ui.grouping.renaming import Renaming

        asking = Renaming("storyline", storyline.id, storyline.title, self._window)
        asking.named.connect(self._on_storyline_named)
        asking.open()

    def _on_storyline_named(self, id: int, title: str) -> None:
        self._engine.call(Library.rename_storyline, id, title)

    def _storyline(self) -> int | None:
        """The storyline of the thread; where it has none, that is said."""
        chosen = self._selection.thread
        rows = self._parts.shelf.thread_rows([chosen]) if chosen is not None else []
        if rows and rows[0].storyline is None:
            self._parts.say("This thread belongs to no storyline")
        return rows[0].storyline if rows else None

    # What was said

    def dates(self) -> None:
        """Show the days to come that articles name."""
        from ui.coming_dates import ComingDates

        asking = ComingDates(self._engine, self._actions, self._window)
        asking.article_wanted.connect(self._on_article_wanted)
        asking.open()

    def _on_article_wanted(self, id: int) -> None:
        thread = self._parts.shelf.thread_of(id)
        chosen = Selection(thread, id, (id,), () if thread is None else (thread,))
        self._view.look(place="desk", query="", selection=chosen)

    def corrections(self) -> None:
        """Show everything that was corrected."""
        from ui.grouping.corrections import Corrections

        open_once(Corrections(self._engine, self._window))
