"""The reading pane: what one sees, selects, marks and writes is what the library keeps."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QBuffer, QPoint, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QImage, QTextDocument
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget

from reader.jobs.exchange.keeping import Keeper, ready
from reader.library import Library
from reader.outcomes import ImportOutcome
from reader.records import Outlet, Picture, Record
from reader.shelf import Shelf
from ui import theme
from ui.actions import Actions
from ui.engine import Engine
from ui.page.article_view import ArticleView
from ui.page.note_editor import Target
from ui.page.safe_pictures import decoded, size
from ui.view import Selection, View
from ui.window_settings import WindowSettings

PICTURE = "https://a.example/face.png"
CLAIM = "collected over 20 billion images"
BODY = (
    f'<p>The company has {CLAIM} worldwide 😀. <a href="https://a.example/more">More</a></p><img src="{PICTURE}" alt="A face">'
    "<ul><li>No answer was given.</li><li>No answer was given.</li></ul><blockquote>Nobody replied.</blockquote>"
    + "<p>A paragraph that fills the page, because reading takes a while.</p>" * 60
    + "<p>The last words of it.</p>"
)
FINE = Record(
    title="A fine", content=BODY, content_type="text/html", language="en", date=datetime(2022, 10, 20, tzinfo=UTC),
    provider=Outlet("CNIL", "cnil.fr"), web_url="https://cnil.fr/fine", quality=96, images=(Picture(PICTURE),),
)  # fmt: skip
OTHER = Record(title="Another", content="A short text.\n\nThe end.", language="en", web_url="https://a.example/other")
LONG = Record(
    title="Long", content="\n\n".join(f"Paragraph {n} " + "word " * 200 for n in range(300)), web_url="https://a.example/long"
)


def keep(library: Library, *records: Record) -> None:
    keeper = Keeper(library._database, ImportOutcome())
    for number, record in enumerate(records):
        keeper.add("x", number, ready(record))
    keeper.keep()


def png(wide: int, high: int) -> bytes:
    drawn, buffer = QImage(wide, high, QImage.Format.Format_RGB32), QBuffer()
    drawn.fill(Qt.GlobalColor.red)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    drawn.save(buffer, "PNG")
    return bytes(buffer.data().data())


@pytest.fixture(scope="module")
def made(tmp_path_factory, qapp):
    """A library with three articles, and a picture of the first."""
    folder = tmp_path_factory.mktemp("made") / "library"
    library = Library(folder)
    keep(library, FINE, OTHER, LONG)
    (folder / "pictures").mkdir(exist_ok=True)
    (folder / "pictures" / "face").write_bytes(png(800, 300))
    with library._database.write() as db:
        db.execute("UPDATE picture SET file = 'face'")
    library.close()
    return folder


class Desk:
    """The pane with what it needs."""

    def __init__(self, folder, qtbot) -> None:
        self.qtbot, self.folder = qtbot, folder
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.engine, self.shelf = Engine(folder, own_process=False), Shelf(folder)
        self.view, self.actions, self.settings = View(), Actions(self.window), WindowSettings(folder)
        self.pane = self.made_pane()
        _, articles = Library(folder, read_only=True).articles(0)
        self.ids = {article.row.title: article.row.id for article in articles}
        self.told: list[str] = []
        self.pane.said.connect(self.told.append)

    def made_pane(self) -> ArticleView:
        pane = ArticleView(self.engine, self.shelf, self.view, self.actions, self.settings, self.window)
        pane.resize(760, 700)
        pane.move(0, 0)
        self.window.resize(760, 700)
        self.window.show()
        pane.show()
        return pane

    def open(self, title: str) -> int:
        id = self.ids[title]
        self.view.look(selection=Selection(None, id, (id,), ()))
        return id

    def select(self, words: str, number: int = 0):
        cursor = self.pane.page.document().find(words)
        for _ in range(number):
            cursor = self.pane.page.document().find(words, cursor)
        assert not cursor.isNull(), words
        self.pane.page.setTextCursor(cursor)

    def do(self, what, *args):
        """Do it, and wait until the pane heard what changed."""
        with self.qtbot.waitSignal(self.engine.changed):
            what(*args)

    def call(self, command, *args, **kwargs):
        self.do(lambda: self.engine.call(command, *args, **kwargs))

    @property
    def highlights(self):
        return self.shelf.highlights(self.pane.article)

    @property
    def shown(self) -> str:
        return self.pane.page.toPlainText()

    def grounds(self) -> list[str]:
        return [extra.cursor.selectedText() for extra in self.pane.page.extraSelections()]


@pytest.fixture
def desk(made, tmp_path, qtbot):
    desk = Desk(shutil.copytree(made, tmp_path / "library"), qtbot)
    yield desk
    desk.engine.close()
    desk.shelf.close()


# Showing


def test_it_shows_what_is_chosen_and_nothing_where_nothing_is(desk):
    label = QLabel("Choose something")
    desk.pane.set_placeholder(label)
    assert label.isVisible()
    desk.open("A fine")
    assert "A fine" in desk.shown
    assert CLAIM in desk.shown
    assert not label.isVisible()
    desk.view.look(selection=Selection())
    assert label.isVisible()
    assert desk.pane.article is None


def test_an_article_that_is_gone_is_nothing(desk):
    desk.view.look(selection=Selection(None, 999, (999,), ()))
    assert desk.pane.article is None


def test_only_pictures_of_the_library_are_drawn(desk):
    desk.open("A fine")
    page, image = desk.pane.page, int(QTextDocument.ResourceType.ImageResource.value)
    assert page.loadResource(image, QUrl("watch:picture/0")).width() == round(640 * page.devicePixelRatioF())
    for foreign in ("file:///etc/hostname", "/etc/hostname", PICTURE, "qrc:/x", "data:image/png;base64,AAAA", "watch:picture/9"):
        nothing = page.loadResource(image, QUrl(foreign))
        assert not nothing.isNull()
        assert nothing.width() == 1


@pytest.mark.parametrize("body", [b"", b"<svg/>", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF0000WEBPVP8 ", b"%PDF-1.4"])
def test_what_is_no_picture_is_not_drawn(body):
    assert size(body) is None
    assert decoded(body, 100) is None


def test_a_picture_that_is_too_large_to_wait_for_is_not_drawn(qapp):
    assert decoded(png(300, 200), 100).width() == 100
    huge = bytearray(png(300, 200))
    huge[16:24] = (200_000).to_bytes(4, "big") * 2
    assert size(bytes(huge)) is None


def test_the_column_is_never_wider_than_can_be_read(desk):
    desk.open("A fine")
    for wide in (1400, 500):
        desk.window.resize(wide, 700)
        desk.pane.resize(wide, 700)
        assert desk.pane.page.column == min(theme.COLUMN, desk.pane.page.viewport().width() - 48)
        frame = desk.pane.page.document().rootFrame().frameFormat()
        assert abs(frame.leftMargin() * 2 + desk.pane.page.column - desk.pane.page.viewport().width()) <= 1


def test_text_grows_and_shrinks_within_bounds(desk):
    desk.open("A fine")
    desk.pane.larger()
    assert desk.settings.text_size == 18
    assert desk.pane.page.font().pixelSize() == 18
    for _ in range(30):
        desk.pane.smaller()
    assert desk.settings.text_size == 13


def test_every_theme_colours_the_page(desk, qapp):
    desk.open("A fine")
    desk.do(desk.engine.call, Library.highlight, desk.ids["A fine"], CLAIM)
    for appearance, paper in (("dark", "window"), ("light", "sepia"), ("light", "window")):
        theme.apply(qapp, appearance, paper)
        desk.qtbot.waitUntil(lambda: desk.pane.page.palette().base().color().name().upper() == theme.paper().page)
        extra = desk.pane.page.extraSelections()[0]
        assert extra.format.background().color().name().upper() == theme.paper().quote


# Reading on


def test_reading_on_goes_screen_by_screen_to_the_end(desk):
    desk.open("A fine")
    screens = 0
    while desk.pane.read_on():
        screens += 1
    assert 1 < screens < 30
    bar = desk.pane.page.verticalScrollBar()
    assert bar.value() == bar.maximum()


def test_where_one_read_is_remembered(desk):
    desk.open("A fine")
    desk.pane.read_on()
    before = desk.pane.page.verticalScrollBar().value()
    desk.open("Another")
    assert desk.pane.page.verticalScrollBar().value() == 0
    desk.open("A fine")
    assert desk.pane.page.verticalScrollBar().value() == before


def test_a_long_article_comes_in_parts(desk):
    desk.open("Long")
    assert "Continue reading" in desk.shown
    assert "Paragraph 0" in desk.shown
    assert "Paragraph 299" not in desk.shown
    desk.pane._on_link(QUrl("part:1"))
    assert "Paragraph 0 " not in desk.shown
    assert "Back to the beginning" in desk.shown
    while desk.pane.read_on():
        continue
    assert "Paragraph 299" in desk.shown


def test_a_highlight_in_a_later_part_is_marked_and_found(desk):
    id = desk.open("Long")
    text = desk.shelf.article(id).text
    start = text.index("Paragraph 250")
    desk.call(Library.highlight, id, "Paragraph 250 word", colour="green")
    assert desk.grounds() == []
    made = desk.highlights[0]
    assert made.anchor.start == start
    desk.open("A fine")
    desk.pane.show_passage(id, made.id)
    assert desk.grounds() == ["Paragraph 250 word"]
    assert desk.pane.page.verticalScrollBar().value() > 0


# Highlights


def test_selected_words_are_highlighted(desk):
    desk.open("A fine")
    desk.select(CLAIM)
    desk.do(desk.pane.highlight, "blue")
    assert [(one.anchor.exact, one.colour) for one in desk.highlights] == [(CLAIM, "blue")]
    assert desk.grounds() == [CLAIM]
    assert not desk.pane.page.textCursor().hasSelection()


def test_of_words_that_stand_twice_the_selected_ones_are_meant(desk):
    id = desk.open("A fine")
    desk.select("No answer was given.", 1)
    desk.do(desk.pane.highlight)
    text = desk.shelf.article(id).text
    assert desk.highlights[0].anchor.start == text.rindex("No answer was given.")


def test_over_the_same_words_it_takes_another_meaning(desk):
    desk.open("A fine")
    for colour in ("yellow", "pink"):
        desk.select(CLAIM)
        desk.do(desk.pane.highlight, colour)
    assert [one.colour for one in desk.highlights] == ["pink"]
    assert desk.shelf.highlights(desk.pane.article)[0].anchor.exact == CLAIM


def test_a_selection_across_paragraphs_and_bullets_is_one_passage(desk):
    desk.open("A fine")
    page = desk.pane.page
    start, end = page.document().find("worldwide").selectionStart(), page.document().find("Nobody replied").selectionEnd()
    page.select(start, end)
    desk.do(desk.pane.highlight)
    words = desk.highlights[0].anchor.exact
    assert words.startswith("worldwide 😀")
    assert words.endswith("Nobody replied")
    assert "•" not in words


def test_words_that_are_ours_are_not_highlighted(desk):
    desk.open("A fine")
    desk.select("Quality")
    desk.pane.highlight()
    assert "do not stand in the text" in desk.told[-1]
    desk.pane.page.select(0, 0)
    desk.pane.highlight()
    assert "Select the words" in desk.told[-1]
    assert not desk.highlights


def test_a_highlight_is_made_without_a_mouse(desk):
    desk.open("A fine")
    page = desk.pane.page
    page.setFocus()
    page.select(page.document().find("The company").selectionStart(), page.document().find("The company").selectionStart())
    for _ in range(3):
        desk.qtbot.keyClick(page, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert page.selected_words() == "The"
    desk.do(desk.pane.highlight)
    assert desk.highlights[0].anchor.exact == "The"


def test_arrows_scroll_until_the_caret_is_called(desk):
    desk.open("A fine")
    page = desk.pane.page
    page.setFocus()
    desk.qtbot.keyClick(page, Qt.Key.Key_Down)
    assert page.verticalScrollBar().value() > 0
    desk.qtbot.keyClick(page, Qt.Key.Key_F7)
    before = page.textCursor().position()
    desk.qtbot.keyClick(page, Qt.Key.Key_Down)
    assert page.textCursor().position() != before
    desk.qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert not page.textCursor().hasSelection()


def test_the_bar_beside_a_selection_marks_it(desk):
    desk.open("A fine")
    desk.select(CLAIM)
    bar = desk.pane.annotator.bar
    desk.qtbot.waitUntil(bar.isVisible)
    assert [swatch.accessibleName() for swatch in bar.swatches.values()] == [
        "Quote (H)", "To check (2)", "Contradiction (3)", "Method (4)",
    ]  # fmt: skip
    desk.do(bar.swatches["green"].click)
    assert desk.highlights[0].colour == "green"
    assert not bar.isVisible()


def test_a_click_on_a_highlight_shows_its_card(desk):
    desk.open("A fine")
    desk.call(Library.highlight, desk.pane.article, CLAIM, note="Their own number.")
    pane = desk.pane
    place = pane.annotator.screen_place(desk.highlights[0].id)
    at = pane.page.rect_of(*place).center()
    desk.qtbot.mouseClick(pane.page.viewport(), Qt.MouseButton.LeftButton, pos=at)
    card = pane.annotator.card
    assert card.isVisible()
    assert card.highlight.id == desk.highlights[0].id
    desk.do(card._swatches["pink"].click)
    assert desk.highlights[0].colour == "pink"
    desk.do(card._remove.click)
    assert not desk.highlights
    assert not card.isVisible()


def test_the_highlight_at_the_cursor_is_removed_by_key(desk):
    desk.open("A fine")
    desk.call(Library.highlight, desk.pane.article, CLAIM)
    place = desk.pane.annotator.screen_place(desk.highlights[0].id)
    desk.pane.page.select(place[0] + 3, place[0] + 3)
    desk.do(desk.pane.remove_highlight)
    assert not desk.highlights
    desk.pane.remove_highlight()
    assert "Put the cursor on a highlight" in desk.told[-1]


def test_an_orphan_is_listed_and_never_put_on_a_look_alike(desk):
    id = desk.open("A fine")
    desk.call(Library.highlight, id, "The last words of it.")
    changed = replace(FINE, content=BODY.replace("The last words of it.", "It ends otherwise. Words of it."))
    library = Library(desk.folder)
    keep(library, changed)
    library.close()
    desk.open("Another")
    desk.open("A fine")
    assert "Highlights whose words are gone" in desk.shown
    assert "The last words of it." in desk.shown
    assert desk.grounds() == []
    with desk.qtbot.waitSignal(desk.engine.changed):
        desk.pane._on_link(QUrl(f"forget:{desk.highlights[0].id}"))
    assert "Highlights whose words are gone" not in desk.shown


def test_it_stands_at_no_highlight_until_one_is_pressed(desk):
    desk.open("A fine")
    desk.call(Library.highlight, desk.pane.article, CLAIM)
    assert desk.pane.highlight_at_cursor is None
    place = desk.pane.annotator.screen_place(desk.highlights[0].id)
    desk.pane.page.select(place[0] + 3, place[0] + 3)
    assert desk.pane.highlight_at_cursor == desk.highlights[0].id


# Notes


def write(desk, words: str) -> None:
    editor = desk.pane.annotator.editor
    assert editor.isVisible()
    desk.qtbot.keyClicks(editor._text, words)


def test_a_note_on_a_selection_makes_the_highlight_too(desk):
    desk.open("A fine")
    desk.select(CLAIM)
    desk.pane.note()
    write(desk, "Who counted?")
    editor = desk.pane.annotator.editor
    desk.do(desk.qtbot.keyClick, editor._text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not editor.isVisible()
    (made,), (note,) = desk.highlights, desk.shelf.notes(desk.pane.article)
    assert (made.anchor.exact, note.text, note.highlight) == (CLAIM, "Who counted?", made.id)
    extra = desk.pane.page.extraSelections()[0]
    assert extra.format.underlineStyle() == extra.format.UnderlineStyle.DashUnderline
    desk.qtbot.waitUntil(lambda: not editor.drafts[Target("passage", desk.pane.article, made.anchor.start, made.anchor.end)])


def test_a_note_on_the_article_stands_under_its_title_and_can_be_changed(desk):
    desk.open("A fine")
    desk.pane.note()
    write(desk, "Compare.")
    desk.do(desk.pane.annotator.editor.save)
    assert "Your note" in desk.shown
    assert "Compare." in desk.shown
    note = desk.shelf.notes(desk.pane.article)[0]
    desk.pane._on_link(QUrl(f"note:{note.id}"))
    assert desk.pane.annotator.editor.text == "Compare."
    write(desk, " Twice.")
    desk.do(desk.pane.annotator.editor.save)
    assert desk.shelf.notes(desk.pane.article)[0].text == "Compare. Twice."


def test_a_draft_outlives_esc_another_article_and_the_window(desk):
    desk.open("A fine")
    desk.select(CLAIM)
    desk.pane.note()
    write(desk, "Half a thou")
    desk.qtbot.keyClick(desk.pane.annotator.editor._text, Qt.Key.Key_Escape)
    assert not desk.pane.annotator.editor.isVisible()
    desk.open("Another")
    desk.pane.note()
    assert desk.pane.annotator.editor.text == ""
    write(desk, "Something else")
    desk.open("A fine")
    desk.select(CLAIM)
    desk.pane.note()
    assert desk.pane.annotator.editor.text == "Half a thou"
    desk.pane.hide()
    desk.settings = WindowSettings(desk.folder)
    desk.pane = desk.made_pane()
    desk.open("Another")
    desk.pane._show(desk.ids["Another"])
    desk.pane.note()
    assert desk.pane.annotator.editor.text == "Something else"


def test_words_that_the_library_refuses_stay_a_draft(desk):
    desk.open("Another")
    desk.pane.note()
    editor = desk.pane.annotator.editor
    editor._text.setPlainText("x" * 20_001)
    editor.save()
    desk.qtbot.waitUntil(lambda: bool(desk.told))
    assert "Your words are kept" in desk.told[-1]
    desk.pane.note()
    assert len(editor.text) == 20_001


def test_letters_in_a_note_are_letters_and_not_commands(desk):
    desk.open("Another")
    pressed = []
    for name in ("star", "highlight", "note"):
        desk.actions[name].triggered.connect(lambda *_, name=name: pressed.append(name))
    desk.pane.note()
    write(desk, "shc 234")
    assert desk.pane.annotator.editor.text == "shc 234"
    assert not pressed


# What changes while one reads


def test_a_change_leaves_place_and_selection_alone(desk):
    id = desk.open("A fine")
    desk.pane.read_on()
    desk.pane.read_on()
    desk.select("The last words of it")
    value = desk.pane.page.verticalScrollBar().value()
    desk.pane.page.verticalScrollBar().setValue(value - 100)
    top = desk.pane.page.cursorForPosition(QPoint(300, 1)).block().text()
    desk.call(Library.note, "Above everything.\nAnd more.", article=id)
    assert "Above everything." in desk.shown
    assert desk.pane.page.cursorForPosition(QPoint(300, 1)).block().text() == top
    assert desk.pane.page.selected_words() == "The last words of it"


def test_reading_and_starring_do_not_show_it_anew(desk, monkeypatch):
    id = desk.open("A fine")
    QApplication.processEvents()
    desk.qtbot.waitUntil(lambda: not desk.pane.page._settling.isActive())  # the width of a window that was just shown
    shown = []
    monkeypatch.setattr(desk.pane, "_show_part", shown.append)
    desk.call(Library.mark, "starred", [id], True)
    assert not shown
    assert desk.actions["star"].text() == "Take the star off"
    desk.call(Library.mark, "read", [id], True)
    assert desk.actions["toggle_read"].text() == "Mark unread"


def test_a_note_that_is_being_written_stays_open_through_a_change(desk):
    id = desk.open("A fine")
    desk.select(CLAIM)
    desk.pane.note()
    write(desk, "Half")
    desk.call(Library.note, "Another", article=id)
    assert desk.pane.annotator.editor.isVisible()
    assert desk.pane.annotator.editor.text == "Half"


def test_what_changed_is_shown_in_place_and_put_away_again(desk):
    id = desk.open("A fine")
    library = Library(desk.folder)
    keep(library, replace(FINE, content=BODY.replace("20 billion", "30 billion")))
    library.close()
    desk.open("Another")
    desk.open("A fine")
    assert "What changed" in desk.shown
    assert "20 billion" not in desk.shown
    desk.pane._on_link(QUrl("revisions:"))
    assert "20 30 billion" in desk.shown
    desk.select("30 billion")
    desk.do(desk.pane.highlight)
    assert desk.shelf.highlights(id)[0].anchor.exact == "30 billion"
    desk.pane._on_link(QUrl("revisions:"))
    assert "20 30 billion" not in desk.shown


# Finding, copying, links


def test_words_are_found_and_walked_through(desk):
    desk.open("A fine")
    desk.pane.find()
    bar = desk.pane._find
    desk.qtbot.keyClicks(bar._field, "NO ANSWER")
    assert bar._count.text() == "1 of 2"
    desk.qtbot.keyClick(bar._field, Qt.Key.Key_Return)
    assert bar._count.text() == "2 of 2"
    desk.qtbot.keyClick(bar._field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert bar._count.text() == "1 of 2"
    bar._field.setText("not there")
    assert bar._count.text() == "Not found"
    desk.qtbot.keyClick(bar._field, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert desk.grounds() == []


def test_words_of_a_search_are_marked(desk):
    desk.open("A fine")
    desk.pane.set_marks(("billion", "replied"))
    assert desk.grounds() == ["billion", "replied"]
    desk.open("Another")
    assert desk.grounds() == []
    desk.pane.set_marks(())


def test_words_are_copied_with_their_source(desk):
    desk.open("A fine")
    desk.select(CLAIM)
    desk.pane.copy_with_source()
    copied = QApplication.clipboard().text()
    assert copied.startswith(f"“{CLAIM}”\n\n")
    assert "CNIL" in copied
    assert "https://cnil.fr/fine" in copied


def test_copied_words_are_words_alone(desk):
    desk.open("A fine")
    desk.select(CLAIM)
    desk.qtbot.keyClick(desk.pane.page, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    data = QApplication.clipboard().mimeData()
    assert data.text() == CLAIM
    assert not data.hasHtml()


@pytest.mark.qt_log_ignore("This plugin does not support")  # menus without a screen
def test_the_menu_has_the_commands_for_a_selection(desk):
    desk.open("A fine")
    at = QPoint(200, 200)
    viewport = desk.pane.page.viewport()
    QApplication.sendEvent(viewport, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, viewport.mapToGlobal(at)))
    menu = next(menu for menu in desk.pane.findChildren(QMenu) if menu.isVisible())
    assert {"copy", "highlight", "note", "open_in_browser"} <= {action.objectName() for action in menu.actions()}
    menu.close()


def test_links_are_told_and_handed_on_never_followed(desk):
    desk.open("A fine")
    followed, explained = [], []
    desk.pane.link_followed.connect(followed.append)
    desk.pane.explained.connect(explained.append)
    for address in (
        "https://a.example/more",
        "mailto:a@b.example",
        "file:///etc/passwd",
        "javascript:1",
        "receipt:quality",
        "x:1",
    ):
        desk.pane.page.anchorClicked.emit(QUrl(address))
    assert followed == ["https://a.example/more", "mailto:a@b.example"]
    assert explained == ["quality"]
    desk.pane.page.highlighted.emit(QUrl("https://a.example/more"))
    assert "a.example/more" in desk.pane._hover.words
    desk.pane.page.highlighted.emit(QUrl())
    assert not desk.pane._hover.isVisible()


def test_everything_has_a_name(desk):
    desk.open("A fine")
    desk.pane.find()
    for control in desk.pane.findChildren(QWidget):
        if control.focusPolicy() != Qt.FocusPolicy.NoFocus and control.isVisible():
            assert control.accessibleName(), control
