"""How much a thread is covered: heat, who leads, and what is published by it.

The formula was recovered from the heat that sources recorded: a head of quality 50 and more gains a fixed step for each related
article, any other has its quality alone, and members that do not lead have none. Ours counts independent articles only: what is
copied, or comes from nobody knows where, adds nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reader.records import NOT_SCORED, Receipt, ReceiptLine

if TYPE_CHECKING:
    from collections.abc import Sequence

STEP = 10.0
"""Points that each independent article beside the head adds."""
WORTH_FOLLOWING = 50.0
"""Quality from which a head gains by being followed."""
PUBLISH_AT = 70.0
"""Heat from which a head counts as published."""


class Scored(NamedTuple):
    """A member of a thread as heat sees it.

    `date` is in seconds since 1970; `provider` is "" where nobody knows it; `copy_of` is the article whose text this one repeats.
    """

    article: int
    title: str
    provider: str
    quality: float | None
    date: int | None
    independent: bool
    copy_of: int | None = None


def head_of(members: Sequence[Scored]) -> Scored:
    """The member that leads: highest quality, then earliest; without a provider only where nobody has one."""
    return min(members, key=_rank)


def _rank(member: Scored) -> tuple[bool, float, bool, int, int]:
    quality = -1.0 if member.quality is None else member.quality
    return (not member.provider, -quality, member.date is None, member.date or 0, member.article)


def followers(members: Sequence[Scored], head: Scored | None = None) -> int:
    """How many independent articles stand beside the head, which is looked for where it is not given.

    A copy that leads stands for the report that it copies, so that one report is never counted beside itself.
    """
    leads = head or head_of(members)
    return sum(_follows(member, leads) for member in members)


def _follows(member: Scored, head: Scored) -> bool:
    return member.independent and member.article not in (head.article, head.copy_of)


def heat(quality: float | None, related: int, step: float = STEP) -> float:
    """Heat of a head by its quality and the number of independent related articles; `NOT_SCORED` without a quality."""
    if quality is None:
        return NOT_SCORED
    return quality + step * related if quality >= WORTH_FOLLOWING else quality


def history(members: Sequence[Scored]) -> tuple[tuple[int, float], ...]:
    """From when on a thread had which heat: a step for each moment at which a report changed it.

    What has no date is taken to have been there from the first report on. The last step is the heat that it has.
    """
    steps: list[tuple[int, float]] = []
    head: Scored | None = None
    independent = 0
    known = {member.article: member for member in members}
    dated = sorted({member.date for member in members if member.date is not None})
    by_date: dict[int | None, list[Scored]] = {}
    for member in members:
        by_date.setdefault(member.date, []).append(member)
    for at, moment in enumerate(dated):
        fresh = [*by_date[moment], *(by_date.get(None, []) if at == 0 else [])]
        independent += sum(member.independent for member in fresh)
        head = head_of(fresh if head is None else [head, *fresh])
        original = known.get(head.copy_of) if head.copy_of is not None else None
        stood = original is not None and original.independent and (original.date is None or original.date <= moment)
        now = heat(head.quality, independent - head.independent - stood)
        if now != NOT_SCORED and (not steps or steps[-1][1] != now):
            steps.append((moment, now))
    return tuple(steps)


def published(heat: float, decision: bool | None = None, publish_at: float = PUBLISH_AT) -> bool:
    """Does an article count as published? As the analyst decided, else by its heat."""
    return heat >= publish_at if decision is None else decision


def receipt(members: Sequence[Scored], step: float = STEP) -> Receipt:
    """Why a thread has its heat: the head's quality, a line for each independent article beside it, and what counts for nothing.

    The points add up to the heat; a head without quality has `NOT_SCORED`.
    """
    head = head_of(members)
    if head.quality is None:
        why = "no article of this thread has a quality yet"
        return Receipt(NOT_SCORED, (ReceiptLine("quality of the head", "not known", NOT_SCORED, why),))
    lines = [ReceiptLine("quality of the head", head.title, head.quality, _why_head(members))]
    gains = step if head.quality >= WORTH_FOLLOWING else 0.0
    beside = [member for member in members if member is not head]
    beside.sort(key=lambda member: (not _follows(member, head), _rank(member)))
    lines += [_line(member, head, gains if _follows(member, head) else 0.0) for member in beside]
    return Receipt(heat(head.quality, followers(members), step), tuple(lines))


def _why_head(members: Sequence[Scored]) -> str:
    return "the highest quality of its thread" if len(members) > 1 else "it stands alone"


def _line(member: Scored, head: Scored, points: float) -> ReceiptLine:
    if points:
        why = "reports by itself"
    elif _follows(member, head):
        why = f"reports by itself, but the head's quality is under {WORTH_FOLLOWING:.0f}"
    elif member.copy_of == head.article:
        why = "a copy of the head"
    elif member.article == head.copy_of:
        why = "the head is a copy of it, and the two count once"
    elif member.copy_of is not None:
        why = "a copy of another article of the thread"
    else:
        why = "its provider is not known, so it is not counted as independent"
    return ReceiptLine("related article", f"{member.provider or 'unknown'}: {member.title}", points, why)
