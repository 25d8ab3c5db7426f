"""The way to the test data that is not part of the project: real feeds, pages and labels.

`$WATCHDESK_TEST_DATA`, else `../shared/data` beside the checkout. Where neither is, the tests of this folder are skipped.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of the test data."""
    beside = Path(__file__).resolve().parents[2].parent / "shared" / "data"
    folder = Path(os.environ.get("WATCHDESK_TEST_DATA") or beside)
    if not folder.is_dir():
        pytest.skip("no test data here")
    return folder


@pytest.fixture(scope="session")
def seeds(data: Path) -> Path:
    """The documents that the program was asked for."""
    return _beside(data, "seeds")


@pytest.fixture(scope="session")
def tools(data: Path) -> Path:
    """Programs that serve feeds and score results."""
    return _beside(data, "tools")


def _beside(data: Path, name: str) -> Path:
    folder = data.parent / name
    if not folder.is_dir():
        pytest.skip(f"no {name} beside the test data")
    return folder
