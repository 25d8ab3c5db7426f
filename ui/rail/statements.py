"""What the reports of a thread state: where several say the same, and where two that say the same sentence do not agree."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reader.records import Fact, Member

KINDS = ("money", "count", "date", "law", "case", "authority")
"""What is worth a line; that a report names a company goes without saying."""
FIGURES = frozenset({"money", "count", "date"})
"""What two reports can contradict each other in."""
COMPARED, SENTENCES = 12, 8
"""Figures of one unit, and sentences for each, that are held against each other."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that articles state. `own` are the independent ones, `others` those that are not, `proofs` what they say."""

    kind: str
    value: str
    own: frozenset[int]
    others: frozenset[int]
    proofs: tuple[Fact, ...]

    @property
    def articles(self) -> frozenset[int]:
        """All that state it."""
        return self.own | self.others


@dataclass(frozen=True, slots=True)
class Statements:
    """What is agreed on, the most stated first, and what is not: of each contradiction its sides. `of`: independent reports."""

    of: int = 0
    agreed: tuple[Statement, ...] = ()
    contradictions: tuple[tuple[Statement, ...], ...] = ()


def statements(facts: Iterable[Fact], members: Sequence[Member]) -> Statements:
    """What these members state. Of a single report everything counts as agreed."""
    independent = {member.row.id: member.independent for member in members}
    told = _gathered(facts, independent)
    contradictions = tuple(_contradictions(told))
    disputed = {(side.kind, side.value) for sides in contradictions for side in sides}
    enough = min(2, len(members))
    agreed = [one for one in told if (one.kind, one.value) not in disputed and max(len(one.own), enough == 1) >= enough]
    agreed.sort(key=lambda one: (-len(one.own), KINDS.index(one.kind)))
    return Statements(sum(independent.values()), tuple(agreed), contradictions)


def _gathered(facts: Iterable[Fact], independent: dict[int, bool]) -> list[Statement]:
    proofs: defaultdict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.kind in KINDS and fact.article in independent:
            proofs[fact.kind, fact.value].append(fact)
    return [
        Statement(
            kind,
            value,
            frozenset(fact.article for fact in told if independent[fact.article]),
            frozenset(fact.article for fact in told if not independent[fact.article]),
            tuple(told),
        )
        for (kind, value), told in proofs.items()
    ]


# Where they do not agree


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of an article, the figures of one unit in it, in its order, and its words."""

    article: int
    figures: tuple[str, ...]
    words: tuple[str, ...]
    folded: frozenset[str]


def _contradictions(told: Iterable[Statement]) -> Iterator[tuple[Statement, ...]]:
    units: defaultdict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in told:
        if statement.kind in FIGURES:
            units[statement.kind, _unit(statement)].append(statement)
    for same_unit in units.values():
        if len(same_unit) > 1:
            by_value = {one.value: one for one in sorted(same_unit, key=lambda one: -len(one.articles))[:COMPARED]}
            yield from (_sides([by_value[value] for value in values]) for values in _joined(_pairs(by_value)))


def _unit(statement: Statement) -> str:
    """What is counted: the currency, the things, the sort of date."""
    if statement.kind == "money":
        return statement.value[:3]
    if statement.kind == "count":
        return statement.value.partition(" ")[2]
    return "deadline" if statement.value.startswith("within ") else "date"


def _pairs(by_value: Mapping[str, Statement]) -> Iterator[tuple[str, str]]:
    """Figures that stand in each other's place, in two articles neither of which states both."""
    for one, other in combinations(_sentences(by_value.values()), 2):
        mine = [value for value in one.figures if other.article not in by_value[value].articles]
        yours = [value for value in other.figures if one.article not in by_value[value].articles]
        if mine and len(mine) == len(yours) and _is_same_but_for_figures(one, other):
            yield from zip(mine, yours, strict=True)


def _sentences(told: Iterable[Statement]) -> list[_Sentence]:
    figures: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for statement in told:
        for fact in statement.proofs[:SENTENCES]:
            figures[fact.article, fact.sentence].append(fact.value)
    found = []
    for (article, sentence), values in figures.items():
        words = tuple(_WORD.findall(sentence))
        found.append(_Sentence(article, tuple(values), words, frozenset(word.casefold() for word in words)))
    return found


def _joined(pairs: Iterable[tuple[str, str]]) -> list[set[str]]:
    """10 against 12 and 12 against 14 are one question."""
    groups: list[set[str]] = []
    for pair in pairs:
        touched = [group for group in groups if group & set(pair)]
        groups = [group for group in groups if group not in touched] + [set(pair).union(*touched)]
    return groups


def _sides(told: Sequence[Statement]) -> tuple[Statement, ...]:
    """The sides of a contradiction, the most stated first. Who states two of them, as a correction does, is on none."""
    stated = Counter(article for one in told for article in one.articles)
    torn = {article for article, times in stated.items() if times > 1}
    sides = [replace(one, own=one.own - torn, others=one.others - torn) for one in told]
    return tuple(sorted(sides, key=lambda side: (-len(side.own), -len(side.others), side.value)))


_WORD = re.compile(r"[^\W\d_]{2,}")
_ENOUGH, _ALIKE = 5, 0.7


def _is_same_but_for_figures(one: _Sentence, other: _Sentence) -> bool:
    """Whether two sentences are the same but for figures and a few words, none of which is a name.

    Meant to be strict: a contradiction that is not shown costs a look, one that is not there costs trust.
    """
    shared = one.folded & other.folded
    if len(shared) < _ENOUGH or len(shared) < _ALIKE * len(one.folded | other.folded):
        return False
    return not any(word[0].isupper() and word.casefold() not in shared for word in (*one.words, *other.words))
