"""Files that are there whole or not at all: written beside their place, brought to the disk, then put in it."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from reader.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write that takes the place of `path` at the end, or leaves nothing where that fails.

    Raises `Refused`, in one line, where it cannot be written.
    """
    if path.is_dir():
        raise Refused(f"{path} is a folder; name a file")
    beside = beside_of(path)
    with told(path), gone_if_it_fails(beside):
        with _synced(beside) as file:
            yield file
        beside.replace(path)
        sync_folder(path.parent)


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """A folder to fill that takes the place of `path` at the end, or leaves nothing where that fails.

    Raises `Refused`, in one line, where there is something already, or it cannot be written.
    """
    beside = beside_of(path)
    with told(path), gone_if_it_fails(beside):
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise Refused(f"{path} is there already, and not empty; name a new folder")
        beside.mkdir()
        yield beside
        if path.exists():
            _remove_empty(path)
        beside.rename(path)
        sync_folder(path.parent)


def _remove_empty(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError as error:
        raise Refused(f"{folder} cannot be replaced ({error.strerror}); name a folder inside it") from error


def beside_of(path: Path) -> Path:
    """A name beside `path` that nobody else has."""
    return path.with_name(f".{path.name[:100]}.part-{secrets.token_hex(4)}")


def write_synced(path: Path, body: bytes) -> None:
    """Write a new file, to the disk itself."""
    with _synced(path) as file:
        file.write(body)


@contextmanager
def _synced(path: Path) -> Iterator[BinaryIO]:
    """A new file to write; it is on the disk at the end."""
    with path.open("xb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk, where the system has a way to."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def gone_if_it_fails(path: Path) -> Iterator[None]:
    """Take a half-written file or folder away again."""
    try:
        yield
    except BaseException:
        _remove(path)
        raise


@contextmanager
def gone_at_the_end(path: Path) -> Iterator[None]:
    """Take a file or folder away, whatever happens."""
    try:
        yield
    finally:
        _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """What the system refuses, as one line for the user."""
    try:
        yield
    except OSError as error:
        raise Refused(f"{path} cannot be written: {_why(error)}; nothing was left there") from error


def _why(error: OSError) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return "the disk is full"
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return "no permission, or a read-only place"
    if isinstance(error, FileNotFoundError):
        return "there is no such folder"
    return error.strerror or str(error)
