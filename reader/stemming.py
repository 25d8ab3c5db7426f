"""Words to their stems, from any thread. Snowball's own stemmers keep the word that they are at in themselves."""

from __future__ import annotations

import threading
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@cache
def stemmer(algorithm: str) -> Callable[[str], str]:
    """What stems a word in lower case, by the name that Snowball gives to its algorithm; each thread has one of its own."""
    mine = threading.local()

    def stem(word: str) -> str:
        try:
            found: Callable[[str], str] = mine.stem
        except AttributeError:
            import snowballstemmer  # noqa: PLC0415 - heavy: a module a language

            own = snowballstemmer.stemmer(algorithm)
            if hasattr(own, "maxCacheSize"):  # PyStemmer stems a word sooner than it finds room for it
                own.maxCacheSize = 0
            found = mine.stem = own.stemWord
        return found(word)

    return stem
