"""The folder of the index: opened, made, committed for good, checked, and swapped for a new one.

Whoosh renames a list of segments into place, which is atomic. That the list and what it lists are on the disk by then is seen to
here, for the database forgets what the index is said to hold.
"""

from __future__ import annotations

import io
import os
import re
import secrets
import shutil
import zlib
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import TOC, EmptyIndexError, FileIndex, LockError

from reader.errors import LibraryBusy, LibraryUnwritable, WatchdeskError
from reader.store.search import sealed as _sealed  # noqa: F401 - before anything is read
from reader.store.search.fields import IndexSchema, Mark, OtherVersion
from reader.store.search.lexicon import borrowed
from reader.store.search.memory import give_back
from reader.store.search.writing import ArrayWriter

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = "index"
FRESH = "index.new"
OLD = "index.old"
NAME = "MAIN"
LOCK_SECONDS = 5
_TRIES = 20
"""How often the list of segments is looked for, where a writer commits in between."""
_MANY = 500
"""Articles of a segment that was written with much memory."""

_DAMAGED = "damaged"
_SUM = ".sum"


class Unusable(Exception):
    """This index cannot be used; `str()` says why, in words for the user."""


class Missing(Unusable):
    """There is none."""


class Folder(FileStorage):
    """An index on the disk, durable: before a list of segments is renamed into place, all that it lists is on the disk."""

    def rename_file(self, old: str, new: str, safe: bool = False) -> None:
        """Rename a file into place. Beside each new segment a checksum is left, for `damaged_files`."""
        if new.endswith(".toc"):
            for name in self.list():
                if name.endswith(".seg") and not self.file_exists(name + _SUM):
                    _sync(self._path(name))
                    Path(self._path(name + _SUM)).write_text(str(_checksum(self._path(name))), "ascii")
                    _sync(self._path(name + _SUM))
            _sync(self._path(old))
        super().rename_file(old, new, safe=safe)
        _sync(self.folder)

    def open_file(self, name: str, **options: Any) -> StructFile:
        """Open a file. A list of segments is read at once, so that a damaged one is not left open."""
        if name.endswith(".toc"):
            return StructFile(io.BytesIO(Path(self._path(name)).read_bytes()), name=name, **options)
        return super().open_file(name, **options)

    def _path(self, name: str) -> str:
        return os.path.join(self.folder, name)  # noqa: PTH118 - Whoosh keeps a string


class Index:
    """An index that was opened: its mark, and the way to its segments."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.storage = Folder(str(path))

    @property
    def mark(self) -> Mark:
        """How far the index has come, as of now."""
        mark: Mark = self.contents().schema.mark
        return mark

    def contents(self) -> TOC:
        """The list of segments as of now. Raises `Unusable`."""
        for _ in range(_TRIES):
            with suppress(OSError, EmptyIndexError):  # a writer was quicker: what was the newest list a moment ago is removed
                return self._contents()
        try:
            return self._contents()
        except EmptyIndexError as error:
            raise Missing("there is no search index yet") from error
        except OSError as error:
            raise Unusable("the search index is damaged") from error

    def _contents(self) -> TOC:
        """The same, once. Raises `OSError` and `EmptyIndexError` as well."""
        try:
            return TOC.read(self.storage, NAME)
        except (OSError, EmptyIndexError):
            raise
        except OtherVersion as error:
            maker = "a newer" if error.newer else "an older"
            raise Unusable(f"the search index was made by {maker} Watchdesk") from error
        except Exception as error:  # whatever bytes that are no index make of Whoosh
            raise Unusable("the search index is damaged") from error

    @contextmanager
    def writing(self) -> Iterator[ArrayWriter]:
        """To change it and `commit`; what was not committed is undone. The caller holds the lease of the index.

        Raises `LibraryBusy`, `LibraryUnwritable`.
        """
        try:
            with borrowed() as lexicon:
                writer = ArrayWriter(FileIndex(self.storage, indexname=NAME), lexicon, timeout=LOCK_SECONDS)
                try:
                    yield writer
                finally:
                    if not writer.is_closed:
                        writer.cancel()
                    if writer.docnum >= _MANY:
                        give_back()
        except LockError as error:
            raise LibraryBusy(self.path, "another program writes the search index") from error
        except OSError as error:
            raise LibraryUnwritable(self.path, f"the search index cannot be written: {error.strerror or error}") from error


def open_index(folder: Path, link: str) -> Index:
    """The index of the library in `folder`, of which the database last knew by `link` ("": it knows of none).

    Raises `Missing` where there is none, `Unusable` where it must be built anew.
    """
    index = Index(folder / FOLDER)
    mark = index.mark
    if mark.reached >= 0:
        raise Unusable("the search index was not finished")
    if link not in {mark.link, mark.previous}:
        raise Unusable("the search index belongs to another library, or to another time of this one")
    if (index.path / _DAMAGED).exists():
        raise Unusable("the search index is damaged")
    return index


def make(path: Path, mark: Mark) -> Index:
    """An empty index, in place of what is there. Raises `LibraryUnwritable`."""
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
        path.mkdir(parents=True)
        FileIndex.create(Folder(str(path)), IndexSchema(mark), NAME)
    except OSError as error:
        raise LibraryUnwritable(path, f"the search index cannot be written: {error.strerror or error}") from error
    return Index(path)


def commit(writer: ArrayWriter, mark: Mark, merge: Any) -> None:
    """Make what was written part of the index, together with its mark. `merge` is a merge policy of Whoosh."""
    writer.schema.mark = mark
    writer.commit(mergetype=merge)


def new_link() -> str:
    """The name of a commit."""
    return secrets.token_hex(8)


@contextmanager
def told_if_damaged(index: Index) -> Iterator[None]:
    """Raise `Unusable` for an error that comes of a damaged file, and note it, so that the next job builds the index anew."""
    try:
        yield
    except (WatchdeskError, Missing):
        raise
    except Exception as error:
        if not _is_damaged(index, error):
            raise  # a fault of ours
        with suppress(OSError):  # a library that is only read: whoever may write finds out for himself
            (index.path / _DAMAGED).touch()
        raise Unusable("the search index is damaged") from error


def _is_damaged(index: Index, error: Exception) -> bool:
    try:
        return isinstance(error, Unusable) or bool(damaged_files(index))
    except Unusable:
        return True


def damaged_files(index: Index) -> list[str]:
    """The files of segments that are not as they were written."""
    found = []
    for segment in index.contents().segments:
        file = index.path / segment.make_filename(".seg")
        try:
            told = int((index.path / f"{file.name}{_SUM}").read_text("ascii"))
            if _checksum(file) != told:
                found.append(file.name)
        except (OSError, ValueError):
            found.append(file.name)
    kept = {segment.make_filename(".seg") for segment in index.contents().segments} if found else set()
    return [name for name in found if name in kept]  # others a writer has removed meanwhile


# A new one in place of the old


def swap(folder: Path) -> None:
    """Put the index that was built beside in place of the old one. Stopped in the middle, `recover` ends it."""
    current, fresh, old = folder / FOLDER, folder / FRESH, folder / OLD
    try:
        _remove(old)
        if current.exists() or current.is_symlink():
            current.rename(old)
        fresh.rename(current)
        _sync(folder)
        _remove(old)
    except OSError as error:
        raise LibraryUnwritable(current, f"the search index cannot be replaced: {error.strerror or error}") from error


def recover(folder: Path) -> None:
    """End a swap that was cut short. The caller holds the lease of the index."""
    current, fresh, old = folder / FOLDER, folder / FRESH, folder / OLD
    with suppress(OSError):  # then there is no index, and it is built
        if not current.exists() and fresh.is_dir() and _is_whole(fresh):
            fresh.rename(current)
        if not current.exists() and old.is_dir():
            old.rename(current)
        if current.exists():
            _remove(old)


def discard(folder: Path) -> None:
    """Remove every index of a library: it will be built from the database. To be called where a library was put back."""
    for name in (FOLDER, FRESH, OLD):
        _remove(folder / name)


def _is_whole(path: Path) -> bool:
    try:
        return Index(path).mark.reached < 0
    except Unusable:
        return False


def _remove(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)


def _sync(path: Path | str) -> None:
    """See to it that a file or folder is on the disk."""
    if os.name == "nt" and Path(path).is_dir():
        return  # Windows has no such thing for folders
    descriptor = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _checksum(path: Path | str) -> int:
    found = 0
    with Path(path).open("rb") as file:
        while chunk := file.read(1 << 20):
            found = zlib.crc32(chunk, found)
    return found


def sweep_strays(index: Index) -> None:
    """Remove what a writer left behind that was killed: temporary folders and files of segments that are in no list."""
    kept = {segment.segment_id() for segment in index.contents().segments}
    for path in index.path.iterdir():
        if path.name == f"{NAME}.tmp":
            shutil.rmtree(path, ignore_errors=True)
        elif _is_stray(path, kept):
            path.unlink(missing_ok=True)


def _is_stray(path: Path, kept: set[str]) -> bool:
    if path.name.startswith(f"_{NAME}_"):
        return path.suffix != ".toc"
    match = re.match(rf"({NAME}_[0-9a-z]+)\.", path.name)
    return match is not None and match[1] not in kept
