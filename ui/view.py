"""What is being looked at: one value that the parts read and set, so that none of them asks another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QObject, Signal

from reader.records import Scope

if TYPE_CHECKING:
    from reader.records import ListOrder, Narrowing

Place = Literal["desk", "briefings", "annotations", "activity"]
"""Which part of the window stands beside the sidebar. The desk is list, page and rail."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is chosen in the list.

    `article` is what the page shows: of a thread its head. `articles` are all that a command acts on: of a closed thread its
    members.
    """

    thread: int | None = None
    article: int | None = None
    articles: tuple[int, ...] = ()
    threads: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Looking:
    """A place, what its list holds, in what order, and what is chosen there. `query` is "" while nobody searches."""

    place: Place = "desk"
    scope: Scope = Scope()  # noqa: RUF009 - frozen
    narrowing: Narrowing = "all"
    order: ListOrder = "heat"
    ascending: bool = False
    query: str = ""
    is_typing: bool = False
    """While searching: the last word of the query may still go on."""
    best_first: bool = True
    """While searching: the order is that of the search, not `order`."""
    in_threads: bool = False
    """While searching: of each thread only its best article."""
    like: int | None = None
    """The article to which others are sought that are like it. Whoever looks elsewhere looks for them no more."""
    selection: Selection = Selection()
    briefing: int | None = None

    @property
    def is_search(self) -> bool:
        """Whether what is listed was found, by words or by likeness."""
        return bool(self.query) or self.like is not None

    def lists_as(self, other: Looking) -> bool:
        """Whether both have the same list, whatever is chosen in it."""
        return replace(self, selection=other.selection, place=other.place, briefing=other.briefing) == other


def _order_there(looking: Looking) -> ListOrder:
    """The order of what is looked at, where nobody chose one: what is hot stands by heat, momentum and age, all else by heat."""
    is_hot = "hot" in {looking.scope.kind, looking.narrowing}
    if is_hot and looking.order == "heat" and not looking.ascending:
        return "hot"
    return looking.order if is_hot or looking.order != "hot" else "heat"


class View(QObject):
    """The one `Looking` of a window. `changed` tells the new one and the one before."""

    changed = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._looking = Looking()
        self._back: list[Looking] = []
        self._forward: list[Looking] = []

    @property
    def looking(self) -> Looking:
        """What is being looked at."""
        return self._looking

    def look(self, **changes: Any) -> None:
        """Look at something else, named by the fields that change. Another list begins with nothing chosen."""
        if "query" in changes:
            changes.setdefault("is_typing", False)
        if "like" not in changes and not {"query", "scope", "narrowing"}.isdisjoint(changes):
            changes["like"] = None
        new = replace(self._looking, **changes)
        if "order" not in changes and not {"scope", "narrowing"}.isdisjoint(changes):
            new = replace(new, order=_order_there(new))
        if "selection" not in changes and not new.lists_as(self._looking):
            new = replace(new, selection=Selection())
        if new == self._looking:
            return
        if not self._is_same_step(new):
            self._back.append(self._looking)
            self._forward.clear()
        self._set(new)

    def _is_same_step(self, new: Looking) -> bool:
        """Whether the way back leads past this: another row, or a letter more in what is being searched for."""
        old = self._looking
        typing = bool(new.query and old.query)
        return new.place == old.place and new.lists_as(replace(old, query=new.query, is_typing=new.is_typing) if typing else old)

    def go_back(self) -> None:
        """Look at what was looked at before, if there is anything."""
        if self._back:
            self._forward.append(self._looking)
            self._set(self._back.pop())

    def go_forward(self) -> None:
        """Take back a step back."""
        if self._forward:
            self._back.append(self._looking)
            self._set(self._forward.pop())

    def _set(self, new: Looking) -> None:
        old, self._looking = self._looking, new
        self.changed.emit(new, old)
