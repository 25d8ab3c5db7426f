"""What an article said before and says now, as blocks with new words and words that went."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from ui.page.blocks import Block, Run, bounded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ui.page.blocks import Style

MOST_CHARACTERS, MOST_PARAGRAPHS, MOST_WORDS = 200_000, 1_000, 1_500
"""Of each text; what is longer is cut. Words are only compared inside paragraphs that are not longer: the work is the square."""


def changes(before: str, now: str) -> Iterator[Block]:
    """The text as it is now, with what was taken out of it where it stood."""
    old, new = _paragraphs(before), _paragraphs(now)
    return bounded(_changes(old, new))


def _paragraphs(text: str) -> list[str]:
    return [part for part in text[:MOST_CHARACTERS].split("\n\n") if part.strip()][:MOST_PARAGRAPHS]


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[Block]:
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield from (Block("text", (Run(paragraph),)) for paragraph in new[c:d])
            continue
        paired = min(b - a, d - c)
        for one, other in zip(old[a : a + paired], new[c : c + paired], strict=True):
            yield from _within(one, other)
        yield from (_whole(paragraph, "removed") for paragraph in old[a + paired : b])
        yield from (_whole(paragraph, "added") for paragraph in new[c + paired : d])


def _whole(paragraph: str, style: Style) -> Block:
    return Block("text", (Run(paragraph, frozenset({style})),))


def _within(before: str, now: str) -> Iterator[Block]:
    """A paragraph that was rewritten, word by word where that says more than one beside the other."""
    old, new = before.split(), now.split()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if max(len(old), len(new)) > MOST_WORDS or matcher.quick_ratio() < 0.4 or matcher.ratio() < 0.4:
        yield _whole(before, "removed")
        yield _whole(now, "added")
        return
    runs: list[Run] = []
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            runs.append(Run(f"{' '.join(new[c:d])} "))
            continue
        if a < b:
            runs += [Run(" ".join(old[a:b]), frozenset({"removed"})), Run(" ")]
        if c < d:
            runs += [Run(" ".join(new[c:d]), frozenset({"added"})), Run(" ")]
    yield Block("text", tuple(runs))
