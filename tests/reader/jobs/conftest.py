"""The sample coverage in a library that is level, made once."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from reader.library import Library

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def sample(sample_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library with the sample coverage, level; whoever writes there copies it first."""
    library = Library(shutil.copytree(sample_made, tmp_path_factory.mktemp("level") / "library"))
    for _ in library.bring_level():
        continue
    library.close()
    return library.folder
