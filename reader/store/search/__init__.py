"""Full text: the index that follows the database, and what is asked of it. Alone knows Whoosh.

    words        a text as terms; `beginnings` finds the few that are looked for
    fields       what the index holds of an article
    lexicon      new texts as postings, many at once; `pieces` looks their words up
    alphabet     terms in the order of their bytes, many at once
    codec        how a segment lies on the disk, with `postings` (as `bits`), `terms` and `stems`; `matching` hands them to Whoosh
    compound     the one file of a segment, while it is written
    writing      articles and segments into a new segment; `merging` is how several become one
    index        the folder: opened, committed, swapped; `memory` is given back
    following    what changed is taken in; small segments are merged; all is built anew
    segments     the index as arrays
    dictionary   the words of a field; with `lines` and `slips`
    clauses      the parts of a query that Whoosh has no class for
    query        the language of queries; `values` and `dates` read its parts
    conditions   what a query asks of the database; most of it stands in `columns`, kept at hand
    collector    what a query finds, within its `clock`; `expanding` says which words a pattern means
    answers      a search, whole; with `ordering`, `snippets`, `spelling` and `facets`
    likeness     more articles like one
    completing   what may be written next, by the database alone

What may not enter: private notes. Whoosh and numpy are loaded by the first search, not by importing this.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    import apsw

    from reader.store.database import Database

Sort = Literal["relevance", "newest", "oldest", "quality", "heat"]
SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest", "quality", "heat")


@dataclass(frozen=True, slots=True)
class Snippet:
    """A line of an article: `matches` are where the words of the query stand in it (start, end), `words` these words."""

    text: str
    matches: tuple[tuple[int, int], ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that a search found. Scores of one search can be compared, of two they cannot."""

    id: int
    score: float
    snippet: Snippet
    title: Snippet
    where: Literal["", "note", "highlight"] = ""
    """Where in one's own words all of the query stands, "" where it does not."""
    thread: int | None = None
    more: int = 0
    """Asked for threads: the thread that it is the best hit of, and how many more hits are in it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What was not understood of a query, and where: `position` counts characters from 0."""

    why: str
    position: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found: how many in all, and one page of them.

    `notices` are lines for the user: what was not understood, what was cut, what is not searched yet. `facets` tell, for each way
    of looking at what was found, how many articles fall under each name, the most common first; empty where nobody asked.
    """

    query: str
    total: int
    hits: tuple[Hit, ...]
    seconds: float
    did_you_mean: str | None = None
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    threads: int | None = None
    """Asked for threads: how many there are; `limit` and `offset` count these."""


@dataclass(frozen=True, slots=True)
class Completion:
    """What may be written in place of a stretch of a query. `kind` is "field", or the field whose value it is."""

    text: str
    shown: str
    kind: str
    start: int
    end: int


def search(
    database: Database,
    query: str,
    *,
    limit: int = 50,
    offset: int = 0,
    sort: str = "relevance",
    facets: bool = False,
    threads: bool = False,
    unfinished: bool = False,
) -> Answer:
    """Search everything; `limit` 0 gives all. Takes 2 s at most, and then says what it had found by then.

    With `threads` a hit is the best of its thread, and stands for it. Of an `unfinished` query the last word may be the
    beginning of a longer one.

    A query that cannot be understood, and an index that cannot be read, are told in the answer. Raises `Refused` for an order
    that there is not.
    """
    from reader.store.search import answers  # noqa: PLC0415 - heavy: Whoosh and numpy

    return answers.search(
        database, query, limit=limit, offset=offset, sort=sort, facets=facets, threads=threads, unfinished=unfinished
    )


def more_like(database: Database, id: int, limit: int = 20) -> Answer:
    """Articles on what an article is about, the nearest first. Raises `NotFound`."""
    from reader.store.search import likeness  # noqa: PLC0415 - heavy: Whoosh and numpy

    return likeness.more_like(database, id, limit)


def problems_of(db: apsw.Connection, query: str, now: int, name: str = "") -> tuple[Problem, ...]:
    """What is wrong with a query, none where it is well formed: asked before it is kept, perhaps as a saved search of a name."""
    from reader.store.search import answers  # noqa: PLC0415 - heavy: Whoosh and numpy

    return answers.problems_of(db, query, now, name)


def found_among(database: Database, query: str, ids: Sequence[int]) -> list[int]:
    """Which of these articles a query finds; hidden ones too. Raises `Refused` where there is no index to ask."""
    from reader.store.search import answers  # noqa: PLC0415 - heavy: Whoosh and numpy

    return answers.found_among(database, query, ids)


def matched_words(database: Database, query: str, id: int) -> tuple[str, ...]:
    """The words of an article, as they are written there, that a query finds it by; none where it does not find it."""
    from reader.store.search import answers  # noqa: PLC0415 - heavy: Whoosh and numpy

    return answers.matched_words(database, query, id)


def discard(database: Database) -> None:
    """Remove the index; the next job that follows builds it anew. To be called where a library was put back."""
    from reader.store.search import index  # noqa: PLC0415 - heavy: Whoosh and numpy

    index.discard(database.folder)
