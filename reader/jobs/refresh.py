"""Poll the feeds that are due.

One thread fetches, children read what came, and this job writes it down in short steps, so that a kill at any moment loses and
doubles nothing: an article and its arrival are written in one transaction, and the validators that keep a feed from being sent
again with the last of its articles, never before.
"""

from __future__ import annotations

import time
from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reader import keychain
from reader.errors import ChildFailed, KeychainError, ParseError, Unforeseen, WatchdeskError
from reader.jobs import polls
from reader.jobs.children import Children
from reader.outcomes import FeedOutcome, RefreshOutcome
from reader.records import Progress
from reader.store import articles, feeds
from reader.store import settings as choices
from reader.web import fetch as web
from reader.web.parse import PART, parse_part

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

    import apsw

    from reader.records import ParsedFeed, ParsedItem, Record
    from reader.store.database import Database
    from reader.store.feeds import Due, Poll
    from reader.web.fetch import Answer, Fetched, Wanted

    Fetch = Callable[[Iterable[Wanted], int, int], Generator[Fetched | None]]

READERS = 2
READ_SECONDS, READ_MEGABYTES = 10.0, 512
FEW = 30
"""Documents that one child reads alone: another would take longer to be ready than to help."""
WAITING = 2 * READERS
"""Documents that wait to be read: while there are so many, no more are fetched."""
STEP_SECONDS = 0.04
"""How long a transaction gathers work."""
GATHER_SECONDS, GATHER_FEEDS = 0.5, 25
"""So long, or until there are so many, results wait to be written together: each transaction waits for the disk."""
MOMENT = 0.2


def run(
    database: Database,
    *,
    feeds: Sequence[int] | None = None,
    force: bool = False,
    outcome: RefreshOutcome,
    fetch: Fetch = web.get_all,
) -> Iterator[Progress]:
    """Poll the feeds that are due, of `feeds` if given; with `force` also those that are not due.

    Raises `JobRunning` while another refresh runs, `NotFound` for a feed that there is not, `LibraryError` where nothing can be
    written. What goes wrong with one feed is in `outcome` and stops no other.
    """
    started = time.monotonic()
    with database.lease("refresh") as lease:
        for progress in _Refresh(database, outcome).run(feeds, fetch, force=force):
            outcome.seconds = time.monotonic() - started
            lease.beat()
            yield progress
    outcome.seconds = time.monotonic() - started


@dataclass(slots=True)
class _Reading:
    """A document that is being read, and how far that has come."""

    due: Due
    answer: Answer
    known: frozenset[bytes]
    start: int = 0


@dataclass(slots=True)
class _Result:
    """What is to be written of one feed: its items, then the poll. Without a `poll` that follows from what the feed said."""

    due: Due
    poll: Poll | None = None
    reading: _Reading | None = None
    feed: ParsedFeed | None = None
    items: deque[ParsedItem] = field(default_factory=deque)


class _Refresh:
    """One run: what is fetched, what is being read, what is to be written."""

    def __init__(self, database: Database, outcome: RefreshOutcome) -> None:
        self._database, self._outcome = database, outcome
        self._minutes = 0.0
        self._due: dict[int, Due] = {}
        self._counts: dict[int, FeedOutcome] = {}
        self._reading: dict[Future[ParsedFeed], _Reading] = {}
        self._results: deque[_Result] = deque()
        self._oldest = 0.0
        self._notes: list[str] = []

    def run(self, ids: Sequence[int] | None, fetch: Fetch, *, force: bool) -> Iterator[Progress]:
        """Poll, and report after each transaction and each moment of waiting."""
        database = self._database
        chosen = choices.settings(database.db)
        self._minutes = chosen.refresh_minutes
        self._due = {due.id: due for due in feeds.due(database.db, database.now(), ids, force=force)}
        self._counts = {due.id: FeedOutcome(due.id, due.url, due.title) for due in self._due.values()}
        yield self._progress()
        wanted = [one for due in self._due.values() if (one := self._wanted(due)) is not None]
        with (
            Children(READERS, seconds=READ_SECONDS, megabytes=READ_MEGABYTES, each=FEW) as children,
            closing(fetch(wanted, chosen.fetches, chosen.fetches_per_host)) as fetched,
        ):
            fetching = bool(wanted)
            while fetching or self._reading or self._results:
                idle = True
                if fetching and len(self._reading) < WAITING:
                    try:
                        answer = next(fetched)
                    except StopIteration:
                        fetching = False
                    else:
                        idle = answer is None
                        if answer is not None:
                            self._take(answer, children)
                self._collect(timeout=0 if fetching and len(self._reading) < WAITING else MOMENT)
                if self._results and (idle or self._is_time()):
                    self._write(children)
                    yield self._progress()
                elif idle:
                    yield self._progress()

    def _wanted(self, due: Due) -> Wanted | None:
        """What to ask for; `None` where that fails already."""
        password = ""
        if due.username:
            try:
                password = keychain.password(due.uid, due.username)
            except KeychainError as error:
                self._fail(due, error)
                return None
        return web.Wanted(
            url=due.url,
            id=due.id,
            etag=due.etag,
            last_modified=due.last_modified,
            username=due.username,
            password=password,
            allow_private=due.allow_private,
        )

    def _take(self, fetched: Fetched, children: Children) -> None:
        """Look at what came: only what is new to us is read."""
        wanted, answer = fetched
        due = self._due[wanted.id]
        if isinstance(answer, WatchdeskError):
            self._fail(due, answer)
        elif answer.unchanged or (due.body and polls.digest(answer.body) == due.body):
            self._add(_Result(due, polls.unchanged(due, answer, self._database.now(), self._minutes)))
        else:
            self._read(_Reading(due, answer, feeds.fingerprints(self._database.db, due.id)), children)

    def _read(self, reading: _Reading, children: Children) -> None:
        answer = reading.answer
        future = children.submit(parse_part, answer.body, answer.url, answer.content_type, reading.known, reading.start)
        self._reading[future] = reading

    def _collect(self, timeout: float) -> None:
        """Take what the children have read."""
        if not self._reading:
            return
        for future in wait(self._reading, timeout, FIRST_COMPLETED).done:
            reading = self._reading.pop(future)
            error = future.exception()
            if error is None:
                feed = future.result()
                self._add(_Result(reading.due, None, reading, feed, deque(feed.items)))
            elif isinstance(error, ChildFailed):
                self._fail(reading.due, ParseError(f"the feed could not be read: {error}"))
            elif isinstance(error, WatchdeskError):
                self._fail(reading.due, error)
            else:
                self._fail(reading.due, Unforeseen(f"{type(error).__name__}: {error}"[:200], "reading a feed"))

    def _fail(self, due: Due, error: WatchdeskError) -> None:
        self._add(_Result(due, polls.failed(due, error, self._database.now(), self._minutes)))
        self._notes.append(f"{due.title or due.url}: {error}")

    def _add(self, result: _Result) -> None:
        if not self._results:
            self._oldest = time.monotonic()
        self._results.append(result)

    def _is_time(self) -> bool:
        return len(self._results) >= GATHER_FEEDS or time.monotonic() - self._oldest > GATHER_SECONDS

    # Writing

    def _write(self, children: Children) -> None:
        """One short transaction."""
        done: list[_Result] = []
        with self._database.write() as db:
            until = time.monotonic() + STEP_SECONDS
            now = self._database.now()
            while self._results and (time.monotonic() < until or not done):
                result = self._results[0]
                if not self._write_items(db, result, now, until):
                    break
                if result.feed is None or not result.feed.left:
                    self._write_poll(db, result, now)
                done.append(self._results.popleft())
        for result in done:
            if result.reading is not None and result.feed is not None and result.feed.left:
                self._read(replace(result.reading, start=result.reading.start + PART), children)
            else:
                self._outcome.feeds.append(self._counts[result.due.id])

    def _write_items(self, db: apsw.Connection, result: _Result, now: int, until: float) -> bool:
        """Keep articles until the time is over; whether all are kept."""
        count = self._counts[result.due.id]
        while result.items:
            item = result.items.popleft()
            if _says_something(item.record):
                before = feeds.arrived(db, result.due.id, item.guid)
                if before is not None:
                    articles.also_at(db, before, item.record)
                article, became = articles.keep(db, item.record, now, own=before is not None)
                feeds.keep_arrival(db, result.due.id, item.guid, item.fingerprint, article)
                count.new += became == "new"
                count.updated += became == "updated"
                self._outcome.new += became == "new"
                self._outcome.updated += became == "updated"
            if time.monotonic() >= until:
                break
        return not result.items

    def _write_poll(self, db: apsw.Connection, result: _Result, now: int) -> None:
        count, due = self._counts[result.due.id], result.due
        poll = result.poll
        if poll is None:
            assert result.feed is not None
            assert result.reading is not None
            feed, answer = result.feed, result.reading.answer
            poll = polls.read(due, answer, feed, now, self._minutes, new=count.new, updated=count.updated)
            feeds.name(db, due.id, feed.title, feed.link, now)
            count.title = count.title or feed.title
        feeds.keep_poll(db, due.id, poll)
        count.status, count.error = poll.status, poll.error

    def _progress(self) -> Progress:
        notes, self._notes = self._notes, []
        return Progress(len(self._outcome.feeds), len(self._due), "Asking feeds", "\n".join(notes))


def _says_something(record: Record) -> bool:
    return bool(record.title or record.text or record.web_url)
