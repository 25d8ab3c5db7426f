"""What the parts of a query ask for: words and their forms, passages, patterns, and conditions on fields."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from whoosh import query

from reader.errors import QueryError
from reader.store.search import dates, words
from reader.store.search.clauses import Among, Between, Clause, Expanded, Passage, Pattern, Word
from reader.store.search.conditions import STATES
from reader.store.search.fields import SEARCHED

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.store.search.clauses import Slot
    from reader.store.search.conditions import Conditions
    from reader.store.search.query import Parsed

TEXT_FIELDS = ("title", "excerpt", "text", "provider", "author", "note", "highlight", "url")
CONDITIONS = ("is", "date", "quality", "heat", "words", "lang", "topic", "feed", "search", "tag")

MOST_LANGUAGES = 8
"""In how many languages of the library a word is stemmed."""

MOST_SLOTS = 40
"""Words of a passage."""

_WILD = re.compile(r"[*?]")
_ADDRESS = re.compile(r"https?://(?:www\.)?(?P<rest>.+?)/?", re.IGNORECASE)
_SLIP = re.compile(rf"(?P<word>.*{words.LETTER})~1?")
_GOES_ON = re.compile(rf"(?!https?:)[^*?~]*(?:{words.LETTER}{{3,}}|(?=[^\x00-\x7f]){words.LETTER}{{2,}})")
"""What is being written, from three letters on (AI and EU are words), two of other scripts: no pattern, no address."""


class Maybe(Clause):
    """A word that carries no meaning ("the"): it helps to rank what the other words find."""

    def __init__(self, inside: query.Query) -> None:
        super().__init__(inside)
        self.query = inside


class Builder:
    """Makes the parts of one query. Notes what is wrong in `problems`; `moves` once a part can change though no article does."""

    def __init__(
        self,
        conditions: Conditions,
        text: str,
        problems: list[QueryError],
        inside: tuple[str, ...],
        parse: Callable[..., Parsed],
    ) -> None:
        self._conditions, self._text, self._problems, self._inside, self._parse = conditions, text, problems, inside, parse
        self._languages = conditions.languages()[:MOST_LANGUAGES]
        self._count = 0
        self.moves = False

    def tell(self, why: str, position: int) -> None:
        """Note that something is wrong at a place."""
        self._problems.append(QueryError(why, self._text, position))

    def counted(self, position: int, most: int) -> bool:
        """Whether one more part is not too many; the first that is too many is told."""
        self._count += 1
        if self._count == most + 1:
            self.tell(f"a query has at most {most} parts; the rest was left out", position)
        return self._count <= most

    # Words

    def word(self, field: str | None, text: str) -> query.Query | None:
        """A word, or what is written without a space as one: a compound, an address, a pattern."""
        fields, text = (field,) if field else SEARCHED, _without_idle_star(text)
        if address := _ADDRESS.fullmatch(text):  # as it was copied from a browser
            return _passages((field or "url",), tuple((one.written,) for one in words.asked(address["rest"], ())[:MOST_SLOTS]))
        if slip := _SLIP.fullmatch(text):
            return self._slip(fields, slip["word"])
        if _WILD.search(text):
            return self._pattern(fields, text)
        asked = words.asked(text, self._languages)
        if not asked:
            return None
        if len(asked) > 1:
            return _passages(fields, tuple(_with_pairs([one.forms for one in asked], asked[-1]))[:MOST_SLOTS])
        (one,) = asked
        if _begins_pairs(one):
            return Expanded(fields, Pattern("like", f"{one.written}*"))
        found = Word(fields, one.forms)
        return found if one.tells else Maybe(found)

    def beginning(self, field: str | None, text: str) -> query.Query | None:
        """A word that is still being written: itself, and every longer one that begins so. In a compound, its last part."""
        found = self.word(field, text)
        if not _GOES_ON.fullmatch(text) or not (asked := words.asked(text, ())):
            return found
        fields, goes_on = (field,) if field else SEARCHED, Pattern("begins", f"{asked[-1].written}*")
        if len(asked) > 1:
            slots = tuple(one.forms for one in asked[:MOST_SLOTS])
            return _passages(fields, (*slots[:-1], (*slots[-1], goes_on)))
        return query.Or([found.query if isinstance(found, Maybe) else found, Expanded(fields, goes_on)])

    def quoted(self, field: str | None, text: str, slop: int) -> query.Query | None:
        """Words in quotes: as they are written, one after the other; with a `slop` near each other, in any order and form."""
        fields = (field,) if field else SEARCHED
        slots: list[Slot] = []
        chunks = text.split()
        for at, chunk in enumerate(chunks, start=1):
            slots += self._slots(chunk, exact=not slop, goes_on=not slop and at < len(chunks))
        while slots and not slots[0]:
            slots.pop(0)
        while slots and not slots[-1]:
            slots.pop()
        if slop:
            slots = list(dict.fromkeys(slot for slot in slots if slot))
        if not slots:  # words that say nothing, and nothing else: then they are meant
            slots = [(one.written,) for one in words.asked(text, self._languages)]
        slots = slots[:MOST_SLOTS]
        if not slots:
            return None
        if len(slots) == 1:
            return _alternatives(fields, slots[0])
        return _passages(fields, tuple(slots), slop)

    def _slots(self, chunk: str, *, exact: bool, goes_on: bool) -> list[Slot]:
        chunk = _without_idle_star(chunk)
        if _WILD.search(chunk):
            return [() if piece == "*" else (Pattern("like", piece),) for piece in _wild_pieces(chunk)]
        asked = words.asked(chunk, self._languages, goes_on=goes_on)
        slots: list[Slot] = [
            ((one.written,) if exact else one.forms) if one.tells and not words.is_stop(one) else () for one in asked
        ]
        return _with_pairs(slots, asked[-1]) if asked and not goes_on else slots

    def _slip(self, fields: tuple[str, ...], text: str) -> query.Query | None:
        asked = words.asked(text, ())
        parts = [Expanded(fields, Pattern("near", one.written)) for one in asked[:MOST_SLOTS]]
        return _all(list(parts))

    def _pattern(self, fields: tuple[str, ...], text: str) -> query.Query | None:
        if (asked := words.asked(bare := text.rstrip("*"), ())) and words.IS_SPACELESS.search(bare) and not _WILD.search(bare):
            return _passages(fields, (*((one.written,) for one in asked[:-1]), (Pattern("like", f"{asked[-1].written}*"),)))
        pieces = _wild_pieces(text)
        if not pieces:
            return None
        if pieces == ["*"]:
            return query.Every()
        if len(pieces) == 1:
            return Expanded(fields, Pattern("like", pieces[0]))
        pieces = pieces[:MOST_SLOTS]
        apart = _passages(fields, tuple((Pattern("like", piece),) if _WILD.search(piece) else (piece,) for piece in pieces))
        whole = words.pattern(text)
        return query.Or([Expanded(fields, Pattern("like", whole)), apart]) if re.search(r"\d", whole) else apart

    # Conditions

    def condition(self, name: str, value: str, position: int) -> query.Query | None:
        """A condition on something else than words; where it is not understood its words are searched for."""
        if name == "words":
            return self._word_count(value, position)
        if name == "date":
            return self._date(value, position)
        if name in {"quality", "heat"}:
            return self._score(name, value, position)
        if name == "lang":
            languages = tuple(filter(None, words.fold(value).split(",")))
            return Word(("lang",), languages) if languages else None
        if name == "search":
            return self._saved(value, position)
        self.moves = True
        if name == "is":
            return self._state(value, position)
        if name == "topic":
            return self._named("topic", value, self._conditions.topic(value), position)
        if name == "feed":
            return self._named("feed", value, self._conditions.feed(value), position)
        self.tell("there are no tags in this library; the word was searched for", position)
        return self._in_words(value)

    def _in_words(self, value: str) -> query.Query | None:
        return self.quoted(None, value, 0)

    def _state(self, value: str, position: int) -> query.Query | None:
        state = value.lower()
        if state not in STATES:
            self.tell(f"is:{value} is not known; there are {', '.join(f'is:{one}' for one in STATES)}", position)
            return self._in_words(value)
        return Among(f"is:{state}", self._conditions.state(state))

    def _named(self, kind: str, value: str, found: object, position: int) -> query.Query:
        if found is None:
            self.tell(f"there is no {kind} “{value}”", position)
            return query.NullQuery
        return Among(f"{kind}:{value}", found)

    def _word_count(self, value: str, position: int) -> query.Query | None:
        wanted = dates.numbers(value)
        if wanted is None:
            self.tell("a number of words is written words:<200, words:>=1000 or words:200..400", position)
            return self._in_words(value)
        low = -1 if math.isinf(wanted.low) else math.ceil(wanted.low) + (not wanted.low_too and wanted.low.is_integer())
        high = (
            dates.LAST
            if math.isinf(wanted.high)
            else math.floor(wanted.high) - (not wanted.high_too and wanted.high.is_integer())
        )
        return Between("words", low, high)

    def _score(self, name: str, value: str, position: int) -> query.Query | None:
        wanted = dates.numbers(value)
        if wanted is None:
            self.tell(f"a {name} is written {name}:>60, {name}:<=40 or {name}:60..80", position)
            return self._in_words(value)
        self.moves = True
        found = self._conditions.scored(name, wanted.low, wanted.high, low_too=wanted.low_too, high_too=wanted.high_too)
        return Among(f"{name}:{value}", found)

    def _date(self, value: str, position: int) -> query.Query | None:
        span = dates.span(value, self._conditions.now)
        if span is None:
            self.tell("a date is written date:2022, date:2022-10, date:2021-12..2022-11, date:<7d or date:>2022-10-20", position)
            return self._in_words(value)
        self.moves = self.moves or span.moves
        return Between("date", span.start, span.end)

    def _saved(self, name: str, position: int) -> query.Query | None:
        saved = self._conditions.saved(name)
        if saved is None:
            self.tell(f"there is no saved search “{name}”", position)
            return query.NullQuery
        known = words.fold(name.strip())
        if known in self._inside or len(self._inside) >= MOST_LANGUAGES:
            self.tell(f"the saved search “{name}” leads back to itself", position)
            return query.NullQuery
        parsed = self._parse(saved, self._conditions, inside=(*self._inside, known))
        for problem in parsed.problems:
            self.tell(f"in the saved search “{name}”: {problem.why}", position)
        self.moves = True  # the one inside may be given another query
        return parsed.query if parsed.query is not None else query.NullQuery


_WILD_PIECE = re.compile(rf"(?:{words.LETTER}|[*?])+")


def _wild_pieces(text: str) -> list[str]:
    """The words of a pattern, folded, with their stars."""
    return _WILD_PIECE.findall(re.sub(r"\*+", "*", words.fold(text)[: words.LONGEST]).replace("_", " "))


def _without_idle_star(text: str) -> str:
    """A word without its star, where that says nothing: what ends in a script without spaces may go on in any case."""
    bare = text.rstrip("*")
    return bare if bare and words.IS_SPACELESS.match(bare[-1]) and not _WILD.search(bare) else text


def _begins_pairs(one: words.Asked) -> bool:
    """Whether it is a lone character of a script without spaces."""
    return len(one.written) == 1 and not one.written.isascii() and not one.stems


def _with_pairs(slots: list[Slot], last: words.Asked) -> list[Slot]:
    """These slots; where the last is a lone character, the pairs that begin with it may stand there as well."""
    return [*slots[:-1], (*slots[-1], Pattern("like", f"{last.written}*"))] if _begins_pairs(last) else slots


def _alternatives(fields: tuple[str, ...], slot: Slot) -> query.Query:
    found: list[query.Query] = [Expanded(fields, part) for part in slot if isinstance(part, Pattern)]
    if forms := tuple(part for part in slot if isinstance(part, str)):
        found.insert(0, Word(fields, forms))
    return found[0] if len(found) == 1 else query.Or(found)


def _passages(fields: tuple[str, ...], slots: tuple[Slot, ...], slop: int = 0) -> query.Query:
    return query.Or([Passage(field, slots, slop) for field in fields])


def _all(parts: list[query.Query]) -> query.Query | None:
    return (parts[0] if len(parts) == 1 else query.And(parts)) if parts else None
