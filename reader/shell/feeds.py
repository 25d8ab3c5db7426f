"""Feeds: add, preview, list, edit, remove, refresh."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import Refused, WatchdeskError
from reader.formats import record_of, time_of
from reader.outcomes import RefreshOutcome, Subscription
from reader.shell.output import DONE, IN_PART, NOTHING
from reader.shell.parser import count
from reader.text import shortened

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from reader.formats import Document
    from reader.library import Library
    from reader.records import Feed, ParsedFeed
    from reader.shell.output import Output
    from reader.shell.parser import Commands

WELL = frozenset({"new", "unchanged", "moved", "empty"})
"""What a refresh may find at a feed that is well."""


def add(commands: Commands) -> None:
    """Teach the parser these commands."""
    below = commands.group("feed", "the addresses that are polled")
    parser = below.add("add", add_feed, "subscribe to a feed, or to what a page offers", makes=True)
    parser.add_argument("url", metavar="URL")
    _add_choices(parser)
    parser = below.add("preview", preview, "what a subscription would bring, without subscribing", bare=True)
    parser.add_argument("places", nargs="+", metavar="URL|FILE")
    parser.add_argument("--allow-private", action="store_true", help="loopback and private addresses too")
    below.add("list", list_feeds, "every feed and how it does")
    parser = below.add("edit", edit, "change what you decided of a feed")
    parser.add_argument("id", type=count, metavar="ID")
    parser.add_argument("--url", metavar="URL")
    _add_choices(parser)
    parser = below.add("remove", remove, "stop polling a feed; its articles stay")
    parser.add_argument("id", type=count, metavar="ID")

    parser = commands.add("refresh", refresh, "poll the feeds that are due")
    parser.add_argument("--feed", type=count, action="append", metavar="ID", help="only this one; may be said again")
    parser.add_argument("--force", action="store_true", help="also those that are not due")


def _add_choices(parser: ArgumentParser) -> None:
    parser.add_argument("--folder", metavar="F", help="the folder it stands in")
    parser.add_argument("--title", metavar="T", help="its title, instead of the one it gives itself")
    parser.add_argument("--user", metavar="U", help="a name to log in with; the password goes to the system keychain")
    parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    parser.add_argument("--allow-private", action="store_true", default=None, help="loopback and private addresses too")


def add_feed(args: Namespace, library: Library, output: Output) -> int:
    """Subscribe."""
    wanted = Subscription(
        args.url,
        folder=args.folder or "",
        title=args.title or "",
        username=args.user or "",
        password=_password(args),
        allow_private=bool(args.allow_private),
    )
    added: list[int] = []
    output.follow(library.subscribe(wanted, added))
    found = [feed for feed in library.feeds() if feed.id in added]
    output.json({"feeds": [{"id": feed.id, "url": feed.url, "title": feed.title} for feed in found]})
    for feed in found:
        output.line(f"{feed.id:>4}  {feed.title or feed.url}  {feed.url}")
    return DONE


def _password(args: Namespace) -> str:
    if not args.user:
        if args.password_stdin:
            raise Refused("a password needs a name: --user U")
        return ""
    if args.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise Refused("no password: type it, or give it with --password-stdin")
    return getpass.getpass(f"Password of {args.user}: ")


def preview(args: Namespace, library: None, output: Output) -> int:  # noqa: ARG001 - every command takes a library
    """Show what a subscription would bring."""
    from reader.library import feed_preview  # noqa: PLC0415 - the front door is opened by whoever calls

    documents: list[Document] = []
    failed: list[str] = []
    for place in args.places:
        try:
            found = feed_preview(_url_or_file(place), allow_private=args.allow_private)
        except WatchdeskError as error:
            failed.append(place)
            output.aside(f"{place}: {error}")
            documents.append({"url": place, "title": "", "link": "", "entries": [], "problems": [str(error)]})
            continue
        for url, feed in found:
            documents.append(_preview_of(url, feed))
            _print_preview(output, url, feed)
    output.json({"feeds": documents})
    return DONE if not failed else NOTHING if len(failed) == len(args.places) else IN_PART


def _url_or_file(place: str) -> str | Path:
    return place if "://" in place else Path(place)


def _preview_of(url: str, feed: ParsedFeed) -> Document:
    entries = [record_of(item.record) for item in feed.items]
    return {"url": url, "title": feed.title, "link": feed.link, "entries": entries, "problems": list(feed.problems)}


def _print_preview(output: Output, url: str, feed: ParsedFeed) -> None:
    output.line(feed.title or "(no title)", "bold")
    output.line(f"{url} · {len(feed.items)} entries", "dim")
    for problem in feed.problems:
        output.line(f"! {problem}")
    rows = ((item.record.date.strftime("%Y-%m-%d") if item.record.date else "–", item.record.title) for item in feed.items)
    output.table(("Date", "Title"), rows)


def list_feeds(args: Namespace, library: Library, output: Output) -> int:  # noqa: ARG001 - every command takes the words
    """List feeds."""
    found = library.feeds()
    output.json({"feeds": [feed_of(feed) for feed in found]})
    rows = (
        (feed.id, feed.folder, shortened(feed.title or feed.url, 50), feed.status or "not polled yet", feed.error or feed.url)
        for feed in found
    )
    output.table(("ID", "Folder", "Title", "Status", "Error or address"), rows)
    return DONE


def feed_of(feed: Feed) -> Document:
    """A feed as JSON, under the names of the formats."""
    return {
        "id": feed.id,
        "url": feed.url,
        "title": feed.title,
        "folder": feed.folder,
        "status": feed.status,
        "error": feed.error,
        "nextRefresh": time_of(feed.next_refresh),
        "lastNew": time_of(feed.last_new),
    }


def edit(args: Namespace, library: Library, output: Output) -> int:
    """Change what was decided of a feed."""
    edited = library.edit_feed(
        args.id,
        url=args.url,
        title=args.title,
        folder=args.folder,
        username=args.user,
        allow_private=args.allow_private,
        password=_password(args),
    )
    output.json({"feeds": [feed_of(edited)]})
    output.line(f"{edited.id:>4}  {edited.title or edited.url}  {edited.url}")
    return DONE


def remove(args: Namespace, library: Library, output: Output) -> int:
    """Stop polling a feed."""
    removed = library.remove_feed(args.id)
    output.json({"feeds": [feed_of(removed)]})
    output.line(f"removed feed {removed.id}, {removed.title or removed.url}; its articles stay, undo brings it back")
    return DONE


def refresh(args: Namespace, library: Library, output: Output) -> int:
    """Poll feeds."""
    outcome = RefreshOutcome()
    output.follow(library.refresh(outcome, feeds=args.feed, force=args.force))
    polled = [
        {"url": feed.url, "status": feed.status, "new": feed.new, "updated": feed.updated, "error": feed.error}
        for feed in outcome.feeds
    ]
    output.json({"feeds": polled, "new": outcome.new, "updated": outcome.updated, "seconds": round(outcome.seconds, 2)})
    failed = [feed for feed in outcome.feeds if feed.status not in WELL]
    rows = ((feed.status, feed.url, feed.error) for feed in failed)
    if failed:
        output.table(("Status", "Feed", "Why"), rows)
    output.line(
        f"{len(polled)} feeds, {outcome.new} new, {outcome.updated} updated, {len(failed)} failed, {outcome.seconds:.1f} s"
    )
    return DONE if not failed else NOTHING if len(failed) == len(polled) else IN_PART
