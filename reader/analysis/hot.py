"""The order of the Hot view: heat and momentum, fading with age.

A thread is as hot as its heat, and ten points more for each report that its last day has above what is usual (momentum; fewer
where it has less), halved every two days since its last report. What is halved with time need not be computed anew each hour:
value x 2^(-age / H) orders as log2(value) - age / H, which orders as log2(value) + last / H, and there no clock is left. Reddit
ranks so (log10 of the votes + time / 45,000 s: Salihefendic, How Reddit ranking algorithms work, 2010); Hacker News does not, and
has to rank its front page anew again and again.
"""

from __future__ import annotations

import math

from reader.analysis.heat import STEP
from reader.records import NOT_SCORED, Receipt, ReceiptLine

DAY = 24 * 3600
HALF_LIFE = 2 * DAY
"""Seconds in which a thread that nobody reports on any more loses half of what it has: the weekend of a policy desk."""
LEAST = 1.0
"""What a thread has at least: there is no logarithm of nothing."""


def value(heat: float, momentum: float | None) -> float:
    """What a thread has before it ages: heat, and heat's own step for each report above what is usual."""
    return max(LEAST, heat + STEP * (momentum or 0.0))


def place(heat: float, momentum: float | None, last: int | None, now: int) -> float:
    """The number that the Hot view is sorted by, the highest first; a thread without a date is the oldest of all.

    `last` is its last report, in seconds since 1970; one that lies ahead counts as now. `store.lists` says the same in SQL.
    """
    return math.log2(value(heat, momentum)) + min(last, now) / HALF_LIFE if last is not None else -math.inf


def receipt(heat: float, momentum: float | None, last: int | None, now: int) -> Receipt:
    """Why a thread stands where it does in the Hot view: its value, less what age took. The points add up to what is left."""
    if last is None:
        why = "no report of it has a date: it stands after those that have one"
        return Receipt(NOT_SCORED, (ReceiptLine("age", "not known", float(NOT_SCORED), why),))
    has = value(heat, momentum)
    age = max(0, now - last)
    left = round(has * 0.5 ** (age / HALF_LIFE), 1)
    lines = [ReceiptLine("heat", "", heat, "what the thread has by its reports")]
    if momentum is not None:
        moves = f"{STEP:g} points for each report above what is usual"
        lines.append(ReceiptLine("momentum", f"{momentum:+g}", round(STEP * momentum, 1), moves))
    if has != heat + STEP * (momentum or 0.0):
        lines.append(ReceiptLine("at least", "", has - heat - STEP * (momentum or 0.0), "no thread has less than a point"))
    taken = left - math.fsum(line.points for line in lines)
    lines.append(ReceiptLine("age", _aged(age), taken, f"halved every {HALF_LIFE // DAY} days since its last report"))
    return Receipt(left, tuple(lines))


def _aged(seconds: int) -> str:
    hours = seconds // 3600
    if hours < 1:
        return "less than an hour"
    if hours < 48:
        return "1 hour" if hours == 1 else f"{hours} hours"
    return f"{hours // 24:,} days"
