"""The sample coverage in a library, made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reader.library import Library

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library with the sample coverage, level; whoever writes there copies it first."""
    folder = tmp_path_factory.mktemp("sample") / "library"
    library = Library(folder)
    for _ in library.start(sample=True):
        continue
    for _ in library.bring_level():
        continue
    library.close()
    return folder
