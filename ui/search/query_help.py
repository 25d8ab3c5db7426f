"""The language of queries on one card, each line with an example that works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.controls import Words
from ui.forms import column
from ui.popover import Popover
from ui.theme import META, TITLE

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

WIDE = 460
LINES = (
    ("iris border", "both words, in any form"),
    ("iris OR fingerprint", "one of them, or both"),
    ("iris -worldcoin", "the first without the second"),
    ("(iris OR face) police", "brackets inside brackets"),
    ("“facial recognition”", "as it is written"),
    ("“Clearview fine”~6", "near each other"),
    ("biometri*   clearveiw~", "the beginning of a word; one letter off"),
    ("title:   text:   author:   provider:", "only there"),
    ("note:urgent   highlight:deadline", "your own words"),
    ("topic:“Data retention”   lang:fr", "a topic, a feed (feed:), a language"),
    ("quality:>60   heat:50..70", "numbers"),
    ("date:2022-10   date:<7d", "a month, a span, younger than"),
    ("is:unread   is:starred   is:annotated", "states; is:hidden too"),
)


class QueryHelp(Popover):
    """What can be written into the search field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(WIDE, parent)
        self.setAccessibleName("How to search")
        inside = QWidget()
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)
        for place, (written, finds) in enumerate(LINES):
            example = Words(written.replace("“", '"').replace("”", '"'), META, 500)
            example.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(example, place, 0)
            grid.addWidget(Words(finds, META, role="dim"), place, 1)
        rest = Words("Case and accents make no difference. Hidden articles are left out.", META, role="faint", wrap=True)
        inside.setLayout(column(Words("How to search", TITLE, 600), 12, grid, 12, rest, margins=(16, 14, 16, 16)))
        self.fill(inside)
        inside.setAutoFillBackground(False)  # the scroll area has just switched it on
        self.setAccessibleDescription("; ".join(f"{written}: {finds}" for written, finds in LINES))

    def open_under(self, place: QPoint, window: QWidget) -> None:
        """Open with its upper left corner there."""
        self.open_at(place, window)
