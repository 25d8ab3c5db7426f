"""Threads scored: copies, quality, heat, who leads, and what is published."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import fields
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from reader import resources
from reader.analysis import heat, quality
from reader.analysis.copies import PRIMARY_KINDS, Copies, Copyable, Reported, copies, first_to_report, primary_sources
from reader.records import NOT_SCORED
from reader.store import articles, membership, scores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

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
    repeats: Repeats | None = None,
) -> None:
    """Score these threads anew; of their articles, those that are pending, and those that became or ceased to be a copy."""
    by_thread: defaultdict[int, list[Member]] = defaultdict(list)
    for member in scores.members(db, threads):
        by_thread[member.thread].append(member)
    found: dict[int, int] = {}
    repeats = repeats or Repeats()
    for thread, members in by_thread.items():
        found |= repeats.of(
            thread,
            [Copyable(one.article, one.provider, one.date, vector(one.article), _kind(one) in PRIMARY_KINDS) for one in members],
        )
    everyone = [member for members in by_thread.values() for member in members]
    known = _qualities(db, everyone, found, pending, starting, weights)
    roles: dict[int, membership.Role] = {}
    rows: list[scores.Score] = []
    summaries: dict[int, scores.Summary] = {}
    for thread, members in by_thread.items():
        scored = [_scored(member, known[member.article], found) for member in members]
        head = heat.head_of(scored)
        summaries[thread] = _summary(scored, head)
        roles |= _roles(scored, members, found)
        rows += _rows(scored, members, head, summaries[thread].heat, publish_at)
    membership.mark_roles(db, roles)
    scores.keep(db, rows)
    scores.keep_summaries(db, summaries)


class Repeats:
    """The copies of the threads that a job scores again and again, so that what was compared once is not compared again."""

    def __init__(self) -> None:
        self._told: dict[int, Copies] = {}

    def of(self, thread: int, members: Sequence[Copyable]) -> Mapping[int, int]:
        """Of each article of a thread that repeats another one of it: which one."""
        if len(members) < _WORTH_KEEPING:
            return copies(members) if len(members) > 1 else {}
        told = self._told.get(thread)
        if told is None or not told.go_on(members):
            told = Copies()
            told.go_on(members)
        if len(self._told) >= _THREADS_KEPT:
            self._told.clear()
        self._told[thread] = told
        return told.found


_WORTH_KEEPING = 12
"""Articles of a thread from which what was compared is kept …"""
_THREADS_KEPT = 100
"""… and for how many threads."""


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


def _summary(scored: Sequence[heat.Scored], head: heat.Scored) -> scores.Summary:
    followers = heat.followers(scored, head)
    moments = [one.date for one in scored if one.date is not None]
    return scores.Summary(
        title=head.title,
        head=head.article,
        quality=head.quality,
        heat=heat.heat(head.quality, followers),
        size=len(scored),
        independent=followers,
        providers=len({one.provider for one in scored if one.independent}),
        first=min(moments, default=None),
        last=max(moments, default=None),
    )


def _rows(
    scored: Sequence[heat.Scored], members: Sequence[Member], head: heat.Scored, hot: float, publish_at: float
) -> Iterator[scores.Score]:
    """The scores of a thread that are others than those that are kept."""
    for one, member in zip(scored, members, strict=True):
        own = hot if one is head else NOT_SCORED
        published = heat.published(own, member.decision, publish_at)
        if member.kept != (one.quality, own, published):
            yield one.article, one.quality, own, published


def _roles(scored: Sequence[heat.Scored], members: Sequence[Member], found: Mapping[int, int]) -> dict[int, membership.Role]:
    """What the articles of a thread are to it, of those that were something else."""
    reported = [Reported(one.article, one.provider, _kind(one), one.date, one.article in found) for one in members]
    first, primary = first_to_report(reported), primary_sources(reported)
    roles: dict[int, membership.Role] = {}
    for one, member in zip(scored, members, strict=True):
        id = one.article
        role = membership.Role(found.get(id), one.independent, id == first, id in primary)
        if role != (member.copy_of, member.independent, member.first, member.primary):
            roles[id] = role
    return roles


def _kind(member: Member) -> str:
    """What kind of house an article is from, "" where not known."""
    return _kind_of(member.url, member.provider)


@lru_cache(maxsize=4000)
def _kind_of(url: str, provider: str) -> str:
    kinds = _starting("kind")
    covering = quality.known_as(url, provider, kinds)
    return str(kinds[covering]) if covering is not None else ""


def chosen_weights(chosen: Settings, other: Mapping[str, float] | None = None) -> quality.Weights:
    """The weights of quality as the analyst chose them, or would with these others."""
    own = {field.name: getattr(chosen, f"weight_{field.name}") for field in fields(quality.Weights)}
    return quality.Weights(**{**own, **(other or {})}).balanced()


@cache
def _starting(what: str) -> Mapping[str, Any]:
    return {str(provider["domain"]): provider[what] for provider in _providers()}


@cache
def _providers() -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = tomllib.loads(resources.text("providers.toml")).get("provider", ())
    return found


@cache
def starting_standings() -> Mapping[str, int]:
    """The standing that providers start with, by domain."""
    return {domain: int(standing) for domain, standing in _starting("standing").items()}
