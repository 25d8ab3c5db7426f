"""A briefing from the library to a file: PDF, HTML, Markdown or JSON, by the ending of its name.

`gather` puts it together as one value (`document`), checked against the stored texts; `typeset`, `webpage` and `markdown` say
that value in their own way and know nothing of a library. A file is written beside its place and moved there when it is whole.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reader.errors import PublishError, Refused
from reader.jobs import safely
from reader.jobs.publish.document import as_json
from reader.jobs.publish.gather import gathering
from reader.records import Progress

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from reader.jobs.publish.document import Document
    from reader.outcomes import Published
    from reader.store.database import Database

ENDINGS = (".pdf", ".html", ".md", ".json")
LEAST_PPI, MOST_PPI = 20, 400


def run(database: Database, id: int, path: Path, *, outcome: Published) -> Iterator[Progress]:
    """Write a briefing to `path` and tell of it in `outcome`. A file that stood there is replaced when the new one is whole.

    Raises `NotFound` where there is no such briefing, `Refused` for an ending that we do not write, `PublishError` where it could
    not be set or written; what stood at `path` is left as it was then.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise Refused(f"{path.name}: a briefing is written as {', '.join(ENDINGS)}; the ending says which")
    if path.is_dir():
        raise PublishError(f"{path} is a folder")
    work = gathering(database.db, id, database.clock().date())
    steps = len(work.briefing.items) + 2
    done = 0
    for done, title in enumerate(work.sections(), start=1):
        yield Progress(min(done, steps - 2), steps, title)
    document = work.document()
    yield Progress(steps - 2, steps, f"setting {path.name}")
    body, pages, warnings = yield from _made(document, ending, Progress(steps - 2, steps, f"setting {path.name}"))
    _write(path, body)
    outcome.path, outcome.pages, outcome.sources = path, pages, len(document.sources)
    outcome.warnings = (*work.warnings, *warnings)
    yield Progress(steps, steps, path.name)


def preview(database: Database, id: int, pages: list[bytes], ppi: int) -> Iterator[Progress]:
    """A briefing as it will be printed: its pages as PNG, in order, into `pages`.

    Raises `NotFound` where there is no such briefing, `Refused` for a resolution that makes no sense, `PublishError` where it
    cannot be set.
    """
    from reader.jobs.publish.typeset import drawn  # noqa: PLC0415 - starts a child

    if not LEAST_PPI <= ppi <= MOST_PPI:
        raise Refused(f"pages are drawn at {LEAST_PPI} to {MOST_PPI} points an inch, not at {ppi}")
    work = gathering(database.db, id, database.clock().date())
    steps = len(work.briefing.items) + 2
    for done, title in enumerate(work.sections(), start=1):
        yield Progress(min(done, steps - 2), steps, title)
    pages += yield from drawn(work.document(), ppi, Progress(steps - 2, steps, "setting the pages"))
    yield Progress(steps, steps, "set")


def _made(document: Document, ending: str, meanwhile: Progress) -> Generator[Progress, None, tuple[bytes, int, list[str]]]:
    """The bytes of the file, its pages, and what had to be replaced."""
    if ending == ".pdf":
        from reader.jobs.publish.typeset import typeset  # noqa: PLC0415 - starts a child

        return (yield from typeset(document, meanwhile))
    if ending == ".html":
        from reader.jobs.publish.webpage import webpage  # noqa: PLC0415 - one format is wanted, not all

        return webpage(document).encode(), 0, []
    if ending == ".md":
        from reader.jobs.publish.markdown import markdown  # noqa: PLC0415 - one format is wanted, not all

        return markdown(document).encode(), 0, []
    return (json.dumps(as_json(document), ensure_ascii=False, indent=2) + "\n").encode(), 0, []


def _write(path: Path, body: bytes) -> None:
    """All of it or nothing, and on the disk before it is said to be there."""
    beside = safely.beside_of(path)
    try:
        with safely.gone_if_it_fails(beside):
            safely.write_synced(beside, body)
            beside.replace(path)
            safely.sync_folder(path.parent)
    except OSError as error:
        raise PublishError(f"{path} could not be written: {(error.strerror or str(error)).lower()}") from error
