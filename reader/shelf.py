"""What the window reads by itself: rows and single things by id, read-only, in a fifth of a millisecond.

Everything that has to look for something is a question to the engine instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.store import articles
from reader.store.database import Database

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reader.records import Article, ArticleRow


class Shelf:
    """A library opened for looking things up. Raises `LibraryError` where there is none at this version."""

    def __init__(self, folder: Path) -> None:
        self._database = Database(folder, read_only=True)

    def article_rows(self, ids: Sequence[int]) -> list[ArticleRow]:
        """The rows of these articles, in this order; an id that is not there is left out."""
        return articles.rows(self._database.db, ids)

    def article(self, id: int) -> Article:
        """One article, whole; `NotFound` where there is none."""
        return articles.article(self._database.db, id)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()
