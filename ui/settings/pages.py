"""The pages of the settings: what one can choose, each with its field. A change takes effect at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSlider, QWidget

from reader.library import Library
from ui import phrases
from ui.controls import Words
from ui.forms import Combo, Form, Stepper, Tick, button, column, row
from ui.theme import META, VIEW
from ui.window_settings import TEXT_SIZES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.settings import Settings
    from ui.engine import Engine
    from ui.window_settings import WindowSettings

APPEARANCES = (("system", "As the system is"), ("light", "Light"), ("dark", "Dark"))
ROWS = ((False, "Comfortable: title and excerpt"), (True, "Compact: one line each"))
SCALES = (1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
BREADTHS = (
    (0.0, "Narrow: only what is plainly the same event"),
    (0.25, "Rather narrow"),
    (0.5, "In the middle: one event, also where it is told in other words"),
    (0.75, "Rather broad"),
    (1.0, "Broad: also what follows from an event"),
)
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


class Threads(SettingsPage):
    """How wide a thread is, and from which heat on an article counts as published."""

    def __init__(self, engine: Engine) -> None:
        super().__init__("Threads")
        self._engine = engine
        self.breadth = QSlider(Qt.Orientation.Horizontal)
        self.breadth.setRange(0, len(BREADTHS) - 1)
        self.breadth.setPageStep(1)
        self.breadth.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.breadth.setFixedHeight(30)
        self.heat = Stepper(*NUMBERS["publish_at"])
        self.anew = button("Group all articles anew", self._regroup)
        self.status = Words("", META, role="dim", wrap=True)
        self.status.hide()
        beside = QWidget()
        beside.setLayout(column(row(self.anew, None), 4, self.status))
        self._breadth_row = self.form.add("How wide a thread is", self.breadth)
        self.form.add("", beside, "What you merged and split stays as you left it.")
        self.form.add(
            "Published from heat",
            self.heat,
            "Hot threads stand out, and exports call their articles published, from here.",
            tail=0,
        )
        self.breadth.valueChanged.connect(self._on_breadth)
        self.heat.changed.connect(partial(_choose, engine, "publish_at"))

    def show_settings(self, chosen: Settings) -> None:
        """Show what is chosen."""
        nearest = min(range(len(BREADTHS)), key=partial(_off, chosen.breadth))
        self.breadth.blockSignals(True)
        self.breadth.setValue(nearest)
        self.breadth.blockSignals(False)
        self._say_breadth(nearest)
        self.heat.show_value(round(chosen.publish_at))

    def _say_breadth(self, at: int) -> None:
        self._breadth_row.hint(f"{BREADTHS[at][1]}. Holds for what arrives; what is there is grouped anew when you say.")

    def _on_breadth(self, at: int) -> None:
        self._say_breadth(at)
        self._engine.call(Library.choose, "breadth", BREADTHS[at][0])

    def _regroup(self) -> None:
        self.anew.setEnabled(False)
        self._say("Grouping …")
        self._engine.start(Library.regroup).then(self._on_regrouped).otherwise(self._on_failed)

    def _say(self, words: str) -> None:
        self.status.setText(words)
        self.status.show()

    def _on_regrouped(self, _ended: object) -> None:
        self.anew.setEnabled(True)
        self._say("Grouped anew.")

    def _on_failed(self, error: object) -> None:
        self.anew.setEnabled(True)
        self._say(phrases.error(error))


def _off(wanted: float, at: int) -> float:
    return abs(BREADTHS[at][0] - wanted)


def _choose(engine: Engine, name: str, value: int) -> None:
    engine.call(Library.choose, name, value)


def _combo(words: Sequence[str]) -> Combo:
    made = Combo()
    made.addItems(list(words))
    return made
