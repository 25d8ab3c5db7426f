"""What the analyst said of pairs of articles, thought through: who belongs with whom, and what these cannot be together with."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Others = dict[int, frozenset[int]]
"""Of each article the others that a word about it names."""


def closed(said: Sequence[tuple[str, int, int]]) -> tuple[Others, Others]:
    """The analyst's pairs, in the order in which they were said, thought through: who belongs with whom, and apart from whom.

    Where words contradict each other, as they may once one between them was withdrawn, the later one stands.
    """
    groups: dict[int, set[int]] = {}
    apart: defaultdict[int, set[int]] = defaultdict(set)
    for kind, a, b in reversed(said):
        one, other = groups.get(a, {a}), groups.get(b, {b})
        if kind == "cannot" and b not in one:
            apart[a].add(b)
            apart[b].add(a)
        if kind == "must" and not any(not apart[article].isdisjoint(other) for article in one & apart.keys()):
            group = one | other
            groups.update(dict.fromkeys(group, group))
    parted: defaultdict[int, set[int]] = defaultdict(set)
    for a, others in apart.items():
        for b in others:
            for article in groups.get(a, {a}):
                parted[article] |= groups.get(b, {b})
    must = {article: frozenset(group) for article, group in groups.items()}
    return must, {article: frozenset(others) for article, others in parted.items()}
