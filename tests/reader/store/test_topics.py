"""A topic finds its articles by itself, now and later; an undo brings it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reader.errors import NotFound, QueryError, Refused
from reader.jobs import index
from reader.records import Record
from reader.store import articles, states, topics

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.store.database import Database


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.store.search.index._sync", lambda path: None)


def keep(database: Database, *titles: str) -> list[int]:
    with database.write() as db:
        records = (Record(title=title, language="en", web_url=f"https://example.org/{title}") for title in titles)
        return [articles.keep(db, record, database.now())[0] for record in records]


def level(database: Database) -> None:
    for _ in index.level(database):
        pass


def add(database: Database, name: str, query: str) -> int:
    with database.write(undo="add_topic") as db:
        return topics.add(db, name, query, database.now())


def matched(database: Database, id: int) -> Sequence[int]:
    return [
        a for (a,) in database.db.execute("SELECT article FROM topic_match WHERE topic = ? AND matches ORDER BY article", (id,))
    ]


def test_a_topic_finds_what_is_there_and_what_comes(database: Database) -> None:
    iris, face = keep(database, "Iris scans", "Face recognition")
    id = add(database, "Eyes", "iris OR retina")
    level(database)
    assert matched(database, id) == [iris]
    (retina,) = keep(database, "Retina scans")
    level(database)
    assert matched(database, id) == [iris, retina]
    with database.write() as db:
        db.execute("UPDATE article SET title = 'Iris' WHERE id = ?", (face,))
        db.execute("UPDATE article SET title = 'Nothing' WHERE id = ?", (iris,))
    level(database)
    assert matched(database, id) == [face, retina]


def test_unread_and_total_are_counted_without_hidden_ones(database: Database) -> None:
    one, two, _three = keep(database, "Iris 1", "Iris 2", "Iris 3")
    id = add(database, "Eyes", "iris")
    level(database)
    with database.write() as db:
        states.mark(db, "read", [one], True, 0)
        states.mark(db, "hidden", [two], True, 0)
    (topic,) = topics.listed(database.db)
    assert (topic.id, topic.unread, topic.total) == (id, 1, 2)


def test_another_query_looks_at_everything_again(database: Database) -> None:
    iris, face = keep(database, "Iris scans", "Face recognition")
    id = add(database, "Eyes", "iris")
    level(database)
    with database.write(undo="edit_topic") as db:
        topics.edit(db, id, "Faces", "face", database.now())
    level(database)
    assert matched(database, id) == [face]
    database.undo()
    level(database)
    assert topics.topic(database.db, id).name == "Eyes"
    assert matched(database, id) == [iris]


def test_a_topic_that_asks_for_a_state_or_score_follows_it(database: Database) -> None:
    one, two = keep(database, "Iris 1", "Iris 2")
    id = add(database, "Stars", "iris is:starred")
    level(database)
    assert matched(database, id) == []
    with database.write() as db:
        states.mark(db, "starred", [two], True, 0)
    level(database)
    assert matched(database, id) == [two]
    with database.write() as db:
        states.mark(db, "starred", [two], False, 0)
        states.mark(db, "starred", [one], True, 0)
    level(database)
    assert matched(database, id) == [one]


def test_a_topic_is_removed_and_brought_back_with_what_it_found(database: Database) -> None:
    keep(database, "Iris")
    id = add(database, "Eyes", "iris")
    level(database)
    with database.write(undo="remove_topic") as db:
        assert topics.remove(db, id, database.now()).total == 1
    assert topics.listed(database.db) == []
    with pytest.raises(NotFound):
        topics.topic(database.db, id)
    database.undo()
    assert topics.topic(database.db, id).total == 1


def test_a_name_is_taken_once(database: Database) -> None:
    id = add(database, "Eyes", "iris")
    with pytest.raises(Refused, match="already"):
        add(database, "EYES", "retina")
    with database.write() as db:
        topics.remove(db, id, 0)
    add(database, "Eyes", "retina")


@pytest.mark.parametrize(("name", "query"), [("", "iris"), (" ", "iris"), ("Eyes", ""), ("Eyes", "  ")])
def test_a_topic_has_a_name_and_a_query(database: Database, name: str, query: str) -> None:
    with pytest.raises(Refused):
        add(database, name, query)


def test_a_query_that_cannot_be_understood_is_refused_with_its_place(database: Database) -> None:
    with pytest.raises(QueryError) as told:
        add(database, "Eyes", "iris (scan")
    assert told.value.position == 5
    assert topics.listed(database.db) == []


def test_matches_are_told_once(database: Database) -> None:
    keep(database, "Iris")
    id = add(database, "Eyes", "iris")
    level(database)
    seen: list[object] = []
    database.on_change = seen.append
    level(database)
    assert seen == [], "nothing changed, nothing is told"
    assert matched(database, id)
