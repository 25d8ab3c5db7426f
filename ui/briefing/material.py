"""What the parts of an open briefing show: read from the library, put together, and read again when something in it changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from reader.errors import EngineStopped, NotFound, WatchdeskError
from reader.library import Library
from ui.paint import apart
from ui.phrases import counted, day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from reader.records import Annotated, ArticleRow, Briefing, BriefingItem, Changes, Highlight, Thread, ThreadRow
    from reader.shelf import Shelf
    from ui.engine import Engine, Task

Key = tuple[str, int]
"""What names a thing in a briefing: its kind and its id."""

SOON_MS, LATER_MS = 30, 700
"""How soon a change of the briefing itself is shown, and one of what it rests on: a refresh makes many of those."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A highlight as a briefing quotes it. `stands`: whether its words still stand in the article."""

    id: int
    quote: str
    colour: str
    provider: str
    date: datetime | None
    notes: tuple[str, ...]
    stands: bool


@dataclass(frozen=True, slots=True)
class Block:
    """One thing in a briefing with all that is shown of it. `gone` says in words why there is nothing to show."""

    kind: str
    target: int
    comment: str
    title: str = ""
    about: str = ""
    quality: float | None = None
    heat: float | None = None
    direction: int = 0
    passages: tuple[Passage, ...] = ()
    gone: str = ""

    @property
    def key(self) -> Key:
        """What names it in the briefing."""
        return self.kind, self.target


@dataclass(frozen=True, slots=True)
class Material:
    """A briefing and its things, in order."""

    briefing: Briefing
    blocks: tuple[Block, ...] = ()


@dataclass(slots=True)
class Gathered:
    """What was read for a briefing, before it is put together."""

    briefing: Briefing
    by_thread: dict[int | None, list[Annotated]] = field(default_factory=dict)
    by_article: dict[int, Annotated] = field(default_factory=dict)
    by_highlight: dict[int, tuple[Highlight, Annotated]] = field(default_factory=dict)
    threads: dict[int, ThreadRow] = field(default_factory=dict)
    articles: dict[int, ArticleRow] = field(default_factory=dict)
    missing: list[int] = field(default_factory=list)
    """Threads that are not there under their own number: asked for one by one, as they may have been merged."""

    def take(self, written: Sequence[Annotated]) -> None:
        """Take what the analyst wrote, by what it stands on; in a thread by date, as on the pages."""
        dated = sorted(written, key=lambda one: (one.row.date is None, one.row.date or one.row.arrived, one.row.id))
        for one in dated:
            self.by_thread.setdefault(one.row.thread, []).append(one)
            self.by_article[one.row.id] = one
            self.by_highlight.update({highlight.id: (highlight, one) for highlight in one.highlights})


class OpenBriefing(QObject):
    """The briefing that is open. `read` gives its `Material`; `gone`: there is no such briefing any more."""

    read = Signal(object)
    gone = Signal(int)
    failed = Signal(object)

    def __init__(self, engine: Engine, shelf: Shelf, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._shelf = engine, shelf
        self.id: int | None = None
        self.material: Material | None = None
        self._gathered: Gathered | None = None
        self._task: Task[Any] | None = None
        self._is_reading = self._is_stale = False
        self._rests = self._is_old = False
        self._wait = QTimer(self, singleShot=True)
        self._wait.timeout.connect(self.read_again)
        engine.changed.connect(self._on_changed)
        engine.ready.connect(self.read_again)

    def open(self, id: int | None) -> None:
        """Read another briefing, or none."""
        if id != self.id:
            self.id, self.material = id, None
            self.read_again()

    def rest(self, *, rests: bool) -> None:
        """While nobody looks at it nothing is read: a refresh changes a library a hundred times."""
        self._rests = rests
        if self._is_old and not rests:
            self._is_old = False
            self.read_again()

    def read_again(self) -> None:
        """Read it as it is now; what is being read already counts as old."""
        self._wait.stop()
        if self._is_reading:
            self._is_stale = True
        elif self.id is not None:
            self._is_reading, self._is_stale = True, False
            self._await(self._engine.ask(Library.briefing, self.id).then(self._on_briefing).otherwise(self._on_failed))

    def outdate(self) -> None:
        """Count what is being read just now as old."""
        self._is_stale = self._is_reading

    def _await(self, task: Task[Any]) -> None:
        self._task = task
        task.over.connect(self._on_over)

    def _on_over(self) -> None:
        """A question that somebody else asked anew is dropped without an answer: begin again a little later."""
        if self._task is not None and self._task.is_over:
            self._task, self._gathered, self._is_reading = None, None, False
            self._wait.start(SOON_MS)

    def _on_briefing(self, briefing: Briefing) -> None:
        if self._starts_over():
            return
        self._gathered = Gathered(briefing)
        self._await(self._engine.ask(Library.annotations).then(self._on_written).otherwise(self._on_failed))

    def _on_written(self, written: Sequence[Annotated]) -> None:
        gathered = self._gathered
        if self._starts_over() or gathered is None:
            return
        threads, articles = _wanted(gathered.briefing, "thread"), _wanted(gathered.briefing, "article")
        gathered.take(written)
        try:
            gathered.threads = {row.id: row for row in self._shelf.thread_rows(threads)}
            gathered.articles = {row.id: row for row in self._shelf.article_rows(articles)}
        except WatchdeskError as error:
            self._on_failed(error)
            return
        gathered.missing = [id for id in threads if id not in gathered.threads]
        self._resolve()

    def _resolve(self) -> None:
        """Ask where the next missing thread went, or be done."""
        gathered = self._gathered
        if self._starts_over() or gathered is None:
            return
        if gathered.missing:
            self._await(self._engine.ask(Library.thread, gathered.missing[0]).then(self._on_moved).otherwise(self._on_lost))
            return
        self._is_reading, self._task = False, None
        material = Material(gathered.briefing, tuple(_block(item, gathered) for item in gathered.briefing.items))
        self._gathered, self.material = None, material
        self.read.emit(material)

    def _on_moved(self, thread: Thread) -> None:
        if self._gathered is not None:
            missing = self._gathered.missing.pop(0)
            for row in self._shelf.thread_rows([thread.id]):
                self._gathered.threads[missing] = row
        self._resolve()

    def _on_lost(self, error: WatchdeskError) -> None:
        if isinstance(error, NotFound):
            if self._gathered is not None:
                self._gathered.missing.pop(0)
            self._resolve()
        else:
            self._on_failed(error)

    def _starts_over(self) -> bool:
        """Whether what is being read is needless by now; then it is begun anew."""
        if not self._is_stale and (self._gathered is None or self._gathered.briefing.id == self.id):
            return False
        self._is_reading, self._gathered, self._task = False, None, None
        self.read_again()
        return True

    def _on_failed(self, error: WatchdeskError) -> None:
        self._is_reading, self._gathered, self._task = False, None, None
        if self._is_stale:
            self.read_again()
        elif isinstance(error, NotFound) and self.id is not None:
            self.gone.emit(self.id)
        elif not isinstance(error, EngineStopped):  # an engine that comes back is asked again
            self.failed.emit(error)

    def _on_changed(self, changes: Changes) -> None:
        if self.id is None:
            return
        if self._rests:
            self._is_old = True
        elif self.id in changes.briefings:
            self._wait.start(SOON_MS)
        elif (changes.threads or changes.articles) and not self._wait.isActive():
            self._wait.start(LATER_MS)


def _wanted(briefing: Briefing, kind: str) -> list[int]:
    return [item.target for item in briefing.items if item.kind == kind]


# Put together


def _block(item: BriefingItem, gathered: Gathered) -> Block:
    if item.kind == "thread":
        return _thread_block(item, gathered)
    return _article_block(item, gathered) if item.kind == "article" else _highlight_block(item, gathered)


def _thread_block(item: BriefingItem, gathered: Gathered) -> Block:
    row = gathered.threads.get(item.target)
    if row is None:
        return Block(item.kind, item.target, item.comment, "A thread", gone="This thread is gone: none of its articles are left.")
    passages = [passage for one in gathered.by_thread.get(row.id, ()) for passage in _passages(one)]
    return Block(
        item.kind,
        item.target,
        item.comment,
        row.title,
        _about_thread(row),
        row.quality,
        row.heat,
        _direction(row.momentum),
        tuple(passages),
    )


def _article_block(item: BriefingItem, gathered: Gathered) -> Block:
    row = gathered.articles.get(item.target)
    if row is None:
        return Block(item.kind, item.target, item.comment, "An article", gone="This article is gone.")
    written = gathered.by_article.get(row.id)
    passages = tuple(_passages(written)) if written else ()
    return Block(item.kind, item.target, item.comment, row.title, _about_article(row), row.quality, passages=passages)


def _highlight_block(item: BriefingItem, gathered: Gathered) -> Block:
    if item.target not in gathered.by_highlight:
        return Block(item.kind, item.target, item.comment, "A passage", gone="This highlight was removed.")
    highlight, written = gathered.by_highlight[item.target]
    about, passages = _about_article(written.row), (_passage(highlight, written),)
    return Block(item.kind, item.target, item.comment, written.row.title, about, passages=passages)


def _passages(written: Annotated) -> list[Passage]:
    return [_passage(highlight, written) for highlight in written.highlights]


def _passage(highlight: Highlight, written: Annotated) -> Passage:
    return Passage(
        highlight.id,
        highlight.anchor.exact,
        highlight.colour,
        written.row.provider or written.row.domain,
        written.row.date,
        tuple(note.text for note in written.notes if note.highlight == highlight.id),
        highlight.id not in written.orphans,
    )


def _about_thread(row: ThreadRow) -> str:
    names = ", ".join(apart(name) for name in row.providers[:2])
    more = row.provider_count - len(row.providers[:2])
    who = f"{names} and {more} more" if more > 0 else names
    their = "reports it on its own" if row.independent == 1 else "report it on their own"
    own = f"{counted(row.size, 'article')}, {counted(row.independent, 'provider')} {their}"
    return " · ".join(part for part in (own, who) if part)


def _about_article(row: ArticleRow) -> str:
    parts = [apart(row.provider or row.domain) if row.provider or row.domain else "", day(row.date)]
    if row.copy_of:
        parts.append(f"copy of {apart(row.copy_of)}")
    if row.hidden:
        parts.append("hidden in your lists")
    return " · ".join(part for part in parts if part)


def _direction(momentum: float | None) -> int:
    return 0 if not momentum else 1 if momentum > 0 else -1


def same_words(one: str, other: str) -> bool:
    """Whether two texts differ in spaces alone: the library squeezes what it keeps."""
    return one.split() == other.split()
