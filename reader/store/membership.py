"""Which article is in which thread, and what grouping needs to go on: vectors, names, bonds, and what is pending."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from reader.store import term_counts
from reader.store.database import new_uid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import apsw

    from reader.records import Fact


def _asked(ids: Iterable[int]) -> tuple[str]:
    return (json.dumps(list(ids)),)


# What is to be done


class Pending(NamedTuple):
    """An article to be looked at; `date` is in seconds since 1970. `regroup`: its whole thread is to be grouped again."""

    article: int
    date: int | None
    regroup: bool
    words: int = 0


def pending(db: apsw.Connection, most: int = -1) -> list[Pending]:
    """What is to be done, in order of date; what has no date comes last. Up to `most` of it, -1 for all."""
    found = db.execute(
        "SELECT article, date, regroup, word_count FROM pending JOIN article ON article.id = article"
        " ORDER BY date IS NULL, date, article LIMIT ?",
        (most,),
    )
    return [Pending(article, date, bool(regroup), words) for article, date, regroup, words in found]


def waiting(db: apsw.Connection) -> int:
    """How much there is to be done."""
    found = db.execute("SELECT count(*) FROM pending").get
    return found if isinstance(found, int) else 0


def to_regroup(db: apsw.Connection, most: int = 500) -> list[int]:
    """Articles whose whole thread is to be grouped again."""
    found = db.execute(
        "SELECT article FROM pending JOIN membership USING (article) WHERE regroup ORDER BY article LIMIT ?", (most,)
    )
    return [article for (article,) in found]


def still_pending(db: apsw.Connection, articles: Iterable[int]) -> dict[int, bool]:
    """Of these articles, those that still are to be done, and whether to regroup."""
    found = db.execute("SELECT article, regroup FROM pending WHERE article IN (SELECT value FROM json_each(?))", _asked(articles))
    return {article: bool(regroup) for article, regroup in found}


def regroup_around(db: apsw.Connection, articles: Iterable[int]) -> None:
    """Have the whole threads of these articles grouped again."""
    db.execute(
        "INSERT INTO pending SELECT article, 1 FROM membership WHERE article IN (SELECT value FROM json_each(?))"
        " ON CONFLICT (article) DO UPDATE SET regroup = 1",
        _asked(articles),
    )


def done(db: apsw.Connection, articles: Iterable[int]) -> None:
    """Cross articles off; belongs in the transaction that writes their results."""
    db.execute("DELETE FROM pending WHERE article IN (SELECT value FROM json_each(?))", _asked(articles))


def ask_for_all(db: apsw.Connection) -> None:
    """Have every article grouped again."""
    db.execute("INSERT INTO pending SELECT id, 1 FROM article WHERE true ON CONFLICT (article) DO UPDATE SET regroup = 1")
    term_counts.forget(db)


def dissolve(db: apsw.Connection, most: int) -> int:
    """Take up to `most` articles that are to be regrouped out of their threads; how many."""
    db.execute(
        "DELETE FROM membership WHERE article IN"
        " (SELECT article FROM membership JOIN pending USING (article) WHERE regroup LIMIT ?)",
        (most,),
    )
    return db.changes()


# Who is where


class Place(NamedTuple):
    """An article in its thread. `quality` is the recorded one where there is one, else ours."""

    thread: int
    article: int
    date: int | None
    copy_of: int | None
    vector: bytes


def places(db: apsw.Connection, threads: Iterable[int]) -> Iterator[Place]:
    """The members of these threads, in order of date."""
    found = db.execute(
        "SELECT thread, article, date, copy_of, vector FROM membership JOIN article ON article.id = article"
        " WHERE thread IN (SELECT value FROM json_each(?)) ORDER BY date IS NULL, date, article",
        _asked(threads),
    )
    return (Place(*row) for row in found)


def places_of(db: apsw.Connection, articles: Iterable[int]) -> list[Place]:
    """These articles where they are, in order of date."""
    found = db.execute(
        "SELECT thread, article, date, copy_of, vector FROM membership JOIN article ON article.id = article"
        " WHERE article IN (SELECT value FROM json_each(?)) ORDER BY date IS NULL, date, article",
        _asked(articles),
    )
    return [Place(*row) for row in found]


def articles_of(db: apsw.Connection, thread: int) -> list[int]:
    """The articles of a thread."""
    return [article for (article,) in db.execute("SELECT article FROM membership WHERE thread = ?", (thread,))]


def threads_of(db: apsw.Connection, articles: Iterable[int]) -> dict[int, int]:
    """The thread of each of these articles that has one."""
    found = db.execute(
        "SELECT article, thread FROM membership WHERE article IN (SELECT value FROM json_each(?))", _asked(articles)
    )
    return dict(found)


def threads_between(db: apsw.Connection, first: int, last: int) -> set[int]:
    """Threads with an article of this time."""
    found = db.execute(
        "SELECT DISTINCT thread FROM article JOIN membership ON article = article.id WHERE date BETWEEN ? AND ?", (first, last)
    )
    return {thread for (thread,) in found}


def threads_named(db: apsw.Connection, names: Iterable[str], *, undated: bool, most: int = 200) -> set[int]:
    """Threads in whose articles these names lead, those that share most of them first; with `undated` of undated articles."""
    found = db.execute(
        "SELECT thread FROM name JOIN membership USING (article) JOIN article ON article.id = name.article"
        " WHERE name IN (SELECT value FROM json_each(?1)) AND leads AND (date IS NULL OR NOT ?2)"
        " GROUP BY thread ORDER BY count(DISTINCT name) DESC, thread LIMIT ?3",
        (json.dumps(list(names)), undated, most),
    )
    return {thread for (thread,) in found}


def threads_of_undated(db: apsw.Connection, most: int) -> set[int]:
    """The threads of the undated articles that came last, so many of these."""
    found = db.execute(
        "SELECT thread FROM article JOIN membership ON article = article.id WHERE date IS NULL ORDER BY article.id DESC LIMIT ?",
        (most,),
    )
    return {thread for (thread,) in found}


def has_undated(db: apsw.Connection) -> bool:
    """Whether an article in a thread has no date."""
    found = db.execute("SELECT 1 FROM article JOIN membership ON article = article.id WHERE date IS NULL LIMIT 1")
    return found.fetchone() is not None


def related(db: apsw.Connection, articles: Iterable[int]) -> list[tuple[int, int]]:
    """Pairs of articles that records relate, with one of these."""
    found = db.execute(
        "SELECT article, other FROM related WHERE article IN (SELECT value FROM json_each(?1))"
        " UNION SELECT article, other FROM related WHERE other IN (SELECT value FROM json_each(?1))",
        _asked(articles),
    )
    return [(article, other) for article, other in found]


def version(db: apsw.Connection) -> int:
    """Changes whenever a command or an undo moves articles between threads, or says which belong together."""
    found = db.execute("SELECT value FROM about WHERE key = 'moves'").fetchone()
    return int(found[0]) if found else 0


def moved(db: apsw.Connection) -> None:
    """Note that a command moved articles between threads."""
    db.execute("INSERT INTO about VALUES ('moves', '1') ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1")


# Writing


def settle(db: apsw.Connection, article: int, thread: int, vector: bytes) -> None:
    """Put an article into a thread."""
    db.execute(
        "INSERT INTO membership (article, thread, independent, vector) VALUES (?, ?, 0, ?)"
        " ON CONFLICT (article) DO UPDATE SET thread = excluded.thread, vector = excluded.vector"
        " WHERE thread != excluded.thread OR vector != excluded.vector",
        (article, thread, vector),
    )


def lift(db: apsw.Connection, articles: Iterable[int]) -> None:
    """Take articles out of their threads, to be settled anew in this transaction; thread 0 is none."""
    asked = _asked(articles)
    db.execute("UPDATE membership SET thread = 0 WHERE article IN (SELECT value FROM json_each(?))", asked)
    db.execute("UPDATE pending SET regroup = 0 WHERE regroup AND article IN (SELECT value FROM json_each(?))", asked)


def merge(db: apsw.Connection, thread: int, into: int) -> None:
    """Move every article of a thread into another one, which it then leads to."""
    db.execute("UPDATE membership SET thread = ? WHERE thread = ?", (into, thread))
    db.execute("UPDATE thread SET merged_into = ?, storyline = NULL, size = 0 WHERE id = ?", (into, thread))


def move(db: apsw.Connection, article: int, thread: int) -> None:
    """Move an article to another thread."""
    db.execute("UPDATE membership SET thread = ?2 WHERE article = ?1 AND thread != ?2", (article, thread))


class Role(NamedTuple):
    """What an article is to its thread; `copy_of` is the article that it repeats."""

    copy_of: int | None
    independent: bool
    first: bool
    primary: bool


def mark_roles(db: apsw.Connection, roles: Mapping[int, Role]) -> None:
    """Keep what articles are to their threads; a row that says so already is left alone."""
    db.executemany(
        "UPDATE membership SET copy_of = ?2, independent = ?3, leads_off = ?4, is_source = ?5 WHERE article = ?1"
        " AND (copy_of, independent, leads_off, is_source) IS NOT (?2, ?3, ?4, ?5)",
        ((article, *role) for article, role in roles.items()),
    )


def thread_for(db: apsw.Connection, members: Sequence[int]) -> int:
    """The number for a group of articles that has none: that of an empty thread that one of them led, else a new one."""
    found = db.execute(
        "SELECT id FROM thread WHERE head IN (SELECT value FROM json_each(?)) AND NOT EXISTS"
        " (SELECT 1 FROM membership WHERE membership.thread = thread.id) ORDER BY merged_into IS NOT NULL, id LIMIT 1",
        _asked(members),
    ).fetchone()
    if found:
        db.execute("UPDATE thread SET merged_into = NULL WHERE id = ?", found)
        return int(found[0])
    return new_thread(db, members[0])


def head(db: apsw.Connection, thread: int) -> int | None:
    """The article that leads a thread, or led it while it had articles."""
    found = db.execute("SELECT head FROM thread WHERE id = ?", (thread,)).fetchone()
    return int(found[0]) if found else None


def has_thread_to_go_back_to(db: apsw.Connection, members: Sequence[int], but: int) -> bool:
    """Whether a thread that was merged away, other than `but`, was led by one of these articles."""
    found = db.execute(
        "SELECT 1 FROM thread WHERE merged_into IS NOT NULL AND id != ? AND head IN (SELECT value FROM json_each(?)) LIMIT 1",
        (but, json.dumps(list(members))),
    )
    return found.fetchone() is not None


def new_thread(db: apsw.Connection, head: int) -> int:
    """A thread that has yet to be filled; its number."""
    db.execute(
        "INSERT INTO thread (uid, title, head, heat, size, independent, providers) VALUES (?, '', ?, -1, 0, 0, 0)",
        (new_uid(), head),
    )
    return db.last_insert_rowid()


def lead_heirs(db: apsw.Connection, articles: Iterable[int]) -> set[int]:
    """Let empty threads that one of these articles led point to where that article is now; which threads those are.

    One that was merged away before keeps the storyline that it had: an undo may let it stand again.
    """
    found = db.execute(
        "UPDATE thread SET merged_into = (SELECT thread FROM membership WHERE article = head), size = 0,"
        " storyline = iif(merged_into IS NULL, NULL, storyline)"
        " WHERE head IN (SELECT value FROM json_each(?)) AND EXISTS (SELECT 1 FROM membership WHERE article = head)"
        " AND NOT EXISTS (SELECT 1 FROM membership WHERE membership.thread = thread.id)"
        " AND merged_into IS NOT (SELECT thread FROM membership WHERE article = head) RETURNING id",
        _asked(articles),
    )
    return {id for (id,) in found}


# Names, facts


def keep_facts(db: apsw.Connection, article: int, facts: Iterable[Fact]) -> None:
    """What an article states, in place of what it stated before."""
    db.execute("DELETE FROM fact WHERE article = ?", (article,))
    db.executemany(
        "INSERT INTO fact (article, kind, value, sentence) VALUES (?, ?, ?, ?)",
        ((article, fact.kind, fact.value, fact.sentence) for fact in facts),
    )


def keep_names(db: apsw.Connection, article: int, names: Iterable[tuple[str, str, str, bool]]) -> None:
    """The names in an article (key, as shown, kind, leads), in place of those before."""
    db.execute("DELETE FROM name WHERE article = ?", (article,))
    db.executemany(
        "INSERT INTO name (article, name, shown, kind, leads) VALUES (?, ?, ?, ?, ?)", ((article, *name) for name in names)
    )


def keep_links(db: apsw.Connection, article: int, urls: Iterable[str]) -> None:
    """Where an article links to, in place of where it did before."""
    db.execute("DELETE FROM link WHERE article = ?", (article,))
    db.executemany("INSERT INTO link (article, url) VALUES (?, ?)", ((article, url) for url in urls))


def copies_among(db: apsw.Connection, articles: Iterable[int]) -> set[int]:
    """Those of these articles that repeat another one of their thread."""
    found = db.execute(
        "SELECT article FROM membership WHERE copy_of IS NOT NULL AND article IN (SELECT value FROM json_each(?))",
        _asked(articles),
    )
    return {article for (article,) in found}


def links_within(db: apsw.Connection, threads: Iterable[int]) -> defaultdict[int, tuple[int, ...]]:
    """Of the articles of these threads: which others of their thread they link to."""
    found: defaultdict[int, tuple[int, ...]] = defaultdict(tuple)
    for article, other in db.execute(
        "SELECT DISTINCT link.article, address.article FROM membership AS one JOIN link ON link.article = one.article"
        " JOIN address USING (url) JOIN membership AS other ON other.article = address.article"
        " WHERE one.thread = other.thread AND one.article != other.article"
        " AND one.thread IN (SELECT value FROM json_each(?)) ORDER BY link.article, address.article",
        _asked(threads),
    ):
        found[article] += (other,)
    return found


def leading_names(db: apsw.Connection, articles: Iterable[int]) -> defaultdict[int, list[str]]:
    """The names that lead in each of these articles."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for article, name in db.execute(
        "SELECT article, name FROM name WHERE leads AND article IN (SELECT value FROM json_each(?)) ORDER BY id", _asked(articles)
    ):
        found[article].append(name)
    return found
