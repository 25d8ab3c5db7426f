"""What is offered while a query is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reader.store import search, topics
from reader.store.search.completing import completions

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.store.database import Database


@pytest.fixture
def library(database: Database, keep: Callable[..., int]) -> Database:
    for _ in range(2):
        keep("Iris", provider="Le Monde", domain="lemonde.fr", language="fr")
    keep("Face", provider="Politico", domain="politico.eu")
    with database.write() as db:
        topics.add(db, "Data retention", "data retention", 0)
        topics.add(db, "Fines", "fine", 0)
        db.execute("INSERT INTO saved_search (uid, name, query, changed) VALUES (x'01', 'Borders', 'border', 0)")
    return database


def offered(library: Database, written: str) -> list[str]:
    """The query as it is after each of the offers was taken; | is where one writes."""
    at = written.index("|")
    query = written.replace("|", "")
    return [query[: one.start] + one.text + query[one.end :] for one in completions(library.db, query, at)]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("iris prov|", ["iris provider:"]),
        ("-prov| iris", ["-provider: iris"]),
        ("provider:mon|", ['provider:"Le Monde"']),
        ("provider:|", ['provider:"Le Monde"', "provider:Politico"]),
        ('provider:"le m|" iris', ['provider:"Le Monde" iris']),
        ("(topic:da|)", ['(topic:"Data retention")']),
        ("topic:ret|", ['topic:"Data retention"']),
        ("is:un|", ["is:unread"]),
        ("is:h|", ["is:held", "is:hidden"]),
        ("lang:f|", ["lang:fr"]),
        ("search:|", ["search:Borders"]),
        ("date:<7|", ["date:<7d"]),
        ("iris|", []),
        ("provider: x|", []),
        ("https://exam|", []),
        ("|", []),
        ("quality:>6|", []),
    ],
)
def test_offers(library: Database, written: str, expected: list[str]) -> None:
    assert offered(library, written) == expected


def test_what_is_offered_is_understood(library: Database) -> None:
    for written in ("provider:|", "topic:|", "is:|", "lang:|", "search:|", "date:|"):
        for query in offered(library, written):
            assert search.problems_of(library.db, query, 0) == ()
