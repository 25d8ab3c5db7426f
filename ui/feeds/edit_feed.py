"""A feed as the analyst decided of it: its name, address, folder, and how to get at it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from reader.errors import KeychainError
from reader.library import Library
from ui import feed_words, phrases
from ui.forms import FolderField, Form, Sheet, Tick, button

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from reader.records import Feed
    from ui.engine import Engine


class EditFeed(Sheet):
    """Changes a feed; what was not touched is left as it is. What is wrong stands under its field."""

    saved = Signal(int)
    """The id of the feed, when it was changed."""

    def __init__(self, engine: Engine, feed: Feed, parent: QWidget | None = None) -> None:
        super().__init__("Change the feed", parent)
        self._engine, self._feed = engine, feed
        self.title = QLineEdit(feed.title if feed.title != feed.url else "")
        self.title.setPlaceholderText("as the feed calls itself")
        self.address = QLineEdit(feed.url)
        self.address.setCursorPosition(0)
        self.folder = FolderField(feed.folder)
        self.username = QLineEdit(feed.username)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        if feed.username:
            self.password.setPlaceholderText("as it is in the system keychain")
        self.private = Tick("May be on this computer or a private network")
        self.private.setChecked(feed.allow_private)
        form = Form()
        self.rows = {
            "title": form.add("Name", self.title),
            "address": form.add("Address", self.address),
            "folder": form.add("Folder", self.folder),
            "username": form.add("User name", self.username),
            "password": form.add("Password", self.password, "Kept in the keychain of the system, and nowhere else."),
            "private": form.add("", self.private, tail=0),
        }
        if feed.moved_to:
            self.rows["address"].hint(f"It has moved to {feed.moved_to}")
        if feed_words.wants_login(feed.error):
            self.rows["username"].say(feed_words.said(feed.error))
        self.save = button("Save", self._save, filled=True)
        self.body.addWidget(form)
        self.foot.addStretch(1)
        self.foot.addWidget(button("Cancel", self.reject))
        self.foot.addWidget(self.save)
        (self.username if feed_words.wants_login(feed.error) else self.title).setFocus()
        engine.ask(Library.feeds).then(self._on_feeds)

    def _on_feeds(self, feeds: list[Feed]) -> None:
        self.folder.offer(feeds)

    def _save(self) -> None:
        for row in self.rows.values():
            row.say("")
        if self.password.text() and not self.username.text().strip():
            self.rows["username"].say("A password needs a user name.")
            self.username.setFocus()
            return
        changes = self._changes()
        if not changes:
            self.accept()
            return
        self.save.setEnabled(False)
        self._engine.call(Library.edit_feed, self._feed.id, **changes).then(self._on_saved).otherwise(self._on_refused)

    def _changes(self) -> dict[str, Any]:
        feed = self._feed
        now: dict[str, tuple[object, object]] = {
            "title": (self.title.text().strip(), feed.title if feed.title != feed.url else ""),
            "url": (self.address.text().strip(), feed.url),
            "folder": (self.folder.folder, feed.folder),
            "username": (self.username.text().strip(), feed.username),
            "allow_private": (self.private.isChecked(), feed.allow_private),
            "password": (self.password.text(), ""),
        }
        return {name: value for name, (value, before) in now.items() if value != before}

    def _on_saved(self, feed: Feed) -> None:
        self.saved.emit(feed.id)
        self.accept()

    def _on_refused(self, error: object) -> None:
        self.save.setEnabled(True)
        at = "password" if isinstance(error, KeychainError) else "address"
        self.rows[at].say(feed_words.said(phrases.error(error)))
        self.rows[at].field.setFocus()
