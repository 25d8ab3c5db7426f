"""A query in two parts: what was typed, and the clauses at its end that the facets put there."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_FIELDS = {"provider": "provider", "topic": "topic", "language": "lang", "year": "date"}
_ONE_OF = frozenset({"provider", "lang", "date"})
"""Fields of which an article has one value: another clause takes the place of the first."""
_LAST = re.compile(r'(?:^|(?<=\s))(?:(?:provider|topic):"[^"]*"|lang:[a-z]{2,3}|date:\d{4}|is:(?:unread|starred|annotated))\s*$')
_OPEN_END = re.compile(r"(?:^|[\s(])(?:AND|OR|NOT)\s*$|[(:~-]$")
_ALTERNATIVE = re.compile(r"(?:^|\s)OR(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A query as the facets see it."""

    words: str = ""
    clauses: tuple[str, ...] = ()

    def __str__(self) -> str:
        words = f"({self.words})" if self.clauses and _ALTERNATIVE.search(_outside(self.words)) else self.words
        return " ".join(part for part in (words, *self.clauses) if part)

    @staticmethod
    def clause(group: str, name: str) -> str:
        """What narrows to a value of a group."""
        field = _FIELDS[group]
        return f"{field}:{name}" if field in ("lang", "date") else f'{field}:"{name.replace(chr(34), " ").strip()}"'

    def names(self, group: str) -> list[str]:
        """The values of a group that are pressed."""
        start = f"{_FIELDS[group]}:"
        return [clause.removeprefix(start).strip('"') for clause in self.clauses if clause.startswith(start)]

    def pressed(self, clause: str) -> Narrowed:
        """The query with a clause more, or, where it was there, without it."""
        if clause in self.clauses:
            return replace(self, clauses=tuple(other for other in self.clauses if other != clause))
        field = clause.partition(":")[0]
        kept = tuple(other for other in self.clauses if field not in _ONE_OF or other.partition(":")[0] != field)
        return replace(self, clauses=(*kept, clause))

    def without(self, group: str) -> Narrowed:
        """The query without the clauses of a group."""
        start = f"{_FIELDS[group]}:"
        return replace(self, clauses=tuple(clause for clause in self.clauses if not clause.startswith(start)))


def narrowed(query: str) -> Narrowed:
    """A query in its two parts. One whose end belongs to an alternative is left whole: a clause there narrows only that."""
    words, clauses = query.strip(), list[str]()
    while (last := _LAST.search(words)) and not _OPEN_END.search(words[: last.start()].rstrip()):
        clauses.insert(0, last.group().strip())
        words = words[: last.start()].rstrip()
    if clauses and _ALTERNATIVE.search(_outside(words)):
        return Narrowed(query.strip())
    if clauses and _is_in_brackets(words) and _ALTERNATIVE.search(_outside(words[1:-1])):
        words = words[1:-1].strip()
    return Narrowed(words, tuple(dict.fromkeys(clauses)))


def _outside(words: str) -> str:
    """What stands outside of quotes and brackets."""
    kept, depth, quoted = list[str](), 0, False
    for letter in words:
        if letter == '"':
            quoted = not quoted
        elif not quoted and letter in "()":
            depth += 1 if letter == "(" else -1
        elif not quoted and depth <= 0:
            kept.append(letter)
    return "".join(kept)


def _is_in_brackets(words: str) -> bool:
    """Whether one pair of brackets holds everything."""
    depth, quoted = 0, False
    for place, letter in enumerate(words):
        if letter == '"':
            quoted = not quoted
        elif not quoted and letter in "()":
            depth += 1 if letter == "(" else -1
            if depth == 0:
                return place == len(words) - 1 and words[0] == "("
    return False
