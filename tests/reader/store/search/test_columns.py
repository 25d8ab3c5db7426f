"""What is kept of every article is what the database says, whatever changed since it was read."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import numpy as np
import pytest

from reader.store import states
from reader.store.search import columns
from reader.store.search.columns import Keeper
from reader.store.search.conditions import STATES, Conditions

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.store.database import Database


def same(database: Database, keeper: Keeper) -> None:
    kept, fresh = keeper.columns(database.db), Keeper()
    anew = fresh.columns(database.db)
    spoken = [keeper.languages[number] for number in kept.languages.tolist()]
    assert spoken == [fresh.languages[number] for number in anew.languages.tolist()]
    for own, other in zip(kept._replace(languages=anew.languages), anew, strict=True):
        np.testing.assert_array_equal(own, other)


@pytest.mark.parametrize("most", [0, 3, 5000])
def test_what_changed_is_read_again(
    database: Database, keep: Callable[..., int], monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(columns, "_MOST_READ_AGAIN", most)
    chance, keeper = random.Random(3), Keeper()
    same(database, keeper)
    ids: list[int] = []
    for turn in range(12):
        ids += [keep(f"Iris law {turn}", language=chance.choice(["en", "fr", ""])) for _ in range(chance.randint(0, 4))]
        some = chance.sample(ids, min(len(ids), 3))
        with database.write(undo="mark") as db:
            states.mark(db, chance.choice(["read", "starred", "hidden"]), some, chance.random() < 0.7, database.now())
        if turn == 6:
            database.undo()
        if turn % 2:
            same(database, keeper)
    same(database, keeper)


def test_a_journal_that_does_not_reach_back_so_far_is_not_trusted(database: Database, keep: Callable[..., int]) -> None:
    keeper = Keeper()
    first = keep("Iris")
    same(database, keeper)
    keep("Law")
    keep("Face", web_url="https://example.org/face")
    with database.write() as db:
        db.execute("DELETE FROM change WHERE id = (SELECT max(id) - 1 FROM change)")
    same(database, keeper)
    assert first in keeper.columns(database.db).ids


def test_what_was_read_in_a_transaction_that_was_rolled_back_is_forgotten(database: Database, keep: Callable[..., int]) -> None:
    keeper = Keeper()
    keep("Iris")
    same(database, keeper)
    other = keep("Law")

    def mark_and_fail() -> None:
        with database.write() as db:
            states.mark(db, "read", [other], True, database.now())
            assert keeper.columns(db).states[-1] & columns.READ
            raise KeyError

    with pytest.raises(KeyError):
        mark_and_fail()
    same(database, keeper)


def test_every_state_is_told_by_its_articles(database: Database, keep: Callable[..., int]) -> None:
    one, other = keep("Iris"), keep("Law")
    with database.write() as db:
        states.mark(db, "read", [one], True, database.now())
    conditions = Conditions(database.db, database.now())
    told = {name: conditions.state(name).tolist() for name in STATES}
    assert told["read"] == [one]
    assert told["unread"] == [other]
    assert sorted(told["published"] + told["held"]) == [one, other]
    assert told["starred"] == told["hidden"] == told["annotated"] == []
