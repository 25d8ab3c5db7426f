"""Momentum brought level with the clock: which threads are reported on more than usual, of those of the last fifteen days."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from reader.analysis.momentum import BASELINE, NOW, Report, baseline, momentum
from reader.store import scores

if TYPE_CHECKING:
    from collections.abc import Iterator

    import apsw

    from reader.analysis.momentum import Baseline
    from reader.records import Progress
    from reader.store.database import Database

HOUR = 3600


def level(database: Database) -> Iterator[Progress]:
    """Find the momentum of threads anew, where an hour has passed, or something was grouped or dated otherwise since."""
    now = database.now()
    state = scores.pace_state(database.db, now // HOUR, now - NOW - BASELINE)
    if state == scores.paced(database.db):
        return
    found = momenta(database.db, now)
    with database.write() as db:
        scores.keep_momenta(db, found)
        scores.note_pace(db, state)
    yield from ()


def momenta(db: apsw.Connection, now: int) -> dict[int, float]:
    """The momentum of each thread that has one."""
    usual = Usual(db, now)
    found = {thread: momentum(usual.dates(thread), usual.of(thread)[0], now) for thread in usual.threads}
    return {thread: value for thread, value in found.items() if value is not None}


class Usual:
    """What is usual in this archive now, topic by topic."""

    def __init__(self, db: apsw.Connection, now: int) -> None:
        self._now = now
        self._dates: defaultdict[int, list[int]] = defaultdict(list)
        self._topics: defaultdict[int, set[int]] = defaultdict(set)
        reports: list[Report] = []
        by_topic: defaultdict[int, list[Report]] = defaultdict(list)
        for thread, date, topics in scores.reports_between(db, now - NOW - BASELINE, now):
            report = Report(thread, date)
            reports.append(report)
            self._dates[thread].append(date)
            self._topics[thread].update(topics)
            for topic in topics:
                by_topic[topic].append(report)
        self._names = scores.topic_names(db)
        self._all = baseline(reports, now)
        self._by_topic = {topic: baseline(own, now) for topic, own in by_topic.items()}

    @property
    def threads(self) -> list[int]:
        """Threads with an independent report of the last fifteen days."""
        return list(self._dates)

    def dates(self, thread: int) -> list[int]:
        """When the independent reports of a thread came, of the last fifteen days."""
        return self._dates.get(thread, [])

    def of(self, thread: int) -> tuple[Baseline, str]:
        """What is usual for a thread, and of what that is: of its topic that has most reports, else of the whole archive."""
        own = [topic for topic in self._topics.get(thread, ()) if self._by_topic[topic].enough]
        if not own:
            return self._all, "of the whole archive"
        topic = max(own, key=lambda one: (self._by_topic[one].reports, -one))
        return self._by_topic[topic], f"of the topic “{self._names.get(topic, '')}”"
