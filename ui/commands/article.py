"""What the commands of the menus Thread, Article and Briefing do, to what is chosen in the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QWidget

from reader.library import Library
from reader.records import BriefingItem, Scope
from ui import phrases

if TYPE_CHECKING:
    from reader.records import ArticleRow
    from reader.settings import Settings
    from ui.actions import Actions
    from ui.engine import Engine
    from ui.parts import Parts
    from ui.view import Looking, Selection, View
    from ui.window_settings import WindowSettings

NAMES = (
    "open_thread", "thread_read", "all_read", "merge", "split", "note_thread", "explain_heat", "storyline", "toggle_read", "star",
    "hide", "highlight", "highlight_check", "highlight_contradiction", "highlight_method", "note", "remove_highlight",
    "explain_quality", "open_in_browser", "copy", "copy_citation", "find_in_page", "add_to_briefing", "new_briefing",
    "export_briefing",
)  # fmt: skip
READ_AFTER_MILLISECONDS = 600
"""How long an article is looked at until it counts as opened: passing over it does not."""
OPENED = ("http", "https", "mailto")


class ArticleCommands(QObject):
    """The menus Thread, Article and Briefing."""

    def __init__(
        self, engine: Engine, view: View, actions: Actions, choices: WindowSettings, parts: Parts, window: QWidget
    ) -> None:
        super().__init__(window)
        self._engine, self._view, self._actions, self._choices, self._parts = engine, view, actions, choices, parts
        self._marks_on_open = True
        for name in NAMES:
            actions[name].triggered.connect(getattr(self, name))
        view.changed.connect(self._on_looking)
        parts.list.marked.connect(self._on_marked)
        parts.rail.article_wanted.connect(self._on_article_wanted)
        parts.rail.thread_wanted.connect(self._on_thread_wanted)
        parts.rail.storyline_wanted.connect(self._on_storyline_wanted)
        parts.page.link_followed.connect(self._open)
        parts.page.explained.connect(self._on_explained)
        parts.annotations.briefed.connect(self._on_briefed)
        self._opening = QTimer(self, singleShot=True, interval=READ_AFTER_MILLISECONDS)
        self._opening.timeout.connect(self._count_as_opened)
        engine.ready.connect(self._ask_settings)
        engine.changed.connect(self._on_changed)
        self._enable()

    @property
    def _selection(self) -> Selection:
        return self._view.looking.selection

    def _rows(self, ids: tuple[int, ...]) -> list[ArticleRow]:
        return self._parts.shelf.article_rows(ids)

    # What is looked at

    def _on_looking(self, new: Looking, old: Looking) -> None:
        if new.selection.article != old.selection.article:
            self._opening.start()
        self._enable()

    def _enable(self) -> None:
        """Commands without anything to act on are grey; keys of one place do nothing in another."""
        looking = self._view.looking
        reading = looking.place in ("desk", "annotations")
        something, several = looking.selection.article is not None, len(looking.selection.threads) > 1
        listed = looking.place == "desk"
        wanted = {"open_thread": listed, "all_read": listed, "merge": listed and several, "new_briefing": True}
        wanted |= {"export_briefing": looking.place == "briefings" and looking.briefing is not None}
        for name in NAMES:
            self._actions[name].setEnabled(wanted.get(name, reading and something))

    def _ask_settings(self) -> None:
        self._engine.ask(Library.settings).then(self._on_settings)

    def _on_settings(self, settings: Settings) -> None:
        self._marks_on_open = settings.mark_read_on_open

    def _on_changed(self, changes: object) -> None:
        if getattr(changes, "settings", None):
            self._ask_settings()

    def _count_as_opened(self) -> None:
        id = self._selection.article
        if id is not None and self._marks_on_open and any(not row.read for row in self._rows((id,))):
            self._engine.call(Library.opened, [id])

    # Threads

    def open_thread(self) -> None:
        """Open the thread to its articles, or close it."""
        self._parts.list.toggle_open()

    def thread_read(self) -> None:
        """Mark everything in the chosen threads read."""
        chosen = self._selection
        members = [id for thread in chosen.threads for id in self._parts.list.members(thread)] or list(chosen.articles)
        self._engine.call(Library.mark, "read", members, True)

    def all_read(self) -> None:
        """Mark everything in the list read."""
        self._engine.call(Library.mark, "read", self._parts.list.whole_list(), True)

    def merge(self) -> None:
        """Say that the chosen threads are one event."""
        if len(self._selection.threads) > 1:
            self._engine.call(Library.merge_threads, list(self._selection.threads))

    def split(self) -> None:
        """Say that the chosen article is another event."""
        chosen = self._selection
        if chosen.thread is not None and chosen.article is not None:
            self._engine.call(Library.split_thread, chosen.thread, [chosen.article])

    def note_thread(self) -> None:
        """Write a note on the thread."""
        if self._selection.thread is not None:
            self._parts.page.note_on_thread(self._selection.thread)

    def storyline(self) -> None:
        """Show the threads of the matter that this one belongs to."""
        chosen = self._selection.thread
        rows = self._parts.shelf.thread_rows([chosen]) if chosen is not None else []
        if rows and rows[0].storyline is not None:
            self._on_storyline_wanted(rows[0].storyline)
        else:
            self._parts.say("This thread belongs to no storyline")

    def _on_storyline_wanted(self, id: int) -> None:
        self._view.look(place="desk", scope=Scope("storyline", id), order="newest", ascending=False, query="", narrowing="all")

    def _on_article_wanted(self, id: int) -> None:
        thread = self._parts.shelf.thread_of(id)
        self._view.look(selection=self._chosen(thread, id))

    def _on_thread_wanted(self, id: int) -> None:
        rows = self._parts.shelf.thread_rows([id])
        if rows:
            self._view.look(selection=self._chosen(id, rows[0].head))

    def _chosen(self, thread: int | None, article: int) -> Selection:
        threads = () if thread is None else (thread,)
        return type(self._selection)(thread, article, (article,), threads)

    # Articles

    def toggle_read(self) -> None:
        """Mark what is chosen read, or unread where all of it is read."""
        self._toggle_read(self._selection)

    def _toggle_read(self, chosen: Selection) -> None:
        rows = self._rows(chosen.articles)
        unread = any(not row.read for row in rows)
        self._opening.stop()  # the analyst has said it herself
        self._engine.call(Library.mark, "read", [row.id for row in rows], unread)

    def star(self) -> None:
        """Put a star on what is shown, or take it off."""
        self._star(self._selection)

    def _star(self, chosen: Selection) -> None:
        if chosen.article is not None and (rows := self._rows((chosen.article,))):
            self._engine.call(Library.mark, "starred", [chosen.article], not rows[0].starred)

    def hide(self) -> None:
        """Take what is chosen out of every list; undo brings it back."""
        chosen = self._selection.articles
        if chosen:
            self._parts.list.next_row()
            self._engine.call(Library.mark, "hidden", list(chosen), True)

    def _on_marked(self, what: str, chosen: Selection) -> None:
        match what:
            case "toggle_read":
                self._toggle_read(chosen)
            case "star":
                self._star(chosen)
            case "add_to_briefing":
                self._parts.editor.add(_items(chosen))

    def highlight(self) -> None:
        """Mark the selected words as a quote."""
        self._parts.page.highlight("yellow")

    def highlight_check(self) -> None:
        """Mark the selected words as something to check."""
        self._parts.page.highlight("blue")

    def highlight_contradiction(self) -> None:
        """Mark the selected words as a contradiction."""
        self._parts.page.highlight("pink")

    def highlight_method(self) -> None:
        """Mark the selected words as a method."""
        self._parts.page.highlight("green")

    def note(self) -> None:
        """Write a note on the selected words, or on the article."""
        self._parts.page.note()

    def remove_highlight(self) -> None:
        """Take the highlight at the cursor away."""
        self._parts.page.remove_highlight()

    def find_in_page(self) -> None:
        """Find words in the article."""
        self._parts.page.find()

    def explain_quality(self) -> None:
        """Show why the article has its quality."""
        if self._selection.article is not None:
            self._parts.receipt.explain_quality(self._selection.article, self._beside_page())

    def explain_heat(self) -> None:
        """Show why the thread has its heat."""
        if self._selection.thread is not None:
            self._parts.receipt.explain_heat(self._selection.thread, self._beside_page())

    def _on_explained(self, what: str) -> None:
        if what.startswith("heat"):
            self.explain_heat()
        else:
            self.explain_quality()

    def _beside_page(self) -> QPoint:
        page = self._parts.page
        return page.mapToGlobal(QPoint(min(80, page.width() // 8), 150))

    def open_in_browser(self) -> None:
        """Open the article's own page."""
        rows = self._rows((self._selection.article,)) if self._selection.article is not None else []
        if rows and rows[0].web_url:
            self._open(rows[0].web_url)
        else:
            self._parts.say("This article has no address")

    def _open(self, address: str) -> None:
        url = QUrl(address)
        if url.scheme().lower() not in OPENED or not QDesktopServices.openUrl(url):
            self._parts.say(f"Cannot be opened: {address}", is_bad=True)

    def copy(self) -> None:
        """Copy the selected words with their source."""
        self._parts.page.copy_with_source()

    def copy_citation(self) -> None:
        """Copy the article's citation as one line."""
        if self._selection.article is not None and (rows := self._rows((self._selection.article,))):
            QApplication.clipboard().setText(phrases.citation(rows[0]))
            self._parts.say("Copied the citation")

    # Briefings

    def add_to_briefing(self) -> None:
        """Put what is chosen into the briefing: the highlight at the cursor, else the thread, or the article."""
        highlight = self._parts.page.highlight_at_cursor if self._parts.page.isAncestorOf(_focused()) else None
        if highlight is not None:
            self._parts.editor.add([BriefingItem("highlight", highlight)])
        elif self._selection.article is not None:
            self._parts.editor.add(_items(self._selection))

    def _on_briefed(self, item: BriefingItem) -> None:
        self._parts.editor.add([item])

    def new_briefing(self) -> None:
        """Make an empty briefing, and open it."""
        self._view.look(place="briefings", briefing=None)
        self._parts.editor.new_briefing()

    def export_briefing(self) -> None:
        """Ask where to, and write the briefing."""
        self._parts.editor.export()


def _focused() -> QWidget:
    return QApplication.focusWidget() or QWidget()


def _items(chosen: Selection) -> list[BriefingItem]:
    """What of a choice goes into a briefing: of a closed thread the thread, else the article."""
    if len(chosen.threads) > 1 or (len(chosen.articles) > 1 and chosen.threads):
        return [BriefingItem("thread", id) for id in chosen.threads]
    return [BriefingItem("article", chosen.article)] if chosen.article is not None else []
