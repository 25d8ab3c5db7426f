"""What an analyst does before a picture is drawn, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHoverEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reader.library import Library
from reader.records import Progress, Scope
from reader.shelf import Shelf
from tests.fakes import entry, rss
from tests.loopback import Site, answer
from ui.feeds.add_feed import AddFeed
from ui.settings.dialog import SettingsDialog

if TYPE_CHECKING:
    from tests.looks.stage import Stage

PAGES = ("Reading", "Feeds", "Threads", "Library", "Providers")
PAGE = b"""<html><head><title>A site</title>
<link rel="alternate" type="application/rss+xml" title="News" href="/news.xml">
<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments.xml"></head><body>Words</body></html>"""


def nothing(_stage: Stage) -> None:
    """The window as it opens."""


def reading(stage: Stage) -> None:
    """The desk: threads, an article, its thread."""
    stage.choose()


def opened_thread(stage: Stage) -> None:
    """A thread open to its articles."""
    stage.choose()
    stage.do("open_thread")
    stage.do("next")


def sepia_chosen(stage: Stage) -> None:
    """Sepia, chosen while one reads."""
    stage.choose()
    stage.window.grab()
    stage.do("sepia")


def rail_over(stage: Stage) -> None:
    """The thread over the page, where there is no room beside it."""
    stage.choose()
    stage.do("rail")


def hard(stage: Stage) -> None:
    """A thread with everything that is hard to set."""
    stage.choose(2)


def hard_search(stage: Stage) -> None:
    """Words found after signs of two units, and in another script."""
    stage.window.view.look(query="faces")
    stage.rest()
    stage.do("next")


def searching(stage: Stage) -> None:
    """A search."""
    stage.window.view.look(query="facial recognition fine")
    stage.rest()
    stage.do("next")


def misspelt(stage: Stage) -> None:
    """A search that finds nothing, and what it offers instead."""
    stage.window.view.look(query="clearveiw")
    stage.rest()


def query_wrong(stage: Stage) -> None:
    """A query that cannot be understood."""
    stage.do("search")
    QTest.keyClicks(stage.parts.search.field, "fine AND (provider:cnil quality:>abc")
    stage.pass_(400)
    stage.rest()


def query_help(stage: Stage) -> None:
    """How one can search."""
    stage.do("search")
    stage.parts.search.field.help_wanted.emit()
    stage.rest()


def quality_receipt(stage: Stage) -> None:
    """Why an article has its quality."""
    stage.choose()
    stage.do("explain_quality")


def heat_receipt(stage: Stage) -> None:
    """Why a thread has its heat."""
    stage.choose()
    stage.do("explain_heat")


def topic_read(stage: Stage) -> None:
    """An article of a topic, with the words that the topic finds it by."""
    stage.window.view.look(scope=Scope("topic", 1))
    stage.rest()
    stage.choose(1)


def hot(stage: Stage) -> None:
    """What is hot, and why the first of it stands there."""
    stage.do("go_hot")
    heat_receipt(stage)


def briefings(stage: Stage) -> None:
    """All briefings."""
    stage.do("go_briefings")


def briefing(stage: Stage) -> None:
    """The sample briefing in the editor, beside its pages."""
    stage.window.view.look(place="briefings", briefing=1)
    stage.pass_(1500)
    stage.rest()


def annotations(stage: Stage) -> None:
    """Everything marked, and the passage where it stands."""
    stage.do("go_annotations")
    QTest.keyClick(QApplication.focusWidget() or stage.parts.annotations, Qt.Key.Key_Down)
    stage.rest()


def annotations_narrowed(stage: Stage) -> None:
    """What is to be checked."""
    stage.do("go_annotations")
    stage.parts.annotations._filters.choose("blue")
    stage.rest()


def annotations_none(stage: Stage) -> None:
    """A search in the annotations that finds nothing."""
    stage.do("go_annotations")
    stage.parts.annotations._field.setText("nothing has these words")
    stage.rest()


def activity(stage: Stage) -> None:
    """What is under way, and which feeds need a look."""
    stage.do("go_activity")


def refreshing(stage: Stage) -> None:
    """A refresh in the middle, in the foot and in Activity."""
    stage.do("go_activity")
    task = stage.window.engine.start(Library.bring_level)
    task.name = "refresh"
    stage.window.engine.started.emit(task)
    task.progress.emit(Progress(12, 37, "Biometric Update"))
    QApplication.processEvents()


def palette(stage: Stage) -> None:
    """Everything that can be done, by its name."""
    stage.choose()
    stage.do("palette")


def palette_typed(stage: Stage) -> None:
    """What is found while one types."""
    palette(stage)
    QTest.keyClicks(QApplication.focusWidget(), "bio")
    stage.rest()


def keys(stage: Stage) -> None:
    """The sheet of keys."""
    stage.do("shortcuts")


def about(stage: Stage) -> None:
    """What this is."""
    stage.do("about")


def welcome(stage: Stage) -> None:
    """The first start."""
    stage.parts.welcome()
    stage.window.settings.choose("welcoming", True)
    stage.rest()


def settings(stage: Stage, name: str) -> None:
    """A page of the settings."""
    stage.do("settings")
    sheet = stage.sheet(SettingsDialog)
    assert isinstance(sheet, SettingsDialog)
    sheet.show_page(name)
    stage.rest()


def breadth_tried(stage: Stage) -> None:
    """Another breadth is tried, after a few corrections; why they move it is shown."""
    engine = stage.window.engine
    told: list[Any] = []
    engine.ask(Library.breadth_preview, 0.85).done.connect(told.append)
    stage.wait(lambda: told)
    for example in told[0].examples[:2]:
        shelf = Shelf(engine.folder)
        engine.call(Library.merge_threads, [shelf.thread_of(article) or 0 for article in example.articles])
        shelf.close()
    stage.rest()
    settings(stage, "Threads")
    sheet = stage.sheet(SettingsDialog)
    assert isinstance(sheet, SettingsDialog)
    sheet.threads.why.click()
    sheet.threads.scale.setFocus()
    sheet.threads.scale.setValue(17)
    stage.pass_(600)
    stage.rest()


def _looked(stage: Stage, path: str) -> AddFeed:
    """Look at an address of a site on this computer."""
    site = Site().__enter__()
    stage.at_end.append(lambda: site.__exit__(None, None, None))
    xml = {"Content_Type": "application/rss+xml"}
    words = "What the authority decided, and what it means for those who run cameras, number"
    titled = [entry(n, title=f"{words} {n}") for n in range(1, 9)]
    site.says["/news.xml"] = answer(rss(*titled, title="Sample authority: decisions"), **xml)
    site.says["/comments.xml"] = answer(rss(entry(1), title="Sample authority: comments"), **xml)
    site.says["/"] = answer(PAGE, Content_Type="text/html")
    stage.do("add_feed")
    sheet = stage.sheet(AddFeed)
    assert isinstance(sheet, AddFeed)
    sheet.address.setText(f"{site.url}{path}")
    sheet.look()
    stage.wait(lambda: sheet.rows["address"].error)
    return sheet


def adding_feed(stage: Stage) -> None:
    """What a feed brings, before it is added."""
    sheet = _looked(stage, "/news.xml")
    sheet.private.click()
    stage.wait(lambda: sheet.offers)
    stage.rest()


def adding_feeds(stage: Stage) -> None:
    """Several feeds of one site."""
    sheet = _looked(stage, "/")
    sheet.private.click()
    stage.wait(lambda: sheet.offers)
    stage.rest()


def refused_feed(stage: Stage) -> None:
    """An address that is not asked without a word of hers."""
    _looked(stage, "/news.xml")
    stage.rest()


def editing_feed(stage: Stage) -> None:
    """What was decided of a feed."""
    stage.window.files.edit_feed(1)
    stage.rest()


def editing_topic(stage: Stage) -> None:
    """What a topic is a search for."""
    stage.parts.sidebar.topic_wanted.emit("edit", 1)
    stage.rest()


def _select(stage: Stage, words: str) -> None:
    page = stage.parts.page.page
    start = page.toPlainText().index(words)
    page.select(start, start + len(words))
    stage.pass_(700)
    stage.rest()


def selecting(stage: Stage) -> None:
    """A passage that was just selected."""
    stage.choose()
    _select(stage, "restricted committee of the CNIL fines")


def noting(stage: Stage) -> None:
    """A note on it."""
    selecting(stage)
    stage.do("note")
    QTest.keyClicks(QApplication.focusWidget(), "Ask the desk whether the ceiling was reached.")


def highlight_card(stage: Stage) -> None:
    """A highlight that was pressed."""
    stage.choose()
    page = stage.parts.page.page
    stage.parts.page.annotator._on_pressed(page.toPlainText().index("meanwhile gathered"))
    stage.rest()


def finding(stage: Stage) -> None:
    """Words sought in the article."""
    stage.choose()
    stage.do("find_in_page")
    QTest.keyClicks(QApplication.focusWidget(), "clearview")
    stage.rest()


def menu(stage: Stage) -> None:
    """A menu of the menu bar."""
    stage.choose()
    bar = stage.window.menuBar()
    action = bar.actions()[2]
    action.menu().popup(bar.mapToGlobal(bar.actionGeometry(action).bottomLeft()))
    stage.pass_(50)


def row_menu(stage: Stage) -> None:
    """What can be done with a row."""
    stage.choose()
    stage.parts.list._show_menu(stage.parts.list.rows.mapToGlobal(QPoint(120, 60)))
    stage.pass_(50)


def storyline(stage: Stage) -> None:
    """The threads of one matter."""
    stage.choose()
    stage.do("storyline")


def news(stage: Stage) -> None:
    """The list is another one by now, and moves when one says so."""
    stage.choose()
    for id in list(stage.parts.list.model.listing.members)[:3]:
        stage.window.engine.call(Library.publish, [id], False)
    stage.rest()
    stage.parts.list._tell_news("12 new articles in 3 threads")
    stage.rest()


def notice(stage: Stage) -> None:
    """What was just done, and the way back."""
    stage.choose()
    stage.do("toggle_read")
    stage.do("star")


def fault(stage: Stage) -> None:
    """What went wrong."""
    stage.choose()
    stage.parts.say("The engine stopped and was started again; nothing that was saved is lost", is_bad=True)
    stage.rest()


def hover(stage: Stage) -> None:
    """A row under the mouse."""
    stage.choose()
    port = stage.parts.list.rows.viewport()
    at = QPointF(200, 110)
    QApplication.sendEvent(port, QHoverEvent(QEvent.Type.HoverMove, at, at, QPointF()))
    none = Qt.MouseButton.NoButton
    QApplication.sendEvent(
        port, QMouseEvent(QEvent.Type.MouseMove, at, port.mapToGlobal(at), none, none, Qt.KeyboardModifier.NoModifier)
    )
    stage.rest()


def empty_starred(stage: Stage) -> None:
    """No stars in a topic."""
    stage.window.view.look(scope=Scope("topic", 3), narrowing="starred")
    stage.rest()


def focused(stage: Stage, steps: int) -> None:
    """Where the keys are after some presses of Tab."""
    stage.choose()
    stage.window.activateWindow()
    stage.parts.list.focus_list()
    for _ in range(steps):
        QTest.keyClick(QApplication.focusWidget() or stage.window, Qt.Key.Key_Tab)
    stage.rest()
