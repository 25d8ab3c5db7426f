"""In a topic one sees why an article is there: the words that its query matched."""

from __future__ import annotations

import pytest

from reader.errors import NotFound
from reader.library import Library
from reader.records import Scope
from ui.page.topic_words import TopicWords
from ui.view import Selection, View

PATIENCE = 20_000


@pytest.fixture
def found(engine, qtbot):
    qtbot.waitUntil(lambda: engine.is_ready, timeout=PATIENCE)
    with qtbot.waitSignal(engine.ask(Library.topics).done, timeout=PATIENCE) as asked:
        pass
    topic = next(one for one in asked.args[0] if one.name == "Biometric identification")
    with qtbot.waitSignal(engine.ask(Library.listing, Scope("topic", topic.id)).done, timeout=PATIENCE) as asked:
        pass
    return topic.id, list(asked.args[0].members)


def heard(words):
    told = []
    words.found.connect(told.append)
    return told


def test_the_words_that_a_topic_matched_are_told_for_the_article_and_forgotten_elsewhere(engine, found, qtbot):
    topic, members = found
    view = View()
    words = TopicWords(engine, view, view)
    told = heard(words)
    view.look(scope=Scope("topic", topic), selection=Selection(article=members[0]))
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE)
    assert told[0]
    assert all(isinstance(word, str) for word in told[0])
    view.look(selection=Selection(article=members[0], thread=1))
    view.look(scope=Scope("unread"))
    assert told[1:] == [()]


def test_a_search_in_a_topic_marks_its_own_words(engine, found, qtbot):
    topic, members = found
    view = View()
    told = heard(TopicWords(engine, view, view))
    view.look(scope=Scope("topic", topic), query="fine", selection=Selection(article=members[0]))
    view.look(query="fines", selection=Selection(article=members[0]))
    qtbot.wait(50)
    assert told == []


def test_what_is_not_found_by_a_topic_has_no_words_and_a_topic_that_is_gone_none_either(engine, found, qtbot):
    topic, members = found
    with qtbot.waitSignal(engine.ask(Library.articles, 0).done, timeout=PATIENCE) as asked:
        pass
    stranger = next(one.row.id for one in asked.args[0][1] if one.row.id not in members)
    view = View()
    told = heard(TopicWords(engine, view, view))
    view.look(scope=Scope("topic", topic), selection=Selection(article=stranger))
    qtbot.waitUntil(lambda: told == [()], timeout=PATIENCE)
    view.look(scope=Scope("topic", 9_999), selection=Selection(article=members[0]))
    qtbot.waitUntil(lambda: told == [(), ()], timeout=PATIENCE)
    with qtbot.waitSignal(engine.ask(Library.topic_words, 9_999, members[0]).failed, timeout=PATIENCE) as failed:
        pass
    assert isinstance(failed.args[0], NotFound)
