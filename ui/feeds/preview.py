"""What a feed would bring: its name, what kind of feed it is, its newest articles. Plain text, whatever the feed says."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ui import phrases
from ui.controls import Words
from ui.forms import breakable, column
from ui.paint import fitting
from ui.theme import BASE, META, font

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from reader.records import ParsedFeed, ParsedItem

NEWEST = 5
DATES = 92
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


class OneLine(Words):
    """Words on one line that are cut at their end, and whole for a screen reader."""

    def __init__(self, words: str, size: float = BASE, role: str = "text", parent: QWidget | None = None) -> None:
        super().__init__("", size, role=role, parent=parent)
        self._whole, self._shown_in = " ".join(words.split())[:400], font(size)
        self.setAlignment(_LEFT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(18)  # whatever the script
        self.setAccessibleName(self._whole)
        self.setText(self._whole)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Cut to the room there is."""
        super().resizeEvent(event)
        self.setText(fitting(self._whole, self._shown_in, self.width()))


class FeedPreview(QWidget):
    """One feed as it would come."""

    def __init__(self, url: str, feed: ParsedFeed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.url, self.feed = url, feed
        self.title = Words(breakable(title(url, feed)[:300]), BASE, 600, wrap=True)
        self.title.setAlignment(_LEFT)
        about = Words(breakable(describe(url, feed)), META, role="dim", wrap=True)
        self.setAccessibleName(title(url, feed))
        self.setAccessibleDescription(about.text())
        inside = column(self.title, 2, about)
        for problem in feed.problems[:3]:
            inside.addSpacing(4)
            inside.addWidget(Words(breakable(problem[:1].upper() + problem[1:]), META, role="warn", wrap=True))
        self._articles = QWidget()
        self._articles.setLayout(_rows(newest(feed), datetime.now(UTC)))
        self._articles.setVisible(bool(feed.items))
        inside.addWidget(self._articles)
        self.setLayout(inside)

    def show_articles(self, shown: bool) -> None:
        """Show the newest articles, or put them away."""
        self._articles.setVisible(shown and bool(self.feed.items))


def title(url: str, feed: ParsedFeed) -> str:
    """What the feed is called, by its address where it has no name."""
    return " ".join(feed.title.split()) or url


def describe(url: str, feed: ParsedFeed) -> str:
    """Its site, how much it has, how often there is something new, and in what language."""
    count = len(feed.items) + feed.left
    parts = [urlsplit(feed.link or url).netloc or url, phrases.counted(count, "article") if count else "no articles now"]
    parts += [often] if (often := how_often(feed)) else []
    parts += [phrases.language(feed.language.split("-")[0].lower())] if feed.language else []
    return " · ".join(parts)


def how_often(feed: ParsedFeed) -> str:
    """About how many articles come, by the dates of those that are there; "" where that cannot be told."""
    dates = sorted(item.record.date for item in feed.items if item.record.date is not None)
    if len(dates) < 3:
        return ""
    days = (dates[-1] - dates[0]).total_seconds() / 86_400
    if days < 1:
        return "many a day"
    a_day = (len(dates) - 1) / days
    for rate, unit in ((a_day, "day"), (a_day * 7, "week"), (a_day * 30, "month")):
        if rate >= 1:
            return f"about {phrases.number(rate)} a {unit}"
    return "less than one a month"


def newest(feed: ParsedFeed) -> list[ParsedItem]:
    """The newest articles; those without a date come last."""
    dated = sorted((item for item in feed.items if item.record.date is not None), key=_date, reverse=True)
    return [*dated, *(item for item in feed.items if item.record.date is None)][:NEWEST]


def _date(item: ParsedItem) -> float:
    return item.record.date.timestamp() if item.record.date is not None else 0.0


def _rows(items: list[ParsedItem], now: datetime) -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 10, 0, 0)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(4)
    grid.setColumnMinimumWidth(0, DATES - 10)
    grid.setColumnStretch(1, 1)
    for at, item in enumerate(items):
        grid.addWidget(Words(phrases.short_time(item.record.date, now), META, role="faint"), at, 0)
        grid.addWidget(OneLine(item.record.title or item.record.text or item.record.web_url), at, 1)
    return grid
