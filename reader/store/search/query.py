"""The query language, through Whoosh's parser: signs are tagged, brackets and operators grouped by its plugins.

A query that cannot be understood is still a query: what is wrong with it is told, with the place, and its words are searched for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from whoosh import query
from whoosh.qparser import QueryParser, plugins, syntax, taggers

from reader.errors import QueryError
from reader.store.search.clauses import Expanded, Passage, Word
from reader.store.search.values import CONDITIONS, TEXT_FIELDS, Builder, Maybe

if TYPE_CHECKING:
    from reader.store.search.conditions import Conditions

LONGEST = 6000
"""Characters of a query that are read."""

DEEPEST = 20
"""Brackets inside brackets."""

MOST_CLAUSES = 300

_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»"}
_QUOTED = re.compile(r'(?P<open>["“„«])(?P<text>[^"“”„»«]*)(?P<close>["”“»])(?:~(?P<slop>\d{1,3}))?')
_CONDITION = re.compile(
    rf'(?P<name>{"|".join(CONDITIONS)})\s*:\s*(?:["“„](?P<quoted>[^"“”„]*)["”“]|(?P<bare>[^\s()"“”„«»]+))', re.IGNORECASE
)
_FIELD = re.compile(rf"(?P<text>{'|'.join(TEXT_FIELDS)})\s*:\s*(?=[^\s)])")
_STARTS = r"(?:^|(?<=[\s(]))"
_WITHOUT = re.compile(rf"{_STARTS}-(?=[^\s\-])")
_LONE_QUOTE = re.compile(r"[\"“”„«»]")
_ENDS = r"(?=$|[\s()])"
_WORD = re.compile(r"[^\s()\"“”„«»]+")
_UNWANTED = re.compile(r"(?:^|[\s(])(?:-|NOT\s+)(?:[A-Za-z]+:\s*)?$")
"""What stands before a word that is left out: the beginning of one would leave out more than is meant."""
_UNKNOWN_FIELD = re.compile(r"([a-z]{2,20}):(?=[^\s/])", re.IGNORECASE)


@dataclass(slots=True)
class Parsed:
    """A query that was read: what to look for (`None`: nothing), and what was wrong with it.

    It `moves` if its answer can change although no text does: it asks for a state, a score, a topic, an age.
    """

    text: str
    query: query.Query | None
    problems: list[QueryError] = field(default_factory=list)
    moves: bool = False


def parse(text: str, conditions: Conditions, *, inside: tuple[str, ...] = (), unfinished: bool = False) -> Parsed:
    """Read a query. Never raises; `inside` are the names of the saved searches that led here.

    Of one that is `unfinished` the last word may be the beginning of a longer one, where nothing stands behind it and it is not
    one that is left out.
    """
    parsed = Parsed(text, None)
    if len(text) > LONGEST:
        parsed.problems.append(QueryError(f"a query has at most {LONGEST:,} characters; the rest was left out", text, LONGEST))
        text = text[:LONGEST]
    if not text.strip():
        parsed.query = query.Every()
        return parsed
    builder = Builder(conditions, parsed.text, parsed.problems, inside, parse)
    parser = QueryParser(
        None,
        None,
        plugins=[_Signs(builder, len(text) if unfinished else None), *_JOINTS],
    )
    tree = parser.process(text)
    parsed.query = _joined(tree.query(parser))
    parsed.moves = builder.moves
    parsed.problems.sort(key=lambda problem: problem.position)
    return parsed


_OPERATORS = {
    "And": rf"{_STARTS}AND{_ENDS}",
    "Or": rf"{_STARTS}OR{_ENDS}",
    "Not": rf"{_STARTS}NOT{_ENDS}",
    "AndNot": None,
    "AndMaybe": None,
    "Require": None,
}
_JOINTS = (plugins.GroupPlugin(), plugins.OperatorsPlugin(**_OPERATORS))
"""What groups the parts of a query: the same for all."""


# Signs


class _Leaf(syntax.SyntaxNode):
    """A part of a query that stands for itself: words, words in quotes, a condition."""

    has_fieldname = True

    def __init__(self, build: Any) -> None:
        self.fieldname: str | None = None
        self._build = build

    def r(self) -> str:
        """How it is shown while debugging."""
        return "leaf"

    def query(self, parser: QueryParser) -> query.Query | None:
        """What it asks for, `None` for nothing."""
        del parser
        return self._build(self.fieldname, self.startchar)


class _Tagger(taggers.RegexTagger):
    """Recognises a sign by an expression and makes a node of it."""

    def __init__(self, expression: re.Pattern[str], make: Any) -> None:
        super().__init__(expression)
        self._make = make

    def create(self, parser: QueryParser, match: re.Match[str]) -> Any:
        """The node."""
        del parser
        return self._make(match)


class _Signs(plugins.Plugin):
    """The signs of our language, and what is put right before Whoosh groups them."""

    def __init__(self, builder: Builder, written_at: int | None = None) -> None:
        self._builder, self._written_at = builder, written_at

    def taggers(self, parser: QueryParser) -> list[tuple[Any, int]]:
        """In order of precedence; operators and brackets stand at 0. Whatever nothing else takes is a word."""
        del parser
        build = self._builder
        return [
            (_Tagger(_QUOTED, lambda m: _Leaf(lambda f, _: build.quoted(f, m["text"], int(m["slop"] or 0)))), -30),
            (_Tagger(_CONDITION, self._condition), -20),
            (_Tagger(_FIELD, lambda m: syntax.FieldnameNode(m["text"].lower(), m[0])), -20),
            (_Tagger(_WITHOUT, lambda m: syntax.PrefixOperator(m[0], syntax.NotGroup)), -20),
            (_Tagger(_LONE_QUOTE, self._open_quote), -10),
            (_Tagger(_WORD, self._word), 10),
        ]

    def filters(self, parser: QueryParser) -> list[tuple[Any, int]]:
        """Before brackets are grouped (0), field names given to what follows, and operators applied (600)."""
        del parser
        fields = plugins.FieldsPlugin(remove_unknown=False)
        return [(self._match_brackets, -10), (fields.do_fieldnames, 100), (self._place_operators, 550)]

    def _condition(self, match: re.Match[str]) -> _Leaf:
        value = match["quoted"] if match["quoted"] is not None else match["bare"]
        return _Leaf(lambda _, start: self._builder.condition(match["name"].lower(), value, start))

    def _word(self, match: re.Match[str]) -> _Leaf:
        if (unknown := _UNKNOWN_FIELD.match(match[0])) and not match[0].lower().startswith(("http:", "https:")):
            self._builder.tell(f"there is no field “{unknown[1]}”; its words were searched for", match.start())
        goes_on = match.end() == self._written_at and not _UNWANTED.search(match.string[: match.start()])
        build = self._builder.beginning if goes_on else self._builder.word
        return _Leaf(lambda f, _: build(f, match[0]))

    def _open_quote(self, match: re.Match[str]) -> syntax.SyntaxNode:
        self._builder.tell("a quotation mark is not closed", match.start())
        return syntax.Whitespace()

    def _match_brackets(self, parser: QueryParser, group: Any) -> Any:
        """Leave out brackets without their other half, and those that stand too deep."""
        del parser
        opening, closing = plugins.GroupPlugin.OpenBracket, plugins.GroupPlugin.CloseBracket
        kept: list[Any] = []
        open_at: list[int | None] = []
        for node in group:
            if isinstance(node, opening):
                if len(open_at) >= DEEPEST:
                    self._builder.tell(f"brackets stand more than {DEEPEST} deep", node.startchar)
                    open_at.append(None)
                    continue
                open_at.append(len(kept))
            elif isinstance(node, closing):
                if not open_at:
                    self._builder.tell("a bracket is closed that was not opened", node.startchar)
                    continue
                if open_at.pop() is None:
                    continue
            elif isinstance(node, _Leaf) and not self._builder.counted(node.startchar, MOST_CLAUSES):
                continue
            kept.append(node)
        for at in reversed([at for at in open_at if at is not None]):
            self._builder.tell("a bracket is not closed", kept[at].startchar)
            del kept[at]
        group.nodes = kept
        return group

    def _place_operators(self, parser: QueryParser, group: Any) -> Any:
        """Leave out operators that join nothing, so that Whoosh finds something on both sides of every other."""
        kept: list[Any] = []
        for node in group:
            part = self._place_operators(parser, node) if isinstance(node, syntax.GroupNode) else node
            if isinstance(part, syntax.GroupNode) and not part.nodes:
                continue
            if isinstance(part, syntax.WordNode):  # what becomes of a field name that nothing follows
                self._builder.tell(f"“{part.text.strip()}” says nothing", part.startchar)
                continue
            before = kept[-1] if kept else None
            if isinstance(part, syntax.PrefixOperator) and isinstance(before, syntax.PrefixOperator):
                kept.pop()  # not not: yes
                continue
            if isinstance(part, syntax.InfixOperator) and isinstance(before, syntax.PrefixOperator):
                self._builder.tell(f"{before.text} has nothing after it", before.startchar)
                kept.pop()
                before = kept[-1] if kept else None
            if isinstance(part, syntax.InfixOperator) and (before is None or isinstance(before, syntax.Operator)):
                self._builder.tell(f"{part.text} has nothing before it", part.startchar)
                continue
            kept.append(part)
        while kept and isinstance(kept[-1], syntax.Operator):
            self._builder.tell(f"{kept[-1].text} has nothing after it", kept[-1].startchar)
            kept.pop()
        group.nodes = kept
        return group


# Joined


def _joined(asked: query.Query | None) -> query.Query | None:
    """A query without empty parts, and with words that carry no meaning where they belong: they help to rank, no more."""
    if isinstance(asked, Maybe):
        return asked.query
    if isinstance(asked, query.Not):
        inside = _joined(asked.query)
        return query.Not(inside) if inside is not None else None
    if isinstance(asked, query.Or):
        parts = [part for part in map(_joined, asked.subqueries) if part is not None]
        return _one_or(query.Or, parts)
    if isinstance(asked, query.And):
        needed = [part for one in asked.subqueries if not isinstance(one, Maybe) and (part := _joined(one)) is not None]
        helping = [one.query for one in asked.subqueries if isinstance(one, Maybe)]
        if not any(_searches_words(part) for part in needed):
            needed, helping = needed + helping, []
        whole = _one_or(query.And, needed)
        return query.AndMaybe(whole, query.Or(helping)) if whole is not None and helping else whole
    return asked


def _one_or(join: type[query.And | query.Or], parts: list[query.Query]) -> query.Query | None:
    return (parts[0] if len(parts) == 1 else join(parts)) if parts else None


def _searches_words(asked: query.Query) -> bool:
    if isinstance(asked, (query.And, query.Or)):
        return any(map(_searches_words, asked.subqueries))
    if isinstance(asked, Word):
        return asked.fields != ("lang",)
    return isinstance(asked, (Expanded, Passage, query.AndMaybe))
