"""Records on their way into the library: made ready, gathered, and kept, a short transaction at a time."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.errors import Refused
from reader.records import Fault, Record
from reader.store import articles
from reader.text import language_of, tidied
from reader.web import clean

if TYPE_CHECKING:
    import apsw

    from reader.outcomes import ImportOutcome
    from reader.store.articles import Outcome
    from reader.store.database import Database

_LONGEST_STEP = 0.025
"""After so many seconds of gathering it is time to keep: keeping takes about as long, and a step 50 ms at most."""
_MOST_RECORDS = 25


def ready(record: Record) -> Record:
    """The record with its text and its language, and cleaned where it is HTML; its related records too."""
    content, text = record.content, record.text
    if content and record.content_type == "text/html":
        content = clean.clean(content, record.web_url or record.original_url)
        text = clean.text_of(content)
    text = text or tidied(content)
    return replace(
        record,
        content=content,
        text=text,
        language=_language(f"{record.title}\n\n{text or record.excerpt}", record.language),
        related=tuple(ready(other) for other in record.related),
    )


def _language(text: str, said: str) -> str:
    try:
        return language_of(text, said)
    except OSError:  # what tells languages apart unpacks itself into the folder for temporary files, which may be full
        return said


class Keeper:
    """Gathers records and keeps them together; counts what became of them once that is sure."""

    def __init__(self, database: Database, outcome: ImportOutcome) -> None:
        self._database, self._outcome = database, outcome
        self._waiting: list[tuple[str, int, Record]] = []
        self._told: dict[int, Outcome] = {}
        self._weight = 0
        self._since = time.monotonic()

    def add(self, path: str, line: int, record: Record) -> None:
        """Take a record to be kept with the next ones."""
        self._waiting.append((path, line, ready(record)))
        self._weight += 1 + len(record.related)

    @property
    def is_due(self) -> bool:
        """Whether enough was gathered, or for long enough."""
        return self._weight >= _MOST_RECORDS or time.monotonic() - self._since >= _LONGEST_STEP

    def keep(self) -> None:
        """Keep what was gathered, in one transaction. One that is refused is told, and does not stop the others."""
        waiting, self._waiting, self._weight = self._waiting, [], 0
        if waiting:
            try:
                self._keep([record for _, _, record in waiting])
            except Refused:  # which of them? one by one, the rest of them stands
                for path, line, record in waiting:
                    self._keep_one(path, line, record)
        self._since = time.monotonic()

    def _keep_one(self, path: str, line: int, record: Record) -> None:
        try:
            self._keep([record])
        except Refused as error:
            self._outcome.faults.append(Fault(path, line, error.why))

    def _keep(self, records: list[Record]) -> None:
        told: list[tuple[int, Outcome]] = []
        with self._database.write() as db:
            now = self._database.now()
            for record in records:
                _keep_with_related(db, record, now, told)
        for id, outcome in told:
            self._count(id, outcome)

    def _count(self, id: int, outcome: Outcome) -> None:
        stood = self._told.get(id)
        if stood is None:
            self._outcome.articles.append(id)
        elif stood in {outcome, "new"} or outcome == "unchanged":
            return
        else:
            self._add(stood, -1)
        self._told[id] = outcome
        self._add(outcome, 1)

    def _add(self, outcome: Outcome, number: int) -> None:
        match outcome:
            case "new":
                self._outcome.imported += number
            case "updated":
                self._outcome.updated += number
            case "unchanged":
                self._outcome.unchanged += number


def _keep_with_related(
    db: apsw.Connection, record: Record, now: int, told: list[tuple[int, Outcome]], *, own: bool = True
) -> int:
    """Keep an article, and those that it lists as articles of their own; a mention never overwrites what is known better."""
    id, outcome = articles.keep(db, record, now, own=own)
    told.append((id, outcome))
    if record.related:
        articles.relate(db, id, [_keep_with_related(db, other, now, told, own=False) for other in record.related])
    return id
