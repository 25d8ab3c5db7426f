"""What the tests of the window stand on: the program's fonts and theme, and a copy of the sample coverage each."""

from __future__ import annotations

import gc
import shutil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from reader.shelf import Shelf
from ui import overrides, theme
from ui.collecting import Collecting
from ui.engine import Engine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture(scope="session")
def qapp(qapp_args: list[str]) -> Iterator[QApplication]:
    """The program: one for all tests, with our own fonts and colours."""
    overrides.wrap_all()
    app = QApplication.instance() or QApplication(qapp_args)
    assert isinstance(app, QApplication)
    theme.load(app)
    Collecting(app)
    yield app
    gc.collect()  # while there is a program yet: widgets do not outlive it


@pytest.fixture(autouse=True)
def light_again(qapp: QApplication) -> Iterator[None]:
    """A test that changes the theme leaves it as it was."""
    yield
    if theme.colours() is not theme.LIGHT or theme.paper() is not theme.LIGHT:
        theme.apply(qapp)


@pytest.fixture
def sample(sample_made: Path, tmp_path: Path) -> Path:
    """A library with the sample coverage, to do with as one likes."""
    return shutil.copytree(sample_made, tmp_path / "library")


@pytest.fixture
def engine(qapp: QApplication, sample: Path) -> Iterator[Engine]:
    """An engine on a thread, on the sample coverage."""
    engine = Engine(sample, own_process=False)
    yield engine
    engine.close()


@pytest.fixture
def shelf(sample: Path) -> Iterator[Shelf]:
    """What the window reads by itself of the sample coverage."""
    shelf = Shelf(sample)
    yield shelf
    shelf.close()


@pytest.fixture
def started(qapp: QApplication, qtbot: QtBot) -> Iterator[Callable[[Path], Engine]]:
    """Starts engines on libraries of a test's own: ready when it is given them, closed at its end."""
    engines: list[Engine] = []

    def start(folder: Path) -> Engine:
        engine = Engine(folder, own_process=False)
        engines.append(engine)
        with qtbot.waitSignal(engine.ready):
            pass
        return engine

    yield start
    for engine in engines:
        engine.close()
