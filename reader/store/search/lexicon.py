"""New texts as postings: each piece of text is a number, and all postings of a field are one sort of numbers.

A text becomes the numbers of its pieces (see `pieces`). What a piece means, its terms and their places, is worked out once. The
terms of all texts, each as one number of term, document and place, are sorted at once; postings can be read off where the term or
the document changes. Of a stem there are no postings but those of its words (see `stems`), so that it is only noted whose it is.
"""

from __future__ import annotations

from array import array
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reader.store.search import words
from reader.store.search.memory import give_back
from reader.store.search.pieces import Pieces
from reader.store.search.postings import Run, spread
from reader.store.search.stems import links_of, tongue_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reader.store.search.postings import Numbers
    from reader.store.search.stems import Links

MOST_PIECES = 300_000
"""What is remembered of pieces and terms is forgotten, between two commits, when there are so many …"""

KEPT_PIECES = 150_000
"""… and when the job ends, when there are so many. A few are worth keeping: most of the words of tomorrow are those of today."""

_AT_ONCE = 300_000
"""Letters that are looked up together, about: fewer take longer each, more take longer until a job can be stopped."""

_HEAD = 16
_END = b"\n"


class Lexicon:
    """The numbers of pieces and terms, and of which terms each piece is made up.

    By piece: how many places it takes (`widths`), how many terms it has with all its stems (`sizes`), by which language it is
    stemmed (`tongues`), and where its parts begin (`starts`). By part: its term (`parts`), its place in the piece (`offsets`),
    and the number of its stem plus one, 0 where it has none (`stems`).
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._letters, self._starts = bytearray(), array("I", (0,))  # of all terms, each with an end
        self._of_language: dict[str, Pieces] = {}
        self.starts, self.parts, self.offsets, self.stems = array("I", (0,)), array("I"), array("I"), array("I")
        self.widths, self.sizes, self.tongues = array("I"), array("I"), array("I")
        self._heads: Numbers = np.zeros((0, 2), np.uint64)

    def __len__(self) -> int:
        return len(self.widths)

    def pieces(self, texts: Sequence[str], language: str) -> tuple[Numbers, Numbers]:
        """The numbers of the pieces of texts in a language (ISO 639-1, "" where not known), and how many each text has."""
        known = self._of_language.setdefault(language, Pieces())
        learn = partial(self.learn, language=language, tongue=tongue_number(language))
        return known.numbers([words.only_pieces(text) for text in texts], learn)

    @property
    def term_count(self) -> int:
        """How many terms have a number."""
        return len(self._numbers)

    def term(self, written: str) -> int:
        """The number of a term."""
        number = self._numbers.get(written)
        if number is None:
            number = self._numbers[written] = len(self._numbers)
            self._letters += written.encode() + _END
            self._starts.append(len(self._letters))
        return number

    def learn(self, pieces: Sequence[str], language: str, tongue: int) -> list[int]:
        """Give numbers to pieces of text."""
        first = len(self.widths)
        for forms in words.forms_of_many(pieces, language):
            size = 0
            for offset, (written, stem, accented) in enumerate(forms):
                if written:
                    self._part(self.term(written), offset, self.term(stem) + 1 if stem else 0)
                if accented:
                    self._part(self.term(accented), offset, 0)
                size += bool(written) + bool(stem) + bool(accented)
            self.starts.append(len(self.parts))
            self.widths.append(len(forms))
            self.sizes.append(size)
            self.tongues.append(tongue)
        return list(range(first, len(self.widths)))

    def _part(self, term: int, offset: int, stem: int) -> None:
        self.parts.append(term)
        self.offsets.append(offset)
        self.stems.append(stem)

    def in_order(self, numbers: Numbers) -> tuple[list[bytes], Numbers]:
        """The terms of these numbers in the order of their bytes; for each number its rank.

        By their heads they are nearly in order: only terms with one head are compared themselves.
        """
        if not len(numbers):
            return [], np.zeros(0, np.int64)
        heads = self._heads_of_all()[numbers]
        order = np.lexsort((heads[:, 1], heads[:, 0]))
        in_order, heads = self._written(numbers[order]), heads[order]
        is_alike = np.flatnonzero((heads[1:] == heads[:-1]).all(axis=1))
        for first, last in _stretches(is_alike):
            exactly = sorted(range(first, last + 2), key=in_order.__getitem__)
            order[first : last + 2] = order[exactly]
            in_order[first : last + 2] = [in_order[at] for at in exactly]
        ranks = np.empty(len(numbers), np.int64)
        ranks[order] = np.arange(len(numbers))
        return in_order, ranks

    def _written(self, numbers: Numbers) -> list[bytes]:
        """The terms of these numbers, of which there is at least one."""
        starts = _picked(self._starts, numbers)
        letters = spread(_picked(self._starts, numbers + 1) - starts, starts)
        return np.frombuffer(self._letters, np.uint8)[letters].tobytes()[:-1].split(_END)

    def _heads_of_all(self) -> Numbers:
        """The first sixteen bytes of every term as two numbers, which are in the same order."""
        known = len(self._heads)
        if known < len(self._numbers):
            new = bytes(memoryview(self._letters)[self._starts[known] : -1]).split(_END)
            heads = np.array([term[:_HEAD] for term in new], f"S{_HEAD}").view(">u8").reshape(-1, 2).astype(np.uint64)
            self._heads = np.concatenate((self._heads, heads))
        return self._heads


def _stretches(numbers: Numbers) -> Iterator[tuple[int, int]]:
    """The first and the last of numbers that follow one another."""
    for stretch in np.split(numbers, np.flatnonzero(np.diff(numbers) > 1) + 1) if len(numbers) else ():
        yield int(stretch[0]), int(stretch[-1])


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
        give_back()


class Inverted(NamedTuple):
    """A field of some texts: its terms in order, their postings, whose the stems are, and how many terms each document has."""

    terms: list[bytes]
    run: Run
    links: Links
    lengths: Numbers


class Gathering:
    """The texts of one field that a writer was given."""

    def __init__(self) -> None:
        self._waiting: list[str] = []
        self._characters, self._language = 0, ""
        self._pieces = array("I")
        self._documents, self._sizes = array("I"), array("I")
        self._wholes, self._whole_in = array("I"), array("I")

    def add(self, lexicon: Lexicon, document: int, text: str, language: str) -> None:
        """Take a text. Documents come in order."""
        if self._characters > _AT_ONCE or language != self._language:
            self.look_up(lexicon)
        self._language = language
        self._waiting.append(text)
        self._characters += len(text)
        self._documents.append(document)
        self.add_terms(document, map(lexicon.term, words.whole_compounds(text)))

    def look_up(self, lexicon: Lexicon) -> None:
        """Make numbers of the texts that wait for it."""
        if self._waiting:
            pieces, sizes = lexicon.pieces(self._waiting, self._language)
            self._pieces.frombytes(pieces.astype(np.uint32).tobytes())
            self._sizes.extend(sizes.tolist())
        self._waiting, self._characters = [], 0

    def add_terms(self, document: int, terms: Iterable[int]) -> None:
        """Take terms that stand at the beginning of a document, whatever its text."""
        before = len(self._wholes)
        self._wholes.extend(terms)
        self._whole_in.extend([document] * (len(self._wholes) - before))

    def inverted(self, lexicon: Lexicon, count: int, *, places: bool) -> Inverted:
        """All of it as postings, of `count` documents; without `places` only which terms a document has."""
        self.look_up(lexicon)
        terms, documents, at = self._spread(lexicon)
        numbers = np.flatnonzero(np.bincount(terms, minlength=1)) if len(terms) else np.zeros(0, np.int64)
        in_order, ranks = lexicon.in_order(numbers)
        rank_of = np.zeros(lexicon.term_count, np.int64)
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
        return Inverted(in_order, run, self._links(lexicon, rank_of), self._lengths(lexicon, count))

    def _links(self, lexicon: Lexicon, rank_of: Numbers) -> Links:
        """Which words the stems in these texts are those of."""
        pieces = np.flatnonzero(np.bincount(_numbers(self._pieces))) if len(self._pieces) else np.zeros(0, np.int64)
        starts = _picked(lexicon.starts, pieces)
        lengths = _picked(lexicon.starts, pieces + 1) - starts
        parts = spread(lengths, starts)
        stems = _picked(lexicon.stems, parts)
        has_stem = stems > 0
        numbers, of_stem = np.unique(stems[has_stem] - 1, return_inverse=True)
        in_order, ranks = lexicon.in_order(numbers)
        tongues = np.repeat(_picked(lexicon.tongues, pieces), lengths)
        return links_of(in_order, ranks[of_stem], rank_of[_picked(lexicon.parts, parts[has_stem])], tongues[has_stem])

    def _lengths(self, lexicon: Lexicon, count: int) -> Numbers:
        """How many terms each of `count` documents has, with all stems."""
        of_piece = np.repeat(_numbers(self._documents), _numbers(self._sizes))
        sizes = _picked(lexicon.sizes, _numbers(self._pieces))
        terms = np.bincount(of_piece, weights=sizes, minlength=count).astype(np.int64)
        return terms + np.bincount(_numbers(self._whole_in), minlength=count)

    def _spread(self, lexicon: Lexicon) -> tuple[Numbers, Numbers, Numbers]:
        """Every term of every text, the document it stands in, and its place there."""
        pieces, sizes = _numbers(self._pieces), _numbers(self._sizes)
        widths = _picked(lexicon.widths, pieces)
        ends = np.cumsum(widths)
        first = np.cumsum(sizes) - sizes
        before = np.concatenate(([0], ends))[first]  # places of all documents before
        place = ends - widths - np.repeat(before, sizes)
        starts = _picked(lexicon.starts, pieces)
        lengths = _picked(lexicon.starts, pieces + 1) - starts
        parts = spread(lengths, starts)
        wholes = _numbers(self._wholes)
        return (
            np.concatenate((_picked(lexicon.parts, parts), wholes)),
            np.concatenate((np.repeat(np.repeat(_numbers(self._documents), sizes), lengths), _numbers(self._whole_in))),
            np.concatenate((np.repeat(place, lengths) + _picked(lexicon.offsets, parts), np.zeros(len(wholes), np.int64))),
        )


def _picked(values: array[int], at: Numbers) -> Numbers:
    """Some of many numbers. They are looked at where they are, and let go of at once: an array that is looked at cannot grow."""
    found: Numbers = np.frombuffer(values, f"u{values.itemsize}")[at].astype(np.int64) if len(values) else np.zeros(0, np.int64)
    return found


def _numbers(values: array[int]) -> Numbers:
    found: np.ndarray[Any, np.dtype[Any]] = np.array(values, np.int64)
    return found
