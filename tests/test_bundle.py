"""The bundle, as somebody gets it who has no Python: the shell, the window and the engine start in it, work, and end.

`./run freeze` proves the one that it made so; `./run test --long` makes one for itself.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[1]
MADE = os.environ.get("WATCHDESK_BUNDLE")  # looked up here: tests know nothing of such variables
SECONDS = 180
FEED = """<rss version="2.0"><channel><title>Datenschutz</title><link>https://news.example/</link><item>
<title>Gesichtserkennung am Bahnhof</title><link>https://news.example/a</link><pubDate>22 novembre 2026 10:00</pubDate>
<description>Die Polizei hat am Bahnhof Kameras mit Gesichtserkennung in Betrieb genommen.</description></item></channel></rss>"""
PAGE = f"""<html lang="fr"><head><title>Amende de la CNIL</title><meta property="article:published_time" content="2026-10-20">
<link rel="canonical" href="https://journal.example/amende"></head><body><article><h1>Amende de la CNIL</h1>
{"<p>La CNIL a prononcé une amende contre la ville pour ses caméras.</p>" * 20}</article></body></html>"""

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def door():
    """run.py, which makes bundles."""
    spec = importlib.util.spec_from_file_location("door", ROOT / "run.py")
    door = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(door)
    return door


@pytest.fixture(scope="module")
def bundle(door, tmp_path_factory):
    """The folder of the bundle."""
    return Path(MADE) if MADE else door.bundle(tmp_path_factory.mktemp("dist"))


@pytest.fixture
def place(tmp_path):
    """An empty home in which the program is started."""
    for name in ("home", "temporary"):
        (tmp_path / name).mkdir()
    return tmp_path


@pytest.fixture
def run(bundle, place):
    """Runs the program as a desktop does: nothing of this checkout in its environment. Fails if it leaves anything behind."""

    def run(*words, seconds=SECONDS, **environment):
        temporary = place / "temporary"
        own = {"HOME": str(place / "home"), "TMPDIR": str(temporary), "PATH": os.defpath, "LANG": "C.UTF-8"} | environment
        if sys.platform == "win32":
            own = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ} | own
        done = subprocess.run(
            [bundle / "watchdesk", *map(str, words)], cwd=place, env=own, capture_output=True, encoding="utf-8", timeout=seconds,
            check=False,
        )  # fmt: skip
        left = [process for process in psutil.process_iter(["exe"]) if str(bundle) in (process.info["exe"] or "")]
        assert psutil.wait_procs(left, timeout=5)[1] == [], "still running"
        assert [file.name for file in temporary.iterdir()] == []
        return done

    return run


def test_it_is_not_too_large(door, bundle):
    assert door.megabytes(bundle) <= door.BUNDLE_MEGABYTES


def test_it_holds_nothing_of_this_machine_and_nothing_for_developers(bundle):
    names = {file.name for file in (bundle / "_internal").iterdir()}
    assert names & {"pytest", "_pytest", "hypothesis", "mypy", "ruff", "tests", "setuptools", "pip", "PyInstaller"} == set()


def test_it_says_its_versions(run):
    done = run("--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Watchdesk ")


def test_it_groups_the_sample_coverage(run):
    done = run("--library", "sample", "--json", "threads")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["total"] > 20


def test_everything_that_is_loaded_late_is_there(run, place):
    # feeds and pages are parsed, languages told, dates read and passwords looked up in packages that nothing names before
    (place / "feed.xml").write_text(FEED)
    (place / "page.html").write_text(PAGE)
    done = run("--library", "mine", "--json", "import", "feed.xml", "page.html")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["imported"] == 2
    done = run("--library", "mine", "--json", "search", "amendes")
    assert [article["language"] for article in json.loads(done.stdout)["articles"]] == ["fr"], done.stderr
    done = run("--library", "mine", "--json", "feed", "edit", "1", "--title", "Neu")
    assert done.stderr.count("\n") <= 1
    assert "fault" not in done.stderr


def test_it_publishes_the_briefing_of_the_sample(run, place):
    assert run("--library", "mine", "init", "--sample").returncode == 0
    for name in ("week.pdf", "week.html"):
        done = run("--library", "mine", "--json", "brief", "export", 1, name)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["sources"] > 1
    assert (place / "week.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
def test_without_a_screen_it_draws_its_window(run, place):
    done = run()
    assert done.returncode == 0, done.stderr
    assert (place / "watchdesk-window.png").read_bytes().startswith(b"\x89PNG")
    assert (place / "watchdesk-briefing.pdf").read_bytes().startswith(b"%PDF-")
    assert "fault" not in done.stderr


@contextmanager
def screen(folder):
    """A screen that nobody sees: its name."""
    with (folder / "xvfb.log").open("wb") as log:
        asked = ["Xvfb", "-displayfd", "1", "-screen", "0", "1440x900x24", "-nolisten", "tcp"]
        shown = subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=log)
    try:
        yield f":{shown.stdout.readline().decode().strip()}"
    finally:
        shown.terminate()
        shown.communicate()


@pytest.mark.skipif(not shutil.which("Xvfb"), reason="there is no Xvfb")
@pytest.mark.parametrize("library", ["sample", "mine"])
def test_on_a_screen_the_window_opens_with_its_engine(run, place, library):
    with screen(place) as display:
        done = run("--library", library, "--settle", DISPLAY=display)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert "fault" not in done.stderr
    assert not (place / library / "errors.log").exists()
