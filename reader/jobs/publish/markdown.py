"""A briefing as Markdown (CommonMark 0.31): to be pasted into a mail or a wiki, and read as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.text import day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reader.jobs.publish.document import Document, Entry, Quote, Section, Statement, Words


def markdown(document: Document) -> str:
    """The whole document; it ends in a newline."""
    return re.sub(r"\n{3,}", "\n\n", "\n\n".join(_parts(document))).strip() + "\n"


def _parts(document: Document) -> Iterator[str]:
    yield f"# {_plain(document.title)}"
    audience = f" for {_plain(document.audience)}" if document.audience else ""
    yield f"Media briefing no. {document.number}{audience}, {day(document.date)}"
    if document.summary:
        yield "## Executive summary"
        yield _words(document.summary)
    if not document.sections:
        yield "No threads, articles or passages have been put into this briefing yet."
    for section in document.sections:
        yield from _section(section)
    if document.sources:
        yield "## Sources"
        yield "\n".join(f"{source.number}. {_cited(source.footnote, source.url)}" for source in document.sources)


def _section(section: Section) -> Iterator[str]:
    yield f"## {_plain(section.title)}"
    if section.kind == "thread":
        yield _figures(section)
        yield _words(section.comment)
        if section.lead:
            yield f"{_plain(section.lead)} {_mark(section.lead_source)}"
        yield _notes(section.notes)
        if len(section.timeline) > 1:
            yield "### Timeline"
            yield "\n".join(_timeline(section))
        if section.statements:
            yield "### What reports state"
            yield "\n".join(
                f"- {one.kind}: **{_plain(one.value)}**, {_told_by(one, section)} " + " ".join(map(_mark, one.sources))
                for one in section.statements
            )
        if section.entries:
            yield "### Selected coverage"
    for entry in section.entries:
        yield from _entry(entry, "####" if section.kind == "thread" else "###")


def _told_by(statement: Statement, section: Section) -> str:
    told = f"{statement.reports} of {section.independent} independent reports" if statement.reports else "no independent report"
    return f"{told}; disputed: others say {_plain(', '.join(statement.against))}" if statement.against else told


def _figures(section: Section) -> str:
    parts = [
        f"Heat {section.heat:.0f}" if section.heat is not None and section.heat >= 0 else "",
        f"Quality {section.quality:.0f}" if section.quality is not None else "",
        f"{section.articles} {'article' if section.articles == 1 else 'articles'}",
        f"{section.independent} independent" if section.articles > 1 else "",
        day(section.first) if section.first == section.last else f"{day(section.first)} to {day(section.last)}",
    ]
    return " · ".join(part for part in parts if part)


def _timeline(section: Section) -> Iterator[str]:
    for event in section.timeline:
        copy = " (copy)" if event.copy else ""
        provider = f"**{_plain(event.provider)}** " if event.provider else ""
        yield f"- {day(event.date)}: {provider}{_plain(event.title)} {_mark(event.source)}{copy}"
    if section.later:
        yield f"- and {section.later} later"


def _entry(entry: Entry, level: str) -> Iterator[str]:
    yield f"{level} {_plain(entry.title)} {_mark(entry.source)}"
    yield " · ".join(part for part in (_plain(entry.provider), day(entry.date), "a copy" if entry.copy else "") if part)
    yield _notes(entry.comment)
    if entry.excerpt:
        yield _plain(entry.excerpt)
    for quote in entry.quotes:
        yield _quote(quote)
        for remark in quote.remarks:
            yield _notes(remark.words)
    yield _notes(entry.notes)


def _quote(quote: Quote) -> str:
    words = "".join(_bold(_plain(piece.text)) if piece.colour else _plain(piece.text) for piece in quote.pieces)
    return "\n".join(f"> {line}".rstrip() for line in words.strip().split("\n"))


def _bold(words: str) -> str:
    """Strong emphasis, paragraph by paragraph: it may not begin or end with white space."""
    return "".join(f"**{part}**" if part.strip() else part for part in re.split(r"(\s*\n\s*|^\s+|\s+$)", words))


def _notes(words: tuple[Words, ...]) -> str:
    return f"*Note.* {_words(words)}" if words else ""


def _words(words: Iterable[Words]) -> str:
    """Paragraphs and lists."""
    lines: list[str] = []
    before = True
    for one in words:
        lines.append("" if not (one.point and before) else "\0")
        lines.append(f"- {_plain(one.text)}" if one.point else _plain(one.text))
        before = one.point
    return "\n".join(line for line in lines if line != "\0").strip()


def _cited(footnote: str, url: str) -> str:
    if not url:
        return _plain(footnote)
    before, _, after = footnote.partition(url)
    return f"{_plain(before)}<{url}>{_plain(after)}"


def _mark(number: int) -> str:
    return rf"\[{number}\]"


_SPECIAL = re.compile(r"([\\`*_\[\]<>~|&])")
_AT_LINE_START = re.compile(r"^(\s*)([#+=-]|\d+(?=[.)]))", re.MULTILINE)


def _plain(words: str) -> str:
    """Words whose signs mean nothing."""
    return _AT_LINE_START.sub(_escaped, _SPECIAL.sub(r"\\\1", words))


def _escaped(found: re.Match[str]) -> str:
    gap, sign = found[1], found[2]
    return f"{gap}&#{ord(sign[0])};{sign[1:]}"
