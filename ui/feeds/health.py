"""Which feeds need a person, why, and what she can do about it; below them all feeds."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from reader.library import Library
from reader.outcomes import RefreshOutcome
from ui import feed_words
from ui.controls import Ground, Words
from ui.feed_words import STEPS, Step, Trouble
from ui.feeds.table import FeedTable
from ui.forms import Page, Rule, Sign, breakable, button, column, row
from ui.paint import keep_bar_room
from ui.phrases import counted, feed_name, number
from ui.theme import BASE, HEAD, META, SCROLLBAR, VIEW

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QResizeEvent, QShowEvent

    from reader.records import Changes, Counts, Feed
    from ui.actions import Actions
    from ui.engine import Engine

MOST_CARDS = 12
"""Feeds in trouble that are shown one by one; the others are in the table."""
LOOK_MILLISECONDS = 400
"""How often, at most, the feeds are looked at while they change."""
SHARE = 0.6
"""How much of the height the troubles may take."""


class TroubleCard(QWidget):
    """One feed that needs a person: what happened, what is safe, two or three buttons."""

    wanted = Signal(str, object)
    """A `Step` and the feed that it is for."""

    def __init__(self, trouble: Trouble, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.trouble = trouble
        self._sign = Sign("triangle-alert", "warn")
        self._name = Words("", BASE, 600, wrap=True)
        self._name.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        self._what = Words("", wrap=True)
        self._safe = Words("", META, role="dim", wrap=True)
        self.buttons = {step: button(STEPS[step]) for step in trouble.steps}
        for step, made in self.buttons.items():
            made.clicked.connect(partial(self._ask_for, step))
        words = column(self._name, 2, self._what, 2, self._safe, 10, row(*self.buttons.values(), None))
        beside = row(column(self._sign, None), words, spacing=10)
        beside.setStretch(1, 1)
        self.setLayout(column(14, beside, 16, Rule()))
        self.show_trouble(trouble)

    def show_trouble(self, trouble: Trouble) -> None:
        """Say it in new words; the buttons stay."""
        self.trouble = trouble
        role, name = ("bad", "circle-x") if trouble.grave else ("warn", "triangle-alert")
        title = feed_name(trouble.feed)
        self._sign.show_as(name, role)
        self._name.setText(breakable(title[:300]))
        self._what.setText(breakable(trouble.what))
        self._what.set_role(role)
        self._safe.setText(breakable(trouble.safe))
        self.setAccessibleName(f"{title}: {trouble.what}")
        self.setAccessibleDescription(trouble.safe)
        for step, made in self.buttons.items():
            made.setAccessibleName(f"{STEPS[step]}: {title}")

    @property
    def has_focus(self) -> bool:
        """Whether one of its buttons has the focus."""
        return any(made.hasFocus() for made in self.buttons.values())

    def _ask_for(self, step: Step, _checked: bool = False) -> None:
        self.wanted.emit(step, self.trouble.feed)


class FeedHealth(Ground):
    """The feeds that need her, and all feeds."""

    edit_wanted = Signal(int)
    """The id of a feed that is to be changed."""

    def __init__(self, engine: Engine, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self._engine = engine
        self._feeds: list[Feed] = []
        self._unread: Mapping[int, int] = {}
        self.setAccessibleName("Feeds")
        self.title = Words("", VIEW, 600)
        self.total = Words("", META, role="faint")
        self._cards = QVBoxLayout()
        self._cards.setSpacing(0)
        self._offline = _OfflineCard()
        self._offline.again.clicked.connect(self._try_offline_again)
        self._rest = Words("", META, role="dim", wrap=True)
        inside = QWidget()
        inside.setLayout(column(self._offline, self._cards, 10, self._rest))
        self._troubles = Page(inside)
        keep_bar_room(self._troubles)
        self.table = FeedTable()
        self.table.chosen.connect(self.edit_wanted)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._offer)
        self._empty = _empty(actions)
        head = row(self.title, None, self.total)
        head.setContentsMargins(0, 0, SCROLLBAR, 0)
        strip = QWidget()
        strip.setFixedHeight(HEAD)
        strip.setLayout(head)
        self.setLayout(column(strip, 2, self._troubles, 18, self.table, self._empty, margins=(24, 0, 14, 14)))
        self.layout().setStretchFactor(self.table, 1)  # type: ignore[union-attr]  # it has one
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(LOOK_MILLISECONDS)
        self._looking.timeout.connect(self.look)
        engine.ready.connect(self.look)
        engine.changed.connect(self._on_changed)
        self._show()
        self.look()

    @property
    def cards(self) -> list[TroubleCard]:
        """The feeds in trouble that are shown one by one."""
        found = (item.widget() for at in range(self._cards.count()) if (item := self._cards.itemAt(at)) is not None)
        return [card for card in found if isinstance(card, TroubleCard)]

    def look(self) -> None:
        """Ask how the feeds are."""
        if self._engine.is_ready:
            self._engine.ask(Library.counts).then(self._on_counts)
            self._engine.ask(Library.feeds).then(self._on_feeds)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """See how the feeds are now."""
        super().showEvent(event)
        self.look()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the table its place."""
        super().resizeEvent(event)
        self._give_room()

    def _on_changed(self, changes: Changes) -> None:
        if changes.feeds and self.isVisible() and not self._looking.isActive():
            self._looking.start()

    def _on_counts(self, counts: Counts) -> None:
        self._unread = counts.feeds

    def _on_feeds(self, feeds: list[Feed]) -> None:
        self._feeds = feeds
        self._show()

    # What is shown

    def _show(self) -> None:
        now = datetime.now(UTC)
        needy = [feed for feed in self._feeds if feed_words.needs_you(feed)]
        offline = feed_words.unreached(needy)
        together = {feed.id for feed in offline}
        alone = [feed for feed in needy if feed.id not in together]
        count = len(alone) + bool(offline)
        self.title.setText(f"{counted(count, 'feed')} need{'s' if count == 1 else ''} you" if alone else "Feeds")
        self.total.setText(
            f"{counted(len(self._feeds), 'feed')}, {number(len(needy))} in trouble"
            if needy
            else counted(len(self._feeds), "feed")
        )
        self._offline.show_feeds(offline, now)
        self._show_cards([feed_words.trouble(feed, self._unread.get(feed.id, 0), now) for feed in alone[:MOST_CARDS]])
        rest = len(alone) - MOST_CARDS
        self._rest.setText(f"{counted(rest, 'more feed')} in trouble: order the table by state." if rest > 0 else "")
        self._rest.setVisible(rest > 0)
        self._troubles.setVisible(bool(needy))
        self.table.setVisible(bool(self._feeds))
        self._empty.setVisible(not self._feeds)
        self.table.show_feeds(self._feeds)
        self._give_room()

    def _show_cards(self, troubles: Sequence[Trouble]) -> None:
        """Keep the cards whose buttons still fit, so that nothing moves under the hand."""
        old = {card.trouble.feed.id: card for card in self.cards}
        focused = next((at for at, card in enumerate(self.cards) if card.has_focus), None)
        for at, trouble in enumerate(troubles):
            card = old.get(trouble.feed.id)
            if card is not None and card.trouble.steps == trouble.steps:
                del old[trouble.feed.id]
                card.show_trouble(trouble)
            else:
                card = TroubleCard(trouble)
                card.wanted.connect(self.take)
            if self._cards.indexOf(card) != at:
                self._cards.removeWidget(card)
                self._cards.insertWidget(at, card)
        for card in old.values():
            self._cards.removeWidget(card)
            card.hide()
            card.deleteLater()
        if focused is not None and not any(card.has_focus for card in self.cards):
            self._focus_near(focused)

    def _focus_near(self, at: int) -> None:
        """The card that had the focus is gone: the next one has it, else the table."""
        cards = self.cards
        if cards:
            next(iter(cards[min(at, len(cards) - 1)].buttons.values())).setFocus()
        else:
            self.table.setFocus()

    def _give_room(self) -> None:
        self._troubles.fit(round(self.height() * SHARE))

    # What is done

    def take(self, step: Step, feed: Feed) -> None:
        """Take a step about a feed."""
        match step:
            case "again":
                self._ask_again(feed.id)
            case "login" | "address":
                self.edit_wanted.emit(feed.id)
            case "move":
                self._engine.call(Library.edit_feed, feed.id, url=feed.moved_to)
            case "private":
                self._engine.call(Library.edit_feed, feed.id, allow_private=True).then(self._on_allowed)
            case "site":
                open_site(feed)
            case "stop":
                self._engine.call(Library.remove_feed, feed.id)

    def _on_allowed(self, feed: Feed) -> None:
        self._ask_again(feed.id)

    def _ask_again(self, *ids: int) -> None:
        self._engine.start(Library.refresh, RefreshOutcome(), feeds=list(ids), force=True)

    def _try_offline_again(self) -> None:
        self._ask_again(*self._offline.ids)

    def _offer(self, at: QPoint) -> None:
        """The menu of a feed in the table."""
        feed = self.table.current()
        if feed is None:
            return
        menu = QMenu(self)
        menu.addAction("Change …", partial(self.edit_wanted.emit, feed.id))
        steps: tuple[Step, ...] = ("again", *(("move",) if feed.moved_to else ()), "site", "stop")
        for step in steps:
            menu.addAction(STEPS[step], partial(self.take, step, feed))
        menu.popup(self.table.viewport().mapToGlobal(at))
        menu.aboutToHide.connect(menu.deleteLater)


class _OfflineCard(QWidget):
    """What is said once of feeds that all failed for want of a network."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: tuple[int, ...] = ()
        self._what = Words("", role="warn", wrap=True)
        self._safe = Words("", META, role="dim", wrap=True)
        self.again = button("Try them again now")
        words = column(
            Words("This computer seems to be offline", BASE, 600), 2, self._what, 2, self._safe, 10, row(self.again, None)
        )
        beside = row(column(Sign("wifi-off", "warn"), None), words, spacing=10)
        beside.setStretch(1, 1)
        self.setLayout(column(14, beside, 16, Rule()))

    def show_feeds(self, feeds: Sequence[Feed], now: datetime) -> None:
        """Tell of these; of none nothing is told."""
        self.ids = tuple(feed.id for feed in feeds)
        self.setVisible(bool(feeds))
        if feeds:
            what, safe = feed_words.offline(feeds, now)
            self._what.setText(breakable(what))
            self._safe.setText(safe)
            self.setAccessibleName(what)


def open_site(feed: Feed) -> bool:
    """Open the site of a feed in the browser; only what is on the web."""
    url = QUrl(feed.link or QUrl(feed.url).resolved(QUrl("/")).toString())
    return url.scheme() in ("http", "https") and QDesktopServices.openUrl(url)


def _empty(actions: Actions) -> QWidget:
    made = QWidget()
    add = button("Add a feed", actions["add_feed"].trigger)
    why = Words("Add the address of a site; its feeds are found.", role="dim", wrap=True)
    keys = Words(actions["add_feed"].shortcut().toString(), META, role="faint")
    title = Words("No feeds yet", VIEW, 600)
    made.setLayout(column(18, Sign("rss", "faint", 24), 12, title, 6, why, 14, row(add, keys, None, spacing=10), None))
    return made
