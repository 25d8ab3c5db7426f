"""A feed is changed as far as she touched it; what cannot be kept says so under its field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from reader.library import Library
from reader.outcomes import ImportOutcome
from ui.feeds.edit_feed import EditFeed

OPML = """<opml version="2.0"><body><outline text="Press">
<outline text="One" type="rss" xmlUrl="http://one.example/feed"/>
<outline text="Two" type="rss" xmlUrl="http://two.example/feed"/></outline></body></opml>"""


@pytest.fixture
def engine(started, tmp_path):
    opml = tmp_path / "feeds.opml"
    opml.write_text(OPML, "utf-8")
    library = Library(tmp_path / "library")
    for _ in library.import_([opml], ImportOutcome()):
        continue
    library.close()
    return started(tmp_path / "library")


@pytest.fixture
def dialog(engine, qtbot):
    dialog = EditFeed(engine, feeds_of(engine, qtbot)[0])
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def feeds_of(engine, qtbot):
    with qtbot.waitSignal(engine.ask(Library.feeds).done) as asked:
        pass
    return asked.args[0]


def test_only_what_was_touched_changes_and_undo_takes_it_back(dialog, engine, qtbot):
    dialog.title.setText("Another name")
    dialog.folder.setEditText("Courts")
    with qtbot.waitSignal(dialog.saved):
        qtbot.keyClick(dialog.title, Qt.Key.Key_Return)
    feed = next(feed for feed in feeds_of(engine, qtbot) if feed.title == "Another name")
    assert (feed.folder, feed.url) == ("Courts", "http://one.example/feed")
    with qtbot.waitSignal(engine.call(Library.undo).done):
        pass
    assert {feed.title for feed in feeds_of(engine, qtbot)} == {"One", "Two"}


def test_an_address_that_another_feed_has_is_refused_under_its_field(dialog, qtbot):
    dialog.address.setText("http://two.example/feed")
    dialog.save.click()
    qtbot.waitUntil(lambda: dialog.rows["address"].error != "")
    assert "already" in dialog.rows["address"].error
    assert dialog.isVisible()
    assert dialog.save.isEnabled()


def test_a_password_without_a_keychain_is_kept_nowhere_and_said(dialog, qtbot):
    dialog.username.setText("anna")
    dialog.password.setText("secret")
    dialog.save.click()
    qtbot.waitUntil(lambda: dialog.rows["password"].error != "", timeout=15_000)
    assert "keychain" in dialog.rows["password"].error.lower()


def test_a_password_needs_a_user_name(dialog):
    dialog.password.setText("secret")
    dialog.save.click()
    assert "user name" in dialog.rows["username"].error
    assert dialog.password.echoMode() == QLineEdit.EchoMode.Password


def test_nothing_touched_is_nothing_changed(dialog, engine, qtbot):
    dialog.save.click()
    assert not dialog.isVisible()
    with qtbot.waitSignal(engine.ask(Library.undoable).done) as asked:
        pass
    assert asked.args[0][0] is None


def test_folders_are_offered(dialog, qtbot):
    qtbot.waitUntil(lambda: dialog.folder.count() == 1)
    assert dialog.folder.folder == "Press"


def test_every_field_has_a_name(dialog):
    for field in (dialog.title, dialog.address, dialog.folder, dialog.username, dialog.password, dialog.private):
        assert field.accessibleName()
