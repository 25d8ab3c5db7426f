"""Where the benchmarks find test data that is not part of the project: `$WATCHDESK_TEST_DATA`, else `../shared/data`."""

from __future__ import annotations

import os
from pathlib import Path


def data() -> Path | None:
    """The folder of the test data; `None` where there is none."""
    beside = Path(__file__).resolve().parents[1].parent / "shared" / "data"
    folder = Path(os.environ.get("WATCHDESK_TEST_DATA") or beside)
    return folder if folder.is_dir() else None
