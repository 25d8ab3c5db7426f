"""A backup is whole and read back; a restore loses nothing of what stood; a check finds what is wrong, mends what is derived."""

from __future__ import annotations

import errno
import json
import os
import shutil
import zipfile

import apsw
import pytest

from reader.errors import LibraryBusy, LibraryDamaged, LibraryTooNew, NotALibrary, Refused
from reader.jobs import backup, safely
from reader.outcomes import RestoreOutcome
from reader.records import Record
from reader.store import articles, copies, schema
from reader.store.database import FILE, Database


@pytest.fixture
def filled(database):
    """A library with three articles, a star, and a picture."""
    with database.write() as db:
        for number in range(3):
            articles.keep(
                db,
                Record(title=f"Headline {number}", web_url=f"https://paper.example/{number}", content="word " * 500),
                database.now(),
            )
        db.execute("UPDATE state SET starred = 1 WHERE article = 2")
    (database.folder / "pictures").mkdir()
    (database.folder / "pictures" / "ab12.jpg").write_bytes(b"picture")
    return database


def copied(database, path):
    return list(backup.copy(database, path))


def restored(path, folder):
    outcome = RestoreOutcome()
    for _ in backup.restore(path, folder, outcome=outcome):
        pass
    return outcome.aside


def problems_of(database, **options):
    problems: list[str] = []
    notes = [step.note for step in backup.check(database, problems, **options) if step.note]
    return problems, notes


def titles(folder):
    database = Database(folder)
    found = [title for (title,) in database.db.execute("SELECT title FROM article ORDER BY id")]
    database.close()
    return found


# Out


def test_a_backup_is_one_file_that_any_tool_opens(filled, tmp_path):
    steps = copied(filled, tmp_path / "copy.watchdesk")
    assert steps[-1].done == steps[-1].total > 0
    with zipfile.ZipFile(tmp_path / "copy.watchdesk") as pack:
        assert sorted(pack.namelist()) == ["library.db", "pictures/ab12.jpg", "watchdesk.json"]
        about = json.loads(pack.read("watchdesk.json"))
        pack.extract("library.db", tmp_path / "out")
    assert (about["articles"], about["schema"]) == (3, schema.NEWEST)
    assert copies.examine(tmp_path / "out" / "library.db") == schema.NEWEST
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.watchdesk", "library", "out"]


def test_a_backup_into_a_folder_is_named_by_its_date(filled, tmp_path):
    (tmp_path / "backups").mkdir()
    copied(filled, tmp_path / "backups")
    assert [path.name for path in (tmp_path / "backups").iterdir()] == ["watchdesk-2026-11-22-120000.watchdesk"]


def test_a_library_that_is_only_read_can_be_backed_up(filled, tmp_path):
    reader = Database(filled.folder, read_only=True)
    copied(reader, tmp_path / "copy.watchdesk")
    reader.close()
    assert restored(tmp_path / "copy.watchdesk", tmp_path / "back") is None
    assert titles(tmp_path / "back") == ["Headline 0", "Headline 1", "Headline 2"]


def test_an_older_backup_is_replaced_but_nothing_else(filled, tmp_path):
    path = tmp_path / "copy.watchdesk"
    copied(filled, path)
    copied(filled, path)
    (tmp_path / "thesis.odt").write_text("mine")
    with pytest.raises(Refused, match="no backup"):
        copied(filled, tmp_path / "thesis.odt")
    with pytest.raises(Refused, match="no backup"):
        copied(filled, filled.path)
    assert (tmp_path / "thesis.odt").read_text() == "mine"


def test_a_backup_that_is_stopped_leaves_nothing(filled, tmp_path):
    for steps in range(8):
        job = backup.copy(filled, tmp_path / "copy.watchdesk")
        for _ in range(steps):
            next(job, None)
        job.close()
        assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_full_disk_is_a_line_and_leaves_the_older_backup(filled, tmp_path, monkeypatch):
    path = tmp_path / "copy.watchdesk"
    copied(filled, path)
    before = path.read_bytes()

    def full(db, to):
        to.write_bytes(b"half")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(copies, "copy", full)
    with pytest.raises(Refused, match="the disk is full; nothing was left there"):
        copied(filled, path)
    assert path.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.watchdesk", "library"]


def test_sqlite_says_what_fails_as_the_system_does(filled, tmp_path):
    with pytest.raises(FileNotFoundError):
        copies.copy(filled.db, tmp_path / "nowhere" / "x.db")


def test_there_must_be_a_folder_to_write_to(filled, tmp_path):
    with pytest.raises(Refused, match="there is no such folder"):
        copied(filled, tmp_path / "nowhere" / "copy.watchdesk")


# Back


def test_a_restored_library_is_as_it_was(filled, tmp_path):
    copied(filled, tmp_path / "copy.watchdesk")
    assert restored(tmp_path / "copy.watchdesk", tmp_path / "new" / "library") is None
    back = Database(tmp_path / "new" / "library")
    for table in ("article", "content", "state", "address"):
        assert list(back.db.execute(f"SELECT * FROM {table}")) == list(filled.db.execute(f"SELECT * FROM {table}"))
    back.close()
    assert (tmp_path / "new" / "library" / "pictures" / "ab12.jpg").read_bytes() == b"picture"
    assert sorted(path.name for path in (tmp_path / "new" / "library").iterdir()) == ["library.db", "pictures"]


def test_what_stood_is_moved_aside_whole(filled, tmp_path):
    copied(filled, tmp_path / "copy.watchdesk")
    with filled.write() as db:
        articles.keep(db, Record(title="Written since"), filled.now())
    (filled.folder / "index").mkdir()
    (filled.folder / "own.txt").write_text("not ours")
    filled.close()
    aside = restored(tmp_path / "copy.watchdesk", filled.folder)
    assert titles(filled.folder) == ["Headline 0", "Headline 1", "Headline 2"]
    assert titles(aside) == ["Headline 0", "Headline 1", "Headline 2", "Written since"]
    assert not (filled.folder / "index").exists()
    assert (filled.folder / "own.txt").read_text() == "not ours"
    assert restored(tmp_path / "copy.watchdesk", filled.folder) != aside


def test_a_library_that_is_open_elsewhere_is_left_alone(filled, tmp_path, monkeypatch):
    monkeypatch.setattr(copies, "_PATIENCE_SECONDS", 0)
    copied(filled, tmp_path / "copy.watchdesk")
    with filled.write() as db:
        articles.keep(db, Record(title="Written since"), filled.now())
    before = sorted(path.name for path in filled.folder.iterdir())
    with pytest.raises(LibraryBusy, match="open in another window"):
        restored(tmp_path / "copy.watchdesk", filled.folder)
    assert sorted(path.name for path in filled.folder.iterdir()) == before
    assert filled.db.execute("SELECT count(*) FROM article").get == 4


def test_a_damaged_library_is_moved_aside_too(filled, tmp_path):
    copied(filled, tmp_path / "copy.watchdesk")
    filled.close()
    filled.path.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    (filled.folder / f"{FILE}-wal").write_bytes(b"old log")
    aside = restored(tmp_path / "copy.watchdesk", filled.folder)
    assert titles(filled.folder) == ["Headline 0", "Headline 1", "Headline 2"]
    assert (aside / f"{FILE}-wal").read_bytes() == b"old log"


def test_the_bare_file_of_a_library_can_be_restored(filled, tmp_path):
    copies.copy(filled.db, tmp_path / "bare.db")
    restored(tmp_path / "bare.db", tmp_path / "back")
    assert titles(tmp_path / "back") == ["Headline 0", "Headline 1", "Headline 2"]


def test_a_lease_of_then_does_not_hold_now(filled, tmp_path):
    with filled.lease("import"):
        copied(filled, tmp_path / "copy.watchdesk")
    restored(tmp_path / "copy.watchdesk", tmp_path / "back")
    back = Database(tmp_path / "back")
    with back.lease("import"):
        pass
    back.close()


def packed(path, members):
    with zipfile.ZipFile(path, "w") as pack:
        for name, body in members.items():
            pack.writestr(name, body)
    return path


@pytest.fixture
def whole(filled, tmp_path):
    """The bytes of a library in one file."""
    copies.copy(filled.db, tmp_path / "whole.db")
    return (tmp_path / "whole.db").read_bytes()


def changed(whole, tmp_path, statement):
    (tmp_path / "changed.db").write_bytes(whole)
    db = apsw.Connection(str(tmp_path / "changed.db"))
    db.execute(statement)
    db.close()
    return (tmp_path / "changed.db").read_bytes()


def test_only_a_backup_to_trust_comes_back(filled, whole, tmp_path):
    bad = {
        "text": (b"no zip at all", NotALibrary),
        "empty": (b"", NotALibrary),
        "other zip": ({"letter.txt": b"x"}, NotALibrary),
        "path out": ({"library.db": whole, "../../evil.txt": b"x"}, NotALibrary),
        "path deep": ({"library.db": whole, "pictures/../../evil": b"x"}, NotALibrary),
        "index": ({"library.db": whole, "index/_MAIN_1.toc": b"x"}, NotALibrary),
        "cut": ({"library.db": whole[:5000]}, LibraryDamaged),
        "foreign": ({"library.db": changed(whole, tmp_path, "PRAGMA application_id = 1")}, NotALibrary),
        "newer": ({"library.db": changed(whole, tmp_path, "PRAGMA user_version = 999")}, LibraryTooNew),
        "trigger": (
            {"library.db": changed(whole, tmp_path, "CREATE TRIGGER t AFTER INSERT ON state BEGIN DELETE FROM note; END")},
            NotALibrary,
        ),
    }
    before = {path.name: path.read_bytes() for path in filled.folder.iterdir() if path.is_file()}
    for name, (body, error) in bad.items():
        path = tmp_path / "bad.watchdesk"
        path.unlink(missing_ok=True)
        if isinstance(body, dict):
            packed(path, body)
        else:
            path.write_bytes(body)
        for folder in (filled.folder, tmp_path / "new"):
            with pytest.raises(error):
                restored(path, folder)
        assert {path.name: path.read_bytes() for path in filled.folder.iterdir() if path.is_file()} == before, name
        assert not (tmp_path / "new").exists(), name


def test_a_flipped_bit_is_found(filled, tmp_path):
    path = tmp_path / "copy.watchdesk"
    copied(filled, path)
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 1
    path.write_bytes(body)
    with pytest.raises(NotALibrary, match="damaged"):
        restored(path, tmp_path / "new")


def test_what_is_not_there_cannot_come_back(tmp_path):
    with pytest.raises(Refused, match="no such file"):
        restored(tmp_path / "nothing", tmp_path / "new")


# Looked over


def test_a_sound_library(filled):
    assert problems_of(filled) == ([], [])


def test_a_read_only_library_is_checked_too(filled):
    reader = Database(filled.folder, read_only=True)
    assert problems_of(reader) == ([], [])
    reader.close()


def test_what_is_derived_is_mended_and_what_a_person_made_is_told(filled):
    with filled.write() as db:
        db.execute("INSERT INTO score VALUES (99, 1, 1, 1)")
        db.execute("INSERT INTO term_noted (counts) VALUES ('[[7')")
        db.execute("DELETE FROM state WHERE article = 3")
        db.execute("INSERT INTO membership (article, thread, independent, vector) VALUES (1, 77, 0, x'')")
        db.execute("INSERT INTO note (uid, thread, text, made, changed) VALUES (x'01', 88, 'mine', 0, 0)")
        db.execute(
            "INSERT INTO picture (article, position, url, width, height, cached, file) VALUES (1, 1, 'u', 0, 0, 0, 'gone.jpg')"
        )
        db.execute("DELETE FROM pending")
    told, _ = problems_of(filled)
    assert told == [
        "1 articles without a state (read, starred)",
        "1 articles that stand in a thread that there is not",
        "2 articles that stand in no thread and do not wait for one",
        "3 articles without a score that do not wait for one",
        "1 counts of words that cannot be read",
        "1 scores of articles that there are not",
        "1 notes on threads that there are not",
        "1 pictures said to be cached whose files are gone",
    ]
    left, notes = problems_of(filled, repair=True)
    assert left == ["1 notes on threads that there are not"]
    assert "mended: 1 scores of articles that there are not" in notes
    assert problems_of(filled)[0] == left
    assert filled.db.execute("SELECT text FROM note").get == "mine"
    assert {id for (id,) in filled.db.execute("SELECT article FROM pending")} == {1, 2, 3}


def test_rows_that_point_nowhere(filled):
    db = apsw.Connection(str(filled.path))
    db.execute("DELETE FROM article WHERE id = 2")
    db.close()
    told, _ = problems_of(filled)
    assert any("points to a article that there is not" in line for line in told)


def test_a_damaged_file_is_said_to_be_so(filled):
    filled.db.pragma("wal_checkpoint", "TRUNCATE")
    page = filled.db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'article_by_date'").get
    size = filled.db.pragma("page_size")
    filled.close()
    with filled.path.open("rb+") as file:
        file.seek((page - 1) * size)
        file.write(b"\0" * size)
    told, _ = problems_of(filled)
    assert told[0].startswith("the file is damaged: ")
    assert "backup" in told[-1]


# Whole or not at all


def test_a_new_file_is_there_whole_or_not_at_all(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old")

    def write(words):
        with safely.new_file(path) as file:
            file.write(words)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(Refused, match="the disk is full"):
        write(b"half")
    assert path.read_text() == "old"
    with safely.new_file(path) as file:
        file.write(b"new")
    assert path.read_text() == "new"
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]
    with pytest.raises(Refused, match="is a folder"), safely.new_file(tmp_path):
        pass


def test_a_new_folder_replaces_nothing_but_an_empty_one(tmp_path):
    with safely.new_folder(tmp_path / "a") as folder:
        (folder / "x").write_text("x")
    (tmp_path / "b").mkdir()
    with safely.new_folder(tmp_path / "b") as folder:
        (folder / "x").write_text("x")
    with pytest.raises(Refused, match="not empty"), safely.new_folder(tmp_path / "a"):
        pass
    (tmp_path / "file").write_text("mine")
    with pytest.raises(Refused, match="not empty"), safely.new_folder(tmp_path / "file"):
        pass
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == ["a", "a/x", "b", "b/x", "file"]


def test_a_small_disk(filled, tmp_path):
    """A file system of a megabyte, where there may be one: nothing is left on it."""
    small = tmp_path / "small"
    small.mkdir()
    if shutil.which("mount") is None or os.system(f"mount -t tmpfs -o size=64k tmpfs {small} 2>/dev/null") != 0:
        return
    try:
        with pytest.raises(Refused, match="the disk is full"):
            copied(filled, small / "copy.watchdesk")
        assert list(small.iterdir()) == []
    finally:
        os.system(f"umount {small}")
