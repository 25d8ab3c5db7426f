"""The words that the patterns of a query mean, in the dictionaries of an index: those that stand in the most articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from whoosh import query

from reader.store.search.clauses import Expanded, Passage, Pattern
from reader.store.search.clock import EXPANDING, OutOfTime
from reader.store.search.slips import near

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.store.search.clock import Clock
    from reader.store.search.dictionary import Dictionary
    from reader.store.search.postings import Numbers
    from reader.store.search.segments import Segment

MOST_EXPANSIONS = 1024
MOST_TYPED = 128
"""The same of a word that is still being typed: answers come before the next key, and the next key leaves fewer."""
MOST_WEIGHED = 20_000
"""Words that a pattern means, field by field and segment by segment; of more only the most common of each are looked at."""


def shown(pattern: Pattern) -> str:
    """A pattern as people write it."""
    return pattern.word + ("~" if pattern.kind == "near" else "")


def patterns(asked: query.Query) -> list[tuple[tuple[str, ...], Pattern]]:
    """The patterns of a query, each with the fields that it is looked for in."""
    if isinstance(asked, Expanded):
        return [(asked.fields, asked.pattern)]
    if isinstance(asked, Passage):
        return [((asked.field,), part) for slot in asked.slots for part in slot if isinstance(part, Pattern)]
    if isinstance(asked, query.Not):
        return patterns(asked.query)
    if isinstance(asked, query.AndMaybe):
        return patterns(asked.a) + patterns(asked.b)
    if isinstance(asked, (query.And, query.Or)):
        return [found for part in asked.subqueries for found in patterns(part)]
    return []


def meant(
    fields: list[str], pattern: Pattern, segments: list[Segment], clock: Clock, cut: Callable[[str], None]
) -> list[tuple[str, bytes]]:
    """The words that a pattern means, each with its field, at most 1,024, the most common first. More are told to `cut`."""
    places = _places(fields, pattern, segments, clock, cut)
    number = sum(len(found) for _, _, found in places)
    is_typed = pattern.kind == "begins"
    most = MOST_TYPED if is_typed else MOST_EXPANSIONS
    counts: dict[tuple[str, bytes], int] = {}
    for field, dictionary, found in places:
        frequencies = dictionary.frequencies[found]
        if (is_typed or number > MOST_WEIGHED) and len(found) > 2 * most:  # of so many only the most common can be among them
            common = np.argpartition(frequencies, -2 * most)[-2 * most :]
            found, frequencies = found[common], frequencies[common]  # noqa: PLW2901 - fewer of the same
        for at, frequency in zip(found.tolist(), frequencies.tolist(), strict=True):
            key = (field, dictionary[at])
            counts[key] = counts.get(key, 0) + frequency
    if pattern.kind == "near":
        is_meant = near(pattern.word, {word for _, word in counts}, 1)
        counts = {key: count for key, count in counts.items() if key[1] in is_meant}
    ranked = sorted(counts, key=lambda key: -counts[key])
    if len(ranked) > most and not is_typed:
        told = f"more than {MOST_WEIGHED:,}" if number > MOST_WEIGHED else f"{len(ranked):,}"
        cut(f"“{shown(pattern)}” means {told} words: only the {MOST_EXPANSIONS:,} most common were looked for")
    return ranked[:most]


def _places(
    fields: list[str], pattern: Pattern, segments: list[Segment], clock: Clock, cut: Callable[[str], None]
) -> list[tuple[str, Dictionary, Numbers]]:
    """Where the words that a pattern may mean stand in each dictionary."""
    found = []
    try:
        for segment in segments:
            for field in fields:
                clock.check(EXPANDING)
                dictionary = segment.arrays.dictionary(field)
                is_near = pattern.kind == "near"
                places = dictionary.perhaps_near(pattern.word, 1) if is_near else dictionary.like(pattern.word)
                found.append((field, dictionary, places))
    except OutOfTime:
        cut(f"“{shown(pattern)}” means so many words that not all of them were looked for")
    return found
