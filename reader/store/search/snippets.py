"""The passage of an article that answers a query best, and what in it matched."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from whoosh import query

from reader.store.search import Snippet, beginnings, words
from reader.store.search.clauses import Expanded, Passage, Pattern, Word
from reader.store.search.dictionary import expression
from reader.store.search.slips import one_slip
from reader.text import shortened, squeezed

if TYPE_CHECKING:
    from collections.abc import Sequence

LENGTH = 280
"""Characters of a snippet, about."""

MOST_READ = 400_000
"""Characters of an article in which a passage is looked for."""

_END = re.compile(r"""[.!?…。！？]["'”’»)\]]*\s+|\n\s*""")


class Match(NamedTuple):
    """Where a word that is looked for stands, and which of them it is."""

    start: int
    end: int
    which: int


Group = frozenset["str | Pattern"]
"""The terms and patterns that stand for one word of a query."""


class Wanted:
    """What a query looks for in a text: of each word, all that stands for it."""

    def __init__(self, asked: query.Query | None) -> None:
        groups = list(dict.fromkeys(_groups(asked))) if asked is not None else []
        self._count = len(groups)
        self._terms = {term: at for at, group in reversed([*enumerate(groups)]) for term in group if isinstance(term, str)}
        self._patterns = [(part, at) for at, group in enumerate(groups) for part in group if isinstance(part, Pattern)]
        self._expressions = {part: re.compile(expression(part.word)) for part, _ in self._patterns if part.kind != "near"}
        self._beginnings = {length: self._first_letters(length) for length in (1, 2)}
        self._begin_terms = tuple(term.removeprefix(words.STEM)[:1] for term in self._terms)
        self._known: dict[tuple[str, str], list[Match]] = {}

    def _first_letters(self, length: int) -> tuple[str, ...]:
        """How a word must begin to be looked for; none where it may begin anyhow."""
        firsts = {term.removeprefix(words.STEM)[:length] for term in self._terms}
        for pattern, _ in self._patterns:
            firsts.add("" if pattern.kind == "near" else re.split(r"[*?]", pattern.word)[0][:length])
        firsts |= {first[0] + other for first in firsts if first[1:] in {"i", "y"} for other in "iy"}
        plain = all(first.isascii() and first.isalnum() for first in firsts)
        return tuple(sorted(firsts)) if plain else ()

    def _beginnings_in(self, language: str) -> tuple[str, ...]:
        tongue = words.tongue_of(language)
        if tongue in beginnings.STEMS_BEGIN_ANEW:
            return ()
        return self._beginnings[2 if tongue in beginnings.TWO_LETTERS_STAY else 1]

    def matches(self, text: str, language: str) -> list[Match]:
        """What of a text is looked for, in order."""
        found: list[Match] = []
        if not (self._terms or self._patterns):
            return found
        for piece in beginnings.pieces(text, self._beginnings_in(language)):
            key = (language, piece[0])
            inside = self._known.get(key)
            if inside is None:
                inside = self._known[key] = self._inside(piece[0], language)
            for start, end, which in inside:
                found.append(Match(piece.start() + start, piece.start() + end, which))
        return found

    def holds_all(self, text: str, language: str) -> bool:
        """Whether every word that is looked for stands in a text."""
        if not text or not self._count:
            return False
        return len({match.which for match in self.matches(text, language)}) == self._count

    def _may_be_meant(self, written: str, language: str) -> bool:
        """Whether a word of ASCII may be looked for: most that do not begin as one of the terms are told without a stem."""
        if words.tongue_of(language) in beginnings.STEMS_BEGIN_ANEW or written.startswith(self._begin_terms):
            return True
        return any(self._is_meant(pattern, written) for pattern, _ in self._patterns)

    def _inside(self, piece: str, language: str) -> list[Match]:
        found: list[Match] = []
        if (
            self._patterns
            and piece.isascii()
            and piece.isalnum()
            and not self._may_be_meant(piece.lower()[: words.LONGEST], language)
        ):
            return found
        for terms, start, end in words.words_of(piece, language):
            for term in terms:
                which = self._terms.get(term)
                if which is None and self._patterns:
                    which = next((at for pattern, at in self._patterns if self._is_meant(pattern, term)), None)
                if which is not None:
                    found.append(Match(start, end, which))
                    break
        return found

    def _is_meant(self, pattern: Pattern, term: str) -> bool:
        if term.startswith(words.STEM):
            return False
        if pattern.kind == "near":
            return abs(len(pattern.word) - len(term)) <= 1 and one_slip(pattern.word, term) <= 1
        return self._expressions[pattern].fullmatch(term) is not None


def _groups(asked: query.Query) -> list[Group]:
    if isinstance(asked, Word):
        return [] if asked.fields == ("lang",) else [frozenset(asked.forms)]
    if isinstance(asked, Expanded):
        return [frozenset([asked.pattern])]
    if isinstance(asked, Passage):
        return [frozenset(slot) for slot in asked.slots if slot]
    if isinstance(asked, query.AndMaybe):
        return _groups(asked.a)
    if isinstance(asked, query.Or) and all(isinstance(part, query.Term) for part in asked.subqueries):
        return [frozenset(part.text.decode() for part in asked.subqueries)]
    if isinstance(asked, query.Or) and any(map(_begins, asked.subqueries)):  # one word, however it goes on
        return [frozenset().union(*(group for part in asked.subqueries for group in _groups(part)))]
    if isinstance(asked, (query.And, query.Or)):
        return [group for part in asked.subqueries for group in _groups(part)]
    return []


def _begins(part: query.Query) -> bool:
    return isinstance(part, Expanded) and part.pattern.kind == "begins"


def snippet(wanted: Wanted, texts: Sequence[str], language: str, most_read: int = MOST_READ) -> Snippet:
    """The passage that answers best: of the first of these texts in which anything matches, else the beginning of the first."""
    for text in texts:
        if found := wanted.matches(text[:most_read], language):
            return marked(wanted, _around(text, found), language)
    return Snippet(shortened(next(filter(None, texts), "")[: LENGTH * 4], LENGTH))


def marked(wanted: Wanted, text: str, language: str) -> Snippet:
    """A line of text with what matches in it."""
    found: list[tuple[int, int]] = []
    for start, end, _ in wanted.matches(text, language):
        if found and start <= found[-1][1]:  # pairs of a script without spaces overlap
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return Snippet(text, tuple(found), tuple(dict.fromkeys(text[start:end] for start, end in found)))


def _around(text: str, matches: list[Match]) -> str:
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


def _densest(matches: list[Match]) -> tuple[int, int]:
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
