"""The one door to the checkout: makes the environment in .venv/ if it must, then runs what was asked for.

Standard library only. On Windows: `py run.py …`; elsewhere `./run …`, which finds a Python first.

.venv/ holds exactly the packages of requirements.lock, checked by their hashes. .venv/made says what it was made from and is
written last: what was interrupted is made anew, what could not be fetched is fetched by the next run. One run at a time makes it,
the others wait.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

HERE = Path(__file__).resolve().parent
LOCK = HERE / "requirements.lock"
PROJECT = HERE / "pyproject.toml"
OLD_WHOOSH = "whoosh==2.7.4 --hash=sha256:aa39c3c3426e3fd107dcb4bde64ca1e276a65a889d9085a6e4b54ba82420a852\n"
IN_OLD_WHOOSH = "WATCHDESK_OLD_WHOOSH"  # says so to a run that this one starts
VENV = HERE / (".venv-whoosh-2.7.4" if os.environ.get(IN_OLD_WHOOSH) else ".venv")
MADE = VENV / "made"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

USAGE = """\
usage: ./run COMMAND …

  watchdesk …                          the program in the shell, on paths as seen from where you are
  app …                                the program as its icon starts it
  test [--long] [PYTEST ARGUMENTS]     the tests; --long: also those that take minutes
  test --whoosh-2.7.4 [ARGUMENTS]      those of search, with the Whoosh that we can go back to, by Python 3.11
  check                                style, format, types and the floors of the house
  bench [NAME…] [--quick] [--json]     the benchmarks, all or by name
  pictures                             the pictures of docs/pictures/ anew, drawn by the program itself
  freeze                               the program as one folder that needs no Python: dist/watchdesk/, and the proof that it runs
  lock [--upgrade]                     requirements.lock anew from pyproject.toml; --upgrade: with the newest versions allowed

What is needed is installed first: Python packages into .venv/, Debian packages with apt.
WATCHDESK_PYTHON=/path/to/python chooses another Python (3.11 to 3.14) for .venv/.
"""

# What Qt opens when it starts, and the Debian package that brings it.
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
}
# The same for a window on a screen.
SCREEN_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
# What drives the window like a person: a screen that nobody sees, a window manager, and hands.
JOURNEY_PROGRAMS = {"Xvfb": "xvfb", "openbox": "openbox", "xdotool": "xdotool"}
# What PyInstaller calls on Linux.
FREEZE_PROGRAMS = {"objdump": "binutils", "objcopy": "binutils"}
BUNDLE_MEGABYTES = 420
SEARCH_TESTS = ("tests/reader/store/search", "tests/reader/jobs/test_index.py", "tests/shared/test_search.py")
LOCK_HEADER = """\
# Every package of the environment, for Python 3.11 to 3.14 on Linux, macOS and Windows, with the hashes of its files.
# Made by `./run lock` from pyproject.toml; not edited by hand.
"""
LOCK_TOOL = "uv>=0.13,<1"
LOCK_OPTIONS = (
    *("--all-extras", "--universal", "--python-version=3.11", "--generate-hashes", "--system-certs"),
    *("--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"),
)


def main(args: Sequence[str]) -> int:
    """Run the command that `args` begins with; its exit status."""
    if not args or args[0] in ("-h", "--help", "help"):
        print(USAGE, end="")
        return 0
    name, *rest = args
    if name not in COMMANDS:
        say(f"there is no command {name!r}. There are: {', '.join(COMMANDS)}")
        return 2
    return COMMANDS[name](rest)


# The commands


def watchdesk(args: Sequence[str]) -> int:
    """The program in the shell. -P: a file of the user's that is called like a module of ours stays unread."""
    ensure_environment()
    return become("-P", "-m", "ui", *args)


def app(args: Sequence[str]) -> int:
    """The program as its icon starts it."""
    ensure_libraries(QT_LIBRARIES | (SCREEN_LIBRARIES if has_screen() else {}), "Qt")
    return watchdesk(args)


def test(args: Sequence[str]) -> int:
    """The tests. Qt draws into memory, so that they run without a screen and do not flash windows on one."""
    if "--whoosh-2.7.4" in args:
        return test_with_old_whoosh([arg for arg in args if arg != "--whoosh-2.7.4"])
    ensure_libraries(QT_LIBRARIES, "Qt")
    invite(SCREEN_LIBRARIES, JOURNEY_PROGRAMS, "the tests that drive the window like a person")
    ensure_environment()
    os.chdir(HERE)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return become("-m", "pytest", *args)


def test_with_old_whoosh(args: Sequence[str]) -> int:
    """The tests of search with Whoosh 2.7.4, by a run of its own. Python 3.11 is the last that has nothing to say against it."""
    python = base_python() if sys.version_info[:2] == (3, 11) else shutil.which("python3.11")
    if python is None:
        stop("Whoosh 2.7.4 is tried with Python 3.11, and there is no python3.11 here")
    os.chdir(HERE)
    paths = () if any(Path(arg.partition("::")[0]).exists() for arg in args) else SEARCH_TESTS
    command = [python, "-IS", str(HERE / "run.py"), "test", *paths, *args]
    return subprocess.run(command, env={**os.environ, IN_OLD_WHOOSH: "1"}, check=False).returncode


def check(args: Sequence[str]) -> int:
    """Style, format, types, floors: all of them, also when one fails."""
    if args:
        say("check takes no arguments")
        return 2
    ensure_environment()
    tools = {
        "style": ["ruff", "check", "--quiet", "--output-format=concise", "."],
        "format": ["ruff", "format", "--quiet", "--check", "."],
        "types": ["mypy", "--no-error-summary"],
        "floors": ["lint-imports", "--no-logo"],
    }
    return max([passes(what, command) for what, command in tools.items()])


def passes(what: str, command: Sequence[str]) -> int:
    """Run one check; 0 if it is content, else 1 and what it said."""
    tool = PYTHON.with_name(command[0])
    done = subprocess.run([tool, *command[1:]], cwd=HERE, capture_output=True, encoding="utf-8", check=False)
    print(f"{what}: {'ok' if done.returncode == 0 else 'FAILED'}", flush=True)
    if done.returncode:
        print((done.stdout + done.stderr).rstrip(), flush=True)
    return int(done.returncode != 0)


def bench(args: Sequence[str]) -> int:
    """Benchmarks, one process each, so that none warms up for the next."""
    names = [arg for arg in args if not arg.startswith("-")]
    options = [arg for arg in args if arg.startswith("-")]
    there = sorted(path.stem for path in (HERE / "benchmarks").glob("[a-z]*.py") if path.stem != "data")
    unknown = [name for name in names if name not in there]
    if unknown or not there:
        say(f"there is no benchmark {' '.join(unknown)}".rstrip() + (f"; there are: {', '.join(there)}" if there else " yet"))
        return 2
    odd = [option for option in options if option not in ("--quick", "--json")]
    if odd:
        say(f"bench does not know {' '.join(odd)}")
        return 2
    ensure_environment()
    runs = [
        subprocess.run([PYTHON, "-m", f"benchmarks.{name}", *options], cwd=HERE, check=False).returncode
        for name in names or there
    ]
    return int(any(runs))


def pictures(args: Sequence[str]) -> int:
    """The pictures of the documentation anew, drawn where nobody looks."""
    ensure_libraries(QT_LIBRARIES, "Qt")
    ensure_environment()
    os.chdir(HERE)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return become(str(HERE / "tests/looks/pictures.py"), *args)


def freeze(args: Sequence[str]) -> int:
    """The bundle, and the proof that it runs without this checkout."""
    if args:
        say("freeze takes no arguments")
        return 2
    ensure_libraries(QT_LIBRARIES | SCREEN_LIBRARIES | own_library(), "the bundle")
    ensure_programs(FREEZE_PROGRAMS, "PyInstaller")
    invite({}, JOURNEY_PROGRAMS, "the proof that the window opens on a screen")
    ensure_environment()
    made = bundle(HERE / "dist")
    print(f"{made}: {megabytes(made)} MB", flush=True)
    os.chdir(HERE)
    os.environ["WATCHDESK_BUNDLE"] = str(made)
    return become("-m", "pytest", "--long", "tests/test_bundle.py")


def bundle(into: Path) -> Path:
    """The program as one folder below `into`. Made elsewhere and moved there whole."""
    say("making the bundle; this takes about a minute")
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into, prefix=".making-") as folder:
        places = (f"--distpath={folder}/dist", f"--workpath={folder}/build")
        quietly("the bundle cannot be made", PYTHON, "-m", "PyInstaller", "--log-level=WARN", *places, HERE / "build.spec")
        found = into / "watchdesk"
        if found.exists():
            shutil.rmtree(found)
        return Path(folder, "dist", "watchdesk").rename(found)


def megabytes(folder: Path) -> int:
    """How large a folder is."""
    return sum(file.lstat().st_size for file in folder.rglob("*") if not file.is_dir()) // 1_000_000


def lock(args: Sequence[str]) -> int:
    """requirements.lock anew. Versions that still fit stay as they are, unless `--upgrade`."""
    if [arg for arg in args if arg != "--upgrade"]:
        say("lock takes only --upgrade")
        return 2
    ensure_venv_module()
    with tempfile.TemporaryDirectory() as folder:
        tool = Path(folder, "tool")
        python = tool / PYTHON.relative_to(VENV)
        new = Path(folder, "requirements.lock")
        if LOCK.exists():
            shutil.copy(LOCK, new)
        why = "the lock cannot be made"
        quietly(why, base_python(), "-m", "venv", tool)
        quietly(why, python, "-m", "pip", "install", "--no-input", LOCK_TOOL)
        quietly(why, python, "-m", "uv", "pip", "compile", PROJECT, "--output-file", new, *LOCK_OPTIONS, *args)
        made = new.read_text("utf-8")
    text = LOCK_HEADER + "".join(line for line in made.splitlines(keepends=True) if not line.startswith("#"))
    if "://" in text or " @ " in text:
        say("the lock names a place on this machine or in its network; left as it was")
        return 1
    replace(LOCK, text)
    return 0


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "watchdesk": watchdesk,
    "app": app,
    "test": test,
    "check": check,
    "bench": bench,
    "pictures": pictures,
    "freeze": freeze,
    "lock": lock,
}


# The environment


def ensure_environment() -> None:
    """Make .venv/ what requirements.lock and pyproject.toml say, unless it is."""
    wanted = what_it_is_made_from()
    if made_from() == wanted:
        return
    check_system()
    with alone():
        found = made_from()  # another run may have made it while we waited
        if found == wanted:
            return
        MADE.unlink(missing_ok=True)
        if found.get("python") == wanted["python"]:
            say(f"bringing {VENV.name}/ up to date: requirements.lock or pyproject.toml changed")
        else:
            say(f"making {VENV.name}/ for Python {platform.python_version()}: about 200 MB to fetch, once")
            ensure_venv_module()
            quietly("the environment cannot be made", base_python(), "-m", "venv", "--clear", VENV)
        try:
            install()
        except SystemExit:  # pip gave up by itself and left nothing half-done: the next run goes on from here
            replace(MADE, json.dumps(wanted | {"contents": ""}) + "\n")
            raise
        replace(MADE, json.dumps(wanted) + "\n")


def what_it_is_made_from() -> dict[str, str]:
    """All that decides what is in .venv/. The folder too: scripts in it know their place, and do not survive a move."""
    project = tomllib.loads(PROJECT.read_text("utf-8"))
    parts = [project["project"], project["build-system"], project["tool"]["setuptools"]]
    contents = (locked() + json.dumps(parts)).encode()
    python = f"{sys.implementation.cache_tag} {platform.machine()} {HERE}"
    return {"python": python, "contents": hashlib.sha256(contents).hexdigest()}


def made_from() -> dict[str, str]:
    """What .venv/ says it was made from; empty if it is not there or was not finished."""
    try:
        found = json.loads(MADE.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and PYTHON.exists() else {}


def locked() -> str:
    """The packages of this environment: those of the lock, in one of them with another Whoosh."""
    text = LOCK.read_text("utf-8")
    if not os.environ.get(IN_OLD_WHOOSH):
        return text
    return re.sub(r"(?m)^whoosh3==.*\n(?:[ \t].*\n)*", OLD_WHOOSH, text)


def install() -> None:
    """The packages of the lock and no others, then the project itself, as a link to this folder."""
    pip = (PYTHON, "-m", "pip", "--no-input", "--disable-pip-version-check")
    why = "the packages cannot be installed"
    packages = VENV / LOCK.name
    replace(packages, locked())
    quietly(why, *pip, "install", "--no-deps", "--require-hashes", "--only-binary=:all:", "--requirement", packages)
    strays = installed() - {name_of(line) for line in locked().splitlines() if "==" in line} - {"pip", "watchdesk"}
    if strays:
        quietly(why, *pip, "uninstall", "--yes", *sorted(strays))
    quietly(why, *pip, "install", "--no-deps", "--no-build-isolation", "--editable", HERE)


def installed() -> set[str]:
    """The names of the packages in .venv/."""
    asked = "import importlib.metadata, json; print(json.dumps([d.metadata['Name'] for d in importlib.metadata.distributions()]))"
    return {name_of(name) for name in json.loads(quietly("the environment is broken", PYTHON, "-c", asked))}


def name_of(requirement: str) -> str:
    """The package that a line of the lock is about, as PEP 503 spells it."""
    return requirement.partition("==")[0].strip().lower().replace("_", "-").replace(".", "-")


def base_python() -> str:
    """The Python that .venv/ is made with: not the one inside it, should this be run by that."""
    return str(getattr(sys, "_base_executable", sys.executable))


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Only one run at a time makes the environment, in whatever process."""
    with (HERE / ".venv.lock").open("w") as file:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - only there

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - only there

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def replace(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    new = path.with_name(path.name + ".new")
    new.write_text(text, "utf-8", newline="\n")
    new.replace(path)


# The system


def check_system() -> None:
    """Say it plainly where the packages cannot run."""
    if not sys.platform.startswith("linux"):
        return
    libc, version = platform.libc_ver()
    needed = (2, 39) if platform.machine() == "aarch64" else (2, 34)
    if libc != "glibc" or tuple(int(part) for part in version.split(".")[:2]) < needed:
        stop(
            f"Qt needs a Linux with glibc {needed[0]}.{needed[1]} or newer (Debian 12, Ubuntu 22.04, Fedora 35 or later; "
            f"on ARM Debian 13, Ubuntu 24.04), and this one has {libc or 'no glibc'} {version}".rstrip()
        )


def has_screen() -> bool:
    """Whether there is a screen to draw on."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def ensure_libraries(libraries: dict[str, str], what: str) -> None:
    """Install the system libraries that are missing."""
    if not sys.platform.startswith("linux"):
        return
    missing = [name for name in libraries if not loads(name)]
    if missing:
        apt_install([libraries[name] for name in missing], f"{what} needs {', '.join(missing)}")


def ensure_programs(programs: dict[str, str], what: str) -> None:
    """Install the programs that are missing."""
    missing = [name for name in programs if not shutil.which(name)]
    if missing and sys.platform.startswith("linux"):
        apt_install(sorted({programs[name] for name in missing}), f"{what} needs {', '.join(missing)}")


def invite(libraries: dict[str, str], programs: dict[str, str], what: str) -> None:
    """Install what is missing if that can be done without asking anybody; else go on without it, and say so."""
    if not sys.platform.startswith("linux"):
        return
    missing = {package for name, package in libraries.items() if not loads(name)}
    missing |= {package for name, package in programs.items() if not shutil.which(name)}
    if not missing:
        return
    try:
        apt_install(sorted(missing), f"for {what}", patient=False)
    except SystemExit:
        say(f"skipping {what}: there is no {', no '.join(sorted(missing))}")


def own_library() -> dict[str, str]:
    """The library of this Python, which a bundle takes along: Debian keeps it in a package of its own."""
    name = str(sysconfig.get_config_var("INSTSONAME") or "")
    beside = Path(str(sysconfig.get_config_var("LIBDIR")), name)
    return {name: f"libpython3.{sys.version_info.minor}"} if ".so" in name and not beside.exists() else {}


def loads(library: str) -> bool:
    """Whether this system library is there."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def ensure_venv_module() -> None:
    """Debian keeps a part of venv in a package of its own."""
    asked = subprocess.run([base_python(), "-c", "import ensurepip, venv"], capture_output=True, check=False)
    if asked.returncode:
        apt_install([f"python{sys.version_info.major}.{sys.version_info.minor}-venv"], "Python's venv is missing")


def apt_install(packages: Sequence[str], why: str, *, patient: bool = True) -> None:
    """Install Debian packages, or say what is needed; unless `patient`, no password is asked for."""
    wanted = " ".join(packages)
    root = os.geteuid() == 0
    if not shutil.which("apt-get"):
        stop(f"{why}. Install what Debian calls {wanted}")
    if not root and not shutil.which("sudo"):
        stop(f"{why}. As root: apt-get install {wanted}")
    say(f"installing {wanted} with apt: {why}")
    before = [] if root else ["sudo"] if patient else ["sudo", "-n"]
    quietly(why, *before, "apt-get", "update", "-q")
    command = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-qy", "--no-install-recommends"]
    quietly(why, *before, *command, *packages)


# Processes


def become(*args: str) -> int:
    """Go on as the environment's Python, in this process, so that signals and the exit status are its own."""
    if os.name != "nt":  # which has no exec: its shell would take the prompt back at once
        os.execv(PYTHON, [str(PYTHON), *args])  # noqa: S606 - no shell is meant
    return subprocess.run([PYTHON, *args], check=False).returncode


def quietly(why: str, *command: str | Path) -> str:
    """Run a program and keep what it prints; if it fails, end with the last of that."""
    done = subprocess.run(
        [str(part) for part in command],
        env={**os.environ, "PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        said = [line for line in (done.stderr or done.stdout).splitlines() if line.strip() and not line.startswith("WARNING: ")]
        stop("\n".join([f"{why}:", *said[-6:]]))
    return done.stdout


def say(what: str) -> None:
    """One line for the person who waits; not on stdout, which is the program's."""
    print(f"run: {what}", file=sys.stderr, flush=True)


def stop(why: str) -> NoReturn:
    """End with a reason."""
    say(why)
    sys.exit(1)


if __name__ == "__main__":
    if not (3, 11) <= sys.version_info < (3, 15):
        stop(f"Python 3.11 to 3.14 is needed, and this is {platform.python_version()}")
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        stop(f"{error.filename or HERE}: {error.strerror or error}")
