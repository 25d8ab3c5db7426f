"""The parts of the window, side by side: what stands where, what there is room for, and how siblings meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ui import theme
from ui.activity.activity import Activity
from ui.annotations.annotations import Annotations
from ui.briefing.editor import BriefingEditor
from ui.controls import Ground, Notice
from ui.empty import Empty
from ui.feeds.health import FeedHealth
from ui.list.scope_line import ScopeLine
from ui.list.sort_line import HEIGHT as SORT_LINE
from ui.list.thread_list import ThreadList
from ui.page.article_view import ArticleView
from ui.page.topic_words import TopicWords
from ui.rail.thread_view import ThreadView
from ui.receipts import Receipt
from ui.search.completing import Completing
from ui.search.facets import Facets
from ui.search.search_bar import SearchBar
from ui.side.sidebar import Sidebar
from ui.welcome import Welcome

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from reader.shelf import Shelf
    from reader.store.search import Answer
    from ui.actions import Actions
    from ui.engine import Engine
    from ui.view import Looking, Place, View
    from ui.window_settings import WindowSettings

NARROW, WIDE = 1200, 1900
"""Under the one the rail folds away and the sidebar is of icons; from the other on there is room for more of everything."""
ICONS, SIDE = 52, (180, 320)
"""Widths of the sidebar: of icons alone; at least and at most of the whole one."""
WIDTHS = {"narrow": (52, 372, 0), "middle": (216, 432, 264), "wide": (256, 600, 344)}
"""Of sidebar, list and rail; the page takes the rest."""
LAPTOP, AT_LAPTOP = 1400, (196, 372, 264)
"""Under that width the page would be too narrow to read beside all of them at theirs."""
EMPTY = {
    "nothing": ("rss", "Nothing has arrived yet", "Refresh to ask your feeds, or add the first one.", "refresh"),
    "all_read": ("circle-check", "All read", "Nothing unread is left here.", "go_all"),
    "none_starred": ("star", "No stars yet", "Press s on a thread or an article to keep it at hand.", "go_all"),
    "none_hot": ("flame", "Nothing is hot", "No thread here has reached the heat from which it counts as published.", "go_all"),
    "none_here": ("layers", "Nothing here yet", "What arrives and belongs here will stand in this list.", "refresh"),
    "no_results": ("search", "Nothing found", "No article has these words. Fewer of them, or others, may find more.", "search"),
    "failed": ("triangle-alert", "The list cannot be shown", "What went wrong is said below; what was saved is there.", "go_all"),
}
"""Why there is nothing to list, and the one thing to do about it."""
ANY = 16777215
"""Qt's word for no widest."""


class Parts(QWidget):
    """The parts of a furnished window, side by side."""

    arranged = Signal()
    """Another part is in sight, or one less."""

    def __init__(
        self, engine: Engine, shelf: Shelf, view: View, actions: Actions, settings: WindowSettings, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.shelf, self._settings, self._view = shelf, settings, view
        self._engine, self._actions = engine, actions
        self.sidebar = Sidebar(engine, view, actions, settings)
        self.facets = Facets(view, actions)
        self.search = SearchBar(view, actions, settings)
        self.completing = Completing(engine, self.search.field)
        self.list = ThreadList(engine, shelf, view, actions, settings)
        self.annotations = Annotations(engine, shelf, view, actions)
        self.page = ArticleView(engine, shelf, view, actions, settings)
        self.topic_words = TopicWords(engine, view, self)
        self.rail = ThreadView(engine, shelf, view, actions)
        self.editor = BriefingEditor(engine, shelf, view, actions, settings)
        self.activity = Activity(engine, view, actions)
        self.health = FeedHealth(engine, actions)
        self.receipt = Receipt(engine, parent)
        self.notices = (Notice(), Notice())
        self.empty = Empty("inbox", "", "", above=theme.EMPTY - SORT_LINE)
        self.list.set_placeholder(self.empty)
        choose = "Choose a thread to read its articles."
        self.page.set_placeholder(Empty("newspaper", "Nothing is chosen", choose, role="paper", above=theme.EMPTY))
        self._welcome: Welcome | None = None
        self._form = ""
        self._words: set[str] = set()
        self._side_width = WIDTHS["middle"][0]
        self._rail_is_over = False
        self._place()
        self._connect()

    def _place(self) -> None:
        self.left = QStackedWidget()
        self.left.addWidget(_column(self.search, ScopeLine(self._engine, self._view), self.list, grows=self.list))
        self.left.addWidget(self.annotations)
        self._pane = _column(self.left, self.notices[0])
        self._page, self._rail = _column(self.page, role="paper"), _column(self.rail)
        self.desk = _splitter(self._pane, self._page, self._rail)
        self.desk.setStretchFactor(1, 1)
        self.doings = _splitter(_column(self.activity), _column(self.health, role="page"))
        self.doings.setStretchFactor(1, 1)
        self.places = QStackedWidget()
        for place in (self.desk, self.editor, self.doings):
            self.places.addWidget(place)
        self.side = QStackedWidget()
        for part in (self.sidebar, self.facets):
            self.side.addWidget(_column(part, role="chrome"))
        self.whole = _splitter(self.side, _column(self.places, self.notices[1]))
        self.whole.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.whole)

    def _connect(self) -> None:
        """Siblings meet here: signals go up, calls go down."""
        self._view.changed.connect(self._on_looking)
        self.list.answered.connect(self._on_answered)
        self.list.found.went_on.connect(self._mark)
        self.list.found.counted.connect(self.facets.set_answer)
        self.topic_words.found.connect(self.page.set_marks)
        self.search.left.connect(self.list.focus_list)
        self.search.went_down.connect(self.list.focus_list)
        self.rail.explained.connect(self._on_explained)
        self.annotations.passage_wanted.connect(self._on_passage_wanted)
        self.sidebar.went_in.connect(self.list.focus_list)
        self.list.entered.connect(self.page.setFocus)
        self.list.emptied.connect(self._on_emptied)
        self.sidebar.counted.connect(self.list.take_counts)
        self._settings.changed.connect(self._on_chosen)

    # What stands where

    def _on_looking(self, new: Looking, old: Looking) -> None:
        if new.place != old.place:
            self.places.setCurrentIndex({"briefings": 1, "activity": 2}.get(new.place, 0))
            self.left.setCurrentIndex(int(new.place == "annotations"))
            for notice in self.notices:
                notice.hide()
            self._arrange()
            self._focus(new.place)
        searching = bool(new.query) and new.place == "desk" and self._form != "narrow"
        self.side.setCurrentIndex(int(searching))

    def _focus(self, place: Place) -> None:
        """The keys go where one looks."""
        if place == "desk":
            self.list.focus_list()
        elif place == "annotations":
            self.annotations.focus_list()
        else:
            (self.editor if place == "briefings" else self.activity).setFocus()

    def _on_answered(self, answer: Answer | None) -> None:
        self.search.set_answer(answer)
        self._words.clear()
        self._mark(answer)

    def _mark(self, answer: Answer | None) -> None:
        """Mark in the page what was searched for. What makes one article like another is no match."""
        if answer is not None and self._view.looking.query:
            self._words.update(word for hit in answer.hits for word in (*hit.title.words, *hit.snippet.words))
        self.page.set_marks(tuple(sorted(self._words)))

    def _on_emptied(self, why: str) -> None:
        icon, title, sentence, action = EMPTY[why]
        self.empty.say(icon, title, sentence, self._actions[action] if action else None)

    def _on_passage_wanted(self, highlight: int) -> None:
        article = self._view.looking.selection.article
        if article is not None:
            self.page.show_passage(article, highlight)

    def _on_explained(self, kind: str, id: int, at: QPoint) -> None:
        if kind == "heat":
            self.receipt.explain_heat(id, at)
        else:
            self.receipt.explain_quality(id, at)

    def _on_chosen(self, name: str) -> None:
        if name in ("sidebar", "rail"):
            self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Arrange anew where the width wants another form."""
        super().resizeEvent(event)
        form = "narrow" if self.width() < NARROW else "wide" if self.width() >= WIDE else "middle"
        if form != self._form:
            self._keep_widths()
            self._form = form
            self._arrange()
            self._take_widths()
        elif self._rail_is_over:
            self._lay_rail_over()

    def _arrange(self) -> None:
        """Show what there is room for, and what was chosen."""
        narrow = self._form == "narrow"
        icons_only = narrow or self._view.looking.place == "briefings" or not self._settings.sidebar
        self._set_side(icons_only=icons_only)
        if self._welcome:
            return
        self._pane.setMinimumWidth(340)
        self._pane.setMaximumWidth(680)
        self._take_rail_back()
        self._rail.setVisible(self._settings.rail and not narrow)
        self.arranged.emit()

    def _set_side(self, *, icons_only: bool) -> None:
        """The sidebar whole or of icons; as wide again as it was."""
        if icons_only and not self.sidebar.is_narrow:
            self._side_width = self.side.width()
        self.sidebar.set_narrow(icons_only)
        low, high = (ICONS, ICONS) if icons_only else SIDE
        self.side.setMinimumWidth(low)
        self.side.setMaximumWidth(high)
        wanted = ICONS if icons_only else min(max(self._side_width, low), high)
        self.whole.setSizes([wanted, max(self.width() - wanted, 400)])

    def toggle_rail(self) -> None:
        """Show or hide the thread: beside the page, or over it where there is no room beside."""
        if self._form != "narrow":
            self._settings.choose("rail", not self._settings.rail)
        elif self._rail_is_over:
            self._take_rail_back()
        else:
            self._lay_rail_over()

    def _lay_rail_over(self) -> None:
        self._rail_is_over = True
        self._rail.setParent(self._page)
        wide, high = min(300, self._page.width()), self._page.height() - theme.HEAD
        self._rail.set_edge(wide=1)
        self._rail.setGeometry(QRect(self._page.width() - wide, theme.HEAD, wide, high))
        self._rail.show()
        self._rail.raise_()

    def _take_rail_back(self) -> None:
        if self._rail_is_over:
            self._rail_is_over = False
            self._rail.set_edge(wide=0)
            self._rail.hide()
            self.desk.addWidget(self._rail)

    @property
    def rail_is_seen(self) -> bool:
        """Whether the thread is in sight."""
        return self._rail_is_over or (self._form != "narrow" and self._settings.rail)

    def _take_widths(self) -> None:
        """The widths that were kept for this form of the window, else those it begins with."""
        is_laptop = self._form == "middle" and self.width() < LAPTOP
        side, pane, rail = AT_LAPTOP if is_laptop else WIDTHS[self._form]
        for name, splitter in (("whole", self.whole), ("desk", self.desk)):
            kept = self._settings.kept(f"{name}-{self._form}")
            if kept.isEmpty() or not splitter.restoreState(kept):
                room = max(self.width() - side, 400)
                splitter.setSizes([side, room] if name == "whole" else [pane, max(room - pane - rail, 300), rail])
        self.doings.setSizes([480, max(self.width() - side - 480, 300)])

    def _keep_widths(self) -> None:
        if self._form and not self._welcome and not self._rail_is_over:
            self._settings.keep(f"whole-{self._form}", self.whole.saveState())
            self._settings.keep(f"desk-{self._form}", self.desk.saveState())

    # The welcome

    def welcome(self) -> None:
        """First start: two questions beside the sample coverage."""
        self._welcome = Welcome(self._engine, self._actions, self._settings)
        self._welcome.finished.connect(self.end_welcome)
        self._welcome.import_wanted.connect(self._actions["import_files"].trigger)
        self._welcome_ground = _column(self._welcome, role="page")
        for part in (self.side, self._page, self._rail):
            part.hide()
        self.desk.insertWidget(0, self._welcome_ground)
        self._pane.setMaximumWidth(ANY)
        self.desk.setSizes([560, 600, 0, 0])

    @property
    def is_welcoming(self) -> bool:
        """Whether the welcome is shown."""
        return self._welcome is not None

    def end_welcome(self) -> None:
        """Go on to the desk."""
        if not self._welcome:
            return
        self._welcome_ground.hide()
        self._welcome_ground.setParent(self)
        self._welcome_ground.deleteLater()
        self._welcome = None
        self._settings.choose("welcomed", True)
        self._settings.choose("welcoming", False)
        self.side.show()
        self._page.show()
        self._arrange()
        self._take_widths()
        self.list.show_new()
        self.list.focus_list()

    # What is said

    def say(self, words: str, keys: str = "", *, is_bad: bool = False) -> None:
        """Say what was done where it is looked at; with `keys` it can be taken back."""
        on_desk = self.places.currentIndex() == 0
        self.notices[0 if on_desk else 1].say(words, keys, is_bad=is_bad)

    def withdraw_undo(self) -> None:
        """Offer no way back any more."""
        for notice in self.notices:
            if notice.offers_undo:
                notice.hide()

    def close_all(self) -> None:
        """Keep what is being written, and the widths."""
        self._keep_widths()
        self.page.keep_drafts()
        self.editor.save()


def _column(*parts: QWidget, role: str = "list", grows: QWidget | None = None) -> Ground:
    """Parts above each other on a ground; one of them takes the height that is left, the first where none is named."""
    made = Ground(role)
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for part in parts:
        column.addWidget(part, int(part is (grows or parts[0])))
    return made


def _splitter(*panes: QWidget) -> QSplitter:
    made = QSplitter(Qt.Orientation.Horizontal)
    made.setHandleWidth(1)  # Qt itself widens what can be grabbed
    made.setChildrenCollapsible(False)
    for pane in panes:
        made.addWidget(pane)
    return made
