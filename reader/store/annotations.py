"""What the analyst writes on coverage: highlights of passages, and notes on articles, threads and highlights.

Nothing is deleted, only marked as removed: an undo brings it back, and with a highlight the notes on it.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from reader.errors import NotFound, Refused
from reader.records import Anchor, Highlight, Note
from reader.store.database import new_uid
from reader.text import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator

    import apsw

COLOURS = ("yellow", "green", "pink", "blue")
"""What a highlight may look like; the first where nobody says."""

LONGEST_NOTE = 20_000
"""In characters: a note is a remark, not an archive."""


def written(text: str) -> str:
    """What a person wrote, with its line breaks: each line squeezed, at most one blank line between two."""
    lines = "\n".join(squeezed(line) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


# Highlights


def add_highlight(db: apsw.Connection, article: int, anchor: Anchor, colour: str, now: int) -> int:
    """Mark a passage; its id. A passage that is marked already keeps its id and takes the colour.

    Raises `NotFound` where there is no such article, `Refused` for a colour that there is not.
    """
    _check_colour(colour)
    if not is_there(db, "article", article):
        raise NotFound("article", article)
    marked = db.execute(
        "SELECT id FROM highlight WHERE article = ? AND start = ? AND end = ? AND exact = ? AND NOT removed",
        (article, anchor.start, anchor.end, anchor.exact),
    ).fetchone()
    if marked:
        recolour(db, marked[0], colour, now)
        return int(marked[0])
    db.execute(
        "INSERT INTO highlight (uid, article, exact, prefix, suffix, start, end, colour, made, changed)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (new_uid(), article, anchor.exact, anchor.prefix, anchor.suffix, anchor.start, anchor.end, colour, now, now),
    )
    return db.last_insert_rowid()


def recolour(db: apsw.Connection, id: int, colour: str, now: int) -> None:
    """Give a highlight another colour. Raises `NotFound` where there is none, `Refused` for a colour that there is not."""
    _check_colour(colour)
    highlight(db, id)
    db.execute("UPDATE highlight SET colour = ?1, changed = ?2 WHERE id = ?3 AND colour != ?1", (colour, now, id))


def remove_highlight(db: apsw.Connection, id: int, now: int) -> None:
    """Take a highlight off its article; its notes are hidden with it. Raises `NotFound` where there is none."""
    highlight(db, id)
    db.execute("UPDATE highlight SET removed = 1, changed = ? WHERE id = ?", (now, id))


def highlight(db: apsw.Connection, id: int) -> Highlight:
    """One highlight. Raises `NotFound` where there is none, or none any more."""
    found = _highlights(db, "id", id)
    if not found:
        raise NotFound("highlight", id)
    return found[0]


def highlights(db: apsw.Connection, article: int) -> tuple[Highlight, ...]:
    """The highlights of an article, in the order of its text."""
    return _highlights(db, "article", article)


def _highlights(db: apsw.Connection, column: Literal["id", "article"], value: int) -> tuple[Highlight, ...]:
    return tuple(map(_highlight, db.execute(f"{_HIGHLIGHTS} AND {column} = ? ORDER BY start, id", (value,))))


_HIGHLIGHTS = "SELECT id, article, exact, prefix, suffix, start, end, colour, made FROM highlight WHERE NOT removed"


def _highlight(row: tuple[Any, ...]) -> Highlight:
    own, article, exact, prefix, suffix, start, end, colour, made = row
    return Highlight(own, article, Anchor(exact, prefix, suffix, start, end), colour, datetime.fromtimestamp(made, UTC))


def _check_colour(colour: str) -> None:
    if colour not in COLOURS:
        raise Refused(f"there is no colour “{colour}”; there are {', '.join(COLOURS)}")


# Notes


def add_note(
    db: apsw.Connection,
    text: str,
    now: int,
    *,
    article: int | None = None,
    thread: int | None = None,
    highlight: int | None = None,
) -> int:
    """Write a note on exactly one of an article, a thread and a highlight; its id.

    Raises `NotFound` where that is not there, `Refused` for a note without words, one that is too long, or on nothing.
    """
    on = {kind: id for kind, id in (("article", article), ("thread", thread), ("highlight", highlight)) if id is not None}
    if len(on) != 1:
        raise Refused("a note stands on one thing: an article, a thread or a highlight")
    [(kind, id)] = on.items()
    words = _words(text)
    if not is_there(db, kind, id):
        raise NotFound(kind, id)
    db.execute(f"INSERT INTO note (uid, {kind}, text, made, changed) VALUES (?, ?, ?, ?, ?)", (new_uid(), id, words, now, now))
    added = db.last_insert_rowid()
    _touch(db, highlight, now)
    return added


def change_note(db: apsw.Connection, id: int, text: str, now: int) -> None:
    """Give a note other words. Raises `NotFound` where there is none, `Refused` as for a new one."""
    words = _words(text)
    stood = note(db, id)
    if stood.text != words:
        db.execute("UPDATE note SET text = ?, changed = ? WHERE id = ?", (words, now, id))
        _touch(db, stood.highlight, now)


def remove_note(db: apsw.Connection, id: int, now: int) -> None:
    """Take a note away. Raises `NotFound` where there is none."""
    stood = note(db, id)
    db.execute("UPDATE note SET removed = 1, changed = ? WHERE id = ?", (now, id))
    _touch(db, stood.highlight, now)


def note(db: apsw.Connection, id: int) -> Note:
    """One note. Raises `NotFound` where there is none, or none any more."""
    found = _notes(db, "note.id = ?", id)
    if not found:
        raise NotFound("note", id)
    return found[0]


def notes_of_article(db: apsw.Connection, article: int) -> tuple[Note, ...]:
    """The notes on an article and on its highlights, in the order they were written."""
    return _notes(db, "(note.article = ?1 OR highlight.article = ?1)", article)


def notes_of_highlight(db: apsw.Connection, highlight: int) -> tuple[Note, ...]:
    """The notes on a highlight, in the order they were written."""
    return _notes(db, "note.highlight = ?", highlight)


def notes_of_thread(db: apsw.Connection, thread: int) -> tuple[Note, ...]:
    """The notes on a thread and on those that were merged into it, in the order they were written."""
    return _notes(
        db,
        "note.thread IN (WITH RECURSIVE own (id) AS ("
        "VALUES (?) UNION SELECT thread.id FROM thread JOIN own ON merged_into = own.id) SELECT id FROM own)",
        thread,
    )


def _notes(db: apsw.Connection, condition: str, value: int) -> tuple[Note, ...]:
    """Notes that stand; one on a highlight stands with it."""
    found = db.execute(f"{_NOTES} AND {condition} ORDER BY note.id", (value,))
    return tuple(map(_note, found))


_NOTES = (
    "SELECT note.id, text, note.made, note.article, note.thread, note.highlight FROM note"
    " LEFT JOIN highlight ON highlight.id = note.highlight"
    " WHERE NOT note.removed AND NOT coalesce(highlight.removed, 0)"
)


def _note(row: tuple[Any, ...]) -> Note:
    id, text, made, article, thread, highlight = row
    return Note(id, text, datetime.fromtimestamp(made, UTC), article, thread, highlight)


def _words(text: str) -> str:
    words = written(text)
    if not words:
        raise Refused("a note needs words")
    if len(words) > LONGEST_NOTE:
        raise Refused(f"a note has at most {LONGEST_NOTE} characters; this one has {len(words)}")
    return words


def _touch(db: apsw.Connection, highlight: int | None, now: int) -> None:
    """A note on a highlight is a change of it: views are told of the article that the highlight is on.

    Its time moves on even within one second, so that an undo, too, finds something to put back.
    """
    if highlight is not None:
        db.execute("UPDATE highlight SET changed = max(changed + 1, ?) WHERE id = ?", (now, highlight))


_STANDS = {
    "article": "SELECT 1 FROM article WHERE id = ?",
    "thread": "SELECT 1 FROM thread WHERE id = ?",
    "highlight": "SELECT 1 FROM highlight WHERE id = ? AND NOT removed",
}


def is_there(db: apsw.Connection, kind: str, id: int) -> bool:
    """Whether there is such an article, thread or highlight."""
    return db.execute(_STANDS[kind], (id,)).fetchone() is not None


# All of it


class Written(NamedTuple):
    """What the analyst wrote on an article, and its text. A note on a thread stands with the article that leads it."""

    article: int
    text: str
    highlights: tuple[Highlight, ...]
    notes: tuple[Note, ...]


def everything(db: apsw.Connection) -> list[Written]:
    """All highlights and notes by article, the article with the newest of them first."""
    marked: defaultdict[int, list[Highlight]] = defaultdict(list)
    for one in map(_highlight, db.execute(f"{_HIGHLIGHTS} ORDER BY article, start, id")):
        marked[one.article].append(one)
    noted: defaultdict[int, list[Note]] = defaultdict(list)
    for note, article in _placed_notes(db):
        noted[article].append(note)
    texts = dict(
        db.execute(
            "SELECT article, text FROM content WHERE article IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(marked.keys() | noted.keys())),),
        )
    )
    found = [Written(id, text, tuple(marked[id]), tuple(noted[id])) for id, text in texts.items()]
    return sorted(found, key=_newest, reverse=True)


def _placed_notes(db: apsw.Connection) -> Iterator[tuple[Note, int]]:
    """Every note that stands, in the order they were written, and the article it stands with."""
    placed = (
        "coalesce(note.article, highlight.article, (WITH RECURSIVE heir (id, next, head) AS ("
        "SELECT id, merged_into, head FROM thread WHERE id = note.thread"
        " UNION SELECT thread.id, merged_into, thread.head FROM thread JOIN heir ON thread.id = next)"
        " SELECT head FROM heir WHERE next IS NULL))"
    )
    for *row, article in db.execute(f"{_NOTES.replace(' FROM', f', {placed} FROM', 1)} ORDER BY note.id"):
        yield _note(tuple(row)), article


def _newest(written: Written) -> tuple[datetime, int]:
    moments = [highlight.made for highlight in written.highlights] + [note.made for note in written.notes]
    return max(moments), written.article
