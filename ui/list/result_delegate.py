"""How an article is drawn that a search found: provider, title and the passage that answers best, with the words marked."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from reader.records import ArticleRow, ThreadRow
from ui import paint
from ui.list.result_model import HIT, own_words
from ui.list.row_delegate import Look, RowDelegate, draw_marks, fitting, in_line, marks_of
from ui.list.rows import UNTITLED, outlet
from ui.paint import marked, text, width
from ui.theme import BASE, META, colours, font

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QPainter

    Index = QModelIndex | QPersistentModelIndex

Matches = tuple[tuple[int, int], ...]
_DATE = 94
"""The room of a date in full."""
_LEAD, _SEEN = 24, 70
"""How many letters stand before the first match, and how many one line about shows."""


@lru_cache(maxsize=1024)
def best_part(words: str, matches: Matches) -> tuple[str, Matches]:
    """A passage from where one line of it shows the most matches."""
    if not matches or matches[0][0] <= _LEAD:
        return words, matches
    begins = max((start for start, _ in matches), key=lambda at: (sum(at <= start < at + _SEEN for start, _ in matches), -at))
    at = words.rfind(" ", 0, max(0, begins - _LEAD // 2)) + 1
    if not at:
        return words, matches
    return f"… {words[at:]}", tuple((start - at + 2, end - at + 2) for start, end in matches if start >= at)


class ResultDelegate(RowDelegate):
    """Draws what a search found."""

    inset = 28

    def draw_row(self, p: QPainter, record: ThreadRow | ArticleRow, look: Look, index: Index) -> None:
        """Draw what a row says."""
        assert isinstance(record, ArticleRow)
        c, place, left, hit = colours(), look.place, self.inset, index.data(HIT)
        _, second, third = place.baselines
        room = place.right - left
        self._draw_head(p, record, look, f"and {hit.more} more" if hit.more else "")
        face = font(place.title_size, 500 if record.read else 600)
        title, found = (hit.title.text, hit.title.matches) if hit.title.text else (record.title or UNTITLED, ())
        if self.compact:
            marked(p, left, third, in_line(title), found, face, c.text, room)
            return
        marked(p, left, second, in_line(title), found, face, c.text, room)
        words, found = best_part(in_line(hit.snippet.text), hit.snippet.matches)
        if own := own_words(hit):
            left += round(text(p, left, third, own.rstrip(), font(BASE, 600), c.dim) + width(" ", font(BASE)))
        marked(p, left, third, words, found, font(BASE), c.dim, place.right - left)

    def _draw_head(self, p: QPainter, article: ArticleRow, look: Look, more: str) -> None:
        c, place, first = colours(), look.place, look.place.baselines[0]
        self.draw_corner(p, article.date, look, is_read=article.read, is_starred=article.starred)
        column = place.right - _DATE
        paint.quality(p, column, first, article.quality, place.bar)
        marks = marks_of(c, article, look.third)
        room = column - 40 - place.bar - 18 * len(marks) - self.inset
        x = self.inset + text(p, self.inset, first, fitting(outlet(article), font(META, 600), room), font(META, 600), c.dim) + 8
        draw_marks(p, x, first, marks)
        x += 18 * len(marks)
        if more and x + width(more, font(META)) < column - place.bar - 40:
            text(p, x, first, more, font(META), c.faint)
