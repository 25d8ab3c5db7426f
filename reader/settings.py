"""What the user chose, with defaults; where a library lives on each system."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

VERSION = "0.1.0"
SAMPLE = "sample"
"""The name that `--library` takes for a throw-away copy of the sample coverage."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One value a choice; kept in the library under the same names."""

    publish_at: float = 70
    """Heat from which an article counts as published, unless the analyst decides."""
    refresh_minutes: int = 60
    """How long a feed is left alone that does not say how long it wants to be."""
    fetches: int = 30
    """Fetches under way at once …"""
    fetches_per_host: int = 2
    """… and of these at one host."""
    breadth: float = 0.5
    """How wide a thread is: 0 narrow, 1 broad."""
    refresh_by_itself: bool = True
    """Whether feeds are polled without being asked to."""
    mark_read_on_open: bool = True
    """Whether an article that was shown is read."""


def library_folder(chosen: str | None = None) -> Path:
    """The folder of the library: as chosen, else `$WATCHDESK_LIBRARY`, else the platform's data folder."""
    if found := chosen or os.environ.get("WATCHDESK_LIBRARY"):
        return Path(found).expanduser()
    return platformdirs.user_data_path("Watchdesk", appauthor=False)
