"""Articles: which one a record is, what of it is new, and how they are read back.

An article is known by its addresses, every variant of them as one (`text.canonical_url`); without an address by provider, title
and date; a bare text by its words. Its key is the SHA-256 of that, the same in every library.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from reader.errors import NotFound
from reader.records import (
    Article,
    ArticleRow,
    Picture,
    Reading,
    Revision,
)
from reader.store import providers
from reader.store.annotations import highlights, notes_of_article
from reader.text import canonical_url, folded, is_a_site, links_in, squeezed, tidied, word_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import apsw

    from reader.records import Record

Outcome = Literal["new", "updated", "unchanged"]

# In


def keep(db: apsw.Connection, record: Record, now: int, *, own: bool = True) -> tuple[int, Outcome]:
    """Keep an article: its id, and what became of it.

    A source that has told of the article before is believed when it tells something else (`own`): the text that stood is kept as
    a revision. A mention (`own=False`: a related record, another feed) only fills what is empty. What a source said once is not
    news when it says it again, so the same input twice changes nothing.
    """
    addresses = _addresses(record)
    key = key_of(record, addresses)
    provider = providers.keep(db, record.provider, record.web_url or record.original_url or record.amp_url, now)
    id = _known(db, key, addresses)
    version = _version(record)
    if id is None:
        id = _add(db, record, key, provider, now)
        outcome: Outcome = "new"
    elif db.execute("SELECT 1 FROM said WHERE article = ? AND version = ?", (id, version)).fetchone():
        return id, "unchanged"
    else:
        outcome = "updated" if _merge(db, id, record, provider, now, own=own) else "unchanged"
    db.execute("INSERT INTO said (article, version) VALUES (?, ?)", (id, version))
    db.executemany("INSERT OR IGNORE INTO address (url, article) VALUES (?, ?)", ((address, id) for address in addresses))
    return id, outcome


def also_at(db: apsw.Connection, id: int, record: Record) -> None:
    """Note that this record tells of that article, if it goes by the same title, under whatever addresses it comes now."""
    if folded(squeezed(record.title)) == folded(_one(db, "SELECT title FROM article WHERE id = ?", id)[0]):
        addresses = _addresses(record)
        db.executemany("INSERT OR IGNORE INTO address (url, article) VALUES (?, ?)", ((address, id) for address in addresses))


def relate(db: apsw.Connection, id: int, others: Sequence[int]) -> None:
    """Note which articles the record of `id` lists as related, in its order."""
    db.executemany(
        "INSERT OR IGNORE INTO related (article, other, position) VALUES (?, ?, ?)",
        ((id, other, position) for position, other in enumerate(others) if other != id),
    )


def key_of(record: Record, addresses: Sequence[str] | None = None) -> str:
    """The name of an article that is the same in every library: SHA-256 in hexadecimal."""
    told = _addresses(record) if addresses is None else addresses
    if told:
        return _digest(told[0])
    outlet = record.provider.domain or record.provider.name
    if record.title and (outlet or record.date):
        return _digest("\n".join((folded(outlet), folded(squeezed(record.title)), _day(record.date))))
    return _digest(tidied(record.text or record.content or record.excerpt or record.title))


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()


def _day(date: datetime | None) -> str:
    return date.astimezone(UTC).date().isoformat() if date else ""


def _addresses(record: Record) -> list[str]:
    told = (record.web_url, record.original_url, record.amp_url, record.cdn_amp_url)
    canonical = (canonical_url(address) for address in told if address)
    return list(dict.fromkeys(address for address in canonical if address and not is_a_site(address)))


def _known(db: apsw.Connection, key: str, addresses: Sequence[str]) -> int | None:
    for address in addresses:
        if found := db.execute("SELECT article FROM address WHERE url = ?", (address,)).fetchone():
            return int(found[0])
    found = db.execute("SELECT id FROM article WHERE key = ?", (key,)).fetchone()
    return int(found[0]) if found else None


def _version(record: Record) -> bytes:
    """What tells one telling of an article from another."""
    told = (
        record.title, record.excerpt, record.content_type, record.content, record.author, record.category, record.type,
        record.language, record.date and record.date.isoformat(),
        record.web_url, record.original_url, record.amp_url, record.cdn_amp_url, record.provider.name, record.provider.domain,
        record.quality, record.heat, record.published, record.topics,
        [(image.url, image.width, image.height, image.cached) for image in record.images], record.secured,
    )  # fmt: skip
    return hashlib.sha256(json.dumps(told, ensure_ascii=True).encode()).digest()[:16]


_COLUMNS = (
    "provider", "title", "excerpt", "author", "category", "type", "language", "date", "web_url", "original_url", "amp_url",
    "cdn_amp_url", "recorded_quality", "recorded_heat", "recorded_published", "secured",
)  # fmt: skip


def _columns(record: Record, provider: int | None) -> tuple[Any, ...]:
    return (
        provider, squeezed(record.title) or _untitled(record), squeezed(record.excerpt), squeezed(record.author), record.category,
        record.type, record.language, int(record.date.timestamp()) if record.date else None, record.web_url, record.original_url,
        record.amp_url, record.cdn_amp_url, record.quality, record.heat, record.published, record.secured,
    )  # fmt: skip


def _untitled(record: Record) -> str:
    return record.web_url or record.original_url or record.amp_url or record.cdn_amp_url


def _text(record: Record) -> str:
    """What is read, searched and marked: the text of the content; the excerpt where there is none."""
    return tidied(record.text) or squeezed(record.excerpt)


def _add(db: apsw.Connection, record: Record, key: str, provider: int | None, now: int) -> int:
    text = _text(record)
    names = ", ".join(("key", "arrived", "word_count", *_COLUMNS))
    values = (key, now, word_count(text), *_columns(record, provider))
    marks = ", ".join("?" * len(values))
    db.execute(f"INSERT INTO article ({names}) VALUES ({marks})", values)
    id = db.last_insert_rowid()
    db.execute("INSERT INTO content VALUES (?, ?, ?, ?)", (id, record.content_type, record.content, text))
    if record.document:
        _keep_document(db, id, record)
    _keep_parts(db, id, record)
    return id


def _keep_parts(db: apsw.Connection, id: int, record: Record) -> None:
    db.executemany(
        "INSERT OR IGNORE INTO picture (article, position, url, width, height, cached, file) VALUES (?, ?, ?, ?, ?, ?, '')",
        ((id, at, image.url, image.width, image.height, image.cached) for at, image in enumerate(record.images)),
    )
    db.executemany(
        "INSERT OR IGNORE INTO given_topic (article, position, name) VALUES (?, ?, ?)",
        ((id, at, name) for at, name in enumerate(record.topics)),
    )


def _keep_document(db: apsw.Connection, id: int, record: Record) -> None:
    document = json.dumps(record.document, ensure_ascii=False)
    db.execute(
        "INSERT INTO recorded VALUES (?, ?) ON CONFLICT (article) DO UPDATE SET document = excluded.document"
        " WHERE document != excluded.document",
        (id, document),
    )


def _merge(db: apsw.Connection, id: int, record: Record, provider: int | None, now: int, *, own: bool) -> bool:
    """Bring a known article level with what is told of it now; whether that changed anything."""
    before = db.total_changes()
    columns = db.execute(f"SELECT {', '.join(_COLUMNS)} FROM article WHERE id = ?", (id,)).fetchone()
    stood = dict(zip(_COLUMNS, columns or (), strict=True))
    told = dict(zip(_COLUMNS, _columns(record, provider), strict=True))
    if not record.title:
        told["title"] = ""
    if not own and stood["type"] == "article":
        told["type"] = ""
    news = {name: value for name, value in told.items() if _is_news(stood[name], value, own=own)}
    _merge_text(db, id, record, now, own=own, retitled="title" in news)
    if news:
        assignments = ", ".join(f"{name} = ?" for name in news)
        db.execute(f"UPDATE article SET {assignments} WHERE id = ?", (*news.values(), id))
    if record.document and (own or not db.execute("SELECT 1 FROM recorded WHERE article = ?", (id,)).fetchone()):
        _keep_document(db, id, record)
    _keep_parts(db, id, record)
    return db.total_changes() > before


def _is_news(stood: object, told: object, *, own: bool) -> bool:
    if told is None or told == "":
        return False
    empty = stood is None or stood == ""
    return told != stood and (own or empty)


def _merge_text(db: apsw.Connection, id: int, record: Record, now: int, *, own: bool, retitled: bool) -> None:
    body, text, title, captured = _one(
        db, "SELECT body, text, title, captured FROM content JOIN article ON id = article WHERE article = ?", id
    )
    new = _text(record)
    has_more = word_count(new) > word_count(text)
    if not new or new == text:
        replaces = False
    elif own and not captured:
        replaces = bool(record.content) or not body  # an excerpt never replaces a text
    else:
        replaces = has_more and (bool(record.content) or not body)
    if replaces or retitled:
        db.execute("INSERT INTO revision (article, replaced, title, text) VALUES (?, ?, ?, ?)", (id, now, title, text))
    if replaces:
        db.execute(
            "UPDATE content SET type = ?, body = ?, text = ? WHERE article = ?", (record.content_type, record.content, new, id)
        )
        db.execute("UPDATE article SET word_count = ? WHERE id = ?", (word_count(new), id))


# Out

_ROW = """
    SELECT article.id, title, coalesce(provider.name, ''), coalesce(provider.domain, ''), date, arrived, excerpt, language,
           coalesce(score.quality, recorded_quality), coalesce(score.heat, -1), coalesce(score.published, 0), membership.thread,
           read, starred, hidden, captured IS NOT NULL,
           EXISTS (SELECT 1 FROM highlight WHERE highlight.article = article.id AND NOT removed)
               OR EXISTS (SELECT 1 FROM note WHERE note.article = article.id AND NOT removed),
           word_count, coalesce(nullif(web_url, ''), nullif(original_url, ''), amp_url),
           (SELECT coalesce(nullif(name, ''), domain) FROM article AS original JOIN provider ON provider.id = original.provider
            WHERE original.id = membership.copy_of)
    FROM article
    JOIN state ON state.article = article.id
    LEFT JOIN provider ON provider.id = article.provider
    LEFT JOIN score ON score.article = article.id
    LEFT JOIN membership ON membership.article = article.id
    WHERE article.id IN (SELECT value FROM json_each(?))
"""


def rows(db: apsw.Connection, ids: Iterable[int]) -> list[ArticleRow]:
    """The rows of these articles, in this order; an id that is not there is left out."""
    asked = list(ids)
    found = {row.id: row for row in map(_row, db.execute(_ROW, (json.dumps(asked),)))}
    return [found[id] for id in asked if id in found]


def _row(values: tuple[Any, ...]) -> ArticleRow:
    id, title, name, domain, date, arrived, excerpt, language, quality, heat, published, thread, *rest = values
    read, starred, hidden, captured, annotated, words, url, copied = rest
    return ArticleRow(
        id, title, name, domain, when(date), datetime.fromtimestamp(arrived, UTC), excerpt, language, quality, heat,
        bool(published), thread, bool(read), bool(starred), bool(hidden), bool(captured), bool(annotated), words, url,
        copied or "",
    )  # fmt: skip


def when(seconds: int | None) -> datetime | None:
    """A moment as it is stored, as a datetime."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def newest(db: apsw.Connection, limit: int, offset: int) -> tuple[int, list[int]]:
    """How many articles there are that are not hidden, and the ids of a page of them, newest first; `limit` 0 is all."""
    total = db.execute("SELECT count(*) FROM state WHERE NOT hidden").get
    found = db.execute(
        "SELECT id FROM article JOIN state ON article = id WHERE NOT hidden ORDER BY date DESC, id LIMIT ? OFFSET ?",
        (limit or -1, offset),
    )
    assert isinstance(total, int)
    return total, [id for (id,) in found]


def article(db: apsw.Connection, id: int) -> Article:
    """One article, whole; `NotFound` where there is none."""
    for found in whole(db, [id]):
        return found
    raise NotFound("article", id)


_WHOLE = """
    SELECT article.id, key, content.type, author, category, article.type, original_url, amp_url, cdn_amp_url, secured, body, text,
           (SELECT document FROM recorded WHERE recorded.article = article.id),
           (SELECT json_group_array(name ORDER BY position, id) FROM given_topic WHERE given_topic.article = article.id),
           (SELECT json_group_array(json_array(url, width, height, cached OR file != '') ORDER BY position, id)
            FROM picture WHERE picture.article = article.id),
           (SELECT json_group_array(other ORDER BY position) FROM related WHERE related.article = article.id),
           EXISTS (SELECT 1 FROM revision WHERE revision.article = article.id)
    FROM article JOIN content ON content.article = article.id
    WHERE article.id IN (SELECT value FROM json_each(?))
"""


def whole(db: apsw.Connection, ids: Iterable[int]) -> Iterator[Article]:
    """These articles, whole, in this order, read in one go; an id that is not there is left out."""
    found = {row.id: row for row in rows(db, ids)}
    told = {values[0]: values[1:] for values in db.execute(_WHOLE, (json.dumps(list(found)),))}
    for id, row in found.items():
        key, type_, author, category, kind, original, amp, cdn_amp, secured, body, text, document, *lists, revised = told[id]
        topics, images, related = map(json.loads, lists)
        yield Article(
            row=row,
            key=key,
            content=body,
            content_type=type_,
            text=text,
            author=author,
            category=category,
            type=kind,
            original_url=original,
            amp_url=amp,
            cdn_amp_url=cdn_amp,
            topics=tuple(topics),
            images=tuple(Picture(url, width, height, bool(cached)) for url, width, height, cached in images),
            related=tuple(related),
            secured=secured,
            recorded=json.loads(document) if document is not None else {},
            revisions=_revisions(db, id) if revised else (),
            highlights=highlights(db, id) if row.annotated else (),
            notes=notes_of_article(db, id) if row.annotated else (),
        )


def _revisions(db: apsw.Connection, id: int) -> tuple[Revision, ...]:
    found = db.execute("SELECT replaced, title, text FROM revision WHERE article = ? ORDER BY id DESC", (id,))
    return tuple(Revision(datetime.fromtimestamp(at, UTC), title, old) for at, title, old in found)


_READING = """
    SELECT article.id, title, excerpt, text, language, coalesce(nullif(domain, ''), name, ''), standing, date, arrived,
           coalesce(nullif(web_url, ''), nullif(original_url, ''), amp_url), author, category,
           CASE content.type WHEN 'text/html' THEN body ELSE '' END, recorded_quality,
           (SELECT count(*) FROM picture WHERE picture.article = article.id),
           (SELECT json_group_array(other ORDER BY position) FROM related WHERE related.article = article.id)
    FROM article
    JOIN content ON content.article = article.id
    LEFT JOIN provider ON provider.id = provider
    WHERE article.id IN (SELECT value FROM json_each(?))
"""


def reading(db: apsw.Connection, ids: Iterable[int]) -> Iterator[Reading]:
    """These articles as the analysis sees them, in order of id; an id that is not there is left out."""
    for values in db.execute(f"{_READING} ORDER BY article.id", (json.dumps(list(ids)),)):
        id, title, excerpt, text, language, outlet, standing, date, arrived, *rest = values
        url, author, category, page, quality, images, related = rest
        yield Reading(
            id=id,
            title=title,
            excerpt=excerpt,
            text=text,
            language=language,
            provider=outlet,
            standing=standing,
            date=when(date),
            arrived=when(arrived),
            url=url,
            author=author,
            category=category,
            links=links_in(page),
            images=images,
            quality=quality,
            related=tuple(json.loads(related)),
        )


def _one(db: apsw.Connection, query: str, id: int) -> tuple[Any, ...]:
    """The row that is surely there."""
    return next(db.execute(query, (id,)))
