"""New texts as postings: each piece of text is a number, and all postings of a field are one sort of numbers.

A text becomes the numbers of its pieces (a look-up each). What a piece means, its terms and their places, is worked out once. The
terms of all texts, each as one number of term, document and place, are sorted at once; postings can be read off where the term or
the document changes.
"""

from __future__ import annotations

from array import array
from contextlib import contextmanager
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reader.store.search import words
from reader.store.search.postings import Run, spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reader.store.search.postings import Numbers

MOST_PIECES = 400_000
"""What is remembered of pieces and terms is forgotten, between two commits, when there are so many …"""

KEPT_PIECES = 150_000
"""… and when the job ends, when there are so many. A few are worth keeping: most of the words of tomorrow are those of today."""


class Lexicon:
    """The numbers of pieces and terms, and of which terms each piece is made up."""

    def __init__(self) -> None:
        self.terms: list[bytes] = []
        self._numbers: dict[str, int] = {}
        self._of_language: dict[str, _Pieces] = {}
        self.starts, self.parts, self.offsets, self.widths = array("I", (0,)), array("I"), array("I"), array("I")

    def __len__(self) -> int:
        return len(self.widths)

    def pieces(self, text: str, language: str) -> array[int]:
        """The numbers of the pieces of a text in a language (ISO 639-1, "" where not known)."""
        known = self._of_language.get(language)
        if known is None:
            known = self._of_language[language] = _Pieces(self, language)
        found = words.pieces_of(text)
        if len(found) < 2:  # of which `itemgetter` makes no tuple
            return array("I", [known[piece] for piece in found])
        return array("I", itemgetter(*found)(known))  # a loop in C over half a thousand look-ups

    def term(self, written: str) -> int:
        """The number of a term."""
        number = self._numbers.get(written)
        if number is None:
            number = self._numbers[written] = len(self.terms)
            self.terms.append(written.encode())
        return number

    def learn(self, piece: str, language: str) -> int:
        """Give a piece of text a number."""
        places = words.places_of(piece, language)
        for offset, terms in enumerate(places):
            for term in terms:
                self.parts.append(self.term(term))
                self.offsets.append(offset)
        self.starts.append(len(self.parts))
        self.widths.append(len(places))
        return len(self.widths) - 1

    def in_order(self, numbers: Numbers) -> tuple[list[bytes], Numbers]:
        """The terms of these numbers in the order of their bytes, and for each number its rank."""
        told = [self.terms[number] for number in numbers.tolist()]
        order = sorted(range(len(told)), key=told.__getitem__)
        ranks = np.empty(len(told), np.int64)
        ranks[order] = np.arange(len(told))
        return [told[at] for at in order], ranks


_idle: list[Lexicon] = []  # at most one; a job takes it, so that no two threads work with it


@contextmanager
def borrowed() -> Iterator[Lexicon]:
    """A lexicon for one job, that of the job before if nobody else has it."""
    try:
        lexicon = _idle.pop()
    except IndexError:
        lexicon = Lexicon()
    try:
        yield lexicon
    finally:
        if len(lexicon) > MOST_PIECES:
            lexicon = Lexicon()
        _idle[:] = [lexicon]


def rest() -> None:
    """Forget what is not worth its memory, at the end of a job."""
    if any(len(lexicon) > KEPT_PIECES for lexicon in _idle):
        _idle.clear()


class _Pieces(dict[str, int]):
    """The number of each piece in texts of one language."""

    def __init__(self, lexicon: Lexicon, language: str) -> None:
        super().__init__()
        self._lexicon, self._language = lexicon, language

    def __missing__(self, piece: str) -> int:
        number = self[piece] = self._lexicon.learn(piece, self._language)
        return number


class Inverted(NamedTuple):
    """A field of some texts: its terms in order, their postings, and how many terms each document has."""

    terms: list[bytes]
    run: Run
    lengths: Numbers


class Gathering:
    """The texts of one field that a writer was given."""

    def __init__(self) -> None:
        self._pieces = array("I")
        self._documents, self._sizes = array("I"), array("I")
        self._wholes, self._whole_in = array("I"), array("I")

    def add(self, lexicon: Lexicon, document: int, text: str, language: str) -> None:
        """Take a text. Documents come in order."""
        found = lexicon.pieces(text, language)
        self._pieces.extend(found)
        self._documents.append(document)
        self._sizes.append(len(found))
        self.add_terms(document, map(lexicon.term, words.whole_compounds(text)))

    def add_terms(self, document: int, terms: Iterable[int]) -> None:
        """Take terms that stand at the beginning of a document, whatever its text."""
        before = len(self._wholes)
        self._wholes.extend(terms)
        self._whole_in.extend([document] * (len(self._wholes) - before))

    def inverted(self, lexicon: Lexicon, count: int, *, places: bool) -> Inverted:
        """All of it as postings, of `count` documents; without `places` only which terms a document has."""
        terms, documents, at = self._spread(lexicon)
        numbers = np.flatnonzero(np.bincount(terms, minlength=1)) if len(terms) else np.zeros(0, np.int64)
        in_order, ranks = lexicon.in_order(numbers)
        rank_of = np.zeros(len(lexicon.terms), np.int64)
        rank_of[numbers] = ranks
        place_bits, document_bits = (int(values.max(initial=0)).bit_length() for values in (at, documents))
        keys = (rank_of[terms] << document_bits | documents) << place_bits | at
        keys.sort()
        pairs = keys >> place_bits
        firsts = np.flatnonzero(np.diff(pairs, prepend=-1))
        pairs = pairs[firsts]
        counts = np.diff(firsts, append=len(keys))
        run = Run(
            np.bincount(pairs >> document_bits, minlength=len(in_order)),
            pairs & ((1 << document_bits) - 1),
            counts if places else np.ones(len(counts), np.int64),
            keys & ((1 << place_bits) - 1) if places else np.zeros(0, np.int64),
        )
        return Inverted(in_order, run, np.bincount(documents, minlength=count))

    def _spread(self, lexicon: Lexicon) -> tuple[Numbers, Numbers, Numbers]:
        """Every term of every text, the document it stands in, and its place there."""
        pieces, sizes = _numbers(self._pieces), _numbers(self._sizes)
        widths = _numbers(lexicon.widths)[pieces]
        ends = np.cumsum(widths)
        first = np.cumsum(sizes) - sizes
        before = np.concatenate(([0], ends))[first]  # places of all documents before
        place = ends - widths - np.repeat(before, sizes)
        starts = _numbers(lexicon.starts)
        lengths = starts[pieces + 1] - starts[pieces]
        parts = spread(lengths, starts[pieces])
        wholes = _numbers(self._wholes)
        return (
            np.concatenate((_numbers(lexicon.parts)[parts], wholes)),
            np.concatenate((np.repeat(np.repeat(_numbers(self._documents), sizes), lengths), _numbers(self._whole_in))),
            np.concatenate((np.repeat(place, lengths) + _numbers(lexicon.offsets)[parts], np.zeros(len(wholes), np.int64))),
        )


def _numbers(values: array[int]) -> Numbers:
    found: np.ndarray[Any, np.dtype[Any]] = np.array(values, np.int64)
    return found
