"""Records as JSON: one object, a list of them, a line each (JSONL), or the answer of our own shell. Read piece by piece.

A broken line of JSONL costs that line; a broken place in a list costs what comes after it, for nothing tells where the next
begins.
"""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any

from reader.errors import ParseError
from reader.jobs.exchange.piece import LONGEST, Piece, broken, piece_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO, TextIO

_CHUNK = 1 << 18
_LOOK = 1 << 16
_BETWEEN = re.compile(r"[\s,]*")
_ANSWER = re.compile(r'\s*\{(?:(?!"title"|"webUrl").)*?"articles"\s*:\s*\[', re.DOTALL)
_NOT_UTF8 = re.compile("[\udc80-\udcff]")
_FEED = re.compile(r"^https?://(?:www\.)?jsonfeed\.org/version/", re.IGNORECASE)


def pieces(file: BinaryIO) -> Iterator[Piece]:
    """The records of a file, in order, each with its line."""
    text = io.TextIOWrapper(file, "utf-8-sig", errors="surrogateescape", newline="\n")
    try:
        head = text.read(_LOOK)
        start = len(head) - len(head.lstrip())
        if head[start : start + 1] == "[":
            yield from _list(text, head[start + 1 :], 1 + head.count("\n", 0, start))
        elif answer := _ANSWER.match(head):
            yield from _list(text, head[answer.end() :], 1 + head.count("\n", 0, answer.end()))
        elif _is_by_lines(head):
            yield from _lines(_Reread(head, text))
        else:
            yield from _document(head + text.read(LONGEST - len(head) + 1))
    finally:
        text.detach()  # the file is the caller's to close


def is_feed(head: str) -> bool:
    """Whether this begins like a JSON Feed (https://www.jsonfeed.org/version/1.1/)."""
    found = re.match(r'\s*\{.{0,4000}?"version"\s*:\s*"([^"]{1,200})"', head, re.DOTALL)
    return bool(found and _FEED.match(found[1].replace("\\/", "/")))


# A line each


def _is_by_lines(head: str) -> bool:
    """Whether the first line, or the second if the first is broken, is an object by itself."""
    lines = [line for line in head.split("\n", 3)[:3] if line.strip()]
    if len(lines) < 2:
        return len(head) >= _LOOK  # one line without an end in sight: if it is too long, the next may be good
    try:
        _value(lines[0])
    except ParseError:
        return lines[1].startswith(("{", '"')) and lines[0].lstrip().startswith("{") and len(lines[0].strip()) > 1
    return True


class _Reread:
    """A text file of which the head was read already."""

    def __init__(self, head: str, rest: TextIO) -> None:
        self._head, self._rest = io.StringIO(head, newline="\n"), rest

    def readline(self, limit: int) -> str:
        """A line with its end, or `limit` characters of it; "" at the end of the file."""
        line = self._head.readline(limit)
        if line.endswith("\n") or len(line) >= limit:
            return line
        return line + self._rest.readline(limit - len(line))


def _lines(text: _Reread) -> Iterator[Piece]:
    number = 0
    while line := text.readline(LONGEST):
        number += 1
        if len(line) >= LONGEST and not line.endswith("\n"):
            _skip_line(text)
            yield Piece(number, None, (f"a line of more than {LONGEST >> 20} MB; left out",))
        elif line.strip():
            try:
                yield piece_of(_value(line), number)
            except ParseError as error:
                yield broken(ParseError(error.why, number))


def _skip_line(text: _Reread) -> None:
    while (more := text.readline(_CHUNK)) and not more.endswith("\n"):
        pass


# A list


def _list(text: TextIO, buffer: str, line: int) -> Iterator[Piece]:
    """The elements of a list of any length; `buffer` begins after its bracket, on this line."""
    while True:
        at = _after(buffer, 0)
        line += buffer.count("\n", 0, at)
        buffer = buffer[at:]
        if not buffer and not (buffer := text.read(_CHUNK)):
            yield Piece(line, None, ("the list is cut short: its closing bracket is missing",))
            return
        if buffer[0] == "]":
            return
        if buffer[0].isspace() or buffer[0] == ",":
            continue
        try:
            value, end, buffer = _element(text, buffer)
        except ParseError as error:
            yield broken(ParseError(f"{error.why}; the rest of the list was left out", line - 1 + max(error.line, 1)))
            return
        yield piece_of(value, line)
        line += buffer.count("\n", 0, end)
        buffer = buffer[end:]


def _element(text: TextIO, buffer: str) -> tuple[Any, int, str]:
    """The value at the start of the buffer, where it ends, and the buffer, which grows until the value is whole."""
    while True:
        try:
            value, end = _DECODER.raw_decode(buffer)
        except RecursionError:
            raise ParseError("nested too deep") from None
        except ValueError as error:
            more = text.read(max(_CHUNK, len(buffer))) if len(buffer) <= LONGEST else ""
            if not more:
                raise _in_words(error, buffer) from None
            buffer += more
        else:
            _check_encoding(buffer[:end])
            return value, end, buffer


def _after(buffer: str, at: int) -> int:
    found = _BETWEEN.match(buffer, at)
    return found.end() if found else at


# One document


def _document(text: str) -> Iterator[Piece]:
    if len(text) > LONGEST:
        yield Piece(1, None, (f"more than {LONGEST >> 20} MB, and neither a list nor a record a line",))
        return
    line = 1 + text[: len(text) - len(text.lstrip())].count("\n")
    try:
        yield piece_of(_value(text), line)
    except ParseError as error:
        yield broken(error, line)


# JSON


def _nothing(_word: str) -> None:
    """NaN and Infinity, which JSON does not have."""


_DECODER = json.JSONDecoder(parse_constant=_nothing)


def _value(text: str) -> Any:
    _check_encoding(text)
    try:
        return _DECODER.decode(text)
    except RecursionError:
        raise ParseError("nested too deep") from None
    except ValueError as error:
        raise _in_words(error, text) from None


def _check_encoding(text: str) -> None:
    if found := _NOT_UTF8.search(text):
        raise ParseError("not UTF-8, as JSON has to be", text.count("\n", 0, found.start()) + 1)


def _in_words(error: ValueError, text: str) -> ParseError:
    if isinstance(error, json.JSONDecodeError):
        if error.pos >= len(text.rstrip()):
            return ParseError("not JSON: it is cut short", error.lineno)
        return ParseError(f"not JSON: {error.msg} at character {error.colno}", error.lineno)
    return ParseError("a number with too many digits")
