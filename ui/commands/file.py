"""What the commands of the menu File do: feeds, files, refreshing, the library as a whole."""

# ruff: noqa: PLC0415 - what is opened now and then is loaded then: the window is there sooner

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from reader.library import Library
from reader.outcomes import BackupOutcome, ExportOutcome, ImportOutcome, RefreshOutcome
from reader.records import Scope
from ui import phrases
from ui.file_questions import ask_for_files, ask_where_to
from ui.forms import open_once

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from reader.library import ExportFormat
    from reader.records import Ended, Feed
    from reader.settings import Settings
    from ui.actions import Actions
    from ui.engine import Engine, Task
    from ui.parts import Parts
    from ui.view import View
    from ui.window_settings import WindowSettings

NAMES = (
    "add_feed", "import_files", "export_feeds", "export_records", "export_dates", "refresh", "refresh_all", "stop_jobs",
    "restart_engine", "back_up", "settings", "quit",
)  # fmt: skip
READ = "*.opml *.xml *.yml *.yaml *.json *.jsonl *.html"
LOOK_MINUTES = 2
"""How often the window looks whether a feed is due, where it refreshes by itself."""


class FileCommands(QObject):
    """The menu File."""

    def __init__(
        self, engine: Engine, view: View, actions: Actions, choices: WindowSettings, parts: Parts, window: QWidget
    ) -> None:
        super().__init__(window)
        self._engine, self._view, self._actions, self._choices, self._parts = engine, view, actions, choices, parts
        self._window = window
        self._to_edit: int | None = None
        for name in NAMES:
            actions[name].triggered.connect(getattr(self, name))
        parts.sidebar.feed_wanted.connect(self._on_feed_wanted)
        parts.sidebar.folder_wanted.connect(self._on_folder_wanted)
        parts.health.edit_wanted.connect(self.edit_feed)
        self._looking = QTimer(self, interval=LOOK_MINUTES * 60_000)
        self._looking.timeout.connect(self._look_whether_due)
        self._looking.start()

    # Feeds

    def add_feed(self) -> None:
        """Ask for an address, and show what it brings before it is added."""
        from ui.feeds.add_feed import AddFeed

        dialog = AddFeed(self._engine, self._window)
        dialog.import_wanted.connect(self._on_import_wanted)
        dialog.added.connect(self._on_added)
        open_once(dialog)

    def _on_import_wanted(self, path: str) -> None:
        self.import_paths([Path(path)])

    def _on_added(self, feeds: list[int]) -> None:
        self._parts.say(f"Added {phrases.counted(len(feeds), 'feed')}")
        self._refresh(feeds, force=True)

    def edit_feed(self, id: int) -> None:
        """Change what was decided of a feed."""
        self._to_edit = id
        self._engine.ask(Library.feeds).then(self._on_feeds_to_edit)

    def _on_feeds_to_edit(self, feeds: Sequence[Feed]) -> None:
        from ui.feeds.edit_feed import EditFeed

        for feed in feeds:
            if feed.id == self._to_edit:
                open_once(EditFeed(self._engine, feed, self._window))

    def _on_feed_wanted(self, what: str, id: int) -> None:
        match what:
            case "refresh":
                self._refresh([id], force=True)
            case "edit":
                self.edit_feed(id)
            case "remove":
                self._engine.call(Library.remove_feed, id)
            case "mark_read":
                self._engine.call(Library.mark_all_read, Scope("feed", id))
            case "copy_address":
                self._to_edit = id
                self._engine.ask(Library.feeds).then(self._on_feeds_to_copy)

    def _on_feeds_to_copy(self, feeds: Sequence[Feed]) -> None:
        for feed in feeds:
            if feed.id == self._to_edit:
                QApplication.clipboard().setText(feed.url)
                self._parts.say("Copied the address of the feed")

    def _on_folder_wanted(self, what: str, folder: str) -> None:
        from ui.feeds.rename_folder import RenameFolder

        match what:
            case "refresh":
                self._folder = folder
                self._engine.ask(Library.feeds).then(self._on_feeds_of_folder)
            case "mark_read":
                self._engine.call(Library.mark_all_read, Scope("folder", name=folder))
            case "edit":
                open_once(RenameFolder(self._engine, folder, self._window))

    def _on_feeds_of_folder(self, feeds: Sequence[Feed]) -> None:
        self._refresh([feed.id for feed in feeds if feed.folder == self._folder], force=True)

    # Refreshing

    def refresh(self) -> None:
        """Ask the feeds that are due."""
        self._refresh(None)

    def refresh_all(self) -> None:
        """Ask every feed now."""
        self._refresh(None, force=True)

    def _refresh(self, feeds: Sequence[int] | None, *, force: bool = False) -> None:
        if any(task.name == "refresh" for task in self._engine.jobs):
            self._parts.say("A refresh is under way already")
            return
        self._engine.start(Library.refresh, RefreshOutcome(), feeds=feeds, force=force).then(self._on_refreshed)

    def _on_refreshed(self, ended: Ended) -> None:
        outcome: RefreshOutcome = ended.args[0]
        asked = phrases.counted(len(outcome.feeds), "feed")
        failed = sum(1 for feed in outcome.feeds if feed.error)
        words = f"{phrases.counted(outcome.new, 'new article')} from {asked}" if outcome.feeds else "No feed is due yet"
        if failed:
            words += f"; {phrases.counted(failed, 'feed needs', 'feeds need')} a look"
        self._parts.say(words if ended.finished else f"Stopped: {words}")

    def _look_whether_due(self) -> None:
        """Where the analyst chose that feeds are asked by themselves."""
        if self._choices.welcomed and self._engine.is_ready and not self._engine.jobs:
            self._engine.ask(Library.settings).then(self._on_settings)

    def _on_settings(self, settings: Settings) -> None:
        if settings.refresh_by_itself:
            self._engine.ask(Library.feeds).then(self._on_feeds_that_may_be_due)

    def _on_feeds_that_may_be_due(self, feeds: Sequence[Feed]) -> None:
        now = datetime.now(UTC)
        if any(feed.next_refresh is None or feed.next_refresh <= now for feed in feeds):
            self._refresh(None)

    def stop_jobs(self) -> None:
        """Stop what is under way at its next step; what it did so far stays."""
        for task in self._engine.jobs:
            task.stop()

    def restart_engine(self) -> None:
        """Start an engine that stopped twice."""
        self._engine.restart()
        self._actions["restart_engine"].setVisible(False)

    # In and out

    def import_files(self) -> None:
        """Ask for files, and read them."""
        ask_for_files(self._window, "Import files", [f"OPML, records, pages ({READ})", "All (*)"], self._on_files_chosen)

    def _on_files_chosen(self, names: list[str]) -> None:
        self.import_paths([Path(name) for name in names])

    def import_paths(self, paths: Sequence[Path]) -> Task[Any] | None:
        """Read files and folders into the library."""
        if not paths:
            return None
        return self._engine.start(Library.import_, list(paths), ImportOutcome()).then(self._on_imported)

    def _on_imported(self, ended: Ended) -> None:
        outcome: ImportOutcome = ended.args[1]
        words = f"{phrases.counted(outcome.imported, 'new article')}, {phrases.counted(len(outcome.feeds), 'new feed')}"
        if outcome.faults:
            first = outcome.faults[0]
            where = f"{Path(first.path).name}{f', line {first.line}' if first.line else ''}"
            faults = phrases.counted(len(outcome.faults), "piece was", "pieces were")
            words += f"; {faults} not understood ({where}: {first.reason})"
        self._parts.say(words, is_bad=bool(outcome.faults))

    def export_feeds(self) -> None:
        """Ask where to, and write every feed as OPML."""
        ask_where_to(self._window, "Export feeds", "watchdesk.opml", ["OPML (*.opml)"], self._on_feeds_place)

    def _on_feeds_place(self, name: str) -> None:
        self.export_to(Path(name), "opml")

    def export_records(self) -> None:
        """Ask where to, and write every article as JSON lines."""
        ask_where_to(self._window, "Export every article", "watchdesk.jsonl", ["JSON lines (*.jsonl)"], self._on_records_place)

    def _on_records_place(self, name: str) -> None:
        self.export_to(Path(name), "jsonl")

    def export_dates(self) -> None:
        """Ask where to, and write the days to come as a calendar."""
        ask_where_to(self._window, "Export coming dates", "watchdesk.ics", ["Calendar (*.ics)"], self._on_dates_place)

    def _on_dates_place(self, name: str) -> None:
        self.export_to(Path(name), "ics")

    def export_to(self, path: Path, format: ExportFormat) -> Task[Any]:
        """Write to a file, whole or not at all."""
        return self._engine.start(Library.export, path, format, ExportOutcome()).then(self._on_exported)

    def _on_exported(self, ended: Ended) -> None:
        outcome: ExportOutcome = ended.args[2]
        if ended.finished:
            self._parts.say(f"Wrote {phrases.number(outcome.written)} to {outcome.path}")

    def back_up(self) -> None:
        """Ask where to, and copy the library."""
        name = f"watchdesk-{datetime.now().astimezone():%Y-%m-%d}.zip"
        ask_where_to(self._window, "Back up the library", name, ["Backup (*.zip)"], self._on_backup_place)

    def _on_backup_place(self, name: str) -> None:
        self._engine.start(Library.backup, Path(name), BackupOutcome()).then(self._on_backed_up)

    def _on_backed_up(self, ended: Ended) -> None:
        if ended.finished:
            self._parts.say(f"Backed up to {ended.args[1].path}, and read back whole")

    # The program

    def settings(self) -> None:
        """Show the settings."""
        from ui.settings.dialog import SettingsDialog

        open_once(SettingsDialog(self._engine, self._choices, self._window))

    def quit(self) -> None:
        """Close the window; nothing is asked, for everything is kept."""
        self._window.close()
