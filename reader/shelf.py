"""What the window reads by itself: rows and single things by id, read-only, in a fifth of a millisecond.

Everything that has to look for something is a question to the engine instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.analysis import anchors
from reader.store import annotations as annotating
from reader.store import articles, lists, pictures, threads
from reader.store.database import Database

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reader.records import Article, ArticleRow, Highlight, Note, ThreadRow


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

    def thread_rows(self, ids: Sequence[int]) -> list[ThreadRow]:
        """The lines of these threads, in this order; one that is not there is left out."""
        return lists.thread_rows(self._database.db, ids)

    def thread_of(self, article: int) -> int | None:
        """The thread that an article is in; `None` while it was not grouped."""
        return threads.thread_of(self._database.db, article)

    def highlights(self, article: int) -> tuple[Highlight, ...]:
        """The highlights of an article, in the order of its text."""
        return annotating.highlights(self._database.db, article)

    def places(self, article: Article) -> dict[int, tuple[int, int] | None]:
        """Where each highlight of an article stands in its text now, by id, in code points; `None`: its words are gone."""
        return {highlight.id: anchors.find(article.text, highlight.anchor) for highlight in article.highlights}

    def notes(self, article: int) -> tuple[Note, ...]:
        """The notes on an article and on its highlights, in the order they were written."""
        return annotating.notes_of_article(self._database.db, article)

    def picture(self, article: int, url: str) -> bytes | None:
        """A picture of an article as it lies in the library; `None` where it does not, or is over 8 MB."""
        return pictures.read(self._database, article, url)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()
