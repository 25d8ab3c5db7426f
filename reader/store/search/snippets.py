"""The passage of an article that answers a query best, and what in it matched."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from whoosh import query

from reader.store.search import Snippet, words
from reader.store.search.clauses import Expanded, Passage, Pattern
from reader.store.search.dictionary import expression, slips_between
from reader.text import shortened, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LENGTH = 280
"""Characters of a snippet, about."""

_MOST_READ = 400_000
"""Characters of an article in which a passage is looked for."""

_END = re.compile(r"""[.!?…。！？]["'”’»)\]]*\s+|\n\s*""")


class Wanted:
    """What a query looks for in a text: of each word, all that stands for it."""

    def __init__(self, asked: query.Query | None) -> None:
        self._groups = list(dict.fromkeys(_groups(asked))) if asked is not None else []
        self._known: dict[str, int | None] = {}

    def __bool__(self) -> bool:
        return bool(self._groups)

    def which(self, terms: Iterable[str]) -> int | None:
        """Which of the words that are looked for a word of a text is, by its terms; `None`: none of them."""
        return next((found for term in terms if (found := self._which(term)) is not None), None)

    def _which(self, term: str) -> int | None:
        if term not in self._known:
            self._known[term] = next((at for at, group in enumerate(self._groups) if group.means(term)), None)
        return self._known[term]


class _Group:
    """The terms and patterns that stand for one word of a query."""

    def __init__(self, parts: Iterable[str | Pattern]) -> None:
        self._parts = frozenset(parts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Group) and self._parts == other._parts

    def __hash__(self) -> int:
        return hash(self._parts)

    @cached_property
    def _patterns(self) -> list[Pattern]:
        return [part for part in self._parts if isinstance(part, Pattern)]

    def means(self, term: str) -> bool:
        """Whether a term of a text is this word."""
        return term in self._parts or any(_is_meant(pattern, term) for pattern in self._patterns)


def _is_meant(pattern: Pattern, term: str) -> bool:
    if term.startswith(words.STEM):
        return False
    if pattern.kind == "near":
        return slips_between(pattern.word, term, 1) <= 1
    return re.fullmatch(expression(pattern.word), term) is not None


def _groups(asked: query.Query) -> list[_Group]:
    if isinstance(asked, query.Term):
        return [] if asked.fieldname == "lang" else [_Group([asked.text.decode()])]
    if isinstance(asked, Expanded):
        return [_Group([asked.pattern])]
    if isinstance(asked, Passage):
        return [_Group(slot) for slot in asked.slots if slot]
    if isinstance(asked, query.AndMaybe):
        return _groups(asked.a)
    if isinstance(asked, query.Or) and all(isinstance(part, query.Term) for part in asked.subqueries):
        terms = [part.text.decode() for part in asked.subqueries if part.fieldname != "lang"]
        return [_Group(terms)] if terms else []
    if isinstance(asked, (query.And, query.Or)):
        return [group for part in asked.subqueries for group in _groups(part)]
    return []


class _Match(NamedTuple):
    start: int
    end: int
    which: int


def snippet(wanted: Wanted, texts: Sequence[str], language: str) -> Snippet:
    """The passage that answers best: of the first of these texts in which anything matches, else the beginning of the first."""
    for text in texts:
        if found := _matches(wanted, text[:_MOST_READ], language):
            return marked(wanted, _around(text, found), language)
    return Snippet(shortened(next(filter(None, texts), "")[: LENGTH * 4], LENGTH))


def marked(wanted: Wanted, text: str, language: str) -> Snippet:
    """A line of text with what matches in it."""
    found: list[tuple[int, int]] = []
    for start, end, _ in _matches(wanted, text, language):
        if found and start <= found[-1][1]:  # pairs of a script without spaces overlap
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return Snippet(text, tuple(found), tuple(dict.fromkeys(text[start:end] for start, end in found)))


def _matches(wanted: Wanted, text: str, language: str) -> list[_Match]:
    if not wanted:
        return []
    found = ((word, wanted.which(word.terms)) for word in words.words(text, language) if word.terms)
    return [_Match(word.start, word.end, which) for word, which in found if which is not None]


def _around(text: str, matches: list[_Match]) -> str:
    """The sentences around the stretch that holds most of the different words, cut to a line."""
    first, last = _densest(matches)
    start = max((end.end() for end in _END.finditer(text, max(0, first - LENGTH), first)), default=-1)
    opening = ""
    if start < 0 or last - start > LENGTH:
        start = max(0, first - LENGTH // 3)
        if start:
            start = text.find(" ", start, first) + 1 or first
            opening = "…"
    ending = next((end.end() for end in _END.finditer(text, last, start + LENGTH)), 0)
    for end in _END.finditer(text, max(last, ending), start + LENGTH):  # as many sentences more as there is room for
        ending = end.end()
    if ending:
        return opening + squeezed(text[start:ending])
    return opening + shortened(text[start : start + LENGTH * 2], max(LENGTH, last - start))


def _densest(matches: list[_Match]) -> tuple[int, int]:
    """Where the stretch begins and ends that holds most different words within the length of a snippet, the first of these."""
    best, best_score = (matches[0].start, matches[0].end), (0, 0)
    inside: dict[int, int] = {}
    left = 0
    for right, match in enumerate(matches):
        inside[match.which] = inside.get(match.which, 0) + 1
        while match.end - matches[left].start > LENGTH - 40 and left < right:
            gone = matches[left].which
            inside[gone] -= 1
            if not inside[gone]:
                del inside[gone]
            left += 1
        score = (len(inside), min(right - left, 6))
        if score > best_score:
            best, best_score = (matches[left].start, match.end), score
    return best
