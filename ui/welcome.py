"""The first start: what this is, two questions, and what it does on the web. The desk stands beside it already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QWidget

from reader import resources
from reader.library import Library
from ui import job_words, phrases
from ui.controls import Ground, Words
from ui.forms import Page, Sign, button, column, row
from ui.paint import box, dot, prepare, text
from ui.theme import BASE, COLUMN, META, RADIUS, SERIF, UI, colours, font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from reader.records import Changes, Ended, Feed, Progress
    from reader.settings import Settings
    from ui.actions import Actions
    from ui.engine import Engine, Task
    from ui.window_settings import WindowSettings

NAME = 34
QUESTION = 15
HIGH = 58
WHAT = "Reads the feeds that you choose, puts reports of one event into one thread, and keeps what you mark and write."
PROMISE = (
    "Nothing has been fetched yet. Watchdesk only ever contacts the feeds of your list and what you yourself ask it to open. "
    "It has no account, and it reports to nobody."
)


class Choice(QAbstractButton):
    """One of several answers, with a round mark, its words, and what it means."""

    def __init__(self, words: str, about: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(words)
        self.setCheckable(True)
        self.setFixedHeight(HIGH)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(words)
        self.say(about)

    def say(self, about: str) -> None:
        """Say what it means."""
        self._about = about
        self.setAccessibleDescription(about)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as two lines; as wide as there is room."""
        return QSize(180, HIGH)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw it."""
        p, c, on = QPainter(self), colours(), self.isChecked()
        prepare(p)
        focus = self.hasFocus()
        fill = c.select if on else c.hover if self.underMouse() else c.raised
        box(p, QRectF(self.rect()), RADIUS, fill, c.accent if on or focus else c.edge, 2 if focus else 1)
        dot(p, 22, 21, 7, c.accent if on else c.raised, None if on else c.faint, 1.2)
        if on:
            dot(p, 22, 21, 2.8, c.on_accent)
        room = self.width() - 42 - 12
        text(p, 42, 25.5, self.text(), font(BASE, 600), c.text, room)
        text(p, 42, 44.5, self._about, font(META), c.dim, room)

    def event(self, event: QEvent) -> bool:
        """Follow the mouse."""
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)


class Welcome(Ground):
    """Asks where the feeds come from and when they are asked; `finished` when she begins to read."""

    finished = Signal()
    import_wanted = Signal()
    """She has a list of feeds of her own; told after `finished`."""

    def __init__(self, engine: Engine, _actions: Actions, settings: WindowSettings, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self._engine, self._settings = engine, settings
        self._feeds: list[Feed] = []
        self._chosen: Settings | None = None
        self.setAccessibleName("Welcome")
        self.starter = Choice("The starter list", "regulators, courts, rights groups, research")
        self.own = Choice("A list of your own", "an OPML file of another reader, beside the starter list")
        self.none = Choice("None yet", "only the sample coverage; the starter list is taken off")
        self.hourly = Choice("By itself", "every hour, while it is open")
        self.by_hand = Choice("Only when you say", "with F5")
        self._where = _group(self, self.starter, self.own, self.none)
        self._when = _group(self, self.hourly, self.by_hand)
        self.begin = button("Start reading", self._begin, filled=True)
        self.sample = Words("", META, role="faint", wrap=True)
        self.setLayout(column(Page(self._made())))
        for task in engine.jobs:
            self._on_started(task)
        engine.started.connect(self._on_started)
        engine.ready.connect(self._look)
        engine.changed.connect(self._on_changed)
        if engine.is_ready:
            self._look()
        self.starter.setFocus()

    def _made(self) -> QWidget:
        name, what = Words("Watchdesk", NAME, 600), Words(WHAT, QUESTION, role="dim", wrap=True)
        name.setFont(font(NAME, 600, SERIF))
        what.setFont(font(QUESTION, 400, UI))
        promise = row(column(1, Sign("shield-check"), None), Words(PROMISE, META, role="dim", wrap=True), spacing=10)
        promise.setStretch(1, 1)
        later = Words("Everything can be changed later, under Settings.", META, role="faint")
        made = QWidget()
        made.setMaximumWidth(COLUMN)
        made.setLayout(
            column(
                name, 8, what, 30,
                Words("Where do your feeds come from?", QUESTION, 600), 10, self.starter, 8, self.own, 8, self.none, 26,
                Words("When are they asked for news?", QUESTION, 600), 10, row(self.hourly, self.by_hand), 26,
                row(self.begin, later, None, spacing=14), 8, self.sample, 18, promise, None, margins=(48, 40, 48, 32),
            )
        )  # fmt: skip
        return made

    # What it tells

    def _look(self) -> None:
        self._engine.ask(Library.feeds).then(self._on_feeds)
        self._engine.ask(Library.settings).then(self._on_settings)

    def _on_changed(self, changes: Changes) -> None:
        if changes.feeds:  # the starter list comes while she reads the first question
            self._engine.ask(Library.feeds).then(self._on_feeds)

    def _on_feeds(self, feeds: list[Feed]) -> None:
        self._feeds = feeds
        if feeds:
            folders = list(dict.fromkeys(feed.folder for feed in feeds if feed.folder))
            self.starter.say(f"{phrases.counted(len(feeds), 'feed')}: {', '.join(folders)}")

    def _on_settings(self, chosen: Settings) -> None:
        self._chosen = chosen
        every = "every hour" if chosen.refresh_minutes == 60 else f"every {chosen.refresh_minutes} minutes"
        self.hourly.say(f"{every}, while it is open")
        (self.hourly if chosen.refresh_by_itself else self.by_hand).setChecked(True)

    def _on_started(self, task: Task[Any]) -> None:
        if task.name != "start":
            return
        self.sample.setText("The sample coverage is being prepared …")
        task.progress.connect(self._on_progress)
        task.done.connect(self._on_prepared)
        task.failed.connect(self._on_not_prepared)

    def _on_progress(self, step: Progress) -> None:
        words = job_words.progress(step)
        self.sample.setText(f"The sample coverage is being prepared. {words[:1].upper()}{words[1:]}")

    def _on_prepared(self, ended: Ended) -> None:
        self.sample.setText("The sample coverage is ready." if ended.finished else "The sample coverage was stopped half-way.")
        self._look()

    def _on_not_prepared(self, error: object) -> None:
        self.sample.setText(f"The sample coverage could not be prepared. {phrases.error(error)}")
        self.sample.set_role("bad")

    # What she answers

    def _begin(self) -> None:
        self.begin.setEnabled(False)
        by_itself = self.hourly.isChecked()
        if self._chosen is not None and self._chosen.refresh_by_itself != by_itself:
            self._engine.call(Library.choose, "refresh_by_itself", by_itself)
        if self.none.isChecked():
            self._take_starter_list_off()
        self._settings.choose("welcomed", True)
        self.finished.emit()
        if self.own.isChecked():
            self.import_wanted.emit()

    def _take_starter_list_off(self) -> None:
        """Only what came with the program: a feed of her own stays whatever she answers."""
        starters = resources.text("starter.opml")
        for feed in self._feeds:
            if f'xmlUrl="{feed.url.replace("&", "&amp;")}"' in starters:
                self._engine.call(Library.remove_feed, feed.id)


def _group(parent: QWidget, *choices: Choice) -> QButtonGroup:
    made = QButtonGroup(parent)
    made.setExclusive(True)
    for choice in choices:
        made.addButton(choice)
    choices[0].setChecked(True)
    return made
