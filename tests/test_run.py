"""The one door: what it says and does when something is missing. What it installs is proved on bare systems, not here."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def door(tmp_path, monkeypatch):
    """run.py, for a checkout in tmp_path with an environment of which only the names exist."""
    spec = importlib.util.spec_from_file_location("door", ROOT / "run.py")
    door = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(door)
    for name in ("pyproject.toml", "requirements.lock"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    for name, path in {"HERE": ".", "LOCK": "requirements.lock", "PROJECT": "pyproject.toml", "VENV": ".venv"}.items():
        monkeypatch.setattr(door, name, tmp_path / path)
    monkeypatch.setattr(door, "MADE", tmp_path / ".venv/made")
    monkeypatch.setattr(door, "PYTHON", tmp_path / ".venv/bin/python")
    door.PYTHON.parent.mkdir(parents=True)
    door.PYTHON.touch()
    return door


@pytest.fixture
def steps(door, monkeypatch):
    """What would be run, instead of running it."""
    steps = []
    monkeypatch.setattr(door, "quietly", lambda why, *command: steps.append(" ".join(map(str, command))) or "[]")
    return steps


def test_without_a_command_it_says_what_it_can_do(door, capsys):
    assert door.main([]) == 0
    said = capsys.readouterr().out
    assert [name for name in door.COMMANDS if f"\n  {name} " not in said] == []


def test_a_wrong_command_is_one_line(door, capsys):
    assert door.main(["tset"]) == 2
    assert capsys.readouterr().err.startswith("run: there is no command 'tset'. There are: watchdesk, ")


def test_a_finished_environment_is_left_alone(door, steps):
    door.replace(door.MADE, json.dumps(door.what_it_is_made_from()))
    door.ensure_environment()
    assert steps == []


@pytest.mark.parametrize("left", ["", "{", "[]", "{}"])
def test_an_unfinished_environment_is_made_anew(door, steps, left):
    door.MADE.write_text(left)
    door.ensure_environment()
    assert "-m venv --clear" in steps[0]
    assert door.made_from() == door.what_it_is_made_from()


def test_a_changed_lock_brings_it_up_to_date(door, steps):
    door.ensure_environment()
    steps.clear()
    door.LOCK.write_text(door.LOCK.read_text() + "zest==1 --hash=sha256:00\n")
    door.ensure_environment()
    assert "--require-hashes" in steps[0]
    assert not [step for step in steps if "venv --clear" in step]


def test_settings_of_checkers_do_not_count_as_a_change(door):
    before = door.what_it_is_made_from()
    door.PROJECT.write_text(door.PROJECT.read_text().replace("line-length = 130", "line-length = 131"))
    assert door.what_it_is_made_from() == before


def test_what_fails_half_way_is_not_called_made(door, monkeypatch):
    def fail(why, *command):
        raise KeyboardInterrupt

    door.replace(door.MADE, json.dumps(door.what_it_is_made_from() | {"contents": "older"}))
    monkeypatch.setattr(door, "quietly", fail)
    with pytest.raises(KeyboardInterrupt):
        door.ensure_environment()
    assert door.made_from() == {}


def test_what_cannot_be_fetched_costs_nothing_that_was_there(door, steps, monkeypatch):
    def fail():
        raise SystemExit(1)

    door.replace(door.MADE, json.dumps(door.what_it_is_made_from() | {"contents": "older"}))
    with monkeypatch.context() as offline:
        offline.setattr(door, "install", fail)
        with pytest.raises(SystemExit):
            door.ensure_environment()
    door.ensure_environment()
    assert not [step for step in steps if "venv --clear" in step]
    assert door.made_from() == door.what_it_is_made_from()


def test_packages_that_the_lock_does_not_name_go(door, steps, monkeypatch):
    monkeypatch.setattr(door, "installed", lambda: {"pip", "watchdesk", "rich", "stranger"})
    door.install()
    assert [step.partition("uninstall")[2] for step in steps if "uninstall" in step] == [" --yes stranger"]


def test_the_other_whoosh_takes_the_place_of_ours_and_of_nothing_else(door, monkeypatch):
    ours = door.locked().splitlines()
    monkeypatch.setenv(door.IN_OLD_WHOOSH, "1")
    theirs = door.locked().splitlines()
    assert [line for line in theirs if line not in ours] == [door.OLD_WHOOSH.strip()]
    gone = [line for line in ours if line not in theirs]
    assert gone[0].startswith("whoosh3==")
    assert all("--hash" in line for line in gone[1:])


def test_the_tests_with_the_other_whoosh_are_those_of_search_unless_told(door, monkeypatch):
    asked = []
    monkeypatch.setattr(
        door.subprocess, "run", lambda command, **_: asked.append(command[3:]) or subprocess.CompletedProcess([], 0)
    )
    monkeypatch.setattr(door.shutil, "which", lambda name: f"/usr/bin/{name}")
    (door.HERE / "tests").mkdir()
    monkeypatch.chdir(door.HERE)
    assert door.main(["test", "--whoosh-2.7.4", "-x"]) == 0
    assert door.main(["test", "--whoosh-2.7.4", "tests"]) == 0
    assert asked == [["test", *door.SEARCH_TESTS, "-x"], ["test", "tests"]]


@pytest.fixture
def linux(door, monkeypatch):
    """A Linux without sudo, seen by somebody who is not root; a Debian if the test says so."""
    monkeypatch.setattr(door.sys, "platform", "linux")
    monkeypatch.setattr(door.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(door.shutil, "which", lambda name: None)


def test_where_there_is_no_apt_it_says_what_is_needed(door, linux, capsys):
    with pytest.raises(SystemExit):
        door.ensure_libraries({"libnosuch.so.1": "libnosuch1"}, "Qt")
    assert capsys.readouterr().err == "run: Qt needs libnosuch.so.1. Install what Debian calls libnosuch1\n"


def test_where_there_is_no_sudo_it_says_what_root_must_do(door, linux, monkeypatch, capsys):
    monkeypatch.setattr(door.shutil, "which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)
    with pytest.raises(SystemExit):
        door.ensure_libraries({"libnosuch.so.1": "libnosuch1"}, "Qt")
    assert capsys.readouterr().err == "run: Qt needs libnosuch.so.1. As root: apt-get install libnosuch1\n"


def test_what_only_some_tests_need_is_no_reason_to_stop(door, linux, capsys):
    door.invite({"libnosuch.so.1": "libnosuch1"}, {"nosuch-program": "nosuch"}, "the tests that drive the window")
    said = capsys.readouterr().err.splitlines()
    assert said[-1] == "run: skipping the tests that drive the window: there is no libnosuch1, no nosuch"


def test_no_password_is_asked_for_what_only_some_tests_need(door, linux, steps, monkeypatch):
    monkeypatch.setattr(door.shutil, "which", {"apt-get": "/usr/bin/apt-get", "sudo": "/usr/bin/sudo"}.get)
    door.invite({}, {"nosuch-program": "nosuch"}, "the tests that drive the window")
    assert [step.split()[:2] for step in steps] == [["sudo", "-n"]] * 2
    steps.clear()
    door.ensure_programs({"nosuch-program": "nosuch"}, "PyInstaller")
    assert [step.split()[:2] for step in steps] == [["sudo", "apt-get"], ["sudo", "env"]]


def test_what_is_there_is_not_installed(door, linux, steps, monkeypatch):
    monkeypatch.setattr(door.shutil, "which", lambda name: f"/usr/bin/{name}")
    door.invite({}, {"Xvfb": "xvfb"}, "the tests that drive the window")
    door.ensure_programs({"objdump": "binutils"}, "PyInstaller")
    assert steps == []


def test_a_bundle_is_there_whole_or_as_it_was(door, tmp_path, monkeypatch):
    def make(why, *command):
        folder = Path(next(str(part).partition("=")[2] for part in command if str(part).startswith("--distpath=")), "watchdesk")
        folder.mkdir(parents=True)
        (folder / "watchdesk").write_text("new")
        if why_not:
            raise SystemExit(1)

    (tmp_path / "dist" / "watchdesk").mkdir(parents=True)
    (tmp_path / "dist" / "watchdesk" / "watchdesk").write_text("old")
    monkeypatch.setattr(door, "quietly", make)
    why_not = True
    with pytest.raises(SystemExit):
        door.bundle(tmp_path / "dist")
    assert (tmp_path / "dist" / "watchdesk" / "watchdesk").read_text() == "old"
    why_not = False
    assert (door.bundle(tmp_path / "dist") / "watchdesk").read_text() == "new"
    assert [path.name for path in (tmp_path / "dist").iterdir()] == ["watchdesk"]


@pytest.mark.parametrize("libc", [("", ""), ("glibc", "2.31")])
def test_where_qt_cannot_run_it_says_so(door, linux, monkeypatch, capsys, libc):
    monkeypatch.setattr(door.platform, "libc_ver", lambda: libc)
    with pytest.raises(SystemExit):
        door.check_system()
    assert "needs a Linux with glibc 2." in capsys.readouterr().err


def test_a_program_that_fails_ends_it_with_its_last_words(door, capsys):
    with pytest.raises(SystemExit) as end:
        door.quietly("no luck", sys.executable, "-c", "import sys; sys.exit('out of\\n\\ncheese')")
    assert end.value.code == 1
    assert capsys.readouterr().err == "run: no luck:\nout of\ncheese\n"


def test_bench_knows_its_names(door, capsys):
    assert door.main(["bench", "nosuch"]) == 2
    assert "there is no benchmark nosuch" in capsys.readouterr().err


def test_the_door_opens_from_anywhere(tmp_path):
    done = subprocess.run(
        [sys.executable, "-IS", ROOT / "run.py"], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.startswith("usage: ./run")
