"""The front door: everything that one can do with a library.

Questions read; commands change something and can be taken back; jobs take time, report, and can be stopped at each step.
Usable as it is, without any window: the shell does, and the engine of the window runs one behind a pipe.
What a method needs that is slow to load is loaded when it is called.
"""

# ruff: noqa: PLC0415 - jobs are imported where they run: a question must not pay for them

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from reader.errors import JobRunning, LibraryDamaged
from reader.records import EVERYTHING, Changes, Progress
from reader.store import annotations as annotating
from reader.store import (
    articles,
    briefings,
    corrections,
    feeds,
    lists,
    nearby,
    providers,
    searches,
    states,
    storylines,
    threads,
    topics,
)
from reader.store import settings as choices
from reader.store.database import Database, utc_now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    import apsw

    from reader.analysis.citations import Citations, Format
    from reader.outcomes import (
        BackupOutcome,
        ExportOutcome,
        ImportOutcome,
        Published,
        RefreshOutcome,
        RestoreOutcome,
        Subscription,
    )
    from reader.records import (
        Alert,
        Annotated,
        Article,
        ArticleRow,
        Breadth,
        BreadthPreview,
        Briefing,
        BriefingItem,
        ComingDate,
        Correction,
        Counts,
        Feed,
        Listing,
        ListOrder,
        Miss,
        Narrowing,
        ParsedFeed,
        Provider,
        QualityPreview,
        Receipt,
        SavedSearch,
        Scope,
        Storyline,
        Thread,
        ThreadRow,
        Topic,
    )
    from reader.settings import Settings
    from reader.store.search import Answer, Completion

PATIENCE_SECONDS = 10.0
WAIT_SECONDS = 0.05
"""How long, and in what steps, one waits for another process that brings threads or index level."""

ExportFormat = Literal["opml", "records", "jsonl", "ics"]


class Library:
    """A folder with everything in it. `on_change` is told, after each commit, what it changed.

    Raises `LibraryError` where the folder holds something else, or a library that cannot be read. Made where there is none.
    """

    NEWEST_WINS: frozenset[Callable[..., object]] = frozenset()
    """Questions of which an older one that still waits is not worth answering, whoever asked it: those that take long and
    that one part asks again and again. What several parts ask of different things does not belong here."""

    TAKES_LONG: frozenset[Callable[..., object]] = frozenset()
    """Questions that may take a second: others need not wait for them."""

    def __init__(
        self,
        folder: Path,
        *,
        read_only: bool = False,
        clock: Callable[[], datetime] = utc_now,
        on_change: Callable[[Changes], object] | None = None,
    ) -> None:
        self.folder = folder
        self._database = Database(folder, read_only=read_only, clock=clock, on_change=on_change)

    @property
    def _db(self) -> apsw.Connection:
        return self._database.db

    @contextmanager
    def _command(self, name: str) -> Iterator[tuple[apsw.Connection, int]]:
        """One transaction that can be taken back, and the time it happens at."""
        with self._database.write(undo=name) as db:
            yield db, self._database.now()

    @contextmanager
    def in_words(self) -> Iterator[None]:
        """What SQLite says of a file that is damaged, locked or gone, also while one only reads, as a `LibraryError`."""
        with self._database.in_words():
            yield

    def close(self) -> None:
        """Let go of the files."""
        self._database.close()

    # Questions

    def articles(self, limit: int = 50, offset: int = 0) -> tuple[int, list[Article]]:
        """How many articles there are, and a page of them, newest first; `limit` 0 is all."""
        total, ids = articles.newest(self._db, limit, offset)
        return total, self.whole_articles(ids)

    def whole_articles(self, ids: Sequence[int]) -> list[Article]:
        """These articles, whole, in this order, read in one go; one that is not there is left out."""
        return list(articles.whole(self._db, ids))

    def article_rows(self, ids: Sequence[int]) -> list[ArticleRow]:
        """The rows of these articles, in this order."""
        return articles.rows(self._db, ids)

    def article(self, id: int) -> Article:
        """One article, whole. Raises `NotFound`."""
        return articles.article(self._db, id)

    def search(
        self,
        query: str,
        *,
        limit: int = 50,
        offset: int = 0,
        sort: str = "relevance",
        facets: bool = False,
        threads: bool = False,
        unfinished: bool = False,
    ) -> Answer:
        """Full text over everything; the language is in docs/search.md. Never takes over 2 s; a cut is said in the answer.

        With `threads` each hit is the best of its thread, and `limit` counts threads. Of an `unfinished` query the last word
        may be the beginning of a longer one: it is being typed.
        """
        from reader.store import search

        return search.search(
            self._database, query, limit=limit, offset=offset, sort=sort, facets=facets, threads=threads, unfinished=unfinished
        )

    def facets(self, query: str, *, unfinished: bool = False) -> Answer:
        """What a query finds, counted by each of its facets, with its best hit."""
        return self.search(query, limit=1, facets=True, unfinished=unfinished)

    def look_up(self, query: str, *, limit: int, threads: bool = False, unfinished: bool = False) -> Answer:
        """As `search`, for whoever looks something up beside the list: no newer question takes the place of an older one."""
        return self.search(query, limit=limit, threads=threads, unfinished=unfinished)

    def found_among(self, query: str, ids: Sequence[int]) -> list[int]:
        """Those of these articles that a query finds. Raises `QueryError`, `Refused` where there is no index to ask."""
        from reader.store import search

        return search.found_among(self._database, query, ids)

    def more_like(self, id: int, limit: int = 20) -> Answer:
        """Articles on what an article is about, the nearest first. Raises `NotFound`."""
        from reader.store import search

        return search.more_like(self._database, id, limit)

    def complete(self, query: str, position: int) -> list[Completion]:
        """What may be written in place of what stands before a position of a query: fields, and what the library knows."""
        from reader.store.search import completing

        return completing.completions(self._db, query, position)

    def threads(self, sort: str = "heat", limit: int = 50, *, singles: bool = False) -> tuple[int, list[Thread]]:
        """How many threads there are, and the first by `heat`, `hot`, `newest` or `size`; with `singles` also those of one."""
        return threads.listed(self._db, sort, limit, now=self._database.now(), singles=singles)

    def thread(self, id: int) -> Thread:
        """One thread, whole; one that was merged away leads to where its articles went. Raises `NotFound`."""
        from reader.jobs import telling

        return telling.thread(self._db, id)

    def thread_rows(self, ids: Sequence[int]) -> list[ThreadRow]:
        """The lines of these threads, in this order; one that is not there is left out."""
        return lists.thread_rows(self._db, ids)

    def related_threads(self, id: int, limit: int = 5) -> list[ThreadRow]:
        """Threads on what a thread is about, the nearest first: by what records relate, by rare names, by storyline."""
        return lists.thread_rows(self._db, nearby.related(self._db, threads.thread(self._db, id).id, limit))

    def listing(
        self,
        scope: Scope = EVERYTHING,
        *,
        narrowing: Narrowing = "all",
        order: ListOrder = "heat",
        ascending: bool = False,
    ) -> Listing:
        """The threads with a member in scope and narrowing, in order, each with all members that are not hidden."""
        publish_at = self.settings().publish_at
        return lists.listing(self._db, scope, narrowing, order, publish_at, self._database.now(), ascending=ascending)

    def counts(self) -> Counts:
        """How much there is of everything that one may want to look at."""
        return lists.counts(self._db, self.settings().publish_at)

    def storylines(self) -> list[Storyline]:
        """Every storyline, the one that moved last first."""
        return storylines.listed(self._db)

    def storyline(self, id: int) -> Storyline:
        """One storyline. Raises `NotFound`."""
        return storylines.storyline(self._db, id)

    def corrections(self) -> list[Correction]:
        """Everything that the analyst said of the grouping and that stands, the newest first."""
        return corrections.listed(self._db)

    def feeds(self) -> list[Feed]:
        """Every feed, by folder and title."""
        return feeds.listed(self._db)

    def providers(self) -> list[Provider]:
        """Every provider, the one with most articles first."""
        return providers.listed(self._db)

    def topics(self) -> list[Topic]:
        """Every topic, with what it found."""
        return topics.listed(self._db)

    def topic_words(self, id: int, article: int) -> tuple[str, ...]:
        """The words of an article that a topic finds it by, as they are written there. Raises `NotFound`."""
        from reader.store import search

        return search.matched_words(self._database, topics.topic(self._db, id).query, article)

    def saved_searches(self) -> list[SavedSearch]:
        """Every saved search, with what it found and what its test gets wrong."""
        return searches.listed(self._db)

    def check_search(self, id: int, query: str | None = None) -> list[Miss]:
        """The articles that the test of a saved search gets wrong: by its query, or by another one before it is kept.

        Raises `NotFound`, `QueryError`, `Refused` where there is no index to ask.
        """
        return searches.misses(self._database, id, query)

    def alerts(self, *, unseen: bool = False, limit: int = 0) -> list[Alert]:
        """New articles that saved searches with an alert found, the newest first; `limit` 0 is all."""
        return searches.alerts(self._db, unseen=unseen, limit=limit)

    def briefings(self) -> list[Briefing]:
        """Every briefing, the newest first."""
        return briefings.listed(self._db)

    def briefing(self, id: int) -> Briefing:
        """One briefing. Raises `NotFound`."""
        return briefings.briefing(self._db, id)

    def annotations(self) -> list[Annotated]:
        """Every article on which the analyst wrote, the one with the newest words first."""
        from reader.jobs import annotated

        return annotated.all_of(self._db)

    def undoable(self) -> tuple[str | None, str | None]:
        """The names of the commands that `undo` and `redo` would take."""
        return self._database.undoable()

    def explain(self, id: int) -> Receipt:
        """Why an article has its quality. Raises `NotFound`."""
        from reader.jobs import telling

        return telling.quality_receipt(self._db, id)

    def explain_thread(self, id: int) -> Receipt:
        """Why a thread has its heat. Raises `NotFound`."""
        from reader.jobs import telling

        return telling.heat_receipt(self._db, id)

    def explain_momentum(self, id: int) -> Receipt:
        """Why a thread has its momentum; where there is too little data, a line that says so. Raises `NotFound`."""
        from reader.jobs import telling

        return telling.momentum_receipt(self._db, id, self._database.now())

    def explain_hot(self, id: int) -> Receipt:
        """Why a thread stands where it does in the Hot view. Raises `NotFound`."""
        from reader.jobs import telling

        return telling.hot_receipt(self._db, id, self._database.now())

    def dates(self) -> list[ComingDate]:
        """The days to come that articles name, the nearest first, each with the sentence that says so."""
        from reader.jobs import telling

        return telling.dates(self._db, self._database.clock().date())

    def quality_preview(self, weights: Mapping[str, float]) -> QualityPreview:
        """What other weights of quality (`standing`, `original` …) would do to the newest articles. Raises `Refused`."""
        from reader.jobs import telling

        return telling.quality_preview(self._db, weights)

    def breadth(self) -> Breadth:
        """How broad threads are: as chosen, and moved by what was merged and split; with its receipt."""
        from reader.jobs import broadness

        return broadness.breadth(self._db)

    def breadth_preview(self, breadth: float) -> BreadthPreview:
        """What another breadth would do to the newest articles; under 2 s. Raises `Refused`."""
        from reader.jobs import broadness

        return broadness.preview(self._db, breadth)

    def citations(self, ids: Sequence[int], format: Format) -> Citations:
        """Articles as citations, in CSL-JSON and in the words of the format. Raises `NotFound`."""
        from reader.analysis import citations

        return citations.cited([citations.source(self.article(id)) for id in ids], format)

    def settings(self) -> Settings:
        """What the user chose."""
        return choices.settings(self._db)

    def last_write(self) -> int:
        """The number of the last write, to listen from."""
        return self._database.heard(-1)[0]

    def others_wrote(self, since: int) -> Iterator[Changes]:
        """What other processes wrote after write number `since`, then since the step before; looks without waiting."""
        version = None
        while True:
            changes = Changes()
            now = self._db.pragma("data_version")
            if now != version:
                version = now
                since, changes = self._database.heard(since)
            yield changes

    # Commands

    def mark(self, flag: states.Flag, ids: Sequence[int], on: bool = True) -> int:
        """Set or clear `read`, `starred` or `hidden`; how many articles that changed."""
        with self._command(f"mark_{flag}" if on else f"unmark_{flag}") as (db, now):
            return states.mark(db, flag, ids, on, now)

    def mark_read(self, ids: Sequence[int], read: bool = True) -> int:
        """Mark articles read or unread; how many that changed."""
        return self.mark("read", ids, read)

    def mark_all_read(self, scope: Scope) -> int:
        """Mark every article of a feed, a folder, a topic or a provider read; how many that changed. Raises `Refused`."""
        with self._command("mark_read") as (db, now):
            return states.mark(db, "read", lists.unread_in(db, scope), True, now)

    def opened(self, ids: Sequence[int]) -> int:
        """Mark articles read because they were shown; how many that changed. Nothing that one would take back."""
        with self._database.write() as db:
            return states.mark(db, "read", ids, True, self._database.now())

    def choose(self, name: str, value: float | str | bool) -> None:
        """Make one choice of the settings. Raises `Refused` for one that there is not, and for a value out of its range."""
        with self._command("choose") as (db, _):
            choices.choose(db, name, value)

    def publish(self, ids: Sequence[int], publish: bool | None = True) -> int:
        """The analyst's word on publishing: yes, no (held), or (`None`) as heat says; how many articles that changed."""
        name = {True: "publish", False: "hold", None: "publish_by_heat"}[publish]
        with self._command(name) as (db, now):
            return states.decide(db, ids, publish, now)

    def undo(self) -> str | None:
        """Take back the last command that stands: its name, `None` if there is none. Survives a restart."""
        return self._database.undo()

    def redo(self) -> str | None:
        """Do again what was undone last: its name, `None` if there is nothing."""
        return self._database.redo()

    def highlight(
        self, id: int, quote: str, *, prefix: str = "", suffix: str = "", colour: str = "yellow", note: str = ""
    ) -> int:
        """Mark a passage of an article by its words, with a note if there is one; the highlight's id.

        Raises `NotFound`; `Refused` where the words do not stand in the article, or stand there more than once.
        """
        from reader.analysis.anchors import anchor

        passage = anchor(self.article(id).text, quote, prefix, suffix)
        with self._command("highlight") as (db, now):
            made = annotating.add_highlight(db, id, passage, colour, now)
            if note:
                annotating.add_note(db, note, now, highlight=made)
            return made

    def remove_highlight(self, id: int) -> None:
        """Take a highlight off its article; its notes are hidden with it. Raises `NotFound`."""
        with self._command("remove_highlight") as (db, now):
            annotating.remove_highlight(db, id, now)

    def recolour(self, highlight: int, colour: str) -> None:
        """Give a highlight another colour. Raises `NotFound`, `Refused`."""
        with self._command("recolour") as (db, now):
            annotating.recolour(db, highlight, colour, now)

    def note(self, text: str, *, article: int | None = None, thread: int | None = None, highlight: int | None = None) -> int:
        """Write a note on exactly one of an article, a thread and a highlight; its id. Raises `NotFound`, `Refused`."""
        with self._command("note") as (db, now):
            return annotating.add_note(db, text, now, article=article, thread=thread, highlight=highlight)

    def change_note(self, id: int, text: str) -> None:
        """Give a note other words. Raises `NotFound`, `Refused`."""
        with self._command("change_note") as (db, now):
            annotating.change_note(db, id, text, now)

    def remove_note(self, id: int) -> None:
        """Take a note away. Raises `NotFound`."""
        with self._command("remove_note") as (db, now):
            annotating.remove_note(db, id, now)

    def new_briefing(self, title: str, items: Sequence[BriefingItem] = (), *, audience: str = "", summary: str = "") -> int:
        """Make a briefing; its id. Raises `Refused` without a title, `NotFound` where an item is not there."""
        with self._command("new_briefing") as (db, now):
            return briefings.new(db, title, now, audience=audience, summary=summary, items=items)

    def add_to_briefing(self, id: int, items: Sequence[BriefingItem]) -> int:
        """Put things at the end of a briefing; how many were not in it yet. Raises `NotFound`, `Refused`."""
        with self._command("add_to_briefing") as (db, now):
            return briefings.add_items(db, id, items, now)

    def remove_from_briefing(self, id: int, items: Sequence[BriefingItem]) -> int:
        """Take things out of a briefing; how many were in it. Raises `NotFound`."""
        with self._command("remove_from_briefing") as (db, now):
            return briefings.remove_items(db, id, items, now)

    def comment_in_briefing(self, id: int, item: BriefingItem) -> None:
        """Give a thing in a briefing the comment that `item` carries. Raises `NotFound`, `Refused`."""
        with self._command("comment_in_briefing") as (db, now):
            briefings.comment(db, id, item, now)

    def reorder_briefing(self, id: int, items: Sequence[BriefingItem]) -> None:
        """Put a briefing's things in this order; what is not named follows. Raises `NotFound`."""
        with self._command("reorder_briefing") as (db, now):
            briefings.reorder(db, id, items, now)

    def edit_briefing(
        self, id: int, *, title: str | None = None, audience: str | None = None, summary: str | None = None
    ) -> None:
        """Change what a briefing says of itself; `None` leaves it. Raises `NotFound`, `Refused`."""
        with self._command("edit_briefing") as (db, now):
            briefings.edit(db, id, now, title=title, audience=audience, summary=summary)

    def remove_briefing(self, id: int) -> None:
        """Take a briefing away. Raises `NotFound`."""
        with self._command("remove_briefing") as (db, now):
            briefings.remove(db, id, now)

    def rename_provider(self, id: int, name: str) -> None:
        """Give a provider another name. Raises `NotFound`, `Refused`."""
        with self._command("rename_provider") as (db, now):
            providers.rename(db, id, name, now)

    def set_standing(self, id: int, standing: int | None) -> None:
        """Say what the analyst thinks of a provider, 0-100; `None` for its starting value. Raises `NotFound`, `Refused`."""
        with self._command("set_standing") as (db, now):
            providers.set_standing(db, id, standing, now)

    def add_topic(self, name: str, query: str) -> int:
        """Make a topic; its id. It fills itself at the next `bring_level`. Raises `Refused`, `QueryError`."""
        with self._command("add_topic") as (db, now):
            return topics.add(db, name, query, now)

    def edit_topic(self, id: int, name: str, query: str) -> None:
        """Give a topic another name and query; it fills itself at the next `bring_level`. Raises as `add_topic`, `NotFound`."""
        with self._command("edit_topic") as (db, now):
            topics.edit(db, id, name, query, now)

    def remove_topic(self, id: int) -> Topic:
        """Remove a topic, and tell which it was; its articles stay. Raises `NotFound`."""
        with self._command("remove_topic") as (db, now):
            return topics.remove(db, id, now)

    def save_search(
        self, name: str, query: str, *, alert: bool = False, must: Sequence[int] = (), must_not: Sequence[int] = ()
    ) -> int:
        """Save a search under a name, with a test and an alert if one likes; its id. It fills itself at the next `bring_level`.

        Raises `Refused`, `QueryError`, `NotFound`.
        """
        with self._command("save_search") as (db, now):
            return searches.add(db, name, query, now, alert=alert, must=must, must_not=must_not)

    def edit_search(
        self,
        id: int,
        *,
        name: str | None = None,
        query: str | None = None,
        alert: bool | None = None,
        must: Sequence[int] | None = None,
        must_not: Sequence[int] | None = None,
    ) -> None:
        """Change a saved search; `None` leaves what it is. `check_search` says what its test makes of it.

        Raises as `save_search`.
        """
        with self._command("edit_search") as (db, now):
            searches.edit(db, id, now, name=name, query=query, alert=alert, must=must, must_not=must_not)

    def remove_search(self, id: int) -> SavedSearch:
        """Remove a saved search, and tell which it was. Raises `NotFound`."""
        with self._command("remove_search") as (db, now):
            return searches.remove(db, id, now)

    def see_alerts(self, ids: Sequence[int], seen: bool = True) -> int:
        """Note that alerts were seen, or were not; how many that changed."""
        with self._command("see_alerts") as (db, _):
            return searches.see(db, ids, seen)

    def merge_threads(self, ids: Sequence[int]) -> int:
        """Say that threads are one event, for good; the id that stays. Raises `NotFound`, `Refused`."""
        from reader.jobs import correcting

        with self._command("merge_threads") as (db, now):
            return correcting.merge(db, ids, now)

    def split_thread(self, id: int, articles: Sequence[int]) -> int:
        """Take articles out of a thread, for good, into one of their own: its id. Raises `NotFound`, `Refused`."""
        from reader.jobs import correcting

        with self._command("split_thread") as (db, now):
            return correcting.split(db, id, articles, now)

    def move_articles(self, ids: Sequence[int], thread: int) -> None:
        """Put articles into another thread, for good. Raises `NotFound`, `Refused`."""
        from reader.jobs import correcting

        with self._command("move_articles") as (db, now):
            correcting.move(db, ids, thread, now)

    def rename_thread(self, id: int, title: str) -> None:
        """Give a thread a title that stays; "" gives it that of its head back. Raises `NotFound`."""
        with self._command("rename_thread") as (db, now):
            threads.rename(db, id, title, now)

    def join_storyline(self, threads: Sequence[int], storyline: int | None = None) -> int:
        """Say that threads belong to a storyline, for good: the one named, else the one that most are in; which.

        Raises `NotFound`, `Refused`.
        """
        from reader.jobs import correcting

        with self._command("join_storyline") as (db, now):
            return correcting.join(db, threads, storyline, now)

    def leave_storyline(self, thread: int) -> None:
        """Say that a thread does not belong to its storyline, for good. Raises `NotFound`, `Refused`."""
        from reader.jobs import correcting

        with self._command("leave_storyline") as (db, now):
            correcting.leave(db, thread, now)

    def rename_storyline(self, id: int, title: str) -> None:
        """Give a storyline a title that stays; "" gives it its own back. Raises `NotFound`."""
        with self._command("rename_storyline") as (db, now):
            storylines.rename(db, id, title, now)

    def remove_correction(self, id: int) -> None:
        """Take back one thing that the analyst said of the grouping, as if it had not been said. Raises `NotFound`."""
        from reader.jobs import correcting

        with self._command("remove_correction") as (db, now):
            correcting.remove(db, id, now)

    def edit_feed(
        self,
        id: int,
        *,
        url: str | None = None,
        title: str | None = None,
        folder: str | None = None,
        username: str | None = None,
        allow_private: bool | None = None,
        password: str = "",
    ) -> Feed:
        """Change what the analyst decided of a feed; how it stands then. Raises `NotFound`, `Refused`, `KeychainError`."""
        from reader import keychain

        if password:
            keychain.store(feeds.uid(self._db, id), username or feeds.feed(self._db, id).username, password)
        with self._command("edit_feed") as (db, now):
            return feeds.edit(db, id, now, url=url, title=title, folder=folder, username=username, allow_private=allow_private)

    def rename_folder(self, old: str, new: str) -> int:
        """Give a folder another name; how many feeds are in it. Raises `Refused`."""
        with self._command("rename_folder") as (db, now):
            return feeds.rename_folder(db, old, new, now)

    def remove_feed(self, id: int) -> Feed:
        """Stop polling a feed, and tell which it was; its articles stay. Raises `NotFound`."""
        with self._command("remove_feed") as (db, now):
            return feeds.remove(db, id, now)

    # Jobs

    def start(self, *, sample: bool = False) -> Iterator[Progress]:
        """Give a new library its starter feeds and topics, and with `sample` the sample coverage."""
        from reader.jobs import start

        yield from start.run(self._database, sample=sample)
        yield from self.bring_level()

    def subscribe(self, wanted: Subscription, added: list[int]) -> Iterator[Progress]:
        """Subscribe to the feed at an address, or to the main one that a page there offers; its id goes to `added`.

        Raises `WebError`, `ParseError`, `Refused`, `KeychainError`; then nothing was added.
        """
        from reader.jobs import subscribe

        yield from subscribe.run(self._database, wanted, added)

    def preview_feed(self, wanted: Subscription, found: list[tuple[str, ParsedFeed]]) -> Iterator[Progress]:
        """What a subscription would bring, feed by feed, into `found`; nothing is kept.

        Raises `WebError`, `ParseError`, `Refused`.
        """
        from reader.jobs import subscribe

        yield from subscribe.previewing(self._database, wanted, found)

    def refresh(self, outcome: RefreshOutcome, *, feeds: Sequence[int] | None = None, force: bool = False) -> Iterator[Progress]:
        """Poll the feeds that are due, all with `force`; then bring everything level. Raises `JobRunning`, `NotFound`."""
        from reader.jobs import refresh

        yield from refresh.run(self._database, feeds=feeds, force=force, outcome=outcome)
        yield from self.bring_level()

    def import_(self, paths: Sequence[Path], outcome: ImportOutcome, *, allow_private: bool = False) -> Iterator[Progress]:
        """Read files and folders; then bring everything level. Raises `JobRunning`."""
        from reader.jobs import exchange

        yield from exchange.read(self._database, paths, allow_private=allow_private, outcome=outcome)
        yield from self.bring_level()

    def export(self, path: Path, format: ExportFormat, outcome: ExportOutcome) -> Iterator[Progress]:
        """Write every article, every feed, or the days to come (`ics`), whole or not at all. Raises `Refused`, `OSError`."""
        from reader.jobs import exchange, ics

        if format == "ics":
            yield from ics.write(self._database, path, outcome=outcome)
            return
        write = {"records": exchange.write_records, "jsonl": exchange.write_jsonl, "opml": exchange.write_opml}[format]
        yield from write(self._database, path, outcome=outcome)

    def publish_briefing(self, id: int, path: Path, outcome: Published) -> Iterator[Progress]:
        """Write a briefing to a file, whose ending says the format. Raises `NotFound`, `Refused`, `PublishError`."""
        from reader.jobs import publish

        yield from publish.run(self._database, id, path, outcome=outcome)

    def preview_briefing(self, id: int, pages: list[bytes], ppi: int = 110) -> Iterator[Progress]:
        """A briefing as it will be printed: each page as PNG into `pages`. Raises `NotFound`, `PublishError`."""
        from reader.jobs import publish

        yield from publish.preview(self._database, id, pages, ppi)

    def bring_level(self) -> Iterator[Progress]:
        """Bring threads, scores, topics, saved searches and the full-text index level with the articles.

        Where another process does just that, wait for it a little, then leave it to it.
        """
        from reader.jobs import group, index, pacing

        for job in (group.level, index.level, pacing.level):
            yield from self._patiently(job)

    def _patiently(self, job: Callable[[Database], Iterator[Progress]]) -> Iterator[Progress]:
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                yield from job(self._database)
            except JobRunning as other:
                if time.monotonic() > until:
                    yield Progress(0, 0, note=f"{other}; it is left to bring things level")
                    return
                time.sleep(WAIT_SECONDS)
                yield Progress(0, 0, f"waiting: {other}")
            else:
                return

    def reindex(self) -> Iterator[Progress]:
        """Build the full-text index anew beside the old one, and swap them. Raises `JobRunning`."""
        from reader.jobs import index

        yield from index.rebuild(self._database)

    def regroup(self) -> Iterator[Progress]:
        """Group all articles anew. The analyst's corrections stand."""
        from reader.jobs import group

        yield from group.regroup(self._database)

    def backup(self, path: Path, outcome: BackupOutcome) -> Iterator[Progress]:
        """Copy the library to one file, and read it back. Raises `LibraryError`, `Refused`."""
        from reader.jobs import backup

        yield from backup.copy(self._database, path, outcome=outcome)

    def check(self, problems: list[str], *, repair: bool = False) -> Iterator[Progress]:
        """Look the library over; what is wrong comes into `problems`, in words. With `repair` what is derived is mended."""
        from reader.jobs import backup, index

        yield from backup.check(self._database, problems, repair=repair)
        try:
            with self.in_words():
                found = index.problems(self._database)
        except LibraryDamaged as error:
            problems.append(f"the search index cannot be compared with the library: {error.why}")
            return
        if found and repair:
            yield from self.bring_level()
            if index.problems(self._database):
                yield from self.reindex()
            found = index.problems(self._database)
        problems += found


def feed_preview(place: str | Path, *, allow_private: bool = False, now: datetime | None = None) -> list[tuple[str, ParsedFeed]]:
    """What a subscription to an address or a file would bring, feed by feed; needs no library.

    Raises `WebError`, `ParseError`, `Refused`.
    """
    from reader.jobs import subscribe

    return subscribe.preview(place, allow_private=allow_private, now=now)


def restored(path: Path, folder: Path, outcome: RestoreOutcome) -> Iterator[Progress]:
    """Bring a backup back into a folder; what stood there is moved aside. Raises `LibraryError`, `Refused`."""
    from reader.jobs import backup

    yield from backup.restore(path, folder, outcome=outcome)
    library = Library(folder)
    try:
        yield from library.bring_level()
    finally:
        library.close()


Library.NEWEST_WINS = frozenset(
    {
        Library.search,
        Library.facets,
        Library.complete,
        Library.more_like,
        Library.articles,
        Library.threads,
        Library.listing,
        Library.quality_preview,
        Library.breadth_preview,
        Library.topic_words,
    }
)
Library.TAKES_LONG = frozenset(
    {
        Library.search,
        Library.facets,
        Library.look_up,
        Library.articles,
        Library.threads,
        Library.annotations,
        Library.citations,
        Library.dates,
        Library.quality_preview,
        Library.breadth_preview,
        Library.topic_words,
        Library.check_search,
        Library.more_like,
    }
)
