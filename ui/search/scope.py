"""What is looked at, as a clause of a query: to search there alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.records import Feed, Scope, Topic

_STATES = {"unread": "is:unread", "starred": "is:starred", "annotated": "is:annotated"}


def clause_of(scope: Scope, topics: Iterable[Topic] = (), feeds: Iterable[Feed] = ()) -> str:
    """What narrows a search to a scope; "" where it is everything, or has no name to be asked by."""
    if scope.kind == "topic":
        return _named("topic", next((topic.name for topic in topics if topic.id == scope.id), ""))
    if scope.kind == "feed":
        return _named("feed", next((feed.title or feed.url for feed in feeds if feed.id == scope.id), ""))
    if scope.kind == "folder":
        return _named("feed", scope.name)
    return _STATES.get(scope.kind, "")


def toggled(query: str, clause: str) -> str:
    """The query with the clause in front, or, where it has it, without."""
    if clause in query:
        return " ".join(query.replace(clause, " ").split())
    return f"{clause} {query}".rstrip() + ("" if query else " ")


def _named(field: str, name: str) -> str:
    plain = " ".join(name.replace(chr(34), " ").split())
    return f'{field}:"{plain}"' if plain else ""
