"""The window looks as it does in the pictures that are kept: drawn anew, and compared from a little distance.

From so far that a time that has become a date, or a letter drawn by another version of a library, is not seen; near enough that
a part that moved, a colour that changed, a ground that is missing is. `./run pictures` draws them anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from tests.looks.pictures import FOLDER, SCENES, Scene, draw
from ui import theme

if TYPE_CHECKING:
    from pathlib import Path

QUICK = ("window-light", "window-dark", "search-light", "briefing-light")
DISTANCE = 12
"""Pixels that are seen as one."""
MEAN, FAR = 2.5, 40
"""How far the shades may be apart of 255: all of them on average, and of the worst part but a hundredth."""


def shades(picture: QImage) -> np.ndarray:
    """A picture from a distance."""
    small = picture.scaled(
        picture.width() // DISTANCE, picture.height() // DISTANCE, Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    ).convertToFormat(QImage.Format.Format_RGB888)  # fmt: skip
    rows = np.frombuffer(small.constBits(), np.uint8).reshape(small.height(), small.bytesPerLine())
    return rows[:, : small.width() * 3].astype(np.int16)


def difference(one: QImage, other: QImage) -> tuple[float, float]:
    """How far apart two pictures are on average, and in their worst hundredth."""
    apart = np.abs(shades(one) - shades(other))
    return float(apart.mean()), float(np.percentile(apart, 99))


@pytest.mark.parametrize(
    "scene", [pytest.param(scene, id=scene.name, marks=[] if scene.name in QUICK else pytest.mark.long) for scene in SCENES]
)
def test_the_window_looks_as_in_its_picture(scene: Scene, qapp, sample: Path, tmp_path: Path, request):
    kept = FOLDER / f"{scene.name}.png"
    request.addfinalizer(lambda: theme.apply(qapp))
    drawn = QImage(str(draw(scene, sample, qapp, tmp_path)))
    stands = QImage(str(kept))
    assert not stands.isNull(), f"{kept} is not there: ./run pictures draws it"
    assert drawn.size() == stands.size()
    mean, far = difference(drawn, stands)
    assert mean <= MEAN, f"{scene.name}: on average {mean:.1f} apart"
    assert far <= FAR, f"{scene.name}: its worst part {far:.0f} apart"


def test_what_the_comparison_sees(qapp, tmp_path):
    page = QImage(1440, 900, QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)
    word = page.copy()
    for x in range(100, 140):
        for y in range(300, 308, 2):
            word.setPixelColor(x, y, Qt.GlobalColor.black)
    pane = page.copy()
    for x in range(216):
        for y in range(900):
            pane.setPixelColor(x, y, Qt.GlobalColor.lightGray)
    assert difference(page, word) <= (MEAN, FAR)
    assert difference(page, pane)[0] > MEAN
