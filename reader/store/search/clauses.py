"""The parts of a query that Whoosh has no class for.

They stand in its queries as its own do, but only our collector knows what they find.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from whoosh import query


class Clause(query.Query):
    """A part of a query without parts, equal to another of the same values."""

    boost = 1.0

    def __init__(self, *values: Any) -> None:
        self.values = values

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.values == getattr(other, "values", None)

    def __hash__(self) -> int:
        return hash((type(self), self.values))

    def __repr__(self) -> str:
        return f"{type(self).__name__}{self.values!r}"

    def is_leaf(self) -> bool:
        """Whether it has no parts."""
        return True


class Among(Clause):
    """Articles that the database names: of a state, a topic, a feed, a score. `ids` are sorted."""

    def __init__(self, told: str, ids: Any) -> None:
        super().__init__(told)
        self.ids = ids


class Between(Clause):
    """Articles whose number in a column lies between two, both included."""

    def __init__(self, column: str, low: int, high: int) -> None:
        super().__init__(column, low, high)
        self.column, self.low, self.high = column, low, high


class Word(Clause):
    """Articles with a word in any of its forms, in any of some fields. Each form counts for itself, in each field."""

    def __init__(self, fields: tuple[str, ...], forms: tuple[str, ...]) -> None:
        super().__init__(fields, forms)
        self.fields, self.forms = fields, forms


class Pattern(NamedTuple):
    """Words that are meant together.

    `kind` is "like" with `*` and `?` in the word, "begins" the same of a word that is still being typed, or "near": at most one
    slip away.
    """

    kind: str
    word: str


class Expanded(Clause):
    """Articles with any of the words that a pattern means, in any of some fields. Each counts the same."""

    def __init__(self, fields: tuple[str, ...], pattern: Pattern) -> None:
        super().__init__(fields, pattern)
        self.fields, self.pattern = fields, pattern


Slot = tuple[str | Pattern, ...]
"""What may stand at a place: any of these terms, or of the words that these patterns mean. Empty: anything."""


class Passage(Clause):
    """Articles in which words stand together in one field.

    With `slop` 0 the slots follow one another, place by place. Else they stand in any order, and a chain leads from the first to
    the last on which each is at most `slop` places from the one before: for two words that is the distance between them.
    """

    def __init__(self, field: str, slots: tuple[Slot, ...], slop: int = 0) -> None:
        super().__init__(field, slots, slop)
        self.field, self.slots, self.slop = field, slots, slop
