"""Which articles must be in one thread and which cannot be: what the analyst said, above what records relate."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from reader.analysis.grouping import Bonds
from reader.store import membership

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import apsw


def with_related(
    db: apsw.Connection, articles: Sequence[int], must: Mapping[int, frozenset[int]], cannot: Mapping[int, frozenset[int]]
) -> Bonds:
    """The analyst's word, and of these articles what their records relate."""
    related: defaultdict[int, set[int]] = defaultdict(set)
    for one, other in membership.related(db, articles):
        related[one].add(other)
        related[other].add(one)
    joined = {article: frozenset(others) | must.get(article, frozenset()) for article, others in related.items()}
    return Bonds({**must, **joined}, cannot)
