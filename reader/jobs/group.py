"""Threads, storylines, quality, heat and facts, brought level with the articles.

What is to be done stands in the table `pending`, fed by triggers, so that nobody can forget it. Each step takes some of it, in
order of date, and crosses it off in the transaction that writes its results: stopped anywhere, the job goes on there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.analysis.facts import facts
from reader.analysis.grouping import HOUR
from reader.analysis.names import names
from reader.jobs import broadness, linking, scoring
from reader.jobs.placing import Placing, Said
from reader.records import Progress
from reader.store import articles, membership, storylines
from reader.store.settings import settings
from reader.text import canonical_url, domain_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import apsw

    from reader.records import Reading
    from reader.settings import Settings
    from reader.store.database import Database, Lease
    from reader.store.membership import Pending

LEASE = "group"
AT_ONCE = 48
"""Articles of one transaction …"""
WORDS_AT_ONCE = 10_000
"""… and words: some 50 ms, be they many excerpts or few full texts."""
SPAN = 24 * HOUR
"""Seconds that lie between the first and the last of them at most, so that few threads are at hand."""


LOOKED_AHEAD = 4000
"""Articles that are put in order of date at once, so that a large import does not fill the memory."""


@dataclass(slots=True)
class GroupOutcome:
    """What was brought level: how many articles were looked at, how many of them were new or had a new text."""

    looked_at: int = 0
    read: int = 0


def level(database: Database, *, outcome: GroupOutcome | None = None) -> Iterator[Progress]:
    """Look at every pending article: its thread, quality, facts; heat and storyline of the threads it touches.

    Raises `JobRunning` while another process does.
    """
    with database.lease(LEASE) as lease:
        yield from _bring_level(database, lease, GroupOutcome() if outcome is None else outcome)


def regroup(database: Database, *, outcome: GroupOutcome | None = None) -> Iterator[Progress]:
    """Group all articles again, in order of date. The analyst's word stands, and threads keep their numbers where they can."""
    with database.lease(LEASE) as lease:
        with database.write() as db:
            membership.ask_for_all(db)
        left = True
        while left:
            with database.write() as db:
                left = membership.dissolve(db, 500) > 0
                membership.moved(db)
            yield Progress(0, 0, "Threads")
            lease.beat()
        yield from _bring_level(database, lease, GroupOutcome() if outcome is None else outcome)


def _bring_level(database: Database, lease: Lease, outcome: GroupOutcome) -> Iterator[Progress]:
    chosen = settings(database.db)
    placing, repeats = Placing(broadness.used(database.db, chosen)), scoring.Repeats()
    done, total = 0, membership.waiting(database.db)
    while waiting := membership.pending(database.db, LOOKED_AHEAD):
        for step in _steps(waiting):
            with database.write() as db:
                looked_at, read = _take(db, step, placing, repeats, chosen)
            done += len(step)
            outcome.looked_at += looked_at
            outcome.read += read
            yield Progress(done, max(done, total), "Threads")
            lease.beat()
    if done and (alone := storylines.left_alone(database.db)):
        with database.write() as db:
            linking.tell(db, alone)


def _steps(waiting: Sequence[Pending]) -> Iterator[list[Pending]]:
    """What is to be done, in steps of few articles that lie close in time."""
    step: list[Pending] = []
    words = 0
    for one in waiting:
        words += one.words
        if step and (len(step) == AT_ONCE or words > WORDS_AT_ONCE or not _close(step[0].date, one.date)):
            yield step
            step, words = [], one.words
        step.append(one)
    if step:
        yield step


def _close(first: int | None, date: int | None) -> bool:
    if first is None or date is None:
        return first is date
    return date - first <= SPAN


def _take(
    db: apsw.Connection, step: Sequence[Pending], placing: Placing, repeats: scoring.Repeats, chosen: Settings
) -> tuple[int, int]:
    """Bring some articles level; how many were looked at, and how many of them read."""
    asked = membership.still_pending(db, (one.article for one in step))
    readings = {reading.id: reading for reading in articles.reading(db, asked)}
    says = _Says(db)
    broken = placing.to_mend(db, asked)
    membership.regroup_around(db, broken)
    regroup = membership.to_regroup(db) if broken or any(asked.values()) else []
    with linking.telling(db):
        result = placing.place(db, list(readings.values()), regroup, says.of)
        standings, weights = scoring.starting_standings(), scoring.chosen_weights(chosen)
        scoring.score(db, result.touched, readings, placing.vector, standings, chosen.publish_at, weights, repeats)
        linking.link(db, result.touched | membership.lead_heirs(db, asked))
    membership.done(db, asked)
    return len(asked), result.read


class _Says:
    """What the articles of one step state, each read once and kept."""

    def __init__(self, db: apsw.Connection) -> None:
        self._db = db
        self._said: dict[int, Said] = {}

    def of(self, reading: Reading) -> Said:
        """What an article states, kept in place of what it stated before."""
        if reading.id not in self._said:
            stated = facts(reading)
            named = names(reading, stated)
            membership.keep_facts(self._db, reading.id, stated)
            membership.keep_links(self._db, reading.id, _links(reading))
            membership.keep_names(self._db, reading.id, ((name.key, name.shown, name.kind, name.leads) for name in named))
            self._said[reading.id] = Said(stated, tuple(name.key for name in named if name.leads))
        return self._said[reading.id]


_MOST_LINKS = 40


def _links(reading: Reading) -> list[str]:
    """Where an article links to beyond its own house, as addresses are compared."""
    if not reading.links:
        return []
    own = domain_of(reading.url)
    found = dict.fromkeys(canonical_url(url) for url in reading.links if domain_of(url) != own)
    return [url for url in found if url][:_MOST_LINKS]
