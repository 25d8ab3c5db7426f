"""A thread at hand: its articles, the sum of their vectors, and how near something is to it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from heapq import nlargest
from itertools import repeat
from operator import mul
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reader.analysis.vectors import Vector

FOREIGN = 1.8
"""By how much the likeness to a thread counts for more that has no article in this language: fewer words can meet."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An article and its vector. `date` is in seconds since 1970, `None` where nobody knows it; `stated`: dates in its text."""

    article: int
    date: int | None
    vector: Vector
    stated: tuple[int, ...] = ()


@dataclass(slots=True, eq=False)
class Cluster:
    """A thread at hand: its articles, and the sum of their vectors. Found by itself, so that another number changes nothing."""

    id: int
    members: dict[int, Placed] = field(default_factory=dict)
    sum: dict[int, float] = field(default_factory=dict)
    square: float = 0.0
    """Squared length of the sum."""
    first: int | None = None
    last: int | None = None
    languages: set[str] = field(default_factory=set)

    def gap(self, date: int | None) -> int:
        """Seconds between a date and this thread; 0 inside it, and where either has no date."""
        if date is None or self.first is None or self.last is None:
            return 0
        return max(0, self.first - date, date - self.last)


def nearest(products: Mapping[Cluster, float], most: int) -> list[Cluster]:
    """The threads that are nearest by these products with the sums of them."""
    near = [product * product / cluster.square for cluster, product in products.items()]
    enough = sorted(near)[-most] if len(near) > most else 0.0
    ranked = [(one, -cluster.id, cluster) for one, cluster in zip(near, products, strict=True) if one >= enough]
    ranked.sort(reverse=True)
    return [cluster for _, _, cluster in ranked[:most]]


def inner(terms: Iterable[int], weights: Iterable[float], other: Mapping[int, float]) -> float:
    """The inner product of terms with their weights and of another such sum."""
    found: float = sum(map(mul, weights, map(other.get, terms, repeat(0.0))))
    return found


LATEST = 24
"""Articles of a thread that are compared with one that may join it."""


def nearest_article(vector: Vector, cluster: Cluster) -> float:
    """How near the nearest of the latest articles of a thread is: by their dates, those without one before all others."""
    members = list(cluster.members.values())
    if len(members) > LATEST:
        members = nlargest(LATEST, members, key=_moment)
    weights = vector.weights
    terms, own = list(weights), list(weights.values())
    return max(inner(terms, own, member.vector.weights) for member in members)


def _moment(member: Placed) -> tuple[int, int]:
    return member.date or 0, member.article


def nearest_dated(article: Placed, cluster: Cluster, otherwise: float) -> float:
    """How near the dated article of a thread is that is nearest: undated ones hold each other wherever the first of them went."""
    weights = article.vector.weights
    dated = (member.vector.weights for member in cluster.members.values() if member.date is not None)
    return max((inner(weights, weights.values(), other) for other in dated), default=otherwise)


def cosine(one: Cluster, other: Cluster) -> float:
    """How near two threads are, more where no language is in both. Source: Salton and McGill, 1983."""
    small, large = sorted((one.sum, other.sum), key=len)
    foreign = FOREIGN if one.languages.isdisjoint(other.languages) else 1.0
    return foreign * inner(small, small.values(), large) / math.sqrt(one.square * other.square)
