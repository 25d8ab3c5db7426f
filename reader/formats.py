"""The RECORD and the THREAD of the shell and of the files that come and go: the names that people and scripts know. Pure.

Reading is tolerant: what a field says wrongly is left out and told, and only a record that names nothing is refused.
Writing gives a value back as it came for as long as it still says what the library holds.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from reader.errors import ParseError
from reader.records import Article, ArticleRow, ContentType, Outlet, Picture, Record
from reader.text import canonical_url, shortened, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reader.records import Highlight, Note, Thread

Document = dict[str, Any]
"""A JSON object under the names of the formats."""

SEED_FIELDS = (
    "category", "title", "excerpt", "publishedDateTime", "originalUrl", "webUrl", "ampWebUrl", "cdnAmpWebUrl", "type", "quality",
    "heat", "published", "provider", "topics", "images", "related", "secured",
)  # fmt: skip
"""The fields of a seed record, in the order of the seeds."""

NUMBERS = frozenset({"quality", "heat", "width", "height"})
FLAGS = frozenset({"published", "isCached"})
TIMES = frozenset({"publishedDateTime"})
"""Fields that are no text, wherever they stand in a record."""

OURS = frozenset({
    "id", "thread", "read", "starred", "hidden", "captured", "wordCount", "revisions", "highlights", "notes", "snippet",
})  # fmt: skip
"""What a library says of an article of its own; meaningless in another, so a record that comes in leaves it behind."""

SCORES = ("quality", "heat", "published")
"""What a library computes where no source recorded it. `recorded` beside them holds what a source did record; it is `null` for an
article that came without a record, such as one of a feed. `added` names what a library knows beyond what the source recorded."""

_DEEPEST = 16
_RELATED_DEEP = 3
_LONGEST_TITLE = 1000
_LONGEST_EXCERPT = 20_000
_LONGEST_ADDRESS = 8000
_MOST_PARTS = 2000
_LARGEST = 1e9
_HALF = re.compile("[\ud800-\udfff]")
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,15})?")
_CONTENT_TYPES: dict[str, ContentType] = {
    "": "text/plain", "text": "text/plain", "text/plain": "text/plain", "html": "text/html", "text/html": "text/html",
    "application/xhtml+xml": "text/html", "markdown": "text/markdown", "text/markdown": "text/markdown",
}  # fmt: skip


# Times


def time_of(moment: datetime | None) -> str | None:
    """RFC 3339 with an offset; `None` where the moment is not known."""
    return moment.isoformat(timespec="seconds") if moment else None


def time_from(words: str) -> datetime | None:
    """A moment in UTC, to the second, from ISO 8601 or the date of a mail; `None` where it cannot be read.

    A time without an offset is taken for UTC, a date without a time for its midnight.
    """
    try:
        moment = datetime.fromisoformat(words.strip().upper())
    except ValueError:
        found = _time_of_a_mail(words)
        if found is None:
            return None
        moment = found
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
    except OverflowError:  # year 1 or 9999, an hour beyond
        return None


def _time_of_a_mail(words: str) -> datetime | None:
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - heavy for what is rarely needed

    try:
        return parsedate_to_datetime(words)
    except (ValueError, IndexError, OverflowError):  # its tuple may hold anything
        return None


# In


def record_from(mapping: Mapping[str, object], doubts: list[str] | None = None) -> Record:
    """A RECORD as it stands in JSON or in front matter. Values that cannot be used are left out and told in `doubts`.

    `text` stays empty: making it takes whoever can clean HTML. Raises `ParseError` for what has neither title nor address, or is
    nested so deep that it was made to harm.
    """
    return _read(mapping, [] if doubts is None else doubts, 0)


def _read(mapping: Mapping[str, object], doubts: list[str], depth: int) -> Record:
    document = _without_our_scores(_sound(mapping, 0))
    field = _Fields(document, doubts)
    content = field.raw_text("content")
    record = Record(
        title=field.line("title", _LONGEST_TITLE),
        excerpt=field.line("excerpt", _LONGEST_EXCERPT),
        content=content,
        content_type=field.content_type(),
        author=field.line("author", _LONGEST_TITLE),
        category=field.line("category", _LONGEST_TITLE),
        type=field.line("type", _LONGEST_TITLE) or "article",
        date=field.time("publishedDateTime"),
        original_url=field.address("originalUrl"),
        web_url=field.address("webUrl"),
        amp_url=field.address("ampWebUrl"),
        cdn_amp_url=field.address("cdnAmpWebUrl"),
        provider=field.provider(),
        language=field.line("language", 40),
        quality=field.number("quality"),
        heat=field.number("heat"),
        published=field.flag("published"),
        topics=tuple(field.topics()),
        images=tuple(field.images()),
        related=tuple(field.related(depth)),
        secured=field.raw_text("secured"),
        document=_as_it_came(document, mapping),
    )
    if not (record.title or record.web_url or record.original_url or record.amp_url or record.cdn_amp_url):
        raise ParseError("a record needs a title or an address, and this one has neither")
    return record


def _without_our_scores(document: Document) -> Document:
    """What a library exported, with the scores that a source recorded in place of those that the library computed."""
    if "recorded" not in document:
        return document
    said = document["recorded"] if isinstance(document["recorded"], dict) else {}
    told = {name: said.get(name) if name in SCORES else value for name, value in document.items()}
    return {name: value for name, value in told.items() if name not in SCORES or name in said}


def _as_it_came(document: Document, mapping: Mapping[str, object]) -> Document:
    """What is to be given back on export: the source's own words, nothing where a library made up the record itself."""
    if "recorded" in mapping and mapping["recorded"] is None:
        return {}
    added = document.get("added")
    left_out = OURS | {"content", "recorded", "added"} | set(added if isinstance(added, list) else ())
    return {name: value for name, value in document.items() if name not in left_out}


def _sound(value: Any, depth: int) -> Any:
    """The same document, free of what no file or database can hold: halves of characters, numbers that are none."""
    if depth > _DEEPEST:
        raise ParseError(f"nested more than {_DEEPEST} deep")
    if isinstance(value, str):
        return _HALF.sub("\ufffd", value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {_sound(str(name), depth): _sound(part, depth + 1) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_sound(part, depth + 1) for part in value]
    return value


class _Fields:
    """The fields of a foreign mapping, read one by one; what could not be used is told."""

    def __init__(self, mapping: Mapping[str, Any], doubts: list[str]) -> None:
        self._mapping, self._doubts = mapping, doubts

    def raw_text(self, name: str) -> str:
        """Text to the byte."""
        value = self._mapping.get(name)
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _LARGEST:
            return str(value)
        self._doubt(name, "is not text")
        return ""

    def line(self, name: str, limit: int) -> str:
        """Text as one line."""
        return shortened(self.raw_text(name), limit)

    def content_type(self) -> ContentType:
        said = self.raw_text("contentType").partition(";")[0].strip().lower()
        if said not in _CONTENT_TYPES:
            self._doubt("contentType", f"“{shortened(said, 40)}” is not known; read as plain text")
        return _CONTENT_TYPES.get(said, "text/plain")

    def number(self, name: str, within: float = _LARGEST) -> float | None:
        value = self._mapping.get(name)
        if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
            value = float(value)
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= within:
            return float(value)
        if value is not None and value != "":
            self._doubt(name, "is not a number")
        return None

    def flag(self, name: str) -> bool | None:
        value = self._mapping.get(name)
        if isinstance(value, str):
            value = {"true": True, "yes": True, "false": False, "no": False, "": None}.get(value.strip().lower(), value)
        if isinstance(value, bool):
            return value
        if value is not None:
            self._doubt(name, "is neither true nor false")
        return None

    def time(self, name: str) -> datetime | None:
        words = self.raw_text(name)
        moment = time_from(words) if words.strip() else None
        if words.strip() and moment is None:
            self._doubt(name, f"“{shortened(words, 40)}” is not a time; kept without one")
        return moment

    def address(self, name: str) -> str:
        value = squeezed(self.raw_text(name))
        if value and (len(value) > _LONGEST_ADDRESS or not canonical_url(value)):
            self._doubt(name, f"“{shortened(value, 60)}” is not an address of the web; left out")
            return ""
        return value

    def provider(self) -> Outlet:
        value = self._mapping.get("provider")
        if isinstance(value, dict):
            part = _Fields(value, self._doubts)
            return Outlet(part.line("name", 200), part.line("domain", 253))
        said = self.line("provider", 253)
        return Outlet("", said) if "." in said and " " not in said else Outlet(said)

    def topics(self) -> Iterable[str]:
        value = self._mapping.get("topics")
        names = value if isinstance(value, list) else [value]
        told = (shortened(str(name), 200) for name in names[:_MOST_PARTS] if isinstance(name, str | int))
        return dict.fromkeys(name for name in told if name)

    def images(self) -> Iterable[Picture]:
        for part in self._list("images"):
            image = _Fields(part if isinstance(part, dict) else {"url": part}, self._doubts)
            if url := image.address("url"):
                width, height = (max(0, int(image.number(side) or 0)) for side in ("width", "height"))
                yield Picture(url, width, height, bool(image.flag("isCached")))

    def related(self, depth: int) -> Iterable[Record]:
        told = self._list("related")
        if told and depth >= _RELATED_DEEP:
            self._doubt("related", f"goes more than {_RELATED_DEEP} records deep; left there")
            return
        for number, part in enumerate(told, start=1):
            if not isinstance(part, dict):
                self._doubt(f"related {number}", "is not a record; left out")
                continue
            try:
                yield _read(part, self._doubts, depth + 1)
            except ParseError as error:
                self._doubt(f"related {number}", f"left out: {error}")

    def _list(self, name: str) -> list[Any]:
        value = self._mapping.get(name)
        if value is None or value == "":
            return []
        if not isinstance(value, list):
            self._doubt(name, "is not a list; left out")
            return []
        if len(value) > _MOST_PARTS:
            self._doubt(name, f"has {len(value)} parts; the first {_MOST_PARTS} were taken")
        return value[:_MOST_PARTS]

    def _doubt(self, name: str, what: str) -> None:
        self._doubts.append(f"{name} {what}")


# Out


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
        "recorded": _recorded(what),
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
        "articles": [{**_mention(member.row), "independent": member.independent} for member in thread.members],
        "providers": list(thread.providers),
        "independentProviders": thread.independent_providers,
        "first": time_of(thread.first),
        "last": time_of(thread.last),
        "storyline": thread.storyline,
        "facts": [
            {"kind": fact.kind, "value": fact.value, "sentence": fact.sentence, "article": fact.article} for fact in thread.facts
        ],
        "head": thread.head,
        "momentum": number_of(thread.momentum),
    }


def number_of(value: float | None) -> float | None:
    """A score as JSON: whole where it is whole."""
    if value is None:
        return None
    return int(value) if float(value).is_integer() else round(value, 3)


def _recorded(article: Article) -> Document | None:
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
    return {
        "id": row.id,
        "title": row.title,
        "webUrl": row.web_url,
        "provider": {"name": row.provider, "domain": row.domain},
        "publishedDateTime": time_of(row.date),
        "quality": number_of(row.quality),
    }


def _picture(image: Picture) -> Document:
    return {"url": image.url, "width": image.width, "height": image.height, "isCached": image.cached}


# Out, as it came


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
    if (recorded := _recorded(article)) != {name: document[name] for name in SCORES if name in document}:
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
    known = _row(article.row)
    return {name: known[name] for name in names}
