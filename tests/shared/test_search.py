"""What an analyst asks of the documents that the program was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reader.jobs import exchange, group, index
from reader.outcomes import ImportOutcome
from reader.store import search, topics
from reader.store.database import Database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def library(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = Database(tmp_path_factory.mktemp("library"))
    for _ in exchange.read(database, [seeds], outcome=ImportOutcome()):
        pass
    for job in (group.level, index.level):
        for _ in job(database):
            pass
    yield database
    database.close()


def titles(library: Database, answer: search.Answer) -> list[str]:
    return [library.db.execute("SELECT title FROM article WHERE id = ?", (hit.id,)).get for hit in answer.hits]


def test_the_regulator_and_the_company_are_found_together(library: Database) -> None:
    answer = search.search(library, "CNIL Clearview")
    assert answer.total >= 5
    assert all("learview" in hit.title.text + hit.snippet.text for hit in answer.hits)
    assert any("CNIL" in hit.snippet.words for hit in answer.hits)


def test_a_fine_near_the_name_is_found_in_any_order_and_form(library: Database) -> None:
    found = titles(library, search.search(library, '"Clearview fine"~6'))
    assert any("Slaps Fine" in title for title in found)
    assert any("fined for violating" in title for title in found)
    assert not any("Law firm" in title for title in found)


def test_an_outlet_in_a_month(library: Database) -> None:
    (title,) = titles(library, search.search(library, "provider:techspot date:2022-10"))
    assert "fined" in title


def test_unread_of_quality(library: Database) -> None:
    answer = search.search(library, "quality:>60 -is:read")
    qualities = dict(library.db.execute("SELECT article, quality FROM score WHERE quality > 60"))
    assert {hit.id for hit in answer.hits} == set(qualities)
    assert answer.total >= 4


def test_the_beginning_of_a_word(library: Database) -> None:
    answer = search.search(library, "biometri*")
    assert answer.total >= 3
    assert all(any(word.lower().startswith("biometri") for word in hit.snippet.words) for hit in answer.hits)


def test_a_language_that_is_not_there_finds_nothing_and_is_no_error(library: Database) -> None:
    answer = search.search(library, "lang:fr reconnaissance faciale")
    assert (answer.total, answer.notices, answer.problems) == (0, (), ())


def test_a_slip_of_the_finger(library: Database) -> None:
    assert search.search(library, "clearveiw").did_you_mean == "clearview"
    assert search.search(library, "clearveiw facial recognition").did_you_mean == "clearview facial recognition"


def test_facets_and_topics(library: Database) -> None:
    answer = search.search(library, "clearview", facets=True)
    assert answer.facets["provider"]["TechSpot"] == 2
    assert set(answer.facets["year"]) >= {"2021", "2022"}
    assert answer.facets["thread"]
    with library.write() as db:
        id = topics.add(db, "Fines", "clearview (fine OR penalty)", 0)
    for _ in index.level(library):
        pass
    assert topics.topic(library.db, id).total >= 3


def test_the_index_holds_what_the_library_does(library: Database) -> None:
    assert index.problems(library) == []
