"""What the shell says: tables or one JSON document on stdout, progress and messages on stderr."""

from __future__ import annotations

import io
import json
import sys
from typing import IO, TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn
from rich.progress import Progress as Bar
from rich.table import Table
from rich.text import Text

from reader.text import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reader.records import Progress

DONE, NOTHING, WRONG_USAGE, IN_PART = 0, 1, 2, 3
"""The exit states of the shell."""

_ENDLESS = 2000
"""Characters in a line of a table that nobody looks at: more than any title has."""


class Output:
    """Where a command says what it did. With `as_json` nothing but one document goes to stdout."""

    def __init__(self, *, as_json: bool, stdout: IO[str] | None = None, stderr: IO[str] | None = None) -> None:
        self.as_json = as_json
        self._stdout = stdout or sys.stdout
        self._stderr = stderr or sys.stderr
        self._people = Console(file=self._stdout, highlight=False, soft_wrap=not self._stdout.isatty())
        self._aside = Console(file=self._stderr, highlight=False, soft_wrap=True)

    def json(self, document: object) -> None:
        """The answer for scripts; nothing without `--json`."""
        if self.as_json:
            json.dump(document, self._stdout, ensure_ascii=False, indent=2)
            self._stdout.write("\n")

    def line(self, words: str, style: str = "") -> None:
        """A line of the answer for people; nothing with `--json`."""
        if not self.as_json:
            self._people.print(Text(words, style=style))

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[Any]], *, numbers: Iterable[str] = ("ID",)) -> None:
        """A table for people; the columns in `numbers` stand to the right. Nothing with `--json`."""
        if self.as_json:
            return
        right, looked_at = set(numbers), self._people.is_terminal
        table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
        for column in columns:
            table.add_column(column, justify="right" if column in right else "left", overflow="ellipsis", no_wrap=True)
        for row in rows:
            table.add_row(*(Text(squeezed(str("" if cell is None else cell))) for cell in row))
        if looked_at:
            self._people.print(table)
        else:
            self._write_whole(table)

    def _write_whole(self, table: Table) -> None:
        """A table for a file or a pipe: nothing cut, one line a row."""
        page = io.StringIO()
        Console(file=page, width=_ENDLESS, highlight=False).print(table)
        self._stdout.writelines(f"{line.rstrip()}\n" for line in page.getvalue().splitlines())

    def aside(self, words: str) -> None:
        """A message beside the answer, on stderr."""
        self._aside.print(Text(words))

    def follow(self, steps: Iterator[Progress]) -> None:
        """Run a job to its end, with a bar where a person looks on, and its notes as lines."""
        if not self._aside.is_terminal:
            for step in steps:
                if step.note:
                    self.aside(step.note)
            return
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=24), MofNCompleteColumn())
        with Bar(*columns, console=self._aside, transient=True) as bar:
            task = bar.add_task("", total=None)
            for step in steps:
                if step.note:
                    bar.console.print(Text(step.note))
                bar.update(task, completed=step.done, total=step.total or None, description=squeezed(step.label)[:48])
