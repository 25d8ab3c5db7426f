"""Every command of the program, once: its name, its words, keys, icon and menu. Menus, buttons, palette and sheet read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

from ui import icons
from ui.theme import colours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `keys` are portable names, the first one is shown; `group` parts a menu into paragraphs."""

    name: str
    menu: str
    words: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    group: int = 0
    checkable: bool = False
    why: str = ""
    """A few words more, for the palette and the sheet."""


MENUS = ("File", "Edit", "View", "Go", "Thread", "Article", "Briefing", "Help")

COMMANDS = (
    Command("add_feed", "File", "Add a feed …", ("Ctrl+N",), "plus", 0, why="the address of a site is enough"),
    Command("import_files", "File", "Import files …", ("Ctrl+Shift+O",), "upload", 0, why="OPML, records, saved pages"),
    Command("export_feeds", "File", "Export feeds as OPML …", (), "download", 0),
    Command("export_records", "File", "Export every article …", (), "download", 0),
    Command("export_dates", "File", "Export coming dates …", (), "calendar", 0, why="for the calendar: .ics"),
    Command("refresh", "File", "Refresh", ("F5", "Ctrl+R"), "refresh-cw", 1, why="ask the feeds that are due"),
    Command("refresh_all", "File", "Refresh every feed now", ("Shift+F5",), "refresh-cw", 1),
    Command("stop_jobs", "File", "Stop what is under way", ("Ctrl+.",), "circle-stop", 1),
    Command("restart_engine", "File", "Start the engine again", ("Ctrl+Alt+R",), "rotate-ccw", 1),
    Command("back_up", "File", "Back up the library …", (), "archive", 2),
    Command("settings", "File", "Settings", ("Ctrl+,",), "settings", 3),
    Command("quit", "File", "Quit", ("Ctrl+Q",), "", 4),
    Command("undo", "Edit", "Undo", ("Ctrl+Z",), "undo-2", 0),
    Command("redo", "Edit", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo-2", 0),
    Command("copy", "Edit", "Copy with its source", ("Ctrl+Shift+C",), "copy", 1, why="the selected words, quoted and cited"),
    Command("find_in_page", "Edit", "Find in the article", ("Ctrl+F",), "search", 2),
    Command("search", "Edit", "Search everything", ("/", "Ctrl+Shift+F"), "search", 2),
    Command("next_match", "Edit", "Next match in the article", ("F3",), "", 2, why="of the words that are searched for"),
    Command("previous_match", "Edit", "Previous match in the article", ("Shift+F3",), "", 2),
    Command("search_here", "Edit", "Search in this view", ("Ctrl+Shift+G",), "search", 2, why="this topic, feed or folder alone"),
    Command("save_search", "Edit", "Save this search …", ("Ctrl+D",), "bookmark-plus", 2, why="with an alert and a test"),
    Command("sidebar", "View", "Sidebar", ("F9",), "panel-left", 0, checkable=True),
    Command("rail", "View", "Thread beside the article", ("T",), "panel-right", 0, checkable=True),
    Command("compact", "View", "Compact rows", ("Ctrl+Shift+K",), "list", 1, checkable=True),
    Command("dark", "View", "Dark", ("Ctrl+Shift+D",), "moon", 1, checkable=True),
    Command("sepia", "View", "Sepia page", (), "book-open", 1, checkable=True),
    Command("larger", "View", "Larger text", ("Ctrl++", "Ctrl+="), "zoom-in", 2),
    Command("smaller", "View", "Smaller text", ("Ctrl+-",), "zoom-out", 2),
    Command("order_heat", "View", "Order by heat", ("Alt+H",), "flame", 3),
    Command("order_hot", "View", "Order by what is hot", ("Alt+Shift+H",), "flame", 3, why="heat and momentum, fading with age"),
    Command("order_newest", "View", "Order by date", ("Alt+N",), "clock", 3),
    Command("order_quality", "View", "Order by quality", ("Alt+Q",), "chart-bar", 3),
    Command("as_threads", "View", "Results as threads", ("Alt+R",), "", 3, checkable=True, why="of each the best article"),
    Command("show_new", "View", "Show what is new", (".",), "arrow-up", 4, why="put what arrived into the list"),
    Command("back", "Go", "Back", ("Alt+Left",), "arrow-left", 0),
    Command("forward", "Go", "Forward", ("Alt+Right",), "arrow-right", 0),
    Command("go_all", "Go", "All", ("Ctrl+1",), "layers", 1),
    Command("go_unread", "Go", "Unread", ("Ctrl+2",), "inbox", 1),
    Command("go_hot", "Go", "Hot", ("Ctrl+3",), "flame", 1),
    Command("go_starred", "Go", "Starred", ("Ctrl+4",), "star", 1),
    Command("go_annotations", "Go", "Annotated", ("Ctrl+5",), "highlighter", 1),
    Command("go_briefings", "Go", "Briefings", ("Ctrl+6",), "file-text", 1),
    Command("go_activity", "Go", "Activity", ("Ctrl+7",), "activity", 1),
    Command("corrections", "Go", "What was corrected", ("Ctrl+9",), "", 1, why="merged, split, moved, renamed: each can go"),
    Command("alerts", "Go", "Alerts of saved searches", ("Ctrl+8",), "bell", 1),
    Command("dates", "Go", "Coming dates", ("Ctrl+0",), "calendar-clock", 1, why="hearings and deadlines that articles name"),
    Command("next", "Go", "Next", ("J",), "", 2),
    Command("previous", "Go", "Previous", ("K",), "", 2),
    Command("next_unread", "Go", "Next unread", ("N",), "", 2),
    Command("read_on", "Go", "Read on", ("Space",), "", 2, why="a screen further, then the next unread"),
    Command("palette", "Go", "Go to, or do …", ("Ctrl+K",), "command", 3),
    Command("open_thread", "Thread", "Open or close", ("O",), "chevron-right", 0),
    Command("thread_read", "Thread", "Mark the thread read", ("Shift+M",), "mail-open", 0),
    Command("all_read", "Thread", "Mark the whole list read", ("Shift+A",), "check", 0),
    Command("merge", "Thread", "Merge the selected threads", ("Ctrl+M",), "merge", 1, why="they are one event"),
    Command("split", "Thread", "Split the article off", ("Ctrl+Shift+M",), "split", 1, why="it is another event"),
    Command("rename_thread", "Thread", "Rename the thread …", ("F2",), "pencil", 1, why="the title stays, whatever arrives"),
    Command("move_article", "Thread", "Move the article to another thread …", ("Alt+M",), "", 1, why="it belongs there"),
    Command("note_thread", "Thread", "Note on the thread", ("Shift+C",), "message-square", 2),
    Command("explain_heat", "Thread", "Why this heat", ("Shift+E",), "flame", 3),
    Command("storyline", "Thread", "The storyline", ("Shift+T",), "history", 3),
    Command("join_storyline", "Thread", "Add to a storyline …", ("Alt+T",), "", 4, why="threads of one matter"),
    Command("leave_storyline", "Thread", "Take out of the storyline", (), "", 4, why="it is of another matter"),
    Command("rename_storyline", "Thread", "Rename the storyline …", ("Shift+F2",), "", 4),
    Command("toggle_read", "Article", "Mark read or unread", ("M",), "mail", 0),
    Command("star", "Article", "Star", ("S",), "star", 0),
    Command("hide", "Article", "Hide", ("Delete",), "eye-off", 0),
    Command("highlight", "Article", "Highlight", ("H",), "highlighter", 1, why="the selected words, as a quote"),
    Command("highlight_check", "Article", "Highlight to check", ("2",), "", 1),
    Command("highlight_contradiction", "Article", "Highlight a contradiction", ("3",), "", 1),
    Command("highlight_method", "Article", "Highlight a method", ("4",), "", 1),
    Command("note", "Article", "Note", ("C",), "message-square-plus", 1, why="on the selected words, or on the article"),
    Command("remove_highlight", "Article", "Remove the highlight", ("Backspace",), "trash-2", 1),
    Command("more_like", "Article", "More like this", ("Shift+L",), "search", 2, why="on what it is about"),
    Command("explain_quality", "Article", "Why this quality", ("E",), "chart-bar", 2),
    Command("open_in_browser", "Article", "Open in the browser", ("V",), "external-link", 3),
    Command("copy_citation", "Article", "Copy the citation", ("Y",), "book-marked", 3),
    Command("add_to_briefing", "Briefing", "Add to the briefing", ("B",), "file-plus", 0, why="thread, article or highlight"),
    Command("new_briefing", "Briefing", "New briefing", ("Ctrl+Shift+N",), "file-text", 0),
    Command("export_briefing", "Briefing", "Export the briefing …", ("Ctrl+E",), "download", 1, why="PDF, HTML, Markdown"),
    Command("shortcuts", "Help", "Keys", ("?", "F1"), "keyboard", 0),
    Command("about", "Help", "About Watchdesk", (), "info", 1),
)


class Actions(QObject):
    """The commands as `QAction`s of a window: what shows or runs one takes it from here by name."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._actions = {command.name: self._made(command, window) for command in COMMANDS}
        window.installEventFilter(self)

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def __iter__(self) -> Iterator[tuple[Command, QAction]]:
        for command in COMMANDS:
            yield command, self._actions[command.name]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take the new theme's colours for the icons."""
        if event.type() == QEvent.Type.PaletteChange:
            for command, action in self:
                if command.icon:
                    action.setIcon(icons.icon(command.icon, colours().dim))
        return super().eventFilter(watched, event)

    @staticmethod
    def _made(command: Command, window: QWidget) -> QAction:
        action = QAction(command.words, window)
        action.setObjectName(command.name)
        action.setCheckable(command.checkable)
        action.setShortcuts([QKeySequence(keys) for keys in command.keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setToolTip(f"{command.words.removesuffix(' …')} ({keys})" if (keys := shown_keys(command)) else command.words)
        if command.icon:
            action.setIcon(icons.icon(command.icon, colours().dim))
        window.addAction(action)
        return action


def shown_keys(command: Command) -> str:
    """The first key of a command as the system writes it; "" where it has none."""
    return QKeySequence(command.keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if command.keys else ""
