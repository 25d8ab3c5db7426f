"""The XML parser that feedparser is told to use (its PREFERRED_XML_PARSERS): Python's own, but text comes whole.

Without it expat hands over each line and each entity of a text by itself, and feedparser spends a quarter of its time on that.
"""

from __future__ import annotations

from typing import Any
from xml.sax.expatreader import ExpatParser

BUFFER = 1 << 20


class WholeTextParser(ExpatParser):
    """Python's parser with text gathered until the next tag."""

    _parser: Any

    def reset(self) -> None:
        """Begin a document."""
        super().reset()
        self._parser.buffer_text = True
        self._parser.buffer_size = BUFFER


def create_parser() -> WholeTextParser:
    """What `xml.sax.make_parser` asks of a module."""
    return WholeTextParser()
