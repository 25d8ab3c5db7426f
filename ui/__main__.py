"""`watchdesk`: with a command it is the shell program, before Qt is imported; without one it is the window."""

from __future__ import annotations

import sys
from multiprocessing import freeze_support
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

# ruff: noqa: PLC0415 - after freeze_support, so that the children of multiprocessing stay light; and Qt only for the window


def main() -> int:
    """Do what the command line says; the exit status."""
    freeze_support()  # first of all: in a bundle, children of multiprocessing start here too
    try:
        wanted = window_words(sys.argv[1:])
        return shell(sys.argv[1:]) if wanted is None else window(wanted.library, settle=wanted.settle)
    except KeyboardInterrupt:  # also while it starts
        return 130


def window_words(words: Sequence[str]) -> Namespace | None:
    """What the words ask of the window; `None` where there is a command in them, or an option of the shell's."""
    from reader.shell.parser import Words, chosen

    parser = Words(prog="watchdesk", add_help=False, allow_abbrev=False)
    parser.add_argument("--library", type=chosen)
    parser.add_argument("--settle", action="store_true")  # close the window once it shows all: for those who prove the program
    wanted, others = parser.parse_known_args(words)
    return None if others else wanted


def shell(words: Sequence[str]) -> int:
    """The program in the shell."""
    from reader.__main__ import main as run

    return run(words)


def window(library: str | None, *, settle: bool) -> int:
    """The window, on the user's library unless another is named; where there is no screen, a picture of it."""
    try:
        from ui.faults import faults
    except ImportError as error:  # a bundle brings Qt, but not what belongs to the system's graphics
        print(f"watchdesk: the window cannot be opened: {error}", file=sys.stderr)  # noqa: T201 - for a person
        return 1
    try:
        return _window(library, settle=settle)
    except Exception as error:  # noqa: BLE001 - no traceback reaches a user
        faults().tell(error)
        return 1


def _window(library: str | None, *, settle: bool) -> int:
    from ui.start.application import NoScreen, has_screen
    from ui.start.headless import report

    if has_screen():
        from ui.start.opening import opened

        try:
            return opened(library, settle=settle)
        except NoScreen:  # one was named, but nobody answers there
            return report(Path.cwd())
    return report(Path.cwd())


if __name__ == "__main__":
    sys.exit(main())
