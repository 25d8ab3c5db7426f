"""The bytes of an answer, unpacked within bounds. Pure: bytes in, bytes out.

A library that unpacks by itself unpacks a whole network chunk at once: a gigabyte out of 800 bytes, before it looks at a limit.
Here each step yields at most 64 KB, and what is beyond the limit is never made.
"""

from __future__ import annotations

import zlib

from reader.errors import BadAnswer, TooLarge

MAX_BYTES = 10 << 20
_STEP = 1 << 16
_GZIP = b"\x1f\x8b"
_TEXT = (b"<", b"{", b"[", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b" ", b"\n", b"\r", b"\t")


class Body:
    """Takes an answer piece by piece and gives it back whole.

    Harmless oddities are borne: packed and not said so, said to be packed and not so, junk after the end. Raises `TooLarge`, and
    `BadAnswer` for what is packed otherwise or more than once, is damaged, or ends too early.
    """

    def __init__(self, url: str, encoding: str, most: int = MAX_BYTES) -> None:
        self._url, self._most = url, most
        self._said = _encoding(url, encoding)
        self._kept: list[bytes] = []
        self._size = self.received = 0
        self._head: bytes | None = b""
        self._unpacking: zlib._Decompress | None = None
        self._ended = False

    def add(self, piece: bytes) -> None:
        """Take the next piece as it came."""
        self.received += len(piece)
        if self.received > self._most:
            raise self._too_large()
        if self._head is not None:
            piece = self._head + piece
            if len(piece) < 2:  # too short to tell how it is packed
                self._head = piece
                return
            self._head = None
            self._unpacking = _unpacking(self._said, piece)
        self._unpack(piece)

    def whole(self) -> bytes:
        """All of it, unpacked, once the answer has ended."""
        if self._head:
            self._keep(self._head)
        if self._unpacking is not None and not self._ended:
            raise BadAnswer(self._url, "the answer was cut short: what was packed does not end")
        return b"".join(self._kept)

    def _unpack(self, piece: bytes) -> None:
        if self._unpacking is None:
            self._keep(piece)
            return
        try:
            while piece and not self._ended:
                self._keep(self._unpacking.decompress(piece, _STEP))
                piece = self._unpacking.unconsumed_tail
                if self._unpacking.eof:
                    piece = self._next_member(self._unpacking.unused_data)
        except zlib.error:
            raise BadAnswer(self._url, "the answer is damaged: it cannot be unpacked") from None

    def _next_member(self, rest: bytes) -> bytes:
        """A gzip file may have several members; anything else after the end is junk that does no harm."""
        if rest.startswith(_GZIP):
            self._unpacking = zlib.decompressobj(31)
            return rest
        self._ended = True
        return b""

    def _keep(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._size > self._most:
            raise self._too_large()
        self._kept.append(piece)

    def _too_large(self) -> TooLarge:
        return TooLarge(self._url, f"the answer is larger than {self._most >> 20} MB, which is more than we take")


def _encoding(url: str, said: str) -> str:
    steps = [step for step in (part.strip().lower() for part in said.split(",")) if step and step != "identity"]
    if len(steps) > 1:
        raise BadAnswer(url, f"the answer is packed {len(steps)} times over ({', '.join(steps[:4])}), which is not unpacked")
    step = steps[0].removeprefix("x-") if steps else ""
    if step not in {"", "gzip", "deflate"}:
        raise BadAnswer(url, f"the answer is packed in a way that was not asked for ({step[:20]})")
    return step


def _unpacking(said: str, start: bytes) -> zlib._Decompress | None:
    """How to unpack an answer that begins so, whatever is said of it."""
    if start.startswith(_GZIP):
        return zlib.decompressobj(31)
    if said != "deflate" or start.startswith(_TEXT):
        return None
    has_header = start[0] & 0x0F == 8 and int.from_bytes(start[:2], "big") % 31 == 0
    return zlib.decompressobj(15 if has_header else -15)
