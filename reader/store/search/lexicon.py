"""New texts as postings: each piece of text is a number, and the postings of a field are one sort of numbers.

A text becomes the numbers of its pieces (see `pieces`). What a piece means, its terms and their places, is worked out once. So
are the ranks of all terms in the order of their bytes: the terms of all texts, which come in the order of documents and places,
are put in the order of these, and postings can be read off where the term or the document changes. Of a stem there are no
postings but those of its words (see `stems`), so that it is only noted whose it is.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from contextlib import contextmanager
from functools import partial
from itertools import chain, compress, count, islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reader.store.search import words
from reader.store.search.alphabet import Terms, ranked
from reader.store.search.memory import give_back
from reader.store.search.pieces import Pieces
from reader.store.search.postings import Run, in_order_of, spread
from reader.store.search.stems import links_of, tongue_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reader.store.search.postings import Numbers
    from reader.store.search.stems import Links

MOST_PIECES = 300_000
"""What is remembered of pieces and terms is forgotten, between two commits, when there are so many …"""

KEPT_PIECES = 150_000
"""… and when the job ends, when there are so many. A few are worth keeping: most of the words of tomorrow are those of today."""

_PARTS = 8
"""Parts of so many take the memory of one piece, about: a sentence of Chinese is one piece of thirty parts."""

AT_ONCE = 300_000
"""Letters that are looked up together, about: fewer take longer each, more take longer until a job can be stopped."""

_END = "\n"


class InOrder(NamedTuple):
    """Terms in the order of their bytes, and by the number of each its place among them."""

    terms: Terms
    ranks: Numbers


class Lexicon:
    """The numbers of pieces and terms, and of which terms each piece is made up.

    By piece: how many places it takes (`widths`), how many terms it has with all its stems (`sizes`), by which language it is
    stemmed (`tongues`), and where its parts begin (`starts`). By part: its term (`parts`), its place in the piece (`offsets`),
    and the number of its stem plus one, 0 where it has none (`stems`).
    """

    def __init__(self) -> None:
        self._numbers: defaultdict[bytes, int] = defaultdict(count().__next__)
        self._letters, self._begins = bytearray(), array("I", (0,))  # of all terms, each with the end of a line
        self._of_language: dict[str, Pieces] = {}
        self._wholes: dict[str, int] = {}
        self.starts, self.parts, self.offsets, self.stems = array("I", (0,)), array("I"), array("I"), array("I")
        self.widths, self.sizes, self.tongues = array("I"), array("I"), array("I")

    def __len__(self) -> int:
        return len(self.widths)

    def is_large(self, most: int) -> bool:
        """Whether it takes more memory than so many pieces of a language with spaces."""
        return len(self) > most or len(self.parts) > most * _PARTS

    def pieces(self, texts: Sequence[str], language: str) -> tuple[Numbers, Numbers]:
        """The numbers of the pieces of texts in a language (ISO 639-1, "" where not known), and how many each text has."""
        known = self._of_language.setdefault(language, Pieces())
        learn = partial(self.learn, language=language, tongue=tongue_number(language))
        return known.numbers([words.only_pieces(text) for text in texts], learn)

    def wholes(self, terms: Sequence[str]) -> list[int]:
        """The numbers of pieces that are one term each, whatever its letters, and take no place."""
        if new := [term for term in dict.fromkeys(terms) if term not in self._wholes]:
            self._wholes.update(zip(new, count(len(self)), strict=False))  # there is no end of numbers
            _extend(self.starts, len(self.parts) + 1 + np.arange(len(new)))
            _extend(self.parts, self.terms(new))
            for column, value in ((self.offsets, 0), (self.stems, 0), (self.widths, 0), (self.sizes, 1), (self.tongues, 0)):
                _extend(column, np.full(len(new), value))
        return [self._wholes[term] for term in terms]

    def learn(self, pieces: Sequence[str], language: str, tongue: int) -> Numbers:
        """Give numbers to pieces of text."""
        first, numbers = len(self), np.empty(len(pieces), np.int64)
        is_plain = np.fromiter(map(words.is_plain, pieces), bool, len(pieces))
        numbers[np.concatenate((np.flatnonzero(is_plain), np.flatnonzero(~is_plain)))] = np.arange(first, first + len(pieces))
        self._learn_plain(list(compress(pieces, is_plain)), language)
        self._learn_others(list(compress(pieces, ~is_plain)), language)
        _extend(self.tongues, np.full(len(pieces), tongue))
        return numbers

    def _learn_plain(self, pieces: Sequence[str], language: str) -> None:
        """Learn pieces that are words of ASCII, nearly all, many at once."""
        written, stemmed = words.plain_forms(pieces, language)
        has_word, has_stem = (np.fromiter(map(bool, forms), bool, len(forms)) for forms in (written, stemmed))
        _extend(self.starts, len(self.parts) + np.cumsum(has_word))
        self._add_parts(list(filter(None, written)), list(compress(stemmed, written)), np.zeros(np.count_nonzero(has_word)))
        _extend(self.widths, np.ones(len(pieces)))
        _extend(self.sizes, has_word.astype(np.int64) + has_stem)

    def _learn_others(self, pieces: Sequence[str], language: str) -> None:
        terms: list[str] = []
        stems: list[str] = []
        offsets: list[int] = []
        first = len(self.parts)
        for piece in pieces:
            forms = words.forms_of(piece, language)
            for offset, (written, stem, accented) in enumerate(forms):
                for term, its_stem in ((written, stem), (accented, "")):
                    if term:
                        terms.append(term)
                        stems.append(its_stem)
                        offsets.append(offset)
            self.starts.append(first + len(terms))
            self.widths.append(len(forms))
            self.sizes.append(sum(map(bool, chain.from_iterable(forms))))
        self._add_parts(terms, stems, np.array(offsets))

    def _add_parts(self, terms: Sequence[str], stems: Sequence[str], offsets: Numbers) -> None:
        """Keep parts of pieces: the term of each, its stem, "" where it has none, and its place in the piece."""
        has_stem = np.fromiter(map(bool, stems), bool, len(stems))
        numbers = np.zeros(len(stems), np.int64)
        numbers[has_stem] = self.terms(list(compress(stems, has_stem))) + 1
        _extend(self.parts, self.terms(terms))
        _extend(self.offsets, offsets)
        _extend(self.stems, numbers)

    def terms(self, written: Sequence[str]) -> Numbers:
        """The numbers of terms."""
        said = _END.join(written).encode().split(_END.encode()) if written else []
        first = len(self._numbers)
        numbers = np.fromiter(map(self._numbers.__getitem__, said), np.int64, len(said))
        if new := list(islice(reversed(self._numbers), len(self._numbers) - first)):  # a dict keeps the order in which they came
            lengths = np.fromiter(map(len, reversed(new)), np.int64, len(new)) + 1
            _extend(self._begins, len(self._letters) + np.cumsum(lengths))
            self._letters += b"\n".join(reversed(new)) + b"\n"
        return numbers

    def in_order(self, told: Iterable[Numbers]) -> InOrder:
        """The terms of all pieces that are told by their numbers."""
        parts, _ = self.parts_of(self.distinct(told))
        stems = _picked(self.stems, parts)
        is_term = np.zeros(len(self._numbers), bool)
        is_term[_picked(self.parts, parts)] = True
        is_term[stems[stems > 0] - 1] = True
        numbers = np.flatnonzero(is_term)
        written = Terms(np.frombuffer(self._letters, np.uint8), _looked_at(self._begins)).some(numbers)
        terms, own_ranks = ranked(written)
        ranks = np.zeros(len(self._numbers), np.int32)
        ranks[numbers] = own_ranks
        return InOrder(terms, ranks)

    def distinct(self, told: Iterable[Numbers]) -> Numbers:
        """The numbers of pieces, each once, in order."""
        is_told = np.zeros(len(self), bool)
        for pieces in told:
            is_told[pieces] = True
        return np.flatnonzero(is_told)

    def parts_of(self, pieces: Numbers) -> tuple[Numbers, Numbers]:
        """The numbers of the parts of pieces, one after the other, and how many each piece has."""
        starts = _picked(self.starts, pieces)
        lengths = _picked(self.starts, pieces + 1) - starts
        return spread(lengths, starts), lengths


def _extend(column: array[int], values: Numbers) -> None:
    column.frombytes(values.astype(np.uint32).tobytes())


_idle: list[Lexicon] = []  # at most one; a job takes it, so that no two threads work with it


@contextmanager
def borrowed() -> Iterator[Lexicon]:
    """A lexicon for one job, that of the job before if nobody else has it. What a job that failed has learned is forgotten."""
    try:
        lexicon = _idle.pop()
    except IndexError:
        lexicon = Lexicon()
    yield lexicon
    _idle[:] = [Lexicon() if lexicon.is_large(MOST_PIECES) else lexicon]


def rest() -> None:
    """Forget what is not worth its memory, at the end of a job."""
    if any(lexicon.is_large(KEPT_PIECES) for lexicon in _idle):
        _idle.clear()
        give_back()


class Inverted(NamedTuple):
    """A field of some texts: its terms in order, their postings, whose the stems are, and how many terms each document has."""

    terms: Terms
    run: Run
    links: Links
    lengths: Numbers


class _Waiting(NamedTuple):
    """A text that is to be looked up, and the compounds in it that are kept whole."""

    document: int
    text: str
    wholes: set[str]


class _Told(NamedTuple):
    """Some texts: the pieces of all of them, the document that each text stands in, and how many pieces each has."""

    pieces: Numbers
    documents: Numbers
    sizes: Numbers


class Gathering:
    """The texts of one field that a writer was given."""

    def __init__(self) -> None:
        self.waiting: list[_Waiting] = []
        self._told: list[_Told] = []

    @property
    def pieces(self) -> list[Numbers]:
        """The numbers of the pieces that were looked up, some and some."""
        return [told.pieces for told in self._told]

    def add(self, document: int, text: str) -> None:
        """Take a text. Documents come in order."""
        self.waiting.append(_Waiting(document, text, words.whole_compounds(text)))

    def add_term(self, document: int, term: str) -> None:
        """Take a document that has this term and nothing else."""
        self.waiting.append(_Waiting(document, "", {term}))

    def tell(self, told: _Told) -> None:
        """Take the pieces of the texts that waited."""
        self._told.append(told)
        self.waiting = []

    def inverted(self, lexicon: Lexicon, in_order: InOrder, count: int, *, places: bool) -> Inverted:
        """All of it as postings, of `count` documents; without `places` only which terms a document has."""
        spread_out = [_spread(lexicon, told) for told in self._told]  # some and some, for that stays near the processor
        terms, documents, at = (np.concatenate(column) for column in zip(*spread_out, strict=True))
        ranks = in_order.ranks[terms]
        order = in_order_of(ranks)  # and so, of one term, by document and place
        ranks, documents = ranks[order], documents[order]
        is_first = np.diff(ranks, prepend=-1) != 0
        of_terms = np.flatnonzero(is_first)
        is_first[1:] |= documents[1:] != documents[:-1]
        firsts = np.flatnonzero(is_first)
        counts = np.diff(firsts, append=len(ranks))
        run = Run(
            np.diff(np.searchsorted(firsts, of_terms), append=len(firsts)),
            documents[firsts],
            counts if places else np.ones(len(counts), np.int64),
            at[order] if places else np.zeros(0, np.int64),
        )
        stand = ranks[of_terms]
        lengths = np.zeros(count, np.int64)
        for told in self._told:
            lengths[told.documents] = _lengths(lexicon, told)
        return Inverted(in_order.terms.some(stand), run, self._links(lexicon, in_order, stand), lengths)

    def _links(self, lexicon: Lexicon, in_order: InOrder, stand: Numbers) -> Links:
        """Which words the stems in these texts are those of. `stand`: the ranks of the terms of these texts."""
        pieces = lexicon.distinct(self.pieces)
        parts, lengths = lexicon.parts_of(pieces)
        stems = _picked(lexicon.stems, parts)
        has_stem = stems > 0
        stem_ranks = in_order.ranks[stems[has_stem] - 1]
        word_ranks = in_order.ranks[_picked(lexicon.parts, parts[has_stem])]
        found = np.flatnonzero(np.bincount(stem_ranks)) if len(stem_ranks) else stem_ranks
        places = np.zeros(len(in_order.terms), np.int64)
        places[stand] = np.arange(len(stand))
        its_words = places[word_ranks]
        places[found] = np.arange(len(found))
        tongues = np.repeat(_picked(lexicon.tongues, pieces), lengths)[has_stem]
        return links_of(in_order.terms.some(found), places[stem_ranks], its_words, tongues)


def look_up(lexicon: Lexicon, gatherings: Iterable[Gathering], language: str) -> None:
    """Make numbers of the texts that wait for it, of all fields together, for that costs little more than those of one.

    Of each text there are the compounds that are kept whole, then its pieces.
    """
    gatherings = list(gatherings)
    waiting = [one for gathering in gatherings for one in gathering.waiting]
    if not waiting:
        return
    pieces, sizes = lexicon.pieces([one.text for one in waiting], language)
    counts = np.array([len(one.wholes) for one in waiting])
    wholes = lexicon.wholes([whole for one in waiting for whole in one.wholes])
    pieces = np.insert(pieces, np.repeat(np.cumsum(sizes) - sizes, counts), wholes)
    sizes += counts
    documents = np.array([one.document for one in waiting], np.uint32)
    of_fields = np.cumsum([len(gathering.waiting) for gathering in gatherings])[:-1]
    of_pieces = np.concatenate(([0], np.cumsum(sizes)))[of_fields]
    columns = np.split(pieces, of_pieces), np.split(documents, of_fields), np.split(sizes, of_fields)
    for gathering, *told in zip(gatherings, *columns, strict=True):
        gathering.tell(_Told(*told))


def _spread(lexicon: Lexicon, told: _Told) -> tuple[Numbers, Numbers, Numbers]:
    """Every term of some texts, the document it stands in, and its place there; in the order of documents and places."""
    ends = np.concatenate(([0], np.cumsum(_picked(lexicon.widths, told.pieces))))
    before = ends[np.cumsum(told.sizes) - told.sizes]  # places of all texts before
    places = ends[:-1] - np.repeat(before, told.sizes)
    parts, lengths = lexicon.parts_of(told.pieces)
    columns = (
        _picked(lexicon.parts, parts),
        np.repeat(np.repeat(told.documents, told.sizes), lengths),
        np.repeat(places, lengths) + _picked(lexicon.offsets, parts),
    )
    terms, documents, at = (column.astype(np.uint32) for column in columns)
    return terms, documents, at


def _lengths(lexicon: Lexicon, told: _Told) -> Numbers:
    """How many terms each of some texts has, with all stems."""
    sums = np.concatenate(([0], np.cumsum(_picked(lexicon.sizes, told.pieces))))
    ends = np.cumsum(told.sizes)
    lengths: Numbers = sums[ends] - sums[ends - told.sizes]
    return lengths


def _looked_at(values: array[int]) -> Numbers:
    """Numbers where they are, to be let go of soon: an array that is looked at cannot grow."""
    found: Numbers = np.frombuffer(values, f"u{values.itemsize}") if len(values) else np.zeros(0, np.uint32)
    return found


def _picked(values: array[int], at: Numbers) -> Numbers:
    """Some of many numbers."""
    found: Numbers = _looked_at(values)[at].astype(np.int64) if len(values) else np.zeros(0, np.int64)
    return found
