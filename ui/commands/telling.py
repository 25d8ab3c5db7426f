"""Says in words what was done, what went wrong, and what can be taken back; keeps Undo and Redo level with the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from reader.errors import Unforeseen
from reader.library import Library
from ui import phrases
from ui.actions import COMMANDS, shown_keys
from ui.faults import faults

if TYPE_CHECKING:
    from ui.actions import Actions
    from ui.engine import Engine, Task
    from ui.parts import Parts

SILENT = ("opened", "choose", "edit_briefing", "comment_in_briefing", "set_standing")
"""What says for itself that it was done."""
MOVING = ("mark", "merge_threads", "split_thread", "move_articles", "rename_thread", "remove_correction", "undo", "redo")
"""What the analyst did to the list herself: she wants to see it there at once."""


class Telling(QObject):
    """One window's notices."""

    def __init__(self, engine: Engine, actions: Actions, parts: Parts) -> None:
        super().__init__(parts)
        self._engine, self._actions, self._parts = engine, actions, parts
        self._undo_keys = shown_keys(next(command for command in COMMANDS if command.name == "undo"))
        engine.did.connect(self._on_did)
        engine.failed.connect(self.complain)
        engine.died.connect(self._on_died)
        engine.changed.connect(self._ask_what_can_be_undone)
        for said in (parts.page.said, parts.editor.said, parts.annotations.said):
            said.connect(self.say)
        parts.editor.did.connect(self.say_undoable)
        actions["restart_engine"].setVisible(False)
        self._ask_what_can_be_undone()

    def say(self, words: str) -> None:
        """Say something that needs no way back."""
        self._parts.say(words)

    def say_undoable(self, words: str) -> None:
        """Say what was done, and how it is taken back."""
        self._parts.say(words, self._undo_keys)

    def complain(self, error: object) -> None:
        """Say what went wrong, as one line; of a fault of ours the details are kept."""
        if isinstance(error, Unforeseen) and error.where:
            faults().keep(error.where)
        self._parts.say(phrases.error(error), is_bad=True)

    def _on_did(self, task: Task[Any], answer: object) -> None:
        if task.name in SILENT:
            if task.name != "opened":
                self._parts.withdraw_undo()  # what it offered to take back is no longer the last thing that was done
            return
        if task.name in ("undo", "redo"):
            self._say_step(task.name, answer)
        else:
            self.say_undoable(phrases.done(_undo_name(task), answer if _counts(task) and isinstance(answer, int) else 0))
        if task.name in MOVING and not (task.name == "mark" and task.args[0] != "hidden"):
            self._parts.list.show_new()

    def _say_step(self, name: str, answer: object) -> None:
        if not isinstance(answer, str):
            self.say("There is nothing to undo" if name == "undo" else "There is nothing to do again")
            return
        words = phrases.done(answer)
        said = f"Undone: {words[:1].lower()}{words[1:]}"
        if name == "redo":
            self.say_undoable(words)
        else:
            self.say(said)

    def _on_died(self, again: bool) -> None:
        self._actions["restart_engine"].setVisible(not again)
        if again:
            self._parts.say("The engine stopped and was started again. Everything that it had saved is there.", is_bad=True)
        else:
            keys = shown_keys(next(command for command in COMMANDS if command.name == "restart_engine"))
            self._parts.say(f"The engine stopped again. Reading goes on; {keys} starts it.", is_bad=True)

    def _ask_what_can_be_undone(self, *_changes: object) -> None:
        self._engine.ask(Library.undoable).then(self._on_undoable).otherwise(self._on_not_told)

    def _on_undoable(self, names: tuple[str | None, str | None]) -> None:
        """In the menu's words. Neither is ever grey: a key that is pressed before this is known would be lost."""
        for action, verb, name in zip(("undo", "redo"), ("Undo", "Redo"), names, strict=True):
            words = phrases.done(name) if name else ""
            self._actions[action].setText(f"{verb}: {words[:1].lower()}{words[1:]}" if words else verb)

    def _on_not_told(self, _error: object) -> None:
        """An engine that is gone is told of elsewhere; until it is back both stay as they are."""


def _undo_name(task: Task[Any]) -> str:
    """The name under which a command can be undone: marks are told by their flag."""
    if task.name == "mark":
        flag, _ids, *on = task.args
        return f"mark_{flag}" if not on or on[0] else f"unmark_{flag}"
    return task.name


def _counts(task: Task[Any]) -> bool:
    """Whether a command's answer is how many articles it changed."""
    return task.name in ("mark", "mark_read", "mark_all_read", "publish")
