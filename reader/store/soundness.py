"""What may be wrong inside a library that SQLite finds nothing wrong with, and how it is mended where nothing can be lost.

Only what is derived is mended: it is taken away or put on the list of what the jobs have yet to look at. What a person made is
told of, and left alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import apsw


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that must not be: rows that `wrong` selects, in words after their number, and the statements that mend it."""

    words: str
    wrong: str
    mend: tuple[str, ...] = ()


def _orphans(table: str, column: str, of: str, words: str, *, derived: bool = True) -> Rule:
    where = f"FROM {table} WHERE {column} IS NOT NULL AND {column} NOT IN (SELECT id FROM {of})"
    return Rule(words, f"SELECT 1 {where}", (f"DELETE {where}",) if derived else ())


def _group_again(articles: str) -> str:
    return f"INSERT INTO pending SELECT {articles} ON CONFLICT (article) DO UPDATE SET regroup = 1"


_LOST_THREAD = "thread NOT IN (SELECT id FROM thread WHERE merged_into IS NULL)"
_MISCOUNTED = "merged_into IS NULL AND size != (SELECT count(*) FROM membership WHERE membership.thread = thread.id)"
_HEADLESS = "merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM membership WHERE thread = thread.id AND article = head)"

RULES: Sequence[Rule] = (
    Rule(
        "articles without a state (read, starred)",
        "SELECT 1 FROM article WHERE id NOT IN (SELECT article FROM state)",
        ("INSERT OR IGNORE INTO state (article) SELECT id FROM article",),
    ),
    Rule(
        "articles without a text",
        "SELECT 1 FROM article WHERE id NOT IN (SELECT article FROM content)",
        ("INSERT INTO content SELECT id, 'text/plain', '', excerpt FROM article WHERE id NOT IN (SELECT article FROM content)",),
    ),
    Rule(
        "articles that stand in a thread that there is not",
        f"SELECT 1 FROM membership WHERE {_LOST_THREAD}",
        (_group_again(f"article, 1 FROM membership WHERE {_LOST_THREAD}"), f"DELETE FROM membership WHERE {_LOST_THREAD}"),
    ),
    Rule(
        "articles that stand in no thread and do not wait for one",
        "SELECT 1 FROM article WHERE id NOT IN (SELECT article FROM membership) AND id NOT IN (SELECT article FROM pending)",
        (_group_again("id, 1 FROM article WHERE id NOT IN (SELECT article FROM membership)"),),
    ),
    Rule(
        "articles without a score that do not wait for one",
        "SELECT 1 FROM article WHERE id NOT IN (SELECT article FROM score) AND id NOT IN (SELECT article FROM pending)",
        (_group_again("id, 1 FROM article WHERE id NOT IN (SELECT article FROM score)"),),
    ),
    Rule(
        "threads that count their articles wrongly",
        f"SELECT 1 FROM thread WHERE {_MISCOUNTED}",
        (_group_again(f"article, 1 FROM membership WHERE thread IN (SELECT id FROM thread WHERE {_MISCOUNTED})"),),
    ),
    Rule(
        "threads whose head is not one of their articles",
        f"SELECT 1 FROM thread WHERE {_HEADLESS}",
        (_group_again(f"article, 1 FROM membership WHERE thread IN (SELECT id FROM thread WHERE {_HEADLESS})"),),
    ),
    Rule(
        "threads in a storyline that there is not",
        "SELECT 1 FROM thread WHERE merged_into IS NULL AND storyline IS NOT NULL"  # nothing is "not in" an empty list
        " AND storyline NOT IN (SELECT id FROM storyline)",
        ("UPDATE thread SET storyline = NULL WHERE storyline NOT IN (SELECT id FROM storyline)",),
    ),
    Rule(
        "threads in a storyline that has ended",
        "SELECT 1 FROM thread JOIN storyline ON storyline.id = storyline WHERE merged_into IS NULL AND ended",
        ("UPDATE thread SET storyline = NULL, linked = NULL WHERE storyline IN (SELECT id FROM storyline WHERE ended)",),
    ),
    Rule(
        "counts of words that cannot be read",
        "SELECT 1 FROM term_noted WHERE NOT json_valid(counts)",
        ("DELETE FROM term_noted WHERE NOT json_valid(counts)",),
    ),
    _orphans("bond", "correction", "correction", "bonds of corrections that there are not", derived=False),
    _orphans("storyline_title", "storyline", "storyline", "titles of storylines that there are not", derived=False),
    _orphans("score", "article", "article", "scores of articles that there are not"),
    _orphans("pending", "article", "article", "articles on the list of threads to come that there are not"),
    _orphans("topic_match", "article", "article", "topic matches of articles that there are not"),
    _orphans("topic_match", "topic", "topic", "matches of topics that there are not"),
    _orphans("search_match", "article", "article", "matches of searches with articles that there are not"),
    _orphans("search_match", "search", "saved_search", "matches of saved searches that there are not"),
    _orphans("arrival", "article", "article", "arrivals of articles that there are not"),
    _orphans("arrival", "feed", "feed", "arrivals by feeds that there are not"),
    _orphans("poll", "feed", "feed", "polls of feeds that there are not"),
    _orphans("state", "article", "article", "states of articles that there are not", derived=False),
    _orphans("highlight", "article", "article", "highlights in articles that there are not", derived=False),
    _orphans("note", "article", "article", "notes on articles that there are not", derived=False),
    _orphans("note", "thread", "thread", "notes on threads that there are not", derived=False),
    _orphans("note", "highlight", "highlight", "notes on highlights that there are not", derived=False),
    _orphans("thread_title", "thread", "thread", "titles of threads that there are not", derived=False),
    _orphans("briefing_item", "briefing", "briefing", "items of briefings that there are not", derived=False),
)


def wrong(db: apsw.Connection, rule: Rule) -> int:
    """How many rows break a rule."""
    count = db.execute(f"SELECT count(*) FROM ({rule.wrong})").get
    assert isinstance(count, int)
    return count


def mend(db: apsw.Connection, rule: Rule) -> None:
    """Mend what breaks a rule, inside a transaction."""
    for statement in rule.mend:
        db.execute(statement)


def dangling(db: apsw.Connection) -> Iterator[str]:
    """Rows that point to rows that are not there, as SQLite finds them."""
    for table, row, parent, _ in db.execute("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} points to a {parent} that there is not"


def missing_pictures(db: apsw.Connection, held: set[str]) -> list[int]:
    """Pictures (by row) that are said to be cached under a name that is not among `held`."""
    return [id for id, file in db.execute("SELECT id, file FROM picture WHERE file != ''") if file not in held]


def forget_pictures(db: apsw.Connection, ids: Sequence[int]) -> None:
    """Say of these pictures that they are not cached."""
    db.executemany("UPDATE picture SET file = '' WHERE id = ?", ((id,) for id in ids))
