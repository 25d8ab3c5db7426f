"""Saved searches: kept with their test and their alert, found again in the sidebar, changed, and taken back."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow

from reader.library import Library
from reader.records import Counts, SavedSearch
from ui.search.alerts import AlertSheet
from ui.search.saving import SearchSheet
from ui.side.model import Folds, wide
from ui.view import Looking

NOTHING = Counts(0, 0, 0, 0, 0, 0, {}, {})


@pytest.fixture
def made(qtbot, engine, shelf):
    window = QMainWindow()
    qtbot.addWidget(window)
    window.show()
    return SimpleNamespace(engine=engine, shelf=shelf, window=window)


def asked(qtbot, engine, question, *args, **kwargs):
    found = []
    task = engine.ask(question, *args, **kwargs).then(found.append)
    with qtbot.waitSignal(task.over):
        pass
    return found[0]


def sheet(made, ids=()):
    opened = SearchSheet(made.engine, made.shelf.article_rows(ids), made.window)
    opened.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    return opened


def hits(qtbot, engine, query):
    return [hit.id for hit in asked(qtbot, engine, Library.search, query).hits]


def test_a_search_is_kept_with_its_alert_and_its_test(qtbot, made):
    first = hits(qtbot, made.engine, "wallet")[0]
    saving = sheet(made, [first])
    saving.save_new("wallet")
    saving.add_buttons[0].click()
    saving.alert.setChecked(True)
    saving.name.setText("Wallets")
    qtbot.waitUntil(lambda: saving.verdict.text() == "The test holds.")
    with qtbot.waitSignal(saving.saved):
        saving.save()
    kept = asked(qtbot, made.engine, Library.saved_searches)[0]
    assert (kept.name, kept.query, kept.alert, kept.must) == ("Wallets", "wallet", True, (first,))


def test_what_another_query_misses_is_named_while_one_writes(qtbot, made):
    first = hits(qtbot, made.engine, "wallet")[0]
    title = made.shelf.article_rows([first])[0].title
    saving = sheet(made, [first])
    saving.save_new("wallet")
    saving.add_buttons[0].click()
    saving.query.setText("clearview NOT wallet")
    qtbot.waitUntil(lambda: title[:30] in saving.verdict.text())
    saving.query.setText("wallet")
    qtbot.waitUntil(lambda: saving.verdict.text() == "The test holds.")


def test_the_test_of_a_kept_search_is_asked_of_the_library(qtbot, made):
    first, second = hits(qtbot, made.engine, "wallet")[:2]
    with qtbot.waitSignal(made.engine.call(Library.save_search, "W", "wallet", must=[first], must_not=[second]).over):
        pass
    saving = sheet(made)
    saving.edit(asked(qtbot, made.engine, Library.saved_searches)[0])
    qtbot.waitUntil(lambda: saving.verdict.text().startswith("It finds, and must not"))
    saving.must_not.setCurrentRow(0)
    qtbot.keyClick(saving.must_not, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: saving.verdict.text() == "The test holds.")
    with qtbot.waitSignal(saving.saved):
        saving.save()
    assert asked(qtbot, made.engine, Library.saved_searches)[0].must_not == ()


def test_a_query_that_is_not_understood_is_said_under_it_and_nothing_is_kept(qtbot, made):
    saving = sheet(made)
    saving.save_new("(wallet OR")
    saving.save()
    qtbot.waitUntil(lambda: bool(saving.rows["query"].error))
    assert saving.isVisible()
    assert asked(qtbot, made.engine, Library.saved_searches) == []


def test_without_a_name_it_is_not_kept(qtbot, made):
    saving = sheet(made)
    saving.save_new("wallet")
    saving.name.clear()
    saving.save()
    assert saving.rows["name"].error


def test_the_sidebar_shows_what_is_unread_the_alert_and_a_test_that_fails():
    kept = [
        SavedSearch(1, "Iris", "iris", unread=4, alert=True, unseen=2),
        SavedSearch(2, "Wallets", "wallet", missed=(7,)),
    ]
    lines = {entry.name: entry for entry in wide(NOTHING, (), (), Folds(), kept)}
    assert lines["Iris"].spoken == "Iris, 4 unread, alert, 2 not looked at"
    assert lines["Wallets"].trouble == "Its test names 1 article that it gets wrong"
    assert lines["Alerts"].count == 2
    assert lines["Iris"].is_of(Looking(query="iris"))
    assert not lines["Iris"].is_of(Looking())


def test_alerts_are_told_with_their_words_and_seen_when_they_are_opened(qtbot, made, tmp_path):
    with qtbot.waitSignal(made.engine.call(Library.save_search, "Iris", "iris", alert=True).over):
        pass
    with qtbot.waitSignal(made.engine.start(Library.bring_level).over, timeout=20_000):
        pass
    import json

    from reader.outcomes import ImportOutcome

    records = tmp_path / "new.json"
    records.write_text(json.dumps([{"title": f"An iris {n}", "excerpt": "x", "webUrl": f"https://n.example/{n}"} for n in "ab"]))
    with qtbot.waitSignal(made.engine.start(Library.import_, [records], ImportOutcome()).over, timeout=20_000):
        pass
    with qtbot.waitSignal(made.engine.start(Library.bring_level).over, timeout=20_000):
        pass
    alerts = AlertSheet(made.engine, made.window)
    alerts.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    alerts.open()
    qtbot.waitUntil(lambda: alerts.said.text() == "2 alerts not looked at")
    said = alerts.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Iris" in said
    assert "“\u2068iris\u2069”" in said
    alerts.list.setCurrentRow(0)
    with qtbot.waitSignal(alerts.opened):
        qtbot.keyClick(alerts.list, Qt.Key.Key_Return)
    alerts.open()
    qtbot.waitUntil(lambda: alerts.said.text() == "1 alert not looked at")
    alerts.seen_button.click()
    qtbot.waitUntil(lambda: alerts.said.text() == "All looked at")


def test_a_test_whose_titles_have_not_come_yet_is_not_lost(qtbot, made):
    first = hits(qtbot, made.engine, "wallet")[0]
    with qtbot.waitSignal(made.engine.call(Library.save_search, "W", "wallet", must=[first]).over):
        pass
    saving = sheet(made)
    saving.edit(asked(qtbot, made.engine, Library.saved_searches)[0])
    with qtbot.waitSignal(saving.saved):
        saving.save()
    assert asked(qtbot, made.engine, Library.saved_searches)[0].must == (first,)
