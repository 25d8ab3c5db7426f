"""A RECORD that goes into a file: as it came, where that still holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.errors import ParseError
from reader.formats.incoming import record_from
from reader.formats.names import SCORES, SEED_FIELDS, Document
from reader.formats.outgoing import number_of, record_of, recorded_scores
from reader.formats.times import time_of
from reader.text import canonical_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reader.records import Article


def document_of(article: Article, *, as_it_came: bool, decided: bool = False) -> Document:
    """The RECORD of an article for a file: every field that its source recorded, as it came, and what is known beside that.

    A recorded value gives way only to one that says something else: a title that was corrected, an address that was added. Heat
    and `published` are those of the library, unless its thread is still `as_it_came` and the analyst has not `decided`.
    """
    held, said = _held(article), _said(article.recorded)
    document = {
        name: value if name not in held or _same(name, held[name], said.get(name)) else held[name]
        for name, value in article.recorded.items()
    }
    if not as_it_came or "heat" not in document:
        document["heat"] = number_of(article.row.heat)
    if not as_it_came or decided or "published" not in document:
        document["published"] = article.row.published
    document |= (added := _added(document, held, said))
    if not article.recorded:
        document = {name: document[name] for name in SEED_FIELDS if name in document} | document
    elif beyond := [name for name in added if name not in {"content", "contentType"}]:
        document["added"] = beyond
    if (recorded := recorded_scores(article)) != {name: document[name] for name in SCORES if name in document}:
        document["recorded"] = recorded
    return document | _known_here(article)


def _added(document: Document, held: Document, said: Document) -> Document:
    """What is known beyond what a document says."""
    return {
        name: value
        for name, value in held.items()
        if name not in document and not _is_nothing(value) and not _same(name, value, said.get(name))
    }


_SAID_FOR_GOOD = ("provider", "topics", "images", "quality", "language")


def _held(article: Article) -> Document:
    """What the library holds of the fields in which a later telling may differ from the recorded one."""
    left_out = {"heat", "published", "related"} | {name for name in _SAID_FOR_GOOD if article.recorded.get(name) is not None}
    held = record_of(article)
    if article.content:
        held["content"] = article.content
        held["contentType"] = "" if article.content_type == "text/plain" else article.content_type
    names = (*SEED_FIELDS, "author", "language", "content", "contentType")
    return {name: held[name] for name in names if name in held and name not in left_out}


def _said(recorded: Mapping[str, object]) -> Document:
    """What a recorded document says, in the form in which the library holds it."""
    try:
        record = record_from(recorded)
    except ParseError:  # nothing was recorded
        return {}
    address = record.web_url or record.original_url or record.amp_url
    return {
        "title": record.title or address or record.cdn_amp_url,
        "excerpt": record.excerpt,
        "category": record.category,
        "type": record.type,
        "author": record.author,
        "publishedDateTime": time_of(record.date),
        "originalUrl": record.original_url,
        "webUrl": address,
        "ampWebUrl": record.amp_url,
        "cdnAmpWebUrl": record.cdn_amp_url,
        "secured": record.secured,
        "contentType": "" if record.content_type == "text/plain" else record.content_type,
    }


def _same(name: str, held: object, said: object) -> bool:
    if name.endswith("Url"):
        return held == said or (bool(held) and canonical_url(str(held)) == canonical_url(str(said or "")))
    return held == said


def _is_nothing(value: object) -> bool:
    return value is None or value in ("", []) or value == {"name": "", "domain": ""}


def _known_here(article: Article) -> Document:
    """What this library says of it beside."""
    names = ("id", "thread", "read", "starred", "captured", "wordCount")
    known = record_of(article.row)
    return {name: known[name] for name in names}
