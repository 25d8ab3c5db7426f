"""Correcting threads and storylines in the whole window: by command, by drag, and what was corrected as a list."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from reader.jobs import telling
from reader.library import Library
from reader.records import ComingDate
from tests.ui.test_commands import Desk
from tests.waiting import until
from ui.coming_dates import ComingDates, ahead
from ui.grouping.choosing import THREAD, ChooseThread
from ui.grouping.corrections import Corrections, Line
from ui.grouping.renaming import Renaming
from ui.list.dragging import MIME, Carried
from ui.view import Selection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def desk(sample: Path, qapp: QApplication) -> Iterator[Desk]:
    desk = Desk(sample)
    desk.window.show()
    assert until(lambda: desk.threads)
    desk.rest()
    yield desk
    desk.library.close()
    desk.window.close()
    desk.window.deleteLater()


def several(desk: Desk) -> int:
    """The place of a thread of more than two articles."""
    return next(place for place, thread in enumerate(desk.threads) if len(desk.parts.list.members(thread)) > 2)


def drop(desk: Desk, carried: Carried, at: QPoint) -> bool:
    """Carry something over the rows and let it go; whether it was taken."""
    mime = QMimeData()
    mime.setData(MIME, b"rows")
    view = desk.parts.list.rows.viewport()
    desk.parts.list.dragging.carry(carried)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(view, QDragEnterEvent(at, Qt.DropAction.MoveAction, mime, left, none))
    QApplication.sendEvent(view, QDragMoveEvent(at, Qt.DropAction.MoveAction, mime, left, none))
    let_go = QDropEvent(QPointF(at), Qt.DropAction.MoveAction, mime, left, none)
    QApplication.sendEvent(view, let_go)
    desk.rest()
    return let_go.isAccepted()


def middle(desk: Desk, thread: int) -> QPoint:
    rows = desk.parts.list.rows
    return rows.visualRect(desk.parts.list.model.find(thread)).center()


def test_a_thread_is_renamed_and_called_so_until_that_is_undone(desk: Desk):
    thread, _ = desk.choose(1)
    was = desk.library.thread(thread).title
    desk.do("rename_thread")
    asking = desk.window.findChild(Renaming)
    assert asking is not None
    assert asking.name.text() == was
    asking.name.setText("The border  case")
    asking.rename()
    desk.rest()
    assert desk.library.thread(thread).title == "The border case"
    assert desk.said == "Renamed the thread"
    desk.do("undo")
    assert desk.library.thread(thread).title == was


def test_an_article_goes_into_the_thread_that_is_chosen_from_the_list(desk: Desk):
    thread, article = desk.choose(several(desk), 1)
    desk.view.look(selection=Selection(thread, article, (article,)))
    desk.do("move_article")
    asking = desk.window.findChild(ChooseThread)
    assert asking is not None
    assert until(lambda: asking.threads.count() > 0)
    desk.rest()
    wanted = asking.threads.currentItem().data(THREAD)
    assert wanted != thread
    asking.take()
    desk.rest()
    assert article in {member.row.id for member in desk.library.thread(wanted).members}
    assert desk.said == "Moved to another thread"
    assert until(lambda: article in desk.parts.list.members(wanted))
    desk.do("undo")
    assert article in {member.row.id for member in desk.library.thread(thread).members}


def test_any_thread_can_be_chosen_by_its_words(desk: Desk):
    desk.choose(0)
    desk.do("move_article")
    asking = desk.window.findChild(ChooseThread)
    assert asking is not None
    row = desk.parts.shelf.thread_rows([desk.threads[-1]])[0]
    asking.field.setText(row.title)
    assert until(lambda: asking.threads.count() and asking.threads.item(0).data(THREAD) == row.id)
    asking.field.setText("zzzz qqqq")
    assert until(lambda: asking.threads.count() == 0)
    assert not asking.take_button.isEnabled()
    asking.reject()


def test_a_thread_leaves_its_storyline_and_another_joins_one(desk: Desk):
    place = next(at for at, row in enumerate(desk.parts.shelf.thread_rows(desk.threads)) if row.storyline is not None)
    thread, _ = desk.choose(place)
    storyline = desk.parts.shelf.thread_rows([thread])[0].storyline
    desk.do("rename_storyline")
    asking = desk.window.findChild(Renaming)
    assert asking is not None
    asking.name.setText("The long matter")
    asking.rename()
    desk.rest()
    assert desk.library.storyline(storyline).title == "The long matter"
    desk.do("leave_storyline")
    assert desk.library.thread(thread).storyline is None
    assert desk.said == "Took it out of the storyline"
    desk.do("leave_storyline")
    assert desk.said == "This thread belongs to no storyline"
    one, other = desk.threads[:2]
    desk.view.look(selection=Selection(one, desk.parts.list.members(one)[0], (), (one, other)))
    desk.do("join_storyline")
    assert desk.library.thread(one).storyline == desk.library.thread(other).storyline is not None


def test_a_thread_dropped_on_another_is_one_with_it_at_once(desk: Desk):
    one, other = desk.threads[1], desk.threads[2]
    size = sum(len(desk.parts.list.members(thread)) for thread in (one, other))
    assert drop(desk, Carried(threads=(one,)), middle(desk, other))
    assert desk.said == "Merged threads"
    assert until(lambda: len(desk.threads) and (one in desk.threads) != (other in desk.threads))
    assert max(len(desk.parts.list.members(thread)) for thread in (one, other)) == size
    desk.do("undo")
    assert until(lambda: {one, other} <= set(desk.threads))


def test_an_article_dropped_on_a_thread_moves_there_and_on_the_foot_is_an_event_of_its_own(desk: Desk):
    thread = desk.threads[several(desk)]
    other = next(id for id in desk.threads[:4] if id != thread)
    moved, apart = desk.parts.list.members(thread)[:2]
    assert drop(desk, Carried(articles=(moved,), of=thread), middle(desk, other))
    assert desk.library.thread(other).id == desk.parts.shelf.thread_of(moved)
    foot = QPoint(60, desk.parts.list.rows.viewport().height() - 20)
    assert drop(desk, Carried(articles=(apart,), of=thread), foot)
    assert desk.said == "Split the thread"
    assert desk.parts.shelf.thread_of(apart) not in (thread, other)


def test_what_is_dropped_where_it_is_does_nothing(desk: Desk):
    thread = desk.threads[several(desk)]
    article = desk.parts.list.members(thread)[0]
    assert not drop(desk, Carried(threads=(thread,)), middle(desk, thread))
    assert not drop(desk, Carried(articles=(article,), of=thread), middle(desk, thread))
    assert desk.library.undoable()[0] != "merge_threads"


def test_what_was_corrected_is_listed_and_each_is_taken_back_and_undone(desk: Desk):
    desk.do("corrections")
    sheet = desk.window.findChild(Corrections)
    assert sheet is not None
    desk.rest()
    assert until(sheet.nothing.isVisible)
    one, other = desk.threads[:2]
    desk.window.engine.call(Library.merge_threads, [one, other])
    desk.rest()
    assert until(lambda: len(sheet.buttons) == 1)
    assert sheet.findChild(Line).accessibleName().startswith("Merged 2 threads")
    sheet.buttons[0].click()
    desk.rest()
    assert until(lambda: not sheet.buttons)
    assert desk.library.corrections() == []
    sheet.undo_button.click()
    desk.rest()
    assert until(lambda: len(sheet.buttons) == 1)
    sheet.accept()


def test_a_coming_date_opens_its_article_and_all_go_into_a_calendar(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    coming = ComingDate(
        date(2031, 5, 2), "The hearing is on 2 May 2031.", desk.parts.list.members(desk.threads[3])[0], None, "T", 2
    )
    monkeypatch.setattr(telling, "dates", lambda _db, _today: [coming])
    desk.do("dates")
    sheet = desk.window.findChild(ComingDates)
    assert sheet is not None
    assert until(lambda: sheet.dates.count() == 1)
    assert "2 May 2031" in sheet.dates.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    sheet.open_button.click()
    desk.rest()
    assert desk.view.looking.selection.article == coming.article
    written = tmp_path / "dates.ics"
    desk.window.files.export_to(written, "ics")
    desk.rest()
    assert written.read_text("utf-8").startswith("BEGIN:VCALENDAR")


def test_where_no_date_is_coming_that_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(telling, "dates", lambda _db, _today: [])
    desk.do("dates")
    sheet = desk.window.findChild(ComingDates)
    assert sheet is not None
    assert until(sheet.nothing.isVisible)
    assert not sheet.export_button.isEnabled()


@pytest.mark.parametrize(
    ("days", "words"), [(0, "today"), (1, "tomorrow"), (12, "in 12 days"), (150, "in 5 months"), (1100, "in 3 years")]
)
def test_how_far_a_day_is(days: int, words: str):
    assert ahead(date(2030, 1, 1) + timedelta(days), date(2030, 1, 1)) == words


def test_what_is_chosen_is_dragged_closed_threads_whole_and_articles_by_themselves(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    taken: list[Carried] = []
    dragging = desk.parts.list.dragging
    monkeypatch.setattr(QDrag, "exec", lambda *_: taken.append(dragging.carries))
    rows, model = desk.parts.list.rows, desk.parts.list.model
    place = several(desk)
    thread = desk.threads[place]
    rows.choose(model.find(thread))
    rows.startDrag(Qt.DropAction.MoveAction)
    article = desk.parts.list.members(thread)[1]
    rows.expand(model.find(thread))
    rows.choose(model.find(thread, article))
    rows.startDrag(Qt.DropAction.MoveAction)
    assert taken == [Carried(threads=(thread,)), Carried(articles=(article,), of=thread)]
    assert dragging.carries == Carried()
