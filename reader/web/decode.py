"""The bytes of a web page as text."""

from __future__ import annotations

import codecs
import re

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_TEXT_CODECS = re.compile(
    r"utf-?8|utf-?16(?:-?[bl]e)?|us-ascii|ascii|iso-?8859-\d+|latin-?\d+|windows-\d+|cp\d+|koi8-\w|gb\w+|big5\S*|euc[-_]\w+"
    r"|shift[-_]jis|sjis|iso-2022-jp|tis-620|mac\w*",
    re.IGNORECASE,
)
"""Encodings of text: Python has codecs for other things too."""


def text_of_page(body: bytes, content_type: str = "") -> str:
    """A page as text, in the encoding that its mark, its server or itself says, as browsers weigh these; never raises."""
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    said = _CHARSET.search(content_type)
    meta = _META.search(body[:4096])
    for name in (said[1] if said else "", meta[1].decode("ascii", "replace") if meta else ""):
        if (found := _decoded(body, name, slips=10)) is not None:
            return found
    if (found := _decoded(body, "utf-8", slips=0)) is not None:
        return found
    return body.decode("windows-1252", "replace")


def _decoded(body: bytes, name: str, slips: int) -> str | None:
    """The text if it is in this encoding; a few bytes that are not, one in a thousand or `slips`, do not speak against it."""
    if not _TEXT_CODECS.fullmatch(name):
        return None
    if name.lower() in {"iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"}:
        name = "utf-8" if _is_utf8(body) else "windows-1252"  # what pages that say so mean
    try:
        text = body.decode(name, "replace")
    except LookupError:
        return None
    return text if text.count("�") <= slips + len(text) // 1000 else None


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
