"""A choice holds at once, is shown wherever it was made, and what belongs to the library can be taken back."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import Qt

from reader.library import Library
from tests.ui.libraries import provider_library
from ui.forms import open_once
from ui.settings.dialog import SettingsDialog
from ui.settings.library_page import sizes
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


def test_breadth_says_what_it_means(dialog, engine, qtbot):
    dialog.show_page("Threads")
    qtbot.keyClick(dialog.threads.breadth, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: chosen(engine, qtbot).breadth == 1.0)
    assert "Broad" in dialog.threads.breadth.accessibleDescription()
    dialog.threads.anew.click()
    qtbot.waitUntil(lambda: dialog.threads.status.text() == "Grouped anew.", timeout=10_000)


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
