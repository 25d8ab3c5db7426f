"""The pages of the settings: what one can choose, each with its field. A change takes effect at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from reader.library import Library
from ui.controls import Words
from ui.forms import Combo, Form, Stepper, Tick, column
from ui.theme import VIEW
from ui.window_settings import TEXT_SIZES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.settings import Settings
    from ui.engine import Engine
    from ui.window_settings import WindowSettings

APPEARANCES = (("system", "As the system is"), ("light", "Light"), ("dark", "Dark"))
ROWS = ((False, "Comfortable: title and excerpt"), (True, "Compact: one line each"))
SCALES = (1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
NUMBERS = {"refresh_minutes": (5, 10_080), "fetches": (1, 100), "fetches_per_host": (1, 10), "publish_at": (0, 100)}
"""Least and most of each choice that is a number."""


class SettingsPage(QWidget):
    """A page: its name, and a form."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.setAccessibleName(name)
        self.form = Form(labels=150)
        self.setLayout(column(Words(name, VIEW, 600), 16, self.form, None, margins=(24, 20, 24, 20)))


class Reading(SettingsPage):
    """How the window looks: kept with the window, not in the library."""

    def __init__(self, engine: Engine, settings: WindowSettings) -> None:
        super().__init__("Reading")
        self._engine, self._settings = engine, settings
        self.appearance = _combo([words for _, words in APPEARANCES])
        self.sepia = Tick("Sepia, while the window is light")
        self.rows = _combo([words for _, words in ROWS])
        self.text_size = Stepper(*TEXT_SIZES, "px")
        self.scale = _combo([f"{scale:.0%}".replace("%", " %") for scale in SCALES])
        self.read = Tick("An article that was shown is read")
        self.form.add("Appearance", self.appearance)
        self.form.add("Page", self.sepia)
        self.form.add("Rows of the list", self.rows)
        self.form.add("Text of the article", self.text_size)
        self.form.add("The whole window", self.scale, "Takes effect when Watchdesk is started the next time.")
        self.form.add("Read", self.read, tail=0)
        self.show_looks("")
        settings.changed.connect(self.show_looks)
        self.appearance.activated.connect(self._on_appearance)
        self.sepia.clicked.connect(self._on_sepia)
        self.rows.activated.connect(self._on_rows)
        self.text_size.changed.connect(self._on_text_size)
        self.scale.activated.connect(self._on_scale)
        self.read.clicked.connect(self._on_read)

    def show_looks(self, _name: str) -> None:
        """Show what is chosen, also where it was chosen elsewhere."""
        mine = self._settings
        self.appearance.setCurrentIndex([name for name, _ in APPEARANCES].index(mine.appearance))
        self.sepia.setChecked(mine.sepia)
        self.rows.setCurrentIndex(int(mine.compact))
        self.text_size.show_value(mine.text_size)
        self.scale.setCurrentIndex(min(range(len(SCALES)), key=self._off_scale))

    def show_settings(self, chosen: Settings) -> None:
        """Show what the library has chosen."""
        self.read.setChecked(chosen.mark_read_on_open)

    def _off_scale(self, at: int) -> float:
        return abs(SCALES[at] - self._settings.scale)

    def _on_appearance(self, at: int) -> None:
        self._settings.choose("appearance", APPEARANCES[at][0])

    def _on_sepia(self, on: bool) -> None:
        self._settings.choose("sepia", on)

    def _on_text_size(self, pixels: int) -> None:
        self._settings.choose("text_size", pixels)

    def _on_rows(self, at: int) -> None:
        self._settings.choose("compact", ROWS[at][0])

    def _on_scale(self, at: int) -> None:
        self._settings.choose("scale", SCALES[at])

    def _on_read(self, on: bool) -> None:
        self._engine.call(Library.choose, "mark_read_on_open", on)


class Feeds(SettingsPage):
    """When feeds are asked, and how many at once."""

    def __init__(self, engine: Engine) -> None:
        super().__init__("Feeds")
        self._engine = engine
        self.by_itself = Tick("By itself, while Watchdesk is open")
        self.minutes = Stepper(*NUMBERS["refresh_minutes"], "minutes")
        self.fetches = Stepper(*NUMBERS["fetches"])
        self.per_host = Stepper(*NUMBERS["fetches_per_host"])
        self.form.add("Refresh", self.by_itself)
        self.form.add("Each feed every", self.minutes, "A feed that says how often it wants to be asked is asked that often.")
        self.form.add("Fetches at once", self.fetches)
        self.form.add("At one host", self.per_host, "More than two are impolite to small sites.", tail=0)
        self.by_itself.clicked.connect(self._on_by_itself)
        for name, field in (("refresh_minutes", self.minutes), ("fetches", self.fetches), ("fetches_per_host", self.per_host)):
            field.changed.connect(partial(_choose, engine, name))

    def show_settings(self, chosen: Settings) -> None:
        """Show what is chosen."""
        self.by_itself.setChecked(chosen.refresh_by_itself)
        self.minutes.show_value(chosen.refresh_minutes)
        self.fetches.show_value(chosen.fetches)
        self.per_host.show_value(chosen.fetches_per_host)
        self.minutes.setEnabled(chosen.refresh_by_itself)

    def _on_by_itself(self, on: bool) -> None:
        self._engine.call(Library.choose, "refresh_by_itself", on)


def _choose(engine: Engine, name: str, value: int) -> None:
    engine.call(Library.choose, name, value)


def _combo(words: Sequence[str]) -> Combo:
    made = Combo()
    made.addItems(list(words))
    return made
