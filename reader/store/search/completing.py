"""What may be written next in a query: names of fields, and the values that the library knows. Asks the database alone."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from reader.store.search import Completion

if TYPE_CHECKING:
    from collections.abc import Iterable

    import apsw

MOST = 12

FIELDS = {
    "provider": "an outlet",
    "topic": "a topic",
    "feed": "a feed, or a folder of feeds",
    "date": "2022-10, 2021-12..2022-11, <7d",
    "is": "unread, starred, annotated …",
    "title": "only in titles",
    "text": "only in texts",
    "excerpt": "only in excerpts",
    "author": "an author",
    "note": "in your notes",
    "highlight": "in your highlights",
    "lang": "a language: en, fr …",
    "quality": ">60, 50..70",
    "heat": ">=10",
    "words": "<200",
    "url": "an address",
    "search": "a saved search",
}
STATES = ("unread", "read", "starred", "annotated", "captured", "published", "held", "hidden")
AGES = ("<1d", "<7d", "<30d", "<1y")

_VALUES = {
    "provider": "SELECT coalesce(nullif(provider.name, ''), domain), count(*) FROM article"
    " JOIN provider ON provider.id = article.provider GROUP BY provider.id",
    "topic": "SELECT name, (SELECT count(*) FROM topic_match WHERE topic = topic.id AND matches) FROM topic WHERE NOT removed"
    " UNION ALL SELECT name, count(*) FROM given_topic GROUP BY name",
    "feed": "SELECT title, 1 FROM feed WHERE NOT removed UNION ALL SELECT DISTINCT folder, 2 FROM feed WHERE NOT removed",
    "lang": "SELECT language, count(*) FROM article GROUP BY language",
    "search": "SELECT name, 1 FROM saved_search WHERE NOT removed",
}
"""Of each field whose values are known: these, and how much they weigh."""

_BEGINS = r"(?:^|(?<=[\s(\-]))"
_VALUE = re.compile(
    rf"""{_BEGINS}(?P<field>{"|".join(FIELDS)})\s*:\s*(?P<value>["“„](?P<quoted>[^"“”„]*)|(?P<bare>[^\s"“”„()]*))$""",
    re.IGNORECASE,
)
_WORD = re.compile(rf"{_BEGINS}[a-z]+$", re.IGNORECASE)


def completions(db: apsw.Connection, query: str, position: int) -> list[Completion]:
    """What may stand in place of what is being written before a position of a query, the likeliest first."""
    position = max(0, min(position, len(query)))
    if match := _VALUE.search(query[:position]):
        field, is_quoted = match["field"].lower(), match["quoted"] is not None
        end = position + (is_quoted and query[position : position + 1] in {'"', "”"})
        values = _values(db, field, match["quoted"] if is_quoted else match["bare"])
        return [Completion(_quoted(value), value, field, match.start("value"), end) for value in values]
    word = _WORD.search(query[:position])
    return _fields(word[0], word.start(), position) if word else []


def _fields(begun: str, start: int, end: int) -> list[Completion]:
    return [
        Completion(f"{name}:", f"{name}:  {told}", "field", start, end)
        for name, told in FIELDS.items()
        if name.startswith(begun.lower()) and name != begun.lower()
    ][:MOST]


def _values(db: apsw.Connection, field: str, begun: str) -> list[str]:
    if field == "is":
        return [state for state in STATES if state.startswith(begun.lower())]
    if field == "date":
        return [age for age in AGES if age.startswith(begun)]
    if field not in _VALUES:
        return []
    rows = db.execute(_VALUES[field])
    return _likeliest(((str(value), int(str(weight))) for value, weight in rows), begun)


def _likeliest(values: Iterable[tuple[str, int]], begun: str) -> list[str]:
    """The values that begin so, then those of which a word does; the heavier first."""
    wanted = _plain(begun)
    ranked: dict[str, tuple[int, int]] = {}
    for value, weight in values:
        plain = _plain(value)
        rank = 0 if plain.startswith(wanted) else 1 if re.search(rf"\b{re.escape(wanted)}", plain) else 2
        if value and rank < 2:
            known = ranked.get(value, (rank, 0))
            ranked[value] = (min(rank, known[0]), known[1] - weight)
    return sorted(ranked, key=lambda value: (*ranked[value], value))[:MOST]


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).strip()


def _quoted(value: str) -> str:
    return f'"{value}"' if re.search(r"[\s():]", value) else value
