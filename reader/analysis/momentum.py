"""Whether a thread is reported on more than usual: new independent reports against the archive's own fourteen days.

The comparison is that of media monitors, one day of editorial coverage against the fourteen before it; what is usual comes from
the archive itself, topic by topic, so that it needs no network and nobody else's readers. A thread stands against the threads of
its topics: how many independent reports one of them has on a day on which it is reported on at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.records import Receipt, ReceiptLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DAY = 24 * 3600
NOW = DAY
"""Seconds that count as now …"""
BASELINE = 14 * DAY
"""… and before them, those that say what is usual."""
ENOUGH_REPORTS = 20
"""Independent reports that a baseline needs …"""
ENOUGH_DAYS = 7
"""… and on how many different days."""


@dataclass(frozen=True, slots=True)
class Report:
    """An independent report: its thread, and when it was published, in seconds since 1970."""

    thread: int
    date: int


@dataclass(frozen=True, slots=True)
class Baseline:
    """What is usual: reports, on how many days, and on how many days of threads (each thread counts each day that has one)."""

    reports: int
    days: int
    thread_days: int

    @property
    def enough(self) -> bool:
        """Whether it says anything."""
        return self.reports >= ENOUGH_REPORTS and self.days >= ENOUGH_DAYS

    @property
    def usual(self) -> float:
        """Reports of one thread on a day on which there are any."""
        return self.reports / self.thread_days if self.thread_days else 0.0


def baseline(reports: Iterable[Report], now: int) -> Baseline:
    """What is usual among these reports, of the fourteen days before the last."""
    before = [report for report in reports if now - NOW - BASELINE <= report.date < now - NOW]
    days = {(now - report.date) // DAY for report in before}
    return Baseline(len(before), len(days), len({(report.thread, (now - report.date) // DAY) for report in before}))


def recent(dates: Iterable[int], now: int) -> int:
    """How many reports came within the last day."""
    return sum(now - NOW <= date <= now for date in dates)


def momentum(dates: Sequence[int], usual: Baseline, now: int) -> float | None:
    """By how many reports the last day of a thread lies above what is usual; `None`: too little data, or long silent."""
    if not usual.enough or not any(now - NOW - BASELINE <= date <= now for date in dates):
        return None
    return round(recent(dates, now) - usual.usual, 1)


def receipt(dates: Sequence[int], usual: Baseline, now: int, of: str) -> Receipt:
    """Why a thread has its momentum; the points add up to it. `of` says in words what the baseline is of."""
    found = momentum(dates, usual, now)
    if found is None:
        return Receipt(0.0, (_why_not(dates, usual, now, of),))
    new = recent(dates, now)
    came = ReceiptLine("new reports", str(new), float(new), "independent reports within the last 24 hours")
    why = f"{usual.reports} independent reports on {usual.thread_days} days of threads, {of}, in the 14 days before"
    return Receipt(found, (came, ReceiptLine("usual", f"{usual.usual:.1f} a day", round(found - new, 1), why)))


def _why_not(dates: Sequence[int], usual: Baseline, now: int, of: str) -> ReceiptLine:
    if usual.enough:
        last = max((date for date in dates if date <= now), default=None)
        silent = "never" if last is None else f"{(now - last) // DAY} days ago"
        return ReceiptLine("long silent", silent, 0.0, "its last independent report is older than 15 days")
    told = f"{usual.reports} reports on {usual.days} days"
    return ReceiptLine(
        "too little data", told, 0.0, f"{of}: it takes {ENOUGH_REPORTS} reports on {ENOUGH_DAYS} of 14 days to say what is usual"
    )
