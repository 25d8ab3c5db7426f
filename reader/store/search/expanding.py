"""The words that the patterns of a query mean, in the dictionaries of an index: those that stand in the most articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from whoosh import query

from reader.store.search.clauses import Expanded, Passage, Pattern
from reader.store.search.clock import EXPANDING, OutOfTime
from reader.store.search.slips import near

if TYPE_CHECKING:
    from reader.store.search.clock import Clock
    from reader.store.search.dictionary import Dictionary
    from reader.store.search.postings import Numbers
    from reader.store.search.segments import Segment

MOST_EXPANSIONS = 1024
MOST_TYPED = 128
"""The same of a word that is still being typed: answers come before the next key, and the next key leaves fewer."""
MOST_WEIGHED = 20_000
"""Words that a pattern means, field by field and segment by segment; of more only the most common of each are looked at."""
MOST_COMPARED = 100_000
"""Words that may be a slip away, of all dictionaries: to be compared letter by letter each becomes an object."""


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


class Place(NamedTuple):
    """Words of the dictionary of one field of one segment, by their places in it, in order."""

    segment: str
    field: str
    dictionary: Dictionary
    words: Numbers

    @property
    def frequencies(self) -> Numbers:
        """In how many articles of the segment each of them stands."""
        return self.dictionary.frequencies[self.words]

    def only(self, kept: Numbers) -> Place:
        """Some of them, by a mask or by their numbers."""
        return self._replace(words=np.sort(self.words[kept]))


class Meant(NamedTuple):
    """The words that a pattern means, by segment and field, and what is to be told of it. `is_whole`: all were looked at."""

    words: dict[tuple[str, str], Numbers]
    notices: tuple[str, ...] = ()
    is_whole: bool = True

    @property
    def size(self) -> int:
        """Bytes of memory."""
        return sum(_OF_A_PLACE + places.nbytes for places in self.words.values())


_OF_A_PLACE = 300


def meant(fields: tuple[str, ...], pattern: Pattern, segments: list[Segment], clock: Clock) -> Meant:
    """The words that a pattern means, at most 1,024 of all fields together: those that stand in the most articles."""
    places, is_whole = _places(fields, pattern, segments, clock)
    if pattern.kind == "near" and (perhaps := sum(len(place.words) for place in places)) > MOST_COMPARED:
        is_whole = False
        places = [_commonest(place, MOST_COMPARED * len(place.words) // perhaps) for place in places]
    notices = [] if is_whole else [f"“{shown(pattern)}” means so many words that not all of them were looked for"]
    if pattern.kind == "near":
        places = _near(pattern.word, places)
    number = sum(len(place.words) for place in places)
    is_typed = pattern.kind == "begins"
    most = MOST_TYPED if is_typed else MOST_EXPANSIONS
    if number > most:
        if is_typed or number > MOST_WEIGHED:
            places = [_commonest(place, 2 * most) for place in places]
        places, known = _most_common(places, most)
        if known > most and not is_typed:
            told = f"more than {MOST_WEIGHED:,}" if number > MOST_WEIGHED else f"{known:,}"
            notices.append(f"“{shown(pattern)}” means {told} words: only the {MOST_EXPANSIONS:,} most common were looked for")
    return Meant({(place.segment, place.field): place.words for place in places}, tuple(notices), is_whole)


def _places(fields: tuple[str, ...], pattern: Pattern, segments: list[Segment], clock: Clock) -> tuple[list[Place], bool]:
    """Where the words that a pattern may mean stand in each dictionary, and whether there was time for all."""
    found: list[Place] = []
    try:
        for segment in segments:
            for field in fields:
                clock.check(EXPANDING)
                dictionary = segment.arrays.dictionary(field)
                is_near = pattern.kind == "near"
                words = dictionary.perhaps_near(pattern.word, 1) if is_near else dictionary.like(pattern.word)
                if len(words):
                    found.append(Place(segment.arrays.name, field, dictionary, words))
    except OutOfTime:
        return found, False
    return found, True


def _near(word: str, places: list[Place]) -> list[Place]:
    """What of these words is at most one slip away."""
    told = [place.dictionary.words(place.words) for place in places]
    is_meant = near(word, set().union(*told), 1)
    return [
        place.only(np.fromiter((one in is_meant for one in words), bool, len(words)))
        for place, words in zip(places, told, strict=True)
    ]


def _commonest(place: Place, most: int) -> Place:
    """The most common of the words of a dictionary."""
    return place.only(np.argpartition(-place.frequencies.astype(np.int64), most)[:most]) if len(place.words) > most else place


def _most_common(places: list[Place], most: int) -> tuple[list[Place], int]:
    """The most common words of all dictionaries, each counted with its field; and how many words these have."""
    numbers: dict[tuple[str, bytes], int] = {}
    numbered = [
        np.array(
            [numbers.setdefault((place.field, word), len(numbers)) for word in place.dictionary.words(place.words)], np.int64
        )
        for place in places
    ]
    counts = np.bincount(np.concatenate(numbered), np.concatenate([place.frequencies for place in places]))
    chosen = np.zeros(len(counts), bool)
    chosen[np.argsort(-counts, kind="stable")[:most]] = True
    return [place.only(chosen[own]) for place, own in zip(places, numbered, strict=True)], len(counts)
