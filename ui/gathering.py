"""Several questions that are answered together: who shows a thing whole waits for all that is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from PySide6.QtCore import QObject, Signal

from ui.engine import Task

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.library import Library
    from ui.engine import Engine

P = ParamSpec("P")

TRIES = 5
"""So often is a question asked that others of its kind push aside."""


class Gathering(QObject):
    """Asks, and says when the last answer is there. Who wants something else deletes it, and with it answers that come late."""

    whole = Signal()
    """Every question was answered or failed."""

    def __init__(self, engine: Engine, parent: QObject) -> None:
        super().__init__(parent)
        self._engine = engine
        self._open: dict[str, tuple[Any, tuple[Any, ...], dict[str, Any], int]] = {}
        self.answers: dict[str, Any] = {}
        """By the names of the questions."""
        self.errors: dict[str, object] = {}

    def ask(self, question: Callable[Concatenate[Library, P], object], *args: P.args, **kwargs: P.kwargs) -> None:
        """Ask this too, each question once; what is asked while an answer is told belongs to the whole."""
        self._ask(question, args, kwargs, 1)

    def _ask(self, question: Any, args: tuple[Any, ...], kwargs: dict[str, Any], tries: int) -> None:
        task = self._engine.ask(question, *args, **kwargs)
        self._open[task.name] = (question, args, kwargs, tries)
        task.then(self._on_done).otherwise(self._on_failed)
        task.over.connect(self._on_over)

    def take(self, name: str, answer: object) -> None:
        """Take an answer. One who wants to ask on does it here, and calls this after."""
        self.answers[name] = answer

    def _on_done(self, answer: object) -> None:
        task = self.sender()
        if isinstance(task, Task):
            self.take(task.name, answer)

    def _on_failed(self, error: object) -> None:
        task = self.sender()
        if isinstance(task, Task):
            self.errors[task.name] = error

    def _on_over(self) -> None:
        """One question less; or again, where somebody else's question of its kind took its place."""
        task = self.sender()
        if not isinstance(task, Task):
            return
        question, args, kwargs, tries = self._open.pop(task.name)
        if task.name not in self.answers and task.name not in self.errors and tries < TRIES:
            self._ask(question, args, kwargs, tries + 1)
        if not self._open:
            self.whole.emit()
