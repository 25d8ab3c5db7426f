"""One SQLite file, a connection a thread, and one way to write.

Durability is WAL with synchronous FULL: with less, a power cut loses commits that were told to be done.
"""

from __future__ import annotations

import os
import secrets
import socket
import threading
import time
import uuid
import weakref
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import apsw
import psutil

from reader.errors import (
    JobRunning,
    LibraryBusy,
    LibraryDamaged,
    LibraryError,
    LibraryTooNew,
    LibraryUnwritable,
    NotALibrary,
    WatchdeskError,
)
from reader.records import Changes
from reader.store import journal, schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FILE = "library.db"
BUSY_SECONDS = 10
_NOT_HERE = "the library cannot be written here (no permission, or a read-only place)"
HEARTBEAT_SECONDS = 5
SILENT_SECONDS = 120
"""After this long without a heartbeat a job on another machine is taken for dead; on this one we can see."""


def utc_now() -> datetime:
    """The clock of the machine."""
    return datetime.now(UTC)


def _nobody_listens(changes: Changes) -> None:
    """Let changes pass: a library without a window."""


def new_uid() -> bytes:
    """A UUIDv7 (RFC 9562, section 5.7): 48 bits of milliseconds, then chance, so that ids sort by the time they were made."""
    number = int.from_bytes((time.time_ns() // 1_000_000).to_bytes(6, "big") + secrets.token_bytes(10), "big")
    number = number & ~(0xF << 76) | 0x7 << 76
    number = number & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=number).bytes


class Database:
    """A library's SQLite file.

    Each thread has a connection of its own. Opened `read_only` it never waits for a writer, and SQLite itself refuses to write.
    `on_change` is called after each commit, on the thread that wrote, with what it changed.
    """

    def __init__(
        self,
        folder: Path,
        *,
        read_only: bool = False,
        clock: Callable[[], datetime] = utc_now,
        on_change: Callable[[Changes], object] | None = None,
    ) -> None:
        self.folder, self.read_only, self.clock = folder, read_only, clock
        self.on_change = on_change or _nobody_listens
        self.path = folder / FILE
        self.writer = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._local = threading.local()
        self._opened: weakref.WeakSet[apsw.Connection] = weakref.WeakSet()
        self._open()  # now, so that a file that is no library is told at once

    @property
    def db(self) -> apsw.Connection:
        """This thread's connection: for reading. What writes goes through `write`."""
        db: apsw.Connection | None = getattr(self._local, "db", None)
        return self._open() if db is None else db

    def now(self) -> int:
        """The library's clock, in whole seconds since 1970."""
        return int(self.clock().timestamp())

    @contextmanager
    def write(self, undo: str | None = None) -> Iterator[apsw.Connection]:
        """One transaction, all or nothing; then tell what it changed.

        With the name of a command in `undo`, what it did to the tables of the user can be taken back.
        Raises `LibraryBusy` after 10 s of waiting for another writer, `LibraryUnwritable` when there is no space.
        """
        db = self.db
        notes: journal.Notes = self._local.notes
        with self.in_words():
            db.execute("BEGIN IMMEDIATE")
            try:
                session = journal.record(db) if undo else None
                yield db
                if session and undo:
                    journal.keep(db, undo, self.now(), session)
                    session.close()
                changes = self._commit(db, notes, Changes())
            except BaseException:
                self._roll_back(db, notes)
                raise
        if changes:
            self.on_change(changes)

    def undo(self) -> str | None:
        """Take back the last command that stands; its name, `None` if there is none."""
        return self._step(journal.undo)

    def redo(self) -> str | None:
        """Do again what was undone last; its name, `None` if there is nothing."""
        return self._step(journal.redo)

    def undoable(self) -> tuple[str | None, str | None]:
        """The names of the commands that `undo` and `redo` would take."""
        return journal.undoable(self.db)

    def _step(self, step: Callable[[apsw.Connection], tuple[str, Changes] | None]) -> str | None:
        db = self.db
        notes: journal.Notes = self._local.notes
        with self.in_words():
            db.execute("BEGIN IMMEDIATE")
            try:
                done = step(db)
                changes = self._commit(db, notes, done[1] if done else Changes())
            except BaseException:
                self._roll_back(db, notes)
                raise
        if changes:
            self.on_change(changes)
        return done[0] if done else None

    def _commit(self, db: apsw.Connection, notes: journal.Notes, more: Changes) -> Changes:
        changes = notes.take() | more
        if changes:
            journal.tell(db, self.writer, self.now(), changes)
        db.execute("COMMIT")
        return changes

    def _roll_back(self, db: apsw.Connection, notes: journal.Notes) -> None:
        notes.forget()
        if db.in_transaction:  # SQLite rolls back by itself when the disk is full
            db.execute("ROLLBACK")

    @contextmanager
    def lease(self, kind: str) -> Iterator[Lease]:
        """Be the only one who runs a job of this kind.

        Raises `JobRunning` while another process or thread runs one. A lease of a process that died is taken over at once.
        """
        lease = Lease(self, kind)
        lease.take()
        try:
            yield lease
        finally:
            lease.leave()

    def heard(self, since: int) -> tuple[int, Changes]:
        """What others wrote after note `since`, and the number of the last note; `since` -1 starts to listen."""
        if since < 0:
            return journal.last_note(self.db), Changes()
        return journal.heard(self.db, since, self.writer)

    def close(self) -> None:
        """Close every thread's connection."""
        for db in list(self._opened):
            db.close()
        self._local = threading.local()

    def _open(self) -> apsw.Connection:
        with self.in_words():
            db = self._connect()
            self._local.db = db
            self._local.notes = journal.Notes(db)
            self._opened.add(db)
            return db

    def _connect(self) -> apsw.Connection:
        if not _is_sayable(self.path):
            raise LibraryUnwritable(self.folder, "SQLite opens only names in UTF-8; give the folder another name")
        fresh = not self._exists()
        if fresh and self.read_only:
            raise NotALibrary(self.folder, "there is no library here")
        if not fresh and self.path.stat().st_size == 0:
            raise LibraryDamaged(self.path, "the file is empty; restore a backup, or move it away to start anew")
        if fresh:
            self._make()
        flags = apsw.SQLITE_OPEN_READONLY if self.read_only else apsw.SQLITE_OPEN_READWRITE
        db = apsw.Connection(str(self.path), flags=flags)
        db.set_busy_timeout(BUSY_SECONDS * 1000)
        db.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
        db.config(apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
        db.pragma("cell_size_check", True)
        self._recognise(db)
        if not self.read_only:
            db.pragma("synchronous", "FULL")
            schema.migrate(db)
        db.pragma("foreign_keys", True)
        db.pragma("temp_store", "MEMORY")
        return db

    def _make(self) -> None:
        """Make a new library beside its place and move it there whole: a file that is there is never half a library."""
        self._make_folder()
        beside = self.folder / f".{FILE}.{os.getpid()}.{secrets.token_hex(4)}"
        try:
            db = apsw.Connection(str(beside))
            db.pragma("synchronous", "EXTRA")
            schema.migrate(db)
            db.pragma("journal_mode", "WAL")
            db.close()
            self._put(beside)
        except OSError as error:
            raise LibraryUnwritable(self.folder, f"the library cannot be made here: {error.strerror}") from error
        finally:
            self._sweep_unmade(beside)

    def _put(self, beside: Path) -> None:
        """Give the new file its name, unless another process was quicker: then that library is the one."""
        try:
            os.link(beside, self.path)
        except FileExistsError:
            return
        except OSError:  # a file system without links
            if not self.path.exists():
                beside.rename(self.path)
        if os.name == "posix":
            folder = os.open(self.folder, os.O_RDONLY)
            os.fsync(folder)
            os.close(folder)

    def _sweep_unmade(self, ours: Path) -> None:
        """Remove what making a library left: our own, and that of processes that were killed over it."""
        for left in self.folder.glob(f".{FILE}.*"):
            pid = left.name.removeprefix(f".{FILE}.").split(".")[0]
            if left.name.startswith(ours.name) or not (pid.isdecimal() and psutil.pid_exists(int(pid))):
                left.unlink(missing_ok=True)

    def _exists(self) -> bool:
        try:
            return self.path.exists()
        except OSError as error:
            raise LibraryUnwritable(self.folder, "the folder cannot be read (no permission)") from error

    def _make_folder(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except (NotADirectoryError, FileExistsError) as error:
            raise NotALibrary(self.folder, "a library is a folder, and this is a file") from error
        except OSError as error:
            raise LibraryUnwritable(self.folder, _NOT_HERE) from error

    def _recognise(self, db: apsw.Connection) -> None:
        """Make sure that this is a library, and one that we can read."""
        version = db.pragma("user_version")
        tables = db.execute("SELECT count(*) FROM sqlite_schema").get
        if db.pragma("application_id") != schema.APPLICATION_ID and tables:
            raise NotALibrary(self.path, "this is not a Watchdesk library; it was left alone")
        if version > schema.NEWEST:
            raise LibraryTooNew(self.path, f"made by a newer Watchdesk (version {version}, this one knows {schema.NEWEST})")
        if self.read_only and version < schema.NEWEST:
            raise LibraryError(self.path, "made by an older Watchdesk; open it for writing once to bring it up to date")

    @contextmanager
    def in_words(self) -> Iterator[None]:
        """SQLite's errors as a `LibraryError`; any other passes."""
        try:
            yield
        except WatchdeskError:
            raise
        except apsw.BusyError as error:
            raise LibraryBusy(self.path, f"another program kept the library locked for over {BUSY_SECONDS} s") from error
        except apsw.FullError as error:
            raise LibraryUnwritable(self.path, "the disk is full; nothing of this step was kept, all before it was") from error
        except (apsw.ReadOnlyError, apsw.PermissionsError, apsw.CantOpenError, PermissionError) as error:
            raise LibraryUnwritable(
                self.path, "the library cannot be written here (no permission, or a read-only place)"
            ) from error
        except (apsw.CorruptError, apsw.NotADBError) as error:
            raise LibraryDamaged(self.path, "SQLite cannot read it; `check` says more, `restore` brings back a backup") from error
        except apsw.IOError as error:
            raise LibraryUnwritable(self.path, f"the disk failed: {error}") from error


def _is_sayable(path: Path) -> bool:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


class Lease:
    """The right to run jobs of one kind, with a heartbeat."""

    def __init__(self, database: Database, kind: str) -> None:
        self._database, self.kind = database, kind
        self.holder = _this_process()
        self._beat = 0

    def take(self) -> None:
        """Become the holder, or raise `JobRunning`."""
        now = self._database.now()
        with self._database.write() as db:
            found = db.execute("SELECT holder, heartbeat FROM lease WHERE kind = ?", (self.kind,)).fetchone()
            if found is not None:
                holder, heartbeat = found
                if _lives(holder, now - heartbeat):
                    raise JobRunning(self.kind, _in_words(holder))
                db.execute("DELETE FROM lease WHERE kind = ?", (self.kind,))
            db.execute("INSERT INTO lease VALUES (?, ?, ?, ?)", (self.kind, self.holder, now, now))
        self._beat = now

    def beat(self) -> None:
        """Say that the job lives; cheap to call at every step."""
        now = self._database.now()
        if now - self._beat >= HEARTBEAT_SECONDS:
            with self._database.write() as db:
                db.execute("UPDATE lease SET heartbeat = ? WHERE kind = ? AND holder = ?", (now, self.kind, self.holder))
            self._beat = now

    def leave(self) -> None:
        """Let others run."""
        with self._database.write() as db:
            db.execute("DELETE FROM lease WHERE kind = ? AND holder = ?", (self.kind, self.holder))


def _this_process() -> str:
    process = psutil.Process()
    return f"{socket.gethostname()}:{process.pid}:{process.create_time():.2f}"


def _lives(holder: str, silent: int) -> bool:
    host, pid, started = holder.rsplit(":", 2)
    if host != socket.gethostname():
        return silent < SILENT_SECONDS
    try:
        return abs(psutil.Process(int(pid)).create_time() - float(started)) < 1
    except psutil.NoSuchProcess:
        return False


def _in_words(holder: str) -> str:
    host, pid, _ = holder.rsplit(":", 2)
    return f"process {pid} on {host}"
