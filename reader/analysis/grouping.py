"""Which thread an article joins: streaming, without looking ahead, and without ever reading the archive again.

An article joins the thread that is nearest to its vector (cosine with its centroid and, a little, with the nearest of its
latest articles, less with each hour of silence), where that is near enough; near enough is a little more for an article that is
somewhat like everything, and depends on what is at hand (see `Surroundings`). An article that is near to two threads may show
that they are one (a bridge): they are merged where their centroids are near, too. And each time that a thread has grown by half
it looks around: what lies near to it now, and did not when it was small, is merged with it. Threads whose articles all lie
further away in time than the window are not looked at. What the analyst said stands above all of this: articles that must be
together are, articles that cannot be are not; what a source said to belong together does, unless the analyst parts it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from heapq import nlargest
from operator import mul
from typing import TYPE_CHECKING

from reader.analysis.clusters import FOREIGN, Cluster, cosine, inner, nearest, nearest_article, nearest_dated
from reader.analysis.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from reader.analysis.clusters import Placed
    from reader.analysis.vectors import Vector

HOUR = 3600
WINDOW = 72 * HOUR
"""Seconds after which a silent thread is no longer joined by likeness."""
SLACK = 24 * HOUR
"""By how much longer a silent thread stays at hand: as long as the articles of one step of the job may lie apart."""
NEAR = 0.21
"""Cosine from which an article joins a thread, at the middle breadth, in a usual archive (see `Surroundings`)."""
BREADTH = 0.16
"""By how much that changes from the narrowest to the broadest."""
BRIDGE = 0.30
"""Cosine of two centroids from which a bridge merges them."""
ALONE = 0.30
"""Cosine from which a thread that has grown takes in one of a single article …"""
GROWN = 0.35
"""… and a larger one."""
LOOKS_FOR = 24
"""Terms of a thread, its weightiest, by which it looks around …"""
LOOKED_FOR = 40
"""… where no more threads than this have them …"""
LOOKED_AT = 3
"""… and threads that are then looked at."""
BRIDGES = 5
"""Threads beside the nearest that are looked at for a bridge."""
FADES = 120 * HOUR
"""Seconds of silence after which a thread is like an article by only 1/e of its cosine: most stories are told in a day or two."""
STATED = 0.1
"""Added for a thread that an article without a date tells a date of: enough to decide between two that it is like."""
STATED_WITHIN = 14 * 24 * HOUR
"""Seconds within which coverage follows the day that it tells of."""
CLOSELY = 3
"""Threads, the nearest by their centroids, whose articles are looked at one by one …"""
OF_ARTICLE = 0.3
"""… and the share that the nearest of them has in how near a thread is: a large story moves on, its centroid stays behind."""
SIZE = 0.015
"""Added for each e-fold of articles: what many report, more will."""
LIKE_ALL = 0.4
"""How much of the likeness to the next threads is asked for on top."""
EVERYWHERE = 40
"""A term that stands in more threads at hand than this, and than a share of them, does not propose any."""
EVERYWHERE_SHARE = 0.15
VISITED = 250
"""Threads, counted by the term, that propose themselves …"""
PROPOSED = 8
"""… and how many of them are then looked at."""


def _sizes() -> Iterator[int]:
    """The sizes at which a thread looks around: each half as large again as the one before. A pair has seen what there is."""
    size = 3
    while size < 10_000:
        yield size
        size += max(1, size // 2)


_LOOKS_AROUND = frozenset(_sizes())

_Telling = tuple[int, int, float, "dict[Cluster, float]"]
"""A term by which threads are found: how many have it, its number, its weight, and how much of it each has."""


@dataclass(frozen=True, slots=True)
class Bonds:
    """Articles that belong together, and articles that do not, both ways. The analyst's `cannot` stands above every `must`."""

    must: Mapping[int, frozenset[int]] = field(default_factory=dict)
    cannot: Mapping[int, frozenset[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Joined:
    """What became of an article: its thread, and the threads that were merged into it on the way."""

    thread: int
    merged: tuple[int, ...] = ()


class Grouping:
    """The threads at hand, and where the next article goes.

    A new thread has a number below 0 until `rename` gives it the one that it is kept under. `breadth` is 0 (narrow) to 1 (broad).
    """

    def __init__(self, *, breadth: float = 0.5, window: int = WINDOW) -> None:
        self._window, self._made = window, 0
        self._near = NEAR + BREADTH * (0.5 - breadth)
        self.clusters: dict[int, Cluster] = {}
        self.thread_of: dict[int, int] = {}
        self._postings: defaultdict[int, dict[Cluster, float]] = defaultdict(dict)
        self._surroundings = Surroundings()
        self._more = 0.0

    # What is at hand

    def restore(self, thread: int, members: Iterable[Placed]) -> None:
        """Take up a thread as it stands."""
        cluster = self.clusters.setdefault(thread, Cluster(thread))
        for member in members:
            self._absorb(cluster, member)

    def forget(self, thread: int) -> None:
        """Let go of a thread: it stands as it is, and is no longer at hand."""
        cluster = self.clusters.pop(thread)
        self._surroundings.went(cluster.sum, len(cluster.members), cluster.square)
        for article in cluster.members:
            del self.thread_of[article]
        postings = self._postings
        for term in cluster.sum:
            posted = postings[term]
            del posted[cluster]
            if not posted:
                del postings[term]
                self._surroundings.without(term)

    def keep_only(self, needed: AbstractSet[int]) -> None:
        """Forget all threads but these, so that what is at hand does not depend on what was looked at before."""
        for thread in [thread for thread in self.clusters if thread not in needed]:
            self.forget(thread)

    def let_go(self, date: int, needed: AbstractSet[int]) -> list[Cluster]:
        """Forget the threads that no article of this date (seconds since 1970) or later is near in time to: which those were.

        Those that are `needed` stay.
        """
        silent = [
            cluster
            for thread, cluster in self.clusters.items()
            if thread not in needed and (cluster.last is None or cluster.last < date - self._window - SLACK)
        ]
        for cluster in silent:
            self.forget(cluster.id)
        return silent

    def remove(self, *articles: int) -> None:
        """Take articles out of their threads, to be placed again; a thread without articles goes."""
        leaving = set(articles)
        for thread in dict.fromkeys(self.thread_of[article] for article in articles):
            rest = [member for member in self.clusters[thread].members.values() if member.article not in leaving]
            self.forget(thread)
            if rest:
                self.restore(thread, rest)  # summed anew: taking away would leave what rounding leaves

    def rename(self, thread: int, to: int) -> None:
        """Keep a thread under another number."""
        cluster = self.clusters[to] = self.clusters.pop(thread)
        cluster.id = to
        self.thread_of.update(dict.fromkeys(cluster.members, to))

    # Placing

    def place(self, article: Placed, bonds: Bonds) -> Joined:
        """Give an article its thread: one that it must be in, else the nearest that is near enough, else a new one."""
        self._more = self._surroundings.asked()
        barred = {self.thread_of[other] for other in bonds.cannot.get(article.article, ()) if other in self.thread_of}
        ranked = self._ranked(article, barred)
        owed = self._owed(article, barred, bonds)
        home = owed[0] if owed else self._nearest(ranked)
        if home is None:
            self._made += 1
            home = -self._made
            self.clusters[home] = Cluster(home)
        self._absorb(self.clusters[home], article)
        merged: list[int] = []
        for other in owed[1:]:
            home = self._merged(home, other, bonds, merged)
        for other in self._bridged(home, article, ranked):
            home = self._merged(home, other, bonds, merged)
        for other in self._around(home):
            home = self._merged(home, other, bonds, merged)
        return Joined(home, tuple(merged))

    def _owed(self, article: Placed, barred: set[int], bonds: Bonds) -> list[int]:
        """The threads that an article must be in, the largest first."""
        owed = {
            self.thread_of[other]
            for other in bonds.must.get(article.article, ())
            if other in self.thread_of and other not in bonds.cannot.get(article.article, ())
        }
        return sorted(owed - barred, key=self._seniority)

    def _seniority(self, thread: int) -> tuple[int, bool, int]:
        """The largest first, then the oldest."""
        return -len(self.clusters[thread].members), thread < 0, abs(thread)

    def _ranked(self, article: Placed, barred: set[int]) -> list[tuple[float, int]]:
        """Threads within the window by likeness, the nearest first."""
        likeness = {
            cluster: product
            for cluster, product in self._products(article.vector).items()
            if cluster.gap(article.date) <= self._window and cluster.id not in barred
        }
        closely = set(nearest(likeness, CLOSELY))
        ranked: list[tuple[float, int]] = []
        for cluster, product in likeness.items():
            gap = cluster.gap(article.date)
            near = product / math.sqrt(cluster.square)
            if cluster in closely and len(cluster.members) > 1:
                near += OF_ARTICLE * (nearest_article(article.vector, cluster) - near)
            if gap:
                near *= math.exp(-gap / FADES)
            if article.vector.language not in cluster.languages:
                near *= FOREIGN
            if article.date is None:
                near = (near + nearest_dated(article, cluster, near)) / 2
            told = article.date is None and self._tells_of(article, cluster)
            ranked.append((near + SIZE * math.log(len(cluster.members)) + (STATED if told else 0), cluster.id))
        ranked.sort(key=lambda pair: (-pair[0], pair[1]))
        return ranked

    def _tells_of(self, article: Placed, cluster: Cluster) -> bool:
        return cluster.first is not None and any(cluster.gap(date) <= STATED_WITHIN for date in article.stated)

    def _products(self, vector: Vector) -> dict[Cluster, float]:
        """Of the threads that share telling terms with it: the product of their sum with the vector.

        Where many threads are at hand, the terms that fewest of them have propose some, and only these are looked at.
        """
        limit = max(EVERYWHERE, EVERYWHERE_SHARE * len(self.thread_of))
        postings = self._postings.get
        telling = [
            (size, term, weight, posted)
            for term, weight in vector.weights.items()
            if (posted := postings(term)) and (size := len(posted)) < limit
        ]
        telling.sort()  # by size and term, which are never both the same
        products: defaultdict[Cluster, float] = defaultdict(float)
        visited = 0
        for at, (size, _, weight, posted) in enumerate(telling):
            visited += size
            if visited > VISITED:
                return _proposed(products, telling[at:])
            for cluster, total in posted.items():
                products[cluster] += weight * total
        return products

    def _asked(self, ranked: list[tuple[float, int]]) -> float:
        """How near is near enough: more for an article that is like many threads."""
        others = [likeness for likeness, _ in ranked[1 : BRIDGES + 1]]
        return self._near + self._more + (LIKE_ALL * sum(others) / BRIDGES if len(others) == BRIDGES else 0.0)

    def _nearest(self, ranked: list[tuple[float, int]]) -> int | None:
        return ranked[0][1] if ranked and ranked[0][0] >= self._asked(ranked) else None

    def _bridged(self, home: int, article: Placed, ranked: list[tuple[float, int]]) -> Iterator[int]:
        """Threads that the article is near to as well, and that are near to its own."""
        asked = self._asked(ranked)
        for likeness, thread in ranked[: BRIDGES + 1]:
            if likeness < asked:
                return
            if thread == home or thread not in self.clusters:
                continue
            mine, other = self._cluster_at(article), self.clusters[thread]
            if mine.id != thread and self._reach(mine, other) and cosine(mine, other) >= BRIDGE + self._more:
                yield thread

    def _around(self, home: int) -> list[int]:
        """Threads that one that has grown is near to now."""
        own = self.clusters[home]
        if len(own.members) not in _LOOKS_AROUND:
            return []
        products: defaultdict[Cluster, float] = defaultdict(float)
        for weight, negative in nlargest(LOOKS_FOR, [(weight, -term) for term, weight in own.sum.items()]):
            posted = self._postings[-negative]
            if len(posted) < LOOKED_FOR:
                for cluster, total in posted.items():
                    products[cluster] += weight * total
        products.pop(own, None)
        return [
            other.id
            for other in nearest(products, LOOKED_AT)
            if self._reach(own, other) and cosine(own, other) >= _enough(own, other) + self._more
        ]

    def _cluster_at(self, article: Placed) -> Cluster:
        return self.clusters[self.thread_of[article.article]]

    def _reach(self, one: Cluster, other: Cluster) -> bool:
        """Do two threads lie within the window of each other? An undated article between them is no bridge over time."""
        return max(other.gap(one.first), 0) <= self._window or max(other.gap(one.last), 0) <= self._window

    def _merged(self, one: int, other: int, bonds: Bonds, merged: list[int]) -> int:
        """Merge two threads into the larger, the older where they are equal, unless the analyst parts them; which one stands."""
        if self._parted(self.clusters[one], self.clusters[other], bonds):
            return one
        stays, goes = sorted((one, other), key=self._seniority)
        members = list(self.clusters[goes].members.values())
        self.forget(goes)
        self.restore(stays, members)
        merged.append(goes)
        return stays

    def _parted(self, one: Cluster, other: Cluster, bonds: Bonds) -> bool:
        if not bonds.cannot:
            return False
        small, large = sorted((one, other), key=lambda cluster: len(cluster.members))
        return any(not bonds.cannot.get(article, frozenset()).isdisjoint(large.members) for article in small.members)

    # Sums

    def _absorb(self, cluster: Cluster, member: Placed) -> None:
        sums, square = cluster.sum, cluster.square
        weights, postings = member.vector.weights, self._postings
        if not sums:
            sums.update(weights)
            square = sum(map(mul, weights.values(), weights.values()))
            for term, weight in weights.items():
                postings[term][cluster] = weight
        else:
            for term, weight in weights.items():
                before = sums.get(term, 0.0)
                sums[term] = postings[term][cluster] = before + weight
                square += weight * (2 * before + weight)
        self._surroundings.came(weights, (len(cluster.members), cluster.square), square)
        cluster.square = square
        cluster.members[member.article] = member
        cluster.languages.add(member.vector.language)
        self.thread_of[member.article] = cluster.id
        if member.date is not None:
            cluster.first = member.date if cluster.first is None else min(cluster.first, member.date)
            cluster.last = member.date if cluster.last is None else max(cluster.last, member.date)


def _proposed(products: Mapping[Cluster, float], rest: Sequence[_Telling]) -> dict[Cluster, float]:
    """The most promising threads, with the terms that did not propose any counted in."""
    terms, weights = [term for _, term, _, _ in rest], [weight for _, _, weight, _ in rest]
    return {cluster: products[cluster] + inner(terms, weights, cluster.sum) for cluster in nearest(products, PROPOSED)}


def _enough(one: Cluster, other: Cluster) -> float:
    return ALONE if min(len(one.members), len(other.members)) == 1 else GROWN
