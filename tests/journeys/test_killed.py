"""The program killed in the middle of its work: what was said to be done is there, nothing is there twice, and it goes on."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

from tests.shell import Shell

HERE = Path(__file__).resolve().parents[2]
ARTICLES = 900


def coverage(folder):
    """Enough records for an import to be caught in the middle of each of its parts."""
    chance = random.Random(7)
    words = [
        f"{a}{b}" for a in ("regul", "biomet", "survei", "facia", "finge", "identi") for b in ("ation", "ric", "llance", "lity")
    ]
    folder.mkdir()
    for part in range(5):
        lines = [
            json.dumps({
                "title": " ".join(chance.choices(words, k=8)),
                "content": " ".join(chance.choices(words, k=150)),
                "webUrl": f"https://paper{n % 17}.example/{part}/{n}",
                "publishedDateTime": f"2026-{1 + n % 10:02}-{1 + n % 27:02}T08:00:00Z",
            })
            for n in range(ARTICLES // 5)
        ]  # fmt: skip
        (folder / f"part{part}.jsonl").write_text("\n".join(lines))
    return folder


def start(*words):
    return subprocess.Popen(
        [sys.executable, "-m", "reader", *map(str, words)], cwd=HERE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def killed_after(seconds, process):
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def test_an_import_killed_again_and_again_ends_as_one_that_was_not(tmp_path, long):
    records = coverage(tmp_path / "records")
    whole = Shell(tmp_path / "whole")
    whole.ask("import", records)
    chance = random.Random(11)
    shell = Shell(tmp_path / "killed")
    for _ in range(50 if long else 3):
        killed_after(chance.uniform(0.3, 4), start("--library", shell.folder, "import", records))
    marked = shell.ask("articles", "--limit", 5)["articles"] if (tmp_path / "killed" / "library.db").exists() else []
    if marked:
        shell.ask("mark", "starred", *(article["id"] for article in marked))
    killed_after(chance.uniform(0.3, 3), start("--library", shell.folder, "import", records))
    shell.ask("import", records)
    assert shell.ask("check")["problems"] == []
    urls = [article["webUrl"] for article in shell.ask("articles", "--limit", 0)["articles"]]
    assert len(urls) == len(set(urls)) == ARTICLES
    assert shell.ask("search", "regulation", "--limit", 1)["total"] == whole.ask("search", "regulation", "--limit", 1)["total"]
    assert shell.ask("search", "is:starred")["total"] == len(marked)


def test_ctrl_c_keeps_what_was_done_and_says_so(tmp_path):
    records = coverage(tmp_path / "records")
    process = subprocess.Popen(
        [sys.executable, "-m", "reader", "--library", str(tmp_path / "library"), "import", str(records)],
        cwd=HERE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    library = tmp_path / "library" / "library.db"
    while not library.exists() and process.poll() is None:
        os.sched_yield()
    process.send_signal(signal.SIGINT)
    _, aside = process.communicate(timeout=60)
    assert process.returncode in (0, 130)
    assert "Traceback" not in aside
    assert Shell(tmp_path / "library").ask("check", status=0 if process.returncode in (0, 130) else 1)["ok"]
