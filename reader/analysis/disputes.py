"""Where reports state other figures for the same thing: the same sentence but for its figures, the same count, or the same fine.

Meant to be strict: a contradiction that is not shown costs a look, one that is not there costs trust. So figures of two reports
are held against each other only where each report states one of them and no other; where neither is the other one rounded; where
both are of one order of magnitude; and where the words around them are of the same thing and name nobody else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import combinations
from typing import TYPE_CHECKING

from reader.analysis import amounts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reader.analysis.amounts import Found
    from reader.records import Statement

SENTENCES = 8
"""Sentences of each figure that are looked at."""
ORDER = 10
"""Of two figures for the same thing the larger is no more times the smaller: one zero, as in a slip."""


def pairs(by_value: Mapping[str, Statement], own: frozenset[int]) -> Iterator[tuple[str, str]]:
    """Figures of one unit that contradict each other; `own` are the reports that copy no other."""
    for one, other in _in_the_same_sentence(by_value):
        if not _is_rounded(one, other):
            yield one, other
    for mine, yours in combinations(_said(by_value, own), 2):
        if mine.article != yours.article and _contradict(mine, yours):
            yield mine.value, yours.value


def _number(value: str) -> Decimal:
    """The figure in "EUR 20,000,000" or "20,000,000,000 images"; 0 where there is none."""
    found = re.search(r"\d[\d,]*(?:\.\d+)?", value)
    return Decimal(found.group().replace(",", "")) if found else Decimal(0)


def _is_rounded(one: str, other: str) -> bool:
    """Whether one figure is the other in fewer digits, rounded or cut off: £7.5m, £7.55m and £7,552,800."""
    rough, exact = sorted((_number(one), _number(other)), key=_digits)
    if not rough or _digits(rough) == _digits(exact):
        return False
    last = Decimal(1).scaleb(rough.adjusted() - _digits(rough) + 1)  # what its last digit counts
    return any((exact / last).to_integral_value(way) * last == rough for way in (ROUND_DOWN, ROUND_HALF_UP))


def _digits(number: Decimal) -> int:
    """How many digits it is told with, noughts at its end not counted."""
    return len(number.normalize().as_tuple().digits)


# The same sentence


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of an article, the figures of one unit in it, in its order, and its words."""

    article: int
    figures: tuple[str, ...]
    words: tuple[str, ...]
    folded: frozenset[str]


def _in_the_same_sentence(by_value: Mapping[str, Statement]) -> Iterator[tuple[str, str]]:
    """Figures that stand in each other's place, in two articles neither of which states both."""
    for one, other in combinations(_sentences(by_value.values()), 2):
        mine = [value for value in one.figures if other.article not in by_value[value].articles]
        yours = [value for value in other.figures if one.article not in by_value[value].articles]
        if mine and len(mine) == len(yours) and _is_same_but_for_figures(one, other):
            yield from zip(mine, yours, strict=True)


def _sentences(told: Iterable[Statement]) -> list[_Sentence]:
    figures: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for statement in told:
        for fact in statement.proofs[:SENTENCES]:
            figures[fact.article, fact.sentence].append(fact.value)
    found = []
    for (article, sentence), values in figures.items():
        words = tuple(_WORD.findall(sentence))
        found.append(_Sentence(article, tuple(values), words, frozenset(word.casefold() for word in words)))
    return found


_WORD = re.compile(r"[^\W\d_]{2,}")
_ENOUGH, _ALIKE = 5, 0.7


def _is_same_but_for_figures(one: _Sentence, other: _Sentence) -> bool:
    """Whether two sentences are the same but for figures and a few words, none of which is a name."""
    shared = one.folded & other.folded
    if len(shared) < _ENOUGH or len(shared) < _ALIKE * len(one.folded | other.folded):
        return False
    return not any(word[0].isupper() and word.casefold() not in shared for word in (*one.words, *other.words))


# The same thing


@dataclass(frozen=True, slots=True)
class _Saying:
    """A figure as a report says it, the only one of its unit there: of what sum it is; stems and names in its sentence, and near.

    `first` is the word that the sentence begins with: a capital says nothing there, but it may be a name that stands elsewhere.
    """

    article: int
    value: str
    number: Decimal
    of: str
    near: frozenset[str]
    stems: frozenset[str]
    names: frozenset[str]
    near_names: frozenset[str]
    first: str


def _said(by_value: Mapping[str, Statement], own: frozenset[int]) -> list[_Saying]:
    values: defaultdict[int, list[str]] = defaultdict(list)
    for value, statement in by_value.items():
        for article in statement.articles & own:
            values[article].append(value)
    found: list[_Saying] = []
    for value, statement in by_value.items():
        for fact in statement.proofs[:SENTENCES]:
            if fact.article in own and fact.kind in _READS:
                saying = _saying(fact.kind, fact.article, value, fact.sentence)
                rivals = [other for other in values[fact.article] if other != value and not _is_rounded(value, other)]
                if saying and not (rivals if fact.kind == "count" else _of_the_same(saying, rivals, by_value)):
                    found.append(saying)
    return found


def _of_the_same(saying: _Saying, rivals: Sequence[str], by_value: Mapping[str, Statement]) -> bool:
    """Whether an article states another sum of this kind, in whatever way it says so."""
    return any(
        fact.article == saying.article and _sum_of(fact.sentence) == saying.of
        for rival in rivals
        for fact in by_value[rival].proofs[: 4 * SENTENCES]
    )


_READS = {"count": amounts.counts, "money": amounts.money}


def tells_of_then_and_now(sentence: str) -> bool:
    """Whether a sentence states a figure as one that was, or beside another one: on no side of a contradiction."""
    return bool(_ELSEWHEN.search(sentence)) or len(_LARGE.findall(sentence)) > 1


def _saying(kind: str, article: int, value: str, sentence: str) -> _Saying | None:
    """A figure in its sentence; `None` where other figures stand beside it, or where it is a limit, a rate, or history."""
    figures: list[Found] = list(_READS[kind](sentence))
    places = [(start, end) for start, end, said in figures if said == value]
    if len(figures) != 1 or not places or tells_of_then_and_now(sentence):
        return None
    start, end = places[0]
    before, after = sentence[:start], sentence[end:]
    near = [*_WORD.findall(before)[-_NEAR:], *_WORD.findall(after)[:_NEAR]]
    sum_of = _sum_of(sentence) if kind == "money" else ""
    if kind == "money" and (not sum_of or _LIMIT.search(before[-_BEFORE:]) or _RATE.search(after[:_AFTER])):
        return None
    words = [*_WORD.findall(before), *_WORD.findall(after)]
    first = words[0].casefold() if words and before.strip() else ""
    names = frozenset(word.casefold() for word in words[bool(first) :] if word[0].isupper()) - _DAYS
    around = [*_WORD.findall(before)[-_AROUND:], *_WORD.findall(after)[:_AROUND]]
    near_names = names & {word.casefold() for word in around}
    return _Saying(article, value, _number(value), sum_of, _stems(near), _stems(words), names, near_names, first)


def _stems(words: Iterable[str]) -> frozenset[str]:
    """Words by their beginnings; short ones say little."""
    return frozenset(word.casefold()[:_STEM] for word in words if len(word) >= _LONG and word.casefold() not in _SAYS_NOTHING)


_STEM, _LONG, _NEAR, _AROUND = 5, 4, 6, 9
_BEFORE, _AFTER = 40, 24
_NEAR_COMMON = 2
"""Stems near both figures that are enough by themselves; of one, the figures lie close to each other as well."""
_HUGE, _LARGE_COUNT = 100_000_000, 1_000_000
_COMMON = {_HUGE: 1, _LARGE_COUNT: 2, 0: 3}
"""Stems that two sentences share at least, by how large the figure is: of dozens of people a thread may have many groups."""
_COLLECTED = {"images", "faces"}
"""Things of which there is one collection in a thread, where there are so many: however the sentences go."""


def _contradict(one: _Saying, other: _Saying) -> bool:
    small, large = sorted((one.number, other.number))
    if not small or large > ORDER * small or one.of != other.of or _is_rounded(one.value, other.value) or small == large:
        return False
    shared = one.stems & other.stems
    if one.of:
        return (
            _name_the_same(one, other)
            and len(shared) >= _COMMON[_LARGE_COUNT]
            and not _differ(one.names - {other.first}, other.names - {one.first})
        )
    needed = next(stems for least, stems in _COMMON.items() if small >= least)
    if small >= _HUGE and {_things(one.value), _things(other.value)} <= _COLLECTED:
        return not _differ(one.near_names, other.near_names)
    if len(shared) < needed:
        return False
    near = len(one.near & other.near)
    is_near = near >= _NEAR_COMMON or (near and large <= 2 * small)
    return small >= _HUGE or (bool(is_near) and not _differ(one.near_names, other.near_names))


def _name_the_same(one: _Saying, other: _Saying) -> bool:
    return not one.names.isdisjoint({*other.names, other.first}) or one.first in other.names


def _things(value: str) -> str:
    """What is counted."""
    return value.partition(" ")[2]


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether each of them names somebody whom the other does not."""
    return bool(one - other and other - one)


_SUMS = {
    "fine": r"fine[sd]?|fining|penalt\w+|amendes?|sanction\w*|bußgeld\w*|geldbuße\w*|geldstrafe\w*|multas?|multad\w+|sanción"
            r"|sanzion\w+|boetes?",
    "settlement": r"settle\w*|vergleich\w*",
    "damages": r"damages|compensation|schadene?rsatz\w*|indemnización|risarciment\w+",
}  # fmt: skip
_OF = {name: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for name, words in _SUMS.items()}


def _sum_of(sentence: str) -> str:
    """What a sum of money is: a fine, a settlement, damages; "" where the sentence says none of it, or several."""
    found = [name for name, words in _OF.items() if words.search(sentence)]
    return found[0] if len(found) == 1 else ""


_ELSEWHEN = re.compile(
    r"\b(?:ago|earlier|previous\w*|formerly|last (?:year|month)|up from|down from|rose|risen|doubled|tripled|instead of|not \d"
    r"|compared|zuvor|früher|bisher|vor \w+ (?:tagen|wochen|monat\w*|jahr\w*)|il y a|auparavant|précédent\w*"
    r"|hace \w+ (?:días|semanas|mes\w*|año\w*)|anterior\w*|(?:giorni|mesi|anni|anno) fa|precedent\w*|geleden|eerder|vorig\w*)\b",
    re.IGNORECASE,
)
"""A sentence that tells of then and now contradicts nobody."""
_LIMIT = re.compile(
    r"\b(?:up to|as much as|maximum|max|at most|may|might|could|can|would|threat\w*|reach|jusqu\w*|bis zu|höchstens|hasta|fino a"
    r"|tot|hooguit|potential\w*|possible|provisional|propos\w*|intend\w*|seek\w*|demand\w*)\b",
    re.IGNORECASE,
)
_RATE = re.compile(r"^\W*(?:per|a|an|each|every|par|pro|al|por|all['’]?|daily|täglich)\b", re.IGNORECASE)
_LARGE = re.compile(rf"\d\s?-?(?:{amounts.SCALE})\b", re.IGNORECASE)
_DAYS = frozenset({
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may",
    "june", "july", "august", "september", "october", "november", "december",
})  # fmt: skip
_SAYS_NOTHING = frozenset({
    "about", "above", "according", "after", "also", "among", "around", "been", "being", "between", "billion", "billions", "both",
    "does", "dollars", "each", "euros", "every", "faces", "from", "have", "having", "here", "images", "into", "just", "less",
    "like", "many", "million", "millions", "more", "most", "much", "nearly", "only", "other", "over", "people", "persons",
    "photographs", "photos", "pictures", "pounds", "reportedly", "said", "same", "says", "some", "such", "than", "that", "their",
    "them", "then", "there", "these", "they", "this", "those", "thousand", "under", "upon", "very", "were", "what", "when",
    "where", "which", "while", "will", "with", "would", "your",
})  # fmt: skip
