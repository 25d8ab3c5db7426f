"""Everything marked, in one list: narrowed, chosen, copied, changed, taken away and brought back."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QListView, QWidget

from reader.library import Library
from reader.records import Anchor, Annotated, ArticleRow, BriefingItem, Highlight, Note
from ui import theme
from ui.actions import Actions
from ui.annotations.annotations import Annotations
from ui.annotations.entries import LOST, Entry, Group, counts, entries, lines
from ui.annotations.filters import AnnotationFilters
from ui.annotations.rows import LINE
from ui.controls import IconButton
from ui.view import View

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from reader.shelf import Shelf
    from ui.engine import Engine

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window

DAY = datetime(2026, 3, 2, tzinfo=UTC)


def annotated(id: int = 1, *, lost: bool = False) -> Annotated:
    """An article with a highlight that has a note, one without, and a note on the thread."""
    row = ArticleRow(
        id, f"Title {id}", "CNIL", "", DAY, DAY, "", "en", 50, -1, False, 1, False, False, False, False, True, 100, ""
    )
    marked = (
        Highlight(10 * id, id, Anchor("twenty million euros", "", "", 0, 20), "yellow", DAY),
        Highlight(10 * id + 1, id, Anchor("biometrische Daten", "", "", 30, 48), "blue", DAY),
    )
    notes = (Note(10 * id, "Check the <b>figure</b>", DAY, highlight=10 * id), Note(10 * id + 1, "Call the clerk", DAY, thread=3))
    return Annotated(row, marked, notes, frozenset({10 * id}) if lost else frozenset())


# What is listed


def test_of_each_article_its_highlights_with_their_notes_then_the_other_notes() -> None:
    group, first, second, note = lines(entries([annotated()]))
    assert group == Group(1, "Title 1", "2 highlights, 1 note")
    assert isinstance(first, Entry)
    assert isinstance(second, Entry)
    assert isinstance(note, Entry)
    assert (first.quote, first.words, first.meaning) == ("twenty million euros", "Check the <b>figure</b>", "Quote")
    assert (second.meaning, second.words) == ("To check", "")
    assert (note.source, note.words, note.note) == ("Note on the thread", "Call the clerk", 11)


def test_every_filter_counts_what_it_lets_through() -> None:
    told = entries([annotated(1, lost=True), annotated(2)])
    found = counts(told)
    assert (found["all"], found["yellow"], found["blue"], found["pink"], found["notes"], found["lost"]) == (6, 2, 2, 0, 4, 1)
    for name in ("all", "yellow", "blue", "notes", "lost"):
        assert sum(isinstance(line, Entry) for line in lines(told, name)) == found[name]


@pytest.mark.parametrize(
    ("words", "many"), [("MILLION twenty", 1), ("clerk", 1), ("title 1", 3), ("cnil daten", 1), ("nowhere", 0), ("  ", 3)]
)
def test_words_are_looked_for_in_quote_note_title_and_provider(words: str, many: int) -> None:
    assert sum(isinstance(line, Entry) for line in lines(entries([annotated()]), "all", words)) == many


def test_what_lost_its_words_says_so_to_everybody() -> None:
    (entry,) = [line for line in lines(entries([annotated(lost=True)]), "lost") if isinstance(line, Entry)]
    assert LOST in entry.said


# The part


class Place:
    """The list in a window, on the sample coverage."""

    def __init__(self, part: Annotations, window: QWidget, view: View, qtbot: QtBot) -> None:
        self.part, self.window, self.view, self.qtbot = part, window, view, qtbot
        self.list = part._list
        self.until(lambda: part._model.rowCount() > 0)

    def until(self, fits: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(fits, timeout=10_000)

    def entries(self) -> list[Entry]:
        found = [self.part._model.line(row) for row in range(self.part._model.rowCount())]
        return [line for line in found if isinstance(line, Entry)]

    def choose(self, fits: Callable[[Entry], bool]) -> Entry:
        entry = next(entry for entry in self.entries() if fits(entry))
        row = self.part._model.place(entry.article, entry.highlight, entry.note)
        assert row is not None
        self.list.setFocus()
        self.list.choose(row)
        return entry


@pytest.fixture
def place(engine: Engine, shelf: Shelf, qtbot: QtBot) -> Place:
    window = QWidget()
    qtbot.addWidget(window)
    view = View(window)
    part = Annotations(engine, shelf, view, Actions(window), window)
    window.resize(500, 800)
    part.setGeometry(0, 0, 500, 800)
    qtbot.waitUntil(lambda: engine.is_ready, timeout=10_000)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return Place(part, window, view, qtbot)


def is_marked(entry: Entry) -> bool:
    return entry.highlight is not None


def test_what_is_chosen_is_looked_at_and_its_passage_is_wanted(place: Place) -> None:
    with place.qtbot.waitSignal(place.part.passage_wanted) as wanted:
        entry = place.choose(is_marked)
    chosen = place.view.looking.selection
    assert (chosen.article, chosen.articles) == (entry.article, (entry.article,))
    assert chosen.thread is not None
    assert wanted.args == [entry.highlight]


def test_up_and_down_pass_over_the_names_of_articles(place: Place) -> None:
    place.part.focus_list()
    seen = [place.part.chosen]
    for _ in range(6):
        place.qtbot.keyClick(place.list, Qt.Key.Key_Down)
        seen.append(place.part.chosen)
    assert seen == place.entries()[:7]


def test_a_meaning_narrows_the_list_and_all_brings_it_back(place: Place) -> None:
    before = len(place.entries())
    filters = place.part.findChild(AnnotationFilters)
    assert filters is not None
    filters.choose("yellow")
    assert 0 < len(place.entries()) < before
    assert {entry.colour for entry in place.entries()} == {"yellow"}
    filters.choose("all")
    assert len(place.entries()) == before


def test_filters_that_would_show_nothing_are_not_there(place: Place) -> None:
    shown = [choice.text() for choice in place.part.findChildren(QAbstractButton) if choice.isCheckable() and choice.isVisible()]
    assert "Lost" not in shown
    assert {"All", "Quotes", "Notes"} <= set(shown)


def test_words_narrow_the_list_and_where_nothing_has_them_it_says_so(place: Place) -> None:
    field = place.part.findChild(QLineEdit)
    assert field is not None
    place.qtbot.keyClicks(field, "no such words anywhere")
    assert place.entries() == []
    assert any(label.text() == "Nothing found" and label.isVisible() for label in place.part.findChildren(QLabel))
    place.qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert place.entries()


def test_a_key_changes_the_meaning_and_the_entry_stays_chosen(place: Place) -> None:
    entry = place.choose(lambda entry: entry.colour == "yellow")
    place.qtbot.keyClick(place.list, Qt.Key.Key_3)
    place.until(lambda: place.part.chosen is not None and place.part.chosen.colour == "pink")
    assert place.part.chosen is not None
    assert place.part.chosen.highlight == entry.highlight


def test_what_is_removed_is_brought_back_by_undo(place: Place, engine: Engine) -> None:
    entry = place.choose(is_marked)
    before = len(place.entries())
    place.qtbot.keyClick(place.list, Qt.Key.Key_Backspace)
    place.until(lambda: all(other.highlight != entry.highlight for other in place.entries()))
    assert place.part.chosen is not None  # the next one
    engine.call(Library.undo)
    place.until(lambda: len(place.entries()) == before)


def test_a_note_is_removed_too(place: Place) -> None:
    entry = place.choose(lambda entry: entry.note is not None)
    place.part.findChild(IconButton, "remove_highlight").click()
    place.until(lambda: all(other.note != entry.note for other in place.entries()))


def test_the_words_are_copied_with_their_source(place: Place, shelf: Shelf) -> None:
    entry = place.choose(lambda entry: is_marked(entry) and bool(entry.words))
    with place.qtbot.waitSignal(place.part.said):
        place.part.findChild(IconButton, "copy").click()
    copied = QApplication.clipboard().text()
    (row,) = shelf.article_rows([entry.article])
    assert copied.startswith(f"“{entry.quote}”")
    assert entry.words in copied
    assert row.web_url in copied


def test_a_highlight_goes_into_a_briefing_and_a_note_takes_its_article_there(place: Place) -> None:
    entry = place.choose(is_marked)
    with place.qtbot.waitSignal(place.part.briefed) as sent:
        place.qtbot.keyClick(place.list, Qt.Key.Key_B)
    assert sent.args == [BriefingItem("highlight", entry.highlight)]
    note = place.choose(lambda entry: entry.note is not None)
    place.part._do("add_to_briefing")
    assert not place.part.findChild(IconButton, "meaning").isEnabled()
    assert note.highlight is None


def test_the_keys_of_the_list_are_kept_from_the_window_and_no_others(place: Place) -> None:
    place.choose(is_marked)
    heard: list[str] = []
    for name in ("add_to_briefing", "star"):
        place.part._actions[name].triggered.connect(lambda *_, name=name: heard.append(name))
    place.qtbot.keyClick(place.list, Qt.Key.Key_B)
    place.qtbot.keyClick(place.list, Qt.Key.Key_S)
    assert heard == ["star"]


def test_what_changes_while_nobody_looks_is_there_when_one_does(place: Place, engine: Engine) -> None:
    place.window.hide()
    entry = place.entries()[0]
    engine.call(Library.note, "Written elsewhere", article=entry.article)
    with place.qtbot.waitSignal(engine.changed, timeout=10_000):
        pass
    place.window.show()
    place.until(lambda: any(entry.words == "Written elsewhere" for entry in place.entries()))


def test_an_orphan_says_that_its_words_are_gone_and_asks_for_no_passage(place: Place) -> None:
    (row,) = place.part._shelf.article_rows([1])
    lost = annotated(1, lost=True)
    place.part._on_told([replace(lost, row=row)])
    with place.qtbot.assertNotEmitted(place.part.passage_wanted):
        place.choose(lambda entry: entry.is_lost)
    index = place.list.currentIndex()
    assert LOST in str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    assert isinstance(index.data(LINE), Entry)


def test_without_anything_marked_it_says_how_to_begin(place: Place) -> None:
    place.part._on_told([])
    assert any(label.text() == "Nothing marked yet" and label.isVisible() for label in place.part.findChildren(QLabel))


def test_five_thousand_do_not_hold_the_window_up(place: Place) -> None:
    many = [annotated(id) for id in range(1, 1700)]
    begin = time.perf_counter()
    place.part._on_told(many)
    QApplication.processEvents()
    assert time.perf_counter() - begin < 1.0  # a tenth of it here; the machine may be busy
    assert len(place.entries()) > 5000
    assert place.list.layoutMode() is QListView.LayoutMode.Batched


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_it_is_drawn_at_every_width_in_both_themes(place: Place, appearance: str, qapp: QApplication) -> None:
    theme.apply(qapp, appearance)
    place.part._on_told([annotated(1, lost=True), annotated(2)])
    place.choose(is_marked)
    for wide in (320, 500, 680):
        place.part.resize(wide, 800)
        drawn = place.part.grab().toImage()
        assert drawn.pixelColor(2, drawn.height() - 2).name().upper() == theme.colours().list
