"""In and out: init, import, export, backup, restore, check, reindex, undo, redo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.errors import LibraryError
from reader.outcomes import BackupOutcome, ExportOutcome, ImportOutcome, RestoreOutcome
from reader.records import Fault
from reader.shell.output import DONE, IN_PART, NOTHING
from reader.shell.parser import count, place

if TYPE_CHECKING:
    from argparse import Namespace

    from reader.library import Library
    from reader.shell.output import Output
    from reader.shell.parser import Commands


def add(commands: Commands) -> None:
    """Teach the parser these commands."""
    parser = commands.add("init", init, "make a library with the starter feeds and topics", makes=True)
    parser.add_argument("--sample", action="store_true", help="with the sample coverage")

    help = "read OPML, records, JSON, feed files, pages and texts; a folder is read through"
    parser = commands.add("import", read, help, makes=True)
    parser.add_argument("paths", nargs="+", type=place, metavar="PATH")
    parser.add_argument(
        "--allow-private", action="store_true", help="feeds of an OPML file at loopback and private addresses too"
    )

    parser = commands.add("export", write, "write everything to a file or folder")
    parser.add_argument("path", type=place, metavar="PATH")
    parser.add_argument("--format", choices=("opml", "records", "jsonl", "ics"), required=True)

    parser = commands.add("backup", backup, "copy the library to one verified file")
    parser.add_argument("path", type=place, metavar="PATH")
    parser = commands.add("restore", restore, "bring a backup back; what stands is moved aside first", bare=True)
    parser.add_argument("path", type=place, metavar="PATH")
    parser = commands.add("check", check, "look the library over")
    parser.add_argument("--repair", action="store_true", help="and mend what can be mended without a loss")
    commands.add("reindex", reindex, "build the full-text index anew")

    for name, run, help in (("undo", undo, "take back what you did last"), ("redo", redo, "do again what was undone last")):
        parser = commands.add(name, run, help)
        parser.add_argument("times", nargs="?", type=count, default=1, metavar="N")


def init(args: Namespace, library: Library, output: Output) -> int:
    """Make a library."""
    output.follow(library.start(sample=args.sample))
    total, _ = library.articles(limit=1)
    made = {"feeds": len(library.feeds()), "topics": len(library.topics()), "articles": total}
    output.json({"library": str(library.folder), **made})
    output.line(f"{library.folder}: {made['feeds']} feeds, {made['topics']} topics, {made['articles']} articles")
    return DONE


def read(args: Namespace, library: Library, output: Output) -> int:
    """Import."""
    outcome = ImportOutcome()
    try:
        with library.in_words():
            output.follow(library.import_(args.paths, outcome, allow_private=args.allow_private))
    except LibraryError as error:
        if not (outcome.articles or outcome.feeds):
            raise
        outcome.faults.append(Fault(str(error.path), 0, error.why))  # what was committed before the disk was full is kept
    errors = [{"path": fault.path, "line": fault.line, "reason": fault.reason} for fault in outcome.faults]
    counts = {"imported": outcome.imported, "updated": outcome.updated, "unchanged": outcome.unchanged}
    output.json({**counts, "errors": errors, "articles": outcome.articles, "feeds": outcome.feeds})
    for fault in outcome.faults:
        output.aside(f"{fault.path}{f':{fault.line}' if fault.line else ''}: {fault.reason}")
    feeds = f", {len(outcome.feeds)} feeds" if outcome.feeds else ""
    output.line(
        f"{outcome.imported} imported, {outcome.updated} updated, {outcome.unchanged} unchanged{feeds}, {len(errors)} errors"
    )
    if not errors:
        return DONE
    return IN_PART if any(counts.values()) or outcome.feeds else NOTHING


def write(args: Namespace, library: Library, output: Output) -> int:
    """Export."""
    outcome = ExportOutcome()
    output.follow(library.export(args.path, args.format, outcome))
    output.json({"written": outcome.written, "path": str(outcome.path)})
    output.line(f"{outcome.written} written to {outcome.path}")
    return DONE


def backup(args: Namespace, library: Library, output: Output) -> int:
    """Copy the library."""
    outcome = BackupOutcome()
    output.follow(library.backup(args.path, outcome))
    output.json({"ok": True, "problems": [], "path": str(outcome.path)})
    output.line(f"backed up to {outcome.path}, and read back")
    return DONE


def restore(args: Namespace, library: None, output: Output) -> int:  # noqa: ARG001 - every command takes a library
    """Bring a backup back."""
    from reader.library import restored  # noqa: PLC0415 - the front door is opened by whoever calls

    outcome = RestoreOutcome()
    output.follow(restored(args.path, args.home, outcome))
    aside = outcome.aside
    output.json({"ok": True, "problems": [], "aside": str(aside) if aside else None})
    output.line(f"restored to {args.home}" + (f"; what stood there is in {aside}" if aside else ""))
    return DONE


def check(args: Namespace, library: Library, output: Output) -> int:
    """Look the library over."""
    problems: list[str] = []
    output.follow(library.check(problems, repair=args.repair))
    output.json({"ok": not problems, "problems": problems})
    for problem in problems:
        output.line(problem)
    if not problems:
        output.line("all is well")
    return DONE if not problems else IN_PART


def reindex(args: Namespace, library: Library, output: Output) -> int:  # noqa: ARG001 - every command takes the words
    """Build the index anew."""
    output.follow(library.reindex())
    output.json({"ok": True, "problems": []})
    output.line("the full-text index is built anew")
    return DONE


def undo(args: Namespace, library: Library, output: Output) -> int:
    """Take back."""
    return _step(args, library, output, "undone")


def redo(args: Namespace, library: Library, output: Output) -> int:
    """Do again."""
    return _step(args, library, output, "redone")


def _step(args: Namespace, library: Library, output: Output, word: str) -> int:
    step = library.undo if word == "undone" else library.redo
    names: list[str] = []
    for _ in range(args.times):
        name = step()
        if name is None:
            break
        names.append(name)
    output.follow(library.bring_level())
    output.json({word: names})
    output.line(f"{word}: {', '.join(names)}" if names else f"there is nothing to be {word}")
    return DONE
