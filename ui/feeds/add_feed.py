"""Subscribe: an address, what it would bring, and yes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QUrl, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from reader.errors import EngineStopped, KeychainError
from reader.library import Library
from reader.outcomes import Subscription
from ui import feed_words, phrases
from ui.controls import Words
from ui.feeds.preview import FeedPreview, describe, title
from ui.forms import FolderField, Form, Page, Rule, Sheet, Tick, breakable, button, column, row
from ui.paint import apart
from ui.theme import META

if TYPE_CHECKING:
    from typing import Any

    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from reader.records import Ended, Feed, ParsedFeed
    from ui.engine import Engine, Task

FILES = (".opml", ".xml", ".json", ".jsonl", ".md", ".txt", ".html")
"""Endings of what is imported rather than subscribed to."""
PREVIEW_HEIGHT = 300
NOTHING_KEPT = "The address of a site is enough: its feeds are found. Nothing is kept until you add it."


class AddFeed(Sheet):
    """Looks at an address, shows what it brings, and subscribes to what is chosen. The window never waits for it."""

    added = Signal(list)
    """The ids of the feeds that were added."""
    import_wanted = Signal(str)
    """The path of a file that is to be imported instead."""

    def __init__(self, engine: Engine, parent: QWidget | None = None) -> None:
        super().__init__("Add a feed", parent)
        self._engine = engine
        self._known: dict[str, Feed] = {}
        self._job: Task[Any] | None = None
        self._looked_at = ""
        self._waiting: list[Subscription] = []
        self._added: list[int] = []
        self._failed: list[str] = []
        self.offers: list[Offer] = []
        self._make_fields()
        self._make_foot()
        self.setAcceptDrops(True)
        self._say("")
        engine.ask(Library.feeds).then(self._on_feeds)

    def _make_fields(self) -> None:
        self.address = QLineEdit()
        self.address.setPlaceholderText("example.org, or the address of a feed")
        self.address.setAcceptDrops(False)  # the dialog takes what is dropped: a file is no text
        self.address.setAccessibleName("Address")
        self.look_button = button("Look", self.look)
        beside = QWidget()
        beside.setAccessibleName("Address")
        beside.setLayout(row(self.address, self.look_button))
        beside.setFocusProxy(self.address)
        self.username, self.password = QLineEdit(), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.private = Tick("Allow this private address")
        self.folder = FolderField()
        self.import_button = button("Import this file", self._import)
        top = Form()
        self.rows = {
            "address": top.add("Address", beside, NOTHING_KEPT),
            "file": top.add("", self.import_button),
            "username": top.add("User name", self.username),
            "password": top.add("Password", self.password, "Kept in the keychain of the system, and nowhere else."),
            "private": top.add("", self.private),
        }
        for name in ("file", "username", "password", "private"):
            self.rows[name].show(False)
        self._found = QVBoxLayout()
        self._found.setSpacing(14)
        inside = QWidget()
        inside.setLayout(column(self._found, None))
        self._page = Page(inside)
        self._bottom = Form()
        self.rows["folder"] = self._bottom.add("Folder", self.folder, tail=0)
        self._result = QWidget()
        self._result.setLayout(column(6, Rule(), 14, self._page, 12, Rule(), 14, self._bottom))
        self._result.hide()
        for part in (top, self._result):
            self.body.addWidget(part)
        self.address.textEdited.connect(self._on_edited)
        self.address.returnPressed.connect(self._on_return)
        for field in (self.username, self.password):
            field.textEdited.connect(self._forget)
            field.returnPressed.connect(self._on_return)
        self.private.toggled.connect(self._on_private)

    def _make_foot(self) -> None:
        self.status = Words("", META, role="dim", wrap=True)
        self.stop = button("Stop", self._stop)
        self.add = button("Add", self._add, filled=True)
        self.add.setEnabled(False)
        self.foot.addWidget(self.status, 1)
        self.foot.addWidget(self.stop)
        self.foot.addWidget(button("Close", self.reject))
        self.foot.addWidget(self.add)

    # The address

    def look(self) -> None:
        """Look at the address, unless that is under way."""
        typed = self.address.text().strip()
        if not typed or self._job is not None or self._is_file(typed):
            return
        self._forget()
        self._looked_at = typed
        self._run(self._engine.start(Library.preview_feed, self._wanted(typed), []), f"Looking at {apart(typed[:80])} …")
        assert self._job is not None
        self._job.then(self._on_found).otherwise(self._on_refused)

    def _wanted(self, url: str) -> Subscription:
        """What is asked for. What she says of the address that she named holds for its host, and for no other."""
        named = _host(url) == _host(self._looked_at)
        username = self.username.text().strip() if named else ""
        return Subscription(
            url,
            folder=self.folder.folder,
            username=username,
            password=self.password.text() if username else "",
            allow_private=named and self.private.isChecked(),
        )

    def _on_return(self) -> None:
        if not self._looked_at:
            self.look()

    def _on_edited(self, words: str) -> None:
        self._forget()
        for name in ("username", "password", "private"):
            self.rows[name].show(False)
        self.username.clear()
        self.password.clear()
        self.private.setChecked(False)
        self._is_file(words.strip())

    def _on_private(self, _on: bool) -> None:
        self._forget()
        if self.private.isChecked():
            self.look()

    def _forget(self, *_: object) -> None:
        """What was found is not what this address brings."""
        if self._job is not None:
            self._job.stop()
            self._job = None
        self._looked_at = ""
        self._show([])
        for shown in self.rows.values():
            shown.say("")
        self._say("")

    def _is_file(self, typed: str) -> bool:
        """Whether it is a file, which is imported; then say so."""
        local = QUrl(typed).toLocalFile() if typed.startswith("file:") else typed
        is_file = local.lower().endswith(FILES) and "://" not in local and Path(local).is_absolute()
        self.rows["file"].show(is_file)
        self.rows["address"].hint("That is a file: its feeds and articles are imported." if is_file else NOTHING_KEPT)
        return is_file

    def _import(self) -> None:
        typed = self.address.text().strip()
        self.import_wanted.emit(QUrl(typed).toLocalFile() if typed.startswith("file:") else typed)
        self.reject()

    # What was found

    def _on_feeds(self, feeds: list[Feed]) -> None:
        self._known = {feed.url: feed for feed in feeds}
        self.folder.offer(feeds)
        for offer in self.offers:
            offer.show_known(self._known.get(offer.url))

    def _on_found(self, ended: Ended) -> None:
        if self.sender() is not self._job:
            return
        self._end()
        found: list[tuple[str, ParsedFeed]] = ended.args[1]
        if not ended.finished or not found:
            self._looked_at = ""
            return
        self._show(found)
        new = next((offer for offer in self.offers if offer.box.isEnabled()), None)
        if new is None:
            self.address.setFocus()
        elif len(self.offers) > 1:
            new.box.setFocus()
        self._say(f"{phrases.counted(len(found), 'feed')} found there." if len(found) > 1 else "")

    def _on_refused(self, error: object) -> None:
        if self.sender() is not self._job:
            return
        self._end()
        self._looked_at = ""
        words = feed_words.said(phrases.error(error))
        told = str(error)
        if feed_words.is_private(told):
            self.rows["private"].show(True)
            self.rows["address"].say(f"{words}. Allow it only if you know that computer.")
            self.private.setFocus()
        elif feed_words.wants_login(told):
            self.rows["username"].show(True)
            self.rows["password"].show(True)
            self.rows["username"].say(words)
            self.username.setFocus()
        else:
            self.rows["address"].say(words)
            self.address.setFocus()

    def _show(self, found: list[tuple[str, ParsedFeed]]) -> None:
        for old in self.offers:
            self._found.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.offers = []
        for url, feed in found:
            offer = Offer(url, feed, alone=len(found) == 1)
            offer.show_known(self._known.get(url))
            offer.box.toggled.connect(self._count)
            self._found.addWidget(offer)
            self.offers.append(offer)
        first = next((offer for offer in self.offers if offer.box.isEnabled()), None)
        if first is not None:
            first.box.setChecked(True)
        for offer in self.offers:
            offer.open(offer is first or len(self.offers) == 1)
        self._result.setVisible(bool(found))
        self._count()

    def fit(self) -> None:
        """Be as high as what it holds; what was found scrolls where it is long."""
        self._page.fit(PREVIEW_HEIGHT)
        super().fit()

    def _count(self, *_: object) -> None:
        chosen = sum(offer.box.isChecked() for offer in self.offers)
        self.add.setText(f"Add {chosen} feeds" if chosen > 1 else "Add")
        self.add.setEnabled(chosen > 0 and self._job is None)

    # Adding

    def _add(self) -> None:
        self._waiting = [self._wanted(offer.url) for offer in self.offers if offer.box.isChecked()]
        self._added, self._failed = [], []
        self._add_next()

    def _add_next(self) -> None:
        if not self._waiting:
            self._finish()
            return
        wanted = self._waiting.pop(0)
        self._run(self._engine.start(Library.subscribe, wanted, []), f"Adding {apart(wanted.url[:80])} …")
        assert self._job is not None
        self._job.then(self._on_added).otherwise(self._on_not_added)

    def _on_added(self, ended: Ended) -> None:
        if self.sender() is not self._job:
            return
        self._end()
        self._added += ended.args[1]
        if not ended.finished:
            self._waiting = []
        self._add_next()

    def _on_not_added(self, error: object) -> None:
        if self.sender() is not self._job:
            return
        self._end()
        self._failed.append(feed_words.said(phrases.error(error)))
        if isinstance(error, KeychainError):
            self.rows["password"].show(True)
            self.rows["password"].say(self._failed[-1])
        if isinstance(error, EngineStopped):
            self._waiting = []
        self._add_next()

    def _finish(self) -> None:
        """Close when all is well; what was added is told in any case."""
        if self._added:
            self.added.emit(self._added)
        if self._added and not self._failed:
            self.accept()
            return
        self._engine.ask(Library.feeds).then(self._on_feeds)
        self.rows["address"].say(" ".join(f"{words.rstrip('.')}." for words in self._failed))
        self._say(f"{phrases.counted(len(self._added), 'feed')} added." if self._added else "")

    # What is under way

    def _run(self, job: Task[Any], words: str) -> None:
        self._job = job
        self._say(words)

    def _end(self) -> None:
        self._job = None
        self._say("")

    def _stop(self) -> None:
        if self._job is not None:
            self._waiting = []
            self._job.stop()
            self.status.setText("Stopping …")

    def _say(self, words: str) -> None:
        self.status.setText(breakable(words))
        self.stop.setVisible(self._job is not None)
        self.look_button.setEnabled(self._job is None)
        self._count()

    def reject(self) -> None:
        """Close; what is under way is stopped."""
        if self._job is not None:
            self._job.stop()
            self._job = None
        super().reject()

    # Dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take an address or a file."""
        if _dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Put it into the field, and look."""
        self.address.setText(_dropped(event.mimeData()))
        self._on_edited(self.address.text())
        self.look()


class Offer(QWidget):
    """One feed that was found: whether to take it, and what it would bring."""

    def __init__(self, url: str, feed: ParsedFeed, *, alone: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.url = url
        self.box = Tick(title(url, feed)[:200])
        self.box.setAccessibleDescription(describe(url, feed))
        self.box.setVisible(not alone)
        self.there = Words("", META, role="warn", wrap=True)
        self.there.hide()
        self._preview = FeedPreview(url, feed)
        self._preview.title.setVisible(alone)
        under = column(self._preview, self.there, margins=(0 if alone else Tick.WORDS, 0, 12, 0), spacing=6)
        self.setLayout(under if alone else column(self.box, 4, under))
        self.box.toggled.connect(self.open)

    def show_known(self, known: Feed | None) -> None:
        """Say that it is subscribed to already; then it cannot be chosen."""
        self.box.setEnabled(known is None)
        self.there.setVisible(known is not None)
        if known is not None:
            self.box.setChecked(False)
            self.there.setText(f"You are subscribed to it already{f', in {apart(known.folder)}' if known.folder else ''}.")

    def open(self, on: bool) -> None:
        """Show what it would bring, or only what it is."""
        self._preview.show_articles(on)


def _host(typed: str) -> str:
    return QUrl.fromUserInput(typed.strip()).host().lower()


def _dropped(data: QMimeData) -> str:
    urls = data.urls()
    return (urls[0].toString() if urls else data.text().strip())[:2000]
