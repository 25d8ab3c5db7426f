"""A RECORD that comes in, read field by field with patience."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from reader.errors import ParseError
from reader.formats.names import OURS, SCORES, Document
from reader.formats.times import time_from
from reader.records import ContentType, Outlet, Picture, Record
from reader.text import canonical_url, shortened, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

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
