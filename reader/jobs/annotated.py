"""The analyst's own words, article by article, and which of them have lost the passage that they stood on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.analysis import anchors
from reader.records import Annotated
from reader.store import annotations as annotating
from reader.store import articles

if TYPE_CHECKING:
    import apsw

    from reader.store.annotations import Written


def all_of(db: apsw.Connection) -> list[Annotated]:
    """Every article on which the analyst wrote, the one with the newest words first."""
    written = annotating.everything(db)
    rows = {row.id: row for row in articles.rows(db, [one.article for one in written])}
    return [Annotated(rows[one.article], one.highlights, one.notes, _orphans(one)) for one in written if one.article in rows]


def _orphans(written: Written) -> frozenset[int]:
    return frozenset(one.id for one in written.highlights if anchors.find(written.text, one.anchor) is None)
