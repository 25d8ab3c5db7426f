"""The settings' page on quality: how much each part of it counts, tried on the newest articles before it holds."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from reader.library import Library
from reader.settings import Settings
from ui import phrases
from ui.controls import Words
from ui.forms import Form, Page, Rule, Stepper, button, column, row, tip
from ui.paint import apart
from ui.theme import META, VIEW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.records import ArticleRow, QualityPreview
    from ui.engine import Engine

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
        self._waiting_for = 0
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
        self._waiting_for = len(changed)
        self._at_rest = SCORING
        for name, value in changed.items():
            asked = self._engine.call(Library.choose, f"weight_{name}", value)
            asked.then(self._on_weight_chosen).otherwise(self._on_failed)

    def _on_weight_chosen(self, _nothing: object) -> None:
        """When the last one is chosen: a job that began before would score by the old ones."""
        self._waiting_for -= 1
        if self._waiting_for == 0:
            self._engine.start(Library.regroup).then(self._on_scored).otherwise(self._on_failed)

    def _fill(self, weights: dict[str, float]) -> None:
        for name, value in weights.items():
            number = self.fields[name].number
            number.blockSignals(True)
            number.setValue(round(value))
            number.blockSignals(False)

    def _on_changed(self, *_value: object) -> None:
        self._say()
        if self._chosen and self.draft != self._chosen and not self._waiting_for:
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
        draft = self.draft
        asked = self._engine.ask(Library.quality_preview, draft)
        asked.then(partial(self._on_preview, draft)).otherwise(self._on_failed)

    def _on_preview(self, draft: dict[str, float], told: QualityPreview) -> None:
        if draft != self.draft or draft == self._chosen:
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

    def _on_scored(self, _ended: object) -> None:
        self._at_rest = SCORED
        self._say()

    def _on_failed(self, error: object) -> None:
        self._waiting_for = 0
        self._tell(phrases.error(error), "bad")


def _weights(chosen: Settings) -> dict[str, float]:
    return {name: float(getattr(chosen, f"weight_{name}")) for name, _ in (*GIVES, *TAKES)}


def _short(title: str) -> str:
    return title if len(title) <= TITLE else f"{title[:TITLE].rstrip()}…"
