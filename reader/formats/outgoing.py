"""Articles and threads as the library knows them, for people's scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.formats.names import SCORES, SEED_FIELDS, Document
from reader.formats.times import time_of
from reader.records import Article, ArticleRow, Picture, Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.records import Highlight, Note, Thread

MENTIONED = ("id", "title", "webUrl", "provider", "publishedDateTime", "quality")
"""What is said of an article inside another document, in this order."""


def record_of(what: Article | ArticleRow | Record, related: Sequence[ArticleRow] = ()) -> Document:
    """The RECORD of an article as the library knows it; of a row, as much of it as that holds; of one that came in, as it is.

    `related` are the rows of the articles that its record lists.
    """
    if isinstance(what, ArticleRow):
        return _row(what)
    if isinstance(what, Record):
        return _incoming(what)
    seen = _row(what.row)
    return {
        "id": seen.pop("id"),
        **dict.fromkeys(SEED_FIELDS),
        **seen,
        "category": what.category,
        "type": what.type,
        "originalUrl": what.original_url,
        "ampWebUrl": what.amp_url,
        "cdnAmpWebUrl": what.cdn_amp_url,
        "topics": list(what.topics),
        "images": [_picture(image) for image in what.images],
        "related": [_mention(row) for row in related] if related else [{"id": id} for id in what.related],
        "secured": what.secured,
        "author": what.author,
        "recorded": recorded_scores(what),
    }


def whole_record_of(article: Article, related: Sequence[ArticleRow] = ()) -> Document:
    """The RECORD of one article with everything that stands in it: content, earlier texts, highlights and notes."""
    return {
        **record_of(article, related),
        "content": article.content or article.text,
        "contentType": article.content_type if article.content else "text/plain",
        "revisions": [
            {"replaced": time_of(revision.replaced), "title": revision.title, "text": revision.text}
            for revision in article.revisions
        ],
        "highlights": [highlight_of(highlight) for highlight in article.highlights],
        "notes": [note_of(note) for note in article.notes],
    }


def highlight_of(highlight: Highlight) -> Document:
    """A marked passage; `start` and `end` count code points in the article's text."""
    anchor = highlight.anchor
    return {
        "id": highlight.id,
        "article": highlight.article,
        "quote": anchor.exact,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
        "start": anchor.start,
        "end": anchor.end,
        "colour": highlight.colour,
        "made": time_of(highlight.made),
    }


def note_of(note: Note) -> Document:
    """Words of the analyst, and what they are on."""
    on = {"article": note.article, "thread": note.thread, "highlight": note.highlight}
    return {"id": note.id, "text": note.text, "made": time_of(note.made)} | {
        kind: id for kind, id in on.items() if id is not None
    }


def thread_of(thread: Thread) -> Document:
    """The THREAD of the formats page."""
    return {
        "id": thread.id,
        "title": thread.title,
        "heat": number_of(thread.heat),
        "quality": number_of(thread.quality),
        "articles": [
            {
                **_mention(member.row),
                "independent": member.independent,
                "copyOf": member.copy_of,
                "first": member.first,
                "primary": member.primary,
                "links": list(member.links),
            }
            for member in thread.members
        ],
        "providers": list(thread.providers),
        "independentProviders": thread.independent_providers,
        "first": time_of(thread.first),
        "last": time_of(thread.last),
        "storyline": thread.storyline,
        "facts": _facts(thread),
        "head": thread.head,
        "momentum": number_of(thread.momentum),
        "heatHistory": [{"from": time_of(moment), "heat": number_of(heat)} for moment, heat in thread.heat_history],
    }


def _facts(thread: Thread) -> list[Document]:
    """What the articles state; of a thread that is told whole also how many independent reports do, and what others say."""
    told = thread.statements
    own = {
        (one.kind, one.value): len(one.own) for one in (*told.agreed, *(side for sides in told.contradictions for side in sides))
    }
    against = told.against
    return [
        {"kind": fact.kind, "value": fact.value, "sentence": fact.sentence, "article": fact.article}
        | {"contradicts": list(against.get(key, ()))}
        | ({"reports": own[key]} if key in own else {})
        for fact in thread.facts
        for key in [(fact.kind, fact.value)]
    ]


def number_of(value: float | None) -> float | None:
    """A score as JSON: whole where it is whole."""
    if value is None:
        return None
    return int(value) if float(value).is_integer() else round(value, 3)


def recorded_scores(article: Article) -> Document | None:
    """The scores that the source of an article recorded; `None` for one that came without a record."""
    return {name: article.recorded[name] for name in SCORES if name in article.recorded} if article.recorded else None


def _incoming(record: Record) -> Document:
    """The RECORD of an article that is not in a library."""
    return {
        "title": record.title,
        "excerpt": record.excerpt,
        "category": record.category,
        "type": record.type,
        "publishedDateTime": time_of(record.date),
        "originalUrl": record.original_url,
        "webUrl": record.web_url,
        "ampWebUrl": record.amp_url,
        "cdnAmpWebUrl": record.cdn_amp_url,
        "quality": number_of(record.quality),
        "heat": number_of(record.heat),
        "published": record.published,
        "provider": {"name": record.provider.name, "domain": record.provider.domain},
        "topics": list(record.topics),
        "images": [_picture(image) for image in record.images],
        "related": [_incoming(other) for other in record.related],
        "secured": record.secured,
        "author": record.author,
        "language": record.language,
        "content": record.content,
        "contentType": record.content_type,
    }


def _row(row: ArticleRow) -> Document:
    return {
        "id": row.id,
        "title": row.title,
        "excerpt": row.excerpt,
        "publishedDateTime": time_of(row.date),
        "webUrl": row.web_url,
        "quality": number_of(row.quality),
        "heat": number_of(row.heat),
        "published": row.published,
        "provider": {"name": row.provider, "domain": row.domain},
        "language": row.language,
        "thread": row.thread,
        "read": row.read,
        "starred": row.starred,
        "captured": row.captured,
        "wordCount": row.word_count,
    }


def _mention(row: ArticleRow) -> Document:
    """An article inside another document."""
    whole = _row(row)
    return {name: whole[name] for name in MENTIONED}


def _picture(image: Picture) -> Document:
    return {"url": image.url, "width": image.width, "height": image.height, "isCached": image.cached}
