"""The language of queries on one card, each line with an example that works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.controls import Link, Words
from ui.forms import column, row
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
INSERTED = {
    "iris border": " ", "iris OR fingerprint": " OR ", "iris -worldcoin": " -", "(iris OR face) police": " (… OR …)",
    '"facial recognition"': ' "…"', '"Clearview fine"~6': ' "… …"~6', "biometri*": "*", "clearveiw~": "~", "note:urgent": "note:",
    "highlight:deadline": "highlight:", 'topic:"Data retention"': "topic:", "lang:fr": "lang:",
}  # fmt: skip
"""What an example puts into the field: what there is of it without its words. Others are put there as they are."""


class QueryHelp(Popover):
    """What can be written into the search field. An example that is pressed is put there."""

    inserted = Signal(str)

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
            examples = row(spacing=12)
            for words in written.replace("“", '"').replace("”", '"').split("   "):
                example = Link(words)
                example.clicked.connect(self._on_example)
                examples.addWidget(example)
            examples.addStretch(1)
            grid.addLayout(examples, place, 0)
            grid.addWidget(Words(finds, META, role="dim"), place, 1)
        rest = Words("Case and accents make no difference. Hidden articles are left out.", META, role="faint", wrap=True)
        inside.setLayout(column(Words("How to search", TITLE, 600), 12, grid, 12, rest, margins=(16, 14, 16, 16)))
        self.fill(inside)
        inside.setAutoFillBackground(False)  # the scroll area has just switched it on
        self.setAccessibleDescription("; ".join(f"{written}: {finds}" for written, finds in LINES))

    def _on_example(self) -> None:
        pressed = self.sender()
        assert isinstance(pressed, Link)
        self.close_card()
        self.inserted.emit(INSERTED.get(pressed.text(), pressed.text()))

    def open_under(self, place: QPoint, window: QWidget) -> None:
        """Open with its upper left corner there."""
        self.open_at(place, window)
