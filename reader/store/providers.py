"""The outlets that articles come from, whichever feed brought them: one per registrable domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.errors import NotFound, Refused
from reader.records import Outlet, Provider
from reader.text import domain_of, folded, squeezed

if TYPE_CHECKING:
    import apsw

LIST = """
    SELECT provider.id, provider.name, provider.domain, provider.standing,
           (SELECT count(*) FROM article WHERE article.provider = provider.id)
    FROM provider
"""


def keep(db: apsw.Connection, outlet: Outlet, address: str, now: int) -> int | None:
    """The id of an outlet, made where it is new; `None` where neither it nor the article's address tells who it is.

    An outlet without a domain is the one that the address belongs to; one known by its domain alone takes the first name given.
    """
    name = squeezed(outlet.name)
    domain = domain_of(outlet.domain) or domain_of(address) or (domain_of(name) if "." in name and " " not in name else "")
    if not domain and not name:
        return None
    key = domain or f"name:{folded(name)}"
    found = db.execute("SELECT id, name FROM provider WHERE key = ?", (key,)).fetchone()
    if found is None:
        return _add(db, key, domain, name or domain, now)
    id, known_as = found
    if known_as == domain and name and name != domain:
        db.execute("UPDATE provider SET name = ?, changed = ? WHERE id = ?", (name, now, id))
    assert isinstance(id, int)
    return id


def _add(db: apsw.Connection, key: str, domain: str, name: str, now: int) -> int:
    db.execute("INSERT INTO provider (key, domain, name, changed) VALUES (?, ?, ?, ?)", (key, domain, name, now))
    return db.last_insert_rowid()


def listed(db: apsw.Connection) -> list[Provider]:
    """Every provider, the one with most articles first."""
    return [Provider(*row) for row in db.execute(f"{LIST} ORDER BY 5 DESC, provider.name COLLATE NOCASE")]


def provider(db: apsw.Connection, id: int) -> Provider:
    """One provider; `NotFound` where there is none."""
    row = db.execute(f"{LIST} WHERE provider.id = ?", (id,)).fetchone()
    if row is None:
        raise NotFound("provider", id)
    return Provider(*row)


def rename(db: apsw.Connection, id: int, name: str, now: int) -> None:
    """Give a provider the name that the analyst wants. Raises `NotFound`, `Refused` for an empty name."""
    if not squeezed(name):
        raise Refused("a provider needs a name")
    provider(db, id)
    db.execute("UPDATE provider SET name = ?, changed = ? WHERE id = ?", (squeezed(name), now, id))


def set_standing(db: apsw.Connection, id: int, standing: int | None, now: int) -> None:
    """Say what the analyst thinks of a provider, 0-100; `None` goes back to the starting value. Raises `NotFound`, `Refused`."""
    if standing is not None and not 0 <= standing <= 100:
        raise Refused(f"a standing is 0 to 100, not {standing}")
    provider(db, id)
    db.execute("UPDATE provider SET standing = ?, changed = ? WHERE id = ?", (standing, now, id))
