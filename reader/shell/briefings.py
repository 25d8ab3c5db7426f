"""Annotations and what goes out: highlight, note, brief, cite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.errors import Refused
from reader.formats import time_of
from reader.outcomes import Published
from reader.records import BriefingItem
from reader.shell.output import DONE
from reader.shell.parser import count, place

if TYPE_CHECKING:
    from argparse import Namespace

    from reader.library import Library
    from reader.shell.output import Output
    from reader.shell.parser import Commands

COLOURS = ("yellow", "green", "pink", "blue")


def add(commands: Commands) -> None:
    """Teach the parser these commands."""
    parser = commands.add("highlight", highlight, "mark a passage of an article")
    parser.add_argument("id", type=count, metavar="ID")
    parser.add_argument("--quote", required=True, metavar="T", help="the words, as they stand in the article")
    parser.add_argument("--prefix", default="", metavar="P", help="what stands before, where the words stand more than once")
    parser.add_argument("--suffix", default="", metavar="S", help="what stands behind")
    parser.add_argument("--note", default="", metavar="TEXT")
    parser.add_argument("--colour", choices=COLOURS, default=COLOURS[0])
    parser = commands.add("note", note, "write a note on an article")
    parser.add_argument("id", type=count, metavar="ID")
    parser.add_argument("text", metavar="TEXT")

    below = commands.group("brief", "briefings: chosen coverage, sent out")
    parser = below.add("new", new, "a new briefing")
    parser.add_argument("title", metavar="TITLE")
    parser.add_argument("--for", dest="audience", default="", metavar="AUDIENCE")
    parser.add_argument("--thread", dest="items", type=_thread, action="append", metavar="ID", help="may be said again")
    parser.add_argument("--article", dest="items", type=_article, action="append", metavar="ID", help="may be said again")
    parser.add_argument("--summary", default="", metavar="TEXT")
    below.add("list", list_briefings, "every briefing")
    parser = below.add("export", export, "a briefing as a file; its ending says the format: .pdf, .html, .md, .json")
    parser.add_argument("id", type=count, metavar="ID")
    parser.add_argument("path", type=place, metavar="PATH")

    parser = commands.add("cite", cite, "citations of articles, on stdout")
    parser.add_argument("ids", type=count, nargs="+", metavar="ID")
    parser.add_argument("--format", choices=("csl", "ris", "bibtex"), required=True)


def _thread(word: str) -> BriefingItem:
    return BriefingItem("thread", count(word))


def _article(word: str) -> BriefingItem:
    return BriefingItem("article", count(word))


def highlight(args: Namespace, library: Library, output: Output) -> int:
    """Mark a passage."""
    id = library.highlight(args.id, args.quote, prefix=args.prefix, suffix=args.suffix, colour=args.colour, note=args.note)
    return _made(library, output, "highlight", id)


def note(args: Namespace, library: Library, output: Output) -> int:
    """Write a note."""
    if not args.text.strip():
        raise Refused("a note needs words")
    return _made(library, output, "note", library.note(args.text, article=args.id))


def _made(library: Library, output: Output, thing: str, id: int) -> int:
    output.follow(library.bring_level())
    output.json({"id": id})
    output.line(f"{thing} {id}")
    return DONE


def new(args: Namespace, library: Library, output: Output) -> int:
    """Make a briefing."""
    id = library.new_briefing(args.title, args.items or [], audience=args.audience, summary=args.summary)
    output.json({"id": id})
    output.line(f"briefing {id}")
    return DONE


def list_briefings(args: Namespace, library: Library, output: Output) -> int:  # noqa: ARG001 - every command takes the words
    """List briefings."""
    found = library.briefings()
    documents = [
        {"id": one.id, "title": one.title, "audience": one.audience, "summary": one.summary, "made": time_of(one.made),
         "items": [{"kind": item.kind, "id": item.target, "comment": item.comment} for item in one.items]}
        for one in found
    ]  # fmt: skip
    output.json({"briefings": documents})
    rows = ((one.id, one.made.strftime("%Y-%m-%d"), len(one.items), one.audience, one.title) for one in found)
    output.table(("ID", "Made", "Items", "For", "Title"), rows, numbers=("ID", "Items"))
    return DONE


def export(args: Namespace, library: Library, output: Output) -> int:
    """Write a briefing to a file."""
    published = Published()
    output.follow(library.publish_briefing(args.id, args.path, published))
    for warning in published.warnings:
        output.aside(warning)
    output.json(
        {
            "path": str(published.path),
            "pages": published.pages,
            "sources": published.sources,
            "warnings": list(published.warnings),
        }
    )
    pages = f"{published.pages} pages, " if published.pages else ""
    output.line(f"{published.path}: {pages}{published.sources} sources")
    return DONE


def cite(args: Namespace, library: Library, output: Output) -> int:
    """Cite articles."""
    citations = library.citations(args.ids, args.format)
    output.json({"citations": citations.as_csl})
    output.line(citations.words)
    return DONE
