"""A feed in trouble says what happened and what can be done; each step does it, and can be taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from reader.library import Library
from reader.outcomes import ImportOutcome, RefreshOutcome
from reader.records import Feed
from ui import feed_words
from ui.actions import Actions
from ui.feeds.health import MOST_CARDS, FeedHealth
from ui.feeds.table import FeedModel, FeedTable

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
OPML = """<opml version="2.0"><body>
<outline text="&lt;b&gt;Nobody&lt;/b&gt;" type="rss" xmlUrl="http://nobody.invalid/feed" htmlUrl="http://nobody.invalid/"/>
<outline text="Own" type="rss" xmlUrl="http://127.0.0.1:9/feed"/>
</body></opml>"""


@pytest.fixture
def engine(started, tmp_path):
    """An engine on a library of two feeds, both of which just failed."""
    opml = tmp_path / "feeds.opml"
    opml.write_text(OPML, "utf-8")
    library = Library(tmp_path / "library")
    _run(library.import_([opml], ImportOutcome(), allow_private=True))
    for feed in library.feeds():
        library.edit_feed(feed.id, allow_private=False)
    _run(library.refresh(RefreshOutcome()))
    library.close()
    return started(tmp_path / "library")


@pytest.fixture
def health(engine, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    part = FeedHealth(engine, Actions(window))
    qtbot.addWidget(part)
    part.resize(720, 800)
    part.show()
    qtbot.waitUntil(lambda: len(part.cards) == 2)
    yield part  # noqa: PT022 - the window must live as long


def _run(job):
    for _ in job:
        continue


def made(id, status="error", error="the server took too long over it (408)", **more):
    return Feed(id, f"https://example.org/{id}", more.pop("title", f"Feed {id}"), status=status, error=error, **more)


def card(health, title):
    return next(card for card in health.cards if card.trouble.feed.title == title)


def test_trouble_is_said_in_words_as_plain_text(health):
    assert health.title.text() == "2 feeds need you"
    nobody = card(health, "<b>Nobody</b>")
    assert "there is no site nobody.invalid" in nobody.trouble.what.lower()
    assert nobody._name.text() == "<b>Nobody</b>"
    assert nobody._name.textFormat() == Qt.TextFormat.PlainText
    assert "What it brought is kept." in nobody.trouble.safe


def test_stop_asking_takes_the_feed_away_and_undo_brings_it_back(health, engine, qtbot):
    card(health, "Own").buttons["stop"].click()
    qtbot.waitUntil(lambda: len(health.cards) == 1, timeout=5000)
    engine.call(Library.undo)
    qtbot.waitUntil(lambda: len(health.cards) == 2, timeout=5000)


def test_a_private_address_can_be_allowed_and_is_asked_again(health, engine, qtbot):
    own = card(health, "Own")
    assert "allow-private" not in own.trouble.what  # the words of the shell
    started = []
    engine.started.connect(started.append)
    own.buttons["private"].click()
    qtbot.waitUntil(lambda: bool(started), timeout=5000)
    assert started[0].name == "refresh"
    qtbot.waitUntil(lambda: "private" not in card(health, "Own").trouble.what, timeout=10_000)


def test_an_unknown_site_is_tried_again(health, engine, qtbot):
    with qtbot.waitSignal(engine.started) as started:
        card(health, "<b>Nobody</b>").buttons["again"].click()
    qtbot.waitUntil(lambda: started.args[0].is_over, timeout=10_000)


def test_a_feed_that_wants_a_login_asks_for_it(health, qtbot):
    health._on_feeds([made(7, error="the server wants a name and password (401)")])
    with qtbot.waitSignal(health.edit_wanted) as wanted:
        health.cards[0].buttons["login"].click()
    assert wanted.args == [7]


def test_cards_stay_where_they_are_while_their_words_change(health):
    first = made(1)
    health._on_feeds([first, made(2)])
    before = health.cards
    before[1].buttons["again"].setFocus()
    health._on_feeds([first, made(2, error="the server has an error of its own (500)")])
    assert health.cards == before
    assert "500" in before[1].trouble.what
    assert before[1].has_focus


def test_a_card_that_goes_hands_the_focus_on(health):
    health._on_feeds([made(1), made(2)])
    health.cards[1].buttons["again"].setFocus()
    health._on_feeds([made(1)])
    assert health.cards[0].has_focus


def test_without_a_network_it_is_said_once(health):
    error = "the network of the site cannot be reached; is this computer online?"
    health._on_feeds([made(id, error=error) for id in range(1, 400)])
    assert not health.cards
    assert health._offline.isVisible()
    assert "399 feeds" in health._offline.accessibleName()


def test_no_more_cards_than_one_can_read(health):
    health._on_feeds([made(id) for id in range(1, 100)])
    assert len(health.cards) == MOST_CARDS
    assert "87 more feeds" in health._rest.text()


def test_no_feeds_is_said_with_what_to_do(health):
    health._on_feeds([])
    assert health._empty.isVisible()
    assert not health.table.isVisible()


@pytest.mark.parametrize(
    ("feed", "steps"),
    [
        (made(1, error="the server wants a name and password (401)"), ("login", "site", "stop")),
        (made(1, error="there is nothing at this address (404); it may have moved"), ("address", "site", "stop")),
        (made(1, "gone", "it is gone for good (410)"), ("address", "site", "stop")),
        (made(1, "unchanged", "", moved_to="https://elsewhere.example/feed"), ("move", "site", "stop")),
        (made(1), ("again", "site", "stop")),
    ],
)
def test_the_steps_suit_the_cause(feed, steps):
    assert feed_words.needs_you(feed)
    assert feed_words.trouble(feed, 0, NOW).steps == steps


def test_a_move_to_https_is_nothing_to_decide():
    assert not feed_words.needs_you(made(1, "new", "", moved_to="https://www.example.org/1/"))


def test_what_is_safe_and_when_it_is_asked_again():
    feed = made(1, next_refresh=NOW + timedelta(hours=1))
    assert feed_words.safe(feed, 42, NOW).startswith("Everything it brought is kept; 42 articles are unread. Next try ")
    assert feed_words.safe(made(1, "gone"), 0, NOW) == "What it brought is kept. It is not asked again."


def test_the_table_orders_and_keeps_the_chosen_feed(qtbot):
    table = FeedTable()
    qtbot.addWidget(table)
    feeds = [made(1, "new", "", title="b"), made(2, title="c"), made(3, "new", "", title="a")]
    table.show_feeds(feeds)
    assert [table.model_.feed(row).title for row in range(3)] == ["a", "b", "c"]
    table.setCurrentIndex(table.model_.index(1, 0))
    table.sortByColumn(4, Qt.SortOrder.AscendingOrder)
    assert table.model_.feed(0).id == 2  # in trouble
    assert table.current().id == 1
    table.show_feeds(feeds[:2])
    assert table.current().id == 1
    with qtbot.waitSignal(table.chosen) as chosen:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert chosen.args == [1]


def test_a_cell_tells_itself_to_a_screen_reader_and_a_tooltip_is_no_markup():
    model = FeedModel()
    model.set_feeds([made(1, title="<img src=x>")])
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Feed: <img src=x>"
    assert "<img" not in model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
