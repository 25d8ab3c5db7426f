"""Draws the window as it is, with the sample coverage, into docs/pictures: `./run pictures [FOLDER]`.

Every scene is the real window on a throw-away library, brought there by the commands that an analyst would use.
"""

# ruff: noqa: T201 - what it prints is its report

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtWidgets import QApplication

from reader.library import Library
from tests.waiting import until
from ui import theme
from ui.main_window import MainWindow
from ui.view import Selection

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"


@dataclass(frozen=True)
class Scene:
    """A picture: its name, its size, its looks, and how one comes there."""

    name: str
    arrive: Callable[[Stage], None]
    size: tuple[int, int] = (1440, 900)
    appearance: str = "light"
    sepia: bool = False
    compact: bool = False


class Stage:
    """One window, and what an analyst does in it."""

    def __init__(self, folder: Path) -> None:
        self.window = MainWindow(folder, own_process=False)
        self.listed = 0
        self.parts.list.listed.connect(self._on_listed)

    @property
    def parts(self):
        assert self.window.parts
        return self.window.parts

    def _on_listed(self) -> None:
        self.listed += 1

    def wait(self, for_: Callable[[], object]) -> None:
        """Let the window work until something is so."""
        if not until(for_):
            raise TimeoutError(str(for_))

    def do(self, name: str) -> None:
        """Run a command of the menus."""
        self.window.actions_by_name[name].trigger()
        self.rest()

    def rest(self) -> None:
        """Let everything that was asked for be answered and drawn."""
        self.wait(lambda: not self.window.engine._tasks)
        QApplication.sendPostedEvents()
        QApplication.processEvents()

    def choose(self, number: int = 0) -> None:
        """Choose the hottest thread, open it, and choose one of its articles."""
        threads = list(self.parts.list.model.listing.threads)
        thread = threads[number]
        members = self.parts.list.members(thread)
        self.window.view.look(selection=Selection(thread, members[0], (members[0],), (thread,)))
        self.rest()


def reading(stage: Stage) -> None:
    """The desk: threads, an article, its thread."""
    stage.choose()


def searching(stage: Stage) -> None:
    """A search with a word misspelt."""
    stage.window.view.look(query="facial recognition fine")
    stage.wait(lambda: stage.parts.list.listed)
    stage.rest()
    stage.do("next")


def misspelt(stage: Stage) -> None:
    """A search that finds nothing, and what it offers instead."""
    stage.window.view.look(query="clearveiw")
    stage.rest()


def quality_receipt(stage: Stage) -> None:
    """Why an article has its quality."""
    stage.choose()
    stage.do("explain_quality")


def heat_receipt(stage: Stage) -> None:
    """Why a thread has its heat."""
    stage.choose()
    stage.do("explain_heat")


def briefing(stage: Stage) -> None:
    """The sample briefing in the editor, beside its pages."""
    first = stage.parts.editor_briefings()[0] if hasattr(stage.parts, "editor_briefings") else 1
    stage.window.view.look(place="briefings", briefing=first)
    stage.rest()


def annotations(stage: Stage) -> None:
    """Everything marked, and the passage where it stands."""
    stage.do("go_annotations")


def activity(stage: Stage) -> None:
    """What is under way, and which feeds need a look."""
    stage.do("go_activity")


def palette(stage: Stage) -> None:
    """Everything that can be done, by its name."""
    stage.choose()
    stage.do("palette")


def keys(stage: Stage) -> None:
    """The sheet of keys."""
    stage.do("shortcuts")


SCENES = (
    Scene("window-light", reading),
    Scene("window-dark", reading, appearance="dark"),
    Scene("window-small-sepia", reading, (1024, 700), sepia=True, compact=True),
    Scene("window-large", reading, (2560, 1440)),
    Scene("search-light", searching),
    Scene("search-dark", misspelt, appearance="dark"),
    Scene("receipt-quality", quality_receipt),
    Scene("receipt-heat-dark", heat_receipt, appearance="dark"),
    Scene("briefing-light", briefing),
    Scene("briefing-dark", briefing, appearance="dark"),
    Scene("annotations-light", annotations),
    Scene("annotations-dark", annotations, appearance="dark"),
    Scene("activity-light", activity),
    Scene("palette-light", palette),
    Scene("keys-light", keys),
)


def draw(scene: Scene, library: Path, app: QApplication, out: Path) -> Path:
    """Draw one scene into a folder; its picture."""
    stage = Stage(library)
    window = stage.window
    try:
        window.settings.choose("appearance", scene.appearance)
        window.settings.choose("sepia", scene.sepia)
        window.settings.choose("compact", scene.compact)
        window.resize(*scene.size)
        window.show()
        stage.wait(lambda: stage.listed)
        stage.rest()
        scene.arrive(stage)
        app.processEvents()
        path = out / f"{scene.name}.png"
        window.grab().save(str(path))
    finally:
        window.close()
        window.deleteLater()
    return path


def sample(folder: Path) -> Path:
    """A library with the sample coverage."""
    library = Library(folder)
    for _ in library.start(sample=True):
        continue
    library.close()
    return folder


def main(out: Path, names: list[str]) -> int:
    """Draw every scene, or those whose names begin so."""
    app = QApplication(sys.argv[:1])
    theme.load(app)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        library = sample(Path(folder, "library"))
        for scene in SCENES:
            if not names or scene.name.startswith(tuple(names)):
                print(draw(scene, library, app, out))
    return 0


if __name__ == "__main__":
    chosen = sys.argv[1:]
    place = Path(chosen[0]) if chosen and not chosen[0].isidentifier() and "/" in chosen[0] else FOLDER
    sys.exit(main(place, [name for name in chosen if "/" not in name]))
