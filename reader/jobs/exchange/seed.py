"""A seed record: front matter in YAML between two `---` lines, and a body after it.

Of YAML the part is read that data needs: fields, lists and text. Anchors, aliases, merges, tags and fields that stand twice are
refused: they make a small file explode or say two things at once. Text stays text (`no`, `12:30:00`); only the fields that are
numbers, or true and false, are read as such, where they stand without quotes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from reader.errors import ParseError
from reader.formats import FLAGS, NUMBERS, TIMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reader.formats import Document

_DEEPEST = 16
_MOST_NODES = 100_000
_OPENING = re.compile(r"\ufeff?---[ \t]*\r?\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_FIELD = re.compile(r"[ \t]*(?:#.*)?(?:\r?\n[ \t]*(?:#.*)?)*[\w\"'-][^\n]{0,80}:(?:\s|$)")
_WHOLE = re.compile(r"-?(?:0|[1-9]\d{0,14})")
_BROKEN = re.compile(r"-?(?:0|[1-9]\d{0,14})\.\d{1,15}")
_TIME = re.compile(r"\d{4}-\d\d-\d\d(?:[Tt ]\d\d?:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?)?")
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[ ._/-][A-Za-z0-9]+)*")
_SHORT = 40
_NOTHING = {"", "~", "null"}

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


# In


def begins(text: str) -> bool:
    """Whether this text begins with front matter."""
    opening = _OPENING.match(text)
    return bool(opening and (_FIELD.match(text, opening.end()) or _CLOSING.search(text, opening.end())))


def parse(text: str) -> tuple[Document, str]:
    """The fields of a record and its body, without the blank lines around it. `ParseError` knows the line in the file."""
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        raise ParseError("the front matter that begins here is never closed by a line ---", 1)
    return _fields(text[opening.end() : closing.start()]), text[closing.end() :].strip("\r\n")


def _fields(front: str) -> Document:
    try:
        document = _built(yaml.parse(front, Loader=_Loader))
    except yaml.reader.ReaderError as error:
        raise ParseError("the front matter holds a character that YAML does not allow", _line(front, error.position)) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = error.problem or error.context or "not YAML"
        raise ParseError(f"the front matter is not YAML: {what}", mark.line + 2 if mark else 1) from error
    if not isinstance(document, dict):
        raise ParseError("the front matter is no list of fields (name: value)", 2)
    return document


def _line(front: str, position: int) -> int:
    """The line in the file of a place in the front matter, which begins on the second line."""
    return front.count("\n", 0, position) + 2


def _built(events: Iterable[Any]) -> Any:
    """The document that YAML's events tell of."""
    root: list[Any] = []
    open_: list[_Part] = [_Part(root)]
    for number, event in enumerate(events):
        line = event.start_mark.line + 2
        _check(event, line, deep=len(open_), nodes=number)
        if isinstance(event, yaml.ScalarEvent):
            plain = bool(event.implicit[0])
            open_[-1].add(None if plain and event.value in _NOTHING else event.value, line, plain=plain)
        elif isinstance(event, yaml.CollectionStartEvent):
            inner: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
            open_[-1].add(inner, line)
            open_.append(_Part(inner))
        elif isinstance(event, yaml.CollectionEndEvent):
            open_.pop()
    return root[0] if root else None


def _check(event: Any, line: int, *, deep: int, nodes: int) -> None:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise ParseError("anchors and aliases (& and *) are not read", line)
    if getattr(event, "tag", None):
        raise ParseError(f"tags ({event.tag}) are not read", line)
    if deep > _DEEPEST:
        raise ParseError(f"nested more than {_DEEPEST} deep", line)
    if nodes > _MOST_NODES:
        raise ParseError(f"more than {_MOST_NODES} parts", line)


class _Part:
    """A list or a mapping that is being filled."""

    def __init__(self, into: list[Any] | dict[str, Any]) -> None:
        self._into = into
        self._name: str | None = None

    def add(self, value: Any, line: int, *, plain: bool = False) -> None:
        if isinstance(self._into, list):
            self._into.append(value)
        elif self._name is None:
            self._name = self._as_name(value, line, plain=plain)
        else:
            self._into[self._name] = _typed(self._name, value) if plain else value
            self._name = None

    def _as_name(self, value: Any, line: int, *, plain: bool) -> str:
        if not isinstance(value, str) or (plain and value == "<<"):
            raise ParseError("the name of a field is a word; merging (<<) is not read", line)
        if value in self._into:
            raise ParseError(f"the field {value} stands twice", line)
        return value


def _typed(name: str, value: Any) -> Any:
    """The value of a field that is a number or a yes or no; any other as it stands."""
    if not isinstance(value, str):
        return value
    if name in FLAGS and value in {"true", "false"}:
        return value == "true"
    if name in NUMBERS and _WHOLE.fullmatch(value):
        return int(value)
    if name in NUMBERS and _BROKEN.fullmatch(value) and repr(float(value)) == value:
        return float(value)
    return value


# Out


def written(document: Mapping[str, Any]) -> str:
    """A record as front matter and body; `parse` reads back what was written. `content` is the body where it can be one."""
    body = document.get("content")
    fields = dict(document)
    if isinstance(body, str) and body and body == body.strip("\r\n"):
        del fields["content"]
        return f"---\n{_front(fields)}---\n\n{body}\n"
    return f"---\n{_front(fields)}---\n"


def _front(fields: Mapping[str, Any]) -> str:
    front: str = yaml.dump(
        _with_times(fields, ""), Dumper=_FrontDumper, sort_keys=False, allow_unicode=True, default_flow_style=False, width=1 << 30
    )
    return front


class _Bare(str):
    """Text that YAML may take for a time: written without quotes, as the seeds write it."""

    __slots__ = ()


def _with_times(value: Any, name: str) -> Any:
    if isinstance(value, dict):
        return {key: _with_times(part, key) for key, part in value.items()}
    if isinstance(value, list):
        return [_with_times(part, "") for part in value]
    return _Bare(value) if name in TIMES and isinstance(value, str) and _TIME.fullmatch(value) else value


class _FrontDumper(_Dumper):  # type: ignore[misc]  # which of the two there is shows when it runs
    def ignore_aliases(self, _data: object) -> bool:
        return True


def _text(dumper: Any, value: str) -> Any:
    style = None if len(value) <= _SHORT and _PLAIN.fullmatch(value) else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _bare(dumper: Any, value: str) -> Any:
    return dumper.represent_scalar("tag:yaml.org,2002:timestamp", str(value))


_FrontDumper.add_representer(str, _text)
_FrontDumper.add_representer(_Bare, _bare)
