"""What an article states: money, counts, dates and deadlines, laws, cases, authorities and companies, each with its sentence."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from reader.analysis import amounts, laws
from reader.records import Fact
from reader.text import sentences, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reader.analysis.amounts import Found
    from reader.records import Reading

LOOKED_AT = 12_000
"""Characters of a text that are searched."""
MOST = 40
"""Facts that are kept of one article."""
SENTENCE = 400
"""Characters of a sentence that are kept."""

KINDS = ("money", "count", "date", "law", "case", "authority", "company")


def facts(reading: Reading) -> tuple[Fact, ...]:
    """What an article states, in order of kind and place; each once, with the first sentence that says it."""
    text = _whole(reading)
    said_on = reading.date.date() if reading.date else None
    found = {
        "money": amounts.money(text),
        "count": amounts.counts(text),
        "date": _both(amounts.dates(text, said_on), amounts.deadlines(text)),
        "law": laws.laws(text),
        "case": laws.cases(text),
        "authority": laws.authorities(text),
        "company": laws.companies(text),
    }
    stated: dict[tuple[str, str], Fact] = {}
    for kind in KINDS:
        for start, end, value in found[kind]:
            if (kind, value) not in stated and len(stated) < MOST:
                stated[kind, value] = Fact(kind, value, sentence_around(text, start, end), reading.id)
    return tuple(stated.values())


def _both(*sources: Iterable[Found]) -> Iterator[Found]:
    for source in sources:
        yield from source


def _whole(reading: Reading) -> str:
    """Title and text as paragraphs; the excerpt where there is no text."""
    body = reading.text or reading.excerpt
    return f"{reading.title}\n\n{body}"[:LOOKED_AT]


_sentences = lru_cache(maxsize=4)(sentences)
"""Of a paragraph that states several facts, once."""
_BREAK = re.compile(r"\n\s*\n")


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence that a passage stands in, shortened where it is very long."""
    opens = max((match.end() for match in _BREAK.finditer(text, 0, start)), default=0)
    closes = _BREAK.search(text, end)
    paragraph = text[opens : closes.start() if closes else len(text)]
    passage = " ".join(text[start:end].split())
    at = 0
    for sentence in _sentences(paragraph):
        at = paragraph.find(sentence[:20], at)
        if passage in sentence and at + len(sentence) >= end - opens:
            return shortened(sentence, SENTENCE)
    return shortened(paragraph, SENTENCE)
