"""One way to write: all or nothing, told to whoever looks, taken back by column, and never over what is not ours."""

from __future__ import annotations

import socket
import sqlite3
import threading

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import JobRunning, LibraryDamaged, LibraryTooNew, LibraryUnwritable, NotALibrary
from reader.records import Changes, Record
from reader.store import articles, schema, states
from reader.store.database import Database, new_uid


def fill(database, count=3):
    with database.write() as db:
        return [articles.keep(db, Record(title=f"Article {n}", web_url=f"https://a.example/{n}"), 0)[0] for n in range(count)]


def mark(database, ids, flag="read", on=True):
    with database.write(undo=f"mark_{flag}") as db:
        return states.mark(db, flag, ids, on, 1)


def flags(database, flag="read"):
    return [bool(value) for (value,) in database.db.execute(f"SELECT {flag} FROM state ORDER BY article")]


def test_a_transaction_that_fails_leaves_nothing(database):
    def fail(db):
        articles.keep(db, Record(title="Lost", web_url="https://a.example/lost"), 0)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), database.write() as db:
        fail(db)
    assert database.db.execute("SELECT count(*) FROM article").get == 0


def test_every_write_tells_what_it_changed(tmp_path):
    told = []
    database = Database(tmp_path, on_change=told.append)
    ids = fill(database)
    mark(database, ids[:2])
    assert told[0].articles == frozenset(ids)
    assert told[1] == Changes(articles=frozenset(ids[:2]))
    database.close()


def test_what_others_wrote_is_heard_and_own_words_are_not(tmp_path):
    ours, theirs = Database(tmp_path), Database(tmp_path)
    mark_heard, _ = ours.heard(-1)
    fill(ours)
    ids = fill(theirs)
    mark(theirs, ids[:1])
    _, changes = ours.heard(mark_heard)
    assert changes.articles == frozenset(ids[:1])
    ours.close()
    theirs.close()


def test_undo_takes_back_the_command_and_nothing_that_came_later(database):
    ids = fill(database)
    mark(database, ids)
    with database.write() as db:
        db.execute("UPDATE article SET title = 'Corrected'")
        db.execute("UPDATE state SET starred = 1 WHERE article = ?", (ids[0],))
    assert database.undo() == "mark_read"
    assert flags(database) == [False] * 3
    assert flags(database, "starred") == [True, False, False]
    assert {title for (title,) in database.db.execute("SELECT title FROM article")} == {"Corrected"}


def test_a_row_that_was_changed_since_is_left_as_it_is(database):
    ids = fill(database)
    mark(database, ids)
    with database.write() as db:  # another hand, without undo
        states.mark(db, "read", ids[:1], False, 2)
        states.mark(db, "read", ids[:1], True, 3)
    database.undo()
    assert flags(database) == [True, False, False]


def test_undo_and_redo_survive_a_restart(database):
    ids = fill(database)
    mark(database, ids[:1])
    mark(database, ids[1:2], "starred")
    database.close()
    again = Database(database.folder)
    assert (again.undo(), again.undo(), again.undo()) == ("mark_starred", "mark_read", None)
    assert (again.redo(), flags(again)) == ("mark_read", [True, False, False])
    mark(again, ids[2:])
    assert again.redo() is None
    again.close()


def test_undo_tells_what_it_changed_even_of_rows_that_are_gone(tmp_path):
    told = []
    database = Database(tmp_path, on_change=told.append)
    (id,) = fill(database, 1)
    with database.write(undo="highlight") as db:
        db.execute(
            "INSERT INTO highlight (uid, article, exact, prefix, suffix, start, end, colour, made, changed)"
            " VALUES (?, ?, 'x', '', '', 0, 1, 'yellow', 0, 0)",
            (new_uid(), id),
        )
    assert database.undo() == "highlight"
    assert told[-1].articles == frozenset({id})
    database.close()


@given(st.lists(st.tuples(st.sampled_from(["read", "starred", "hidden"]), st.sets(st.integers(1, 3)), st.booleans()), max_size=8))
def test_undoing_everything_is_where_one_began(tmp_path_factory, commands):
    database = Database(tmp_path_factory.mktemp("library"))
    fill(database)
    before = list(database.db.execute("SELECT * FROM state"))
    for flag, ids, on in commands:
        mark(database, ids, flag, on)
    after = list(database.db.execute("SELECT * FROM state"))
    while database.undo():
        pass
    assert list(database.db.execute("SELECT * FROM state")) == before
    while database.redo():
        pass
    assert list(database.db.execute("SELECT * FROM state")) == after
    database.close()


def test_threads_of_the_program_write_in_turn(database):
    (id,) = fill(database, 1)

    def write():
        for _ in range(20):
            with database.write() as db:
                db.execute("UPDATE article SET word_count = word_count + 1 WHERE id = ?", (id,))

    workers = [threading.Thread(target=write) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert database.db.execute("SELECT word_count FROM article").get == 80


def test_two_jobs_of_a_kind_do_not_meet(database):
    with database.lease("refresh"):
        with pytest.raises(JobRunning, match="refresh already runs"), database.lease("refresh"):
            pass
        with database.lease("import"):
            pass
    with database.lease("refresh") as lease:
        lease.beat()


def test_the_lease_of_a_dead_process_is_taken_over(database):
    with database.write() as db:
        db.execute("INSERT INTO lease VALUES ('refresh', ?, 0, 0)", (f"{socket.gethostname()}:999999:1.00",))
    with database.lease("refresh"):
        pass


# Files that are not what they should be


def test_an_empty_file_is_not_taken_for_a_new_library(tmp_path):
    (tmp_path / "library.db").touch()
    with pytest.raises(LibraryDamaged, match="empty"):
        Database(tmp_path)
    assert (tmp_path / "library.db").stat().st_size == 0


def test_a_file_of_another_program_is_left_alone(tmp_path):
    other = sqlite3.connect(tmp_path / "library.db")
    other.execute("CREATE TABLE theirs (id)")
    other.commit()
    other.close()
    before = (tmp_path / "library.db").read_bytes()
    with pytest.raises(NotALibrary):
        Database(tmp_path)
    assert (tmp_path / "library.db").read_bytes() == before


def test_a_file_that_is_no_database_is_left_alone(tmp_path):
    (tmp_path / "library.db").write_bytes(b"not a database at all, but some words" * 100)
    with pytest.raises(LibraryDamaged):
        Database(tmp_path)


def test_a_newer_library_is_left_alone(database):
    database.db.execute(f"PRAGMA user_version = {schema.NEWEST + 1}")
    database.close()
    with pytest.raises(LibraryTooNew, match="newer Watchdesk"):
        Database(database.folder)


def test_a_library_is_a_folder(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotALibrary):
        Database(tmp_path / "file" / "below")


def test_one_that_only_reads_cannot_write(database):
    fill(database)
    reader = Database(database.folder, read_only=True)
    with pytest.raises(LibraryUnwritable), reader.write() as db:
        db.execute("DELETE FROM article")
    reader.close()


def test_the_tables_are_built_step_by_step_to_the_same_end():
    stepwise = apsw.Connection(":memory:")
    for step in schema.STEPS:
        stepwise.execute(step)
    fresh = apsw.Connection(":memory:")
    schema.migrate(fresh)
    tables = "SELECT name, sql FROM sqlite_schema ORDER BY name"
    assert list(stepwise.execute(tables)) == list(fresh.execute(tables))
    assert fresh.pragma("application_id") == schema.APPLICATION_ID


def test_hooks_hear_every_table_that_is_seen():
    db = apsw.Connection(":memory:")
    schema.migrate(db)
    for table, shown in schema.SHOWS_AS.items():
        columns = {name for (name,) in db.execute("SELECT name FROM pragma_table_info(?)", (table,))}
        assert {column for _, column in shown} <= columns
        (sql,) = db.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
        assert "WITHOUT ROWID" not in sql


def test_ids_sort_by_the_time_they_were_made():
    uids = [new_uid() for _ in range(3)]
    assert all(len(uid) == 16 and uid[6] >> 4 == 7 and uid[8] >> 6 == 2 for uid in uids)
    assert [uid[:6] for uid in uids] == sorted(uid[:6] for uid in uids)


def test_a_library_that_was_not_made_to_the_end_was_never_there(tmp_path, monkeypatch):
    def full(_db):
        raise apsw.FullError

    monkeypatch.setattr(schema, "migrate", full)
    with pytest.raises(LibraryUnwritable, match="disk is full"):
        Database(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_two_who_make_a_library_at_once_share_one(tmp_path):
    opened = []
    together = threading.Barrier(4)

    def make():
        together.wait()
        opened.append(Database(tmp_path))

    makers = [threading.Thread(target=make) for _ in range(4)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert len(opened) == 4
    fill(opened[0])
    assert {database.db.execute("SELECT count(*) FROM article").get for database in opened} == {3}
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    for database in opened:
        database.close()
