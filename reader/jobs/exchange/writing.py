"""Writing the library out: articles as records or JSON Lines, feeds as OPML. Whole or not at all, and never over a folder."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from reader.errors import Refused
from reader.formats import document_of
from reader.jobs import safely
from reader.jobs.exchange import opml, seed
from reader.records import Progress
from reader.store import articles, feeds
from reader.text import folded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import apsw

    from reader.formats import Document
    from reader.outcomes import ExportOutcome
    from reader.records import Article
    from reader.store.database import Database

_A_STEP = 25
_LONGEST_NAME = 60


def write_records(database: Database, folder: Path, *, outcome: ExportOutcome) -> Iterator[Progress]:
    """Every article as a seed record, in a file of its own; the articles that it lists stand in it as they came.

    The folder is new or empty. Raises `Refused` where it is not, or cannot be written; nothing is left there then.
    """
    _refuse_inside(database, folder)
    ids = _ids(database.db)
    with safely.new_folder(folder) as beside:
        for number, id in enumerate(ids, start=1):
            article, document = _document(database.db, id)
            (beside / _name(article)).write_bytes(seed.written(document).encode())
            if number % _A_STEP == 0:
                yield Progress(number, len(ids), str(folder))
    outcome.written, outcome.path = len(ids), folder
    yield Progress(len(ids), len(ids), str(folder))


def write_jsonl(database: Database, path: Path, *, outcome: ExportOutcome) -> Iterator[Progress]:
    """Every article as a line of JSON. Raises `Refused` where the file cannot be written; what stood there stands then."""
    _refuse_inside(database, path)
    ids = _ids(database.db)
    with safely.new_file(path) as file:
        for number, id in enumerate(ids, start=1):
            _article, document = _document(database.db, id)
            file.write(json.dumps(document, ensure_ascii=False).encode() + b"\n")
            if number % _A_STEP == 0:
                yield Progress(number, len(ids), str(path))
    outcome.written, outcome.path = len(ids), path
    yield Progress(len(ids), len(ids), str(path))


def write_opml(database: Database, path: Path, *, outcome: ExportOutcome) -> Iterator[Progress]:
    """Every feed, in its folder. Raises `Refused` where the file cannot be written; what stood there stands then."""
    _refuse_inside(database, path)
    found = feeds.listed(database.db)
    with safely.new_file(path) as file:
        file.write(opml.written(found, "Feeds of a Watchdesk library"))
    outcome.written, outcome.path = len(found), path
    yield Progress(outcome.written, outcome.written, str(path))


def _refuse_inside(database: Database, path: Path) -> None:
    """An export never writes among the library's own files."""
    if path.resolve().is_relative_to(database.folder.resolve()):
        raise Refused(f"{path} is inside the library; name a place outside it")


def _ids(db: apsw.Connection) -> list[int]:
    """Every article that there is now, oldest first."""
    return [id for (id,) in db.execute("SELECT id FROM article ORDER BY date, id")]


def _document(db: apsw.Connection, id: int) -> tuple[Article, Document]:
    """An article, and how it goes into a file."""
    article = articles.article(db, id)
    if article.recorded.get("heat") is None and article.recorded.get("published") is None:
        return article, document_of(article, as_it_came=False)
    decision = db.execute("SELECT decision FROM state WHERE article = ?", (id,)).get
    return article, document_of(article, as_it_came=_is_as_it_came(db, article), decided=decision is not None)


def _is_as_it_came(db: apsw.Connection, article: Article) -> bool:
    """Whether the thread of an article holds just what its record lists, or the record that lists it."""
    if article.row.thread is None:
        return True
    members = {id for (id,) in db.execute("SELECT article FROM membership WHERE thread = ?", (article.row.thread,))}
    family = db.execute(
        """
        WITH root(id) AS (SELECT ?1 UNION SELECT article FROM related WHERE other = ?1)
        SELECT id FROM root UNION SELECT other FROM related JOIN root ON related.article = root.id
        """,
        (article.row.id,),
    )
    return members == {id for (id,) in family}


def _name(article: Article) -> str:
    """A file name that is the same at every export: date, title, and enough of the key to be the only one."""
    date = article.row.date.date().isoformat() if article.row.date else "undated"
    words = "-".join(re.findall(r"[a-z0-9]+", folded(article.row.title)))[:_LONGEST_NAME].strip("-")
    return "_".join(part for part in (date, words, article.key[:12]) if part) + ".txt"
