"""What the analyst does: run by test_window.py on a screen of its own, with the folder to do it in.

Each step presses keys and waits for what they must bring about; the name of each step that came true is printed.
"""

# ruff: noqa: T201 - what it prints is its report

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from reader.library import Library
from reader.outcomes import ImportOutcome
from tests.loopback import Site, answer
from tests.waiting import until
from ui import theme
from ui.collecting import Collecting
from ui.faults import faults
from ui.main_window import MainWindow
from ui.window_settings import WindowSettings

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.records import Article
    from tests.loopback import Request

FEEDS, ITEMS = 24, 5


class Analyst:
    """A person at the keyboard of a window."""

    def __init__(self, window: MainWindow, library: Library) -> None:
        self.window, self.library = window, library
        assert window.parts
        self.parts = window.parts

    def press(self, *keys: str) -> None:
        """Press keys, one after the other, as xdotool names them."""
        subprocess.run(["xdotool", "key", "--delay", "30", *keys], check=True)
        QApplication.processEvents()

    def write(self, words: str) -> None:
        """Type words."""
        subprocess.run(["xdotool", "type", "--delay", "12", words], check=True)
        QApplication.processEvents()

    def see(self, what: str, so: Callable[[], object]) -> None:
        """Wait until something is so, and say it."""
        if not until(so):
            self.window.grab().save(f"{sys.argv[1]}/stuck.png")
            errors = Path(sys.argv[1], "library", "errors.log")
            print(errors.read_text("utf-8")[-3000:] if errors.exists() else "no fault was kept", file=sys.stderr)
            raise AssertionError(f"{what}: not so; the notice says {[notice.words for notice in self.parts.notices]}")
        print(what, flush=True)

    def article(self) -> Article:
        """What the page shows, as the library has it."""
        shown = self.window.view.looking.selection.article
        assert shown is not None
        return self.library.article(shown)


class Press:
    """Feeds of which some answer only when they are let."""

    def __init__(self) -> None:
        self.let = threading.Event()
        self.site = Site({f"/{number}": self._said(number) for number in range(FEEDS)})

    def _said(self, number: int) -> Callable[[Request], bytes]:
        def say(_request: Request) -> bytes:
            if number % 2:
                self.let.wait(60)
            return answer(rss(number), content_type="application/rss+xml")

        return say


def rss(number: int) -> bytes:
    """A feed with its articles."""
    items = "".join(
        f"<item><guid>{number}-{item}</guid><title>Council {number} votes on face scans, item {item}</title>"
        f"<link>https://council{number}.example/{item}</link>"
        f"<description>The council of town {number} heard the {item}th objection to scanning faces.</description></item>"
        for item in range(ITEMS)
    )
    return f'<rss version="2.0"><channel><title>Council {number}</title>{items}</channel></rss>'.encode()


def ready(folder: Path, press: Press) -> None:
    """A library with the sample coverage and nothing to poll but the feeds of this machine."""
    library = Library(folder)
    for _ in library.start(sample=True):
        continue
    for feed in library.feeds():
        library.remove_feed(feed.id)
    outlines = "".join(f'<outline xmlUrl="{press.site.url}/{number}" text="Council {number}"/>' for number in range(FEEDS))
    opml = folder.parent / "feeds.opml"
    opml.write_text(f'<opml version="2.0"><body>{outlines}</body></opml>', "utf-8")
    for _ in library.import_([opml], ImportOutcome(), allow_private=True):
        continue
    library.close()
    WindowSettings(folder).choose("welcomed", True)


def afternoon(analyst: Analyst, folder: Path) -> None:
    """Search, read, mark, note, take back, brief, export."""
    window, parts, library = analyst.window, analyst.parts, analyst.library
    analyst.see("the list is shown", lambda: len(parts.list.whole_list()) > 100)
    analyst.press("slash")
    analyst.write("clearview fine")
    analyst.see(
        "the search found something",
        lambda: window.view.looking.query == "clearview fine" and 0 < len(parts.list.whole_list()) < 100,
    )
    analyst.press("Return", "Escape")
    analyst.see("the list is back", lambda: window.view.looking.query == "" and len(parts.list.whole_list()) > 100)
    analyst.press("Home", "Right", "Down", "Down")
    analyst.see("an article of the thread is chosen", lambda: len(window.view.looking.selection.articles) == 1)
    analyst.see("it counts as read", lambda: analyst.article().row.read)
    analyst.see("the page shows it", lambda: parts.page.article == analyst.article().row.id)

    before = len(analyst.article().highlights)
    parts.page.page.setFocus()
    analyst.press("ctrl+Home", *["Down"] * 10, "shift+Down", "shift+Down")
    analyst.press("h")
    analyst.see("the passage is highlighted", lambda: len(analyst.article().highlights) == before + 1)
    analyst.press("c")
    analyst.write("Ask the desk in Paris for the decision")
    analyst.press("ctrl+Return")
    analyst.see("the note is written", lambda: any("desk in Paris" in note.text for note in analyst.article().notes))
    analyst.press("ctrl+z")
    analyst.see("the note is taken back", lambda: not any("desk in Paris" in note.text for note in analyst.article().notes))
    analyst.press("ctrl+shift+z")
    analyst.see("and is there again", lambda: any("desk in Paris" in note.text for note in analyst.article().notes))

    chosen = analyst.article().row.id
    items = {(item.kind, item.target) for briefing in library.briefings() for item in briefing.items}
    assert ("article", chosen) not in items
    analyst.press("b")
    analyst.see(
        "it is in the briefing",
        lambda: any(
            ("article", chosen) == (item.kind, item.target) for briefing in library.briefings() for item in briefing.items
        ),
    )
    analyst.press("ctrl+6")
    analyst.see("the briefings are shown", lambda: window.view.looking.place == "briefings")
    if window.view.looking.briefing is None:
        analyst.press("Home", "Return")
    analyst.see("the briefing is open", lambda: window.view.looking.briefing is not None)
    pdf = folder.parent / "briefing.pdf"
    analyst.press("ctrl+e")
    analyst.see("a name is asked for", lambda: QApplication.activeModalWidget() or QApplication.activePopupWidget())
    analyst.press("ctrl+a")
    analyst.write(str(pdf))
    analyst.press("Return")
    analyst.see("the briefing is exported", lambda: pdf.exists() and pdf.read_bytes().startswith(b"%PDF"))
    analyst.press("Escape")
    analyst.press("ctrl+1")
    analyst.see("the desk is back", lambda: window.view.looking.place == "desk")


def refresh_and_kill(analyst: Analyst, press: Press) -> None:
    """The engine is killed while it refreshes: the window stays, nothing is lost or doubled."""
    window, library = analyst.window, analyst.library
    marked = [len(library.article(id).highlights) for id in analyst.parts.list.whole_list()[:50]]
    known = library.articles(1)[0]
    killed = window.engine.process_id
    assert killed
    analyst.press("F5")
    analyst.see("half of the feeds have answered", lambda: len({request.path for request in press.site.asked}) >= FEEDS // 2)
    os.kill(killed, signal.SIGKILL)
    analyst.see("the engine comes back", lambda: window.engine.is_ready and window.engine.process_id != killed)
    analyst.see("the window says so", lambda: any("started again" in notice.words for notice in analyst.parts.notices))
    press.let.set()
    analyst.press("shift+F5")
    analyst.see("everything arrived", lambda: library.articles(1)[0] >= known + FEEDS * ITEMS)
    analyst.see("the refresh is over", lambda: not window.engine.jobs)
    assert library.articles(1)[0] == known + FEEDS * ITEMS, "an article came twice"
    assert [len(library.article(id).highlights) for id in analyst.parts.list.whole_list()[:50]] == marked
    problems: list[str] = []
    for _ in Library(library.folder).check(problems):
        continue
    assert not problems, problems
    print("nothing is lost, nothing is doubled", flush=True)


def main(place: Path) -> int:
    """The whole afternoon."""
    app = QApplication(sys.argv[:1])
    theme.load(app)
    Collecting(app)
    faults().watch(place / "library")
    folder, press = place / "library", Press()
    with press.site:
        ready(folder, press)
        window = MainWindow(folder)
        window.resize(1440, 900)
        window.show()
        window.activateWindow()
        assert until(window.isActiveWindow)
        library = Library(folder, read_only=True)
        analyst = Analyst(window, library)
        try:
            afternoon(analyst, folder)
            refresh_and_kill(analyst, press)
            analyst.press("ctrl+q")
            analyst.see("closed", lambda: not window.isVisible())
        finally:
            library.close()
            window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
