"""What the readers of files hand over: one record, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reader.errors import ParseError
from reader.formats import record_from

if TYPE_CHECKING:
    from reader.records import Record

LONGEST = 10 << 20
"""So many bytes, or characters, one record may have, its text included; more is taken for a file that is something else."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that was found in a file, at this line (0: the file has none). `problems` are what of it could not be used."""

    line: int
    record: Record | None
    problems: tuple[str, ...] = ()


def broken(error: ParseError, line: int = 0) -> Piece:
    """A piece that is no record."""
    return Piece(error.line or line, None, (str(error.why),))


def piece_of(document: Any, line: int) -> Piece:
    """The record that a JSON object or front matter tells."""
    if not isinstance(document, dict):
        return Piece(line, None, ("not a record: a JSON object with a title or an address was expected",))
    doubts: list[str] = []
    try:
        record = record_from(document, doubts)
    except ParseError as error:
        return Piece(line, None, (str(error.why),))
    return Piece(line, record, tuple(doubts))
