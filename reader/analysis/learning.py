"""What the analyst's merges and splits say of how broad threads should be.

A merge says that two groups of articles were less alike than grouping asks, and belong together: threads are too narrow. A split
says that two groups were more alike than it asks, and do not: too broad. Each gives a wish, the change of the breadth with which
grouping would have done so by itself. The adjustment is their mean, drawn towards none as if `DOUBTS` corrections had wished for
none before (an m-estimate: Cestnik, Estimating probabilities, ECAI 1990): a few move it little, those that contradict each other
cancel, and one that is taken back takes its share with it. What breadth would not have decided has no wish: a move, which says
"this thread, not that one", and a merge of threads that lie further apart in time than grouping looks.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reader.analysis.clusters import FOREIGN, inner
from reader.analysis.grouping import BREADTH, NEAR
from reader.records import Receipt, ReceiptLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.analysis.vectors import Vector

DOUBTS = 8
"""Corrections without a wish that are taken to have been there before the first one."""
WISH = 0.5
"""The most that one correction wishes for: what shares no words is joined for reasons that no breadth would give …"""
MOST = 0.2
"""… and the most that all of them together move the breadth, of 0 to 1."""


@dataclass(frozen=True, slots=True)
class Said:
    """A merge or a split, the title that it was said of, and how alike the two groups are, see `likeness`."""

    kind: Literal["merge", "split"]
    title: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Learnt:
    """By how much the corrections move the breadth that was chosen, and why: the points add up to both, within 0 to 1."""

    adjustment: float
    receipt: Receipt

    @property
    def used(self) -> float:
        """The breadth that grouping goes by."""
        return self.receipt.score


def likeness(some: Sequence[Vector], others: Sequence[Vector]) -> float | None:
    """How alike two groups are: of the articles of the smaller one, the mean of how near each is to the other group.

    That is what grouping asks of an article that comes. `None` where one of them says nothing.
    """
    few, many = sorted((some, others), key=len)
    whole: defaultdict[int, float] = defaultdict(float)
    for vector in many:
        for term, weight in vector.weights.items():
            whole[term] += weight
    square = math.fsum(weight * weight for weight in whole.values())
    if not (few and square):
        return None
    languages = {vector.language for vector in many}
    near = math.fsum(
        inner(vector.weights, vector.weights.values(), whole) * (1.0 if vector.language in languages else FOREIGN)
        for vector in few
    )
    return near / len(few) / math.sqrt(square)


def wish(one: Said, chosen: float) -> float:
    """By how much broader (narrower, below 0) threads would have to be for grouping to do by itself what was said."""
    short = NEAR + BREADTH * (0.5 - chosen) - one.likeness  # of what is asked for; below 0: more alike than that
    wanted = min(WISH, abs(short) / BREADTH)
    if one.kind == "merge":
        return wanted if short > 0 else 0.0
    return -wanted if short < 0 else 0.0


def breadth(chosen: float, said: Sequence[Said]) -> Learnt:
    """The breadth that was chosen, moved by what was said, with a line for each correction; the points add up to it."""
    shares = [wish(one, chosen) / (len(said) + DOUBTS) for one in said]
    whole = math.fsum(shares)
    adjustment = max(-MOST, min(MOST, whole))
    used = max(0.0, min(1.0, chosen + adjustment))
    lines = [ReceiptLine("chosen", f"{chosen:g}", chosen, "0 is narrow, 1 is broad")]
    lines += [_line(one, share) for one, share in zip(said, shares, strict=True)]
    if used != chosen + whole:
        why = f"corrections move it by {MOST:g} at most" if used == chosen + adjustment else "it ends at 0 and at 1"
        lines.append(ReceiptLine("bound", "", used - chosen - whole, why))
    return Learnt(used - chosen, Receipt(used, tuple(lines)))


def _line(one: Said, share: float) -> ReceiptLine:
    if one.kind == "merge":
        why = "less than is asked for, yet one event" if share else "enough by itself"
    else:
        why = "more than is asked for, yet two events" if share else "not enough by itself"
    return ReceiptLine(one.kind, one.title, share, f"likeness {one.likeness:.2f}: {why}")
