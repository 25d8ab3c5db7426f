"""The library from a shell: `watchdesk COMMAND …`, `python -m reader COMMAND …`."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from argparse import RawDescriptionHelpFormatter
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import LibraryUnwritable, Unforeseen, WatchdeskError
from reader.library import Library
from reader.settings import SAMPLE, VERSION, library_folder
from reader.shell import articles, briefings, exchange, feeds, searches, threads
from reader.shell.output import NOTHING, WRONG_USAGE, Output
from reader.shell.parser import Commands, Words, common
from reader.store.database import FILE, utc_now

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence
    from typing import TextIO

INTERRUPTED = 130
"""The exit status of a program that Ctrl+C ended; what was committed before stays."""

EXAMPLES = """\
examples:
  watchdesk                                     the window, on your library
  watchdesk --library sample threads            the hottest threads of the sample coverage
  watchdesk import records/ feeds.opml          read files into the library
  watchdesk search '"facial recognition" date:<30d'
  watchdesk brief new "This week" --thread 12 && watchdesk brief export 1 week.pdf

exit status: 0 all done, 1 nothing could be done, 2 wrong usage, 3 done in part
"""


def main(args: Sequence[str] | None = None) -> int:
    """Run the command that `args` name; the exit status."""
    sys.stdout, sys.stderr = sys.stdout or _nowhere(), sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    parser = _parser()
    parsed = parser.parse_args(args)
    if not hasattr(parsed, "run"):
        parser.print_help(sys.stderr)
        return WRONG_USAGE
    output = Output(as_json=getattr(parsed, "as_json", False))
    try:
        status = _run(parsed, output)
        sys.stdout.flush()  # here, so that a full disk is told of like any other fault
        return status
    except WatchdeskError as error:
        output.aside(f"watchdesk: {error}")
        return NOTHING
    except KeyboardInterrupt:
        output.aside("watchdesk: stopped; what was done so far is kept")
        return INTERRUPTED
    except BrokenPipeError:
        _say_no_more()  # whoever read us has enough
        return NOTHING
    except OSError as error:
        output.aside(f"watchdesk: {error.filename or 'the system'}: {error.strerror or error}")
        _say_no_more()
        return NOTHING
    except Exception as error:  # noqa: BLE001 - no traceback reaches a user; it is kept for whoever mends the fault
        output.aside(f"watchdesk: {Unforeseen(str(error) or type(error).__name__, '')}; details are in {_kept_aside()}")
        return NOTHING


def _nowhere() -> TextIO:
    """For the stream that whoever started us has closed: Python has none then."""
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - it stays open for as long as the program runs


def _say_no_more() -> None:
    """Let go of what stdout still holds where it takes no more: Python flushes at its end, and would fail with a traceback."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _kept_aside() -> str:
    """Where the traceback of the fault at hand is kept: a file of its own, or nowhere on a full disk."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="watchdesk-fault-", suffix=".txt", delete=False, encoding="utf-8", errors="replace"
        ) as file:
            file.write(f"{_versions()}\n{traceback.format_exc()}")
    except OSError as error:
        return f"no file ({error.strerror})"
    return file.name


def _parser() -> Words:
    options = common()
    parser = Words(
        prog="watchdesk",
        description="A media monitor for policy analysts: feeds, threads, full-text search, briefings.",
        epilog=EXAMPLES,
        formatter_class=RawDescriptionHelpFormatter,
        parents=[options],
    )
    parser.add_argument("--version", action="version", version=_versions())
    commands = Commands(parser, options, required=False)
    for part in (exchange, feeds, articles, searches, threads, briefings):
        part.add(commands)
    return parser


def _versions() -> str:
    import apsw  # noqa: PLC0415 - only to tell its version

    qt = version("PySide6-Essentials")
    return f"Watchdesk {VERSION}, SQLite {apsw.sqlite_lib_version()}, Qt {qt}, Python {sys.version.split()[0]}"


def _run(args: Namespace, output: Output) -> int:
    args.home = library_folder(getattr(args, "library", None))
    if args.bare:
        return int(args.run(args, None, output))
    with _library(args) as library:
        return int(args.run(args, library, output))


@contextmanager
def _library(args: Namespace) -> Iterator[Library]:
    """The library that the words name, open; a copy of the sample is thrown away at the end."""
    moment = getattr(args, "now", None)
    clock = (lambda: moment) if moment else utc_now
    if getattr(args, "library", None) == SAMPLE:
        with tempfile.TemporaryDirectory(prefix="watchdesk-sample-") as folder:
            library = Library(Path(folder), clock=clock)
            for _ in library.start(sample=True):
                pass
            yield library
            library.close()
        return
    if not args.makes and not (args.home / FILE).exists():
        raise LibraryUnwritable(args.home, "there is no library here; `init` or `import` makes one")
    library = Library(args.home, clock=clock)
    try:
        with library.in_words():
            yield library
    finally:
        library.close()


if __name__ == "__main__":
    sys.exit(main())
