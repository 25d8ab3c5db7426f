"""The one file of a segment, written from its beginning to its end: postings as they come, then all that is small.

Whoosh writes a file for every column and every list of terms, and then copies all of them into one. That were some thirty files
that are made, read and removed for thirty articles. What lies in the one file is as Whoosh's `CompoundStorage` reads it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whoosh.codec.whoosh3 import W3Segment
from whoosh.filedb.compound import CompoundStorage

if TYPE_CHECKING:
    from collections.abc import Mapping


class SegmentFile:
    """Made when something is written; a writer that was given nothing leaves no file."""

    def __init__(self, storage: Any, segment: Any, streamed: str) -> None:
        """`streamed`: the name of what is written piece by piece."""
        self._storage, self._name = storage, segment.make_filename(W3Segment.COMPOUND_EXT)
        self._file: Any = None
        self._directory = {streamed: {"offset": 0, "length": 0, "modified": 0}}
        self._streamed = self._directory[streamed]

    def write(self, data: bytes) -> None:
        """Write more of what is written piece by piece."""
        if self._file is None:
            self._file = self._storage.create_file(self._name)
            self._file.write_long(0)  # where the directory begins, and how long it is: known at the end
            self._file.write_int(0)
            self._streamed["offset"] = self._file.tell()
        self._file.write(data)
        self._streamed["length"] += len(data)

    def close(self, others: Mapping[str, bytes]) -> None:
        """Write these whole, by name, and where everything is."""
        if others:
            self.write(b"")
        if self._file is None:
            return
        for name, data in others.items():
            self._directory[name] = {"offset": self._file.tell(), "length": len(data), "modified": 0}
            self._file.write(data)
        CompoundStorage.write_dir(self._file, 0, self._directory)  # closes it
        self._file = None
