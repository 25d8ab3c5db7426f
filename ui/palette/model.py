"""What the palette offers: commands, places, threads and articles, by what was typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from reader.records import Scope
from ui import fuzzy
from ui.actions import shown_keys
from ui.phrases import counted, feed_name, number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QAction

    from reader.records import ArticleRow, Feed, ThreadRow, Topic
    from ui.actions import Actions

CHOICE = Qt.ItemDataRole.UserRole + 1
Section = Literal["Commands", "Go to", "Threads", "Articles"]
MOST: dict[Section, int] = {"Commands": 7, "Go to": 7, "Threads": 5, "Articles": 6}
"""How many of a kind are offered for what was typed."""

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to do or to go to. `aside` stands at the right; `also` is searched, but not shown."""

    section: Section
    icon: str
    words: str
    aside: str = ""
    also: str = ""
    action: QAction | None = None
    scope: Scope | None = None
    thread: int | None = None
    article: int | None = None
    spans: fuzzy.Spans = ()
    is_heading: bool = field(default=False, kw_only=True)

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return ", ".join(part for part in (self.words, self.aside) if part)


def commands(actions: Actions) -> list[Choice]:
    """Every command that can be given now; those that lead somewhere stand under the places."""
    return [
        Choice(
            "Go to" if command.name.startswith("go_") else "Commands", command.icon or "command", command.words,
            shown_keys(command), command.why, action=action,
        )
        for command, action in actions
        if action.isEnabled() and command.name != "palette"
    ]  # fmt: skip


def places(topics: Iterable[Topic], feeds: Iterable[Feed]) -> list[Choice]:
    """Topics, folders and feeds."""
    feeds = list(feeds)
    folders = dict.fromkeys(feed.folder for feed in feeds if feed.folder)
    return [
        *(_place("tag", f"Topic: {topic.name}", topic.unread, Scope("topic", topic.id)) for topic in topics),
        *(_place("folder", f"Folder: {name}", 0, Scope("folder", name=name)) for name in folders),
        *(_place("rss", f"Feed: {feed_name(feed)}", 0, Scope("feed", feed.id)) for feed in feeds),
    ]


def _place(icon: str, words: str, unread: int, scope: Scope) -> Choice:
    return Choice("Go to", icon, words, number(unread) if unread else "", scope=scope)


def threads(rows: Iterable[ThreadRow]) -> list[Choice]:
    """Threads by their titles."""
    return [Choice("Threads", "layers", row.title, counted(row.size, "article"), thread=row.id, article=row.head) for row in rows]


def articles(rows: Iterable[ArticleRow]) -> list[Choice]:
    """Articles that the search found."""
    return [Choice("Articles", "file-text", row.title, row.provider, thread=row.thread, article=row.id) for row in rows]


def offered(typed: str, known: Iterable[Choice], found: Iterable[Choice]) -> list[Choice]:
    """What is offered for what was typed, under headings; what a search found stands as it came."""
    fitting: dict[Section, list[tuple[float, Choice]]] = {section: [] for section in MOST}
    for choice in known:
        if (fit := _fit(typed, choice)) is not None:
            fitting[choice.section].append(fit)
    for choice in found:
        fitting[choice.section].append((0.0, _marked(typed, choice)))
    made: list[Choice] = []
    for section, most in MOST.items() if typed else sorted(MOST.items(), reverse=True):
        choices = [choice for _, choice in sorted(fitting[section], key=_cost)]
        if choices:
            made += [Choice(section, "", section, is_heading=True), *choices[: most if typed else None]]
    return made


def _cost(fit: tuple[float, Choice]) -> float:
    return fit[0]


def _fit(typed: str, choice: Choice) -> tuple[float, Choice] | None:
    """How well a choice fits, and it with its letters marked; without anything typed commands and views alone are offered."""
    if not typed:
        return (0.0, choice) if choice.action is not None else None
    found = fuzzy.match(typed, choice.words, scattered=choice.action is not None)
    if found is not None:
        return found.cost, _with(choice, found.spans)
    if choice.also and (found := fuzzy.match(typed, choice.also, scattered=False)) is not None:
        return found.cost + 3, choice
    return None


def _marked(typed: str, choice: Choice) -> Choice:
    spans = [
        span
        for word in typed.split()
        if (found := fuzzy.match(word, choice.words, scattered=False)) is not None
        for span in found.spans
    ]
    return _with(choice, tuple(sorted(set(spans))))


def _with(choice: Choice, spans: fuzzy.Spans) -> Choice:
    return Choice(
        choice.section, choice.icon, choice.words, choice.aside, choice.also, choice.action, choice.scope, choice.thread,
        choice.article, spans,
    )  # fmt: skip


class ChoiceModel(QAbstractListModel):
    """What is offered, line by line."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.choices: list[Choice] = []

    def offer(self, choices: list[Choice]) -> None:
        """Offer something else."""
        self.beginResetModel()
        self.choices = choices
        self.endResetModel()

    def next_to(self, row: int, step: int) -> int:
        """The row of the next choice in a direction, over headings and around the ends; -1 where there is none."""
        count = len(self.choices)
        for distance in range(1, count + 1):
            other = (row + step * distance) % count
            if not self.choices[other].is_heading:
                return other
        return -1

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's
        """How many lines there are."""
        return 0 if parent.isValid() else len(self.choices)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A line, its words, or what is said of it."""
        choice = self.choices[index.row()]
        if role == CHOICE:
            return choice
        said = {Qt.ItemDataRole.DisplayRole: choice.words, Qt.ItemDataRole.AccessibleTextRole: choice.spoken}
        return said.get(Qt.ItemDataRole(role))

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """A heading cannot be chosen."""
        if self.choices[index.row()].is_heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
