"""A library's file as a whole: copied while it is in use, and looked at before it is trusted."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import apsw

from reader.errors import LibraryBusy, LibraryDamaged, LibraryTooNew, LibraryUnwritable, NotALibrary
from reader.store import schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PATIENCE_SECONDS = 2


def copy(db: apsw.Connection, path: Path) -> None:
    """A whole and compact copy at `path`, which must not be there; others may write meanwhile.

    The copy is read back and brought to the disk. Raises `OSError` where it cannot be written, `LibraryDamaged` where what came
    out is not sound; the half of a copy is the caller's to take away.
    """
    try:
        db.execute("VACUUM INTO ?", (str(path),))
    except apsw.FullError as error:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
    except (apsw.CantOpenError, apsw.PermissionsError, apsw.ReadOnlyError) as error:
        number = errno.EACCES if path.parent.is_dir() else errno.ENOENT
        raise OSError(number, os.strerror(number)) from error
    except (apsw.CorruptError, apsw.NotADBError) as error:
        raise LibraryDamaged(path, "the library is damaged; `check` says more") from error
    except apsw.IOError as error:
        raise OSError(errno.EIO, str(error)) from error
    problems = damage(path, thoroughly=True)
    if problems:
        raise LibraryDamaged(path, f"the copy is not sound, nor is the library then: {problems[0]}")
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def examine(path: Path) -> int:
    """Whether a foreign file is a library that may be opened as ours: its version.

    Raises `NotALibrary`, `LibraryTooNew`, `LibraryDamaged`. A library has our tables and nothing else: no triggers or views that
    would run with our rights.
    """
    with _opened(path) as db:
        if db.pragma("application_id") != schema.APPLICATION_ID:
            raise NotALibrary(path, "no Watchdesk library")
        version = db.pragma("user_version")
        if version > schema.NEWEST:
            raise LibraryTooNew(path, f"made by a newer Watchdesk (version {version}, this one knows {schema.NEWEST})")
        if list(strange_tables(db)):
            raise NotALibrary(path, f"its tables are not those of a Watchdesk library of version {version}")
        if problems := damage_of(db, thoroughly=False):
            raise LibraryDamaged(path, problems[0])
    assert isinstance(version, int)
    return version


def damage(path: Path, *, thoroughly: bool) -> list[str]:
    """What SQLite finds wrong with a file."""
    try:
        with _opened(path) as db:
            return damage_of(db, thoroughly=thoroughly)
    except LibraryDamaged as error:
        return [error.why]


def damage_of(db: apsw.Connection, *, thoroughly: bool) -> list[str]:
    """What SQLite finds wrong with an open file; `thoroughly` also compares the tables with their indexes."""
    check = "integrity_check" if thoroughly else "quick_check"
    try:
        found = [str(line) for (line,) in db.execute(f"PRAGMA {check}(20)")]
    except (apsw.NotADBError, apsw.CorruptError) as error:
        return [str(error)]
    return [] if found == ["ok"] else found


def strange_tables(db: apsw.Connection) -> Iterator[str]:
    """Names in which the tables, indexes and triggers differ from those of a library of this version."""
    ours = apsw.Connection(":memory:")
    for step in schema.STEPS[: db.pragma("user_version")]:
        ours.execute(step)
    listing = "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    differing = set(ours.execute(listing)) ^ set(db.execute(listing))
    yield from sorted({str(name) for _, name, _, _ in differing})


def stand_alone(path: Path) -> None:
    """Bring all of a library into its one file, so that it can be moved. Raises `LibraryBusy` while anybody has it open.

    One that is damaged is left as it is, log and all: SQLite would throw away what somebody may yet recover.
    """
    if damage(path, thoroughly=False):
        return
    with _opened(path, write=True) as db:
        db.pragma("journal_mode", "DELETE")


@contextmanager
def _opened(path: Path, *, write: bool = False) -> Iterator[apsw.Connection]:
    """A connection for a moment, on its guard against what it may find.

    Raises `LibraryDamaged`, `LibraryBusy`, and `LibraryUnwritable` where there is no permission, no space, or a disk that fails.
    """
    try:
        db = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE if write else apsw.SQLITE_OPEN_READONLY)
        try:
            db.set_busy_timeout(_PATIENCE_SECONDS * 1000)
            db.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
            db.config(apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
            db.pragma("cell_size_check", True)
            yield db
        finally:
            db.close()
    except apsw.BusyError as error:
        raise LibraryBusy(path, "it is open in another window or program; close that first") from error
    except (apsw.NotADBError, apsw.CorruptError) as error:
        raise LibraryDamaged(path, "SQLite cannot read it") from error
    except (apsw.CantOpenError, apsw.PermissionsError, apsw.ReadOnlyError, apsw.FullError, apsw.IOError) as error:
        raise LibraryUnwritable(path, f"it cannot be opened here: {error}") from error
