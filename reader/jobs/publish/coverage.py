"""What the figures of a section show: reports over time, by provider, and what they state."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from reader.jobs.publish.document import Bar, Coverage, Statement
from reader.text import stated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

MOST_BARS = 40
MOST_STATEMENTS = 8

# Over time

_HOUR = 3600
_MONDAY = int(datetime(1970, 1, 5, tzinfo=UTC).timestamp())


@dataclass(frozen=True, slots=True)
class _Grid:
    """Time parted into stretches of one length, which are numbered."""

    name: str
    number: Callable[[datetime], int]
    start: Callable[[int], datetime]
    label: str
    """What a stretch is called, for `strftime`; "%-d" is not known everywhere, so the day comes apart."""


def _steps(name: str, seconds: int, label: str) -> _Grid:
    return _Grid(
        name,
        lambda moment: (int(moment.timestamp()) - _MONDAY) // seconds,
        lambda number: datetime.fromtimestamp(_MONDAY + number * seconds, UTC),
        label,
    )


def _months(name: str, count: int, label: str) -> _Grid:
    return _Grid(
        name,
        lambda moment: (moment.year * 12 + moment.month - 1) // count,
        lambda number: datetime(number * count // 12, number * count % 12 + 1, 1, tzinfo=UTC),
        label,
    )


_GRIDS = (
    _steps("an hour", _HOUR, "{day} %b %H:00"),
    _steps("two hours", 2 * _HOUR, "{day} %b %H:00"),
    _steps("six hours", 6 * _HOUR, "{day} %b %H:00"),
    _steps("a day", 24 * _HOUR, "{day} %b %Y"),
    _steps("a week", 7 * 24 * _HOUR, "{day} %b %Y"),
    _months("a month", 1, "%b %Y"),
    _months("a year", 12, "%Y"),
    _months("ten years", 120, "%Y"),
)


def bars(reports: Iterable[tuple[datetime, bool]]) -> tuple[str, tuple[Bar, ...]]:
    """How long one bar is, in words, and the bars from the first report to the last, empty ones too.

    A report is its moment and whether it is independent. The bars are the shortest of which `MOST_BARS` are enough.
    """
    told = sorted((moment.astimezone(UTC), independent) for moment, independent in reports)
    if not told:
        return "", ()
    first, last = told[0][0], told[-1][0]
    grid = next((grid for grid in _GRIDS if grid.number(last) - grid.number(first) < MOST_BARS), _GRIDS[-1])
    counts = Counter((grid.number(moment), independent) for moment, independent in told)
    return grid.name, tuple(
        Bar(_label(grid, number), counts[number, True], counts[number, False])
        for number in range(grid.number(first), grid.number(last) + 1)
    )


def _label(grid: _Grid, number: int) -> str:
    start = grid.start(number)
    return start.strftime(grid.label).format(day=start.day)


# By provider


def by_provider(reports: Iterable[tuple[str, bool, date | None]]) -> tuple[Coverage, ...]:
    """Who reported how much, the one with most of its own first. A report: provider, whether independent, its day."""
    told: defaultdict[str, list[tuple[bool, date | None]]] = defaultdict(list)
    for provider, independent, on in reports:
        told[provider].append((independent, on))
    rows = (
        Coverage(
            provider,
            sum(independent for independent, _ in own),
            sum(not independent for independent, _ in own),
            min((on for _, on in own if on), default=None),
        )
        for provider, own in told.items()
    )
    return tuple(sorted(rows, key=lambda row: (-row.independent, -row.copies, row.first or date.max, row.provider)))


# What reports state

KINDS = {"money": "Money", "count": "Number", "date": "Date", "law": "Law", "case": "Case"}
"""Kinds of facts that are worth a line; that a report names its authority or company goes without saying."""


def statements(
    facts: Iterable[tuple[str, str, int, bool]], against: Mapping[tuple[str, str], tuple[str, ...]] | None = None
) -> tuple[Statement, ...]:
    """What is stated most, and all that is disputed, kind by kind.

    A fact: its kind, its value, the number of its source, whether that is independent. `against`: what others state instead.
    """
    disputed = against or {}
    told: defaultdict[tuple[str, str], dict[int, bool]] = defaultdict(dict)
    for kind, value, source, independent in facts:
        if kind in KINDS:
            told[kind, value][source] = independent
    most = sorted(told.items(), key=lambda item: (item[0] not in disputed, -sum(item[1].values()), -len(item[1]), min(item[1])))[
        :MOST_STATEMENTS
    ]
    order: Sequence[str] = list(KINDS)
    return tuple(
        Statement(
            KINDS[kind],
            stated(kind, value),
            sum(sources.values()),
            tuple(sorted(sources)),
            tuple(stated(kind, other) for other in disputed.get((kind, value), ())),
        )
        for (kind, value), sources in sorted(most, key=lambda item: order.index(item[0][0]))
    )
