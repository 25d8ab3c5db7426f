"""The window on a large library: how soon it is of use, how smoothly its list scrolls while the engine works, what it weighs.

Beside it stands what one would write first: the same rows in a `QTreeView` on a `QStandardItemModel`, in the same run.
Run by `./run bench window`; `--quick` takes a fifth of the articles, `--json` prints one document.
"""

# ruff: noqa: PLC0415 - what a child process measures the loading of is loaded there

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ui.main_window import MainWindow

Figure = dict[str, Any]
Measured = dict[str, float]

FULL, QUICK = (100_000, 8_000), (20_000, 1_600)
FEEDS, ITEMS = 500, 4
USABLE_GOAL, FRAME_GOAL, MEMORY_GOAL = 1.0, 16.7, 250.0
STEP = 60
"""Pixels from one frame to the next: a turn of the wheel in three frames."""
FRAME = 1 / 60
FRAMES = 900
"""At most so many are measured, fifteen seconds of scrolling."""
PEER = "QStandardItemModel"


# A library to look at, and feeds to refresh


def make(folder: Path, articles: int, threads: int) -> None:
    """A level library: grouped, indexed."""
    from reader.library import Library
    from tests.bulk import bulk

    bulk(folder, articles, threads)
    library = Library(folder)
    for _ in library.bring_level():
        continue
    library.close()


def subscribe(folder: Path, url: str) -> None:
    """Put the feeds of the site into the library, as a user would: from an OPML file."""
    from reader.library import Library
    from reader.outcomes import ImportOutcome

    lines = "".join(f'<outline type="rss" text="Feed {number}" xmlUrl="{url}/{number}"/>' for number in range(FEEDS))
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "feeds.opml"
        file.write_text(f'<opml version="2.0"><body>{lines}</body></opml>', "utf-8")
        library = Library(folder)
        for _ in library.import_([file], ImportOutcome(), allow_private=True):
            continue
        library.close()


def feeds() -> dict[str, bytes]:
    """What the site says at each path: RSS of made-up words."""
    from tests.loopback import answer

    chance = random.Random(7)
    parts = ("ba", "co", "di", "fu", "gre", "ha", "lo", "mi", "nu", "pra", "re", "sto", "ti", "vel", "xa", "zo")
    words = ["".join(chance.choices(parts, k=3)) for _ in range(3_000)]
    said = {}
    for number in range(FEEDS):
        items = "".join(
            f"<item><guid>{number}-{item}</guid><link>https://feed-{number}.example/{item}</link>"
            f"<title>{' '.join(chance.choices(words, k=8))} {chance.randrange(9999)}</title>"
            f"<description>{' '.join(chance.choices(words, k=90))}</description></item>"
            for item in range(ITEMS)
        )
        body = f'<rss version="2.0"><channel><title>Feed {number}</title>{items}</channel></rss>'.encode()
        said[f"/{number}"] = answer(body, Content_Type="application/rss+xml")
    return said


# The window, in a process of its own


def measure_window(folder: Path) -> Measured:
    """Everything that is said of the window."""
    began = time.perf_counter()
    from PySide6.QtWidgets import QApplication

    from ui import theme
    from ui.main_window import MainWindow

    app = QApplication([])
    theme.load(app)
    window = MainWindow(folder)
    try:
        return _measured(window, folder, began)
    finally:
        window.close()  # and with it the engine's process


def _measured(window: MainWindow, folder: Path, began: float) -> Measured:
    from PySide6.QtWidgets import QApplication

    from reader.library import Library
    from reader.outcomes import RefreshOutcome

    listed: list[bool] = []
    assert window.parts
    window.parts.list.listed.connect(lambda: listed.append(True))
    window.show()
    _until(lambda: bool(listed))
    QApplication.processEvents()
    usable = time.perf_counter() - began
    _until(lambda: not window.engine.jobs)
    rows = window.parts.list.rows
    quiet = sorted(_frames(rows, 300))
    job = window.engine.start(Library.refresh, RefreshOutcome(), force=True, feeds=_ours(folder))
    wrote = [0]
    window.engine.changed.connect(lambda changes: wrote.append(len(changes.articles)))
    busy = sorted(_frames(rows, FRAMES, lambda: job.is_over))
    job.stop()
    _until(lambda: not window.engine.jobs)
    chance = random.Random(3)
    _act(window, chance, 50)
    after_50 = _memory()
    _act(window, chance, 150)
    after_200 = _memory()
    return {
        "usable": usable, "quiet_p50": _at(quiet, 0.5), "quiet_p95": _at(quiet, 0.95), "busy_p50": _at(busy, 0.5),
        "busy_p95": _at(busy, 0.95), "busy_frames": len(busy), "written": sum(wrote), "after_50": after_50,
        "after_200": after_200,
    }  # fmt: skip


def _ours(folder: Path) -> list[int]:
    from reader.library import Library

    library = Library(folder, read_only=True)
    ids = [feed.id for feed in library.feeds() if "127.0.0.1" in feed.url]
    library.close()
    return ids


def _until(holds: Callable[[], bool], seconds: float = 120) -> None:
    from PySide6.QtWidgets import QApplication

    end = time.monotonic() + seconds
    while not holds():
        QApplication.processEvents()
        time.sleep(0.002)
        if time.monotonic() > end:
            raise TimeoutError


def _frames(rows: Any, most: int, is_over: Callable[[], bool] = lambda: False) -> Iterator[float]:
    """Milliseconds of CPU of each frame: all that this process did for it, its waiting for the next one included."""
    from PySide6.QtWidgets import QApplication

    bar = rows.verticalScrollBar()
    for _ in range(most):
        began, cpu = time.perf_counter(), time.process_time()
        QApplication.processEvents()
        bar.setValue((bar.value() + STEP) % max(1, bar.maximum()))
        rows.viewport().repaint()
        yield (time.process_time() - cpu) * 1000
        time.sleep(max(0.0, FRAME - (time.perf_counter() - began)))
        if is_over():
            return


def _act(window: MainWindow, chance: random.Random, count: int) -> None:
    """Do what one does all day: go on, open, read, star, mark, search, look at another list and come back."""
    names = (
        "next", "next", "next", "open_thread", "next_unread", "star", "toggle_read", "order_newest", "order_heat",
        "go_unread", "go_all", "show_new", "previous",
    )  # fmt: skip
    for number in range(count):
        if number % 15 == 14:
            window.view.look(query=chance.choice(("camera", "privacy", "consent appeal", "airport")))
            _rest(1.0)
            window.actions_by_name["next"].trigger()
            _rest(0.3)
            window.view.look(query="")
        else:
            window.actions_by_name[names[number % len(names)]].trigger()
        _rest(0.2)


def _rest(seconds: float) -> None:
    from PySide6.QtWidgets import QApplication

    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.005)


def _memory() -> float:
    import psutil

    return float(psutil.Process().memory_info().rss) / 1e6


def _at(values: list[float], share: float) -> float:
    return values[min(len(values) - 1, int(len(values) * share))] if values else float("nan")


def measure_peer(folder: Path) -> Measured:
    """The same titles in stock Qt, all of them read at the start."""
    began = time.perf_counter()
    from PySide6.QtGui import QStandardItem, QStandardItemModel
    from PySide6.QtWidgets import QApplication, QTreeView

    from reader.library import Library

    app = QApplication([])
    library = Library(folder, read_only=True)
    listing = library.listing()
    model = QStandardItemModel()
    for row, thread in enumerate(library.thread_rows(listing.threads)):
        item = QStandardItem(thread.title)
        for article in library.article_rows(listing.members[listing.starts[row] : listing.starts[row + 1]]):
            item.appendRow(QStandardItem(f"{article.title}\n{article.provider}, {article.quality}"))
        model.appendRow(item)
    view = QTreeView()
    view.setUniformRowHeights(True)
    view.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
    view.setModel(model)
    view.resize(442, 824)
    view.show()
    app.processEvents()
    usable = time.perf_counter() - began
    frames = sorted(_frames(view, 300))
    return {"usable": usable, "p50": _at(frames, 0.5), "p95": _at(frames, 0.95), "memory": _memory()}


# Told


def measure(articles: int, threads: int) -> list[Figure]:
    """All figures, each with the peer's where it has one."""
    from tests.loopback import Site

    with tempfile.TemporaryDirectory() as place, Site(feeds()) as site:
        folder = Path(place) / "library"
        make(folder, articles, threads)
        subscribe(folder, site.url)
        peer = _in_process("--peer", folder)
        mine = _in_process("--window", folder)
    during = f"while {FEEDS} feeds refresh"
    return [
        _figure("usable after", mine["usable"], peer["usable"], "s", USABLE_GOAL),
        _figure("scrolling, a frame, p50", mine["quiet_p50"], peer["p50"], "ms CPU", None),
        _figure("scrolling, a frame, p95", mine["quiet_p95"], peer["p95"], "ms CPU", FRAME_GOAL),
        _figure(f"p50 {during}", mine["busy_p50"], None, "ms CPU", None),
        _figure(f"p95 {during}", mine["busy_p95"], None, "ms CPU", FRAME_GOAL),
        _figure("frames measured meanwhile", mine["busy_frames"], None, "", None),
        _figure("articles written meanwhile", mine["written"], None, "", None),
        _figure("memory after 50 actions", mine["after_50"], peer["memory"], "MB", MEMORY_GOAL),
        _figure("memory after 200 actions", mine["after_200"], None, "MB", MEMORY_GOAL),
    ]


def _in_process(option: str, folder: Path) -> Measured:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.window", option, str(folder)], check=True, stdout=subprocess.PIPE, text=True
    )
    found: Measured = json.loads(done.stdout.splitlines()[-1])
    return found


def _figure(what: str, mine: float, theirs: float | None, unit: str, goal: float | None) -> Figure:
    ratio = mine / theirs if theirs else None
    name = PEER if theirs is not None else ""
    return {"what": what, "ours": mine, "peer": theirs, "peerName": name, "ratio": ratio, "unit": unit, "goal": goal}


def main() -> None:
    """Measure, and say what came out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--window", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--peer", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.window or args.peer:
        print(json.dumps(measure_window(args.window) if args.window else measure_peer(args.peer)))
        return
    size = QUICK if args.quick else FULL
    figures = measure(*size)
    if args.json:
        machine = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
        print(json.dumps({"name": "window", "size": size[0], "machine": machine, "figures": figures}, indent=2))
        return
    for figure in figures:
        peer_says = f"   {figure['peerName']} {figure['peer']:.3f}" if figure["peer"] is not None else ""
        goal = f"   goal {figure['goal']:g}" if figure["goal"] is not None else ""
        print(f"{figure['what']:50} {figure['ours']:10.3f} {figure['unit']}{goal}{peer_says}")


if __name__ == "__main__":
    main()
