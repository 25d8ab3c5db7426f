"""What this is: its version, what it stands on, where the library is, and whose fonts and icons it shows."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication

from reader.settings import VERSION
from ui.controls import Words
from ui.forms import Form, Sheet, breakable, button
from ui.theme import BASE, SERIF, font

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

NAME = 28
LICENCES = (
    ("Fonts", "Inter, Source Serif 4, Amiri, Vazirmatn, Noto, Nanum: SIL Open Font License 1.1"),
    ("Icons", "Lucide: ISC licence; some of them from Feather: MIT licence"),
    ("Window", "Qt for Python: GNU LGPL 3"),
    ("Word counts", "ECB+ (CC BY 3.0) and UCI News Aggregator (CC BY 4.0)"),
)


class About(Sheet):
    """The facts, and a button that copies them for a letter."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__("About Watchdesk", parent)
        self._facts = (
            ("Version", VERSION),
            ("Library", str(folder)),
            ("Stands on", f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()} {platform.release()}"),
        )
        self.heading.setText("Watchdesk")
        self.heading.setFont(font(NAME, 600, SERIF))
        facts = Form(labels=96)
        for label, words in (*self._facts, *LICENCES):
            shown = Words(breakable(words), BASE, wrap=True)
            shown.setAccessibleName(f"{label}: {words}")
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            facts.add(label, shown, tail=6).stand_as_words()
        self.body.addWidget(facts)
        self.copy = button("Copy", self._copy)
        self.close_button = button("Close", self.reject, filled=True)
        self.foot.addStretch(1)
        self.foot.addWidget(self.copy)
        self.foot.addWidget(self.close_button)
        self.close_button.setFocus()

    def _copy(self) -> None:
        """For a letter: version, place, and what it stands on."""
        QGuiApplication.clipboard().setText("\n".join(f"{label}: {words}" for label, words in self._facts))
        self.copy.setText("Copied")
