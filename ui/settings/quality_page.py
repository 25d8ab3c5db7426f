"""The settings' page on quality: how much each part of it counts, tried on the newest articles before it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from reader.library import Library
from reader.settings import Settings
from ui import phrases
from ui.asking import Asking
from ui.controls import Words
from ui.engine import Engine
from ui.forms import Form, Page, Rule, Stepper, button, column, row, tip
from ui.paint import apart
from ui.theme import META, VIEW

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reader.records import ArticleRow, QualityPreview

GIVES = (
    ("standing", "Standing of the provider"), ("original", "A text of its own"), ("length", "Length"),
    ("byline", "A name under it"), ("date", "A date"), ("sources", "Sources named and linked"),
    ("quotation", "Quotations"), ("picture", "A picture"),
)  # fmt: skip
TAKES = (
    ("spun", "Text made by machine"), ("boilerplate", "Boilerplate"), ("broken", "Broken characters"), ("shouting", "Shouting"),
    ("missing", "No text at all"),
)  # fmt: skip
WHY = "What gives counts in proportion, 100 together; what takes does so up to its number. A recorded quality stays."
INVITING, SCORING = "Change a weight: what moves is said here", "Scoring every article …"
SCORED = "Every article is scored by these weights"
TRY_MS, EXAMPLES, TITLE = 300, 3, 60


class Quality(QWidget):
    """A number for each part; what they would change is said before they are used."""

    name = "Quality"

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self._engine = engine
        self._chosen: dict[str, float] = {}
        self._is_using = False
        self._at_rest = INVITING
        self._examples: tuple[tuple[int, float, float], ...] = ()
        self.setAccessibleName(self.name)
        self.fields = {name: Stepper(0, 100) for name, _ in (*GIVES, *TAKES)}
        form = Form(labels=190)
        for heading, group in (("Gives", GIVES), ("Takes", TAKES)):
            for place, (name, words) in enumerate(group):
                made = form.add(words, self.fields[name], tail=14 if place == len(group) - 1 else 4)
                self.fields[name].number.setAccessibleName(f"{heading}: {words}")
                made.label.setToolTip(tip(f"{heading} points"))
        for field in self.fields.values():
            field.changed.connect(self._on_changed)
        inside = QWidget()
        inside.setLayout(column(form, None))
        self.told = Words("", META, 600, wrap=True)
        self.examples = Words("", META, role="dim", wrap=True)
        self.use_button = button("Use these weights", self.use)
        self.reset_button = button("As they come", self.reset)
        head = column(Words(self.name, VIEW, 600), 8, Words(WHY, META, role="dim", wrap=True), 12, Page(inside))
        foot = column(Rule(), 10, self.told, 2, self.examples, 10, row(self.use_button, self.reset_button, None))
        whole = column(head, foot, margins=(24, 20, 24, 14))
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self._trying = QTimer(self, singleShot=True, interval=TRY_MS)
        self._trying.timeout.connect(self._try)
        self._tried: dict[str, float] = {}
        self._asking = Asking(engine, self)
        self._asking.answered.connect(self._on_preview)
        self._asking.failed.connect(self._on_failed)
        self._say()

    @property
    def draft(self) -> dict[str, float]:
        """The weights as they stand in the fields."""
        return {name: float(field.number.value()) for name, field in self.fields.items()}

    def show_settings(self, chosen: Settings) -> None:
        """Show what is chosen; a draft that was not used yet stays."""
        untouched = self.draft == self._chosen or not self._chosen
        self._chosen = _weights(chosen)
        if untouched:
            self._fill(self._chosen)
        self._on_changed()

    def reset(self) -> None:
        """Put in the weights that Watchdesk comes with."""
        self._fill(_weights(Settings()))
        self._on_changed()

    def use(self) -> None:
        """Choose them, and score every article anew. Each choice can be undone."""
        self._trying.stop()
        changed = {name: value for name, value in self.draft.items() if value != self._chosen.get(name)}
        self._is_using, self._at_rest = True, SCORING
        using = Using(self._engine, changed)
        using.chosen.connect(self._on_weights_chosen)
        using.scored.connect(self._on_scored)
        using.failed.connect(self._on_failed)

    def _on_weights_chosen(self) -> None:
        self._is_using = False

    def _fill(self, weights: dict[str, float]) -> None:
        for name, value in weights.items():
            number = self.fields[name].number
            number.blockSignals(True)
            number.setValue(round(value))
            number.blockSignals(False)

    def _on_changed(self, *_value: object) -> None:
        self._say()
        if self._chosen and self.draft != self._chosen and not self._is_using:
            self._at_rest = INVITING
            self._trying.start()

    def _say(self) -> None:
        same = self.draft == self._chosen or not self._chosen
        self.use_button.setEnabled(not same)
        self.reset_button.setEnabled(bool(self._chosen) and self.draft != _weights(Settings()))
        self._tell(self._at_rest if same else "Trying …", role="faint")

    def _tell(self, words: str, role: str = "text") -> None:
        self.told.set_role(role)
        self.told.setText(words)
        self.examples.setText("")

    def _try(self) -> None:
        self._tried = self.draft
        self._asking.ask(Library.quality_preview, self._tried)

    def _on_preview(self, told: QualityPreview) -> None:
        if self._tried != self.draft or self._tried == self._chosen:
            return
        moved = f"Of the {phrases.number(told.looked_at)} newest that are scored {told.up} rise and {told.down} fall"
        crossed = f"; {told.published} would reach the line to published, {told.held} would lose it"
        self._tell(moved + crossed if told.published or told.held else moved)
        self._examples = told.examples[:EXAMPLES]
        if self._examples:
            self._engine.ask(Library.article_rows, [id for id, _, _ in self._examples]).then(self._on_rows)

    def _on_rows(self, rows: Sequence[ArticleRow]) -> None:
        titles = {row.id: row.title or "Untitled" for row in rows}
        if self.draft != self._chosen:
            known = [one for one in self._examples if one[0] in titles]
            said = [f"{before:.0f} → {after:.0f}  {apart(_short(titles[id]))}" for id, before, after in known]
            self.examples.setText("\n".join(said))

    def _on_scored(self) -> None:
        self._at_rest = SCORED
        self._say()

    def _on_failed(self, error: object) -> None:
        self._is_using = False
        self._tell(phrases.error(error), "bad")


class Using(QObject):
    """Chooses weights, and then has every article scored: also where the page is closed meanwhile."""

    chosen, scored, failed = Signal(), Signal(), Signal(object)

    def __init__(self, engine: Engine, weights: Mapping[str, float]) -> None:
        super().__init__(engine)
        self._waiting_for = len(weights)
        for name, value in weights.items():
            engine.call(Library.choose, f"weight_{name}", value).then(self._on_chosen).otherwise(self._on_failed)

    def _on_chosen(self, _nothing: object) -> None:
        """When the last one is chosen: a job that began before would score by the old ones."""
        self._waiting_for -= 1
        engine = self.parent()
        if self._waiting_for == 0 and isinstance(engine, Engine):
            self.chosen.emit()
            engine.start(Library.regroup).then(self._on_scored).otherwise(self._on_failed)

    def _on_scored(self, _ended: object) -> None:
        self.scored.emit()
        self.deleteLater()

    def _on_failed(self, error: object) -> None:
        self.failed.emit(error)
        self.deleteLater()


def _weights(chosen: Settings) -> dict[str, float]:
    return {name: float(getattr(chosen, f"weight_{name}")) for name, _ in (*GIVES, *TAKES)}


def _short(title: str) -> str:
    return title if len(title) <= TITLE else f"{title[:TITLE].rstrip()}…"
