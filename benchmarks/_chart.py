"""What the benchmark of search measured, drawn: for each class of queries a bar for each engine, on a scale of powers of ten.

Ours has two: for what was asked before, and for what is asked for the first time.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

COLOURS = ("#2f6f9f", "#9fc3de", "#b8863b", "#8a8a8a", "#a55a5a")
FIRST = "ours, first time"
LEFT, WIDTH, BAR, GAP = 150, 560, 9, 12
LEAST, MOST = 0.01, 1000.0


def chart(figures: Sequence[dict[str, Any]], size: int) -> str:
    """The p50 of every class that the peers were asked too, at one size, as SVG."""
    start, end = f"{size:,}: ", ", p50"
    told = [figure for figure in figures if figure["what"].startswith(start) and figure["what"].endswith(end) and figure["peers"]]
    first = {figure["what"].removesuffix(", first time"): figure["ours"] for figure in figures}
    engines = ["ours", FIRST, *dict.fromkeys(name for figure in told for name in figure["peers"])]
    step = len(engines) * BAR + GAP
    height = 30 + step * len(told) + 25
    size_of = f'width="{LEFT + WIDTH + 70}" height="{height}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size_of} font-family="sans-serif" font-size="11">',
        f'<rect {size_of} fill="#ffffff"/>',
    ]
    for number, engine in enumerate(engines):
        lines.append(_text(LEFT + 110 * number + 14, 16, engine))
        lines.append(f'<rect x="{LEFT + 110 * number}" y="8" width="9" height="9" fill="{COLOURS[number]}"/>')
    for power in range(round(math.log10(LEAST)), round(math.log10(MOST)) + 1):
        at = _x(10.0**power)
        lines.append(f'<line x1="{at:.0f}" y1="26" x2="{at:.0f}" y2="{height - 22}" stroke="#dddddd"/>')
        lines.append(_text(at, height - 8, f"{10.0**power:g} ms", "middle"))
    for row, figure in enumerate(told):
        top = 30 + row * step
        what = figure["what"].removeprefix(start).removesuffix(end)
        lines.append(_text(LEFT - 8, top + step / 2, what, "end"))
        for number, engine in enumerate(engines):
            of_ours = {"ours": figure["ours"], FIRST: first.get(f"{start}{what}")}
            value = {**figure["peers"], **of_ours}.get(engine)
            if value is not None:
                lines += _bar(top + number * BAR, value, COLOURS[number])
    return "\n".join([*lines, "</svg>", ""])


def _x(value: float) -> float:
    within = math.log(min(max(value, LEAST), MOST) / LEAST) / math.log(MOST / LEAST)
    return LEFT + within * WIDTH


def _bar(top: float, value: float, colour: str) -> list[str]:
    end = _x(value)
    bar = f'<rect x="{LEFT}" y="{top}" width="{end - LEFT:.1f}" height="{BAR - 1}" fill="{colour}"/>'
    return [bar, _text(end + 4, top + BAR - 1, f"{value:.2g}" if value < 10 else f"{value:.0f}")]


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" fill="#222222">{escape(words)}</text>'
