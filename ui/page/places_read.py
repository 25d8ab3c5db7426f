"""How far each article was read, as long as the window is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.page.article_text import ArticleText

MOST = 500
_NEAR = 4_000
"""So far below the edge a word of the text is looked for."""


@dataclass(frozen=True, slots=True)
class Place:
    """A part, a character of the text and how far over the edge it stood; without one the value of the scroll bar."""

    part: int = 0
    character: int | None = None
    over: int = 0
    value: int = 0


class PlacesRead:
    """Remembers by a word of the text: what stands above it may change, and so may its size."""

    def __init__(self) -> None:
        self._kept: dict[int, Place] = {}

    def of(self, article: int) -> Place:
        """Where it was left; its beginning if it never was."""
        return self._kept.get(article, Place())

    def keep(self, article: int, part: int, page: ArticleText) -> None:
        """Remember where the page stands."""
        self._kept.pop(article, None)
        self._kept[article] = _place(part, page)
        if len(self._kept) > MOST:
            del self._kept[next(iter(self._kept))]


def _place(part: int, page: ArticleText) -> Place:
    value, passages = page.verticalScrollBar().value(), page.passages
    if not value or passages is None:
        return Place(part, value=value)
    top = page.place()[0]
    found = passages.text_range(top, top + _NEAR)
    seen = passages.screen_range(found[0], found[0] + 1) if found else None
    return Place(part, found[0], page.rect_of(*seen).top(), value) if found and seen else Place(part, value=value)


def go_back(page: ArticleText, place: Place) -> None:
    """Put the page where it stood."""
    passages, character = page.passages, place.character
    seen = passages.screen_range(character, character + 1) if passages and character is not None else None
    if seen:
        page.go_to(seen[0], place.over)
    else:
        page.document().documentLayout().documentSize()  # the layout ends what it was at
        page.verticalScrollBar().setValue(place.value)
