"""A briefing as one HTML page that stands alone: no script, nothing loaded from elsewhere; prints well."""

from __future__ import annotations

import re
import unicodedata
from html import escape
from typing import TYPE_CHECKING

from reader import resources
from reader.text import day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reader.jobs.publish.document import Bar, Document, Entry, Quote, Section, Source, Statement, Words


def webpage(document: Document) -> str:
    """The whole page."""
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            f"<title>{escape(document.title)}</title>",
            f"<style>\n{resources.text('briefing.css')}</style>",
            "</head>",
            "<body>",
            *_head(document),
            "<main>",
            *_summary(document),
            *(part for number, section in enumerate(document.sections, 1) for part in _section(section, number)),
            *_sources(document),
            "</main>",
            "</body>",
            "</html>",
            "",
        ],
    )


def _head(document: Document) -> Iterator[str]:
    yield f'<header><p class="kicker">Media briefing no. {document.number} · {day(document.date)}</p>'
    yield f"<h1{_language(document.title, document.language)}>{escape(document.title)}</h1>"
    if document.audience:
        yield f'<p class="audience">For <bdi>{escape(document.audience)}</bdi></p>'
    figures = (
        (document.threads, "thread"), (document.articles, "article"), (document.providers, "provider"),
        (document.quotes, "marked passage"),
    )  # fmt: skip
    if document.articles:
        told = (f"<li><b>{count}</b> {word}{'' if count == 1 else 's'}</li>" for count, word in figures)
        yield f'<ul class="figures">{"".join(told)}</ul>'
    yield "</header>"


def _summary(document: Document) -> Iterator[str]:
    if document.summary:
        yield f"<section><h2>Executive summary</h2>{_words(document.summary)}</section>"
    if not document.sections:
        yield '<p class="dim">No threads, articles or passages have been put into this briefing yet.</p>'
        return
    yield '<nav aria-label="Contents"><h2>Contents</h2><ol>'
    for number, section in enumerate(document.sections, 1):
        yield f'<li><a href="#section-{number}"><bdi>{escape(section.title)}</bdi></a></li>'
    yield '<li><a href="#sources">Sources</a></li></ol></nav>'


def _section(section: Section, number: int) -> Iterator[str]:
    yield f'<section id="section-{number}"><h2{_language(section.title, section.language)}>{escape(section.title)}</h2>'
    if section.kind == "thread":
        yield from _thread(section)
    level = 4 if section.kind == "thread" else 3
    for entry in section.entries:
        yield from _entry(entry, level)
    yield "</section>"


def _thread(section: Section) -> Iterator[str]:
    yield f'<p class="meta">{" · ".join(_figures(section))}</p>'
    if section.comment:
        yield f'<div class="assessment">{_words(section.comment)}</div>'
    if section.lead:
        yield f'<p dir="auto">{escape(section.lead)} {_mark(section.lead_source)}</p>'
    yield _notes(section.notes)
    if len(section.timeline) > 1:
        yield '<h3>Timeline</h3><ol class="timeline">'
        for event in section.timeline:
            copy = ' <span class="dim">(copy)</span>' if event.copy else ""
            yield (
                f'<li{" class=copy" if event.copy else ""}><time datetime="{event.date}">{day(event.date)}</time> <span>'
                f"<b><bdi>{escape(event.provider)}</bdi></b> <bdi>{escape(event.title)}</bdi> {_mark(event.source)}{copy}"
                "</span></li>"
            )
        yield f"</ol>{f'<p class=dim>and {section.later} later</p>' if section.later else ''}"
    if sum(bool(bar.independent + bar.copies) for bar in section.bars) > 2:
        yield f"<h3>Coverage</h3>{_chart(section)}"
    if section.statements:
        yield "<h3>What reports state</h3><table><tr><th>Kind<th>Value<th>Independent reports<th>Sources</tr>"
        for one in section.statements:
            yield (
                f"<tr><td>{escape(one.kind)}<td><b>{escape(one.value)}</b>{_against(one)}<td>{_told_by(one, section)}"
                f"<td>{' '.join(map(_mark, one.sources))}</tr>"
            )
        yield "</table>"
    if section.storyline:
        yield f'<h3>The longer story: <bdi>{escape(section.storyline.title)}</bdi></h3><ol class="timeline">'
        for chapter in section.storyline.chapters:
            title = f"<bdi>{escape(chapter.title)}</bdi>"
            yield f"<li><time>{day(chapter.date)}</time> <span>{f'<b>{title}</b>' if chapter.current else title}</span></li>"
        yield "</ol>"
    if section.entries:
        yield "<h3>Selected coverage</h3>"


def _figures(section: Section) -> Iterator[str]:
    if section.heat is not None and section.heat >= 0:
        yield f"Heat <b{' class=hot' if section.heat >= 70 else ''}>{section.heat:.0f}</b>"
    if section.quality is not None:
        yield f"Quality <b>{section.quality:.0f}</b>"
    yield f"{section.articles} {'article' if section.articles == 1 else 'articles'}"
    if section.articles > 1:
        yield f"{section.independent} independent"
    if section.first:
        yield day(section.first) if section.first == section.last else f"{day(section.first)} to {day(section.last)}"


def _told_by(statement: Statement, section: Section) -> str:
    return f"{statement.reports} of {section.independent}" if statement.reports else '<span class="dim">none</span>'


def _against(statement: Statement) -> str:
    """What other reports state instead."""
    others = escape(", ".join(statement.against))
    return f'<br><span class="dim">disputed: others say {others}</span>' if others else ""


def _chart(section: Section) -> str:
    tall = max(bar.independent + bar.copies for bar in section.bars)
    step = 100 / len(section.bars)
    said = f"Reports over time, a bar for {section.bar}, from {section.bars[0].label} to {section.bars[-1].label}; at most {tall}"
    bars = "".join(_bar(bar, at * step, step, 40 / tall) for at, bar in enumerate(section.bars))
    return (
        f'<svg role="img" aria-label="{escape(said)}" viewBox="0 0 100 40" preserveAspectRatio="none">{bars}</svg>'
        f'<p class="meta">{escape(section.bars[0].label)} to {escape(section.bars[-1].label)}, one bar is {section.bar}</p>'
    )


def _bar(bar: Bar, x: float, step: float, unit: float) -> str:
    own, copied = bar.independent * unit, bar.copies * unit
    place = f'x="{x + step * 0.1:.2f}" width="{step * 0.8:.2f}"'
    return (
        f'<rect class="own" {place} y="{40 - own:.2f}" height="{own:.2f}"/>'
        f'<rect class="copied" {place} y="{40 - own - copied:.2f}" height="{copied:.2f}"/>'
    )


def _entry(entry: Entry, level: int) -> Iterator[str]:
    yield f"<article><h{level}{_language(entry.title, entry.language)}>{escape(entry.title)} {_mark(entry.source)}</h{level}>"
    told = (
        f"<bdi>{escape(entry.provider)}</bdi>" if entry.provider else "",
        day(entry.date),
        f"Quality {entry.quality:.0f}" if entry.quality is not None else "",
        "a copy" if entry.copy else "",
    )
    yield f'<p class="meta">{" · ".join(part for part in told if part)}</p>'
    yield _notes(entry.comment)
    if entry.excerpt:
        yield f"<p{_language(entry.excerpt, entry.language)}>{escape(entry.excerpt)}</p>"
    for quote in entry.quotes:
        yield _quote(quote, entry.language)
    yield f"{_notes(entry.notes)}</article>"


def _quote(quote: Quote, language: str) -> str:
    words = "".join(
        f'<mark class="{escape(piece.colour)}">{escape(piece.text)}</mark>' if piece.colour else escape(piece.text)
        for piece in quote.pieces
    )
    whole = "".join(piece.text for piece in quote.pieces)
    remarks = "".join(_notes(remark.words, remark.colour) for remark in quote.remarks)
    return f"<blockquote{_language(whole, language)}>{_lines(words)}</blockquote>{remarks}"


def _lines(words: str) -> str:
    return re.sub(r"\s*\n\s*", "<br>", words)


def _notes(words: tuple[Words, ...], colour: str = "") -> str:
    kind = f"note {escape(colour)}".strip()
    return f'<div class="{kind}"><b>Note.</b> {_words(words)}</div>' if words else ""


def _words(words: Iterable[Words]) -> str:
    """Paragraphs and lists."""
    parts: list[str] = []
    listing = False
    for one in words:
        if one.point != listing:
            parts.append("<ul>" if one.point else "</ul>")
            listing = one.point
        tag = "li" if one.point else "p"
        parts.append(f"<{tag}{_language(one.text, one.language)}>{escape(one.text)}</{tag}>")
    return "".join([*parts, "</ul>" if listing else ""])


def _sources(document: Document) -> Iterator[str]:
    if document.sources:
        yield '<section id="sources"><h2>Sources</h2><ol>'
        yield from (f'<li id="source-{source.number}">{_cited(source)}</li>' for source in document.sources)
        yield "</ol></section>"


def _cited(source: Source) -> str:
    footnote = escape(source.footnote)
    if source.url:
        url = escape(source.url)
        footnote = footnote.replace(url, f'<a href="{url}" rel="noreferrer noopener">{url}</a>', 1)
    return f'<bdi>{footnote}</bdi> <small title="SHA-256 of the text kept">{source.digest[:32]}</small>'


def _mark(number: int) -> str:
    return f'<sup><a href="#source-{number}">{number}</a></sup>'


def _language(words: str, language: str) -> str:
    """Attributes for words of a language, written from the right where their first letter is."""
    first = next((unicodedata.bidirectional(letter) for letter in words if letter.isalpha()), "L")
    way = ' dir="rtl"' if first in {"R", "AL"} else ""
    return f"{f' lang={language}' if re.fullmatch('[a-z]{2,3}', language) else ''}{way}"
