"""What the reports of a thread state: where several say the same, and where they do not agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.analysis import disputes
from reader.records import Statement, Statements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reader.records import Fact, Member

KINDS = ("money", "count", "date", "law", "case", "authority")
"""What is worth a line; that a report names a company goes without saying."""
FIGURES = frozenset({"money", "count", "date"})
"""What two reports can contradict each other in."""
COMPARED = 12
"""Figures of one unit, the most stated, that are held against each other."""
_ALSO = {"faces": "images"}
"""Things that are counted in the place of others: a picture of a face is now called the one, now the other."""


def statements(facts: Iterable[Fact], members: Sequence[Member]) -> Statements:
    """What these members state. Of a single report everything counts as agreed."""
    independent = {member.row.id: member.independent for member in members}
    told = _gathered(facts, independent)
    own_words = frozenset(member.row.id for member in members if member.copy_of is None)
    contradictions = tuple(_contradictions(told, own_words))
    disputed = {(side.kind, side.value) for sides in contradictions for side in sides}
    enough = min(2, len(members))
    agreed = [one for one in told if (one.kind, one.value) not in disputed and max(len(one.own), enough == 1) >= enough]
    agreed.sort(key=lambda one: (-len(one.own), KINDS.index(one.kind)))
    return Statements(sum(independent.values()), tuple(agreed), contradictions)


def contradictions(
    facts: Iterable[Fact], independent: Mapping[int, bool], own_words: frozenset[int]
) -> tuple[tuple[Statement, ...], ...]:
    """Where articles do not agree: of each contradiction its sides. `own_words` are those that copy no other."""
    return tuple(_contradictions(_gathered(facts, independent), own_words))


def _gathered(facts: Iterable[Fact], independent: Mapping[int, bool]) -> list[Statement]:
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


def _contradictions(told: Iterable[Statement], own: frozenset[int]) -> Iterator[tuple[Statement, ...]]:
    units: defaultdict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in told:
        if statement.kind in FIGURES:
            units[statement.kind, _unit(statement)].append(statement)
    for same_unit in units.values():
        if len(same_unit) > 1:
            by_value = {one.value: one for one in sorted(same_unit, key=lambda one: -len(one.articles))[:COMPARED]}
            found = (_sides([by_value[value] for value in values]) for values in _joined(disputes.pairs(by_value, own)))
            yield from (sides for sides in found if len(sides) > 1)


def _unit(statement: Statement) -> str:
    """What is counted: the currency, the things, the sort of date."""
    if statement.kind == "money":
        return statement.value[:3]
    if statement.kind == "count":
        things = statement.value.partition(" ")[2]
        return _ALSO.get(things, things)
    return "deadline" if statement.value.startswith("within ") else "date"


def _joined(pairs: Iterable[tuple[str, str]]) -> list[set[str]]:
    """10 against 12 and 12 against 14 are one question."""
    groups: list[set[str]] = []
    for pair in pairs:
        touched = [group for group in groups if group & set(pair)]
        groups = [group for group in groups if group not in touched] + [set(pair).union(*touched)]
    return groups


def _sides(told: Sequence[Statement]) -> tuple[Statement, ...]:
    """The sides of a contradiction, the most stated first.

    Who states two of them, as a correction does, is on none; nor is who tells of a figure of former times.

    A side on which nobody is left is none.
    """
    stated = Counter(article for one in told for article in one.articles)
    torn = {article for article, times in stated.items() if times > 1}
    sides = []
    for one in told:
        now = {fact.article for fact in one.proofs if not disputes.tells_of_then_and_now(fact.sentence)} - torn
        sides.append(replace(one, own=one.own & now, others=one.others & now))
    left = [side for side in sides if side.articles]
    return tuple(sorted(left, key=lambda side: (-len(side.own), -len(side.others), side.value)))
