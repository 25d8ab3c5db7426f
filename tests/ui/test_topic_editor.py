"""Making and changing a topic: what it finds is shown, what is wrong is said where it was written, and nothing is lost."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow

from reader.library import Library
from ui.topic_editor import TopicEditor


@pytest.fixture
def made(qtbot, engine):
    window = QMainWindow()
    qtbot.addWidget(window)
    window.show()
    editor = TopicEditor(engine, window)
    editor.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    return SimpleNamespace(editor=editor, engine=engine, window=window)


def topics(qtbot, engine):
    found = []
    task = engine.ask(Library.topics).then(found.extend)
    with qtbot.waitSignal(task.over):
        pass
    return {topic.name: topic for topic in found}


def test_it_shows_what_the_query_finds(qtbot, made):
    made.editor.edit()
    made.editor.query.setPlainText("wallet")
    qtbot.waitUntil(lambda: made.editor.count.text().endswith("articles by now"))
    qtbot.waitUntil(lambda: "(sample)" in made.editor.found.accessibleDescription())


def test_a_problem_is_said_and_shown_and_the_words_are_searched_all_the_same(qtbot, made):
    made.editor.edit()
    made.editor.query.setPlainText("wallet\n(eIDAS OR")
    qtbot.waitUntil(made.editor.show_place.isVisible)
    assert made.editor.found.accessibleDescription()
    made.editor.show_place.click()
    assert made.editor.query.toPlainText() == "wallet (eIDAS OR"
    assert made.editor.query.textCursor().selectionStart() >= 7


def test_enter_saves_a_new_topic_and_it_fills_itself(qtbot, made):
    made.editor.edit()
    made.editor.name.setText("Wallets")
    made.editor.query.setPlainText("wallet")
    with qtbot.waitSignal(made.editor.saved):
        qtbot.keyClick(made.editor.query, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: topics(qtbot, made.engine)["Wallets"].total > 0, timeout=20_000)


def test_a_topic_is_changed(qtbot, made):
    id = topics(qtbot, made.engine)["AI Act"].id
    made.editor.edit(id)
    qtbot.waitUntil(lambda: made.editor.name.text() == "AI Act")
    made.editor.name.setText("The AI Act")
    with qtbot.waitSignal(made.editor.saved):
        made.editor.save()
    assert topics(qtbot, made.engine)["The AI Act"].id == id


def test_what_is_missing_is_said_and_nothing_is_kept(qtbot, made):
    made.editor.edit()
    made.editor.save()
    assert made.editor.rows["name"].error == "A topic needs a name."
    assert made.editor.rows["query"].error == "A topic needs a query."
    assert made.editor.isVisible()


def test_a_name_that_is_taken_is_said_at_the_name_and_can_be_changed(qtbot, made):
    made.editor.edit()
    made.editor.name.setText("AI Act")
    made.editor.query.setPlainText("wallet")
    made.editor.save()
    qtbot.waitUntil(lambda: "already" in made.editor.rows["name"].error)
    assert made.editor.save_button.isEnabled()


def test_a_query_that_cannot_be_kept_is_said_at_the_query(qtbot, made):
    made.editor.edit()
    made.editor.name.setText("Broken")
    made.editor.query.setPlainText("(wallet")
    made.editor.save()
    qtbot.waitUntil(lambda: bool(made.editor.rows["query"].error))


def test_esc_keeps_nothing(qtbot, made):
    made.editor.edit()
    made.editor.name.setText("Wallets")
    made.editor.query.setPlainText("wallet")
    qtbot.keyClick(made.editor, Qt.Key.Key_Escape)
    assert not made.editor.isVisible()
    assert "Wallets" not in topics(qtbot, made.engine)


def longest(qtbot, engine):
    found = []
    task = engine.ask(Library.threads, "heat", 0).then(found.append)
    with qtbot.waitSignal(task.over):
        pass
    return max(found[0][1], key=lambda thread: len(thread.members))


def test_it_says_what_the_query_would_have_brought_and_what_it_misses_of_the_thread(qtbot, made):
    thread = longest(qtbot, made.engine)
    made.editor.edit(None, thread.id)
    made.editor.query.setPlainText("lang:en OR -lang:en")
    qtbot.waitUntil(lambda: made.editor.missing.text().startswith("Finds all of the thread"))
    assert not made.editor.missed.isVisible()
    qtbot.waitUntil(lambda: "of the last 30 days" in made.editor.recent.text())
    made.editor.query.setPlainText(f'title:zeppelin OR (lang:en -lang:en) OR "{thread.members[0].row.title}"')
    qtbot.waitUntil(lambda: made.editor.missing.text().startswith("Misses "))
    titles = made.editor.missed.accessibleDescription()
    assert titles
    assert made.editor.missed.isVisible()


def test_without_a_thread_nothing_is_missed(qtbot, made):
    made.editor.edit()
    made.editor.query.setPlainText("wallet")
    qtbot.waitUntil(lambda: "of the last 30 days" in made.editor.recent.text())
    assert not made.editor.missing.isVisible()
    made.editor.query.setPlainText("wallet (")
    qtbot.waitUntil(made.editor.show_place.isVisible)
    assert made.editor.recent.text() == ""
