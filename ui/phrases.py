"""Dates, counts, commands and errors in the user's words."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from reader.errors import JobRunning, LibraryError, Unforeseen, WatchdeskError

if TYPE_CHECKING:
    from reader.records import ArticleRow, Feed

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WEEK = timedelta(days=6)
_WORDS_A_MINUTE = 230
"""Reading speed: Brysbaert 2019, “How many words do we read per minute?” (238 for English non-fiction)."""

_LANGUAGES = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "en": "English",
    "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French", "ga": "Irish", "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean",
    "lt": "Lithuanian",
    "lv": "Latvian", "mt": "Maltese", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sv": "Swedish", "ta": "Tamil", "th": "Thai", "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip

HIGHLIGHT_NAMES = {"yellow": "Quote", "blue": "To check", "pink": "Contradiction", "green": "Method"}
"""What the analyst calls a highlight, by the colour that the library keeps."""

_DONE = {
    "mark_read": "Marked read", "unmark_read": "Marked unread", "mark_starred": "Starred",
    "unmark_starred": "Took the star off",
    "mark_hidden": "Hid", "unmark_hidden": "Showed again", "publish": "Published", "hold": "Held back",
    "publish_by_heat": "Left to heat",
    "highlight": "Highlighted", "remove_highlight": "Removed the highlight", "recolour": "Changed the highlight",
    "note": "Noted",
    "change_note": "Changed the note", "remove_note": "Removed the note", "new_briefing": "Made a briefing",
    "add_to_briefing": "Added to the briefing", "edit_briefing": "Changed the briefing",
    "remove_briefing": "Removed the briefing",
    "remove_from_briefing": "Took it out of the briefing", "comment_in_briefing": "Changed the comment",
    "reorder_briefing": "Moved it in the briefing", "rename_provider": "Renamed the provider",
    "set_standing": "Set the standing",
    "save_search": "Saved the search", "edit_search": "Changed the search", "remove_search": "Removed the search",
    "see_alerts": "Looked at alerts",
    "add_topic": "Made a topic", "edit_topic": "Changed the topic", "remove_topic": "Removed the topic",
    "merge_threads": "Merged threads", "move_articles": "Moved to another thread", "rename_thread": "Renamed the thread",
    "join_storyline": "Put into one storyline", "leave_storyline": "Took it out of the storyline",
    "rename_storyline": "Renamed the storyline", "remove_correction": "Took back a correction",
    "split_thread": "Split the thread", "edit_feed": "Changed the feed", "remove_feed": "Removed the feed",
    "rename_folder": "Renamed the folder", "mark_all_read": "Marked read",
    "choose": "Changed a setting",
}  # fmt: skip

_JOBS = {
    "refresh": "Refresh", "import_": "Import", "export": "Export", "publish_briefing": "Briefing",
    "bring_level": "Threads and index",
    "reindex": "Index", "regroup": "Threads", "backup": "Backup", "check": "Check", "start": "First steps",
    "subscribe": "New feed",
    "preview_feed": "Preview", "preview_briefing": "Pages",
}  # fmt: skip


def short_time(moment: datetime | None, now: datetime) -> str:
    """When, as short as a row has room for: 09:41, Thu 15:55, 13 Oct, Oct 2022; local time."""
    if moment is None:
        return "no date"
    here, today = moment.astimezone(), now.astimezone()
    if here.date() == today.date():
        return f"{here:%H:%M}"
    if timedelta(0) <= today - here < _WEEK:
        return f"{_DAYS[here.weekday()]} {here:%H:%M}"
    if here.year == today.year:
        return f"{here.day} {_MONTHS[here.month - 1]}"
    return f"{here.day} {_MONTHS[here.month - 1]} {here.year}"


def long_time(moment: datetime | None) -> str:
    """When, in full: Thursday 20 October 2022, 10:02; local time."""
    if moment is None:
        return "No date"
    here = moment.astimezone()
    return f"{_WEEKDAYS[here.weekday()]} {here.day} {_LONG_MONTHS[here.month - 1]} {here.year}, {here:%H:%M}"


def day(moment: datetime | None) -> str:
    """The day alone: 20 October 2022."""
    if moment is None:
        return "no date"
    here = moment.astimezone()
    return f"{here.day} {_LONG_MONTHS[here.month - 1]} {here.year}"


def short_day(moment: datetime, beside: datetime | None = None) -> str:
    """The day alone, short: 20 Oct 2022; without the year where it stands beside a day of that year."""
    here = moment.astimezone()
    words = f"{here.day} {_MONTHS[here.month - 1]}"
    return words if beside and beside.astimezone().year == here.year else f"{words} {here.year}"


def weekday_or_day(moment: datetime, now: datetime) -> str:
    """The day alone, as short as can be: Thu in the last week, else 20 Oct."""
    here = moment.astimezone()
    recent = timedelta(0) <= now.astimezone() - here < _WEEK
    return _DAYS[here.weekday()] if recent else f"{here.day} {_MONTHS[here.month - 1]}"


def month(moment: datetime | None) -> str:
    """The month alone: Oct 2022."""
    return "no date" if moment is None else f"{_MONTHS[moment.astimezone().month - 1]} {moment.astimezone().year}"


def number(value: float) -> str:
    """A count with its thousands parted: 100,412."""
    return f"{value:,.0f}"


def counted(value: int, one: str, many: str = "") -> str:
    """A count and its noun: 1 article, 42 articles."""
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def reading_time(words: int) -> str:
    """How long an article takes to read: 5 min."""
    return f"{max(1, round(words / _WORDS_A_MINUTE))} min"


def language(code: str) -> str:
    """The name of a language, by its ISO 639-1 code; the code where we have no name."""
    return _LANGUAGES.get(code, code)


def done(command: str, count: int = 0, noun: str = "article") -> str:
    """What a command did, by the name under which it can be undone."""
    words = _DONE.get(command, command.replace("_", " ").capitalize())
    return f"{words}: {counted(count, noun)}" if count > 1 else words


def job(name: str) -> str:
    """What a job is called."""
    return _JOBS.get(name, name.replace("_", " ").capitalize())


def error(what: object) -> str:
    """An error as one line that says what, where, and what was kept."""
    if isinstance(what, Unforeseen):
        return f"Something went wrong in Watchdesk itself ({str(what).splitlines()[0]}). Your library is as it was."
    if isinstance(what, JobRunning | LibraryError | WatchdeskError):
        words = str(what)
        return words[:1].upper() + words[1:]
    return f"Something went wrong ({what}). Your library is as it was."


def citation(row: ArticleRow) -> str:
    """An article as one line that can stand under a quote: CNIL, “Title”, 20 October 2022, https://example.org/a."""
    told = (row.provider, f"“{row.title}”", day(row.date) if row.date else "", row.web_url)
    return ", ".join(part for part in told if part)


def feed_name(feed: Feed) -> str:
    """What a feed is called, by its address where it has no title."""
    return feed.title or feed.url


_STATED = {"money": "Amount", "count": "Number", "date": "Date", "law": "Law", "case": "Case", "authority": "Authority"}


def stated_kind(kind: str, value: str) -> str:
    """What sort of thing a report states."""
    return "Deadline" if kind == "date" and value.startswith("within ") else _STATED.get(kind, kind.capitalize())
