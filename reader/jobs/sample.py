"""The sample coverage, and what an analyst did with it: read in and put down by the same functions as everybody's own."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from reader import resources
from reader.analysis.anchors import anchor
from reader.errors import NotFound, WatchdeskError
from reader.jobs import exchange, group
from reader.outcomes import ImportOutcome
from reader.records import BriefingItem, Progress
from reader.store import articles, briefings, states, threads
from reader.store.annotations import add_highlight, add_note, notes_of_article, notes_of_highlight, notes_of_thread, written
from reader.text import canonical_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import apsw

    from reader.store.database import Database

_FOLDER = "sample"
_COLOURS = {"quote": "yellow", "check": "blue", "contradiction": "pink", "method": "green"}
"""The sample says what a highlight is for; these are its colours."""


def fill(database: Database) -> Iterator[Progress]:
    """Bring the sample coverage into a library, group it, and annotate it. A second time it adds nothing.

    Raises `JobRunning` while another import runs.
    """
    outcome = ImportOutcome()
    with resources.folder(f"{_FOLDER}/articles") as folder:
        yield from exchange.read(database, [folder], outcome=outcome)
    if outcome.faults:
        fault = outcome.faults[0]
        raise WatchdeskError(f"the sample coverage is damaged: {fault.path}:{fault.line}: {fault.reason}")
    yield from group.level(database)
    marks = tomllib.loads(resources.text(f"{_FOLDER}/annotations.toml"))
    with database.write() as db:
        _annotate(db, marks, database.now())
    yield Progress(1, 1, "annotations of the sample")


def _annotate(db: apsw.Connection, marks: dict[str, Any], now: int) -> None:
    states.mark(db, "read", [_article(db, url) for url in marks["read"]], True, now)
    states.mark(db, "starred", [_article(db, url) for url in marks["starred"]], True, now)
    for mark in marks["highlight"]:
        highlight = _highlight(db, mark, now)
        if note := mark.get("note"):
            _note(db, note, now, "highlight", highlight)
    for note in marks["note"]:
        kind = "thread" if "thread" in note else "article"
        article = _article(db, note[kind])
        _note(db, note["text"], now, kind, _thread(db, article) if kind == "thread" else article)
    taken = {briefing.title for briefing in briefings.listed(db)}
    for told in marks["briefing"]:
        if told["title"] not in taken:
            items = list(_items(db, told["item"], now))
            briefings.new(db, told["title"], now, audience=told["audience"], summary=told["summary"], items=items)


def _items(db: apsw.Connection, told: Iterable[dict[str, str]], now: int) -> Iterator[BriefingItem]:
    for item in told:
        article = _article(db, item["article"])
        match item["kind"]:
            case "thread":
                target = _thread(db, article)
            case "highlight":
                target = _highlight(db, item, now)
            case _:
                target = article
        yield BriefingItem(item["kind"], target, item.get("comment", ""))


def _article(db: apsw.Connection, url: str) -> int:
    found = db.execute("SELECT article FROM address WHERE url = ?", (canonical_url(url),)).get
    if not isinstance(found, int):
        raise NotFound(f"article {url}", 0)
    return found


def _thread(db: apsw.Connection, article: int) -> int:
    found = threads.thread_of(db, article)
    if found is None:
        raise NotFound("thread of article", article)
    return found


def _highlight(db: apsw.Connection, mark: dict[str, str], now: int) -> int:
    """Mark a passage; one that is marked already keeps its id."""
    id = _article(db, mark["article"])
    article = articles.article(db, id)
    passage = anchor(article.text, mark["quote"])
    stood = next((one for one in article.highlights if one.anchor.exact == passage.exact), None)
    return stood.id if stood else add_highlight(db, id, passage, _COLOURS[mark["colour"]], now)


def _note(db: apsw.Connection, text: str, now: int, kind: str, target: int) -> None:
    """Write a note, unless it stands there already."""
    notes_of = {"article": notes_of_article, "thread": notes_of_thread, "highlight": notes_of_highlight}
    if written(text) not in {note.text for note in notes_of[kind](db, target)}:
        add_note(db, text, now, **{kind: target})
