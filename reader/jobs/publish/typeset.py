"""A briefing as PDF pages: tagged, archivable (PDF/A-2a) and accessible (PDF/UA-1). Alone knows typst.

The typesetter runs in a child that is killed when it takes too long or too much. It is given words as JSON, which it never reads
as code, a folder of its own with nothing but our template in it, no packages and no network. What it cannot draw or takes too
long to set is replaced before: it fails for a single unknown character.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from concurrent.futures import wait
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar, cast

from reader import resources
from reader.errors import ChildFailed, PublishError
from reader.jobs.children import Children
from reader.jobs.publish.document import as_json
from reader.jobs.publish.glyphs import drawable

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    import typst

    from reader.jobs.publish.document import Document
    from reader.records import Progress

T = TypeVar("T")

SECONDS = 60.0
MEGABYTES = 2000
LOOK_SECONDS = 0.1
"""How often the job looks whether it is to stop."""

HEAD_OF_PAGE = 72
"""Letters of the title that the head of each page has room for."""
LONGEST_PARAGRAPH = 5000
MOST_COMBINING = 4
"""Marks on one letter. No language needs more; the typesetter aborts at hundreds of thousands."""
LONGEST_WORD = 36
"""Characters without a place to break a line at; after so many we make one."""
UNKNOWN = "\ufffd"


def typeset(document: Document, meanwhile: Progress) -> Generator[Progress, None, tuple[bytes, int, list[str]]]:
    """A document as PDF: the bytes, the number of pages with the cover, and what had to be replaced, in the user's words.

    Yields `meanwhile` while the typesetter works, and stops it when it is closed.
    Raises `PublishError` when the typesetter fails, takes over 60 s or over 2 GB.
    """
    (pdf, pages), warnings = yield from _in_a_child(_compile, document, meanwhile)
    return pdf, pages, warnings


def drawn(document: Document, ppi: int, meanwhile: Progress) -> Generator[Progress, None, list[bytes]]:
    """The pages of a document as PNG, `ppi` pixels to an inch; yields and raises as `typeset`."""
    pages, _ = yield from _in_a_child(partial(_draw, ppi), document, meanwhile)
    return pages


def _in_a_child(
    work: Callable[[str, str, str], T], document: Document, meanwhile: Progress
) -> Generator[Progress, None, tuple[T, list[str]]]:
    """What `work` makes of the folder of the template, that of the fonts and the data, and what had to be replaced in these."""
    with resources.folder("fonts") as fonts, TemporaryDirectory(prefix="watchdesk-") as folder:
        cleaning = Cleaning(drawable(fonts))
        data = json.dumps(cleaning.cleaned(_laid_out(document)), ensure_ascii=False)
        Path(folder, "briefing.typ").write_text(resources.text("briefing.typ"), "utf-8")
        try:
            with Children(1, seconds=SECONDS, megabytes=MEGABYTES) as children:
                setting = children.submit(work, folder, str(fonts), data)
                while wait([setting], timeout=LOOK_SECONDS).not_done:
                    yield meanwhile
            made = setting.result()
        except ChildFailed as error:
            raise PublishError(f"the briefing could not be set: {error}; choose fewer threads") from error
        return made, cleaning.warnings()


def _laid_out(document: Document) -> dict[str, object]:
    """What the template reads: the document, a title that fits the head of a page, and the sections by number."""
    data = cast("dict[str, object]", as_json(document))
    data["shortTitle"] = _fitting(document.title, HEAD_OF_PAGE)
    sections = cast("list[dict[str, object]]", data["sections"])
    for number, section in enumerate(sections, start=1):
        section["number"] = number
    return data


def _fitting(title: str, room: int) -> str:
    """A title cut to so many letters, of which wide ones count double."""
    for end, letter in enumerate(title):
        room -= 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        if room < 0:
            return title[:end].rstrip() + "…"
    return title


def _compile(folder: str, fonts: str, data: str) -> tuple[bytes, int]:
    """In the child: the bytes of the PDF and its number of pages."""
    compiler = _compiler(folder, fonts, data)
    with _in_words():
        pdf = compiler.compile(format="pdf", pdf_standards=["a-2a", "ua-1"])
        pages = json.loads(compiler.query("<end>", field="value", one=True))
    assert isinstance(pdf, bytes)
    return pdf, int(pages)


def _draw(ppi: int, folder: str, fonts: str, data: str) -> list[bytes]:
    """In the child: each page as PNG."""
    compiler = _compiler(folder, fonts, data)
    with _in_words():
        pages = compiler.compile(format="png", ppi=ppi)
    return [pages] if isinstance(pages, bytes) else list(pages or ())


def _compiler(folder: str, fonts: str, data: str) -> typst.Compiler:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        os.environ[name] = os.environ[name.lower()] = "http://127.0.0.1:9"  # the discard port: nothing gets out
    import typst  # noqa: PLC0415 - heavy, and wanted only in the child

    return typst.Compiler(
        str(Path(folder, "briefing.typ")),
        root=folder,
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts]),
        ignore_system_fonts=True,
        sys_inputs={"document": data},
        package_path=str(Path(folder, "packages")),
        package_cache_path=str(Path(folder, "packages")),
    )


@contextmanager
def _in_words() -> Iterator[None]:
    """What the typesetter says, as a `PublishError`."""
    import typst  # noqa: PLC0415 - heavy, and wanted only in the child

    try:
        yield
    except typst.TypstError as error:
        raise PublishError(f"the briefing could not be set: {str(error).splitlines()[0]}") from None


# Cleaning

_DROPPED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f"  # controls but the line feed
    "\u00ad\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)

_LONG = re.compile(rf"[^\s\u2e80-\uffff]{{{LONGEST_WORD + 1},}}")


class Cleaning:
    """Makes words ready for the typesetter, and remembers what it had to replace."""

    def __init__(self, drawable: frozenset[str]) -> None:
        self._drawable = drawable | {"\n", "\u200c", "\u200d"}
        self._unknown: dict[str, None] = {}
        self._cut = 0

    def cleaned(self, value: object) -> object:
        """JSON with every string in it made ready."""
        if isinstance(value, str):
            return self.words(value)
        if isinstance(value, list):
            return [self.cleaned(part) for part in value]
        if isinstance(value, dict):
            return {name: part if name in {"url", "digest"} else self.cleaned(part) for name, part in value.items()}
        return value

    def words(self, text: str) -> str:
        """A string as it can be set."""
        if not text.isascii() or not text.isprintable():
            text = _few_marks(_DROPPED.sub("", text))
            missing = set(text) - self._drawable
            for letter in sorted(missing):
                self._unknown[letter] = None
                text = text.replace(letter, UNKNOWN)
        if len(text) > LONGEST_PARAGRAPH:
            self._cut += 1
            text = text[: LONGEST_PARAGRAPH - 1] + "…"
        return _LONG.sub(lambda word: "\u200b".join(_portions(word[0])), text)

    def warnings(self) -> list[str]:
        """What the user should know."""
        found: list[str] = []
        if self._unknown:
            shown = ", ".join(f"U+{ord(letter):04X}" for letter in list(self._unknown)[:8])
            more = f" and {len(self._unknown) - 8} more" if len(self._unknown) > 8 else ""
            found.append(f"characters that our fonts lack are shown as {UNKNOWN}: {shown}{more}")
        if self._cut:
            found.append(f"{self._cut} paragraph{'' if self._cut == 1 else 's'} cut after {LONGEST_PARAGRAPH} characters")
        return found


def _few_marks(text: str) -> str:
    """The text with at most `MOST_COMBINING` marks on a letter."""
    kept: list[str] = []
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.category(letter) in {"Mn", "Me"} else 0
        if marks <= MOST_COMBINING:
            kept.append(letter)
    return "".join(kept)


def _portions(word: str) -> list[str]:
    return [word[at : at + LONGEST_WORD] for at in range(0, len(word), LONGEST_WORD)]
