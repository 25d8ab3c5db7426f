"""Where things stand in a row of the list, as a value of its width; and what a row says to those who do not see it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ui.paint import apart
from ui.phrases import counted, short_time
from ui.theme import BASE, TITLE

if TYPE_CHECKING:
    from datetime import datetime

    from reader.records import ArticleRow, ThreadRow

ACTIONS = ("toggle_read", "star", "add_to_briefing")
"""What the row under the mouse offers, in the place of its time."""
_ACTION_STEP, _ACTION_ROOM = 25, 66
_NARROW, _NARROW_FOR_DATES = 400, 390
UNTITLED = "Untitled"


@dataclass(frozen=True, slots=True)
class RowLayout:
    """Pixels at 100 %, from the left top corner of the row. `x` of words is their start, of columns their end."""

    height: int
    title_size: int
    baselines: tuple[int, int, int]
    """Of title, second line and providers; compact rows have no second line, it is the first."""
    left: int
    right: int
    dot: int
    chevron: int
    heat: int
    quality: int
    bar: int
    """Width of the quality bar; 0 where every letter of a title counts."""
    newest: int
    """Where the third heading of the sort line ends; 0 where there is no room for it."""

    @property
    def scores(self) -> int:
        """Where words end that stand on one line with the scores."""
        return self.quality - 40 - self.bar

    def action_x(self, number: int) -> int:
        """The left edge of an action's icon."""
        return self.right - _ACTION_ROOM + _ACTION_STEP * number

    def action_at(self, x: float, y: float) -> int | None:
        """Which action is at a place; icons are easier to hit than they are large."""
        if not self.baselines[0] - 18 <= y < self.baselines[0] + 9:
            return None
        number = int((x - self.action_x(0) + (_ACTION_STEP - 16) / 2) // _ACTION_STEP)
        return number if 0 <= number < len(ACTIONS) else None

    def is_on_chevron(self, x: float, y: float) -> bool:
        """Whether a place opens and closes a thread."""
        return self.chevron - 4 <= x < self.left - 1 and y < self.baselines[0] + 12


@lru_cache(maxsize=64)
def row_layout(wide: int, *, compact: bool = False) -> RowLayout:
    """Where things stand in a row so wide."""
    right = wide - 16
    return RowLayout(
        height=44 if compact else 72,
        title_size=BASE if compact else TITLE,
        baselines=(18, 18, 36) if compact else (23, 42, 61),
        left=42,
        right=right,
        dot=14,
        chevron=22,
        heat=right,
        quality=right - 54,
        bar=0 if compact and wide < _NARROW else 28,
        newest=right - 116 if wide >= _NARROW_FOR_DATES else 0,
    )


def outlet(row: ArticleRow) -> str:
    """Who an article is from."""
    return row.provider or row.domain or "Unknown source"


def thread_in_words(row: ThreadRow, now: datetime) -> str:
    """A thread's row as a sentence."""
    marks = _words(("starred", row.starred), ("annotated", row.annotated))
    scores = [f"heat {row.heat:.0f}"] if row.heat >= 0 else []
    scores += [f"quality {row.quality:.0f}"] if row.quality is not None else []
    what = "thread" if row.size > 1 else "article"
    head = ", ".join([
        f"{'Unread' if row.unread else 'Read'} {what}",
        *([counted(row.size, "article")] if row.size > 1 else []),
        *scores,
        *marks,
    ])  # fmt: skip
    names = [apart(row.providers[0])] if row.providers else []
    more = f"{names[0]} and {row.provider_count - 1} more" if names and row.provider_count > 1 else "".join(names)
    return f"{head}: {', '.join(part for part in (apart(row.title or UNTITLED), more, short_time(row.last, now)) if part)}"


def article_in_words(row: ArticleRow, now: datetime, *, is_first: bool = False) -> str:
    """An article's row as a sentence."""
    marks = _words(("first to report", is_first), ("starred", row.starred), ("annotated", row.annotated), ("saved", row.captured))
    copied = [f"copy of {apart(row.copy_of)}"] if row.copy_of else []
    quality = [f"quality {row.quality:.0f}"] if row.quality is not None else []
    head = ", ".join([f"{'Read' if row.read else 'Unread'} article", *marks, *copied, *quality])
    return f"{head}: {apart(row.title or UNTITLED)}, {apart(outlet(row))}, {short_time(row.date, now)}"


def _words(*said: tuple[str, bool]) -> list[str]:
    return [words for words, holds in said if holds]
