"""The index follows the database: what the outbox names is read, cut into words, and committed with the number that it came to.

The outbox is a table that triggers fill in the transaction that changes an article. The index keeps, in each commit, the last
number that it has seen, so that it goes on from there whenever it was stopped. Only what it has seen is swept from the outbox.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reader.store.search import lexicon
from reader.store.search.codec import open_segment
from reader.store.search.fields import UNKNOWN_DATE, Mark
from reader.store.search.index import (
    FOLDER,
    FRESH,
    Index,
    Missing,
    Unusable,
    commit,
    make,
    new_link,
    open_index,
    recover,
    swap,
    sweep_strays,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import apsw

    from reader.store.search.writing import ArrayWriter

BATCH_ARTICLES = 2000
BATCH_BYTES = 6_000_000
"""What one commit takes in: the more, the less work in all; the less, the sooner it is found and the less memory it takes."""

STEP_SECONDS = 0.02
"""How long a job works before it can be stopped."""

FAN = 8
"""Segments of about one size are merged when there are so many of them, so that a search looks into few …"""

REBUILT_FAN = 64
"""… or so many, while an index is built that nobody searches yet: so most articles are merged once …"""

MOST_MERGED = 150_000
"""… and have together no more articles than this: what a merge has done is lost where it is stopped before its end."""

_LINK = "index"  # in `about`: the link of the last commit that the database knows of


# Where the index stands


def link(db: apsw.Connection) -> str:
    """The link of the last commit that the database knows of, "" where it knows of none."""
    found = db.execute("SELECT value FROM about WHERE key = ?", (_LINK,)).fetchone()
    return str(found[0]) if found else ""


def opened(db: apsw.Connection, folder: Path) -> Index:
    """The index of a library, to be read. Raises `Missing`, `Unusable`."""
    while True:
        known_by = link(db)
        try:
            index = open_index(folder, known_by)
            if index.mark.seq > _last(db):
                raise Unusable("the search index is ahead of the library, as after a restored backup")
            return index
        except Unusable:
            if link(db) == known_by:  # else a job committed in between
                raise


def ready(db: apsw.Connection, folder: Path) -> Index:
    """The index of a library, to be written by the holder of its lease; made where the library never had one.

    Raises `Unusable` where it must be rebuilt.
    """
    recover(folder)
    try:
        index = opened(db, folder)
    except Missing:
        if link(db) or not _is_all_in_outbox(db):
            raise
        return make(folder / FOLDER, Mark())
    sweep_strays(index)
    return index


def _is_all_in_outbox(db: apsw.Connection) -> bool:
    return not db.execute("SELECT 1 FROM article WHERE id NOT IN (SELECT article FROM outbox) LIMIT 1").fetchone()


def _last(db: apsw.Connection) -> int:
    """The last number that the outbox has given."""
    found = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'").fetchone()
    return int(found[0]) if found else 0


def behind(db: apsw.Connection, index: Index) -> int:
    """How many articles changed that the index has not seen."""
    found = db.execute("SELECT count(DISTINCT article) FROM outbox WHERE seq > ?", (index.mark.seq,)).get
    assert isinstance(found, int)
    return found


# Following


class Unswept(NamedTuple):
    """Articles that the index has seen, up to a number of the outbox, and that nobody else has looked at since."""

    articles: list[int]
    seq: int
    link: str


def unswept(db: apsw.Connection, index: Index) -> Unswept:
    """What the index has seen of the outbox since it was swept."""
    mark = index.mark
    rows = db.execute("SELECT DISTINCT article FROM outbox WHERE seq <= ? ORDER BY article", (mark.seq,))
    return Unswept([int(article) for (article,) in rows], mark.seq, mark.link)


def sweep(db: apsw.Connection, seen: Unswept) -> None:
    """Forget what the index has seen, in a transaction of the caller, and know the index by its last commit.

    To be done after each commit and before the next: the index can be told by its last two.
    """
    db.execute("DELETE FROM outbox WHERE seq <= ?", (seen.seq,))
    db.execute(
        "INSERT INTO about (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2 WHERE value != ?2",
        (_LINK, seen.link),
    )


@dataclass(slots=True)
class Step:
    """What a job of the index did: `articles` taken in so far, and whether it has just committed."""

    articles: int
    committed: bool = False


def follow(db: apsw.Connection, index: Index) -> Iterator[Step]:
    """Take in what changed, batch by batch. Steps are short; stopped between two, all up to the last commit stays."""
    done, mark = 0, index.mark
    try:
        while batch := _batch(db, mark.seq):
            articles, seq = batch
            mark = mark._replace(seq=seq, previous=mark.link, link=new_link())
            for taken in _take_in(db, index, articles, mark):
                yield Step(done + taken)
            done += len(articles)
            yield Step(done, committed=True)
    finally:
        lexicon.rest()


def _batch(db: apsw.Connection, seen: int) -> tuple[list[int], int] | None:
    """The next articles of the outbox and the number they lead to; `None` where there are none."""
    rows = db.execute(
        "SELECT seq, outbox.article, octet_length(text) FROM outbox LEFT JOIN content ON content.article = outbox.article"
        " WHERE seq > ? ORDER BY seq LIMIT ?",
        (seen, BATCH_ARTICLES * 4),
    )
    articles: dict[int, None] = {}
    size, last = 0, 0
    for seq, article, length in rows:
        if article not in articles:
            if articles and (len(articles) >= BATCH_ARTICLES or size > BATCH_BYTES):
                break
            articles[article] = None
            size += length or 0
        last = seq
    return (list(articles), last) if articles else None


def _take_in(db: apsw.Connection, index: Index, articles: Sequence[int], mark: Mark) -> Iterator[int]:
    """Bring these articles level with the database in one commit; yields how many it has read."""
    with index.writing() as writer:
        _delete(index, writer, articles)
        rested = time.monotonic()
        for taken, document in enumerate(_documents(db, articles), start=1):
            writer.add_document(**document)
            if time.monotonic() - rested > STEP_SECONDS:
                yield taken
                rested = time.monotonic()
        yield from _write_terms(writer, len(articles))
        commit(writer, mark, _keep_segments)


def _write_terms(writer: ArrayWriter, told: int) -> Iterator[int]:
    rested = time.monotonic()
    for _ in writer.write_terms():
        if time.monotonic() - rested > STEP_SECONDS:
            yield told
            rested = time.monotonic()


def _keep_segments(writer: Any, segments: list[Any]) -> list[Any]:
    """A merge policy: none, but segments of which nothing stands go."""
    del writer
    return [segment for segment in segments if segment.doc_count()]


def _delete(index: Index, writer: ArrayWriter, articles: Sequence[int]) -> None:
    """Take out what the index holds of these articles."""
    wanted = np.array(sorted(articles), np.int64)
    start = 0
    for segment in writer.segments:
        for document in np.flatnonzero(np.isin(_ids(index, writer, segment), wanted)).tolist():
            if not segment.is_deleted(document):
                writer.delete_document(start + document)
        start += segment.doc_count_all()


def _ids(index: Index, writer: ArrayWriter, segment: Any) -> Any:
    files = open_segment(index.storage, segment)
    try:
        documents = segment.codec().per_document_reader(files, segment)
        column = writer.schema["id"].column_type
        values = np.array(documents.column_reader("id", column).values)
        documents.close()
        return values
    finally:
        files.close()


# An article as it is indexed

_DOCUMENT = """
    SELECT article.id, title, excerpt, author, language, date, word_count, coalesce(text, ''), coalesce(provider.name, ''),
           coalesce(provider.domain, ''), web_url, original_url,
           (SELECT group_concat(exact, char(10)) FROM highlight WHERE highlight.article = article.id AND NOT removed),
           (SELECT group_concat(text, char(10)) FROM (
                SELECT note.text FROM note WHERE note.article = article.id AND NOT removed
                UNION ALL SELECT note.text FROM highlight JOIN note ON note.highlight = highlight.id
                WHERE highlight.article = article.id AND NOT highlight.removed AND NOT note.removed))
    FROM article
    LEFT JOIN content ON content.article = article.id
    LEFT JOIN provider ON provider.id = article.provider
    WHERE article.id IN (SELECT value FROM json_each(?))
"""


def _documents(db: apsw.Connection, articles: Sequence[int]) -> Iterator[dict[str, Any]]:
    """What the index takes of these articles; of one that is gone, nothing. Private notes are in no table that is read here."""
    for row in db.execute(_DOCUMENT, (json.dumps(list(articles)),)):
        id, title, excerpt, author, language, date, count, text, name, domain, web, original, highlight, note = row
        texts = {
            "title": title,
            "excerpt": excerpt,
            "text": text if text != excerpt else "",
            "author": author,
            "provider": f"{name}\n{domain}",
            "url": f"{web}\n{original}" if original != web else web,
            "highlight": highlight or "",
            "note": note or "",
        }
        document: dict[str, Any] = {field: (text, language) for field, text in texts.items() if text.strip()}
        if language:
            document["lang"] = language
        yield document | {"id": id, "date": UNKNOWN_DATE if date is None else date, "words": count}


# Merging


def tidy(index: Index, fan: int = FAN) -> Iterator[Step]:
    """Merge small segments, as long as there are `fan` of about one size. Steps are short.

    The articles stay what they are, so the mark does too.
    """
    done = 0
    while chosen := _chosen(index.contents().segments, fan):
        for _ in _merge(index, chosen):
            yield Step(done)
        done += len(chosen)
        yield Step(done, committed=True)


def _merge(index: Index, segments: Sequence[Any]) -> Iterator[None]:
    """Make one segment of several."""
    chosen = {segment.segment_id() for segment in segments}
    with index.writing() as writer:
        yield from writer.take_over([segment for segment in writer.segments if segment.segment_id() in chosen])
        commit(writer, writer.schema.mark, partial(_without, chosen))


def _without(merged: set[str], writer: Any, segments: list[Any]) -> list[Any]:
    """A merge policy: all segments but those that were merged by hand."""
    return [segment for segment in _keep_segments(writer, segments) if segment.segment_id() not in merged]


def _chosen(segments: list[Any], fan: int) -> list[Any]:
    """The segments to merge next: as many as may be of the smallest size of which there are enough; none where there are not.

    One of which more than a third was deleted is written anew alone.
    """
    for segment in segments:
        if segment.deleted_count() * 3 > segment.doc_count_all() and segment.doc_count() <= MOST_MERGED:
            return [segment]
    alike: dict[int, list[Any]] = {}
    for segment in segments:
        alike.setdefault(segment.doc_count().bit_length() // 3, []).append(segment)  # sizes up to eightfold
    for size in sorted(alike):
        fitting = _fitting(alike[size])
        if len(alike[size]) >= fan and len(fitting) > 1:
            return fitting
    return []


def _fitting(segments: Sequence[Any]) -> list[Any]:
    """The smallest of these segments, as many as may be merged at once."""
    in_order = sorted(segments, key=lambda segment: segment.doc_count())
    sums = accumulate(segment.doc_count() for segment in in_order)
    return [segment for segment, together in zip(in_order, sums, strict=True) if together <= MOST_MERGED]


# Building anew


def rebuild(db: apsw.Connection, folder: Path) -> Iterator[Step]:
    """Build the index anew beside the one that is there, and swap them. Stopped, it goes on from there the next time.

    While it is built, what changes gathers in the outbox; it is followed afterwards. The caller holds the lease of the index.
    """
    recover(folder)
    index = _begun(db, folder) or make(folder / FRESH, Mark(previous=link(db), seq=_last(db), reached=0))
    sweep_strays(index)
    done = 0
    while articles := _from(db, index.mark.reached):
        for taken in _take_in(db, index, articles, index.mark._replace(reached=articles[-1], link=new_link())):
            yield Step(done + taken)
        done += len(articles)
        yield Step(done)
        for _ in tidy(index, REBUILT_FAN):
            yield Step(done)
    lexicon.rest()
    segments = sorted(index.contents().segments, key=lambda segment: segment.doc_count())
    if segments and segments[-1].doc_count() * 2 > sum(segment.doc_count() for segment in segments):
        segments.pop()  # most of all: it is not worth the time to write it once more
    if len(rest := _fitting(segments)) > 1:  # the fewer, the sooner it answers and the less memory that takes
        for _ in _merge(index, rest):
            yield Step(done)
    with index.writing() as writer:
        commit(writer, index.mark._replace(link=new_link(), reached=-1), _keep_segments)
    swap(folder)
    yield Step(done, committed=True)


def _begun(db: apsw.Connection, folder: Path) -> Index | None:
    """An index that was begun and can be gone on with: nothing was swept since that it has not seen."""
    index = Index(folder / FRESH)
    try:
        mark = index.mark
    except Unusable:
        return None
    return index if mark.reached >= 0 and mark.previous == link(db) else None


def _from(db: apsw.Connection, reached: int) -> list[int]:
    rows = db.execute(
        "SELECT id, octet_length(text) FROM article LEFT JOIN content ON article = id WHERE id > ? ORDER BY id LIMIT ?",
        (reached, BATCH_ARTICLES),
    )
    articles: list[int] = []
    size = 0
    for id, length in rows:
        articles.append(int(id))
        size += length or 0
        if size > BATCH_BYTES:
            break
    return articles
