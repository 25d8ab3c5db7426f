"""Highlights and notes on the page: from a selection to a command, and from what the library keeps to colours under words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRect, Qt, QTimer, Signal

from reader.library import Library
from ui import phrases, theme
from ui.page.article_text import Ground
from ui.page.marking import HighlightCard, SelectionBar
from ui.page.note_editor import NoteEditor, Target
from ui.page.passages import surroundings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reader.records import Article, Highlight, Note
    from ui.engine import Engine, Task
    from ui.page.article_text import ArticleText
    from ui.window_settings import WindowSettings

BAR_MILLISECONDS = 250
"""A selection that stands so long gets its bar: one that is still being made does not flicker."""
MOST_QUOTED = 160


class Annotator(QObject):
    """Marks up the article that the page shows."""

    said = Signal(str)

    def __init__(self, engine: Engine, settings: WindowSettings, page: ArticleText, over: QWidget) -> None:
        super().__init__(over)
        self._engine, self._page, self._over = engine, page, over
        self._article: Article | None = None
        self._places: dict[int, tuple[int, int] | None] = {}
        self.editor = NoteEditor(settings, over)
        self.bar = SelectionBar(over)
        self.card = HighlightCard(over)
        self._beside: tuple[int, int] | None = None
        self._waiting = QTimer(self, singleShot=True, interval=BAR_MILLISECONDS)
        self._waiting.timeout.connect(self._show_bar)
        self.editor.saved.connect(self._on_saved)
        self.editor.closed.connect(self._give_focus_back)
        self.bar.picked.connect(self.highlight)
        self.bar.noted.connect(self.note)
        self.card.picked.connect(self._on_picked)
        self.card.noted.connect(self._on_card_noted)
        self.card.removed.connect(self._on_card_removed)
        self.card.closed.connect(self._give_focus_back)
        page.chosen.connect(self._on_chosen)
        page.pressed_at.connect(self._on_pressed)
        page.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def set_article(self, article: Article | None, places: dict[int, tuple[int, int] | None]) -> None:
        """Work on this article; `places` are those of its highlights in its text."""
        if self._article is None or article is None or self._article.row.id != article.row.id:
            self.close_cards()
        self._article, self._places = article, places
        self.paint()
        if self.card.isVisible() and self.card.highlight:
            self._refresh_card(self.card.highlight.id)

    @property
    def orphans(self) -> tuple[Highlight, ...]:
        """Highlights whose words are gone."""
        found = self._article.highlights if self._article else ()
        return tuple(highlight for highlight in found if self._places.get(highlight.id) is None)

    @property
    def at_cursor(self) -> int | None:
        """The highlight at the cursor."""
        found = self._under_cursor()
        return found.id if found else None

    def close_cards(self) -> None:
        """Put everything away; what was being written stays a draft."""
        self._waiting.stop()
        self.bar.hide()
        self.card.hide()
        if self.editor.isVisible():
            self.editor.close_card()

    def paint(self) -> None:
        """Put the colours under the words."""
        self._page.set_grounds(
            Ground(*place, theme.highlight_colour(highlight.colour, theme.paper()), is_noted=bool(self._notes_on(highlight.id)))
            for highlight in (self._article.highlights if self._article else ())
            if (place := self.screen_place(highlight.id))
        )

    def screen_place(self, highlight: int) -> tuple[int, int] | None:
        """Where a highlight is seen; `None` for one that is not, here or at all."""
        place, passages = self._places.get(highlight), self._page.passages
        return passages.screen_range(*place) if place and passages else None

    # Commands

    def highlight(self, colour: str = "yellow") -> None:
        """Mark the selected words; without any give the highlight at the cursor this meaning."""
        self.bar.hide()
        chosen, under = self._chosen(), self._under_cursor()
        if self._article is None:
            return
        if chosen is None and under is not None:
            self._engine.call(Library.recolour, under.id, colour)
        elif chosen is None:
            self.said.emit(self._why_nothing())
        elif marked := self._marked_exactly(*chosen):
            self._engine.call(Library.recolour, marked.id, colour)
        else:
            text, (start, end) = self._article.text, chosen
            prefix, suffix = surroundings(text, start, end)
            self._engine.call(
                Library.highlight, self._article.row.id, text[start:end], prefix=prefix, suffix=suffix, colour=colour
            )
            self._forget_selection()

    def note(self) -> None:
        """Write on the selected words, on the highlight at the cursor, or on the article."""
        self.bar.hide()
        chosen, under = self._chosen(), self._under_cursor()
        if self._article is None:
            return
        marked = self._marked_exactly(*chosen) if chosen else under
        if marked is not None:
            self.note_on_highlight(marked)
        elif chosen:
            quote = self._article.text[slice(*chosen)]
            self._open(
                Target("passage", self._article.row.id, *chosen), "Note on these words", quote, beside=self._selected_screen()
            )
        else:
            self._open(Target("article", self._article.row.id), "Note on the article")

    def note_on_highlight(self, highlight: Highlight) -> None:
        """Write on a highlight, or change what is written on it."""
        notes = self._notes_on(highlight.id)
        target = Target("note", notes[-1].id) if notes else Target("highlight", highlight.id)
        text = notes[-1].text if notes else ""
        label = f"Note on the highlight: {phrases.HIGHLIGHT_NAMES.get(highlight.colour, '')}"
        self._open(target, label, highlight.anchor.exact, text, beside=self.screen_place(highlight.id))

    def note_on_thread(self, thread: int) -> None:
        """Write on the thread of the article."""
        self._open(Target("thread", thread), "Note on the thread")

    def change_note(self, id: int) -> None:
        """Write one of the article's notes anew."""
        note = next((note for note in (self._article.notes if self._article else ()) if note.id == id), None)
        if note is not None:
            self._open(Target("note", id), "Note on the article", text=note.text)

    def remove_highlight(self, id: int | None = None) -> None:
        """Take a highlight away: this one, or the one at the cursor."""
        self.card.hide()
        if id is None:
            found = self._under_cursor()
            id = found.id if found else None
        if id is None:
            self.said.emit("Put the cursor on a highlight first")
        else:
            self._engine.call(Library.remove_highlight, id)

    # What is chosen

    def _chosen(self) -> tuple[int, int] | None:
        """The selected passage of the text."""
        cursor = self._page.textCursor()
        if not cursor.hasSelection() or self._page.passages is None:
            return None
        return self._page.passages.text_range(cursor.selectionStart(), cursor.selectionEnd())

    def _selected_screen(self) -> tuple[int, int]:
        cursor = self._page.textCursor()
        return cursor.selectionStart(), cursor.selectionEnd()

    def _why_nothing(self) -> str:
        if self._page.textCursor().hasSelection():
            return "These words do not stand in the text of the article"
        return "Select the words to highlight first"

    def _forget_selection(self) -> None:
        cursor = self._page.textCursor()
        cursor.setPosition(cursor.selectionStart())
        self._page.setTextCursor(cursor)

    def _marked_exactly(self, start: int, end: int) -> Highlight | None:
        found = self._article.highlights if self._article else ()
        return next((highlight for highlight in found if self._places.get(highlight.id) == (start, end)), None)

    def _under_cursor(self) -> Highlight | None:
        return self._highlight_at(self._page.textCursor().position())

    def _highlight_at(self, position: int) -> Highlight | None:
        """The highlight there; of several the shortest."""
        found: list[tuple[int, Highlight]] = []
        for highlight in self._article.highlights if self._article else ():
            place = self.screen_place(highlight.id)
            if place and place[0] <= position <= place[1]:
                found.append((place[1] - place[0], highlight))
        return min(found, key=_length)[1] if found else None

    def _notes_on(self, highlight: int) -> tuple[Note, ...]:
        return tuple(note for note in (self._article.notes if self._article else ()) if note.highlight == highlight)

    # Cards

    def _open(
        self, target: Target, label: str, quote: str = "", text: str = "", *, beside: tuple[int, int] | None = None
    ) -> None:
        self.close_cards()
        quoted = " ".join(quote.split())
        quoted = f"{quoted[:MOST_QUOTED]} …" if len(quoted) > MOST_QUOTED else quoted
        self._beside = beside
        self.editor.open(target, label, f"“{quoted}”" if quoted else "", text)
        self._put(self.editor, beside)

    def _put(self, card: QWidget, beside: tuple[int, int] | None, *, is_above: bool = False) -> None:
        """Put a card under a passage, or above it; where there is no room the other way, always inside the page."""
        page = self._page.viewport()
        rect = self._page.rect_of(*beside) if beside else QRect(page.width() // 2, 90, 1, 1)
        corner = page.mapTo(self._over, rect.topLeft())
        room = self._over.rect()
        x = min(max(corner.x() + min(rect.width(), 200) // 2 - card.width() // 2, 0), max(0, room.width() - card.width()))
        below, above = corner.y() + rect.height() - 6, corner.y() - card.height() + 6
        fits_below, fits_above = below + card.height() <= room.height(), above >= theme.HEAD - card.height() // 3
        y = above if fits_above and (is_above or not fits_below) else below
        card.move(x, min(max(y, theme.HEAD - 8), max(0, room.height() - card.height())))

    def _on_chosen(self) -> None:
        if not self._page.textCursor().hasSelection():
            self._waiting.stop()
            self.bar.hide()
            return
        self.card.hide()
        self._waiting.start()

    def _show_bar(self) -> None:
        if self._chosen() is not None and not self.editor.isVisible():
            self._put(self.bar, self._selected_screen(), is_above=True)
            self.bar.show()
            self.bar.raise_()

    def _on_pressed(self, position: int) -> None:
        found = self._highlight_at(position)
        if found is None:
            self.card.hide()
        else:
            self._show_card(found)

    def _show_card(self, highlight: Highlight) -> None:
        notes = "\n".join(note.text for note in self._notes_on(highlight.id))
        self.card.show_highlight(highlight, notes)
        self._put(self.card, self.screen_place(highlight.id))

    def _refresh_card(self, id: int) -> None:
        found = self._article.highlights if self._article else ()
        highlight = next((highlight for highlight in found if highlight.id == id), None)
        if highlight is None:
            self.card.hide()
        else:
            self._show_card(highlight)

    def _on_scrolled(self) -> None:
        self.bar.hide()
        self.card.hide()
        if self.editor.isVisible() and self._beside:
            self._put(self.editor, self._beside)

    def _on_picked(self, colour: str) -> None:
        if self.card.highlight:
            self._engine.call(Library.recolour, self.card.highlight.id, colour)

    def _on_card_noted(self) -> None:
        if self.card.highlight:
            self.note_on_highlight(self.card.highlight)

    def _on_card_removed(self) -> None:
        if self.card.highlight:
            self.remove_highlight(self.card.highlight.id)

    def _give_focus_back(self) -> None:
        self._page.setFocus(Qt.FocusReason.PopupFocusReason)

    # Saving a note

    def _on_saved(self, target: Target, text: str) -> None:
        """Write it; the draft goes once the library has it."""
        saving = _Saving(target, self)
        task: Task[Any]
        if target.on == "note":
            task = self._engine.call(Library.change_note, target.id, text)
        elif target.on == "passage":
            if self._article is None or self._article.row.id != target.id:
                return
            words = self._article.text
            prefix, suffix = surroundings(words, target.start, target.end)
            quote = words[target.start : target.end]
            task = self._engine.call(Library.highlight, target.id, quote, prefix=prefix, suffix=suffix, note=text)
        else:
            on: dict[str, int] = {target.on: target.id}
            task = self._engine.call(Library.note, text, **on)
        task.then(saving.on_done).otherwise(saving.on_failed)
        self._forget_selection()

    def forget_draft(self, target: Target) -> None:
        """A note is in the library."""
        self.editor.forget(target)

    def keep_drafts(self) -> None:
        """Put what is being written where it outlasts the window."""
        self.editor.keep()


class _Saving(QObject):
    """One note on its way into the library."""

    def __init__(self, target: Target, annotator: Annotator) -> None:
        super().__init__(annotator)
        self._target, self._annotator = target, annotator

    def on_done(self, _answer: object) -> None:
        self._annotator.forget_draft(self._target)
        self.deleteLater()

    def on_failed(self, error: object) -> None:
        self._annotator.said.emit(f"{phrases.error(error)} Your words are kept: open the note again.")
        self.deleteLater()


def _length(found: tuple[int, Highlight]) -> int:
    return found[0]
