"""What a new library begins with: starter feeds and topics, and the sample coverage for whoever wants to look around."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from reader import resources
from reader.jobs import exchange
from reader.outcomes import ImportOutcome
from reader.store import topics

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.records import Progress
    from reader.store.database import Database


def run(database: Database, *, sample: bool) -> Iterator[Progress]:
    """Add the starter feeds and topics that are not there yet, and with `sample` the sample coverage."""
    outcome = ImportOutcome()
    with resources.folder("starter.opml") as opml:
        yield from exchange.read(database, [opml], outcome=outcome)
    add_topics(database)
    if sample:
        from reader.jobs import sample as coverage  # noqa: PLC0415 - only who wants it pays for it

        yield from coverage.fill(database)


def add_topics(database: Database) -> None:
    """Add the starter topics, but none whose name is taken."""
    offered = tomllib.loads(resources.text("topics.toml"))["topic"]
    taken = {topic.name.casefold() for topic in topics.listed(database.db)}
    with database.write() as db:
        for topic in offered:
            if topic["name"].casefold() not in taken:
                topics.add(db, topic["name"], topic["query"], database.now())
