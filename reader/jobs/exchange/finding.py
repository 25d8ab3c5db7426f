"""Which files an import was given, and what each of them is: told by what stands in it, never by its name."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from reader.errors import ParseError
from reader.jobs.exchange import records, seed
from reader.records import Fault
from reader.text import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Kind = Literal["opml", "seed", "json", "feed", "page", "text"]

HEAD = 1 << 16
"""So many bytes tell what a file is."""

_MARKS = (
    (b"%PDF", "a PDF; save the page as HTML or text instead"),
    (b"PK\x03\x04", "a zip or office file; a backup comes back with `restore`"),
    (b"SQLite format 3", "a database; a library is opened with --library"),
    (b"\x1f\x8b", "compressed; unpack it first"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
_WIDE = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
"""Text of two bytes a character, by its mark, or by the bracket that markup begins with."""
_TEXT_CONTROLS = frozenset(b"\t\n\r\x0c\x1b\x1a")
_ASIDE = re.compile(r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)
_TAG = re.compile(r"<([A-Za-z][\w.:-]*)[\s/>]")
_FEED_ROOTS = frozenset({"rss", "feed", "rdf", "channel"})
_ARCHIVE = re.compile(r"(?:[A-Za-z-]+: .*\r?\n(?:[ \t].*\r?\n)*){0,10}MIME-Version: ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read, and its size in bytes."""

    path: Path
    size: int


def shown(path: Path | str) -> str:
    """A path as a person may read it: what no text can hold is replaced."""
    return squeezed(os.fsencode(path).decode("utf-8", "replace"))


def found(paths: Iterable[Path], library: Path | None = None) -> Iterator[Found | Fault]:
    """The files at these paths and below these folders, in order of their names.

    Hidden files and links to folders are left alone, so that nothing leads in a circle, or out of what was meant; so are the
    files of the `library` itself.
    """
    for path in paths:
        yield from _at(path, library.resolve() if library else None, given=True)


def _at(path: Path, library: Path | None, *, given: bool) -> Iterator[Found | Fault]:
    try:
        is_link = path.is_symlink()
        status = path.stat()
    except OSError as error:
        yield Fault(shown(path), 0, reason_of(error))
        return
    if stat.S_ISDIR(status.st_mode):
        if is_link and not given:
            yield Fault(shown(path), 0, "a link to a folder; not followed, import that folder itself")
        else:
            yield from _below(path, library)
    elif stat.S_ISREG(status.st_mode):
        yield Found(path, status.st_size)
    else:
        yield Fault(shown(path), 0, "neither a file nor a folder")


def _below(folder: Path, library: Path | None) -> Iterator[Found | Fault]:
    """The files of a folder. The folders still to read stand in a list, for they may be nested deeper than calls can be."""
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        if path.resolve() == library:
            continue
        try:
            with os.scandir(path) as entries:
                inside = sorted((entry for entry in entries if not entry.name.startswith(".")), key=lambda entry: entry.name)
        except OSError as error:
            yield Fault(shown(path), 0, reason_of(error))
            continue
        folders = [entry for entry in inside if entry.is_dir(follow_symlinks=False)]
        waiting.extend(Path(entry.path) for entry in reversed(folders))
        for entry in inside:
            if not entry.is_dir(follow_symlinks=False):
                yield from _at(Path(entry.path), library, given=False)


def reason_of(error: OSError) -> str:
    """What the system said, in the user's words."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, PermissionError):
        return "cannot be read: no permission"
    if error.errno == getattr(os, "ELOOP", 40):
        return "a link that leads back to itself"
    return f"cannot be read: {error.strerror or error}"


# What a file is


def kind(head: bytes) -> Kind:
    """What a file is that begins like this. `ParseError` for one in which there is nothing to read."""
    text = decoded(_whole_characters(head)).lstrip("\ufeff")
    start = text.lstrip()
    if not start:
        raise ParseError("the file is empty")
    if seed.begins(text):
        return "seed"
    if start[0] in "{[":
        return "feed" if records.is_feed(start) else "json"
    if start[0] == "<":
        return _markup(start)
    if _ARCHIVE.match(start):
        raise ParseError("a page in an archive (MHTML) or a mail; save the page as HTML instead")
    return "text"


def _markup(text: str) -> Kind:
    root = _TAG.search(_ASIDE.sub("", text))
    name = root[1].rpartition(":")[2].lower() if root else ""
    if name == "opml":
        return "opml"
    if name in _FEED_ROOTS:
        return "feed"
    if name in {"html", "head", "body"} or (name and not text.startswith("<?xml")):
        return "page"
    if name:
        raise ParseError(f"XML ({name}), but neither OPML nor a feed nor a page")
    return "text"


def decoded(body: bytes) -> str:
    """The text of a file: UTF-8, UTF-16, else Windows-1252. `ParseError` for what is no text."""
    for mark, what in _MARKS:
        if body.startswith(mark):
            raise ParseError(what)
    if encoding := _WIDE.get(body[:2]):
        return body.decode(encoding, "replace")
    controls = sum(byte < 0x20 and byte not in _TEXT_CONTROLS for byte in body[:HEAD])
    if b"\0" in body[:HEAD] or controls > len(body[:HEAD]) // 50:
        raise ParseError("no text: a binary file")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("windows-1252", "replace")


def _whole_characters(head: bytes) -> bytes:
    """Without the character that the end of the head cut in two."""
    if len(head) < HEAD:
        return head
    if head[:2] in _WIDE:
        return head[: len(head) // 2 * 2]
    end = len(head)
    while end > len(head) - 4 and head[end - 1] & 0xC0 == 0x80:
        end -= 1
    return head[: end - 1] if head[end - 1] >= 0xC0 else head
