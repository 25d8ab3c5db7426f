"""Words as term numbers: lower case, stemmed by their language (Snowball), without accents, in Latin letters.

A term number is the CRC-32 of the stem, so that it is the same in every library and on every machine. Stems carry no language:
a name that two languages write alike is one term in both.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING
from zlib import crc32

from reader.analysis import lexicon, lexicon_east
from reader.stemming import stemmer
from reader.text import folded, tokens

if TYPE_CHECKING:
    from collections.abc import Callable

GRAM = 1 << 31
"""Set in the number of a part of a title, so that it never meets a word's."""

_SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "fi": "finnish", "fr": "french", "hu": "hungarian", "it": "italian", "lt": "lithuanian",
    "nl": "dutch", "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "sv": "swedish", "tr": "turkish",
}  # fmt: skip

_ENGLISH = (
    "a an the of in on at to for and or but is are was were be been has have had with by from as it its this that he she they his"
    " her their not no will would can could after over new says say said"
)
_OTHERS = (
    "de la le les des du et en un une pour dans sur au aux par que qui est son ses il elle ce se ne pas plus avec der die das und"
    " den von zu mit im auf für ist dem ein eine einen nicht el los las del y por con para su al lo como más o da do dos das em"
    " na nos nas os as um uma com por ao à e não i v za je so s po z ob pri в и на с по не о из к от для что как у до gli di che"
    " non per della dei nel alla sul il lo het een van op te met voor niet aan er"
)
_STOP = frozenset(_ENGLISH.split())
_STOP_ELSEWHERE = _STOP | frozenset(_OTHERS.split())

_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяёєіїґ"
_IN_LATIN = "a b v g d e zh z i i k l m n o p r s t u f kh c ch sh sh _ y _ e yu ya e ye i i g"
_TRANSLITERATED = str.maketrans({letter: latin.strip("_") for letter, latin in zip(_CYRILLIC, _IN_LATIN.split(), strict=True)})


_MOST_WORDS = 30_000
"""Words of a language whose numbers are kept at most; then they are looked up anew."""
_LONGEST_WORD = 40
"""Characters of a word whose numbers are kept: what is longer is no word, and seldom comes again."""


class _Numbers(dict[str, tuple[int, ...]]):
    """The term numbers of the words of one language, found as they are asked for.

    None for what stands everywhere, several for a compound of several words. Words are in lower case.
    """

    def __init__(self, language: str) -> None:
        super().__init__()
        self._stop = _STOP if language == "en" else _STOP_ELSEWHERE
        self._stem, self._lexicon = _stemmer(language), _lexicon(language)

    def __missing__(self, word: str) -> tuple[int, ...]:
        found = self._found(word)
        if len(self) >= _MOST_WORDS:
            self.clear()
        if len(word) <= _LONGEST_WORD:
            self[word] = found
        return found

    def _found(self, word: str) -> tuple[int, ...]:
        if len(word) < 2 or word in self._stop:
            return ()
        stem = self._stem(word)
        return self._lexicon.get(stem) or (stem_number(latin(stem)),)


_numbers = lru_cache(maxsize=12)(_Numbers)


def terms(text: str, language: str) -> list[int]:
    """The term numbers of a text, in order, without those that tell nothing."""
    known = language if language in _SNOWBALL or language == "sl" else ""  # feeds may name hundreds that nobody can stem
    return list(chain.from_iterable(map(_numbers(known).__getitem__, tokens(text.lower()))))


@cache
def _lexicon(language: str) -> dict[str, tuple[int, ...]]:
    """Stems of a language that have an English word, by that."""
    table = next((table for table in (lexicon, lexicon_east) if language in table.LANGUAGES), None)
    if table is None:
        return {}
    column, stem, english = table.LANGUAGES.index(language), _stemmer(language), _stemmer("en")
    found: dict[str, tuple[int, ...]] = {}
    for line in table.WORDS.strip().splitlines():
        meant, _, said = line.partition(":")
        number = tuple(stem_number(latin(english(word))) for word in meant.split("+"))
        for word in said.split("|")[column].replace("-", " ").split():
            found.setdefault(stem(word), number)
    return found


def latin(text: str) -> str:
    """Without accents, in lower case; Cyrillic in Latin letters, so that names meet."""
    if text.isascii():
        return text.lower()
    return folded(text).translate(_TRANSLITERATED)


def stem_number(stem: str) -> int:
    """The number of a stem, in Latin letters."""
    return (crc32(stem.encode()) & ~GRAM) or 1


@lru_cache(maxsize=20_000)
def gram(part: str) -> int:
    """The number of a part of a title."""
    return crc32(part.encode()) | GRAM


_SLOVENE = (
    "skega", "skemu", "skimi", "skih", "skem", "skim", "ega", "emu", "imi", "ami", "ima", "oma", "ijo", "ski", "ske", "ska",
    "sko", "ih", "im", "em", "om", "ov", "ev", "am", "ah", "jo", "je", "ja", "i", "e", "a", "o", "u",
)  # fmt: skip
"""Endings of nouns and adjectives, the longest first: Snowball has no Slovene."""


def _slovene(word: str) -> str:
    """A word without its ending, where at least three letters are left."""
    ending = next((ending for ending in _SLOVENE if word.endswith(ending) and len(word) - len(ending) >= 3), "")
    return word.removesuffix(ending)


def _stemmer(language: str) -> Callable[[str], str]:
    if language == "sl":
        return _slovene
    return stemmer(_SNOWBALL.get(language, "english"))
