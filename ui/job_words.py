"""What a job is doing and what it came to, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.outcomes import BackupOutcome, ExportOutcome, ImportOutcome, Published, RefreshOutcome, Subscription
from ui.paint import apart
from ui.phrases import counted, number

if TYPE_CHECKING:
    from reader.records import Ended, Progress

LEVELLING = frozenset({"refresh", "import_", "start", "bring_level", "reindex", "regroup"})
"""Jobs after which threads and index are level with the articles."""
QUIET = frozenset({"preview_feed", "preview_briefing"})
"""Jobs that answer where they were asked for: their end is not told a second time."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a job came to: in one line, what went wrong in another ("" where nothing), and those faults one by one."""

    words: str
    trouble: str = ""
    faults: tuple[str, ...] = ()


def progress(step: Progress) -> str:
    """How far a job has come."""
    if step.total > 1:
        return f"{step.label + ': ' if step.label else ''}{number(step.done)} of {number(step.total)}"
    return step.label or "under way"


def outcome(name: str, ended: Ended) -> Outcome:
    """What a job came to, by what it was given to fill in."""
    if not ended.finished:
        return Outcome("Stopped; what was done is kept")
    for value in ended.args:
        match value:
            case RefreshOutcome():
                return _refreshed(value)
            case ImportOutcome():
                return _imported(value)
            case ExportOutcome():
                return Outcome(f"{number(value.written)} written to {value.path}")
            case Published():
                return _published(value)
            case BackupOutcome():
                return Outcome(f"Copied and read back: {value.path}")
            case Subscription():
                return Outcome(f"Subscribed to {value.title or value.url}")
    if name == "check":
        return _checked(ended.args[0] if ended.args else [])
    if name == "start":
        return Outcome("The library is ready")
    return Outcome("Level with the library" if name in LEVELLING else "Done")


def _refreshed(value: RefreshOutcome) -> Outcome:
    failed = [feed for feed in value.feeds if feed.status in ("error", "gone")]
    asked = counted(len(value.feeds), "feed")
    if not value.feeds:
        words = "No feed was due"
    elif value.new or value.updated:
        changed = f", {number(value.updated)} changed" if value.updated else ""
        words = f"{counted(value.new, 'new article')}{changed}, from {asked}"
    else:
        words = f"Nothing new from {asked}"
    faults = tuple(f"{apart(feed.title or feed.url)}: {feed.error}" for feed in failed)
    return Outcome(words, f"{counted(len(failed), 'feed')} failed" if failed else "", faults)


def _imported(value: ImportOutcome) -> Outcome:
    parts = []
    if value.feeds:
        parts.append(counted(len(value.feeds), "new feed"))
    if value.imported or not (value.feeds or value.updated or value.unchanged):
        parts.append(counted(value.imported, "new article"))
    if value.updated:
        parts.append(f"{number(value.updated)} changed")
    if value.unchanged:
        parts.append(f"{number(value.unchanged)} there already")
    faults = tuple(f"{fault.path}{f', line {fault.line}' if fault.line else ''}: {fault.reason}" for fault in value.faults)
    return Outcome(", ".join(parts), f"{counted(len(faults), 'record')} not understood" if faults else "", faults)


def _published(value: Published) -> Outcome:
    pages = f"{counted(value.pages, 'page')}, " if value.pages else ""
    warned = f"{counted(len(value.warnings), 'thing')} to know" if value.warnings else ""
    return Outcome(f"{pages}{counted(value.sources, 'source')}: {value.path}", warned, tuple(value.warnings))


def _checked(problems: list[str]) -> Outcome:
    if not problems:
        return Outcome("Nothing is wrong with the library")
    return Outcome("Looked over", counted(len(problems), "problem"), tuple(problems))
