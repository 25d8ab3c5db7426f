"""Results: as threads or as articles, what is one's own in them, more like one, and from match to match in the page."""

from __future__ import annotations

import pytest

from reader.library import Library
from reader.store.search import Hit, Snippet
from tests.ui.test_commands import Desk
from ui.list.result_model import said_of
from ui.view import Looking, View


@pytest.fixture
def desk(sample, qtbot):
    desk = Desk(sample)
    qtbot.addWidget(desk.window)
    desk.window.show()
    desk.rest()
    yield desk
    desk.library.close()
    desk.window.close()


def search(qtbot, desk, query):
    desk.view.look(query=query)
    qtbot.waitUntil(lambda: bool(desk.parts.list.found.results.ids) and desk.parts.list.sort_line.switch.text() != "")
    desk.rest()


def test_results_are_threads_or_articles_at_a_press(qtbot, desk):
    search(qtbot, desk, "wallet")
    line, results = desk.parts.list.sort_line, desk.parts.list.found.results
    articles = len(results.ids)
    assert line.switch.text() == "in threads"
    line.switch.click()
    qtbot.waitUntil(lambda: line.switch.text() == f"{articles} articles")
    threads = desk.library.search("wallet", threads=True).threads
    assert results.total == len(results.ids) == threads < articles
    desk.do("as_threads")
    qtbot.waitUntil(lambda: len(results.ids) == articles)


def test_a_passage_of_ones_own_says_so():
    hit = Hit(1, 1.0, Snippet("ask the desk"), Snippet("A title"), "note", more=3)
    assert said_of(hit) == "Your note: ask the desk. 3 more in its thread"


def test_more_like_one_is_a_list_that_says_so_and_esc_leads_back(qtbot, desk):
    search(qtbot, desk, "wallet")
    results = desk.parts.list.found.results
    first = results.ids[0]
    desk.parts.list.found.choose(results.index(0))
    qtbot.waitUntil(lambda: desk.view.looking.selection.article == first)
    desk.do("more_like")
    wanted = [hit.id for hit in desk.library.more_like(first, 200).hits]
    qtbot.waitUntil(lambda: list(results.ids) == wanted)
    assert "Like “" in desk.parts.list.sort_line.accessibleDescription()
    desk.window.places.leave()
    qtbot.waitUntil(lambda: desk.view.looking.query == "wallet")
    assert desk.view.looking.selection.article == first


def test_who_looks_elsewhere_looks_for_likeness_no_more():
    view = View()
    view.look(like=7)
    assert view.looking.is_search
    view.look(narrowing="unread")
    assert view.looking == Looking(narrowing="unread")


def test_one_goes_from_match_to_match_in_the_article(qtbot, desk):
    search(qtbot, desk, "wallet")
    desk.parts.list.found.choose(desk.parts.list.found.results.index(0))
    desk.rest()
    page = desk.parts.page.page
    qtbot.waitUntil(lambda: bool(page._matches.marks))
    desk.do("next_match")
    first = page.match
    assert first >= 0
    desk.do("next_match")
    assert page.match == (first + 1) % len(page._matches.marks)
    desk.do("previous_match")
    page.column_changed.emit()
    assert page.match == first, "a page that is set anew is still at its match"


def test_the_view_is_searched_alone_and_its_clause_can_be_taken_away(qtbot, desk):
    topic = desk.library.topics()[0]
    from reader.records import Scope

    desk.view.look(scope=Scope("topic", topic.id))
    desk.do("search_here")
    field = desk.parts.search.field
    qtbot.waitUntil(lambda: field.text() == f'topic:"{topic.name}" ')
    desk.do("search_here")
    qtbot.waitUntil(lambda: field.text() == "")


def test_save_this_search_opens_what_is_kept_already(qtbot, desk):
    from ui.search.saving import SearchSheet

    made = desk.window.engine.call(Library.save_search, "Wallets", "wallet")
    with qtbot.waitSignal(made.over):
        pass
    search(qtbot, desk, "wallet")
    desk.do("save_search")
    qtbot.waitUntil(lambda: desk.window.findChild(SearchSheet) is not None)
    sheet = desk.window.findChild(SearchSheet)
    assert sheet.heading.text() == "Edit the search"
    assert sheet.name.text() == "Wallets"
    sheet.reject()
    desk.window.parts.sidebar.search_wanted.emit("remove", desk.library.saved_searches()[0].id)
    desk.rest()
    assert desk.said == "Removed the search"
    desk.do("undo")
    assert [search.name for search in desk.library.saved_searches()] == ["Wallets"]


def test_what_is_saved_while_one_types_is_what_is_written_and_what_the_list_shows(qtbot, desk):
    from ui.search.saving import SearchSheet

    field = desk.parts.search.field
    qtbot.keyClicks(field, "walle")
    qtbot.waitUntil(lambda: desk.view.looking.query == "walle" and desk.view.looking.is_typing)
    qtbot.keyClicks(field, "t")
    desk.do("save_search")
    qtbot.waitUntil(lambda: desk.window.findChild(SearchSheet) is not None)
    sheet = desk.window.findChild(SearchSheet)
    assert sheet.query.text() == desk.view.looking.query == "wallet"
    assert not desk.view.looking.is_typing
    sheet.reject()


def test_an_alert_leads_to_its_article(qtbot, desk):
    from ui.search.alerts import AlertSheet

    article = desk.library.search("wallet").hits[0].id
    desk.do("alerts")
    sheet = desk.window.findChild(AlertSheet)
    qtbot.waitUntil(lambda: sheet.said.text().startswith("No alert yet"))
    from datetime import UTC, datetime

    from reader.records import Alert

    sheet.opened.emit(Alert(1, 1, "W", article, "T", ("wallet",), datetime.now(UTC), True))
    sheet.reject()
    assert desk.view.looking.selection.article == article


def test_an_article_found_by_the_analysts_note_is_drawn_with_it(qtbot, desk):
    article = desk.library.search("wallet").hits[0].id
    made = desk.window.engine.call(Library.note, "zanzibar, ask the desk", article=article)
    with qtbot.waitSignal(made.over):
        pass
    desk.window.engine.start(Library.bring_level)
    desk.rest()
    search(qtbot, desk, "zanzibar")
    from PySide6.QtCore import Qt

    results = desk.parts.list.found.results
    qtbot.waitUntil(lambda: list(results.ids) == [article])
    assert "Your note: zanzibar" in results.data(results.index(0), Qt.ItemDataRole.AccessibleTextRole)
    desk.parts.list.found.grab()


def test_the_switch_never_lies_over_the_headings(desk, qtbot):
    search(qtbot, desk, "wallet")
    line = desk.parts.list.sort_line
    for wide in (340, 372, 432, 600):
        line.resize(wide, line.height())
        assert line.switch.isHidden() or line.switch.geometry().right() < line._first_heading()
    assert not line.switch.isHidden()
