"""Draws the window as it is into docs/pictures: `./run pictures [FOLDER/] [NAMES …]`. The name `all` draws every scene there is.

Every scene is the real window on a throw-away library, brought there by the commands that an analyst would use.
"""

# ruff: noqa: T201 - what it prints is its report

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtWidgets import QApplication

from tests.looks import acts, libraries
from tests.looks.stage import Stage
from ui import theme
from ui.collecting import Collecting

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
SMALL, LAPTOP, FIRST, FULL, LARGE = (1024, 700), (1280, 800), (1440, 900), (1920, 1080), (2560, 1440)
OFFLINE = partial(libraries.polled, offline=True)


@dataclass(frozen=True)
class Scene:
    """A picture: its name, how one comes there, its size, its looks, and the library that it is of."""

    name: str
    arrive: Callable[[Stage], object]
    size: tuple[int, int] = FIRST
    appearance: str = "light"
    sepia: bool = False
    compact: bool = False
    library: str = "sample"
    before: Callable[[Path], object] | None = None
    """What happens to the library before the window opens it."""


SCENES = (
    Scene("window-light", acts.reading),
    Scene("window-dark", acts.reading, appearance="dark"),
    Scene("window-small-sepia", acts.reading, SMALL, sepia=True, compact=True),
    Scene("window-large", acts.reading, LARGE),
    Scene("search-light", acts.searching),
    Scene("search-dark", acts.misspelt, appearance="dark"),
    Scene("receipt-quality", acts.quality_receipt),
    Scene("receipt-heat-dark", acts.heat_receipt, appearance="dark"),
    Scene("briefing-light", acts.briefing),
    Scene("briefing-dark", acts.briefing, appearance="dark"),
    Scene("annotations-light", acts.annotations),
    Scene("annotations-dark", acts.annotations, appearance="dark"),
    Scene("activity-light", acts.activity, before=libraries.polled),
    Scene("palette-light", acts.palette),
    Scene("keys-light", acts.keys),
)
"""What the documentation shows."""
MORE = (
    # The window in other sizes and papers
    Scene("laptop", acts.opened_thread, LAPTOP),
    Scene("full", acts.opened_thread, FULL, appearance="dark"),
    Scene("small-dark", acts.reading, SMALL, appearance="dark"),
    Scene("sepia", acts.sepia_chosen),
    Scene("small-rail", acts.rail_over, SMALL),
    Scene("small-search", acts.searching, SMALL),
    Scene("small-briefing", acts.briefing, SMALL),
    Scene("small-annotations", acts.annotations, SMALL),
    Scene("small-activity", acts.activity, SMALL, before=libraries.polled),
    Scene("plain", acts.nothing),
    # What is hard to set
    Scene("hard-light", acts.hard, library="hard"),
    Scene("hard-dark-compact", acts.hard, library="hard", appearance="dark", compact=True),
    Scene("hard-small", acts.hard, SMALL, library="hard"),
    Scene("hard-large", acts.hard, LARGE, library="hard"),
    Scene("hard-search", acts.hard_search, library="hard"),
    Scene("hard-activity", acts.activity, library="hard", before=libraries.polled),
    # Sheets, cards and menus
    Scene("welcome", acts.welcome),
    Scene("welcome-small-dark", acts.welcome, SMALL, appearance="dark"),
    *(Scene(f"settings-{name.lower()}", partial(acts.settings, name=name)) for name in acts.PAGES),
    *(Scene(f"settings-{name.lower()}-dark", partial(acts.settings, name=name), appearance="dark") for name in acts.PAGES),
    Scene("topic-read", acts.topic_read),
    Scene("topic-read-dark", acts.topic_read, appearance="dark"),
    Scene("hot", acts.hot),
    Scene("hot-dark", acts.hot, appearance="dark"),
    Scene("breadth", acts.breadth_tried),
    Scene("breadth-dark", acts.breadth_tried, appearance="dark"),
    Scene("add-feed", acts.adding_feed),
    Scene("add-feed-dark", acts.adding_feed, appearance="dark"),
    Scene("add-feed-several", acts.adding_feeds),
    Scene("add-feed-refused", acts.refused_feed),
    Scene("edit-feed", acts.editing_feed),
    Scene("topic", acts.editing_topic),
    Scene("topic-dark", acts.editing_topic, appearance="dark"),
    Scene("about", acts.about),
    Scene("note", acts.noting),
    Scene("note-dark", acts.noting, appearance="dark"),
    Scene("highlight-card", acts.highlight_card),
    Scene("selection-bar", acts.selecting),
    Scene("selection-bar-dark", acts.selecting, appearance="dark"),
    Scene("find", acts.finding),
    Scene("find-dark", acts.finding, appearance="dark"),
    Scene("query-help", acts.query_help),
    Scene("query-help-dark", acts.query_help, appearance="dark"),
    Scene("palette-dark", acts.palette_typed, appearance="dark"),
    Scene("menu", acts.menu),
    Scene("menu-dark", acts.menu, appearance="dark"),
    Scene("menu-row", acts.row_menu),
    # Places and states
    Scene("annotations-narrowed", acts.annotations_narrowed),
    Scene("annotations-none", acts.annotations_none),
    Scene("storyline", acts.storyline),
    Scene("news", acts.news),
    Scene("news-dark", acts.news, appearance="dark"),
    Scene("notice", acts.notice),
    Scene("fault", acts.fault),
    Scene("hover", acts.hover),
    Scene("empty-starred", acts.empty_starred),
    Scene("empty-results", acts.misspelt),
    Scene("query-wrong", acts.query_wrong),
    Scene("offline", acts.activity, before=OFFLINE),
    Scene("trouble-dark", acts.activity, appearance="dark", before=libraries.polled),
    Scene("refreshing", acts.refreshing, before=libraries.polled),
    Scene("briefings", acts.briefings),
    *(Scene(f"focus-{number}", partial(acts.focused, steps=number), SMALL) for number in range(1, 17)),
    *(Scene(f"focus-dark-{number}", partial(acts.focused, steps=number), SMALL, appearance="dark") for number in range(1, 17)),
)
"""What is looked at before anything is called done: drawn by name, or with `all`."""


def draw(scene: Scene, library: Path, _app: QApplication, out: Path) -> Path:
    """Draw one scene into a folder; its picture."""
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(library, Path(folder, "library"))
        if scene.before:
            scene.before(copy)
        stage = Stage(copy)
        try:
            stage.open(scene.size, scene.appearance, sepia=scene.sepia, compact=scene.compact)
            scene.arrive(stage)
            path = out / f"{scene.name}.png"
            stage.picture().save(str(path))
        finally:
            stage.close()
    return path


def chosen(names: list[str]) -> list[Scene]:
    """The scenes whose names begin so; without any, those of the documentation."""
    if not names:
        return list(SCENES)
    return [scene for scene in (*SCENES, *MORE) if "all" in names or scene.name.startswith(tuple(names))]


def main(out: Path, names: list[str]) -> int:
    """Draw scenes into a folder."""
    app = QApplication(sys.argv[:1])
    Collecting(app)
    theme.load(app)
    out.mkdir(parents=True, exist_ok=True)
    made: dict[str, Path] = {}
    with tempfile.TemporaryDirectory() as folder:
        for scene in chosen(names):
            if scene.library not in made:
                made[scene.library] = getattr(libraries, scene.library)(Path(folder, scene.library, "library"))
            print(draw(scene, made[scene.library], app, out), flush=True)
    return 0


if __name__ == "__main__":
    said = sys.argv[1:]
    place = Path(said[0]) if said and "/" in said[0] else FOLDER
    sys.exit(main(place, [name for name in said if "/" not in name]))
