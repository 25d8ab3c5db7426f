"""A choice holds at once, is shown wherever it was made, and what belongs to the library can be taken back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt

from reader.library import Library
from reader.records import Outlet, Record
from reader.store import articles
from tests.ui.libraries import provider_library
from ui.forms import open_once
from ui.settings.dialog import SettingsDialog
from ui.settings.library_page import sizes
from ui.settings.threads_page import CHOSEN, INVITING, REGROUPED
from ui.window_settings import WindowSettings


@pytest.fixture
def engine(started, tmp_path):
    return started(provider_library(tmp_path))


@pytest.fixture
def settings(tmp_path):
    return WindowSettings(tmp_path / "library")


@pytest.fixture
def dialog(engine, settings, qtbot):
    dialog = SettingsDialog(engine, settings)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.feeds.minutes.number.value() == 60)
    return dialog


def chosen(engine, qtbot):
    with qtbot.waitSignal(engine.ask(Library.settings).done) as asked:
        pass
    return asked.args[0]


def test_looks_change_at_once_and_follow_what_is_chosen_elsewhere(dialog, settings):
    dialog.reading.text_size.number.setValue(20)
    assert settings.text_size == 20
    settings.choose("compact", True)
    assert dialog.reading.rows.currentIndex() == 1
    dialog.reading.sepia.click()
    assert settings.sepia


def test_a_choice_of_the_library_can_be_taken_back(dialog, engine, qtbot):
    dialog.show_page("Feeds")
    dialog.feeds.by_itself.click()
    qtbot.waitUntil(lambda: not chosen(engine, qtbot).refresh_by_itself)
    qtbot.waitUntil(lambda: not dialog.feeds.minutes.isEnabled())
    engine.call(Library.undo)
    qtbot.waitUntil(dialog.feeds.by_itself.isChecked)


def test_a_number_is_taken_when_it_is_whole(dialog, engine, qtbot):
    dialog.show_page("Feeds")
    field = dialog.feeds.minutes.number
    field.setFocus()
    field.lineEdit().setText("120 minutes")
    assert chosen(engine, qtbot).refresh_minutes == 60
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: chosen(engine, qtbot).refresh_minutes == 120)
    assert dialog.isVisible()


def test_another_breadth_is_tried_before_it_is_used_and_then_offered_for_what_is_there(dialog, engine, qtbot):
    page = dialog.threads
    dialog.show_page("Threads")
    qtbot.waitUntil(lambda: page.told.text() == INVITING)
    assert not page.use_button.isEnabled()
    qtbot.keyClick(page.scale, Qt.Key.Key_End)
    assert "Broad" in page.scale.accessibleDescription()
    qtbot.waitUntil(lambda: page.told.text().startswith("Of the "), timeout=10_000)
    assert chosen(engine, qtbot).breadth == 0.5
    page.use_button.click()
    qtbot.waitUntil(lambda: page.told.text() == CHOSEN, timeout=10_000)
    assert chosen(engine, qtbot).breadth == 1.0
    qtbot.waitUntil(lambda: page.told.text() == CHOSEN and not page.use_button.isEnabled())
    page.anew.click()
    qtbot.waitUntil(lambda: page.told.text() == REGROUPED, timeout=10_000)
    engine.call(Library.undo)
    qtbot.waitUntil(lambda: page.scale.draft == 0.5)


def test_the_knob_goes_where_one_presses_and_back_home_nothing_is_tried(dialog, qtbot):
    page = dialog.threads
    dialog.show_page("Threads")
    qtbot.waitUntil(lambda: page.told.text() == INVITING)
    qtbot.mousePress(page.scale, Qt.MouseButton.LeftButton, pos=QPoint(page.scale.width() - 8, 12))
    assert page.scale.draft == 1.0
    assert page.told.text() == "Trying …"
    qtbot.mouseMove(page.scale, QPoint(page.scale.width() // 2, 12))
    qtbot.mouseRelease(page.scale, Qt.MouseButton.LeftButton, pos=QPoint(page.scale.width() // 2, 12))
    page.scale.setValue(10)
    assert page.told.text() == INVITING
    assert not page.use_button.isEnabled()


def test_what_corrections_add_is_said_with_its_reasons_and_can_be_left(started, tmp_path, settings, qtbot):
    folder = tmp_path / "parted"
    library = Library(folder)
    with library._database.write() as db:
        for number, title in enumerate(
            ("Watchdog fines Facebase over face search", "Facebase must pay users nine million, judges decide")
        ):
            articles.keep(db, _record(number, title), library._database.now())
    for _ in library.bring_level():
        continue
    one, other = (row.thread for row in library.article_rows([1, 2]))
    assert one != other
    library.merge_threads([one, other])
    library.close()
    engine = started(folder)
    dialog = SettingsDialog(engine, settings)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.show_page("Threads")
    page = dialog.threads
    qtbot.waitUntil(lambda: page.learnt.text().startswith("Your 1 correction makes threads a little broader: +0.0"))
    assert page.reasons.isHidden()
    page.why.click()
    assert page.reasons.isVisible()
    first, merged, together = page.reasons.lines
    assert (first.figure, merged.what) == ("0.50", "Merged Watchdog fines Facebase over face search")
    assert merged.why.endswith("less than is asked for, yet one event")
    assert float(together.figure) > 0.5
    page.learn.click()
    qtbot.waitUntil(lambda: not chosen(engine, qtbot).learn_breadth)
    qtbot.waitUntil(lambda: "would make threads a little broader" in page.learnt.text())
    engine.call(Library.undo)
    qtbot.waitUntil(lambda: "correction makes threads" in page.learnt.text())
    assert page.learn.isChecked()


def _record(number, title):
    return Record(
        title=title, text=title, content=title, language="en", date=datetime(2026, 3, 2, 8 + number, tzinfo=UTC),
        web_url=f"https://p{number}.example/{number}", provider=Outlet("", f"p{number}.example"),
    )  # fmt: skip


def test_the_library_is_measured_checked_and_copied(dialog, engine, tmp_path, qtbot):
    page = dialog.library
    dialog.show_page("Library")
    qtbot.waitUntil(lambda: page.taken.text().endswith(" MB"), timeout=10_000)
    page.check.click()
    assert page.stop.isVisible()
    qtbot.waitUntil(lambda: page.status.text() == "Nothing is wrong with the library.", timeout=20_000)
    copy = tmp_path / "copy.db"
    page.copy_to(str(copy))
    qtbot.waitUntil(lambda: "read back" in page.status.text().lower(), timeout=20_000)
    assert copy.stat().st_size > 10_000
    page.copy_to(str(tmp_path / "nowhere" / "copy.db"))
    qtbot.waitUntil(page.back_up.isEnabled, timeout=20_000)
    assert str(tmp_path / "nowhere") in page.status.text().replace("\u200b", "")


def test_a_folder_that_goes_away_is_no_trouble(tmp_path):
    assert sum(sizes(tmp_path / "gone")) == 0


def test_a_provider_gets_a_standing(dialog, engine, qtbot):
    dialog.show_page("Providers")
    model = dialog.standings.model
    qtbot.waitUntil(lambda: model.rowCount() == 2)
    dialog.standings.filter.setText("gazette")
    assert model.rowCount() == 1
    assert model.setData(model.index(0, 2), 80)
    qtbot.waitUntil(lambda: model.index(0, 2).data() == "80", timeout=5000)
    dialog.standings.table.setCurrentIndex(model.index(0, 0))
    dialog.standings._take_back()
    qtbot.waitUntil(lambda: model.index(0, 2).data() == "–", timeout=5000)


def test_other_weights_of_quality_are_tried_before_they_are_used(dialog, engine, qtbot):
    dialog.show_page("Quality")
    page = dialog.quality
    assert not page.use_button.isEnabled()
    before = page.fields["standing"].number.value()
    page.fields["standing"].number.setValue(0)
    qtbot.waitUntil(lambda: page.told.text().startswith("Of the 2 newest that are scored 0 rise and 2 fall"), timeout=10_000)
    qtbot.waitUntil(lambda: "says" in page.examples.text())
    assert chosen(engine, qtbot).weight_standing == before
    page.use_button.click()
    qtbot.waitUntil(lambda: page.told.text() == "Every article is scored by these weights", timeout=20_000)
    assert chosen(engine, qtbot).weight_standing == 0
    page.reset_button.click()
    assert page.fields["standing"].number.value() == before
    assert page.use_button.isEnabled()


def test_used_weights_score_the_articles_that_are_there(dialog, engine, qtbot):
    page = dialog.quality

    def qualities():
        with qtbot.waitSignal(engine.ask(Library.article_rows, [1, 2]).done) as asked:
            pass
        return [row.quality for row in asked.args[0]]

    with qtbot.waitSignal(engine.start(Library.bring_level).over, timeout=20_000):
        pass
    before = qualities()
    page.fields["standing"].number.setValue(100)
    page.fields["original"].number.setValue(0)
    page.use()
    qtbot.waitUntil(lambda: page.told.text().startswith("Every article"), timeout=20_000)
    assert qualities() != before


def test_used_weights_score_the_articles_also_where_the_dialog_is_closed_at_once(dialog, engine, settings, qtbot):
    closed = SettingsDialog(engine, settings)
    open_once(closed)
    qtbot.waitUntil(lambda: closed.quality.fields["standing"].number.value() > 0)
    closed.quality.fields["standing"].number.setValue(0)
    started = []
    engine.started.connect(started.append)
    closed.quality.use_button.click()
    closed.quality.fields["length"].number.setValue(1)  # asks what that would change
    closed.reject()
    qtbot.waitUntil(lambda: [task.name for task in started] == ["regroup"], timeout=10_000)
    assert not shiboken6.isValid(closed)
    with qtbot.waitSignal(started[0].done, timeout=20_000):
        pass


def test_weights_that_are_taken_back_elsewhere_are_shown(dialog, engine, qtbot):
    page = dialog.quality
    engine.call(Library.choose, "weight_length", 33.0)
    qtbot.waitUntil(lambda: page.fields["length"].number.value() == 33)
    engine.call(Library.undo)
    qtbot.waitUntil(lambda: page.fields["length"].number.value() == 20)
