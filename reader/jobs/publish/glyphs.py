"""Which characters the fonts of a folder can draw, read from their `cmap` tables (OpenType 1.9, formats 4 and 12)."""

from __future__ import annotations

import unicodedata
from array import array
from functools import cache
from struct import unpack_from
from sys import byteorder
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@cache
def drawable(folder: Path) -> frozenset[str]:
    """Every character that some font in the folder has a glyph for; none for private use, which mean something else to each."""
    codes = {code for font in sorted(folder.glob("*.ttf")) for code in _codes(_cmap(font))}
    return frozenset(letter for letter in map(chr, codes) if unicodedata.category(letter) != "Co")


def _cmap(font: Path) -> bytes:
    with font.open("rb") as file:
        head = file.read(12)
        tables = file.read(16 * int.from_bytes(head[4:6]))
        for at in range(0, len(tables), 16):
            if tables[at : at + 4] == b"cmap":
                offset, length = unpack_from(">II", tables, at + 8)
                file.seek(offset)
                return file.read(length)
    return b"\0" * 4


def _codes(cmap: bytes) -> Iterator[int]:
    (count,) = unpack_from(">H", cmap, 2)
    for number in range(count):
        (offset,) = unpack_from(">I", cmap, 8 + 8 * number)
        (format,) = unpack_from(">H", cmap, offset)
        if format == 4:
            yield from _by_segments(cmap[offset:])
        elif format == 12:
            yield from _by_groups(cmap[offset:])


def _by_groups(table: bytes) -> Iterator[int]:
    (count,) = unpack_from(">I", table, 12)
    for group in range(count):
        first, last, glyph = unpack_from(">III", table, 16 + 12 * group)
        yield from range(first if glyph else first + 1, last + 1)


def _by_segments(table: bytes) -> Iterator[int]:
    words = array("H", table[: len(table) // 2 * 2])
    if byteorder == "little":
        words.byteswap()
    count = words[3] // 2
    for segment in range(count):
        last, first = words[7 + segment], words[8 + count + segment]
        delta, at = words[8 + 2 * count + segment], 8 + 3 * count + segment
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code if words[at] == 0 else words[at + words[at] // 2 + code - first]
            if glyph and (glyph + delta) % 0x10000:
                yield code
