"""A briefing to a file: which, how far, and what came of it. It waits until every word that was typed is in the library."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QColor, QDesktopServices, QPainter
from PySide6.QtWidgets import QHBoxLayout, QWidget

from reader.errors import EngineStopped
from reader.library import Library
from reader.outcomes import Published
from ui.controls import IconButton, Link, Words
from ui.paint import apart, hline
from ui.phrases import counted
from ui.phrases import error as in_words
from ui.theme import META, colours

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from reader.records import Briefing, Ended, Progress
    from ui.briefing.drafts import Drafts
    from ui.engine import Engine, Task

FORMATS = {"PDF": ".pdf", "Web page": ".html", "Markdown": ".md", "JSON": ".json"}
LONGEST_NAME = 80


def file_name(briefing: Briefing) -> str:
    """What the file is called where nobody says otherwise: title and day, in letters that every system takes."""
    title = re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*\u2066-\u2069\u200e\u200f]+', " ", briefing.title)
    title = " ".join(title.split())[:LONGEST_NAME].strip(" .") or "Briefing"
    return f"{title} {briefing.made.astimezone():%Y-%m-%d}"


def kinds() -> list[str]:
    """The formats as a dialog for files names them."""
    return [f"{name} (*{ending})" for name, ending in FORMATS.items()]


def with_ending(chosen: str, kind: str) -> Path:
    """The file that was meant: with the ending of the format where the name has none that we write."""
    path, ending = Path(chosen), next((one for name, one in FORMATS.items() if kind.startswith(name)), ".pdf")
    if path.suffix.lower() in FORMATS.values():
        return path.with_suffix(ending) if path.suffix.lower() == ".pdf" else path
    return path.with_name(path.name + ending)


class Export(QObject):
    """One export at a time. `said`: what came of it; `wrote`: the file, with all that is to know of it."""

    said = Signal(str)
    wrote = Signal(object)
    failed = Signal(str)
    progress = Signal(object)
    begun = Signal(str)

    def __init__(self, engine: Engine, drafts: Drafts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._drafts = engine, drafts
        self._wanted: tuple[int, Path] | None = None
        self._task: Task[Any] | None = None
        drafts.settled.connect(self._go)

    def write(self, briefing: int, path: Path) -> None:
        """Write a briefing, once all its words are saved."""
        if self._task is not None:
            self._say("A briefing is being written already", is_bad=True)
            return
        self._wanted = briefing, path
        self.begun.emit(path.name)
        self._drafts.save()

    def stop(self) -> None:
        """Leave it."""
        if self._task is not None:
            self._task.stop()

    def _go(self) -> None:
        if self._wanted is None:
            return
        (briefing, path), self._wanted = self._wanted, None
        task = self._task = self._engine.start(Library.publish_briefing, briefing, path, Published())
        task.progress.connect(self.progress)
        task.then(self._on_done).otherwise(self._on_failed)

    def _on_done(self, ended: Ended) -> None:
        self._task = None
        if not ended.finished:
            self._say("The export was stopped; no file was written", is_bad=True)
            return
        published: Published = ended.args[2]
        self.wrote.emit(published)
        self.said.emit(in_a_line(published, is_saved=self._drafts.is_empty))

    def _on_failed(self, error: object) -> None:
        self._task = None
        what = "the engine stopped; export it again" if isinstance(error, EngineStopped) else in_words(error)
        self._say(f"The briefing was not written: {what}", is_bad=True)

    def _say(self, words: str, *, is_bad: bool) -> None:
        if is_bad:
            self.failed.emit(words)
        self.said.emit(words)


def in_a_line(published: Published, *, is_saved: bool = True) -> str:
    """What was written: name, pages, sources, and what to know of it."""
    facts = [counted(published.pages, "page")] if published.pages else []
    facts.append(counted(published.sources, "source"))
    words = f"Wrote {apart(published.path.name)} ({', '.join(facts)})"
    warnings = list(published.warnings) + ([] if is_saved else ["words that could not be saved are not in it"])
    if warnings:
        more = f", and {counted(len(warnings) - 1, 'warning')} more" if len(warnings) > 1 else ""
        words += f"; {warnings[0]}{more}"
    return words


class ExportStrip(QWidget):
    """A line at the foot of the words: how far the export is, then what it wrote and where."""

    def __init__(self, export: Export, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = Path()
        self._share: float | None = None
        self._export = export
        self.words = Words("", META, role="dim")
        self.words.setMinimumWidth(40)
        self._stop, self._show = Link("Stop"), Link("Show the folder")
        close = IconButton("x", "Close this line")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 1, 8, 0)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self._show)
        row.addWidget(self._stop)
        row.addWidget(close)
        self.setFixedHeight(36)
        self.setAccessibleName("Export")
        self.hide()
        close.clicked.connect(self.hide)
        self._stop.clicked.connect(export.stop)
        self._show.clicked.connect(self._on_show)
        export.begun.connect(self._on_begun)
        export.progress.connect(self._on_progress)
        export.wrote.connect(self._on_wrote)
        export.failed.connect(self._on_failed)

    def _on_begun(self, name: str) -> None:
        self._say(f"Writing {apart(name)} …", share=0)

    def _on_progress(self, progress: Progress) -> None:
        self._share = progress.done / progress.total if progress.total else 0
        self.update()

    def _on_wrote(self, published: Published) -> None:
        self._folder = published.path.parent
        self._say(in_a_line(published), warnings=published.warnings)
        self._show.show()

    def _on_failed(self, words: str) -> None:
        self._say(words, is_bad=True)

    def _say(
        self, words: str, *, share: float | None = None, is_bad: bool = False, warnings: tuple[str, ...] = ()
    ) -> None:  # fmt: skip
        self._share = share
        self.words.setText(words)
        self.words.setToolTip("")
        self.words.set_role("text" if is_bad or warnings else "dim")
        self.words.setAccessibleDescription("\n".join(warnings))
        self._stop.setVisible(share is not None)
        self._show.hide()
        self.show()
        self.update()

    def _on_show(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the ground, the hairline and how far it is."""
        p, c = QPainter(self), colours()
        p.fillRect(self.rect(), QColor(c.chrome))
        hline(p, 0, 0, self.width(), c.line)
        if self._share is not None:
            p.fillRect(0, 0, round(self.width() * max(0.03, self._share)), 2, QColor(c.accent))
