"""The shell as a test runs it: in this process, with what it said."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import Any

from reader.__main__ import main


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    status: int
    out: str
    aside: str

    @property
    def json(self) -> Any:
        """The one document on stdout; nothing else may stand there."""
        return json.loads(self.out)


def watchdesk(*words: object) -> Said:
    """Run a command line."""
    out, aside = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(aside):
        try:
            status = main([str(word) for word in words])
        except SystemExit as end:
            status = int(end.code or 0)
    return Said(status, out.getvalue(), aside.getvalue())


class Shell:
    """The shell on one library."""

    def __init__(self, folder: object) -> None:
        self.folder = folder

    def __call__(self, *words: object) -> Said:
        """Run a command for people."""
        return watchdesk("--library", self.folder, *words)

    def ask(self, *words: object, status: int = 0) -> Any:
        """Run a command for scripts: its document."""
        said = self("--json", *words)
        assert said.status == status, said.aside
        return said.json
