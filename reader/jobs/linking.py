"""Storylines brought level with the threads that changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from reader.analysis.storylines import (
    FEW_THREADS,
    TOO_COMMON,
    LeadingName,
    Signature,
    joined,
    linking,
    one_matter,
    rarity,
    signature,
    status,
    subjects,
    title,
)
from reader.store import storylines
from reader.store.articles import when

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    import apsw

_CANDIDATES = 60
"""Threads that are compared with one that changed."""


def link(db: apsw.Connection, threads: Iterable[int]) -> None:
    """Bring the storylines of these threads level with what the threads are about now."""
    matters = _Matters(db)
    changed: set[int] = set()
    before = storylines.of_threads(db, threads)
    about = matters.about(before)
    for thread, stood in sorted(before.items()):
        line = matters.line_for(about[thread]) if thread in about else None
        if line != stood:
            storylines.assign(db, thread, line)
        changed.update(one for one in (line, stood) if one is not None)
    for line in sorted(changed):
        matters.tell(line)


class _Matters:
    """What threads are about, and which of them are about one matter."""

    def __init__(self, db: apsw.Connection) -> None:
        self._db = db
        self._threads = storylines.standing_threads(db)

    @cached_property
    def _outlets(self) -> set[str]:
        return storylines.outlets(self._db)

    def about(self, threads: Iterable[int]) -> dict[int, Signature]:
        """What each of these threads is about, of those that are about something that has a name; an outlet is none."""
        names: defaultdict[int, list[LeadingName]] = defaultdict(list)
        sizes: dict[int, int] = {}
        for thread, size, name, shown, kind, count in storylines.names(self._db, threads):
            if kind != "name" or name not in self._outlets:
                names[thread].append(LeadingName(name, shown, kind, count))
                sizes[thread] = size
        return {thread: signature(thread, sizes[thread], found) for thread, found in names.items()}

    def line_for(self, own: Signature) -> int | None:
        """The storyline that a thread belongs to; a new one where it is linked to threads that have none."""
        near, rarities, few = self._near(own)
        about = self.about(near) if near else {}
        linked = {thread: found for thread, found in about.items() if linking(own, found, rarities, few)}
        if not linked:
            return None
        lines = storylines.of_threads(self._db, linked)
        links = Counter(line for line in lines.values() if line is not None)
        sizes = {line: len([one for one in storylines.members(self._db, line) if one != own.thread]) for line in links}
        fitting = joined(links, sizes)
        if fitting:
            return self._united(fitting, rarities, few)
        alone = {thread: linked[thread] for thread, line in lines.items() if line is None}
        return self._begun(own, alone, rarities, few) if alone else None

    def _united(self, lines: Sequence[int], rarities: Mapping[str, float], few: AbstractSet[str]) -> int:
        """The oldest of the storylines that a thread may join and that are one matter; the others end in it."""
        first = list(self.about(storylines.members(self._db, lines[0])).values())
        same = [lines[0]]
        for line in lines[1:]:
            others = list(self.about(storylines.members(self._db, line)).values())
            if one_matter(first, others, rarities, few):
                same.append(line)
        stays = min(same)
        for line in same:
            if line != stays:
                for thread in storylines.members(self._db, line):
                    storylines.assign(self._db, thread, stays)
                storylines.end(self._db, line)
        return stays

    def _begun(
        self, own: Signature, others: Mapping[int, Signature], rarities: Mapping[str, float], few: AbstractSet[str]
    ) -> int:
        """A new storyline of a thread and those linked to it, the nearest first, each linked to enough of those before it."""
        line = storylines.begin(self._db)
        members = [own]

        def distance(other: Signature) -> tuple[float, int]:
            return -sum(rarities[name] for name in linking(own, other, rarities, few)), other.thread

        for other in sorted(others.values(), key=distance):
            links = sum(bool(linking(other, member, rarities, few)) for member in members)
            if joined({line: links}, {line: len(members)}):
                members.append(other)
                storylines.assign(self._db, other.thread, line)
        return line

    def _near(self, own: Signature) -> tuple[list[int], dict[str, float], set[str]]:
        """Threads that share a subject with this one; how rare each of its names is, and which lead in few threads."""
        asked = subjects(own)
        if not asked:
            return [], {}, set()
        leading = {name: storylines.leading(self._db, name, TOO_COMMON + 1) for name in own.names}
        rarities = {name: rarity(own.names[name].kind, len(threads), self._threads) for name, threads in leading.items()}
        shared = Counter(thread for name in asked if len(leading[name]) <= TOO_COMMON for thread in leading[name])
        del shared[own.thread]
        few = {name for name, threads in leading.items() if len(threads) <= FEW_THREADS}
        return sorted(shared, key=lambda thread: (-shared[thread], thread))[:_CANDIDATES], rarities, few

    def tell(self, line: int) -> None:
        """Name a storyline by what its threads are about, or end it where fewer than two are left."""
        threads = storylines.members(self._db, line)
        if len(threads) < 2:
            storylines.end(self._db, line)
            return
        about = self.about(threads)
        first, last, articles, latest = storylines.span(self._db, threads)
        called = title([about[thread] for thread in threads if thread in about])
        told = status(len(threads), articles, when(first), when(last), latest)
        storylines.tell(self._db, line, called, told, first, last)
