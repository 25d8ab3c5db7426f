"""Pictures of articles, decoded within bounds: four plain formats, told by their first bytes, and none too large to wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QImageReader

if TYPE_CHECKING:
    from collections.abc import Mapping

_SIGNS: Mapping[bytes, bytes] = {b"\x89PNG\r\n\x1a\n": b"png", b"\xff\xd8\xff": b"jpeg", b"GIF87a": b"gif", b"GIF89a": b"gif"}
MOST_POINTS = {b"png": 12_000_000, b"gif": 4_000_000, b"webp": 12_000_000, b"jpeg": 40_000_000}
"""Points that are decoded at most, by format: a JPEG is made smaller while it is read."""
LONGEST = 20_000


def size(body: bytes) -> QSize | None:
    """How large a picture is, from its head alone; `None` for what is not shown."""
    found = _reader(body)
    return found[1].size() if found else None


def decoded(body: bytes, wide: int) -> QImage | None:
    """The picture, at most `wide` points wide; `None` for what is not shown."""
    found = _reader(body)
    if found is None:
        return None
    _, reader = found
    whole = reader.size()
    if whole.width() > wide:
        reader.setScaledSize(QSize(wide, max(1, round(whole.height() * wide / whole.width()))))
    picture = reader.read()
    return None if picture.isNull() else picture


def _reader(body: bytes) -> tuple[QBuffer, QImageReader] | None:
    """A reader of these bytes, with the buffer that it reads from; it is never left to guess a format."""
    format = next((name for sign, name in _SIGNS.items() if body.startswith(sign)), b"")
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        format = b"webp"
    if not format:
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(body))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(format))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(False)
    whole = reader.size()
    wide, high = whole.width(), whole.height()
    if not (1 < wide <= LONGEST and 1 < high <= LONGEST and wide * high <= MOST_POINTS[format]):
        return None
    return buffer, reader
