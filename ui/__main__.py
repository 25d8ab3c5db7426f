"""`watchdesk`: with a command it is the shell program, before Qt is imported."""

from __future__ import annotations

import sys
from contextlib import suppress
from multiprocessing import freeze_support


def main() -> int:
    """Run the command on the command line; the exit status."""
    freeze_support()  # first of all: in a bundle, children of multiprocessing start here too
    try:
        from reader.__main__ import main as shell  # noqa: PLC0415 - after freeze_support, so that those children stay light

        if sys.argv[1:]:
            return shell(sys.argv[1:])
        print("watchdesk: the window is not part of this version, its commands are:", file=sys.stderr)  # noqa: T201 - for a person
        with suppress(SystemExit):
            shell(["--help"])
    except KeyboardInterrupt:  # also while it starts
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(main())
