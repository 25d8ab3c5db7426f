"""Threads scored: copies, quality, heat, who leads, and what is published."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any

from reader import resources
from reader.analysis import heat, quality
from reader.analysis.copies import PRIMARY_KINDS, Copyable, Reported, copies, first_to_report, primary_sources
from reader.records import NOT_SCORED
from reader.store import articles, membership, scores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import apsw

    from reader.analysis.vectors import Vector
    from reader.records import Reading
    from reader.settings import Settings
    from reader.store.scores import Member


def score(
    db: apsw.Connection,
    threads: Iterable[int],
    pending: Mapping[int, Reading],
    vector: Callable[[int], Vector],
    starting: Mapping[str, int],
    publish_at: float,
    weights: quality.Weights | None = None,
) -> None:
    """Score these threads anew; of their articles, those that are pending, and those that became or ceased to be a copy."""
    by_thread: defaultdict[int, list[Member]] = defaultdict(list)
    for member in scores.members(db, threads):
        by_thread[member.thread].append(member)
    found: dict[int, int] = {}
    for members in by_thread.values():
        found |= copies(
            Copyable(one.article, one.provider, one.date, vector(one.article), _kind(one) in PRIMARY_KINDS) for one in members
        )
    everyone = [member for members in by_thread.values() for member in members]
    known = _qualities(db, everyone, found, pending, starting, weights)
    for thread, members in by_thread.items():
        _keep(db, thread, [_scored(member, known[member.article], found) for member in members], members, found, publish_at)


def _qualities(
    db: apsw.Connection,
    members: Sequence[Member],
    found: Mapping[int, int],
    pending: Mapping[int, Reading],
    starting: Mapping[str, int],
    weights: quality.Weights | None,
) -> dict[int, float | None]:
    """Of each article its quality: as recorded, as it was found before, or found now."""
    known = {member.article: member.quality for member in members}
    stale = {
        member.article
        for member in members
        if not member.recorded
        and (member.article in pending or member.quality is None or (member.copy_of is None) == (member.article in found))
    }
    readings = {id: pending[id] for id in stale if id in pending}
    readings |= {reading.id: reading for reading in articles.reading(db, stale - readings.keys())}
    for id, reading in readings.items():
        known[id] = quality.receipt(reading, starting, copy=id in found, weights=weights).score
    return known


def _scored(member: Member, quality: float | None, found: Mapping[int, int]) -> heat.Scored:
    independent = bool(member.provider) and member.article not in found
    return heat.Scored(
        member.article, member.title, member.provider, quality, member.date, independent, found.get(member.article)
    )


def _keep(
    db: apsw.Connection,
    thread: int,
    scored: Sequence[heat.Scored],
    members: Sequence[Member],
    found: Mapping[int, int],
    publish_at: float,
) -> None:
    head = heat.head_of(scored)
    hot = heat.heat(head.quality, heat.followers(scored))
    decided = {member.article: member.decision for member in members}
    membership.mark_roles(db, _roles(scored, members, found))
    rows = []
    for one in scored:
        own = hot if one is head else NOT_SCORED
        rows.append((one.article, one.quality, own, heat.published(own, decided[one.article], publish_at)))
    scores.keep(db, rows)
    moments = [one.date for one in scored if one.date is not None]
    summary = scores.Summary(
        title=head.title,
        head=head.article,
        quality=head.quality,
        heat=hot,
        size=len(scored),
        independent=heat.followers(scored),
        providers=len({one.provider for one in scored if one.independent}),
        first=min(moments, default=None),
        last=max(moments, default=None),
    )
    scores.keep_summary(db, thread, summary)


def _roles(scored: Sequence[heat.Scored], members: Sequence[Member], found: Mapping[int, int]) -> dict[int, membership.Role]:
    reported = [Reported(one.article, one.provider, _kind(one), one.date, one.article in found) for one in members]
    first, primary = first_to_report(reported), primary_sources(reported)
    return {
        one.article: membership.Role(found.get(one.article), one.independent, one.article == first, one.article in primary)
        for one in scored
    }


def _kind(member: Member) -> str:
    """What kind of house an article is from, "" where not known."""
    kinds = _starting("kind")
    covering = quality.known_as(member.url, member.provider, kinds)
    return str(kinds[covering]) if covering is not None else ""


def chosen_weights(chosen: Settings, other: Mapping[str, float] | None = None) -> quality.Weights:
    """The weights of quality as the analyst chose them, or would with these others."""
    own = {field.name: getattr(chosen, f"weight_{field.name}") for field in fields(quality.Weights)}
    return quality.Weights(**{**own, **(other or {})}).balanced()


@cache
def _starting(what: str) -> Mapping[str, Any]:
    document: dict[str, Any] = tomllib.loads(resources.text("providers.toml"))
    return {str(provider["domain"]): provider[what] for provider in document.get("provider", ())}


@cache
def starting_standings() -> Mapping[str, int]:
    """The standing that providers start with, by domain."""
    return {domain: int(standing) for domain, standing in _starting("standing").items()}
