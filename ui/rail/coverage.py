"""When a thread was reported, and by whom: what the rail draws, worked out without a pixel."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.phrases import month, short_day, weekday_or_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from reader.records import ArticleRow, Member

MOST_BARS = 32


# Over time


@dataclass(frozen=True, slots=True)
class _Grid:
    """Local time parted into stretches, which are numbered."""

    words: str
    number: Callable[[datetime], int]
    is_hours: bool = False
    is_months: bool = False


def _hours(words: str, count: int) -> _Grid:
    return _Grid(words, lambda moment: (moment.toordinal() * 24 + moment.hour) // count, is_hours=True)


def _days(words: str, count: int) -> _Grid:
    return _Grid(words, lambda moment: (moment.toordinal() - 1) // count)  # day 1 was a Monday


def _months(words: str, count: int) -> _Grid:
    return _Grid(words, lambda moment: (moment.year * 12 + moment.month - 1) // count, is_months=True)


_GRIDS = (
    _hours("an hour", 1), _hours("two hours", 2), _hours("three hours", 3), _hours("six hours", 6), _hours("twelve hours", 12),
    _days("a day", 1), _days("a week", 7),
    _months("a month", 1), _months("three months", 3), _months("a year", 12), _months("ten years", 120),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many reports came when: of each stretch those of their own and the others, and what stands under the ends."""

    stretch: str = ""
    bars: tuple[tuple[int, int], ...] = ()
    begins: str = ""
    ends: str = ""
    own: int = 0
    others: int = 0
    undated: int = 0

    @property
    def words(self) -> str:
        """All of it for those who do not see it."""
        if not self.bars:
            return "No report has a date"
        busiest = max(own + others for own, others in self.bars)
        when = f"from {self.begins} to {self.ends}" if self.ends else f"on {self.begins}"
        return f"Reports {when}, at most {busiest} in {self.stretch}; {self.own} independent, {self.others} not"


def coverage(members: Iterable[Member]) -> Coverage:
    """The shortest stretches of which `MOST_BARS` are enough, from the first report to the last."""
    own = others = undated = 0
    told: list[tuple[datetime, bool]] = []
    for member in members:
        own += member.independent
        others += not member.independent
        if member.row.date:
            told.append((member.row.date.astimezone(), member.independent))
        else:
            undated += 1
    if not told:
        return Coverage(own=own, others=others, undated=undated)
    first, last = min(moment for moment, _ in told), max(moment for moment, _ in told)
    grid = next((grid for grid in _GRIDS if grid.number(last) - grid.number(first) < MOST_BARS), _GRIDS[-1])
    counts = Counter((grid.number(moment), independent) for moment, independent in told)
    bars = tuple((counts[at, True], counts[at, False]) for at in range(grid.number(first), grid.number(last) + 1))
    return Coverage(grid.words, bars, *_ends(grid, first, last), own, others, undated)


def _ends(grid: _Grid, first: datetime, last: datetime) -> tuple[str, str]:
    """What stands under the first bar and the last; nothing is said twice."""
    if grid.is_months:
        begins, ends = month(first), month(last)
    elif grid.is_hours:
        begins = f"{short_day(first)}, {first:%H:%M}"
        ends = f"{last:%H:%M}" if last.date() == first.date() else f"{short_day(last, first)}, {last:%H:%M}"
    else:
        begins, ends = short_day(first), short_day(last, first)
    return begins, "" if first == last else ends


# First to last


@dataclass(frozen=True, slots=True)
class Report:
    """An article that does not repeat another one of the thread, and those that repeat it."""

    row: ArticleRow
    when: str
    copies: tuple[ArticleRow, ...] = ()
    is_first: bool = False
    is_primary: bool = False
    """Whether it is the page of the authority itself, on which the others report."""


def reports(members: Sequence[Member], now: datetime) -> list[Report]:
    """Who reported it, in the order of the members, which is that of time; a day is said where it begins."""
    by_id = {member.row.id: member for member in members}
    roots = {member.row.id: _root(member, by_id) for member in members}
    told: list[Report] = []
    before: datetime | None = None
    for member in members:
        row = member.row
        if roots[row.id] == row.id:
            copies = tuple(other.row for other in members if roots[other.row.id] == row.id and other.row.id != row.id)
            told.append(Report(row, _when(row.date, before, now), copies, member.first, member.primary))
            before = row.date or before
    return told


def _root(member: Member, by_id: dict[int, Member]) -> int:
    """The report that a copy goes back to; a ring of copies, which nobody should have written, ends at its start."""
    seen = {member.row.id}
    while member.copy_of in by_id and member.copy_of not in seen:
        seen.add(member.copy_of)
        member = by_id[member.copy_of]
    return member.row.id if member.copy_of not in seen else min(seen)


def _when(moment: datetime | None, before: datetime | None, now: datetime) -> str:
    if moment is None:
        return "no date"
    here = moment.astimezone()
    if before is not None and before.astimezone().date() == here.date():
        return f"{here:%H:%M}"
    if before is not None and before.astimezone().year != here.year:
        return short_day(here)
    return f"{weekday_or_day(here, now)} {here:%H:%M}"
