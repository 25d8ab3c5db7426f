"""Reading files and folders into the library: articles from whatever tells of them, feeds from OPML.

Each file is read for what stands in it. What cannot be read is told with its file and line, and stops nothing else; what was
kept stays kept, whatever happens then; the same input a second time changes nothing.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from reader.errors import ChildFailed, LibraryUnwritable, ParseError, Refused
from reader.jobs.children import Children
from reader.jobs.exchange import finding, opml, pages, records, seed
from reader.jobs.exchange.keeping import Keeper
from reader.jobs.exchange.piece import LONGEST, Piece, broken, piece_of
from reader.jobs.exchange.texts import record_of_text
from reader.outcomes import ImportOutcome
from reader.records import Fault, Progress
from reader.store import feeds
from reader.text import language_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    import apsw

    from reader.jobs.exchange.finding import Found
    from reader.store.database import Database, Lease

__all__ = ["ImportOutcome", "read"]

_MOST_FAULTS = 1000
"""So many faults of one file are told; one that has more is not what it was taken for."""
_FEEDS_A_STEP = 50
_FILES_A_STEP = 500
_CHILD_SECONDS, _CHILD_MEGABYTES = 20.0, 600
_MOMENT = 0.05


def read(database: Database, paths: Sequence[Path], *, allow_private: bool = False, outcome: ImportOutcome) -> Iterator[Progress]:
    """Import files, and what stands in folders. With `allow_private` also feeds at loopback and private addresses.

    Raises `JobRunning` while another import runs, `LibraryError` where the library cannot be written from the start; a disk that
    fills up later ends the import with a fault that says where.
    """
    with Children(1, seconds=_CHILD_SECONDS, megabytes=_CHILD_MEGABYTES) as children:
        job = _Import(database, outcome, children, allow_private=allow_private)
        try:
            with database.lease("import") as lease:
                yield from job.run(paths, lease)
        except LibraryUnwritable as error:
            if not outcome.articles and not outcome.feeds:
                raise
            outcome.faults.append(Fault(job.at, 0, f"the import ended here: {error.why}"))


class _Import:
    """One run over the input."""

    def __init__(self, database: Database, outcome: ImportOutcome, children: Children, *, allow_private: bool) -> None:
        self._database, self._outcome, self._children = database, outcome, children
        self._keeper = Keeper(database, outcome)
        self._allow_private = allow_private
        self._done = self._total = 0
        self.at = ""

    def run(self, paths: Sequence[Path], lease: Lease) -> Iterator[Progress]:
        yield from self._warmed_up()
        files: list[Found] = []
        for number, found in enumerate(finding.found(paths, self._database.folder), start=1):
            if isinstance(found, Fault):
                self._outcome.faults.append(found)
            else:
                files.append(found)
            if number % _FILES_A_STEP == 0:
                yield Progress(0, 0, "looking for files")
        self._total = sum(file.size for file in files)
        for file in files:
            for step in self._file(file):
                lease.beat()
                yield step
        self._keeper.keep()
        yield Progress(self._total, self._total, self.at)

    def _warmed_up(self) -> Iterator[Progress]:
        """Load what tells languages apart, which takes a while, beside the job."""
        with ThreadPoolExecutor(1, "watchdesk-import") as thread:
            loaded = thread.submit(language_of, "a sentence that is long enough to be looked at")
            while not wait([loaded], timeout=_MOMENT).done:
                yield Progress(0, 0, "getting ready")

    def _file(self, file: Found) -> Iterator[Progress]:
        """Read one file; a step whenever something was kept, or is waited for."""
        self.at = finding.shown(file.path)
        told = 0
        for piece, place in self._guarded(file.path):
            if piece is not None:
                told += self._take(piece, told)
            if piece is None or self._keeper.is_due:
                self._keeper.keep()
                yield Progress(self._done + min(place, file.size), self._total, self.at)
        self._done += file.size

    def _guarded(self, path: Path) -> Iterator[tuple[Piece | None, int]]:
        """The pieces of a file, with how far it was read; what stops the reading is the last of them."""
        try:
            with path.open("rb") as opened:
                for piece in self._pieces(opened):
                    yield piece, opened.tell()
        except ParseError as error:
            yield broken(error), 0
        except ChildFailed as error:
            yield Piece(0, None, (str(error),)), 0
        except OSError as error:
            yield Piece(0, None, (finding.reason_of(error),)), 0

    def _take(self, piece: Piece, told: int) -> int:
        """Have a piece kept, tell what is wrong with it; how many faults that makes."""
        if piece.record is not None:
            self._keeper.add(self.at, piece.line, piece.record)
        for number, problem in enumerate(piece.problems, start=told):
            if number < _MOST_FAULTS:
                self._fault(piece.line, problem)
            elif number == _MOST_FAULTS:
                self._fault(piece.line, "and more of the kind; not told any further")
        return len(piece.problems)

    def _fault(self, line: int, reason: str) -> None:
        self._outcome.faults.append(Fault(self.at, line, reason))

    # What a file is made of

    def _pieces(self, opened: BinaryIO) -> Iterator[Piece | None]:
        """The pieces of a file; `None` for a moment of waiting."""
        head = opened.read(finding.HEAD)
        kind = finding.kind(head)
        opened.seek(0)
        if kind == "json":
            yield from records.pieces(opened)
            return
        body = opened.read(LONGEST + 1)
        if len(body) > LONGEST:
            raise ParseError(f"more than {LONGEST >> 20} MB")
        match kind:
            case "seed":
                yield _seed(finding.decoded(body))
            case "opml":
                yield from self._feeds(body)
            case "text":
                yield Piece(0, record_of_text(finding.decoded(body)))
            case "feed":
                yield from self._in_child(pages.of_feed, body)
            case "page":
                yield from self._in_child(pages.of_page, body)

    def _in_child(self, function: Callable[[bytes], Sequence[Piece]], body: bytes) -> Iterator[Piece | None]:
        """Have a foreign document read where it can do no harm."""
        future = self._children.submit(function, body)
        while not wait([future], timeout=_MOMENT).done:
            yield None
        yield from future.result()

    def _feeds(self, body: bytes) -> Iterator[Piece | None]:
        """Subscribe to the feeds of an OPML file, some in a step."""
        outlines = opml.outlines(body)
        while some := list(islice(outlines, _FEEDS_A_STEP)):
            added: list[int] = []
            with self._database.write() as db:
                pieces = [Piece(outline.line, None, tuple(self._subscribe(db, outline, added))) for outline in some]
            self._outcome.feeds += added
            yield from pieces
            yield None

    def _subscribe(self, db: apsw.Connection, outline: opml.Outline, added: list[int]) -> Iterator[str]:
        """Add one feed; what is wrong with it."""
        if outline.problem:
            yield outline.problem
        if not outline.url:
            return
        if outline.is_private and not self._allow_private:
            yield f"{outline.url} is a private address; such feeds are imported with --allow-private"
            return
        try:
            id = feeds.add(
                db, outline.url, self._database.now(), title=outline.title, folder=outline.folder, link=outline.link,
                username=outline.username, allow_private=self._allow_private,
            )  # fmt: skip
        except Refused as error:
            yield error.why
        else:
            added += [id] if id is not None else []


def _seed(text: str) -> Piece:
    try:
        fields, body = seed.parse(text)
    except ParseError as error:
        return broken(error)
    if not body:
        return piece_of(fields, 1)
    if fields.get("content"):
        piece = piece_of(fields, 1)
        return Piece(1, piece.record, (*piece.problems, "has a field content and a body; the body was left out"))
    return piece_of(fields | {"content": body}, 1)
