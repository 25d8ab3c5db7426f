"""The postings of a term, one by one, for Whoosh's own collector: ours reads them whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.matching import LeafMatcher, ReadTooFar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.store.search.postings import Postings


class ArrayMatcher(LeafMatcher):
    """At one document of a term after the other."""

    def __init__(self, postings: Postings, format_: Any, term: Any, scorer: Any = None, at: int = 0) -> None:
        self.postings, self.format, self.scorer = postings, format_, scorer
        self._term, self._at = term, at

    def copy(self) -> ArrayMatcher:
        """Another one at the same document."""
        return ArrayMatcher(self.postings, self.format, self._term, self.scorer, self._at)

    def is_active(self) -> bool:
        """Whether it is at a document."""
        return self._at < len(self.postings.documents)

    def reset(self) -> None:
        """Go back to the first."""
        self._at = 0

    def id(self) -> int:
        """The document that it is at."""
        return int(self.postings.documents[self._at])

    def all_ids(self) -> Iterator[int]:
        """The documents from here on."""
        return iter(self.postings.documents[self._at :].tolist())

    def next(self) -> None:
        """Go to the next document."""
        if not self.is_active():
            raise ReadTooFar
        self._at += 1

    def skip_to(self, document: int) -> None:
        """Go to a document, or to the first after it."""
        if not self.is_active():
            raise ReadTooFar
        self._at += int(np.searchsorted(self.postings.documents[self._at :], document))

    def weight(self) -> float:
        """How often the term stands in this document, times the weight of the field."""
        return float(self.postings.counts[self._at]) * float(self.format.field_boost)

    def value(self) -> bytes:
        """Where it stands in this document, as its format reads it."""
        if not len(self.postings.places):
            return b""
        start = int(self.postings.counts[: self._at].sum(dtype=np.int64))
        count = int(self.postings.counts[self._at])
        return self.postings.places[start : start + count].astype("<u4").tobytes()

    def supports_block_quality(self) -> bool:
        """No block is skipped: every document counts."""
        return False

    def max_quality(self) -> float:
        """The most that a document of this term can score."""
        return float(self.scorer.max_quality()) if self.scorer else float("inf")
