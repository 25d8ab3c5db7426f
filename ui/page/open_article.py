"""An article that is being read: its body in parts, made as far as they are wanted, and its pictures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ui.page.article_page import Reading
from ui.page.blocks import parts
from ui.page.body import blocks
from ui.page.passages import Shown, Squeezed, end_of
from ui.page.safe_pictures import decoded, size
from ui.page.what_changed import changes

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from reader.records import Article
    from reader.shelf import Shelf
    from ui.page.blocks import Block

MOST_PICTURES, MOST_PICTURE_BYTES = 40, 40 << 20
"""Pictures of an article that are shown, and bytes that are looked into to learn their size."""


class OpenArticle:
    """One article with its parts. `shows_changes`: its body is what its latest change did to it."""

    def __init__(self, article: Article, shelf: Shelf, *, shows_changes: bool = False) -> None:
        self.article, self._shelf = article, shelf
        self.shows_changes = shows_changes and bool(article.revisions)
        self.text = Squeezed(article.text)
        self._rest = parts(changes(article.revisions[-1].text, article.text) if self.shows_changes else blocks(article))
        self._parts: list[tuple[Block, ...]] = []
        self._begins = [0]
        self._sizes = self._picture_sizes()

    def has_part(self, number: int) -> bool:
        """Whether there is a part of this number; reads on until there."""
        while len(self._parts) <= number:
            part = next(self._rest, None)
            if part is None:
                return False
            self._parts.append(part)
            said = (Shown(run.text, "removed" not in run.styles) for block in part for run in block.all_runs)
            self._begins.append(end_of(said, self.text, self._begins[-1]))
        return True

    @property
    def is_long(self) -> bool:
        """Whether there is more than one part."""
        return self.has_part(1)

    def begin(self, number: int) -> int:
        """Where in the squeezed text a part begins."""
        return self._begins[number]

    def part_with(self, character: int) -> int:
        """The part in which a character of the text stands."""
        squeezed, number = self.text.place(character), 0
        while self.has_part(number + 1) and self._begins[number + 1] <= squeezed:
            number += 1
        return number

    def reading(self, number: int, places: dict[int, tuple[int, int] | None]) -> Reading:
        """What the page of a part is made from; `places` are those of the article's highlights."""
        return Reading(
            article=self.article,
            part=self._parts[number] if self.has_part(number) else (),
            number=number,
            more=self.has_part(number + 1),
            pictures=self._sizes,
            orphans=tuple(highlight for highlight in self.article.highlights if places.get(highlight.id) is None),
            changes=self.shows_changes,
        )

    def picture(self, address: str, wide: int) -> QImage | None:
        """A picture that is at hand."""
        body = self._shelf.picture(self.article.row.id, address)
        return decoded(body, wide) if body else None

    def _picture_sizes(self) -> dict[str, tuple[int, int]]:
        """The pictures that are at hand, and how large they are by their own word."""
        sizes: dict[str, tuple[int, int]] = {}
        looked = 0
        for picture in self.article.images:
            if not picture.cached or len(sizes) >= MOST_PICTURES or looked > MOST_PICTURE_BYTES:
                continue
            body = self._shelf.picture(self.article.row.id, picture.url)
            looked += len(body or b"")
            found = size(body) if body else None
            if found:
                sizes[picture.url] = (found.width(), found.height())
        return sizes


def as_shown(article: Article) -> Article:
    """The article without what the page does not show: two that are equal in this look alike."""
    row = replace(article.row, read=False, starred=False, hidden=False, heat=0, published=False, thread=None, copy_of="")
    return replace(article, row=row, recorded={})
