"""A library that articles are put into by hand, and searched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reader.jobs import index
from reader.records import Outlet, Record
from reader.store import articles, search
from reader.store.search import index as index_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.store.database import Database


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests do not survive a power cut, and need not wait until their indexes would."""
    monkeypatch.setattr(index_folder, "_sync", lambda path: None)


@pytest.fixture
def keep(database: Database) -> Callable[..., int]:
    """Keep an article; its id. A fresh address unless one is given."""
    count = 0

    def keep(title: str = "", text: str = "", *, provider: str = "", domain: str = "", **fields: object) -> int:
        nonlocal count
        count += 1
        fields.setdefault("web_url", f"https://{domain or 'example.org'}/{count}")
        fields.setdefault("language", "en")
        record = Record(title=title or f"Untitled {count}", text=text, content=text, provider=Outlet(provider, domain), **fields)
        with database.write() as db:
            return articles.keep(db, record, database.now())[0]

    return keep


@pytest.fixture
def level(database: Database) -> Callable[[], None]:
    """Bring index and topics level."""

    def level() -> None:
        for _ in index.level(database):
            pass

    return level


@pytest.fixture
def found(database: Database, level: Callable[[], None]) -> Callable[..., list[int]]:
    """The ids that a query finds, the best first, once all is level."""

    def found(query: str, **options: object) -> list[int]:
        level()
        return [hit.id for hit in search.search(database, query, **{"limit": 0} | options).hits]

    return found
