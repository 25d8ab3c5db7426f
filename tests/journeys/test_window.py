"""An analyst's afternoon at the window, by keys alone, on a screen of its own: nothing here is pressed but the keyboard.

The screen is Xvfb with a window manager; the keys are pressed by xdotool, as a person's would come. What happens is read from
the window and from the library. Skipped where these programs are not there: `./run test` installs them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

NEEDED = ("Xvfb", "xdotool", "openbox")
HERE = Path(__file__).parent
ROOT = HERE.parents[1]


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    """A screen that nobody sees: the name of its display."""
    missing = [name for name in NEEDED if not shutil.which(name)]
    if missing:
        pytest.skip(f"needs {', '.join(missing)}")
    reading, writing = os.pipe()
    xvfb = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
        pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    with os.fdopen(reading) as said:
        display = f":{said.readline().strip()}"
    openbox = subprocess.Popen(
        ["openbox"], env=os.environ | {"DISPLAY": display}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    yield display
    for program in (openbox, xvfb):
        program.terminate()
        program.wait(10)


def test_an_afternoon_at_the_window(screen: str, tmp_path: Path):
    environment = os.environ | {
        "DISPLAY": screen, "QT_QPA_PLATFORM": "xcb", "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORMTHEME": "",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-W", "error", str(HERE / "analyst.py"), str(tmp_path)],
        env=environment, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert "Traceback" not in done.stderr
    assert done.stdout.splitlines()[-1] == "closed"
