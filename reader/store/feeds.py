"""Feeds: what the analyst decided of them, what polling found, and what they brought."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from reader.errors import NotFound, Refused
from reader.records import Feed
from reader.store.database import new_uid
from reader.text import squeezed

if TYPE_CHECKING:
    from collections.abc import Sequence

    import apsw

NEVER = 253_370_764_800
"""When a feed is due that is not to be asked again: the year 9999."""


@dataclass(frozen=True, slots=True)
class Due:
    """A feed that is to be asked, and what is known of its last answer."""

    id: int
    uid: bytes
    url: str
    """Where to ask: where permanent redirects led, else the address of the feed."""
    moved: bool
    """Whether that is elsewhere than the address of the feed."""
    title: str
    link: str
    username: str
    allow_private: bool
    etag: str
    last_modified: str
    body: bytes
    failures: int
    ttl: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """What came of asking a feed. Times are seconds since 1970."""

    status: str
    error: str
    failures: int
    checked: int
    due: int
    ttl: int
    """How long the feed asks to be left alone, in seconds; 0 where it does not say."""
    last_new: int | None
    """When it brought an article; `None` where it did not this time."""
    etag: str
    last_modified: str
    body: bytes
    address: str


_FEED = """
    SELECT feed.id, url, title, folder, link, coalesce(status, ''), coalesce(error, ''), due, last_new, username, allow_private,
           iif(address = url, '', coalesce(address, ''))
    FROM feed LEFT JOIN poll ON poll.feed = feed.id
    WHERE NOT removed
"""


def listed(db: apsw.Connection) -> list[Feed]:
    """Every feed, by folder and title."""
    return [_feed(row) for row in db.execute(f"{_FEED} ORDER BY folder COLLATE NOCASE, title COLLATE NOCASE, feed.id")]


def feed(db: apsw.Connection, id: int) -> Feed:
    """One feed; `NotFound` where there is none."""
    row = db.execute(f"{_FEED} AND feed.id = ?", (id,)).fetchone()
    if row is None:
        raise NotFound("feed", id)
    return _feed(row)


def _feed(row: tuple[Any, ...]) -> Feed:
    id, url, title, folder, link, status, error, due, last_new, username, allow_private, moved_to = row
    return Feed(
        id=id,
        url=url,
        title=title or url,
        folder=folder,
        link=link,
        status=status,
        error=error,
        next_refresh=datetime.fromtimestamp(due, UTC) if due is not None and due < NEVER else None,
        last_new=datetime.fromtimestamp(last_new, UTC) if last_new is not None else None,
        username=username,
        allow_private=bool(allow_private),
        moved_to=moved_to,
    )


def uid(db: apsw.Connection, id: int) -> bytes:
    """The name of a feed that is the same in every copy of its library; `NotFound` where there is no such feed."""
    found = db.execute("SELECT uid FROM feed WHERE id = ? AND NOT removed", (id,)).get
    if not isinstance(found, bytes):
        raise NotFound("feed", id)
    return found


# What the analyst decides


def add(
    db: apsw.Connection,
    url: str,
    now: int,
    *,
    title: str = "",
    link: str = "",
    folder: str = "",
    username: str = "",
    allow_private: bool = False,
) -> int | None:
    """Subscribe; the id of the feed, `None` where it is there already and left as it is. One that was removed comes back.

    Raises `Refused` for what is not http(s).
    """
    url = _checked(url)
    if id_of(db, url) is not None:
        return None
    values = (title.strip(), link, folder.strip(), username, allow_private, now)
    was = db.execute("SELECT id FROM feed WHERE url = ? ORDER BY id DESC LIMIT 1", (url,)).fetchone()
    if was is not None:
        db.execute(
            "UPDATE feed SET removed = 0, title = coalesce(nullif(?, ''), title), link = coalesce(nullif(?, ''), link),"
            " folder = ?, username = ?, allow_private = ?, changed = ? WHERE id = ?",
            (*values, was[0]),
        )
        _ask_anew(db, was[0])
        return int(was[0])
    db.execute(
        "INSERT INTO feed (uid, url, title, link, folder, username, allow_private, changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (new_uid(), url, *values),
    )
    return db.last_insert_rowid()


def id_of(db: apsw.Connection, url: str) -> int | None:
    """The feed at an address, `None` where there is none."""
    found = db.execute("SELECT id FROM feed WHERE url = ? AND NOT removed", (url,)).fetchone()
    return None if found is None else int(found[0])


def _checked(url: str) -> str:
    url = url.strip()
    if not url.lower().startswith(("http://", "https://")):
        raise Refused(f"{url[:80] or 'nothing'} is not the address of a feed: that begins with http:// or https://")
    return url


def edit(
    db: apsw.Connection,
    id: int,
    now: int,
    *,
    url: str | None = None,
    title: str | None = None,
    folder: str | None = None,
    username: str | None = None,
    allow_private: bool | None = None,
) -> Feed:
    """Change what is given; the feed as it is then. Raises `NotFound`, `Refused` for an address that another feed has."""
    before = feed(db, id)
    told = {"url": url, "title": title, "folder": folder, "username": username, "allow_private": allow_private}
    changes = {name: value.strip() if isinstance(value, str) else value for name, value in told.items() if value is not None}
    if "url" in changes and changes["url"] != before.url:
        other = id_of(db, _checked(str(changes["url"])))
        if other is not None:
            raise Refused(f"feed {other} has this address already")
        _ask_anew(db, id)
    if changes:
        assignments = ", ".join(f"{name} = ?" for name in changes)
        db.execute(f"UPDATE feed SET {assignments}, changed = ? WHERE id = ?", (*changes.values(), now, id))
    return feed(db, id)


def remove(db: apsw.Connection, id: int, now: int) -> Feed:
    """Unsubscribe; the feed as it was. What it brought stays. Raises `NotFound`."""
    gone = feed(db, id)
    db.execute("UPDATE feed SET removed = 1, changed = ? WHERE id = ?", (now, id))
    return gone


def rename_folder(db: apsw.Connection, old: str, new: str, now: int) -> int:
    """Give a folder another name; one that is there already takes its feeds in. How many feeds. Raises `Refused`."""
    name = squeezed(new)
    if not name:
        raise Refused("a folder needs a name")
    db.execute("UPDATE feed SET folder = ?, changed = ? WHERE folder = ? AND NOT removed", (name, now, old))
    return db.changes()


def _ask_anew(db: apsw.Connection, id: int) -> None:
    """Forget what was known of the last answer: it was that of another address, or long ago."""
    db.execute(
        "UPDATE poll SET etag = '', last_modified = '', body = x'', address = '', due = 0, failures = 0 WHERE feed = ?", (id,)
    )


# Polling


def due(db: apsw.Connection, now: int, ids: Sequence[int] | None = None, *, force: bool = False) -> list[Due]:
    """The feeds to ask, those that waited longest first; of `ids` if given. `force` asks also those that are not due.

    Raises `NotFound` for an id that there is not.
    """
    for id in ids or ():
        feed(db, id)
    rows = db.execute(
        """
        SELECT feed.id, uid, coalesce(nullif(address, ''), url), coalesce(address, '') != '', title, link, username,
               allow_private, coalesce(etag, ''), coalesce(last_modified, ''), coalesce(body, x''), coalesce(failures, 0),
               coalesce(ttl, 0)
        FROM feed LEFT JOIN poll ON poll.feed = feed.id
        WHERE NOT removed AND (?1 OR coalesce(due, 0) <= ?2) AND (?3 IS NULL OR feed.id IN (SELECT value FROM json_each(?3)))
        ORDER BY coalesce(due, 0), feed.id
        """,
        (force, now, None if ids is None else json.dumps(list(ids))),
    )
    return [
        Due(id, uid, url, bool(moved), title, link, username, bool(private), *rest)
        for id, uid, url, moved, title, link, username, private, *rest in rows
    ]


def keep_poll(db: apsw.Connection, id: int, poll: Poll) -> None:
    """Keep what came of asking a feed."""
    names = [column.name for column in fields(Poll)]
    values = [getattr(poll, name) for name in names]
    updates = ", ".join(f"{name} = excluded.{name}" for name in names if name != "last_new")
    db.execute(
        f"INSERT INTO poll (feed, {', '.join(names)}) VALUES (?, {', '.join('?' * len(names))})"
        f" ON CONFLICT (feed) DO UPDATE SET {updates}, last_new = coalesce(excluded.last_new, last_new)",
        (id, *values),
    )


def name(db: apsw.Connection, id: int, title: str, link: str, now: int) -> None:
    """Take over title and site from the feed itself, where the analyst gave none."""
    db.execute(
        "UPDATE feed SET title = iif(title = '', ?1, title), link = iif(link = '', ?2, link), changed = ?3"
        " WHERE id = ?4 AND ((title = '' AND ?1 != '') OR (link = '' AND ?2 != ''))",
        (title, link, now, id),
    )


# Arrivals


def fingerprints(db: apsw.Connection, id: int) -> frozenset[bytes]:
    """The fingerprints of the items that a feed has brought, as they were last."""
    return frozenset(found for (found,) in db.execute("SELECT fingerprint FROM arrival WHERE feed = ?", (id,)))


def arrived(db: apsw.Connection, id: int, guid: str) -> int | None:
    """The article that a feed brought by this name; `None` where it did not."""
    found = db.execute("SELECT article FROM arrival WHERE feed = ? AND guid = ?", (id, guid)).fetchone()
    return None if found is None else int(found[0])


def keep_arrival(db: apsw.Connection, id: int, guid: str, fingerprint: bytes, article: int) -> None:
    """Note that a feed brought an item, and which article it is."""
    db.execute(
        "INSERT INTO arrival (feed, guid, fingerprint, article) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (feed, guid) DO UPDATE SET fingerprint = excluded.fingerprint, article = excluded.article",
        (id, guid, fingerprint, article),
    )
