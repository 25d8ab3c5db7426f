"""The sidebar: what stands in it, where it leads, what it tells of; and its foot."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QByteArray, QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMainWindow, QMenu

from reader.library import Library
from reader.outcomes import FeedOutcome, RefreshOutcome
from reader.records import Counts, Ended, Feed, Progress, Scope, Topic
from ui import theme
from ui.actions import Actions
from ui.side.freshness import Freshness
from ui.side.model import Folds, SidebarModel, narrow, troubles, wide
from ui.side.sidebar import Sidebar
from ui.view import View
from ui.window_settings import WindowSettings

COUNTS = Counts(100, 42, 7, 9, 31, 4, {1: 18, 2: 0}, {1: 3, 2: 4, 3: 0})
TOPICS = [Topic(1, "Biometrics", "biometri*"), Topic(2, "AI Act", "ai")]
FEEDS = [
    Feed(3, "https://lone.example/feed", ""),
    Feed(1, "https://a.example/feed", "CNIL", "Regulators"),
    Feed(2, "https://b.example/feed", "Sample <b>Parliament</b>", "Regulators", status="error", error="the server answered 503"),
]


class Jobs(QObject):
    """An engine that only tells of jobs."""

    started = Signal(object)


class Job(QObject):
    """A job that does as it is told."""

    progress, done, over = Signal(object), Signal(object), Signal()

    def __init__(self, name):
        super().__init__()
        self.name = name


@pytest.fixture
def made(qtbot, engine, tmp_path):
    """A sidebar on the sample coverage, with what it knows."""
    window = QMainWindow()
    qtbot.addWidget(window)
    view, settings = View(window), WindowSettings(tmp_path)
    sidebar = Sidebar(engine, view, Actions(window), settings)
    qtbot.addWidget(sidebar)
    sidebar.resize(216, 700)
    sidebar.show()
    qtbot.waitUntil(lambda: row(sidebar, "CNIL, France (in English)") >= 0 and entry(sidebar, "Unread").count > 0)
    return SimpleNamespace(sidebar=sidebar, view=view, entries=sidebar.entries, settings=settings, window=window, engine=engine)


def row(sidebar, name):
    return sidebar.entries.lines.row_where({"name": name})


def entry(sidebar, name):
    return sidebar.entries.lines.entries[row(sidebar, name)]


def place(made, name, dx=60):
    rect = made.entries.visualRect(made.entries.lines.index(row(made.sidebar, name)))
    return QPoint(rect.left() + dx, rect.center().y())


def press(qtbot, made, name, dx=60, button=Qt.MouseButton.LeftButton):
    qtbot.mouseClick(made.entries.viewport(), button, pos=place(made, name, dx))


# What stands in it


def test_views_topics_and_feeds_stand_in_order_with_their_counts():
    lines = wide(COUNTS, TOPICS, FEEDS, Folds())
    assert [line.name for line in lines] == [
        "All", "Unread", "Hot", "Starred", "Annotated", "Briefings", "Topics", "Biometrics", "AI Act", "Saved searches",
        "Save a search to keep it here", "Feeds", "https://lone.example/feed", "Regulators", "CNIL", "Sample <b>Parliament</b>",
    ]  # fmt: skip
    assert [line.count for line in lines if line.name in ("Unread", "Biometrics", "Regulators", "CNIL")] == [42, 18, 7, 3]


def test_what_is_closed_hides_what_is_in_it_and_an_open_empty_section_says_what_it_is_for():
    folds = Folds().with_("folder:Regulators", is_open=False).with_("section:Saved searches", is_open=True)
    names = [line.name for line in wide(COUNTS, TOPICS, FEEDS, folds)]
    assert "CNIL" not in names
    assert "Save a search to keep it here" in names


def test_a_reader_of_screens_hears_counts_state_and_trouble():
    spoken = {line.name: line.spoken for line in wide(COUNTS, TOPICS, FEEDS, Folds())}
    assert spoken["Unread"] == "Unread, 42"
    assert spoken["Biometrics"] == "Biometrics, 18 unread"
    assert spoken["Regulators"] == "Folder \u2068Regulators\u2069, 7 unread, open"
    assert spoken["Sample <b>Parliament</b>"].endswith("4 unread, The server answered 503")


def test_feeds_that_wait_for_a_network_bear_no_sign_but_one_that_fails_alone_does():
    lost = "the network of the site cannot be reached; is this computer online?"
    one, other, third = (replace(feed, status="error", error=lost) for feed in FEEDS)
    assert troubles([one, other, replace(third, error="The server answered 503")]) == {third.id: "The server answered 503"}
    assert set(troubles([one, replace(other, status="new"), FEEDS[2]])) == {one.id, FEEDS[2].id}
    assert not any(line.trouble for line in wide(COUNTS, TOPICS, [one, other, third], Folds()))


def test_a_tooltip_is_never_markup_of_a_feed(qtbot):
    model = SidebarModel()
    model.set_entries(wide(COUNTS, TOPICS, FEEDS, Folds()))
    tip = model.data(model.index(15), Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;Parliament" in tip
    assert "The server answered 503" in tip


def test_new_counts_change_lines_and_move_none(qtbot, qtmodeltester):
    model = SidebarModel()
    model.set_entries(wide(COUNTS, TOPICS, FEEDS, Folds()))
    qtmodeltester.check(model)
    with qtbot.assertNotEmitted(model.rowsInserted), qtbot.waitSignal(model.dataChanged) as changed:
        model.set_entries(wide(Counts(1, 1, 7, 9, 31, 4, {1: 18, 2: 0}, COUNTS.feeds), TOPICS, FEEDS, Folds()))
    assert (changed.args[0].row(), changed.args[1].row()) == (1, 1)


def test_a_feed_less_takes_only_its_line_away(qtbot):
    model = SidebarModel()
    model.set_entries(wide(COUNTS, TOPICS, FEEDS, Folds()))
    with qtbot.waitSignal(model.rowsRemoved) as removed:
        model.set_entries(wide(COUNTS, TOPICS, [FEEDS[0], FEEDS[2]], Folds()))
    assert removed.args[1:] == [14, 14]
    assert model.entries == wide(COUNTS, TOPICS, [FEEDS[0], FEEDS[2]], Folds())


def test_the_narrow_form_has_icons_for_everything():
    lines = narrow(COUNTS, TOPICS)
    assert [line.kind for line in lines] == [*["view"] * 6, "rule", "topic", "topic", "rule", "search", "rule", "folders"]
    assert all(line.icon for line in lines if line.kind != "rule")


# Where it leads


def test_a_press_looks_at_what_was_pressed(qtbot, made):
    for name, scope in (("Unread", Scope("unread")), ("AI Act", Scope("topic", entry(made.sidebar, "AI Act").id))):
        made.view.look(query="iris")
        press(qtbot, made, name)
        assert (made.view.looking.place, made.view.looking.scope, made.view.looking.query) == ("desk", scope, "")
    press(qtbot, made, "Briefings")
    assert made.view.looking.place == "briefings"


def test_arrows_go_over_lines_and_look_where_they_stop(qtbot, made):
    made.entries.setFocus()
    qtbot.keyClick(made.entries, Qt.Key.Key_Down)
    qtbot.keyClick(made.entries, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: made.view.looking.scope == Scope("hot"))


def test_enter_on_what_is_looked_at_goes_into_the_list(qtbot, made):
    made.entries.setFocus()
    with qtbot.waitSignal(made.sidebar.went_in):
        qtbot.keyClick(made.entries, Qt.Key.Key_Return)


def test_it_follows_the_view_and_does_not_scroll_for_it(qtbot, made):
    bar = made.entries.verticalScrollBar()
    bar.setValue(bar.maximum())
    before = bar.value()
    made.view.look(scope=Scope("unread"))
    assert made.entries.currentIndex().row() == row(made.sidebar, "Unread")
    assert bar.value() == before


def test_folders_open_and_close_with_keys_and_are_remembered(qtbot, made, engine):
    made.entries.setFocus()
    made.view.look(scope=Scope("folder", name="Regulators"))
    qtbot.keyClick(made.entries, Qt.Key.Key_Left)
    assert entry(made.sidebar, "Regulators").is_open is False
    assert row(made.sidebar, "CNIL, France (in English)") < 0
    again = Sidebar(engine, made.view, Actions(made.window), made.settings)
    qtbot.addWidget(again)
    qtbot.waitUntil(lambda: row(again, "Regulators") >= 0)
    assert entry(again, "Regulators").is_open is False
    qtbot.keyClick(made.entries, Qt.Key.Key_Right)
    assert row(made.sidebar, "CNIL, France (in English)") > 0


def test_left_goes_from_a_feed_to_its_folder(qtbot, made):
    made.entries.setFocus()
    made.view.look(scope=Scope("feed", entry(made.sidebar, "CNIL, France (in English)").id))
    qtbot.keyClick(made.entries, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: made.view.looking.scope == Scope("folder", name="Regulators"))


def test_the_chevron_opens_and_does_not_look(qtbot, made):
    made.entries.scrollTo(made.entries.lines.index(row(made.sidebar, "Regulators")))
    press(qtbot, made, "Regulators", dx=8)
    assert entry(made.sidebar, "Regulators").is_open is False
    assert made.view.looking.scope == Scope()


def test_a_feed_that_is_looked_at_from_elsewhere_opens_its_folder(made):
    id = entry(made.sidebar, "CNIL, France (in English)").id
    made.sidebar._set_fold("folder:Regulators", is_open=False)
    made.view.look(scope=Scope("feed", id))
    assert made.entries.lines.entry(made.entries.currentIndex()).id == id


# What changes


def test_what_is_read_elsewhere_is_counted_again(qtbot, made):
    before = entry(made.sidebar, "Unread").count
    made.engine.call(Library.mark_read, [1, 2, 3])
    qtbot.waitUntil(lambda: entry(made.sidebar, "Unread").count != before)


def test_a_topic_that_is_removed_while_it_is_looked_at_gives_way_to_everything(qtbot, made):
    id = entry(made.sidebar, "AI Act").id
    made.view.look(scope=Scope("topic", id))
    made.engine.call(Library.remove_topic, id)
    qtbot.waitUntil(lambda: made.view.looking.scope == Scope())
    assert row(made.sidebar, "AI Act") < 0


# Menus


def test_a_right_press_asks_for_a_menu_and_looks_at_nothing(qtbot, made):
    press(qtbot, made, "Unread", button=Qt.MouseButton.RightButton)
    assert made.view.looking.scope == Scope()


@pytest.mark.parametrize(
    ("words", "wanted"), [("Remove", "remove"), ("Mark all read", "mark_read"), ("Copy its address", "copy_address")]
)
def test_the_menu_of_a_feed_tells_what_is_wanted(qtbot, made, words, wanted):
    feed = entry(made.sidebar, "CNIL, France (in English)")
    menu = made.sidebar.menu_of(feed)
    with qtbot.waitSignal(made.sidebar.feed_wanted) as told:
        next(action for action in menu.actions() if action.text() == words).trigger()
    assert told.args == [wanted, feed.id]


def test_the_plus_and_the_key_ask_for_a_new_topic(qtbot, made):
    with qtbot.waitSignal(made.sidebar.topic_wanted) as told:
        press(qtbot, made, "Topics", dx=made.entries.viewport().width() - 12)
    assert told.args == ["add", 0]
    made.entries.setFocus()
    made.view.look(scope=Scope("topic", entry(made.sidebar, "AI Act").id))
    with qtbot.waitSignal(made.sidebar.topic_wanted):
        qtbot.keyClick(made.entries, Qt.Key.Key_Insert)


def test_the_narrow_form_reaches_a_feed_by_menu(made):
    made.sidebar.set_narrow(True)
    assert made.sidebar.maximumWidth() == 52
    menu = made.sidebar.folders_menu()
    folder = next(menu for menu in menu.findChildren(QMenu) if menu.objectName() == "Regulators")
    folder.aboutToShow.emit()
    feed = next(action for action in folder.actions() if action.text().startswith("CNIL"))
    feed.trigger()
    assert made.view.looking.scope.kind == "feed"


# The foot


@pytest.fixture
def foot(qtbot, tmp_path):
    jobs = Jobs()
    freshness = Freshness(jobs, WindowSettings(tmp_path))
    qtbot.addWidget(freshness)
    freshness.set_feeds([replace(feed, status="") for feed in FEEDS], 1)
    return SimpleNamespace(jobs=jobs, foot=freshness)


def refresh(made, *statuses):
    job = Job("refresh")
    made.jobs.started.emit(job)
    feeds = [FeedOutcome(number, "", "", status) for number, status in enumerate(statuses)]
    job.done.emit(Ended(True, (RefreshOutcome(feeds),)))
    job.over.emit()


def test_a_refresh_says_how_far_it_is(foot):
    assert foot.foot.state.words == "Not refreshed yet"
    job = Job("refresh")
    foot.jobs.started.emit(job)
    job.progress.emit(Progress(112, 386, "Asking feeds"))
    assert foot.foot.state.words == "112 of 386 feeds"
    assert foot.foot.state.share == pytest.approx(112 / 386)
    job.progress.emit(Progress(1, 2, "Threads"))
    assert foot.foot.state.words == "Grouping into threads"


def test_after_a_refresh_the_time_is_said_and_kept(foot, qtbot, tmp_path):
    refresh(foot, "new", "error")
    assert foot.foot.state.words.startswith("Updated ")
    assert foot.foot.accessibleName().endswith("; 1 feed needs a look")
    again = Freshness(Jobs(), WindowSettings(tmp_path))
    qtbot.addWidget(again)
    assert again.state.words == foot.foot.state.words


def test_a_refresh_that_failed_everywhere_means_offline_until_one_succeeds(foot):
    refresh(foot, "error", "error")
    assert foot.foot.state.words == "Offline, reading what is saved"
    refresh(foot, "unchanged", "error")
    assert foot.foot.state.words.startswith("Updated ")


def test_one_feed_asked_by_itself_says_nothing_of_the_others(foot):
    refresh(foot, "error")
    assert foot.foot.state.words == "Not refreshed yet"


def test_what_another_process_refreshed_is_not_said_to_be_untouched(foot):
    foot.foot.set_feeds(FEEDS, 1)
    assert foot.foot.state.words == "Refreshed earlier"


def test_a_name_as_long_as_a_book_is_neither_said_nor_shown_whole(made):
    feed = Feed(9, "https://a.example/", "x" * 1_000_000)
    (line,) = [line for line in wide(COUNTS, [], [feed], Folds()) if line.kind == "feed"]
    assert len(line.tip) < 1000
    assert len(line.spoken) < 1000
    made.entries.show_lines([line], made.view.looking)
    assert not made.entries.grab().isNull()


def test_a_time_that_cannot_be_read_is_no_time(foot, qtbot, tmp_path):
    settings = WindowSettings(tmp_path)
    settings.keep("refreshed", QByteArray(b"yesterday"))
    freshness = Freshness(Jobs(), settings)
    qtbot.addWidget(freshness)
    assert freshness.state.words == "Not refreshed yet"
    settings.keep("refreshed", QByteArray(datetime.now(UTC).isoformat().encode()))
    assert freshness.state.words.startswith("Updated ")


def test_the_foot_opens_activity_with_a_key(qtbot, made):
    qtbot.keyClick(made.sidebar.freshness, Qt.Key.Key_Return)
    assert made.view.looking.place == "activity"
    assert made.sidebar.freshness.isChecked()


def test_it_is_drawn_in_both_themes_and_forms(qapp, made):
    for name in ("light", "dark"):
        theme.apply(qapp, name)
        for is_narrow in (False, True):
            made.sidebar.set_narrow(is_narrow)
            assert not made.sidebar.grab().isNull()
