"""The reading pane: one article to read, to mark and to write on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from reader.errors import NotFound
from ui import icons, phrases, theme
from ui.controls import Ground, Head, IconButton, Tool
from ui.page.annotator import Annotator
from ui.page.article_page import host, page
from ui.page.article_text import ArticleText
from ui.page.find_bar import FindBar
from ui.page.hover_line import HoverLine
from ui.page.open_article import OpenArticle, as_shown
from ui.page.places_read import PlacesRead, go_back
from ui.window_settings import TEXT_SIZES

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QResizeEvent

    from reader.records import Article, Changes
    from reader.shelf import Shelf
    from ui.actions import Actions
    from ui.engine import Engine
    from ui.view import Looking, View
    from ui.window_settings import WindowSettings

FOLLOWED = ("http", "https", "mailto")
_TOOLS = ("toggle_read", "star", "highlight", "note", "add_to_briefing")


class ArticleView(QWidget):
    """Shows the article that the view's selection names."""

    link_followed = Signal(str)
    """An http, https or mailto address that was clicked."""
    explained = Signal(str)
    """The name of a score whose receipt is wanted: "quality"."""
    said = Signal(str)
    """A line for the notice."""

    def __init__(
        self, engine: Engine, shelf: Shelf, view: View, actions: Actions, settings: WindowSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._shelf, self._view, self._actions, self._settings = shelf, view, actions, settings
        self._open: OpenArticle | None = None
        self._part = 0
        self._paper = theme.paper()
        self._marks: tuple[str, ...] = ()
        self._places = PlacesRead()
        self.page = ArticleText()
        self.page.set_size(settings.text_size)
        self.annotator = Annotator(engine, settings, self.page, self)
        self._place_parts()
        self.page.anchorClicked.connect(self._on_link)
        self.page.highlighted.connect(self._on_hovered)
        self.page.column_changed.connect(self._show_anew)
        self.annotator.said.connect(self.said)
        self._find.changed.connect(self._on_sought)
        self._find.wanted.connect(self._on_found_wanted)
        self._find.closed.connect(self._on_find_closed)
        view.changed.connect(self._on_looking)
        engine.changed.connect(self._on_changed)
        settings.changed.connect(self._on_chosen)
        self._show_nothing()

    def _place_parts(self) -> None:
        self._find = FindBar()
        self._hover = HoverLine(self)
        self._empty: QWidget = Ground("page")
        self._empty.setAccessibleName("No article is chosen")
        self._pages = QStackedLayout()
        self._pages.addWidget(self.page)
        self._pages.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._made_head())
        column.addWidget(self._find)
        column.addLayout(self._pages, 1)
        self.setFocusProxy(self.page)

    def _made_head(self) -> Head:
        head = Head()
        for name in _TOOLS:
            head.row.addWidget(Tool(self._actions[name]))
        head.row.addStretch()
        looks = IconButton("case-sensitive", "Text size and paper")
        menu = QMenu(looks)
        for name in ("larger", "smaller", "sepia", "dark"):
            menu.addAction(self._actions[name])
        looks.setMenu(menu)
        looks.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        head.row.addWidget(looks)
        for name in ("open_in_browser", "rail"):
            head.row.addWidget(Tool(self._actions[name]))
        return head

    def set_placeholder(self, placeholder: QWidget) -> None:
        """What stands where no article is chosen."""
        self._pages.insertWidget(1, placeholder)
        self._pages.removeWidget(self._empty)
        self._empty.deleteLater()
        self._empty = placeholder
        self._pages.setCurrentIndex(0 if self._open else 1)

    # What is shown

    @property
    def article(self) -> int | None:
        """The article that is shown."""
        return self._open.article.row.id if self._open else None

    @property
    def highlight_at_cursor(self) -> int | None:
        """The highlight that was clicked, or that the caret stands in."""
        return self.annotator.at_cursor

    def _on_looking(self, new: Looking, _old: Looking) -> None:
        if new.selection.article != self.article:
            self._show(new.selection.article)

    def _show(self, id: int | None) -> None:
        self._keep_place()
        article = self._read(id)
        if article is None:
            self._show_nothing()
            return
        place = self._places.of(article.row.id)
        self._open = OpenArticle(article, self._shelf)
        self._pages.setCurrentIndex(0)
        self._show_part(place.part)
        go_back(self.page, place)

    def _read(self, id: int | None) -> Article | None:
        try:
            return None if id is None else self._shelf.article(id)
        except NotFound:
            return None

    def _show_nothing(self) -> None:
        self._open = None
        self.annotator.set_article(None, {})
        self._find.hide()
        self._hover.say("")
        self._pages.setCurrentIndex(1)
        self._show_state()

    def _show_part(self, number: int) -> None:
        if self._open is None:
            return
        self._part = number if self._open.has_part(number) else 0
        places = self._shelf.places(self._open.article)
        self.annotator.set_article(self._open.article, places)
        look = self.page.look()
        shown = page(self._open.reading(self._part, places), look)
        self.page.show_page(shown, look, self._open.text, self._open.begin(self._part), self._open.picture)
        self.page.setAccessibleDescription(self._open.article.row.title)
        self.annotator.paint()
        self.page.set_marks(self._marks)
        if self._find.words:
            self._on_sought(self._find.words)
        self._show_state()

    def _show_anew(self) -> None:
        """The same again in other measures or colours: at the same place and match, with the same selection."""
        if self._open is None:
            return
        self._keep_place()
        selected, match = self._selected(), self.page.match
        self._show_part(self._part)
        self.page.go_back_to_match(match)
        go_back(self.page, self._places.of(self._open.article.row.id))
        self._select(selected)

    def _selected(self) -> tuple[int, int] | None:
        cursor = self.page.textCursor()
        if not cursor.hasSelection() or self.page.passages is None:
            return None
        return self.page.passages.text_range(cursor.selectionStart(), cursor.selectionEnd())

    def _select(self, passage: tuple[int, int] | None) -> None:
        place = self.page.passages.screen_range(*passage) if passage and self.page.passages else None
        if place:
            value = self.page.verticalScrollBar().value()
            self.page.select(*place)
            self.page.verticalScrollBar().setValue(value)

    # What changed in the library

    def _on_changed(self, changed: Changes) -> None:
        if self._open is None or self._open.article.row.id not in changed.articles:
            return
        old, new = self._open.article, self._read(self._open.article.row.id)
        if new is None:
            self._show(self._view.looking.selection.article)
        elif as_shown(new) == as_shown(old):
            self._open.article = new
            self._show_state()
        else:
            self._keep_place()
            selected = self._selected() if new.text == old.text else None
            self._open = OpenArticle(new, self._shelf, shows_changes=self._open.shows_changes)
            self._show_part(self._part)
            go_back(self.page, self._places.of(new.row.id))
            self._select(selected)

    def _show_state(self) -> None:
        """Buttons show what pressing them does."""
        row, c = self._open.article.row if self._open else None, theme.colours()
        starred, read = bool(row and row.starred), bool(row and row.read)
        self._actions["star"].setIcon(icons.icon("star", c.star if starred else c.dim, filled=starred))
        self._actions["star"].setText("Take the star off" if starred else "Star")
        self._actions["toggle_read"].setIcon(icons.icon("mail-open" if read else "mail", c.dim))
        self._actions["toggle_read"].setText("Mark unread" if read else "Mark read")
        for name in ("star", "toggle_read"):
            keys = self._actions[name].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            self._actions[name].setToolTip(f"{self._actions[name].text()} ({keys})")

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange) and hasattr(self, "_pages"):
            QTimer.singleShot(0, self, self._take_colours)

    def _take_colours(self) -> None:
        if theme.paper() is not self._paper:
            self._paper = theme.paper()
            self._show_anew()
            self._show_state()

    def _on_chosen(self, name: str) -> None:
        if name == "text_size":
            self._keep_place()
            self.page.set_size(self._settings.text_size)
            self._show_anew()
        elif name == "sepia":  # the window's own colours stay: Qt tells nobody
            QTimer.singleShot(0, self, self._take_colours)

    def larger(self) -> None:
        """Set the article larger."""
        self._settings.choose("text_size", min(TEXT_SIZES[1], self._settings.text_size + 1))

    def smaller(self) -> None:
        """Set the article smaller."""
        self._settings.choose("text_size", max(TEXT_SIZES[0], self._settings.text_size - 1))

    # Places

    def _keep_place(self) -> None:
        if self._open is not None:
            self._places.keep(self._open.article.row.id, self._part, self.page)

    def read_on(self) -> bool:
        """A screen further; whether there was more. The end of a part is not the end."""
        if self._open is None:
            return False
        if self.page.read_on():
            return True
        if self._open.has_part(self._part + 1):
            self._show_part(self._part + 1)
            self.page.verticalScrollBar().setValue(0)
            return True
        return False

    def show_passage(self, article: int, highlight: int | None = None) -> None:
        """Bring a highlight of an article into sight."""
        if article != self.article:
            self._show(article)
        if self._open is None or highlight is None:
            return
        place = self._shelf.places(self._open.article).get(highlight)
        if place is None:
            return
        if self._open.shows_changes:
            self._open = OpenArticle(self._open.article, self._shelf)
        self._show_part(self._open.part_with(place[0]))
        seen = self.annotator.screen_place(highlight)
        if seen:
            self.page.select(seen[0], seen[0])
            self.page.reveal(*seen)

    # Commands

    def highlight(self, colour: str = "yellow") -> None:
        """Mark the selected words, or give the highlight at the cursor this meaning."""
        self.annotator.highlight(colour)

    def note(self) -> None:
        """Write on the selected words, on the highlight at the cursor, or on the article."""
        self.annotator.note()

    def note_on_thread(self, thread: int) -> None:
        """Write on the thread."""
        self.annotator.note_on_thread(thread)

    def remove_highlight(self) -> None:
        """Take the highlight at the cursor away."""
        self.annotator.remove_highlight()

    def keep_drafts(self) -> None:
        """Put what is being written where it outlasts the window."""
        self.annotator.keep_drafts()

    def set_marks(self, words: tuple[str, ...]) -> None:
        """Mark the words that a search found."""
        self._marks = words
        self.page.set_marks(words)

    def find(self) -> None:  # type: ignore[override]  # QWidget's own finds widgets by the system's number
        """Look for words in the article."""
        if self._open is not None:
            chosen = self.page.selected_words()
            self._find.open_bar(chosen if "\n" not in chosen and len(chosen) < 80 else "")

    def go_to_match(self, step: int) -> None:
        """Go to the next word (1) that was sought or searched for, or to the one before (-1)."""
        if self._find.words:
            self._on_found_wanted(step)
        elif self.page.go_to_found(step) < 0:
            self.said.emit("No word of a search stands here")

    def copy_with_source(self) -> None:
        """Copy the selected words, or the title, with where they come from."""
        if self._open is None:
            return
        words = self.page.selected_words()
        source = phrases.citation(self._open.article.row)
        QApplication.clipboard().setText(f"“{words}”\n\n{source}" if words else source)
        self.said.emit("Copied the words with their source" if words else "Copied the citation")

    def _on_sought(self, words: str) -> None:
        count = self.page.find_words(words)
        current = self.page.go_to_found(1) if count else -1
        self._find.say(count, current, is_part=bool(self._open and self._open.is_long))

    def _on_found_wanted(self, step: int) -> None:
        count = self.page.found_count
        self._find.say(count, self.page.go_to_found(step), is_part=bool(self._open and self._open.is_long))

    def _on_find_closed(self) -> None:
        self.page.find_words("")
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    # Links

    def _on_link(self, url: QUrl) -> None:
        scheme, _, rest = url.toString().partition(":")
        if scheme in FOLLOWED:
            self.link_followed.emit(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        elif scheme == "receipt":
            self.explained.emit(rest)
        elif scheme == "revisions" and self._open:
            self._open = OpenArticle(self._open.article, self._shelf, shows_changes=not self._open.shows_changes)
            self._show_part(0)
            self.page.verticalScrollBar().setValue(0)
        elif rest.isdecimal():
            self._on_own_link(scheme, int(rest))

    def _on_own_link(self, scheme: str, number: int) -> None:
        if scheme == "part":
            self._show_part(number)
            self.page.verticalScrollBar().setValue(0)
        elif scheme == "note":
            self.annotator.change_note(number)
        elif scheme == "forget":
            self.annotator.remove_highlight(number)

    def _on_hovered(self, url: QUrl) -> None:
        self._hover.say(host(url.toString()) if url.scheme() in FOLLOWED else "")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep what lies over the page in its place."""
        super().resizeEvent(event)
        self._hover.place()
        self.annotator.bar.hide()
        self.annotator.card.hide()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """The commands for what is selected."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in ("copy", "highlight", "highlight_check", "highlight_contradiction", "highlight_method", "note"):
            menu.addAction(self._actions[name])
        menu.addSeparator()
        for name in ("find_in_page", "copy_citation", "open_in_browser"):
            menu.addAction(self._actions[name])
        menu.popup(event.globalPos())
