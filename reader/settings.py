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
    """How wide a thread is: 0 narrow, 1 broad …"""
    learn_breadth: bool = True
    """… and whether the analyst's merges and splits move that for what arrives."""
    refresh_by_itself: bool = True
    """Whether feeds are polled without being asked to."""
    mark_read_on_open: bool = True
    """Whether an article that was shown is read."""
    weight_standing: float = 30
    """How much each part of quality counts: these eight give points, in proportion, 100 together …"""
    weight_original: float = 10
    weight_length: float = 20
    weight_byline: float = 5
    weight_date: float = 5
    weight_sources: float = 10
    weight_quotation: float = 10
    weight_picture: float = 10
    weight_spun: float = 40
    """… and these five take them, up to so many each."""
    weight_boilerplate: float = 15
    weight_broken: float = 15
    weight_shouting: float = 10
    weight_missing: float = 10


def library_folder(chosen: str | None = None) -> Path:
    """The folder of the library: as chosen, else `$WATCHDESK_LIBRARY`, else the platform's data folder."""
    if found := chosen or os.environ.get("WATCHDESK_LIBRARY"):
        return Path(found).expanduser()
    return platformdirs.user_data_path("Watchdesk", appauthor=False)
