"""Whether the index holds what the library does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reader.store.search import following
from reader.store.search.index import Unusable, damaged_files
from reader.store.search.segments import Reader

if TYPE_CHECKING:
    from pathlib import Path

    import apsw


def problems(db: apsw.Connection, folder: Path) -> list[str]:
    """What is wrong with the index, in words, none where all is well."""
    try:
        index = following.opened(db, folder)
    except Unusable as error:
        return [str(error)] if _has_articles(db) else []
    found = []
    if damaged := damaged_files(index):
        found.append(f"the search index is damaged ({len(damaged)} of its files)")
        return found
    if late := following.behind(db, index):
        found.append(f"the search index has yet to take in {late:,} articles")
    reader = Reader()
    try:
        held = reader.snapshot(index).ids()
    except Unusable as error:
        return [*found, str(error)]
    finally:
        reader.close()
    waiting = {article for (article,) in db.execute("SELECT DISTINCT article FROM outbox WHERE seq > ?", (index.mark.seq,))}
    known = np.array([id for (id,) in db.execute("SELECT id FROM article ORDER BY id")], np.int64)
    told = (
        (np.setdiff1d(known, held), "articles that the search index does not hold"),
        (np.setdiff1d(held, known), "articles of the search index that are not in the library"),
    )
    for ids, words in told:
        if strange := [id for id in ids.tolist() if id not in waiting]:
            found.append(f"{len(strange):,} {words}, the first is {strange[0]}")
    if doubled := len(held) - len(np.unique(held)):
        found.append(f"{doubled:,} articles stand in the search index twice")
    return found


def _has_articles(db: apsw.Connection) -> bool:
    return db.execute("SELECT 1 FROM article LIMIT 1").fetchone() is not None
