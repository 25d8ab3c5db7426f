"""What jobs are asked for and what they come to: values that cross the pipe, filled by the engine, read by shell and window."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.records import Fault


@dataclass(frozen=True, slots=True)
class Subscription:
    """What the analyst asks for: an address, and what she decides of the feed. The password goes to the keychain."""

    url: str
    folder: str = ""
    title: str = ""
    username: str = ""
    password: str = field(default="", repr=False)
    allow_private: bool = False


@dataclass(slots=True)
class FeedOutcome:
    """What polling one feed brought. `status` is a word of the formats page, `error` one line, "" when all is well."""

    id: int
    url: str
    title: str
    status: str = ""
    error: str = ""
    new: int = 0
    updated: int = 0


@dataclass(slots=True)
class RefreshOutcome:
    """What a refresh brought, feed by feed, and how long it took in seconds."""

    feeds: list[FeedOutcome] = field(default_factory=list)
    new: int = 0
    updated: int = 0
    seconds: float = 0.0


@dataclass(slots=True)
class ImportOutcome:
    """What an import came to. Each article counts once, related ones too: as new, else as updated, else as unchanged.

    `articles` are the ids of all that the input told of, in its order; `feeds` of those that it added.
    """

    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)
    articles: list[int] = field(default_factory=list)
    feeds: list[int] = field(default_factory=list)


@dataclass(slots=True)
class ExportOutcome:
    """What an export wrote: how many articles or feeds, and where."""

    written: int = 0
    path: Path = Path()


@dataclass(slots=True)
class Published:
    """What became of a briefing: where it is, its pages (0 where a format has none), its sources, and what to know of it."""

    path: Path = field(default_factory=Path)
    pages: int = 0
    sources: int = 0
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class BackupOutcome:
    """Where the copy is."""

    path: Path = Path()


@dataclass(slots=True)
class RestoreOutcome:
    """Where what stood there before was moved to; `None` where nothing stood."""

    aside: Path | None = None
