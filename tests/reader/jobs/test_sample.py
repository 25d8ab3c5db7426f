"""The sample coverage comes in like everybody's own, with what an analyst did with it."""

from __future__ import annotations

from reader.jobs import backup, sample
from reader.store import articles, briefings, threads


def contents(database):
    tables = ("article", "highlight", "note", "briefing", "briefing_item", "related")
    return {table: database.db.execute(f"SELECT count(*) FROM {table}").get for table in tables}


def test_the_sample_shows_the_product_at_its_best(database):
    for _ in sample.fill(database):
        pass
    found = contents(database)
    assert found["article"] >= 60
    assert threads.listed(database.db)[0] >= 15
    assert database.db.execute("SELECT count(DISTINCT storyline) FROM thread WHERE merged_into IS NULL").get >= 3
    assert database.db.execute("SELECT count(DISTINCT language) FROM article").get >= 4
    assert found["highlight"] >= 5
    assert found["note"] >= 5
    (briefing,) = briefings.listed(database.db)
    assert {item.kind for item in briefing.items} == {"thread", "article", "highlight"}
    assert database.db.execute("SELECT count(*) FROM state WHERE starred").get >= 3
    for id in (1, found["article"]):
        assert articles.article(database.db, id).text
    problems: list[str] = []
    for _ in backup.check(database, problems):
        pass
    assert problems == []


def test_a_second_time_adds_nothing(database):
    for _ in sample.fill(database):
        pass
    before = contents(database)
    for _ in sample.fill(database):
        pass
    assert contents(database) == before
