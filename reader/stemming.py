"""Words to their stems, from any thread. Snowball's own stemmers keep the word that they are at in themselves."""

from __future__ import annotations

import threading
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


@cache
def stemmer(algorithm: str) -> Callable[[str], str]:
    """What stems a word in lower case, by the name that Snowball gives to its algorithm; each thread has one of its own."""
    mine = _mine(algorithm)

    def stem(word: str) -> str:
        try:
            found: Callable[[str], str] = mine.stem
        except AttributeError:
            found = mine.stem = _made(algorithm).stemWord
        return found(word)

    return stem


def stems(algorithm: str, words: list[str]) -> list[str]:
    """The stems of many words in lower case."""
    mine = _mine(algorithm)
    try:
        found: Callable[[list[str]], list[str]] = mine.stems
    except AttributeError:
        found = mine.stems = _made(algorithm).stemWords
    return found(words)


@cache
def _mine(algorithm: str) -> threading.local:
    del algorithm
    return threading.local()


def _made(algorithm: str) -> Any:
    import snowballstemmer  # noqa: PLC0415 - heavy: a module a language

    own = snowballstemmer.stemmer(algorithm)
    if hasattr(own, "maxCacheSize"):  # PyStemmer stems a word sooner than it finds room for it
        own.maxCacheSize = 0
    return own
