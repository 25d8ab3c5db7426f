"""The things a library holds. Frozen: a change is a new record, made by the library.

Times are aware datetimes in UTC. Scores of our own are 0-100; recorded ones are kept as they came, whatever they are.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from array import array
    from collections.abc import Mapping
    from datetime import date, datetime

ContentType = Literal["text/plain", "text/html", "text/markdown"]

NOT_SCORED = -1
"""Heat of an article that does not lead its thread."""


# What comes in


@dataclass(frozen=True, slots=True)
class Outlet:
    """A provider as a record names it; either part may be empty."""

    name: str = ""
    domain: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of an article; sizes in pixels, 0 where not known."""

    url: str
    width: int = 0
    height: int = 0
    cached: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """An article on its way into or out of a library: the RECORD of the formats page.

    `quality`, `heat` and `published` are what the source recorded, `None` where it said nothing.
    `text` is the plain text of `content`, made by whoever read the content (HTML content is cleaned by then).
    `document` is the source's own mapping as it came, so that an export can give every field back.
    """

    title: str = ""
    excerpt: str = ""
    content: str = ""
    content_type: ContentType = "text/plain"
    text: str = ""
    author: str = ""
    category: str = ""
    type: str = "article"
    date: datetime | None = None
    original_url: str = ""
    web_url: str = ""
    amp_url: str = ""
    cdn_amp_url: str = ""
    provider: Outlet = Outlet()
    language: str = ""
    quality: float | None = None
    heat: float | None = None
    published: bool | None = None
    topics: tuple[str, ...] = ()
    images: tuple[Picture, ...] = ()
    related: tuple[Record, ...] = ()
    secured: str = ""
    document: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ParsedItem:
    """What a feed said of one article. `guid` tells it apart inside its feed; `fingerprint` changes when the feed's words do."""

    guid: str
    fingerprint: bytes
    record: Record


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """What a feed document said. `problems` are in the user's words, for a feed that was read in spite of them."""

    title: str = ""
    link: str = ""
    language: str = ""
    ttl: int = 0
    """How long the feed asks to be left alone, in seconds; 0 where it does not say."""
    items: tuple[ParsedItem, ...] = ()
    known: int = 0
    """How many more items it has that were left out because they are known."""
    left: int = 0
    """How many more items it has that wait: a very long feed is read in parts."""
    whole: bool = True
    """Whether it ends as it should. What was cut short is not to be taken for current."""
    problems: tuple[str, ...] = ()


# What is kept


@dataclass(frozen=True, slots=True)
class Provider:
    """The outlet an article comes from, whichever feed brought it. `standing` is 0-100, `None` where nobody said."""

    id: int
    name: str
    domain: str
    standing: int | None = None
    articles: int = 0


@dataclass(frozen=True, slots=True)
class Feed:
    """An address we poll, and how that goes. `status` is a word of the formats page, "" before the first poll."""

    id: int
    url: str
    title: str
    folder: str = ""
    link: str = ""
    status: str = ""
    error: str = ""
    next_refresh: datetime | None = None
    last_new: datetime | None = None
    username: str = ""
    allow_private: bool = False
    moved_to: str = ""
    """Where permanent redirects led, if that is not its address: there it is asked."""


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One line in a list of articles."""

    id: int
    title: str
    provider: str
    domain: str
    date: datetime | None
    arrived: datetime
    excerpt: str
    language: str
    quality: float | None
    heat: float
    published: bool
    thread: int | None
    read: bool
    starred: bool
    hidden: bool
    captured: bool
    annotated: bool
    word_count: int
    web_url: str
    copy_of: str = ""
    """The provider whose text it repeats, "" for a text of its own."""


@dataclass(frozen=True, slots=True)
class Revision:
    """An earlier text of an article, and when it was replaced."""

    replaced: datetime
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """A passage by its words and by its place: W3C TextQuoteSelector and TextPositionSelector.

    `start` and `end` count Unicode code points in the article's plain text.
    """

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Highlight:
    """A marked passage of an article."""

    id: int
    article: int
    anchor: Anchor
    colour: str
    made: datetime


@dataclass(frozen=True, slots=True)
class Note:
    """Words of the analyst on exactly one of: an article, a thread, a highlight."""

    id: int
    text: str
    made: datetime
    article: int | None = None
    thread: int | None = None
    highlight: int | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article, whole."""

    row: ArticleRow
    key: str
    content: str
    content_type: ContentType
    text: str
    author: str
    category: str
    type: str
    original_url: str
    amp_url: str
    cdn_amp_url: str
    topics: tuple[str, ...]
    images: tuple[Picture, ...]
    related: tuple[int, ...]
    secured: str
    recorded: Mapping[str, object]
    """The document that it came in, as it came; empty for an article of a feed."""
    revisions: tuple[Revision, ...]
    highlights: tuple[Highlight, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """An article's place in its thread."""

    row: ArticleRow
    independent: bool
    copy_of: int | None = None
    """The article of the thread whose text it repeats; `None`: a text of its own."""
    first: bool = False
    """Whether it was the first to report."""
    primary: bool = False
    """Whether it is what the others report on: the page of the regulator or the court itself."""
    links: tuple[int, ...] = ()
    """Articles of the thread that it links to."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that an article states, with a sentence that proves it. `kind`: money, count, date, law, case, authority."""

    kind: str
    value: str
    sentence: str
    article: int


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that articles state. `own` are the independent ones, `others` those that are not, `proofs` what they say."""

    kind: str
    value: str
    own: frozenset[int]
    others: frozenset[int]
    proofs: tuple[Fact, ...]

    @property
    def articles(self) -> frozenset[int]:
        """All that state it."""
        return self.own | self.others


@dataclass(frozen=True, slots=True)
class Statements:
    """What is agreed on, the most stated first, and what is not: of each contradiction its sides. `of`: independent reports."""

    of: int = 0
    agreed: tuple[Statement, ...] = ()
    contradictions: tuple[tuple[Statement, ...], ...] = ()

    @property
    def against(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """Of each kind and value that is disputed: what other reports state instead."""
        return {
            (side.kind, side.value): tuple(other.value for other in sides if other is not side)
            for sides in self.contradictions
            for side in sides
        }


NO_STATEMENTS = Statements()


@dataclass(frozen=True, slots=True)
class ComingDate:
    """A day that articles name and that is yet to come, with the sentence of the latest of them; `reports` name it."""

    day: date
    sentence: str
    article: int
    thread: int | None
    title: str
    reports: int


@dataclass(frozen=True, slots=True)
class QualityPreview:
    """What other weights would do to the newest articles: of how many, how many rise and fall, which cross the line to published.

    `examples` are the ids that move most, with their quality before and after.
    """

    looked_at: int
    up: int
    down: int
    published: int
    held: int
    examples: tuple[tuple[int, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Breadth:
    """How broad threads are, 0 narrow to 1 broad: as `chosen`, and as `used` for what arrives.

    `adjustment` is what merges and splits add; while the analyst does not let them (`learns`), it is what they would add.
    The points of `receipt` add up to the two together.
    """

    chosen: float
    adjustment: float
    used: float
    learns: bool
    merges: int
    splits: int
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Regrouped:
    """Threads that would be one (`joined`), or the parts that one would become: how many, and an article of the two largest."""

    joined: bool
    articles: tuple[int, ...]
    threads: int


@dataclass(frozen=True, slots=True)
class BreadthPreview:
    """What another breadth would do to the newest articles: how many threads they make now, and then.

    `joined` and `parted` count threads: what is joined or parted more, so that `before - joined + parted` is `after`.
    """

    looked_at: int
    before: int
    after: int
    joined: int
    parted: int
    examples: tuple[Regrouped, ...] = ()


@dataclass(frozen=True, slots=True)
class Thread:
    """Articles of several providers on one event; members in order of date."""

    id: int
    title: str
    head: int
    heat: float
    quality: float | None
    members: tuple[Member, ...]
    providers: tuple[str, ...]
    independent_providers: int
    first: datetime | None
    last: datetime | None
    storyline: int | None
    facts: tuple[Fact, ...] = ()
    momentum: float | None = None
    """How many more independent reports came within a day than usual; `None`: too little data."""
    notes: tuple[Note, ...] = ()
    heat_history: tuple[tuple[datetime, float], ...] = ()
    """From when on it had which heat."""
    statements: Statements = NO_STATEMENTS


@dataclass(frozen=True, slots=True)
class Storyline:
    """Threads of one long-running matter, in time."""

    id: int
    title: str
    status: str
    threads: tuple[int, ...]
    first: datetime | None
    last: datetime | None


CorrectionKind = Literal["merge", "split", "move", "rename", "join", "leave", "entitle"]


@dataclass(frozen=True, slots=True)
class Correction:
    """What the analyst said of the grouping, until it is removed.

    `merge`, `split`, `move`, `rename` are said of threads; `join`, `leave`, `entitle` of threads in a storyline. The first of
    `threads` is the one that it made or kept; `articles` are those that it moved. `title` is the one that it gave, else that of
    what it was said of, as it was called then.
    """

    id: int
    kind: CorrectionKind
    threads: tuple[int, ...]
    articles: tuple[int, ...]
    title: str
    made: datetime
    storyline: int | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """A standing query of the analyst."""

    id: int
    name: str
    query: str
    unread: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search under a name. Its test: articles that it `must` and `must_not` find, and those of them that it gets wrong."""

    id: int
    name: str
    query: str
    unread: int = 0
    total: int = 0
    alert: bool = False
    must: tuple[int, ...] = ()
    must_not: tuple[int, ...] = ()
    missed: tuple[int, ...] = ()
    unseen: int = 0
    """Alerts that nobody has looked at."""


@dataclass(frozen=True, slots=True)
class Miss:
    """An article that the test of a saved search names and that it gets wrong. `wanted`: it must be found, and is not."""

    article: int
    title: str
    wanted: bool


@dataclass(frozen=True, slots=True)
class Alert:
    """An article that a saved search found when it was new, and its words that the search was after."""

    id: int
    search: int
    name: str
    article: int
    title: str
    words: tuple[str, ...]
    at: datetime
    seen: bool


@dataclass(frozen=True, slots=True)
class BriefingItem:
    """One thing in a briefing: `kind` is "thread", "article" or "highlight", `target` its id."""

    kind: str
    target: int
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Briefing:
    """Chosen threads, articles and highlights, in order, with comments; sent out with a date."""

    id: int
    title: str
    audience: str
    summary: str
    made: datetime
    items: tuple[BriefingItem, ...] = ()


# Lists

ScopeKind = Literal["all", "unread", "starred", "hot", "annotated", "topic", "folder", "feed", "provider", "storyline"]
Narrowing = Literal["all", "unread", "starred", "hot"]
ListOrder = Literal["newest", "quality", "heat", "hot"]
"""`hot` is heat and momentum, fading with age; `heat` is heat alone."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a list is of: `id` of a topic, feed, provider or storyline, `name` of a folder."""

    kind: ScopeKind = "all"
    id: int = 0
    name: str = ""


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class Listing:
    """Every id of a list, in order: the members of thread i are `members[starts[i]:starts[i + 1]]`, by date."""

    threads: array[int]
    starts: array[int]
    members: array[int]


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """One line in a list of threads; what is hidden counts for nothing in it. `providers` are the first four to report."""

    id: int
    title: str
    excerpt: str
    head: int
    size: int
    independent: int
    providers: tuple[str, ...]
    provider_count: int
    quality: float | None
    heat: float
    momentum: float | None
    first: datetime | None
    last: datetime | None
    unread: int
    starred: bool
    annotated: bool
    storyline: int | None
    language: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is, of articles; of `hot` threads with something unread; `topics` and `feeds` are unread articles by id."""

    articles: int
    unread: int
    starred: int
    hot: int
    annotated: int
    briefings: int
    topics: Mapping[int, int]
    feeds: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article with what the analyst wrote on it; a note on a thread stands with the article that leads it.

    `orphans` are the ids of highlights whose words no longer stand in the text.
    """

    row: ArticleRow
    highlights: tuple[Highlight, ...]
    notes: tuple[Note, ...]
    orphans: frozenset[int]


# What is said about them


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One line of a receipt: what was looked at, its value, the points it gives or takes, and why."""

    what: str
    value: str
    points: float
    why: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """A score that explains itself: the points of its lines add up to it."""

    score: float
    lines: tuple[ReceiptLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An article as the analysis sees it.

    `provider` is the registrable domain, or the name where there is none, "" where nobody said.
    `quality` is the recorded one. `related` are ids that its record lists.
    """

    id: int
    title: str
    excerpt: str = ""
    text: str = ""
    language: str = ""
    provider: str = ""
    standing: int | None = None
    date: datetime | None = None
    arrived: datetime | None = None
    url: str = ""
    author: str = ""
    category: str = ""
    links: tuple[str, ...] = ()
    images: int = 0
    quality: float | None = None
    related: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job has come; `total` is 0 while unknown. `note` is one line that a person should read, such as a failure."""

    done: int
    total: int
    label: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a job ended: whether it came to its end, and its arguments as they stand then, with all that it filled in."""

    finished: bool
    args: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of the records that changed, by kind. A view compares them with what it shows."""

    articles: frozenset[int] = frozenset()
    threads: frozenset[int] = frozenset()
    storylines: frozenset[int] = frozenset()
    feeds: frozenset[int] = frozenset()
    providers: frozenset[int] = frozenset()
    topics: frozenset[int] = frozenset()
    briefings: frozenset[int] = frozenset()
    settings: frozenset[int] = frozenset()
    searches: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return any(getattr(self, kind.name) for kind in fields(self))

    def __or__(self, other: Changes) -> Changes:
        return Changes(*(getattr(self, kind.name) | getattr(other, kind.name) for kind in fields(self)))


@dataclass(frozen=True, slots=True)
class Fault:
    """A piece of input that could not be kept: where, and why, in the user's words. `line` is 0 where there is none."""

    path: str
    line: int
    reason: str
