"""Threads against labelled stories, the real way: `import` of JSONL, then `threads --all --json`; and how fast, at what size.

Beside ours stands the plainest peer there is: one pass of TF-IDF with a centroid, measured on the same articles in the same run.
Run by `./run bench threads`; `--quick` leaves out the large sets and makes the archive smaller, `--json` prints one document.
"""

from __future__ import annotations

import argparse
import json
import math
import platform
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil

from benchmarks.data import data
from reader.jobs import group
from reader.records import Outlet, Record
from reader.store import articles
from reader.store.database import Database

GOALS = {"covid_hand": 0.955, "fulltext": 0.92, "uci": 0.84, "og2021, English": 0.79, "og2021": 0.70}
QUICK = ("covid_hand", "fulltext")
SPEED_GOAL = 1000
P99_GOAL = 5.0
MEMORY_GOAL = 150
A_DAY = 274
"""Articles a day of an archive of 100,000 a year: its speed depends on how dense it is, not on how long."""

Row = dict[str, Any]
Figure = dict[str, Any]


# How well


def labelled(name: str) -> list[Row]:
    """A set of labelled articles, in order of time."""
    folder = data()
    assert folder is not None
    file, _, language = name.partition(", ")
    lines = (folder / "threads" / f"{file}.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    return sorted((row for row in rows if not language or row["language"] == "en"), key=lambda row: (row["published"], row["id"]))


def as_records(rows: list[Row]) -> list[Row]:
    """The articles as records for `import`; the address tells each from every other."""
    found = []
    for row in rows:
        slug = re.sub("[^a-z0-9]+", "-", row["publisher"].lower()).strip("-") or "unknown"
        found.append({
            "title": row["title"],
            "excerpt": row["text"][:300],
            "content": row["text"],
            "publishedDateTime": row["published"],
            "language": row["language"],
            "webUrl": f"https://{slug}.example/{row['id']}",
            "provider": {"name": row["publisher"] or "unknown", "domain": f"{slug}.example"},
        })  # fmt: skip
    return found


def ours(rows: list[Row]) -> dict[str, int]:
    """The thread of each article, through the shell as a user goes."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "articles.jsonl"
        source.write_text("".join(f"{json.dumps(record)}\n" for record in as_records(rows)), "utf-8")
        library = str(Path(folder) / "library")
        _shell("--library", library, "import", str(source), "--json")
        threads = json.loads(_shell("--library", library, "threads", "--all", "--limit", "0", "--json"))["threads"]
    of_address = {article["webUrl"].rpartition("/")[2]: thread["id"] for thread in threads for article in thread["articles"]}
    return {row["id"]: of_address[row["id"]] for row in rows}


def _shell(*words: str) -> str:
    return subprocess.run([sys.executable, "-m", "reader", *words], check=True, capture_output=True, text=True).stdout


def peer(rows: list[Row], near: float = 0.25) -> dict[str, int]:
    """One pass of TF-IDF over title and text, joined to the nearest centroid that is near enough."""
    seen: Counter[str] = Counter()
    sums: list[defaultdict[str, float]] = []
    found: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        words = Counter(re.findall(r"\w+", f"{row['title']} {row['title']} {row['text']}".lower()))
        seen.update(words.keys())
        weights = {word: (1 + math.log(count)) * math.log((number + 1.5) / (seen[word] + 0.5)) for word, count in words.items()}
        length = math.hypot(*weights.values()) or 1.0
        vector = {word: weight / length for word, weight in weights.items() if weight > 0}
        likeness = [
            sum(weight * total.get(word, 0.0) for word, weight in vector.items()) / (math.hypot(*total.values()) or 1.0)
            for total in sums
        ]
        best = max(range(len(sums)), key=likeness.__getitem__, default=None)
        if best is None or likeness[best] < near:
            best = len(sums)
            sums.append(defaultdict(float))
        for word, weight in vector.items():
            sums[best][word] += weight
        found[row["id"]] = best
    return found


def b_cubed(rows: list[Row], threads: dict[str, int]) -> tuple[float, float]:
    """B-cubed F1 (Bagga and Baldwin 1998) and F1 over pairs."""
    stories = Counter(row["story"] for row in rows)
    sizes = Counter(threads[row["id"]] for row in rows)
    cells = Counter((row["story"], threads[row["id"]]) for row in rows)
    precision = sum(count * count / sizes[thread] for (_, thread), count in cells.items()) / len(rows)
    recall = sum(count * count / stories[story] for (story, _), count in cells.items()) / len(rows)
    together = sum(map(_pairs, cells.values()))
    pairs = 2 * together / ((sum(map(_pairs, sizes.values())) + sum(map(_pairs, stories.values()))) or 1)
    return 2 * precision * recall / (precision + recall), pairs


def _pairs(count: int) -> float:
    return count * (count - 1) / 2


def accuracy(quick: bool) -> list[Figure]:
    """B-cubed F1 of every set, and their mean."""
    if data() is None:
        return []
    figures, sums = [], [0.0, 0.0]
    names = QUICK if quick else tuple(GOALS)
    for name in names:
        rows = labelled(name)
        mine, pairs = b_cubed(rows, ours(rows))
        theirs = None if quick or len(rows) > 3000 else b_cubed(rows, peer(rows))[0]
        figures.append(_figure(f"{name}: B-cubed F1", mine, theirs, "TF-IDF, one pass", "", GOALS[name]))
        figures.append(_figure(f"{name}: F1 of pairs", pairs, None, "", "", None))
        sums = [sums[0] + mine, sums[1] + GOALS[name]]
    figures.append(_figure("mean B-cubed F1", sums[0] / len(names), None, "", "", sums[1] / len(names)))
    return figures


# How fast


def archive(count: int, days: int = 365) -> list[Record]:
    """Made-up coverage: events with words of their own among words that all share, from three hundred outlets."""
    chance = random.Random(5)
    parts = ("ba", "co", "di", "fu", "gre", "ha", "lo", "mi", "nu", "pra", "re", "sto", "ti", "vel", "xa", "zo")
    words = ["".join(chance.choices(parts, k=chance.choice((2, 3, 3, 4)))) for _ in range(20_000)]
    common = chance.choices(words, [1 / (rank + 10) for rank in range(len(words))], k=500_000)
    start = datetime(2025, 1, 1, tzinfo=UTC)
    found: list[Record] = []
    while len(found) < count:
        own, begins = ["".join(chance.choices(parts, k=5)) for _ in range(8)], chance.uniform(0, days * 24)
        for _ in range(chance.choice((1, 1, 1, 1, 2, 2, 3, 5, 9))):
            at = chance.randrange(len(common) - 70)
            title, text = own[:4] + common[at : at + 5], own * 2 + common[at + 5 : at + 65]
            chance.shuffle(title)
            chance.shuffle(text)
            date = start + timedelta(hours=begins + chance.uniform(0, 24))
            outlet = f"o{chance.randrange(300)}.example"
            said = f"{' '.join(text).capitalize()}."
            found.append(
                Record(title=" ".join(title).capitalize(), excerpt=said, text=said, date=date, language="en",
                       web_url=f"https://{outlet}/{len(found)}", provider=Outlet("", outlet))
            )  # fmt: skip
    return sorted(found[:count], key=lambda record: record.date or start)


def speed(count: int) -> list[Figure]:
    """Articles a CPU-second while an archive grows to `count` and at that size, the slowest percent, regrouping, and memory.

    The job runs in processes of their own, which have not made up what is grouped.
    """
    made = archive(count + 1000, round(count / A_DAY) + 1)
    with tempfile.TemporaryDirectory() as folder:
        _keep(Path(folder), made[:count])
        growing = _job(folder, "level")
        _keep(Path(folder), made[count:])
        del made
        at_size, regrouped = _job(folder, "level"), _job(folder, "regroup")
    memory = max(growing["memory"], at_size["memory"], regrouped["memory"])
    return [
        _figure(f"growing to {count:,}", growing["rate"], None, "", "articles/CPU-s", SPEED_GOAL),
        _figure("  the slowest tenth of it", growing["slowest"], None, "", "articles/CPU-s", SPEED_GOAL),
        _figure("  p99 of an article", growing["p99"], None, "", "CPU-ms", P99_GOAL),
        _figure(f"1,000 more at {count:,}", at_size["rate"], None, "", "articles/CPU-s", SPEED_GOAL),
        _figure("  p99 of an article", at_size["p99"], None, "", "CPU-ms", P99_GOAL),
        _figure(f"regrouping {count + 1000:,}", regrouped["seconds"], None, "", "CPU-s", 180 * (count + 1000) / 100_000),
        _figure(f"memory of the job at {count:,}", memory, None, "", "MB", MEMORY_GOAL),
    ]


def _keep(folder: Path, records: list[Record]) -> None:
    database = Database(folder)
    for start in range(0, len(records), 1000):
        with database.write() as db:
            for record in records[start : start + 1000]:
                articles.keep(db, record, database.now())
    database.close()


def _job(folder: str, what: str) -> dict[str, float]:
    """What `_measured` found, in a process of its own."""
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.threads", "--job", what, "--library", folder],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    found: dict[str, float] = json.loads(told)
    return found


def _measured(folder: Path, what: str) -> dict[str, float]:
    """Articles a CPU-second, in all and in the slowest tenth; CPU-ms of an article in the slowest percent of steps; MB."""
    database = Database(folder)
    began = last = time.process_time()
    steps: list[tuple[int, float]] = []
    done, memory, process = 0, 0, psutil.Process()
    for step in group.level(database) if what == "level" else group.regroup(database):
        now = time.process_time()
        if step.done > done:
            steps.append((step.done - done, now - last))
            done, last = step.done, now
            memory = max(memory, process.memory_info().rss)
    database.close()
    each = sorted(seconds * 1000 / articles for articles, seconds in steps)
    return {
        "seconds": last - began,
        "rate": done / (last - began),
        "slowest": min(_tenths(steps)),
        "p99": each[int(len(each) * 0.99)],
        "memory": memory / 1024 / 1024,  # not `ru_maxrss`, which on Linux begins with that of the process that made this one
    }


def _tenths(steps: list[tuple[int, float]]) -> list[float]:
    """Articles a CPU-second in each tenth of the steps."""
    size = max(1, -(-len(steps) // 10))
    parts = [steps[at : at + size] for at in range(0, len(steps), size)]
    return [sum(count for count, _ in part) / sum(seconds for _, seconds in part) for part in parts]


# Told


def _figure(what: str, mine: float, theirs: float | None, name: str, unit: str, goal: float | None) -> Figure:
    ratio = mine / theirs if theirs else None
    return {"what": what, "ours": mine, "peer": theirs, "peerName": name, "ratio": ratio, "unit": unit, "goal": goal}


def main() -> None:
    """Measure, and say what came out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--job", choices=("level", "regroup"), help=argparse.SUPPRESS)
    parser.add_argument("--library", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.job:
        print(json.dumps(_measured(args.library, args.job)))
        return
    size = 4_000 if args.quick else 100_000
    figures = speed(size) + accuracy(args.quick)
    if args.json:
        machine = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
        print(json.dumps({"name": "threads", "size": size, "machine": machine, "figures": figures}, indent=2))
        return
    for figure in figures:
        peer_says = f"   {figure['peerName']} {figure['peer']:.3f}" if figure["peer"] is not None else ""
        goal = f"   goal {figure['goal']:g}" if figure["goal"] is not None else ""
        print(f"{figure['what']:50} {figure['ours']:10.3f} {figure['unit']}{goal}{peer_says}")
    if data() is None:
        print("no labelled articles here: only the speed was measured")


if __name__ == "__main__":
    main()
