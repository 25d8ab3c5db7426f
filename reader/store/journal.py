"""What a transaction changed, noted by SQLite itself: for the views, for other processes, and for undo.

Hooks and sessions cannot forget; callers can. The update hook gives the ids that views are told of; an SQLite session gives
the changeset that takes a command back (https://sqlite.org/sessionintro.html).
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import fields
from typing import TYPE_CHECKING

import apsw

from reader.records import Changes
from reader.store.schema import MOVED_TABLES, SHOWS_AS, USER_TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

KEPT_UNDOS = 200
KEPT_CHANGES = 500


class Notes:
    """The rows that one connection has changed since it was last asked."""

    def __init__(self, db: apsw.Connection) -> None:
        self._rows: defaultdict[str, set[int]] = defaultdict(set)
        self._db = db
        db.set_update_hook(self._note)

    def _note(self, _operation: int, _database: str, table: str, row: int) -> None:
        if table in SHOWS_AS:
            self._rows[table].add(row)

    def take(self) -> Changes:
        """Hand over what was noted, as ids that a view knows. Ask inside the transaction."""
        ids: defaultdict[str, set[int]] = defaultdict(set)
        for table, rows in self._rows.items():
            for kind, column in SHOWS_AS[table]:
                ids[kind].update(rows if _is_row_id(self._db, table, column) else _look_up(self._db, table, column, rows))
        self.forget()
        return _changes(ids)

    def forget(self) -> None:
        """Drop what was noted: the transaction was rolled back."""
        self._rows.clear()


def _is_row_id(db: apsw.Connection, table: str, column: str) -> bool:
    return bool(db.execute("SELECT pk FROM pragma_table_info(?) WHERE name = ?", (table, column)).get)


def _look_up(db: apsw.Connection, table: str, column: str, rows: set[int]) -> Iterator[int]:
    asked = json.dumps(sorted(rows))
    found = db.execute(
        f"SELECT DISTINCT {column} FROM {table} WHERE id IN (SELECT value FROM json_each(?))",
        (asked,),
    )
    return (id for (id,) in found if id is not None)


def _changes(ids: dict[str, set[int]]) -> Changes:
    return Changes(**{kind: frozenset(found) for kind, found in ids.items()})


# Undo


def record(db: apsw.Connection) -> apsw.Session:
    """Start to record what happens to the tables of the user, and to those that only a correction of the grouping changes."""
    session = apsw.Session(db, "main")
    for table in (*USER_TABLES, *MOVED_TABLES):
        session.attach(table)
    return session


def keep(db: apsw.Connection, name: str, at: int, session: apsw.Session) -> None:
    """Store what a command did, so that it can be taken back. What was undone before can no longer be redone."""
    changeset = session.changeset()
    if not changeset:
        return
    db.execute("DELETE FROM undo WHERE undone")
    db.execute("INSERT INTO undo (name, at, changeset) VALUES (?, ?, ?)", (name, at, changeset))
    db.execute("DELETE FROM undo WHERE id <= (SELECT max(id) FROM undo) - ?", (KEPT_UNDOS,))


_LAST = "SELECT id, name, changeset FROM undo WHERE NOT undone ORDER BY id DESC LIMIT 1"
_UNDONE = "SELECT id, name, changeset FROM undo WHERE undone ORDER BY id LIMIT 1"


def undoable(db: apsw.Connection) -> tuple[str | None, str | None]:
    """The names of the commands that an undo and a redo would take."""
    last, undone = db.execute(_LAST).fetchone(), db.execute(_UNDONE).fetchone()
    return (last[1] if last else None), (undone[1] if undone else None)


def undo(db: apsw.Connection) -> tuple[str, Changes] | None:
    """Take back the last command that stands: its name, and what changed; `None` if there is none."""
    found = db.execute(_LAST).fetchone()
    if found is None:
        return None
    id, name, changeset = found
    _apply(db, apsw.Changeset.invert(changeset))
    db.execute("UPDATE undo SET undone = 1 WHERE id = ?", (id,))
    return name, _touched(changeset)


def redo(db: apsw.Connection) -> tuple[str, Changes] | None:
    """Do again what was undone last: its name, and what changed; `None` if there is nothing."""
    found = db.execute(_UNDONE).fetchone()
    if found is None:
        return None
    id, name, changeset = found
    _apply(db, changeset)
    db.execute("UPDATE undo SET undone = 0 WHERE id = ?", (id,))
    return name, _touched(changeset)


def _apply(db: apsw.Connection, changeset: bytes) -> None:
    """Apply a changeset; a row in which one of its columns changed since is left as it is.

    An article that cannot go back to where it stood is grouped again, and the threads are scored anew; a thread that was made
    goes unless something joined it, a storyline that nothing is left of ends.
    """
    stuck: dict[str, set[int]] = {"membership": set(), "thread": set(), "storyline": set()}

    def conflict(_reason: int, change: apsw.TableChange) -> int:
        if change.name in stuck and change.old is not None and isinstance(change.old[0], int):
            stuck[change.name].add(change.old[0])
        return apsw.SQLITE_CHANGESET_OMIT

    apsw.Changeset.apply(changeset, db, conflict=conflict)
    if stuck["thread"]:
        db.execute(
            "DELETE FROM thread WHERE id IN (SELECT value FROM json_each(?)) AND merged_into IS NULL"
            " AND NOT EXISTS (SELECT 1 FROM membership WHERE thread = thread.id)",
            (json.dumps(sorted(stuck["thread"])),),
        )
    if stuck["storyline"]:
        db.execute(
            "UPDATE storyline SET ended = 1 WHERE id IN (SELECT value FROM json_each(?)) AND NOT ended"
            " AND NOT EXISTS (SELECT 1 FROM thread WHERE storyline = storyline.id AND thread.merged_into IS NULL)",
            (json.dumps(sorted(stuck["storyline"])),),
        )
    if stuck["membership"]:
        db.execute(
            "INSERT INTO pending SELECT article, 1 FROM membership WHERE article IN (SELECT value FROM json_each(?))"
            " ON CONFLICT (article) DO UPDATE SET regroup = 1",
            (json.dumps(sorted(stuck["membership"])),),
        )
    if stuck["membership"] or stuck["thread"]:
        db.execute(
            "INSERT OR IGNORE INTO pending (article) SELECT min(article) FROM membership"
            " WHERE thread IN (SELECT value FROM json_each(?)) GROUP BY thread",
            (json.dumps(sorted(_touched(changeset).threads)),),
        )


def _touched(changeset: bytes) -> Changes:
    """The ids that a view knows of the rows in a changeset, also of rows that are gone now."""
    ids: defaultdict[str, set[int]] = defaultdict(set)
    for change in apsw.Changeset.iter(changeset):
        for kind, column in SHOWS_AS.get(change.name, ()):
            place = _COLUMNS[change.name].index(column)
            for row in (change.old, change.new):
                id = row[place] if row is not None else None
                if isinstance(id, int):
                    ids[kind].add(id)
    return _changes(ids)


# Other processes


def tell(db: apsw.Connection, writer: str, at: int, changes: Changes) -> None:
    """Leave a note of what was written, for other processes that have the library open."""
    ids = {kind.name: sorted(getattr(changes, kind.name)) for kind in fields(changes)}
    db.execute("INSERT INTO change (writer, at, ids) VALUES (?, ?, ?)", (writer, at, json.dumps(ids)))
    db.execute("DELETE FROM change WHERE id <= (SELECT max(id) FROM change) - ?", (KEPT_CHANGES,))


def heard(db: apsw.Connection, since: int, writer: str) -> tuple[int, Changes]:
    """What writers other than `writer` have written after note `since`, and the number of the last note."""
    last, changes = since, Changes()
    for id, by, ids in db.execute("SELECT id, writer, ids FROM change WHERE id > ? ORDER BY id", (since,)):
        last = id
        if by != writer:
            changes |= _changes(json.loads(ids))
    return last, changes


def last_note(db: apsw.Connection) -> int:
    """The number of the newest note, to start listening from."""
    found = db.execute("SELECT coalesce(max(id), 0) FROM change").get
    assert isinstance(found, int)
    return found


def _columns(tables: Iterable[str]) -> dict[str, list[str]]:
    from reader.store.schema import migrate  # noqa: PLC0415 - once, to know the tables as they are built

    db = apsw.Connection(":memory:")
    migrate(db)
    return {table: [name for (name,) in db.execute("SELECT name FROM pragma_table_info(?)", (table,))] for table in tables}


_COLUMNS = _columns((*USER_TABLES, *MOVED_TABLES))
