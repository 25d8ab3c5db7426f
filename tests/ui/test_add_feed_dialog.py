"""An address shows what it brings before anything is kept; what cannot be had says why."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from reader.library import Library
from reader.outcomes import Subscription
from tests.fakes import entry, rss
from tests.loopback import Site, answer
from ui.feeds.add_feed import AddFeed
from ui.feeds.preview import OneLine

PAGE = b"""<html><head><title>A site</title>
<link rel="alternate" type="application/rss+xml" title="News" href="/news.xml">
<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments.xml">
</head><body>Words</body></html>"""


@pytest.fixture
def engine(started, tmp_path):
    return started(tmp_path / "library")


@pytest.fixture
def site():
    xml = {"Content_Type": "application/rss+xml"}
    with Site() as site:
        site.says["/news.xml"] = answer(rss(*map(entry, range(1, 9)), title="News &amp; <![CDATA[<b>views</b>]]>"), **xml)
        site.says["/comments.xml"] = answer(rss(entry(1), title="Comments"), **xml)
        site.says["/"] = answer(PAGE, Content_Type="text/html")
        site.says["/plain"] = answer(b"<html><body>Nothing</body></html>", Content_Type="text/html")
        site.says["/login"] = answer(b"", "401 Unauthorized")
        yield site


@pytest.fixture
def dialog(engine, qtbot):
    dialog = AddFeed(engine)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.address.setFocus()
    return dialog


def looked(dialog, qtbot, address):
    """Look at an address, and allow it to be on this computer."""
    typed(dialog, qtbot, address)
    qtbot.waitUntil(lambda: dialog.rows["address"].error != "", timeout=10_000)
    dialog.private.click()
    qtbot.waitUntil(lambda: dialog._job is None, timeout=15_000)


def typed(dialog, qtbot, address):
    dialog.address.clear()
    qtbot.keyClicks(dialog.address, address)
    qtbot.keyClick(dialog.address, Qt.Key.Key_Return)


def feeds_of(engine, qtbot):
    with qtbot.waitSignal(engine.ask(Library.feeds).done) as asked:
        pass
    return asked.args[0]


def test_a_private_address_is_refused_until_she_allows_it(dialog, site, qtbot):
    typed(dialog, qtbot, f"{site.url}/news.xml")
    qtbot.waitUntil(lambda: dialog.rows["address"].error != "", timeout=10_000)
    assert "private network" in dialog.rows["address"].error
    assert "--allow-private" not in dialog.rows["address"].error
    assert dialog.private.isVisible()
    assert not site.asked
    assert not dialog.add.isEnabled()


def test_a_feed_is_shown_and_added(dialog, engine, site, qtbot):
    looked(dialog, qtbot, f"{site.url}/news.xml")
    [offer] = dialog.offers
    assert "8 articles" in offer.box.accessibleDescription()
    lines = [line.accessibleName() for line in offer.findChildren(OneLine)]
    assert lines == [f"Article {number}" for number in (8, 7, 6, 5, 4)]
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in offer.findChildren(OneLine))

    dialog.folder.setEditText("Press")
    with qtbot.waitSignal(dialog.added, timeout=15_000) as added:
        qtbot.keyClick(dialog.address, Qt.Key.Key_Return)
    [feed] = feeds_of(engine, qtbot)
    assert [feed.id] == added.args[0]
    assert (feed.folder, feed.allow_private, feed.url) == ("Press", True, f"{site.url}/news.xml")
    assert not dialog.isVisible()


def test_of_several_feeds_she_chooses(dialog, engine, site, qtbot):
    looked(dialog, qtbot, f"{site.url}/")
    assert [offer.box.isChecked() for offer in dialog.offers] == [True, False]
    dialog.offers[1].box.click()
    assert dialog.add.text() == "Add 2 feeds"
    with qtbot.waitSignal(dialog.added, timeout=15_000):
        dialog.add.click()
    assert len(feeds_of(engine, qtbot)) == 2


def test_one_that_is_there_already_is_said(dialog, engine, site, qtbot):
    url = f"{site.url}/comments.xml"
    task = engine.start(Library.subscribe, Subscription(url, folder="Old", allow_private=True), [])
    with qtbot.waitSignal(task.done, timeout=15_000):
        pass
    again = AddFeed(engine)
    qtbot.addWidget(again)
    again.open()
    looked(again, qtbot, url)
    assert not again.add.isEnabled()
    assert again.offers[0].there.isVisible()
    assert "already" in again.offers[0].there.text()


def test_a_page_without_a_feed_says_so(dialog, site, qtbot):
    looked(dialog, qtbot, f"{site.url}/plain")
    assert "offers no feed" in dialog.rows["address"].error
    assert not dialog.offers


def test_a_site_that_wants_a_login_is_given_one(dialog, site, qtbot):
    looked(dialog, qtbot, f"{site.url}/login")
    assert "(401)" in dialog.rows["username"].error
    assert dialog.username.isVisible()
    assert dialog.password.isVisible()


def test_what_makes_no_sense_is_refused_in_words(dialog, qtbot):
    typed(dialog, qtbot, "what")
    qtbot.waitUntil(lambda: dialog.rows["address"].error != "", timeout=10_000)
    assert "not an address" in dialog.rows["address"].error


def test_another_address_forgets_what_was_found_and_allowed(dialog, site, qtbot):
    looked(dialog, qtbot, f"{site.url}/news.xml")
    assert dialog.add.isEnabled()
    qtbot.keyClicks(dialog.address, "x")
    assert not dialog.add.isEnabled()
    assert not dialog.offers
    assert not dialog.private.isChecked()


def test_what_she_says_of_one_host_is_not_told_to_another(dialog):
    dialog._looked_at = "example.org/feed"
    dialog.username.setText("anna")
    dialog.password.setText("secret")
    assert dialog._wanted("https://example.org/feed.xml").username == "anna"
    elsewhere = dialog._wanted("https://feeds.example.net/feed.xml")
    assert (elsewhere.username, elsewhere.password) == ("", "")


def test_a_file_is_for_importing(dialog, qtbot):
    qtbot.keyClicks(dialog.address, "/letters/feeds.opml")
    assert dialog.import_button.isVisible()
    with qtbot.waitSignal(dialog.import_wanted) as wanted:
        dialog.import_button.click()
    assert wanted.args == ["/letters/feeds.opml"]


def test_looking_can_be_stopped_and_esc_closes(dialog, engine, site, qtbot):
    site.says["/slow"] = lambda _request: None
    dialog.private.blockSignals(True)
    qtbot.keyClicks(dialog.address, f"{site.url}/slow")
    dialog.private.setChecked(True)
    dialog.look()
    assert dialog.stop.isVisible()
    job = dialog._job
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: job.is_over, timeout=30_000)


def test_a_dropped_address_is_looked_at(dialog, qtbot):
    from PySide6.QtCore import QMimeData, QPointF
    from PySide6.QtGui import QDropEvent

    data = QMimeData()
    data.setText("http://nobody.invalid/feed")
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    dialog.dropEvent(QDropEvent(QPointF(10, 10), Qt.DropAction.CopyAction, data, button, keys))
    assert dialog.address.text() == "http://nobody.invalid/feed"
    qtbot.waitUntil(lambda: "there is no site" in dialog.rows["address"].error.lower(), timeout=10_000)
