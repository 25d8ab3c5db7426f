"""Everything that the analyst marked and wrote, as the lines of one list: by article, narrowed by meaning and by words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ui.paint import apart
from ui.phrases import HIGHLIGHT_NAMES, counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from reader.records import Annotated, ArticleRow

Filter = Literal["all", "yellow", "blue", "pink", "green", "notes", "lost"]
FILTERS: dict[Filter, str] = {
    "all": "All", "yellow": "Quotes", "blue": "To check", "pink": "Contradictions", "green": "Method", "notes": "Notes",
    "lost": "Lost",
}  # fmt: skip
"""In the order of the line over the list. A colour is what the library calls a highlight's meaning."""
LOST = "Its words are gone from the page"


@dataclass(frozen=True, slots=True)
class Entry:
    """A highlight with the notes on it, or a note on an article or a thread: `highlight` or `note` is its id."""

    article: int
    highlight: int | None
    note: int | None
    colour: str
    quote: str
    words: str
    """What the analyst wrote."""
    source: str
    when: datetime
    is_lost: bool = False

    @property
    def meaning(self) -> str:
        """What the highlight is for; "" for a note."""
        return HIGHLIGHT_NAMES.get(self.colour, "Highlight") if self.highlight is not None else ""

    @property
    def said(self) -> str:
        """All of it for those who do not see it."""
        parts = (self.meaning or "Note", self.quote, self.words, LOST if self.is_lost else "", self.source)
        return ", ".join(apart(part) for part in parts if part)


@dataclass(frozen=True, slots=True)
class Group:
    """An article, over what was marked in it."""

    article: int
    title: str
    counts: str


Line = Group | Entry


def entries(told: Iterable[Annotated]) -> list[tuple[ArticleRow, list[Entry]]]:
    """Of each article its entries: highlights in the order of its text, then the notes on it and on its thread."""
    return [(one.row, list(_entries_of(one))) for one in told]


def _entries_of(one: Annotated) -> Iterator[Entry]:
    source = one.row.provider or "Unknown provider"
    for highlight in one.highlights:
        words = "\n".join(note.text for note in one.notes if note.highlight == highlight.id)
        yield Entry(
            one.row.id, highlight.id, None, highlight.colour, highlight.anchor.exact, words, source, highlight.made,
            highlight.id in one.orphans,
        )  # fmt: skip
    for note in one.notes:
        if note.highlight is None:
            on = "Note on the thread" if note.thread is not None else "Note on the article"
            yield Entry(one.row.id, None, note.id, "", "", note.text, on, note.made)


def counts(told: Iterable[tuple[ArticleRow, Sequence[Entry]]]) -> Counter[Filter]:
    """How many entries each filter lets through."""
    return Counter(name for _, found in told for entry in found for name in FILTERS if passes(entry, name))


def passes(entry: Entry, name: Filter) -> bool:
    """Whether a filter lets an entry through."""
    match name:
        case "all":
            return True
        case "notes":
            return bool(entry.words)
        case "lost":
            return entry.is_lost
        case colour:
            return entry.highlight is not None and entry.colour == colour


def lines(told: Iterable[tuple[ArticleRow, Sequence[Entry]]], name: Filter = "all", words: str = "") -> list[Line]:
    """What is listed: of every article with an entry that passes and has all the words, its group and those entries."""
    wanted = words.casefold().split()
    listed: list[Line] = []
    for row, found in told:
        about = f"{row.title} {row.provider}".casefold()
        shown = [entry for entry in found if passes(entry, name) and _has(entry, wanted, about)]
        if shown:
            listed += [Group(row.id, row.title or row.web_url, _counted(shown)), *shown]
    return listed


def _has(entry: Entry, wanted: Sequence[str], about: str) -> bool:
    if not wanted:
        return True
    written = f"{entry.quote} {entry.words}".casefold()
    return all(word in written or word in about for word in wanted)


def _counted(shown: Sequence[Entry]) -> str:
    marked = sum(entry.highlight is not None for entry in shown)
    noted = len(shown) - marked
    parts = [counted(marked, "highlight")] if marked else []
    return ", ".join([*parts, counted(noted, "note")] if noted else parts)
