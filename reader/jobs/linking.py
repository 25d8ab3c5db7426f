"""Storylines brought level with the threads that changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING
from zlib import crc32

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
from reader.store import corrections, storylines, term_counts
from reader.store.articles import when

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    import apsw

_CANDIDATES = 60
"""Threads that are compared with one that changed."""


def link(db: apsw.Connection, threads: Iterable[int]) -> None:
    """Bring the storylines of these threads level with what the threads are about now.

    A thread that is about what it was about when it was linked last stays where it is, whatever came since: so that what was
    taken back stands as it stood.
    """
    matters = _Matters(db)
    changed: set[int] = set()
    before = storylines.of_threads(db, threads)
    about = matters.about(before)
    linked = storylines.linked_by(db, before)
    for thread, stood in sorted(before.items()):
        number = _number(about.get(thread))
        line = stood
        if number != linked[thread] or matters.words.broken(thread):
            line = matters.line_of(thread, about.get(thread))
            storylines.keep_linked(db, thread, number)
        if line != stood:
            storylines.assign(db, thread, line)
        changed.update(one for one in (line, stood) if one is not None)
    for line in sorted(changed):
        matters.tell(line)


@contextmanager
def telling(db: apsw.Connection) -> Iterator[None]:
    """Tell anew, at the end, of the storylines that have more or fewer threads then.

    Of a thread that was merged away nothing leads to the storyline that it was in.
    """
    before = storylines.sizes(db)
    yield
    after = storylines.sizes(db)
    tell(db, [line for line in before.keys() | after.keys() if before.get(line) != after.get(line)])


def tell(db: apsw.Connection, lines: Iterable[int]) -> None:
    """Name these storylines by what their threads are about, and end those where fewer than two are left."""
    matters = _Matters(db)
    for line in sorted(lines):
        matters.tell(line)


def _number(about: Signature | None) -> int:
    """A number of the names of a thread: another one, and it is about something else."""
    names = sorted(about.names) if about else []
    return crc32("\n".join(names).encode("utf-8", "replace"))


class _Words:
    """What the analyst said of storylines, for the threads as they are now."""

    def __init__(self, db: apsw.Connection) -> None:
        self._db = db
        self.same: dict[int, set[int]] = {}
        self.other: defaultdict[int, set[int]] = defaultdict(set)
        for kind, a, b in corrections.of_storylines(db):
            if kind == "same":
                group = self.same.get(a, {a}) | self.same.get(b, {b})
                self.same.update(dict.fromkeys(group, group))
            else:
                self.other[a].add(b)
                self.other[b].add(a)

    def broken(self, thread: int) -> bool:
        """Whether a thread does not stand as it was said."""
        same, other = self.same.get(thread, set()), self.other.get(thread, set())
        if not same and not other:
            return False
        lines = storylines.of_threads(self._db, {thread, *same, *other})
        own = lines.get(thread)
        apart = any(lines.get(one) != own for one in same)
        return apart or (bool(same) and own is None) or (own is not None and any(lines.get(one) == own for one in other))

    def parted(self, some: Iterable[int], others: Iterable[int]) -> bool:
        """Whether one of some threads was said not to be in one storyline with one of the others."""
        apart = set(others)
        return bool(self.other) and any(not self.other.get(one, set()).isdisjoint(apart) for one in some)


class _Matters:
    """What threads are about, and which of them are about one matter; each looked up once, for linking changes none of it."""

    def __init__(self, db: apsw.Connection) -> None:
        self._db = db
        self._threads = term_counts.threads(db)
        self._known: dict[int, Signature | None] = {}
        self._led_by: dict[str, set[int]] = {}

    @cached_property
    def words(self) -> _Words:
        """What the analyst said."""
        return _Words(self._db)

    @cached_property
    def _outlets(self) -> set[str]:
        return storylines.outlets(self._db)

    def about(self, threads: Iterable[int]) -> dict[int, Signature]:
        """What each of these threads is about, of those that are about something that has a name; an outlet is none."""
        asked = sorted(set(threads))
        unknown = [thread for thread in asked if thread not in self._known]
        if unknown:
            self._known.update(dict.fromkeys(unknown))
            self._known.update(self._read(unknown))
        return {thread: found for thread in asked if (found := self._known[thread]) is not None}

    def _read(self, threads: Iterable[int]) -> dict[int, Signature]:
        names: defaultdict[int, list[LeadingName]] = defaultdict(list)
        sizes: dict[int, int] = {}
        for thread, size, name, shown, kind, count in storylines.names(self._db, threads):
            if kind != "name" or name not in self._outlets:
                names[thread].append(LeadingName(name, shown, kind, count))
                sizes[thread] = size
        return {thread: signature(thread, sizes[thread], found) for thread, found in names.items()}

    def _leading(self, name: str) -> set[int]:
        """Threads that a name leads in; one more than that where they are too many."""
        if name not in self._led_by:
            self._led_by[name] = storylines.leading(self._db, name, TOO_COMMON + 1)
        return self._led_by[name]

    def line_of(self, thread: int, own: Signature | None) -> int | None:
        """The storyline that a thread belongs to: as the analyst said, else as what it is about says."""
        bound = self.words.same.get(thread)
        if bound:
            return self._said(bound)
        return self._line_for(own) if own else None

    def _said(self, bound: set[int]) -> int:
        """The storyline of threads that the analyst joined: the one that most of them are in, else a new one."""
        lines = storylines.of_threads(self._db, bound)
        held = Counter(line for line in lines.values() if line is not None)
        line = min(held, key=lambda one: (-held[one], one)) if held else storylines.begin(self._db, bound)
        for one in lines:
            storylines.assign(self._db, one, line)
        return line

    def _line_for(self, own: Signature) -> int | None:
        """The storyline that a thread belongs to; a new one where it is linked to threads that have none."""
        near, rarities, few = self._near(own)
        about = self.about(near) if near else {}
        linked = {thread: found for thread, found in about.items() if linking(own, found, rarities, few)}
        if not linked:
            return None
        barred = {line for line in storylines.of_threads(self._db, self.words.other.get(own.thread, ())).values() if line}
        lines = storylines.of_threads(self._db, linked)
        links = Counter(line for line in lines.values() if line is not None and line not in barred)
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
            held = [thread for stays in same for thread in storylines.members(self._db, stays)]
            if one_matter(first, others, rarities, few) and not self.words.parted(storylines.members(self._db, line), held):
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
    ) -> int | None:
        """A new storyline of a thread and those linked to it, the nearest first, each linked to enough of those before it."""
        line: int | None = None
        members = [own]

        def distance(other: Signature) -> tuple[float, int]:
            return -sum(rarities[name] for name in linking(own, other, rarities, few)), other.thread

        for other in sorted(others.values(), key=distance):
            links = sum(bool(linking(other, member, rarities, few)) for member in members)
            if joined({0: links}, {0: len(members)}) and not self.words.parted([other.thread], [one.thread for one in members]):
                line = storylines.begin(self._db, [own.thread, other.thread]) if line is None else line
                members.append(other)
                storylines.assign(self._db, other.thread, line)
        return line

    def _near(self, own: Signature) -> tuple[list[int], dict[str, float], set[str]]:
        """Threads that share a subject with this one; how rare each of its names is, and which lead in few threads."""
        asked = subjects(own)
        if not asked:
            return [], {}, set()
        leading = {name: self._leading(name) for name in own.names}
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
