"""The words that the shell understands."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable

    Command = Callable[..., int]

LIMIT = 50
LARGEST = 2**63 - 1


class Words(argparse.ArgumentParser):
    """An argument parser whose complaints are one line."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and how to learn more, and end with status 2."""
        self.exit(2, f"{self.prog}: {message} (see {self.prog} --help)\n")


def moment(words: str) -> datetime:
    """An ISO 8601 moment; without an offset it is in UTC."""
    try:
        found = datetime.fromisoformat(words)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{words}” is not a moment such as 2026-11-22T12:00:00Z") from error
    try:
        return found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)
    except OverflowError as error:
        raise argparse.ArgumentTypeError(f"“{words}” is outside the years 1 to 9999") from error


def count(words: str) -> int:
    """A whole number, 0 or more; beyond what SQLite can hold the largest that it can: of ids there is none, of limits all."""
    if not words.isdecimal():
        raise argparse.ArgumentTypeError(f"“{words}” is not a whole number")
    digits = words.lstrip("0")
    return min(int(digits or "0"), LARGEST) if len(digits) <= len(str(LARGEST)) else LARGEST


def place(words: str) -> Path:
    """A file or folder. Nothing is none: a script's empty variable must not mean the folder that one happens to stand in."""
    if not words:
        raise argparse.ArgumentTypeError("an empty path names nothing")
    return Path(words)


def chosen(words: str) -> str:
    """The name of a library. Nothing is none: it must not mean the analyst's own."""
    if not words:
        raise argparse.ArgumentTypeError("an empty path names no library")
    return words


def common() -> Words:
    """Options that every command takes, before or after its name."""
    options = Words(add_help=False, argument_default=argparse.SUPPRESS)
    group = options.add_argument_group("everywhere")
    group.add_argument(
        "--library", type=chosen, metavar="DIR", help="the library's folder; “sample” is a throw-away copy of the sample coverage"
    )
    group.add_argument("--json", action="store_true", dest="as_json", help="answer with one JSON document on stdout")
    group.add_argument("--now", type=moment, metavar="TIME", help="the clock that the scores use, ISO 8601")
    return options


class Commands:
    """Adds commands to a parser, each with the function that runs it."""

    def __init__(self, parser: argparse.ArgumentParser, options: Words, *, required: bool = True) -> None:
        self._options = options
        self._below = parser.add_subparsers(metavar="COMMAND", required=required, parser_class=Words)

    def add(self, name: str, run: Command, help: str, *, makes: bool = False, bare: bool = False) -> argparse.ArgumentParser:
        """A command. It wants a library that is there, unless it `makes` one; a `bare` one needs none."""
        parser = self._below.add_parser(name, help=help, description=help, parents=[self._options])
        parser.set_defaults(run=run, makes=makes, bare=bare)
        return parser

    def group(self, name: str, help: str) -> Commands:
        """A command with commands below it."""
        parser = self._below.add_parser(name, help=help, description=help, parents=[self._options])
        return Commands(parser, self._options)


def add_limit(parser: argparse.ArgumentParser) -> None:
    """The option that bounds a list; the same everywhere."""
    parser.add_argument("--limit", type=count, default=LIMIT, metavar="N", help=f"at most N, {LIMIT} unless said; 0 is all")
