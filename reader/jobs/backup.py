"""A library copied to one file, brought back, and looked over.

A backup is a zip file, stored and not packed, so that any tool opens it: `library.db`, the pictures, and `watchdesk.json` that
says what it is. The index is not in it: it can be built anew, and what it is kept in could run code.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import zipfile
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from reader.errors import LibraryDamaged, LibraryUnwritable, NotALibrary, Refused
from reader.formats import time_of
from reader.jobs import safely
from reader.records import Progress
from reader.settings import VERSION
from reader.store import copies, soundness
from reader.store.database import FILE, Database, utc_now

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path
    from typing import IO

    import apsw

    from reader.outcomes import BackupOutcome, RestoreOutcome

T = TypeVar("T")

ENDING = ".watchdesk"
PICTURES = "pictures"
INDEX = "index"
_ABOUT = "watchdesk.json"
_MEMBER = re.compile(rf"{re.escape(FILE)}|{re.escape(_ABOUT)}|{PICTURES}/[A-Za-z0-9][A-Za-z0-9._-]{{0,200}}")
_CHUNK = 4 << 20
_MOMENT = 0.05
_SPARE = 8 << 20


# Out


def copy(database: Database, path: Path, *, outcome: BackupOutcome | None = None) -> Iterator[Progress]:
    """Copy the whole library to one file, and read it back; into a folder under a name with the date.

    Others may write meanwhile. What stood at `path` is replaced only by a copy that was read back whole. Raises `Refused` where
    it cannot be written, `LibraryDamaged` where the library itself is not sound.
    """
    if path.is_dir():
        path = path / f"watchdesk-{database.clock():%Y-%m-%d-%H%M%S}{ENDING}"
    if outcome:
        outcome.path = path
    if path.exists() and not _is_backup(path):
        raise Refused(f"{path} is there already, and no backup; name another file")
    beside = safely.beside_of(path)
    plain, packed = beside / FILE, beside / "packed"
    with _in_words(path), safely.gone_at_the_end(beside):
        beside.mkdir()
        yield Progress(0, 0, "copying the library")
        yield from _aside(database, lambda db: copies.copy(db, plain))
        members = [(FILE, plain), *_pictures(database.folder)]
        total = 2 * sum(file.stat().st_size for _, file in members)
        done = 0
        with zipfile.ZipFile(packed, "x", zipfile.ZIP_STORED) as pack:
            pack.writestr(_ABOUT, json.dumps(_about(database), indent=2))
            for name, file in members:
                with file.open("rb") as source, pack.open(name, "w", force_zip64=True) as target:
                    for chunk in _chunks(source):
                        target.write(chunk)
                        done += len(chunk)
                        yield Progress(done, total, "packing")
        plain.unlink()
        for size in _read_back(packed):
            done += size
            yield Progress(done, total, "reading back")
        with packed.open("rb+") as whole:
            os.fsync(whole.fileno())
        packed.replace(path)
        safely.sync_folder(path.parent)
    yield Progress(total, total, str(path))


def _is_backup(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as pack:
            return _ABOUT in pack.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


def _about(database: Database) -> dict[str, object]:
    articles = database.db.execute("SELECT count(*) FROM article").get
    return {
        "what": "a backup of a Watchdesk library",
        "program": VERSION,
        "schema": database.db.pragma("user_version"),
        "made": time_of(database.clock()),
        "articles": articles,
    }


def _pictures(folder: Path) -> Iterator[tuple[str, Path]]:
    pictures = folder / PICTURES
    if pictures.is_dir():
        for file in sorted(pictures.iterdir()):
            name = f"{PICTURES}/{file.name}"
            if file.is_file() and _MEMBER.fullmatch(name):
                yield name, file


def _read_back(path: Path) -> Iterator[int]:
    """Read a zip file whole; zipfile compares the checksums. Yields how much was read."""
    with zipfile.ZipFile(path) as pack:
        for member in pack.infolist():
            with pack.open(member) as source:
                yield from (len(chunk) for chunk in _chunks(source))


def _chunks(source: IO[bytes]) -> Iterator[bytes]:
    while chunk := source.read(_CHUNK):
        yield chunk


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    """What a full or read-only disk does to a backup, as one line."""
    with safely.told(path):
        try:
            yield
        except zipfile.BadZipFile as error:
            raise LibraryDamaged(path, f"the backup cannot be read back: {error}") from error


def _aside(database: Database, work: Callable[[apsw.Connection], T]) -> Generator[Progress, None, T]:
    """Do on a thread of its own what SQLite does in one piece, and let it be stopped."""
    with ThreadPoolExecutor(1, "watchdesk-backup") as thread:
        db = thread.submit(lambda: database.db).result()
        future = thread.submit(work, db)
        try:
            while not wait([future], timeout=_MOMENT).done:
                yield Progress(0, 0)
        finally:
            if not future.done():
                db.interrupt()
        return future.result()


# Back


def restore(path: Path, folder: Path, *, outcome: RestoreOutcome) -> Iterator[Progress]:
    """Bring a backup back into `folder`. A library that stands there is moved aside, into a folder inside it, never lost.

    Nothing is touched before the backup was read whole and found sound. Afterwards the index is to be built anew. Raises
    `Refused` for what cannot be read, `NotALibrary`, `LibraryTooNew` or `LibraryDamaged` for what is no backup to trust,
    `LibraryBusy` while the library is open elsewhere.
    """
    staged = folder / f".restoring-{os.getpid()}"
    with _restoring(path, folder):
        new = not folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(staged, ignore_errors=True)
        try:
            staged.mkdir()
            yield from _unpack(path, staged)
            _make_ready(staged)
            yield Progress(0, 0, "putting it in place")
            outcome.aside = _put_in_place(staged, folder)
        finally:
            shutil.rmtree(staged, ignore_errors=True)
            if new and not any(folder.iterdir()):
                folder.rmdir()
    yield Progress(1, 1, str(folder))


def _unpack(path: Path, into: Path) -> Iterator[Progress]:
    """The files of a backup, or the bare file of a library, into an empty folder."""
    with path.open("rb") as file:
        is_bare = file.read(15) == b"SQLite format 3"
    if is_bare:
        shutil.copyfile(path, into / FILE)
        return
    with zipfile.ZipFile(path) as pack:
        members = pack.infolist()
        strange = next((member.filename for member in members if not _MEMBER.fullmatch(member.filename)), None)
        if strange is not None or FILE not in pack.namelist():
            raise NotALibrary(path, "no backup of a Watchdesk library")
        total, done = sum(member.file_size for member in members), 0
        if total + _SPARE > shutil.disk_usage(into).free:
            raise LibraryUnwritable(into.parent, f"not enough space: {total >> 20} MB are needed")
        (into / PICTURES).mkdir()
        for member in members:
            with pack.open(member) as source, (into / member.filename).open("xb") as target:
                for chunk in _chunks(source):
                    target.write(chunk)
                    done += len(chunk)
                    yield Progress(done, total, "unpacking")


def _make_ready(staged: Path) -> None:
    """See that what was unpacked is a library, bring it to this version, and free it from what only held where it was made."""
    copies.examine(staged / FILE)
    database = Database(staged)
    try:
        with database.write() as db:
            db.execute("DELETE FROM lease")
            db.execute("DELETE FROM change")
    finally:
        database.close()
    copies.stand_alone(staged / FILE)
    with (staged / FILE).open("rb+") as file:
        os.fsync(file.fileno())


def _put_in_place(staged: Path, folder: Path) -> Path | None:
    """Change the libraries over. At every moment there is a whole one in the folder, where there was one before."""
    standing = folder / FILE
    aside = None
    if standing.exists():
        copies.stand_alone(standing)
        aside = _new_folder_for_the_old(folder)
        _link_or_copy(standing, aside / FILE)
        for ending in ("-wal", "-shm", "-journal"):  # only beside one that SQLite could not read
            log = folder / f"{FILE}{ending}"
            if log.exists():
                log.rename(aside / log.name)
    pictures = folder / PICTURES
    pictures.mkdir(exist_ok=True)
    for picture in (staged / PICTURES).iterdir() if (staged / PICTURES).is_dir() else ():
        picture.replace(pictures / picture.name)  # named by their content: the same name is the same picture
    shutil.rmtree(folder / INDEX, ignore_errors=True)
    (staged / FILE).replace(standing)
    safely.sync_folder(folder)
    return aside


def _new_folder_for_the_old(folder: Path) -> Path:
    name = f"before-restore-{utc_now():%Y-%m-%d-%H%M%S}"
    names = (name if number == 1 else f"{name}-{number}" for number in range(1, 1000))
    aside = next(folder / name for name in names if not (folder / name).exists())
    aside.mkdir()
    return aside


def _link_or_copy(file: Path, to: Path) -> None:
    try:
        os.link(file, to)
    except OSError:  # not every file system has links
        shutil.copy2(file, to)
        with to.open("rb+") as copied:
            os.fsync(copied.fileno())


@contextmanager
def _restoring(path: Path, folder: Path) -> Iterator[None]:
    """What may go wrong on the way back, as one line."""
    try:
        with safely.told(folder):
            if not path.is_file():
                raise Refused(f"{path}: there is no such file")
            if not os.access(path, os.R_OK):
                raise Refused(f"{path} cannot be read: no permission")
            yield
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:  # the latter two: packed or locked as ours are not
        raise NotALibrary(path, f"no backup of a Watchdesk library, or a damaged one ({error})") from error


# Looked over


def check(database: Database, problems: list[str], *, repair: bool = False) -> Iterator[Progress]:
    """Look a library over: what is wrong, in words, into `problems`. With `repair`, what is derived is mended and not listed.

    The index is not looked at; its own job does that. A note of a step says what was mended.
    """
    yield Progress(0, 0, "reading the library's file")
    problems += [f"the file is damaged: {line}" for line in (yield from _aside(database, _damage))]
    if problems:  # questions to a damaged file have no answers
        problems.append("restore a backup; what can still be read, `export` writes out")
        return
    problems += [f"{name} is not as this version makes it" for name in copies.strange_tables(database.db)]
    problems += islice(soundness.dangling(database.db), 20)
    for number, rule in enumerate(soundness.RULES, start=1):
        count = soundness.wrong(database.db, rule)
        note = ""
        if count and repair and rule.mend:
            with database.write() as db:
                soundness.mend(db, rule)
            note = f"mended: {count} {rule.words}"
        elif count:
            problems.append(f"{count} {rule.words}")
        yield Progress(number, len(soundness.RULES) + 1, "looking for what does not fit together", note)
    yield from _check_pictures(database, problems, repair=repair)


def _damage(db: apsw.Connection) -> list[str]:
    return copies.damage_of(db, thoroughly=True)


def _check_pictures(database: Database, problems: list[str], *, repair: bool) -> Iterator[Progress]:
    pictures = database.folder / PICTURES
    held = {entry.name for entry in os.scandir(pictures)} if pictures.is_dir() else set()
    missing = soundness.missing_pictures(database.db, held)
    note = ""
    if missing and repair:
        with database.write() as db:
            soundness.forget_pictures(db, missing)
        note = f"mended: {len(missing)} pictures said to be cached whose files are gone"
    elif missing:
        problems.append(f"{len(missing)} pictures said to be cached whose files are gone")
    total = len(soundness.RULES) + 1
    yield Progress(total, total, "pictures", note)
