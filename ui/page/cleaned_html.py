"""HTML that the engine cleaned, read into blocks: once, from the left to the right, without a tree."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ui.page.blocks import CELL_COST, MOST_CELL, MOST_COLUMNS, MOST_DEPTH, MOST_TABLE, SPACES, Block, Run, address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ui.page.blocks import Style

_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z]+="[^"]*")*) ?/?>')
"""Every tag that the engine's cleaner writes looks like this; anything else is words."""
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
_STYLES: dict[str, Style] = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "cite": "italic", "dfn": "italic", "var": "italic",
    "code": "code", "kbd": "code", "samp": "code", "s": "struck", "del": "struck", "u": "under", "ins": "under",
    "sup": "above", "sub": "below",
}  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_PARTING = frozenset({"p", "div", "section", "details", "summary", "figure", "dl", "dt", "dd", "caption", "figcaption"})


@dataclass
class _Table:
    rows: list[list[list[Run]]] = field(default_factory=list)
    pictures: list[Block] = field(default_factory=list)
    header: bool = False
    in_cell: bool = False
    weight: int = 0


class CleanedHtml:
    """Reads cleaned HTML from the left to the right, once."""

    def __init__(self) -> None:
        self._runs: list[Run] = []
        self._styles: dict[Style, int] = {}
        self._link = ""
        self._heading = self._quote = self._pre = self._caption = 0
        self._lists: list[int | None] = []  # the number of the next item; None: bullets
        self._mark = ""
        self._tables = 0
        self._table: _Table | None = None

    def read(self, markup: str) -> Iterator[Block]:
        """The blocks of the markup, as they end."""
        taken = 0
        for tag in _TAG.finditer(markup):
            self._say(markup[taken : tag.start()])
            taken = tag.end()
            yield from self._end(tag[2]) if tag[1] else self._begin(tag[2], tag[3])
        self._say(markup[taken:])
        yield from self._flush()
        yield from self._close_table()

    def _say(self, raw: str) -> None:
        if not raw:
            return
        text = html.unescape(raw) if "&" in raw else raw
        if not self._pre:
            text = SPACES.sub(" ", text)
            before = self._target[-1].text[-1:] if self._target else "\n"
            if before in (" ", "\n"):
                text = text.lstrip(" ")
        if text:
            styles = frozenset(style for style, depth in self._styles.items() if depth > 0)
            self._target.append(Run(text, styles, self._link))
            if self._table is not None:
                self._table.weight += len(text)

    @property
    def _target(self) -> list[Run]:
        """Where words go: the cell that is open, else the block."""
        if self._table is not None and self._table.in_cell:
            return self._table.rows[-1][-1]
        return self._runs

    def _begin(self, tag: str, attributes: str) -> Iterator[Block]:
        if tag in _STYLES:
            self._style(_STYLES[tag], 1)
        elif tag == "a":
            self._link = address(_value(attributes, "href"))
        elif tag == "br":
            self._break()
        elif tag == "img":
            yield from self._picture(attributes)
        elif tag in ("table", "tr", "td", "th"):
            yield from self._begin_table(tag)
        elif self._table is not None:
            self._part(tag)
        else:
            yield from self._begin_block(tag, attributes)

    def _begin_block(self, tag: str, attributes: str) -> Iterator[Block]:
        if tag in _HEADINGS:
            yield from self._flush()
            self._heading = _HEADINGS[tag]
        elif tag in ("ul", "ol"):
            yield from self._flush()
            start = _value(attributes, "start")
            self._lists.append((int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1) if tag == "ol" else None)
        elif tag == "li":
            yield from self._flush()
            self._next_item()
        elif tag == "blockquote":
            yield from self._flush()
            self._quote += 1
        elif tag == "pre":
            yield from self._flush()
            self._pre += 1
        elif tag == "hr":
            yield from self._flush()
            yield Block("rule")
        elif tag in _PARTING:
            yield from self._flush()
            self._caption = int(tag == "figcaption")

    def _end(self, tag: str) -> Iterator[Block]:
        if tag in _STYLES:
            self._style(_STYLES[tag], -1)
        elif tag == "a":
            self._link = ""
        elif tag in ("table", "tr", "td", "th"):
            yield from self._end_table(tag)
        elif self._table is not None:
            self._part(tag)
        elif tag in _HEADINGS or tag in ("li", "blockquote", "pre", "ul", "ol") or tag in _PARTING:
            yield from self._flush()
            if tag in _HEADINGS:
                self._heading = 0
            elif tag in ("ul", "ol") and self._lists:
                self._lists.pop()
            elif tag == "blockquote":
                self._quote = max(0, self._quote - 1)
            elif tag == "pre":
                self._pre = max(0, self._pre - 1)
            if tag in ("li", "ul", "ol"):
                self._mark = ""
            self._caption = 0

    def _style(self, style: Style, by: int) -> None:
        self._styles[style] = max(0, self._styles.get(style, 0) + by)

    def _break(self) -> None:
        target = self._target
        if target and not (len(target) > 1 and target[-1].text == target[-2].text == "\n"):
            target.append(Run("\n"))

    def _part(self, tag: str) -> None:
        """Paragraphs inside a cell are lines of it."""
        parts = tag in _PARTING or tag in _HEADINGS or tag in ("li", "blockquote", "pre")
        if parts and self._target and self._target[-1].text != "\n":
            self._target.append(Run("\n"))

    def _next_item(self) -> None:
        number = self._lists[-1] if self._lists else None
        self._mark = "•" if number is None else f"{number}."
        if self._lists and number is not None:
            self._lists[-1] = number + 1

    def _picture(self, attributes: str) -> Iterator[Block]:
        source = address(_value(attributes, "src"))
        if not source or source.startswith("mailto:"):
            return
        block = Block("picture", source=source, alt=" ".join(_value(attributes, "alt").split())[:300], quote=min(self._quote, 1))
        if self._table is not None:
            self._table.pictures.append(block)
            return
        yield from self._flush()
        yield block

    def _flush(self) -> Iterator[Block]:
        runs, self._runs = self._runs, []
        if not any(run.text.strip() for run in runs):
            return
        quote, depth = min(self._quote, 1), min(len(self._lists), MOST_DEPTH)
        if self._pre:
            yield Block("pre", tuple(runs), quote=quote)
        elif self._heading:
            yield Block("heading", tuple(runs), level=self._heading, quote=quote)
        elif depth or self._mark:
            yield Block("item", tuple(runs), level=max(1, depth), quote=quote, mark=self._mark)
            self._mark = ""
        else:
            yield Block("caption" if self._caption else "text", tuple(runs), quote=quote)

    def _begin_table(self, tag: str) -> Iterator[Block]:
        if tag == "table":
            if self._table is None:
                yield from self._flush()
                self._table = _Table()
            self._tables += 1
        elif self._table is None:
            yield from self._flush()
        elif self._tables > 1:
            self._part("p" if tag == "tr" else "")
            self._say(" ")
        elif tag == "tr":
            yield from self._open_row(self._table)
        else:
            table = self._table
            if not table.rows:
                table.rows.append([])
            table.header = table.header or (tag == "th" and len(table.rows) == 1)
            table.rows[-1].append([])
            table.weight += CELL_COST
            table.in_cell = True

    def _open_row(self, table: _Table) -> Iterator[Block]:
        """Begin a row; of a long table show what there is."""
        table.in_cell = False
        if table.weight > MOST_TABLE:
            tables = self._tables
            yield from self._close_table()
            self._table, self._tables = table, tables
            table.rows, table.header, table.pictures, table.weight = [], False, [], 0
        table.rows.append([])

    def _end_table(self, tag: str) -> Iterator[Block]:
        if tag == "table":
            self._tables = max(0, self._tables - 1)
            if not self._tables:
                yield from self._close_table()
        elif self._table is not None and self._tables == 1 and tag in ("td", "th"):
            self._table.in_cell = False

    def _close_table(self) -> Iterator[Block]:
        table, self._table, self._tables = self._table, None, 0
        if table is None:
            return
        stray, self._runs = self._runs, []
        if any(run.text.strip() for run in stray):
            yield Block("caption", tuple(stray))
        rows = [list(row) for row in table.rows if any(run.text.strip() for cell in row for run in cell)]
        widest = max(map(len, rows), default=0)
        longest = max((sum(len(run.text) for run in cell) for row in rows for cell in row), default=0)
        if 1 < widest <= MOST_COLUMNS and longest <= MOST_CELL:
            filled = tuple(tuple(tuple(cell) for cell in row) + ((),) * (widest - len(row)) for row in rows)
            yield Block("table", rows=filled, header=table.header, quote=min(self._quote, 1))
        else:
            yield from _flattened(rows)
        yield from table.pictures


def _flattened(rows: list[list[list[Run]]]) -> Iterator[Block]:
    """A table that lays out a page, or is too wide for a column: its cells as paragraphs, narrow ones in one line."""
    for row in rows:
        line: list[Run] = []
        for cell in row:
            if sum(len(run.text) for run in cell) > MOST_CELL:
                yield Block("text", tuple(line))
                yield Block("text", tuple(cell))
                line = []
            else:
                line += [*cell, Run(" ")]
        yield Block("text", tuple(line))


def _value(attributes: str, name: str) -> str:
    return next((html.unescape(value) for key, value in _ATTRIBUTE.findall(attributes) if key == name), "")
