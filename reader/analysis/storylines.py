"""Which threads belong to one long-running matter, though months lie between them.

Two threads are linked where both are about the same rare names: a case number, a law that few threads are about, or a company or
person together with a second name, such as the authority that pursues it. What is in every other thread (a large company, a law,
a country) links nothing: a name counts by how few threads it leads. Threads before different authorities are different matters,
unless a case number joins them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

SUBJECTS = frozenset({"company", "name", "case", "law"})
"""Kinds of names that a matter can be about; the others are what surrounds it."""
GENERAL_LAWS = frozenset({
    "gdpr", "uk gdpr", "data protection act", "privacy act", "eu charter", "echr", "convention 108", "bdsg", "lopdgdd",
    "law enforcement directive", "loi informatique et libertes", "ftc act",
})  # fmt: skip
"""Laws that every matter of data protection is about; they tell none from another."""
FEW_THREADS = 12
"""Threads that a law may lead in and be a matter of its own …"""
MOST_OF_IT = 0.5
"""… where it leads in this share of the articles of both."""
LEADING_SHARE = 0.25
"""Share of a thread's articles that a name has to lead in."""
ASSUMED = 100
"""Threads that every archive is taken to have had beside its own, so that a young one links, too."""
RARE = 2.5
"""Rarity that one shared subject needs."""
ENOUGH = 5.5
"""Rarity that all shared names need together …"""
NAMES_ALONE = 2
"""… and how many there must be beside the rarest, where all of them are names that only their capitals tell."""
TOO_COMMON = 200
"""Threads that a name may lead in and still link."""
ASSUMED_FOR_LAWS = 10
"""The same for laws: that one is rare, the archive itself has to show …"""
LAW_BONUS = 1.0
"""… and then it counts like another name."""
LINKED_SHARE = 1 / 3
"""Share of a storyline's threads that a thread is linked to, to join it: so that a chain of chance links is no storyline."""


class LeadingName(NamedTuple):
    """A name that leads in articles of a thread; `articles` is in how many."""

    key: str
    shown: str
    kind: str
    articles: int


@dataclass(frozen=True, slots=True)
class Signature:
    """What a thread is about, by its leading names."""

    thread: int
    size: int
    names: Mapping[str, LeadingName]


def signature(thread: int, size: int, names: Sequence[LeadingName]) -> Signature:
    """The names that lead in enough of a thread's articles."""
    asked = max(1.0, LEADING_SHARE * size)
    return Signature(thread, size, {name.key: name for name in names if name.articles >= asked})


def subjects(about: Signature, most: int = 8) -> list[str]:
    """The names by which to look for other threads of the matter, the most frequent first."""
    found = [name for name in about.names.values() if name.kind in SUBJECTS and name.key not in GENERAL_LAWS]
    found.sort(key=lambda name: (-name.articles, name.kind == "name", name.key))
    return [name.key for name in found[:most]]


def rarity(kind: str, leads_in: int, threads: int) -> float:
    """How much a name tells that leads in so many of so many threads."""
    if kind == "law":
        return LAW_BONUS + math.log((threads + ASSUMED_FOR_LAWS) / (leads_in + 0.5))
    return math.log((threads + ASSUMED) / (leads_in + 0.5))


def linking(
    one: Signature, other: Signature, rarities: Mapping[str, float], few: AbstractSet[str] = frozenset()
) -> tuple[str, ...]:
    """The names by which two threads belong to one matter, the rarest first; empty where they do not.

    `few` are names that lead in `FEW_THREADS` at most.
    """
    common = (one.names.keys() & other.names.keys()) - GENERAL_LAWS
    shared = [one.names[key] for key in common if rarities.get(key, 0) > 0]
    if not shared:
        return ()
    shared.sort(key=lambda name: (-rarities[name.key], name.key))
    telling = _apart(shared)
    if any(name.kind == "case" and rarities[name.key] >= RARE for name in telling):
        return tuple(name.key for name in telling)
    if any(name.kind == "law" and name.key in few and _about(name.key, one) and _about(name.key, other) for name in telling):
        return tuple(name.key for name in telling)
    subject = next((name for name in telling if name.kind in SUBJECTS and rarities[name.key] >= RARE), None)
    witnesses = [name for name in telling if name is not subject and (name.kind != "law" or rarities[name.key] >= RARE)]
    known = any(name.kind != "name" for name in witnesses) or len(witnesses) >= NAMES_ALONE
    total = sum(rarities[name.key] for name in telling)
    linked = subject is not None and known and total >= ENOUGH and not _before_others(one, other)
    return tuple(name.key for name in telling) if linked else ()


def _about(key: str, thread: Signature) -> bool:
    return thread.names[key].articles >= MOST_OF_IT * thread.size


def _before_others(one: Signature, other: Signature) -> bool:
    """Whether both threads are before authorities, and none of them before the same."""
    first, second = ({key for key, name in about.names.items() if name.kind == "authority"} for about in (one, other))
    return bool(first) and bool(second) and first.isdisjoint(second)


def _apart(names: Sequence[LeadingName]) -> list[LeadingName]:
    """Names of which none is a part of another one: "Example" and "Example Research Institute" are one witness, not two."""
    kept: list[LeadingName] = []
    for name in sorted(names, key=lambda name: (len(name.key.split()), name.kind == "name", name.key)):
        words = set(name.key.split())
        if not any(words >= set(other.key.split()) for other in kept):
            kept.append(name)
    return [name for name in names if name in kept]


def joined(links: Mapping[int, int], sizes: Mapping[int, int]) -> list[int]:
    """The storylines that a thread may join: `links` counts its links into each, `sizes` the other threads that each has.

    The one with most links first, the older of equals; none to whose threads it is linked too little.
    """
    fitting = [line for line, count in links.items() if count >= max(1.0, LINKED_SHARE * sizes[line])]
    return sorted(fitting, key=lambda line: (-links[line], line))


def one_matter(
    some: Sequence[Signature], others: Sequence[Signature], rarities: Mapping[str, float], few: AbstractSet[str]
) -> bool:
    """Whether two storylines are one: enough of the threads of one are linked to those of the other."""
    links = sum(bool(linking(one, other, rarities, few)) for one in some for other in others)
    return links >= LINKED_SHARE * len(some) * len(others)


def title(signatures: Sequence[Signature]) -> str:
    """What a storyline is called: who it is about, and who acts: "CNIL and Clearview AI"."""
    weight: dict[str, float] = {}
    shown: dict[str, LeadingName] = {}
    for about in signatures:
        for name in about.names.values():
            weight[name.key] = weight.get(name.key, 0) + name.articles / about.size
            best = shown.get(name.key)
            if best is None or (name.kind != "name", name.articles) > (best.kind != "name", best.articles):
                shown[name.key] = name
    in_two = [key for key in weight if key not in GENERAL_LAWS and sum(key in about.names for about in signatures) > 1]
    ranked = sorted(in_two, key=lambda key: (-weight[key], shown[key].kind == "name", key))
    subject = next((key for key in ranked if shown[key].kind in SUBJECTS), None)
    actor = next((key for key in ranked if shown[key].kind == "authority"), None)
    second = actor or next((key for key in ranked if key != subject and shown[key].kind in SUBJECTS), None)
    return " and ".join(shown[key].shown for key in (second, subject) if key is not None) or "Unnamed"


def status(threads: int, articles: int, first: datetime | None, last: datetime | None, latest: str) -> str:
    """One line on where a matter stands."""
    count = f"{threads} threads, {articles} articles"
    months = [moment.strftime("%B %Y") for moment in (first, last) if moment]
    span = " to ".join(dict.fromkeys(months))
    return f"{count}{', ' + span if span else ''}; latest: {latest}"
