"""The pieces of a text in which words may stand that begin in a certain way: all that need be looked at to mark what matched."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from reader.store.search.words import APOSTROPHES, IS_SPACELESS, LETTER, LONGEST, PIECE, without_typesetting

if TYPE_CHECKING:
    from collections.abc import Iterator

TWO_LETTERS_STAY = frozenset({"en"})
"""Languages in which a stem begins with the same two letters as its word, but for an i in place of a y ("dying", "die")."""

STEMS_BEGIN_ANEW = frozenset({"ar", "fa", "ga", "hi", "hy", "id", "ne", "nl", "sr", "ta", "yi"})
"""Languages in which a stem may begin with another letter than its word."""


def pieces(text: str, beginnings: tuple[str, ...] = ()) -> Iterator[re.Match[str]]:
    """The pieces of a text that hold words: one, or several that have grown together.

    With `beginnings`, one or two small letters of ASCII each, others may be left out that surely hold no word that begins so.
    """
    text = without_typesetting(text).replace("_", " ")
    if not beginnings or (not text.isascii() and IS_SPACELESS.search(text)):
        return PIECE.finditer(text)
    if not text.isascii():
        return _beginning(beginnings).finditer(text)
    found = {match.start(): match for match in _plainly_beginning(beginnings).finditer(text)}
    found |= {match.start(): match for match in _after_apostrophe(text, beginnings)}
    return iter([found[start] for start in sorted(found)])


@lru_cache(64)
def _beginning(beginnings: tuple[str, ...]) -> re.Pattern[str]:
    letters = "".join(sorted({beginning[0] for beginning in beginnings}))
    first = f"[{re.escape(letters + letters.upper())}]|[^\\x00-\\x7f]|[0-9a-zA-Z]*(?:[{APOSTROPHES}]|[^\\x00-\\x7f])"
    return re.compile(f"(?<!{LETTER})(?={first})(?:{PIECE.pattern})")


@lru_cache(64)
def _plainly_beginning(beginnings: tuple[str, ...]) -> re.Pattern[str]:
    """The same in ASCII. A first letter is sought before anything else is asked: so the text is run through most quickly."""
    seconds: dict[str, str] = {}
    for beginning in beginnings:
        seconds[beginning[0]] = seconds.get(beginning[0], "") + (beginning[1:] or _ANY_SECOND)
    first, plain = _both_cases("".join(seconds)), "[0-9A-Za-z]"
    on = "|".join(
        f"(?<=[{_both_cases(letter)}]){'' if _ANY_SECOND in second else f'[{_both_cases(second)}]'}"
        for letter, second in seconds.items()
    )
    return re.compile(f"[{first}](?<!{plain}.)(?<!{plain}'.)(?:{on}){plain}*(?:'{plain}+)*", re.DOTALL)


_ANY_SECOND = "*"


def _both_cases(letters: str) -> str:
    return re.escape(letters + letters.upper())


def _after_apostrophe(text: str, beginnings: tuple[str, ...]) -> Iterator[re.Match[str]]:
    """The pieces of ASCII in which a word that begins so stands behind an apostrophe."""
    if "'" not in text:
        return
    letters = _both_cases("".join(beginning[0] for beginning in beginnings))
    for found in re.finditer(f"(?<=[0-9A-Za-z])'[{letters}]", text):
        before = text[max(0, found.start() - 4 * LONGEST) : found.start()]
        start = found.start() - len(re.split(r"[^0-9A-Za-z']", before)[-1].lstrip("'"))
        if piece := PIECE.match(text, start):
            yield piece
