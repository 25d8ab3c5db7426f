"""Which articles repeat the text of another: wire copies, press releases run again, an article under a second address.

Sketches tell how much of the shorter text stands in the longer one, without either text at hand.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from reader.analysis.vectors import SKETCH

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reader.analysis.vectors import Vector

REPEATED = 0.6
"""Share of the shorter text, found in the longer one, from which it is a copy …"""
REPEATED_UNDER_ONE_TITLE = 0.3
"""… and where the titles are the same, too."""
PRIMARY_KINDS = frozenset({"regulator", "court"})
"""Kinds of houses whose own page is the thing that others report on."""
ENOUGH = 8
"""Runs of three words that a text needs to be told by them."""


class Copyable(NamedTuple):
    """A member of a thread as copies are told: `date` in seconds since 1970, `provider` "" where nobody knows it.

    `primary` is the page of a regulator or a court: what has its text copies it, whenever it was published.
    """

    article: int
    provider: str
    date: int | None
    vector: Vector
    primary: bool = False


def copies(members: Iterable[Copyable]) -> dict[int, int]:
    """Of each article that repeats another one of its thread: which one. The earliest is the original.

    An article without a provider is never an original: what nobody answers for does not turn a report into a copy.
    """
    several = list(members)
    told = Copies()
    if not _all_apart([member.vector for member in several]):
        told.go_on(several)
    return told.found


def _all_apart(vectors: Sequence[Vector]) -> bool:
    """Whether no run of words and no title stands in two of them, as in most threads: then none can be a copy of another."""
    titles = [vector.headline for vector in vectors if vector.headline]
    runs = set[int]().union(*(vector.sketch for vector in vectors))
    return len(set(titles)) == len(titles) and len(runs) == sum(len(vector.sketch) for vector in vectors)


class Copies:
    """The copies of one thread, told in the order in which an article can be the original of those after it."""

    def __init__(self) -> None:
        self.found: dict[int, int] = {}
        self._told: list[Copyable] = []
        self._by_number: defaultdict[int, list[Copyable]] = defaultdict(list)
        self._by_headline: defaultdict[int, list[Copyable]] = defaultdict(list)

    def go_on(self, members: Iterable[Copyable]) -> bool:
        """Tell those that come after what was told; `False` where the thread does not begin with that any more."""
        ordered = sorted(members, key=_order)
        told = len(self._told)
        if ordered[:told] != self._told:
            return False
        for member in ordered[told:]:
            self._tell(member)
        return True

    def _tell(self, member: Copyable) -> None:
        self._told.append(member)
        vector = member.vector
        near = {one.article: one for number in vector.sketch if number in self._by_number for one in self._by_number[number]}
        if vector.headline:
            near.update((one.article, one) for one in self._by_headline.get(vector.headline, ()))
        original = min((one for one in near.values() if is_copy(vector, one.vector)), key=_order, default=None)
        if original is not None:
            self.found[member.article] = original.article
        elif member.provider:
            self._by_headline[vector.headline].append(member)
            for number in vector.sketch:
                self._by_number[number].append(member)


def _order(member: Copyable) -> tuple[bool, bool, bool, int, int]:
    return (not member.provider, not member.primary, member.date is None, member.date or 0, member.article)


def is_copy(one: Vector, other: Vector) -> bool:
    """Whether two articles have the same text, or one the beginning of the other's."""
    same_title = one.headline == other.headline != 0
    if min(one.shingles, other.shingles) < ENOUGH:
        return same_title
    return shared(one, other) >= (REPEATED_UNDER_ONE_TITLE if same_title else REPEATED)


def shared(one: Vector, other: Vector) -> float:
    """The share of the shorter text that stands in the longer one, 0 to 1, as far as the sketches tell."""
    union = sorted({*one.sketch, *other.sketch})[:SKETCH]
    both = _both(union, one.sketch, other.sketch)
    if not union or not both:
        return 0.0
    jaccard = both / len(union)
    smaller = min(one.shingles, other.shingles)
    together = jaccard * (one.shingles + other.shingles) / (1 + jaccard)
    return min(1.0, together / smaller)


def _both(union: Sequence[int], one: Sequence[int], other: Sequence[int]) -> int:
    return len(set(union) & set(one) & set(other))


# Who was first, and what it is all about


class Reported(NamedTuple):
    """A member of a thread by when it came and from where: `kind` of its house, "" where not known."""

    article: int
    provider: str
    kind: str
    date: int | None
    copy: bool


def first_to_report(members: Iterable[Reported]) -> int | None:
    """The earliest with a date, a provider and a text of its own; `None` where there is no such."""
    dated = [member for member in members if member.date is not None and member.provider and not member.copy]
    return min(dated, key=lambda member: (member.date or 0, member.article)).article if dated else None


def primary_sources(members: Iterable[Reported]) -> frozenset[int]:
    """What a regulator or a court says itself."""
    return frozenset(member.article for member in members if member.kind in PRIMARY_KINDS and not member.copy)
