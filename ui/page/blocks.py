"""A flat row of blocks: what the body of an article is turned into before it is shown, whatever it was written in.

Nothing here has depth: nested tables, lists in lists and unclosed tags cost Qt's layout time that grows with the power of their
depth, blocks one after the other do not. Nothing here is markup: a block holds words, and who shows them escapes them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["text", "heading", "item", "pre", "caption", "picture", "rule", "table"]
Style = Literal["bold", "italic", "code", "struck", "under", "above", "below", "added", "removed"]

PART = 100_000
"""Characters that are shown at once; the rest of a longer article waits for a click."""
MOST_PARAGRAPH = 12_000
"""Characters of one block: a longer paragraph is broken at a space."""
MOST_TOKEN = 120
"""Characters without a gap that a line can be broken in; invisible gaps are put into longer ones."""
MOST_RUNS, MOST_COLUMNS, MOST_CELL, MOST_TABLE, MOST_DEPTH = 400, 12, 500, 30_000, 5
"""Runs of a block; columns, characters of a cell and cost of a table; depth of lists."""
BLOCK_COST, RUN_COST, CELL_COST, PICTURE_COST = 30, 20, 60, 400
"""What these weigh beside characters when a part is measured out."""

SPACES = re.compile("[ \t\n\r\f\x0b]+")
"""White space that is as good as one space; not the one that holds words together."""
_LONG_TOKEN = re.compile(rf"[^\s\u200b]{{{MOST_TOKEN + 1},}}")
_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style; `link` is an address that may be followed, "" where there is none."""

    text: str
    styles: frozenset[Style] = frozenset()
    link: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the body. `level`: of a heading (1-6), or the depth of a list; `mark`: its bullet; `quote`: 1 in a quote."""

    kind: Kind
    runs: tuple[Run, ...] = ()
    level: int = 0
    quote: int = 0
    mark: str = ""
    rows: tuple[tuple[tuple[Run, ...], ...], ...] = ()
    header: bool = False
    source: str = ""
    alt: str = ""

    @property
    def words(self) -> str:
        """All its words."""
        return "".join(run.text for run in self.runs)

    @property
    def all_runs(self) -> tuple[Run, ...]:
        """All its words, of a table too, in the order of the text."""
        return (*self.runs, *(run for row in self.rows for cell in row for run in cell))

    @property
    def cost(self) -> int:
        """How much work it is to lay out, in characters."""
        runs = self.all_runs
        cells = sum(len(row) for row in self.rows)
        picture = PICTURE_COST if self.kind == "picture" else 0
        return BLOCK_COST + sum(len(run.text) + RUN_COST for run in runs) + cells * CELL_COST + picture


def parts(body: Iterator[Block]) -> Iterator[tuple[Block, ...]]:
    """The body in parts that can be laid out without a wait."""
    part: list[Block] = []
    weight = 0
    for block in body:
        if part and weight + block.cost > PART:
            yield tuple(part)
            part, weight = [], 0
        part.append(block)
        weight += block.cost
    if part:
        yield tuple(part)


def bounded(body: Iterator[Block]) -> Iterator[Block]:
    """The same in blocks of bounded length, none of them empty, with a gap in whatever is too long for a line."""
    for block in body:
        if block.kind in ("picture", "rule"):
            yield block
        elif block.kind == "table":
            yield replace(block, rows=tuple(tuple(tuple(map(_gapped, cell)) for cell in row) for row in block.rows))
        elif block.words.strip():
            yield from _broken(block)


def _broken(block: Block) -> Iterator[Block]:
    runs: list[Run] = []
    length = 0
    for run in block.runs:
        rest = run.text
        while length + len(rest) > MOST_PARAGRAPH or len(runs) >= MOST_RUNS:
            room = max(0, MOST_PARAGRAPH - length) if len(runs) < MOST_RUNS else 0
            at = rest.rfind(" ", 0, room) + 1 or room
            if rest[:at]:
                runs.append(_gapped(replace(run, text=rest[:at])))
            if runs:
                yield replace(block, runs=tuple(runs))
            block = replace(block, mark="")
            runs, length, rest = [], 0, rest[at:]
        if rest:
            runs.append(_gapped(replace(run, text=rest)))
            length += len(rest)
    if any(run.text.strip() for run in runs):
        yield replace(block, runs=tuple(runs))


def _gapped(run: Run) -> Run:
    if not _LONG_TOKEN.search(run.text):
        return run
    return replace(run, text=_LONG_TOKEN.sub(_with_gaps, run.text))


def _with_gaps(token: re.Match[str]) -> str:
    """The token with invisible gaps that a line may break at."""
    return "\u200b".join(re.findall(rf".{{1,{MOST_TOKEN}}}", token[0], re.DOTALL))


def address(value: str) -> str:
    """An address that may be followed or asked for; "" for anything else."""
    return value if len(value) <= 4000 and _LINK.fullmatch(value) else ""
