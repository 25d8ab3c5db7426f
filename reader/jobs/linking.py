"""Storylines brought level with the threads that changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from reader.analysis.storylines import (
    TOO_COMMON,
    LeadingName,
    Signature,
    joined,
    linking,
    rarity,
    signature,
    status,
    subjects,
    title,
)
from reader.store import storylines
from reader.store.articles import when

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import apsw

_CANDIDATES = 60
"""Threads that are compared with one that changed."""


def link(db: apsw.Connection, threads: Iterable[int]) -> None:
    """Bring the storylines of these threads level with what the threads are about now."""
    changed: set[int] = set()
    before = storylines.of_threads(db, threads)
    for thread, stood in sorted(before.items()):
        line = _line_for(db, thread)
        if line != stood:
            storylines.assign(db, thread, line)
        changed.update(one for one in (line, stood) if one is not None)
    for line in sorted(changed):
        _tell(db, line)


def _line_for(db: apsw.Connection, thread: int) -> int | None:
    """The storyline that a thread belongs to; a new one where it is linked to threads that have none."""
    own = _signatures(db, [thread]).get(thread)
    if own is None:
        return None
    near, rarities = _near(db, own)
    about = _signatures(db, near)
    linked = {other: linking(own, found, rarities) for other, found in about.items()}
    linked = {other: names for other, names in linked.items() if names}
    if not linked:
        return None
    lines = storylines.of_threads(db, linked)
    links = Counter(line for line in lines.values() if line is not None)
    sizes = {line: len([one for one in storylines.members(db, line) if one != thread]) for line in links}
    found_line = joined(links, sizes)
    if found_line is None:
        alone = [other for other, line in lines.items() if line is None]
        return _begun(db, own, {other: about[other] for other in alone}, rarities) if alone else None
    return found_line


def _begun(db: apsw.Connection, own: Signature, others: Mapping[int, Signature], rarities: Mapping[str, float]) -> int:
    """A new storyline of a thread and those linked to it, the nearest first, each linked to enough of those before it."""
    line = storylines.begin(db)
    members = [own]
    by_strength = sorted(
        others.values(), key=lambda other: (-sum(rarities[name] for name in linking(own, other, rarities)), other.thread)
    )
    for other in by_strength:
        links = sum(bool(linking(other, member, rarities)) for member in members)
        if joined({line: links}, {line: len(members)}) is not None:
            members.append(other)
            storylines.assign(db, other.thread, line)
    return line


def _near(db: apsw.Connection, own: Signature) -> tuple[list[int], dict[str, float]]:
    """Threads that share a subject with this one, and how rare each of its names is."""
    count = storylines.standing_threads(db)
    leading = {name: storylines.leading(db, name, TOO_COMMON + 1) for name in own.names}
    rarities = {name: rarity(own.names[name].kind, len(threads), count) for name, threads in leading.items()}
    shared = Counter(
        thread for name in subjects(own) if len(leading[name]) <= TOO_COMMON for thread in leading[name] if thread != own.thread
    )
    near = sorted(shared, key=lambda thread: (-shared[thread], thread))[:_CANDIDATES]
    return near, rarities


def _signatures(db: apsw.Connection, threads: Iterable[int]) -> dict[int, Signature]:
    names: defaultdict[int, list[LeadingName]] = defaultdict(list)
    sizes: dict[int, int] = {}
    outlets = storylines.outlets(db)
    for thread, size, name, shown, kind, count in storylines.names(db, threads):
        if kind == "name" and name in outlets:
            continue
        names[thread].append(LeadingName(name, shown, kind, count))
        sizes[thread] = size
    return {thread: signature(thread, sizes[thread], found) for thread, found in names.items()}


def _tell(db: apsw.Connection, line: int) -> None:
    """Name a storyline by what its threads are about, or end it where fewer than two are left."""
    threads = storylines.members(db, line)
    if len(threads) < 2:
        storylines.end(db, line)
        return
    about = _signatures(db, threads)
    first, last, articles, latest = storylines.span(db, threads)
    called = title([about[thread] for thread in threads if thread in about])
    storylines.tell(db, line, called, status(len(threads), articles, when(first), when(last), latest), first, last)
