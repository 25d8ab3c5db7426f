"""Briefings: chosen threads, articles and highlights, in order, each with a comment.

A thing is in a briefing once: `kind` and `target` name it there. Nothing is deleted, only marked as removed.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reader.errors import NotFound, Refused
from reader.records import Briefing, BriefingItem
from reader.store.annotations import is_there, written
from reader.store.database import new_uid
from reader.text import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import apsw

KINDS = ("thread", "article", "highlight")

MOST_ITEMS = 2000
"""More than this is no briefing, and takes the typesetter too long."""

LONGEST_TITLE = 300
"""In characters: what still fits on a cover."""

LONGEST_TEXT = 20_000
"""In characters, of a summary or a comment."""

# Briefings


def new(
    db: apsw.Connection, title: str, now: int, *, audience: str = "", summary: str = "", items: Iterable[BriefingItem] = ()
) -> int:
    """Make a briefing; its id. Raises `Refused` without a title, `NotFound` where an item is not there."""
    db.execute(
        "INSERT INTO briefing (uid, title, audience, summary, made, changed) VALUES (?, ?, ?, ?, ?, ?)",
        (new_uid(), _title(title), squeezed(audience), _said(summary), now, now),
    )
    id = db.last_insert_rowid()
    add_items(db, id, items, now)
    return id


def edit(
    db: apsw.Connection,
    id: int,
    now: int,
    *,
    title: str | None = None,
    audience: str | None = None,
    summary: str | None = None,
) -> None:
    """Change what a briefing says of itself; `None` leaves it. Raises `NotFound`; `Refused` without a title."""
    stood = briefing(db, id)
    db.execute(
        "UPDATE briefing SET title = ?, audience = ?, summary = ?, changed = ? WHERE id = ?",
        (
            stood.title if title is None else _title(title),
            stood.audience if audience is None else squeezed(audience),
            stood.summary if summary is None else _said(summary),
            now,
            id,
        ),
    )


def remove(db: apsw.Connection, id: int, now: int) -> None:
    """Take a briefing away. Raises `NotFound` where there is none."""
    briefing(db, id)
    db.execute("UPDATE briefing SET removed = 1, changed = ? WHERE id = ?", (now, id))


def briefing(db: apsw.Connection, id: int) -> Briefing:
    """One briefing, with its items in order. Raises `NotFound` where there is none, or none any more."""
    found = db.execute("SELECT title, audience, summary, made FROM briefing WHERE id = ? AND NOT removed", (id,)).fetchone()
    if found is None:
        raise NotFound("briefing", id)
    title, audience, summary, made = found
    return Briefing(id, title, audience, summary, datetime.fromtimestamp(made, UTC), _items(db, id))


def listed(db: apsw.Connection) -> list[Briefing]:
    """Every briefing, the newest first."""
    ids = [id for (id,) in db.execute("SELECT id FROM briefing WHERE NOT removed ORDER BY made DESC, id DESC")]
    return [briefing(db, id) for id in ids]


def _title(words: str) -> str:
    title = squeezed(words)
    if not title:
        raise Refused("a briefing needs a title")
    if len(title) > LONGEST_TITLE:
        raise Refused(f"the title of a briefing has at most {LONGEST_TITLE} characters; this one has {len(title)}")
    return title


def _said(text: str) -> str:
    words = written(text)
    if len(words) > LONGEST_TEXT:
        raise Refused(f"a summary or a comment has at most {LONGEST_TEXT} characters; this one has {len(words)}")
    return words


# Items


def add_items(db: apsw.Connection, id: int, items: Iterable[BriefingItem], now: int) -> int:
    """Put things at the end of a briefing, in order; how many were not in it yet. One that is in it takes a new comment.

    Raises `NotFound` where a thing is not there, `Refused` for a kind that there is not, and for too many.
    """
    stood = briefing(db, id).items
    told = {(item.kind, item.target): item for item in items}
    _check(db, told.values())
    known = {(item.kind, item.target) for item in stood}
    fresh = [item for key, item in told.items() if key not in known]
    if len(known) + len(fresh) > MOST_ITEMS:
        raise Refused(f"a briefing has at most {MOST_ITEMS} items")
    for item in (item for key, item in told.items() if key in known and item.comment):
        comment(db, id, item, now)
    at = db.execute("SELECT coalesce(max(position), 0) FROM briefing_item WHERE briefing = ?", (id,)).get
    assert isinstance(at, int)
    db.executemany(
        "INSERT INTO briefing_item (uid, briefing, position, kind, target, comment, changed) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (new_uid(), id, place, item.kind, item.target, _said(item.comment), now)
            for place, item in enumerate(fresh, start=at + 1)
        ),
    )
    return len(fresh)


def remove_items(db: apsw.Connection, id: int, items: Iterable[BriefingItem], now: int) -> int:
    """Take things out of a briefing, whatever their comments; how many were in it."""
    briefing(db, id)
    before = db.total_changes()
    db.executemany(
        "UPDATE briefing_item SET removed = 1, changed = ? WHERE briefing = ? AND kind = ? AND target = ? AND NOT removed",
        ((now, id, item.kind, item.target) for item in items),
    )
    return db.total_changes() - before


def comment(db: apsw.Connection, id: int, item: BriefingItem, now: int) -> None:
    """Give a thing in a briefing the comment that `item` carries. Raises `NotFound` where it is not in it."""
    _place(db, id, item)
    db.execute(
        "UPDATE briefing_item SET comment = ?, changed = ? WHERE briefing = ? AND kind = ? AND target = ? AND NOT removed",
        (_said(item.comment), now, id, item.kind, item.target),
    )


def reorder(db: apsw.Connection, id: int, items: Sequence[BriefingItem], now: int) -> None:
    """Put a briefing's things in this order; what is not named follows, as it stood.

    Raises `NotFound` where a named one is not in it.
    """
    for item in items:
        _place(db, id, item)
    first = dict.fromkeys((item.kind, item.target) for item in items)
    rest = ((item.kind, item.target) for item in briefing(db, id).items)
    for position, (kind, target) in enumerate(dict.fromkeys([*first, *rest]), start=1):
        db.execute(
            "UPDATE briefing_item SET position = ?1, changed = ?2"
            " WHERE briefing = ?3 AND kind = ?4 AND target = ?5 AND NOT removed AND position != ?1",
            (position, now, id, kind, target),
        )


def _items(db: apsw.Connection, id: int) -> tuple[BriefingItem, ...]:
    found = db.execute(
        "SELECT kind, target, comment FROM briefing_item WHERE briefing = ? AND NOT removed ORDER BY position, id", (id,)
    )
    return tuple(BriefingItem(*item) for item in found)


def _place(db: apsw.Connection, id: int, item: BriefingItem) -> int:
    found = db.execute(
        "SELECT position FROM briefing_item WHERE briefing = ? AND kind = ? AND target = ? AND NOT removed",
        (id, item.kind, item.target),
    ).fetchone()
    if found is None:
        raise NotFound(f"{item.kind} in briefing {id}:", item.target)
    return int(found[0])


def _check(db: apsw.Connection, items: Iterable[BriefingItem]) -> None:
    for item in items:
        if item.kind not in KINDS:
            raise Refused(f"a briefing holds threads, articles and highlights, no {item.kind}")
        if not is_there(db, item.kind, item.target):
            raise NotFound(item.kind, item.target)
