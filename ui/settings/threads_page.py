"""The settings' page on threads: how broad they are, tried on the newest articles before it holds, and what corrections add."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from reader.library import Library
from ui import job_words, phrases
from ui.asking import Asking
from ui.controls import Link, Words
from ui.forms import Stepper, Tick, button, column, row
from ui.paint import apart
from ui.settings.breadth_scale import BreadthScale
from ui.settings.pages import NUMBERS, SettingsPage
from ui.settings.sum_lines import SumLine, SumLines
from ui.theme import META, font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.records import ArticleRow, Breadth, BreadthPreview, Changes, Progress, ReceiptLine, Regrouped
    from reader.settings import Settings
    from ui.engine import Engine

BREADTHS = (
    (0.0, "Narrow: only what is plainly the same event"),
    (0.25, "Rather narrow"),
    (0.5, "In the middle: one event, also where it is told in other words"),
    (0.75, "Rather broad"),
    (1.0, "Broad: also what follows from an event"),
)
LATER = "It holds for what arrives; what is there stays until you group it anew. What you merged and split stays anyway."
INVITING = "Drag it: what would change is said here"
REGROUPED = "All articles are grouped anew"
CHOSEN = "Chosen for what arrives. Group all articles anew, and it holds for those that are there too."
TRY_MS, EXAMPLES, TITLE, REASONS = 300, 3, 44, 8


class Threads(SettingsPage):
    """How broad a thread is, and from which heat on an article counts as published."""

    def __init__(self, engine: Engine) -> None:
        super().__init__("Threads")
        self._engine = engine
        self._chosen: float | None = None
        self._breadth: Breadth | None = None
        self._tried = 0.0
        self._at_rest = INVITING
        self._examples: tuple[Regrouped, ...] = ()
        self._make_parts()
        self._lay_out()
        self._trying = QTimer(self, singleShot=True, interval=TRY_MS)
        self._trying.timeout.connect(self._try)
        self._asking = Asking(engine, self)
        self._asking.answered.connect(self._on_preview)
        self._asking.failed.connect(self._on_failed)
        engine.changed.connect(self._on_changed)

    def _make_parts(self) -> None:
        self.scale = BreadthScale()
        self.told = Words("", META, 600, wrap=True)
        self.examples = Words("", META, role="dim", wrap=True)
        self.use_button = button("Use it", self.use)
        self.use_button.setEnabled(False)
        self.anew = button("Group all articles anew", self._regroup)
        self.learn = Tick("Your merges and splits move it for what arrives")
        self.learnt = Words("", META, role="dim", wrap=True)
        self.why = Link("Why")
        self.why.setAccessibleName("Why your corrections move it")
        self.reasons = SumLines()
        self.reasons.hide()
        self.why.hide()
        self.heat = Stepper(*NUMBERS["publish_at"])
        self.scale.valueChanged.connect(self._on_moved)
        self.learn.clicked.connect(self._on_learn)
        self.why.clicked.connect(self._on_why)
        self.heat.changed.connect(partial(self._choose, "publish_at"))

    def _lay_out(self) -> None:
        tried, said = QWidget(), QWidget()
        tried.setAccessibleName("What it would change")
        tried.setLayout(column(self.told, 2, self.examples, 8, row(self.use_button, self.anew, None)))
        said.setLayout(column(self.learn, 2, self.learnt, row(self.why, None), 4, self.reasons))
        said.setAccessibleName("What your corrections add")
        self.breadth_row = self.form.add("How broad a thread is", self.scale, tail=8)
        self.form.add("", tried, LATER, tail=16).stand_as_words()
        self.form.add("Corrections", said, tail=16)
        self.form.add(
            "Published from heat",
            self.heat,
            "Hot threads stand out, and exports call their articles published, from here.",
            tail=0,
        )

    def show_settings(self, chosen: Settings) -> None:
        """Show what is chosen; a draft that was not used yet stays."""
        if self._chosen is None or not self._is_draft:
            self.scale.set_draft(chosen.breadth)
        self._chosen = chosen.breadth
        self.learn.setChecked(chosen.learn_breadth)
        self.heat.show_value(round(chosen.publish_at))
        self._say_breadth()
        self._rest()
        if self._is_draft:
            self._trying.start()
        self._engine.ask(Library.breadth).then(self._on_breadth)

    @property
    def _is_draft(self) -> bool:
        """Whether the knob stands somewhere else than what is chosen: a choice between two steps counts as the nearest."""
        return self._chosen is not None and abs(self.scale.draft - self._chosen) > 0.025

    # Trying

    def _on_moved(self, _at: int) -> None:
        self._say_breadth()
        if self._is_draft:
            self._at_rest = INVITING
            self.use_button.setEnabled(True)
            self._tell("Trying …", "faint")
            self._trying.start()
        else:
            self._trying.stop()
            self._asking.forget()
            self._rest()

    def _rest(self, words: str = "") -> None:
        """Where nothing is tried, say what was done last, or what the knob is for."""
        self._at_rest = words or self._at_rest
        if not self._is_draft:
            self.use_button.setEnabled(False)
            self._tell(self._at_rest, "faint" if self._at_rest == INVITING else "text")

    def _say_breadth(self) -> None:
        nearest = min(BREADTHS, key=lambda one: abs(one[0] - self.scale.draft))
        self.breadth_row.hint(f"{nearest[1]}.")

    def _tell(self, words: str, role: str = "text") -> None:
        self.told.set_role(role)
        self.told.setFont(font(META, 400 if words == INVITING else 600))
        self.told.setText(words)
        self.examples.setText("")
        self.examples.hide()

    def _try(self) -> None:
        self._tried = self.scale.draft
        self._asking.ask(Library.breadth_preview, self._tried)

    def _on_preview(self, told: BreadthPreview) -> None:
        if self._tried != self.scale.draft or not self._is_draft:
            return
        of = f"Of the {phrases.counted(told.looked_at, 'newest article')}"
        if told.joined or told.parted:
            become = f"{phrases.counted(told.before, 'thread')} become {phrases.number(told.after)}"
            self._tell(f"{of}, {become}: {_many(told.joined)}\u00a0joined, {_many(told.parted)}\u00a0parted")
        else:
            self._tell(f"{of}, none would stand in another thread")
        self._examples = told.examples[:EXAMPLES]
        if self._examples:
            asked = [id for one in self._examples for id in one.articles]
            self._engine.ask(Library.article_rows, asked).then(self._on_rows)

    def _on_rows(self, rows: Sequence[ArticleRow]) -> None:
        titles = {row.id: row.title or "Untitled" for row in rows}
        if self._is_draft and self._tried == self.scale.draft:
            known = [one for one in self._examples if all(id in titles for id in one.articles)]
            self.examples.setText("\n".join(_example(one, titles) for one in known))
            self.examples.setVisible(bool(known))

    # Choosing

    def use(self) -> None:
        """Choose it, for what arrives."""
        self._trying.stop()
        self._asking.forget()
        self.use_button.setEnabled(False)
        chosen = self.scale.draft
        self._engine.call(Library.choose, "breadth", chosen).then(self._on_used).otherwise(self._on_failed)

    def _on_used(self, _nothing: object) -> None:
        self._chosen = self.scale.draft
        self._rest(CHOSEN)

    def _regroup(self) -> None:
        self.anew.setEnabled(False)
        self._rest("Grouping …")
        job = self._engine.start(Library.regroup)
        job.progress.connect(self._on_progress)
        job.then(self._on_regrouped).otherwise(self._on_failed)

    def _on_progress(self, step: Progress) -> None:
        self._rest(f"Grouping … {job_words.progress(step)}")

    def _on_regrouped(self, _ended: object) -> None:
        self.anew.setEnabled(True)
        self._rest(REGROUPED)

    def _on_failed(self, error: object) -> None:
        self.anew.setEnabled(True)
        self.use_button.setEnabled(self._is_draft)
        self._tell(phrases.error(error), "bad")

    def _choose(self, name: str, value: float | bool) -> None:
        self._engine.call(Library.choose, name, value)

    # What corrections add

    def _on_changed(self, changes: Changes) -> None:
        if changes.threads and self.isVisible():
            self._engine.ask(Library.breadth).then(self._on_breadth)

    def _on_breadth(self, found: Breadth) -> None:
        self._breadth = found
        self.scale.show_choice(found.chosen, found.used)
        said = found.merges + found.splits
        self.learnt.setText(_learnt(found))
        self.why.setVisible(bool(said))
        self.reasons.show_lines(_reasons(found.receipt.lines))
        if not said:
            self.reasons.hide()

    def _on_learn(self, on: bool) -> None:
        self._choose("learn_breadth", on)

    def _on_why(self) -> None:
        self.reasons.setVisible(self.reasons.isHidden())


def _many(count: int) -> str:
    return phrases.number(count) if count else "none"


def _learnt(found: Breadth) -> str:
    """Your 6 corrections make threads a little broader: +0.04."""
    said = found.merges + found.splits
    if not said:
        return "Nothing learnt yet: what you merge makes threads a little broader, what you split narrower."
    ends = found.learns
    whose = f"Your {phrases.counted(said, 'correction')}"
    moved = round(found.adjustment, 2)
    if not moved:
        verb = "leave" if said > 1 else "leaves"
        return f"{whose} {verb} threads as broad as you chose."
    verb = ("make" if said > 1 else "makes") if ends else "would make"
    little = "a little " if abs(moved) < 0.1 else ""
    return f"{whose} {verb} threads {little}{'broader' if moved > 0 else 'narrower'}: {_signed(moved)}"


def _reasons(lines: Sequence[ReceiptLine]) -> list[SumLine]:
    """The receipt; of many corrections those that say most."""
    first, *rest = lines
    rest.sort(key=lambda line: -abs(line.points))
    left = rest[REASONS:]
    told = [SumLine(f"{first.points:.2f}", "as chosen")]
    told += [SumLine(_signed(line.points), *_about(line)) for line in rest[:REASONS]]
    if left:
        told.append(SumLine(_signed(sum(line.points for line in left)), phrases.counted(len(left), "more correction")))
    told.append(SumLine(f"{sum(line.points for line in lines):.2f}", "together"))
    return told


def _about(line: ReceiptLine) -> tuple[str, str]:
    kind = {"merge": "Merged ", "split": "Split "}.get(line.what, "")
    return (f"{kind}{line.value}", line.why) if line.value else (line.why, "")


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−") if round(value, 2) else "0.00"


def _example(one: Regrouped, titles: dict[int, str]) -> str:
    named = " and ".join(f"“{apart(_short(titles[id]))}”" for id in one.articles)
    more = f" and {one.threads - len(one.articles)} more" if one.threads > len(one.articles) else ""
    return f"{'Joined' if one.joined else 'Parted'}: {named}{more}"


def _short(title: str) -> str:
    return title if len(title) <= TITLE else f"{title[:TITLE].rstrip()}…"
