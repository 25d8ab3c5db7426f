"""A question of which only the newest answer counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.library import Library
    from ui.engine import Engine, Task

P = ParamSpec("P")


class Asking(QObject):
    """Asks the engine; whoever asks again, or gives up, hears no more of what was asked before."""

    answered = Signal(object)
    failed = Signal(object)
    dropped = Signal()
    """Somebody else's question of the same kind took its place."""

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._task: Task[Any] | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether an answer is to come."""
        return self._task is not None

    def ask(self, question: Callable[Concatenate[Library, P], object], *args: P.args, **kwargs: P.kwargs) -> None:
        """Ask this, and forget what was asked before."""
        self.forget()
        self._task = self._engine.ask(question, *args, **kwargs).then(self._on_done).otherwise(self._on_failed)
        self._task.over.connect(self._on_over)

    def forget(self) -> None:
        """Want no answer any more."""
        if self._task is not None:
            self._task.done.disconnect(self._on_done)
            self._task.failed.disconnect(self._on_failed)
            self._task.over.disconnect(self._on_over)
            self._task.stop()
            self._task = None

    def _on_done(self, answer: object) -> None:
        self._task = None
        self.answered.emit(answer)

    def _on_failed(self, error: object) -> None:
        self._task = None
        self.failed.emit(error)

    def _on_over(self) -> None:
        if self._task is not None:
            self._task = None
            self.dropped.emit()
