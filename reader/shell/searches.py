"""Saved searches and their alerts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.formats import time_of
from reader.shell.output import DONE, IN_PART
from reader.shell.parser import add_limit, count
from reader.text import shortened

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from reader.formats import Document
    from reader.library import Library
    from reader.records import Alert, Miss, SavedSearch
    from reader.shell.output import Output
    from reader.shell.parser import Commands


def add(commands: Commands) -> None:
    """Teach the parser these commands."""
    below = commands.group("saved", 'saved searches: for search:"its name" inside a search, with a test and an alert')
    below.add("list", saved, "every saved search")
    parser = below.add("add", save, "save a search", makes=True)
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("query", metavar="QUERY")
    _add_rest(parser)
    parser = below.add("edit", edit, "change a saved search")
    parser.add_argument("id", type=count, metavar="ID")
    parser.add_argument("--name")
    parser.add_argument("--query")
    _add_rest(parser)
    parser = below.add(
        "check", check, "run the test of a saved search, also on another query; exit status 3 if it gets any wrong"
    )
    parser.add_argument("id", type=count, metavar="ID")
    parser.add_argument("query", nargs="?", metavar="QUERY")
    parser = below.add("remove", remove, "remove a saved search")
    parser.add_argument("id", type=count, metavar="ID")

    below = commands.group("alert", "new articles that saved searches found")
    parser = below.add("list", alerts, "every alert, the newest first")
    parser.add_argument("--unseen", action="store_true", help="only those that nobody has looked at")
    add_limit(parser)
    parser = below.add("seen", seen, "note that alerts were seen")
    parser.add_argument("ids", type=count, nargs="+", metavar="ID")


def _add_rest(parser: ArgumentParser) -> None:
    alert = parser.add_mutually_exclusive_group()
    alert.add_argument("--alert", action="store_true", dest="alert", default=None, help="tell of new articles that it finds")
    alert.add_argument("--no-alert", action="store_false", dest="alert")
    parser.add_argument("--must", type=count, nargs="*", metavar="ID", help="its test: articles that it must find")
    parser.add_argument("--must-not", type=count, nargs="*", metavar="ID", help="and those that it must not")


def saved(args: Namespace, library: Library, output: Output) -> int:  # noqa: ARG001 - every command takes the words
    """List saved searches."""
    return _tell(output, library.saved_searches())


def _tell(output: Output, found: Sequence[SavedSearch]) -> int:
    output.json({"searches": [_saved_of(one) for one in found]})
    columns = ("ID", "Unread", "Total", "Alert", "Missed", "Name", "Query")
    rows = (
        (
            one.id,
            one.unread,
            one.total,
            one.unseen if one.alert else "–",
            len(one.missed) or "",
            one.name,
            shortened(one.query, 90),
        )
        for one in found
    )
    output.table(columns, rows, numbers=columns[:5])
    return DONE


def _saved_of(one: SavedSearch) -> Document:
    return {
        "id": one.id,
        "name": one.name,
        "query": one.query,
        "unread": one.unread,
        "total": one.total,
        "alert": one.alert,
        "unseen": one.unseen,
        "must": list(one.must),
        "mustNot": list(one.must_not),
        "missed": list(one.missed),
    }


def save(args: Namespace, library: Library, output: Output) -> int:
    """Save a search and fill it."""
    id = library.save_search(args.name, args.query, alert=bool(args.alert), must=args.must or (), must_not=args.must_not or ())
    output.follow(library.bring_level())
    return _tell(output, [one for one in library.saved_searches() if one.id == id])


def edit(args: Namespace, library: Library, output: Output) -> int:
    """Change a saved search and fill it anew; what its test says then is told on the way."""
    library.edit_search(args.id, name=args.name, query=args.query, alert=args.alert, must=args.must, must_not=args.must_not)
    output.follow(library.bring_level())
    return _tell(output, [one for one in library.saved_searches() if one.id == args.id])


def check(args: Namespace, library: Library, output: Output) -> int:
    """Run the test of a saved search."""
    found = library.check_search(args.id, args.query)
    output.json({"misses": [{"id": miss.article, "title": miss.title, "wanted": miss.wanted} for miss in found]})
    output.table(("ID", "", "Title"), [(miss.article, _word(miss), miss.title) for miss in found])
    output.line(f"{len(found) or 'no'} misses" if len(found) != 1 else "1 miss", "dim")
    return IN_PART if found else DONE


def _word(miss: Miss) -> str:
    return "not found" if miss.wanted else "found"


def remove(args: Namespace, library: Library, output: Output) -> int:
    """Remove a saved search."""
    return _tell(output, [library.remove_search(args.id)])


def alerts(args: Namespace, library: Library, output: Output) -> int:
    """List alerts."""
    found = library.alerts(unseen=args.unseen, limit=args.limit)
    output.json({"alerts": [_alert_of(one) for one in found]})
    rows = (
        (one.id, "" if one.seen else "●", time_of(one.at), one.name, one.article, one.title, ", ".join(one.words))
        for one in found
    )
    output.table(("ID", "", "Time", "Search", "Article", "Title", "Words"), rows, numbers=("ID", "Article"))
    return DONE


def _alert_of(one: Alert) -> Document:
    return {
        "id": one.id,
        "search": one.search,
        "name": one.name,
        "article": one.article,
        "title": one.title,
        "words": list(one.words),
        "at": time_of(one.at),
        "seen": one.seen,
    }


def seen(args: Namespace, library: Library, output: Output) -> int:
    """Note that alerts were seen."""
    changed = library.see_alerts(args.ids)
    output.json({"changed": changed})
    output.line(f"{changed} changed")
    return DONE
