"""A briefing as one value: all that its pages say, in order, whatever they are made into.

Everything in it is plain text. Days are in UTC. `source` is a number in the list of sources, from 1.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields, is_dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph that the analyst wrote, or (`point`) an item of a list."""

    text: str
    language: str
    point: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of an article's own words; marked where it has a colour."""

    text: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A note of the analyst on a marked passage, in the colour of its mark."""

    colour: str
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Marked passages that stand close together, with the sentences around them, word for word as in the stored text."""

    pieces: tuple[Piece, ...]
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as a section shows it: with its marked passages, or else with how it begins."""

    source: int
    title: str
    provider: str
    date: dt.date | None
    language: str
    quality: float | None
    copy: bool
    comment: tuple[Words, ...]
    excerpt: str
    quotes: tuple[Quote, ...]
    notes: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """A line of a timeline."""

    date: dt.date
    provider: str
    title: str
    language: str
    source: int
    copy: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """How much was reported in one stretch of time."""

    label: str
    independent: int
    copies: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much one provider reported: articles of its own, and copies of others'."""

    provider: str
    independent: int
    copies: int
    first: dt.date | None


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that reports state: its kind and value in words, how many independent reports, and which sources.

    `against` is what other reports state instead.
    """

    kind: str
    value: str
    reports: int
    sources: tuple[int, ...]
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A thread of the storyline that a section belongs to; `current` is the section's own."""

    title: str
    date: dt.date | None
    current: bool


@dataclass(frozen=True, slots=True)
class Storyline:
    """The long-running matter that a thread is part of."""

    title: str
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A thread, or the articles and passages that were chosen by themselves (then without figures of a thread)."""

    kind: str
    """"thread", "articles" or "passages"."""
    title: str
    language: str
    comment: tuple[Words, ...] = ()
    lead: str = ""
    """How its head begins, in the head's own words; `lead_source` is that article."""
    lead_source: int = 0
    heat: float | None = None
    quality: float | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    articles: int = 0
    independent: int = 0
    copies: int = 0
    notes: tuple[Words, ...] = ()
    timeline: tuple[Event, ...] = ()
    later: int = 0
    """Articles that the timeline leaves out because it would be too long."""
    undated: int = 0
    bar: str = ""
    """How long a bar is: "an hour", "a day" …"""
    bars: tuple[Bar, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    statements: tuple[Statement, ...] = ()
    storyline: Storyline | None = None
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """An article that the briefing rests on. `digest` is the SHA-256 of its stored text, in hexadecimal."""

    number: int
    title: str
    provider: str
    byline: str
    date: dt.date | None
    url: str
    accessed: dt.date
    language: str
    digest: str
    footnote: str


@dataclass(frozen=True, slots=True)
class Document:
    """A briefing, ready to be set. `abstract` is the beginning of its summary, or what it is made of."""

    number: int
    title: str
    language: str
    audience: str
    date: dt.date
    abstract: str
    summary: tuple[Words, ...]
    threads: int
    articles: int
    providers: int
    quotes: int
    first: dt.date | None
    last: dt.date | None
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    left_out: int
    """Marked passages that no longer stand in the stored text."""


def as_json(value: object) -> object:
    """A document as JSON knows it: names in camelCase, dates as ISO 8601."""
    if is_dataclass(value):
        return {_camel(field.name): as_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [as_json(part) for part in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)
