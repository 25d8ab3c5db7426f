"""The words of a text as the terms that are indexed and searched.

A word gives one term as it is written (in lower case, without accents: "Müller" -> "muller") and its stem, marked, so that a stem
is never taken for a word. Scripts that are written without spaces (Han, kana, Hangul, Thai, Khmer, Lao, Burmese) are cut into
overlapping pairs. A compound with digits ("SAN-2022-019", "C-311/18") is kept whole beside its pieces.

Words that every text holds are left out, but they count as a place, so that distances are distances in the text. Written in
capitals they are kept: "US", "IT", "WHO" and "AI" are names, though "us", "it", "who" and the French "ai" are not.

Stems are those of Snowball (https://snowballstem.org).
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from reader.stemming import stemmer, stems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

STEM = "="
"""Stands before a stem; no word begins with it."""

LONGEST = 64
"""Letters of a word that are indexed; what is longer is not a word but data."""

_MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0dff"
_SHY = "\u00ad\u200c\u200d"
_SPACELESS = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\u1780-\u17ff"  # Burmese, Khmer
    "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"  # Hangul
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9d"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
LETTER = f"[\\w{_MARKS}{_SHY}{_SPACELESS}]"  # and no underscore, which is taken out before
APOSTROPHES = "'’ʼ"
PIECE = re.compile(f"{LETTER}+(?:[{APOSTROPHES}]{LETTER}+)*")
_TYPESET = re.compile("[“”„‘«»–—…•·\u00a0]")
_QUOTE = re.compile("(?<![0-9A-Za-z])'|'(?![0-9A-Za-z])")
_ONLY_WORDS = "".join(c if c.isalnum() or c == "'" else " " for c in map(chr, range(128)))
_COMPOUND = re.compile(r"[^\W_]+(?:[-/._,:‐‑–][^\W_]+)+")
_DIGIT = re.compile(r"\d")
_FROM_DIGIT = re.compile(r"\d\S*")
_DIGITS_ALIKE = bytes.maketrans(b"123456789", b"000000000")
_DASHES = str.maketrans("‐‑–", "---")
_RUN = re.compile(f"[{_SPACELESS}]+|[^{_SPACELESS}]+")
IS_SPACELESS = re.compile(f"[{_SPACELESS}]")
_LIGATURES = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i"} | dict.fromkeys(_SHY)
)

LANGUAGES = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french",
    "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
    "ne": "nepali", "nl": "dutch", "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""ISO 639-1 to the names of Snowball; those that the installed one does not know are passed over."""

UNKNOWN = "en"
"""How words are stemmed where the language is not known, or not one of Snowball's."""

# Short on purpose: what stands here is not found, so words that mean something elsewhere ("war", "AI", "data") do not.
_STOPS = {
    "de": "als auch auf aus bei das dass dem den der des die durch ein eine einem einen einer eines er es für ich im ist mit nach"
    " nicht noch oder sich sie sind um und vom von vor wie wird zu zum zur",
    "en": "a an and are as at be been but by can could did do does for from had has have he her his how if in into is it its may"
    " more not of on or our she should so than that the their them then there these they this those to us was we were what when"
    " where which who will with would you your",
    "es": "al como con de del el en entre es esta este la las lo los más no o para pero por que se su sus un una y",
    "fr": "au aux avec ce ces cette dans de des du elle en est et il ils je la le les leur leurs lui mais ne nous on ont ou où"
    " par pas pour qu que qui sa se ses son sont sur un une vous",
    "it": "a al alla che con da dal dalla dei del della delle di e gli ha i il in la le lo nel nella non o per più si sono su tra"
    " un una",
    "nl": "aan als dat de die een en het in is met niet of om op te van voor zijn",
    "pt": "a ao as com como da das de do dos e em na nas no nos não o os ou para pela pelo por que se sua são um uma",
}


class Word(NamedTuple):
    """A word: its terms, and where it stands. `terms` is empty for a word that is left out."""

    terms: tuple[str, ...]
    start: int
    end: int


def fold(text: str) -> str:
    """In lower case, without accents and invisible characters: how words are compared."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in apart if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare).translate(_LIGATURES)


def positions(text: str, language: str) -> dict[str, array[int]]:
    """The terms of a text in a language (ISO 639-1, "" where not known), each with its places counted in words."""
    found: dict[str, array[int]] = {}
    places = _places(tongue_of(language))
    at = 0
    for piece in pieces_of(text):
        for terms in places(piece):
            for term in terms:
                if term in found:
                    found[term].append(at)
                else:
                    found[term] = array("I", (at,))
            at += 1
    for compound in whole_compounds(text):
        found.setdefault(compound, array("I", (0,)))
    return found


def pieces_of(text: str) -> list[str]:
    """The pieces of a text that hold words, as they are written; an apostrophe may be another one."""
    return only_pieces(text).split()


def only_pieces(text: str) -> str:
    """A text of nothing but its pieces, parted by spaces.

    A text of ASCII, but for the signs of typesetters, is cut at everything else than letters, which takes half the time.
    """
    text = without_typesetting(text)
    if not text.isascii():
        return " ".join(PIECE.findall(text.replace("_", " ")))
    if "'" in text:
        text = _QUOTE.sub(" ", text)
    return text.translate(_ONLY_WORDS)


class Form(NamedTuple):
    """What one place of a text holds: a word as it is compared, and its stems, marked; "" for what there is not.

    `stem` is that of the word as it is compared: in texts of one language the same wherever the word stands. `accented` is that
    of the word as it is written, where that is another one.
    """

    written: str = ""
    stem: str = ""
    accented: str = ""

    @property
    def terms(self) -> tuple[str, ...]:
        """Its terms, none for a word that is left out."""
        return tuple(term for term in (self.written, *sorted((self.stem, self.accented))) if term)


def tongue_of(language: str) -> str:
    """The language by whose rules a text in a language (ISO 639-1, "" where not known) is stemmed."""
    return language if language in stemmed() else UNKNOWN


def forms_of(piece: str, language: str) -> tuple[Form, ...]:
    """What the places of a piece of a text in a language hold."""
    tongue = tongue_of(language)
    if piece.isascii() and piece.isalnum():  # nearly all are
        return (_form(piece, tongue),)
    found: list[Form] = []
    for part in _parts(piece):
        if not part.isascii() and IS_SPACELESS.match(part):
            found += [Form(pair) for pair in _pairs(fold(part), last=True)]
        else:
            found.append(_form(part, tongue))
    return tuple(found)


def is_plain(piece: str) -> bool:
    """Whether a piece is a word of ASCII, as nearly all are."""
    return piece.isascii() and piece.isalnum() and len(piece) < LONGEST


def plain_forms(pieces: Sequence[str], language: str) -> tuple[list[str], list[str]]:
    """Of each of many plain pieces the word and the stem that `forms_of` tells, all together in a tenth of the time."""
    tongue = tongue_of(language)
    stops = _stops(tongue)
    lower = " ".join(pieces).lower().split()
    stemmed_too = fold(" ".join(stems(LANGUAGES[tongue], lower))).split(" ") if lower else []
    written = ["" if word in stops and not _is_name(piece) else word for word, piece in zip(lower, pieces, strict=True)]
    is_told = [bool(word) and stem not in {"", word} for word, stem in zip(written, stemmed_too, strict=True)]
    return written, [STEM + stem[:LONGEST] if told else "" for stem, told in zip(stemmed_too, is_told, strict=True)]


def places_of(piece: str, language: str) -> tuple[tuple[str, ...], ...]:
    """What a piece of a text in a language gives: the terms of each of its places, none for a word that is left out."""
    return tuple(form.terms for form in forms_of(piece, language))


def without_typesetting(text: str) -> str:
    """A text with the signs of typesetters as those of typewriters, sign by sign."""
    return text if text.isascii() else _TYPESET.sub(" ", text).replace("’", "'")


def words_of(piece: str, language: str) -> list[Word]:
    """The words of a piece in order, and where they stand in it: for marking what matched."""
    places = _places(tongue_of(language))
    if piece.isascii() or not IS_SPACELESS.search(piece):
        inside = places(piece)
        return [Word(inside[0] if len(inside) == 1 else tuple(term for place in inside for term in place), 0, len(piece))]
    found: list[Word] = []
    start = end = 0
    for part in _parts(piece):
        start = piece.index(part, end)
        end = start + len(part)
        if not IS_SPACELESS.match(part):
            found.append(Word(places(part)[0], start, end))
            continue
        stands = _where_folded(part)
        for at, terms in enumerate(places(part)):
            found.append(Word(terms, start + stands[at], start + stands[min(at + 2, len(stands) - 1)]))
    return found


def _where_folded(run: str) -> list[int]:
    """Where in a run each of its characters as they are compared begins, and where the last ends: Thai signs come and go."""
    stands = [at for at, character in enumerate(run) for _ in _folded(character)]
    missing = len(fold(run)) - len(stands)  # parts of a Hangul syllable that were written one by one
    return [*(stands[:missing] if missing < 0 else stands + [len(run) - 1] * missing), len(run)]


@lru_cache(4096)
def _folded(character: str) -> str:
    return fold(character)


def whole_compounds(text: str) -> set[str]:
    """The compounds of a text that hold a digit, whole: file numbers, cases, dates, amounts."""
    found: set[str] = set()
    for match in _from_digits(text):
        before = text[max(text.rfind(" ", 0, match.start()) + 1, match.start() - 4 * LONGEST) : match.start()].rpartition("\n")[2]
        beginning = before.split()[-1] if before and not before[-1].isspace() else ""
        for compound in _COMPOUND.findall(beginning + match[0]):
            if _DIGIT.search(compound):
                found.add(fold(compound).translate(_DASHES)[:LONGEST])
    return found


def _from_digits(text: str) -> Iterator[re.Match[str]]:
    """From each digit to the next space. In a text of ASCII digits are found as one byte, ten times sooner than by a pattern."""
    if not text.isascii():
        yield from _FROM_DIGIT.finditer(text)
        return
    alike = text.encode().translate(_DIGITS_ALIKE)
    at = alike.find(b"0")
    while at >= 0 and (match := _FROM_DIGIT.match(text, at)):
        yield match
        at = alike.find(b"0", match.end())


# In a search


class Asked(NamedTuple):
    """A word that is asked for: as written, its stems, whether it carries meaning, and whether it is a name in capitals."""

    written: str
    stems: tuple[str, ...]
    tells: bool
    is_name: bool = False

    @property
    def forms(self) -> tuple[str, ...]:
        """Every term that stands for this word in any of its forms."""
        return (self.written, *self.stems)


def asked(text: str, languages: Iterable[str], *, goes_on: bool = False) -> list[Asked]:
    """The words of a piece of a query, in order, one a place in a text. It `goes_on` where another word follows.

    A stem is searched as a stem and as the word that it may be ("mines" finds "mine"). Where something follows a run of a script
    without spaces, its last character has a place of its own, as in texts.
    """
    tongues = [language for language in languages if language in stemmed()] or [UNKNOWN]
    parts = [part for piece in pieces_of(text) for part in _parts(piece)]
    found: list[Asked] = []
    for at, part in enumerate(parts, start=1):
        if IS_SPACELESS.match(part):
            pairs = _pairs(fold(part), last=goes_on or at < len(parts))
            found += [Asked(pair, (), tells=True) for pair in pairs if pair]
            continue
        written = fold(part)[:LONGEST]
        if not written:
            continue
        stems = sorted({stem for tongue in tongues for stem in _stems(part, written, tongue) if stem})
        alternatives = (term for stem in stems for term in (stem, stem.removeprefix(STEM)))
        tells = _is_name(part) or not any(written in _stops(tongue) for tongue in tongues)
        forms = tuple(form for form in dict.fromkeys(alternatives) if form != written)
        found.append(Asked(written, forms, tells, _is_name(part)))
    return found


def is_stop(word: Asked) -> bool:
    """Whether a word is left out of texts of any language: in a passage anything may stand in its place."""
    return not word.is_name and any(word.written in _stops(language) for language in _STOPS)


def pattern(text: str) -> str:
    """A word with `*` or `?` as it is compared with terms. A compound keeps its joints."""
    return fold(text).translate(_DASHES).strip("-/._,:")


# How it is done


@cache
def stemmed() -> frozenset[str]:
    """The languages whose words have stems (ISO 639-1)."""
    import snowballstemmer  # noqa: PLC0415 - heavy: thirty languages

    known = set(snowballstemmer.algorithms())
    return frozenset(code for code, name in LANGUAGES.items() if name in known)


@cache
def _stops(language: str) -> frozenset[str]:
    return frozenset(fold(word) for word in _STOPS.get(language, "").split())


def _is_name(written: str) -> bool:
    return len(written) > 1 and written.isupper()


def _parts(piece: str) -> list[str]:
    """A piece without what hangs on an apostrophe ("l'homme", "privacy's"), cut where the script changes."""
    if any(c in APOSTROPHES for c in piece):
        sides = re.split(f"[{APOSTROPHES}]", piece)
        sides = [side for side in sides if len(side) > 2 or IS_SPACELESS.search(side)] or [max(sides, key=len)]
        return [part for side in sides for part in _parts(side)]
    if piece.isascii() or not IS_SPACELESS.search(piece):
        return [piece]
    return _RUN.findall(piece)


def _pairs(run: str, *, last: bool) -> list[str]:
    """A run of a script without spaces as overlapping pairs; with `last` also its last character, so that each begins a term."""
    if len(run) < 2:
        return [run]
    pairs = [a + b for a, b in pairwise(run)]
    return [*pairs, run[-1]] if last else pairs


def _stems(part: str, written: str, tongue: str) -> tuple[str, str]:
    """The stems of a word, marked: of it without accents and with them, for people type both; "" where there is none."""
    if len(written) >= LONGEST:
        return "", ""  # data, and it would take a second
    stem = stemmer(LANGUAGES[tongue])
    lower = part.lower()
    plain = fold(stem(written))[:LONGEST]
    accented = plain if lower == written else fold(stem(lower))[:LONGEST]
    return plain and STEM + plain, accented and STEM + accented


def _form(part: str, tongue: str) -> Form:
    """One word of a text. A stem that is the word itself, or the other stem, is not said twice."""
    written = fold(part)[:LONGEST]
    if not written or (written in _stops(tongue) and not _is_name(part)):
        return Form()
    stem, accented = _stems(part, written, tongue)
    same = STEM + written
    return Form(written, "" if stem == same else stem, "" if accented in {same, stem} else accented)


_REMEMBERED = 50_000


class _Places(dict[str, tuple[tuple[str, ...], ...]]):
    """What each piece of text gives, place by place, remembered: most words come again."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language

    def __missing__(self, piece: str) -> tuple[tuple[str, ...], ...]:
        if len(self) > _REMEMBERED:
            self.clear()
        self[piece] = places = places_of(piece, self.language)  # another thread may clear it again at once
        return places


@cache
def _places(language: str) -> Callable[[str], tuple[tuple[str, ...], ...]]:
    return _Places(language).__getitem__
