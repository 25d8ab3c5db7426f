"""While a topic is looked at: the words of the article that its query matched, marked on the page as those of a search are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reader.library import Library
from ui.asking import Asking

if TYPE_CHECKING:
    from ui.engine import Engine
    from ui.view import Looking, View


class TopicWords(QObject):
    """Asks which words they are whenever another article of a topic is looked at."""

    found = Signal(tuple)
    """The words; none where the article is none of a topic, or its topic does not find it."""

    def __init__(self, engine: Engine, view: View, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asking = Asking(engine, self)
        self._asking.answered.connect(self._on_answer)
        self._asking.failed.connect(self._on_failed)
        self._asked: tuple[int, int] | None = None
        view.changed.connect(self._on_looking)

    def _on_looking(self, new: Looking, old: Looking) -> None:
        article = new.selection.article
        wanted = None
        if new.scope.kind == "topic" and not new.is_search and article is not None:
            wanted = new.scope.id, article
        if wanted == self._asked and new.is_search == old.is_search:
            return
        had, self._asked = self._asked, wanted
        self._asking.forget()
        if wanted is not None:
            self._asking.ask(Library.topic_words, *wanted)
        elif had is not None and not new.is_search:
            self.found.emit(())

    def _on_answer(self, words: tuple[str, ...]) -> None:
        self.found.emit(words)

    def _on_failed(self, _error: object) -> None:
        """The topic is gone, or there is no index: nothing is marked."""
        self.found.emit(())
