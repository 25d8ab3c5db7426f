"""The engine's way to `resources/`: data that ships with the program."""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path


def text(name: str) -> str:
    """A text file below `resources/`, by its path there."""
    return files("resources").joinpath(name).read_text("utf-8")


def folder(name: str) -> AbstractContextManager[Path]:
    """A folder below `resources/` as one on disk, for as long as the context lasts."""
    return as_file(files("resources").joinpath(name))
