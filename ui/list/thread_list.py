"""The list: what it holds by the view, kept level with the library without ever moving under the eyes; or what a search found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPoint, QTimer, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from reader.errors import EngineStopped
from reader.library import Library
from ui.controls import Ground, Words
from ui.list.current_list import CurrentList, ListOf
from ui.list.dragging import Dragging
from ui.list.found_view import FoundView
from ui.list.next_unread import SCAN, next_of, next_unread, next_unread_found
from ui.list.row_delegate import RowDelegate
from ui.list.row_menu import row_menu
from ui.list.row_view import RowView
from ui.list.sort_line import SortLine
from ui.list.states import NewsStrip, Skeleton
from ui.list.thread_model import ThreadModel
from ui.view import Selection

if TYPE_CHECKING:
    from reader.records import Changes, Counts, Listing
    from reader.settings import Settings
    from reader.shelf import Shelf
    from reader.store.search import Answer
    from ui.actions import Actions
    from ui.engine import Engine
    from ui.view import Looking, View
    from ui.window_settings import WindowSettings

PATIENCE = 150
"""Milliseconds that a list may take before anything is shown of its taking time."""
MINUTE = 60_000


class ThreadList(Ground):
    """Sort line, rows, and what is new. It sets and follows the view's selection; it gives no commands."""

    marked = Signal(str, object)
    """An action was pressed on a row: its name in `actions`, and the `Selection` that it is meant for."""
    listed = Signal()
    """A list is shown."""
    answered = Signal(object)
    """What a search found first, or `None` when there is no search any more."""
    emptied = Signal(str)
    """There is nothing to list, and why: nothing, all_read, none_starred, none_hot, none_here, no_results, failed."""
    entered = Signal()
    """Enter was pressed on a row."""
    dropped = Signal(object, object)
    """What was `Carried`, and the thread that it was dropped on; `None` where it is to be an event of its own."""

    def __init__(
        self, engine: Engine, shelf: Shelf, view: View, actions: Actions, settings: WindowSettings, parent: QWidget | None = None
    ) -> None:  # fmt: skip
        super().__init__("list", parent)
        self._engine, self._view, self._actions, self._settings = engine, view, actions, settings
        self.model = ThreadModel(shelf, self)
        self.rows = RowView(self.model, "Threads and articles", self)
        self.rows.setItemDelegate(RowDelegate(self.rows))
        self.dragging = Dragging(self.rows, self.model)
        self.rows.dragged.connect(self.dragging.begin)
        self.dragging.dropped.connect(self.dropped)
        self.found = FoundView(engine, shelf, self)
        for rows in (self.rows, self.found):
            self._listen(rows)
        self.found.answered.connect(self._on_answer)
        self.found.failed.connect(self._on_failed)
        self._current = CurrentList(engine, self)
        self._current.came.connect(self._take)
        self._current.news.connect(self._tell_news)
        self._current.failed.connect(self._on_failed)
        self.sort_line, self.strip = SortLine(view, self), NewsStrip(self)
        self.strip.clicked.connect(self.show_new)
        self._waiting, self._skeleton = Ground("list", self), Skeleton(self)
        self._placeholder: QWidget = Words("Nothing here", role="dim")
        self._placeholder.setContentsMargins(42, 0, 16, 0)
        self._pages = QStackedWidget(self)
        for page in (self._waiting, self._skeleton, self.rows, self.found, self._placeholder):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.sort_line, self._pages, self.strip):
            column.addWidget(part)
        self._is_searching = self._is_quiet = False
        self._told = Selection()
        self._patience = self._timer(PATIENCE, self._show_skeleton)
        self._telling = self._timer(0, self._tell)
        self._minute = self._timer(MINUTE, self.refresh_times)
        self._minute.setSingleShot(False)
        self._minute.start()
        view.changed.connect(self._on_view)
        engine.changed.connect(self._on_changes)
        engine.ready.connect(self._on_ready)
        settings.changed.connect(self._on_setting)
        self._on_setting("compact")
        self._ask_settings()
        self._counts: Counts | None = None
        self._load(view.looking)

    def _listen(self, rows: RowView) -> None:
        rows.selectionModel().selectionChanged.connect(self._on_selection)
        rows.selectionModel().currentChanged.connect(self._on_selection)
        rows.expanded.connect(self._on_selection)
        rows.collapsed.connect(self._on_selection)
        rows.marked.connect(self.marked)
        rows.entered.connect(self.entered)
        rows.menu_wanted.connect(self._show_menu)

    def _timer(self, milliseconds: int, then: Any) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(then)
        return timer

    # What the window asks of it

    @property
    def shown(self) -> RowView:
        """The rows that are looked at: those of the list, or those that were found."""
        return self.found if self._is_searching else self.rows

    def next_row(self) -> None:
        """Go one row down."""
        self.shown.step(1)
        self._tell()

    def previous_row(self) -> None:
        """Go one row up."""
        self.shown.step(-1)
        self._tell()

    def next_unread(self) -> bool:
        """Go to the next row that is unread, into threads; whether there is one, or it is being looked for."""
        current = self.shown.currentIndex()
        if self._is_searching:
            return self._go_to(next_unread_found(self.found.results, current))
        if self._go_to(next_unread(self.model, current, self._told.article)):
            return True
        if self.model.rowCount() <= SCAN or self._current.loaded is None:
            return False
        scope, _, order, ascending = self._current.loaded
        self._engine.ask(Library.listing, scope, narrowing="unread", order=order, ascending=ascending).then(self._on_unread)
        return True

    def toggle_open(self) -> None:
        """Open or close the thread that is chosen."""
        if self.shown.currentIndex().isValid():
            self.shown.toggle(self.shown.currentIndex())
            self._tell()

    def focus_list(self) -> None:
        """Give the keys to the rows, or to what stands where they will be."""
        page = self.shown if self.shown.isVisible() else self._pages.currentWidget()
        if page is not None:
            page.setFocus()

    def whole_list(self) -> list[int]:
        """Every article of the list, or of what was found so far."""
        return list(self.found.results.ids if self._is_searching else self.model.listing.members)

    def set_placeholder(self, widget: QWidget) -> None:
        """Show this where there is nothing to list."""
        self._pages.removeWidget(self._placeholder)
        self._placeholder.deleteLater()
        self._placeholder = widget
        self._pages.addWidget(widget)

    def show_new(self) -> None:
        """Take in what is new, and stay where one is. After a command of the user: what she has changed, at once."""
        self._current.take()

    def members(self, thread: int) -> list[int]:
        """The articles of a thread of this list, by date; none of one that is not in it."""
        index = self.model.find(thread)
        return list(self.model.members(index.row())) if index.isValid() else []

    def take_counts(self, counts: Counts) -> None:
        """Say how many articles are unread here."""
        self._counts, scope = counts, self._view.looking.scope
        of_kind = {"all": counts.unread, "unread": counts.unread, "feed": counts.feeds.get(scope.id)}
        self.sort_line.tabs["unread"].set_count(of_kind.get(scope.kind, counts.topics.get(scope.id)) if scope.kind in {
            "all", "unread", "feed", "topic"} else None)  # fmt: skip

    def refresh_times(self) -> None:
        """Say times as they are now."""
        self.shown.viewport().update()

    # Loading

    def _on_view(self, new: Looking, old: Looking) -> None:
        if not new.lists_as(old):
            self._load(new)
        elif new.selection != self._told:
            self._follow(new.selection)

    def _load(self, looking: Looking) -> None:
        self._told = looking.selection
        if self._counts:
            self.take_counts(self._counts)
        if looking.is_search:
            self._search(looking)
            return
        if self._is_searching:
            self._end_search()
        if self._current.loaded == ListOf.wanted(looking):
            self._show_list()
            if looking.selection == Selection():  # back from a search: what was chosen before it still is
                self._told = looking.selection
                self._telling.start()
            else:
                self._follow(looking.selection)
            return
        self._current.load(ListOf.wanted(looking))
        self._patience.start()

    def _on_failed(self, error: object) -> None:
        """Say what went wrong; what is shown stays. That the engine is gone, and comes back, the window says."""
        self._patience.stop()
        if self._is_searching or self._current.loaded is None:
            self._show_page(self._placeholder)
            self.emptied.emit("failed")
        if not isinstance(error, EngineStopped):
            self._engine.failed.emit(error)

    def _on_ready(self) -> None:
        """Ask an engine that came back."""
        self._current.retry()
        if self._is_searching:
            self.found.search(self._view.looking)

    def _take(self, listing: Listing, is_same: bool) -> None:
        """Show a list. Of the one that was shown in a newer state, one sees what one saw, and what is new around it."""
        place = self.rows.place() if is_same else None
        self._is_quiet = True
        self.model.take(listing)
        if place is None:
            self.rows.scrollToTop()
        else:
            self.rows.go_back_to(place)
        self._is_quiet = False
        if not self._is_searching:
            self._show_list()
        if place is None:
            self._follow(self._view.looking.selection)
        else:
            self._tell()

    def _show_list(self) -> None:
        self._patience.stop()
        if self.model.listing.threads:
            self._show_page(self.rows)
        else:
            self._show_page(self._placeholder)
            self.emptied.emit(_why_empty(self._view.looking))
        self.listed.emit()

    def _show_page(self, page: QWidget) -> None:
        """Turn to a page; the keys go along."""
        had_focus = (was := self._pages.currentWidget()) is not None and was.hasFocus()
        self._pages.setCurrentWidget(page)
        if had_focus:
            page.setFocus()

    def _show_skeleton(self) -> None:
        self._show_page(self._skeleton)

    def _tell_news(self, words: str) -> None:
        """Say that the list is another one by now."""
        if words:
            self.strip.say(words, self._actions["show_new"].shortcut().toString(QKeySequence.SequenceFormat.NativeText))
        else:
            self.strip.hide()

    def _on_changes(self, changes: Changes) -> None:
        for rows in (self.rows, self.found):
            rows.rows.renew(changes, rows.in_sight() if rows.isVisible() else ())
        if changes.settings:
            self._ask_settings()
        self._current.look_again()

    def _ask_settings(self) -> None:
        self._engine.ask(Library.settings).then(self._on_settings).otherwise(self._on_no_settings)

    def _on_settings(self, settings: Settings) -> None:
        for rows in (self.rows, self.found):
            rows.delegate.hot = settings.publish_at
            rows.viewport().update()

    def _on_no_settings(self, _error: object) -> None:
        """Keep what was known: whoever asked for the list says what is wrong."""

    def _on_setting(self, name: str) -> None:
        if name == "compact":
            self._skeleton.compact = self._settings.compact
            for rows in (self.rows, self.found):
                rows.set_compact(self._settings.compact)

    # Searching

    def _search(self, looking: Looking) -> None:
        if not self._is_searching:
            self._is_searching = True
            self._patience.start()
        self.found.search(looking)

    def _on_answer(self, answer: Answer) -> None:
        self._patience.stop()
        self.sort_line.set_found(*self.found.told(answer))
        if answer.hits:
            self._show_page(self.found)
        else:
            self._show_page(self._placeholder)
            self.emptied.emit("no_results")
        self._follow(self._view.looking.selection)
        self.answered.emit(answer)
        self.listed.emit()

    def _end_search(self) -> None:
        self._is_searching = False
        self.found.end()
        self.answered.emit(None)

    # Selecting

    def _on_selection(self) -> None:
        if not self._is_quiet:
            self._telling.start()

    def _tell(self) -> None:
        """Tell the view what is chosen. That nothing is, is not told: the page stays until there is another one."""
        self._telling.stop()
        rows = self.shown
        chosen = sorted(rows.selectionModel().selectedRows(), key=_by_place)
        if not chosen or self._is_quiet:
            return
        current = rows.currentIndex() if rows.currentIndex() in chosen else chosen[0]
        first = rows.rows.selection(current, is_open=rows.isExpanded(current))
        each = (rows.rows.articles(index, is_open=rows.isExpanded(index)) for index in chosen)
        articles = tuple(dict.fromkeys(id for articles in each for id in articles))
        threads = tuple(rows.rows.id_at(index)[0] for index in chosen if not index.parent().isValid() and not self._is_searching)
        self._told = Selection(first.thread, first.article, articles, threads)
        self._view.look(selection=self._told)

    def _follow(self, selection: Selection) -> None:
        """Show what others have chosen, if it is in the list."""
        rows = self.shown
        self._told = selection
        index = self._index_of(selection)
        self._is_quiet = True
        if index.isValid():
            if index.parent().isValid():
                rows.expand(index.parent())
            rows.choose(index)
        else:
            rows.selectionModel().clear()
        self._is_quiet = False

    def _index_of(self, selection: Selection) -> QModelIndex:
        """The row that a selection means: the thread itself, or one of its articles."""
        model = self.shown.rows
        if selection.thread in selection.threads or selection.article is None:
            return model.find(selection.thread) if selection.thread is not None else QModelIndex()
        index = model.find(selection.thread, selection.article)
        return index if index.isValid() else model.find(None, selection.article)

    def _go_to(self, index: QModelIndex) -> bool:
        if index.isValid():
            if index.parent().isValid():
                self.shown.expand(index.parent())
            self.shown.choose(index)
            self._tell()
        return index.isValid()

    def _on_unread(self, listing: Listing) -> None:
        """Go on to an unread thread that is further away than one looks here."""
        if not self._is_searching:
            self._go_to(next_of(self.model, listing.threads, self.rows.currentIndex()))

    def _show_menu(self, at: QPoint) -> None:
        self._tell()
        row_menu(self._actions, self).popup(at)


def _why_empty(looking: Looking) -> str:
    """The reason why there is nothing to list, as `ThreadList.emptied` tells it."""
    for kind in (looking.narrowing, looking.scope.kind):
        if kind in {"unread", "starred", "hot"}:
            return "all_read" if kind == "unread" else f"none_{kind}"
    return "nothing" if looking.scope.kind == "all" else "none_here"


def _by_place(index: QModelIndex) -> tuple[int, int]:
    return (index.parent().row(), index.row()) if index.parent().isValid() else (index.row(), -1)
