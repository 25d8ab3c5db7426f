"""What is said of a thread beyond what is kept of it: its history, what its articles agree on, why it moves; and coming dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from reader.analysis import heat, hot, momentum, quality
from reader.analysis.statements import statements
from reader.errors import NotFound
from reader.jobs import pacing, scoring
from reader.records import ComingDate, QualityPreview
from reader.store import articles, membership, scores, threads
from reader.store.settings import checked, settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    import apsw

    from reader.records import Receipt, Thread

LOOKED_AT = 600
"""Articles, the newest, by which other weights are tried …"""
EXAMPLES = 12
"""… and how many of them are shown."""


def thread(db: apsw.Connection, id: int) -> Thread:
    """One thread with its history, and with what its articles agree on. Raises `NotFound`."""
    found = threads.thread(db, id)
    steps = heat.history(scored(db, found.id))
    return replace(
        found,
        heat_history=tuple((datetime.fromtimestamp(moment, UTC), own) for moment, own in steps),
        statements=statements(threads.stated(db, found.id), [member for member in found.members if not member.row.hidden]),
    )


def scored(db: apsw.Connection, id: int) -> list[heat.Scored]:
    """The members of a thread as heat sees them."""
    return [
        heat.Scored(one.article, one.title, one.provider, one.quality, one.date, one.independent, one.copy_of)
        for one in scores.members(db, [id])
    ]


def heat_receipt(db: apsw.Connection, id: int) -> Receipt:
    """Why a thread has its heat. Raises `NotFound`."""
    return heat.receipt(scored(db, threads.thread(db, id).id))


def quality_receipt(db: apsw.Connection, id: int) -> Receipt:
    """Why an article has its quality. Raises `NotFound`."""
    reading = next(articles.reading(db, [id]), None)
    if reading is None:
        raise NotFound("article", id)
    standings, weights = scoring.starting_standings(), scoring.chosen_weights(settings(db))
    return quality.receipt(reading, standings, copy=id in membership.copies_among(db, [id]), weights=weights)


def momentum_receipt(db: apsw.Connection, id: int, now: int) -> Receipt:
    """Why a thread has its momentum, or why there is too little data. Raises `NotFound`."""
    found = threads.thread(db, id).id
    usual = pacing.Usual(db, now)
    baseline, of = usual.of(found)
    return momentum.receipt(usual.dates(found), baseline, now, of)


def hot_receipt(db: apsw.Connection, id: int, now: int) -> Receipt:
    """Why a thread stands where it does in the Hot view. Raises `NotFound`."""
    found = threads.thread(db, id)
    return hot.receipt(found.heat, found.momentum, int(found.last.timestamp()) if found.last else None, now)


def dates(db: apsw.Connection, today: date) -> list[ComingDate]:
    """The days to come that articles name, the nearest first; what several articles of a thread name is one."""
    found: dict[tuple[str, int | None], ComingDate] = {}
    for day, sentence, article, own, title in threads.dates_from(db, today.isoformat()):
        known = found.get((day, own))
        if known is None:
            found[day, own] = ComingDate(date.fromisoformat(day), sentence, article, own, title, 1)
        else:
            found[day, own] = replace(known, reports=known.reports + 1)
    return list(found.values())


def quality_preview(db: apsw.Connection, weights: Mapping[str, float]) -> QualityPreview:
    """What other weights would do to the newest articles. Raises `Refused` for a weight that there is not, or out of range."""
    chosen = settings(db)
    mine, standings = scoring.chosen_weights(chosen), scoring.starting_standings()
    theirs = scoring.chosen_weights(chosen, {name: checked(f"weight_{name}", value) for name, value in weights.items()})
    newest = articles.newest(db, LOOKED_AT, 0)[1]
    copied = membership.copies_among(db, newest)
    moved: list[tuple[int, float, float]] = []
    looked_at = 0
    for reading in articles.reading(db, newest):
        if reading.quality is None:
            looked_at += 1
            copy = reading.id in copied
            before, after = (quality.receipt(reading, standings, copy=copy, weights=own).score for own in (mine, theirs))
            if before != after:
                moved.append((reading.id, before, after))
    moved.sort(key=lambda one: (-abs(one[2] - one[1]), one[0]))
    line = chosen.publish_at
    return QualityPreview(
        looked_at=looked_at,
        up=sum(after > before for _, before, after in moved),
        down=sum(after < before for _, before, after in moved),
        published=sum(before < line <= after for _, before, after in moved),
        held=sum(after < line <= before for _, before, after in moved),
        examples=tuple(moved[:EXAMPLES]),
    )
