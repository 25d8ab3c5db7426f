"""An import that is killed loses nothing that it said was kept, doubles nothing, and is finished by running it again."""

from __future__ import annotations

import json
import random
import subprocess
import sys

import pytest

from reader.jobs import backup
from reader.jobs.exchange import read
from reader.outcomes import ImportOutcome
from reader.store.database import Database

PROGRAM = """
import sys
from pathlib import Path
from reader.jobs.exchange import read
from reader.outcomes import ImportOutcome
from reader.store.database import Database

if __name__ == "__main__":
    database, outcome = Database(Path(sys.argv[1])), ImportOutcome()
    for _ in read(database, [Path(sys.argv[2])], outcome=outcome):
        print(len(outcome.articles), flush=True)
    print("done", flush=True)
"""
RECORDS = 2000


@pytest.fixture
def coverage(tmp_path):
    """Records in two files and some texts, each record with a related one."""
    folder = tmp_path / "coverage"
    folder.mkdir()
    for part in range(2):
        lines = (
            json.dumps(
                {
                    "title": f"Regulator decides case {part}-{number}",
                    "webUrl": f"https://paper.example/{part}/{number}",
                    "content": "The regulator decided on Tuesday that the company has to stop. " * 20,
                    "quality": number % 100,
                    "related": [
                        {"title": f"Another view of {part}-{number}", "webUrl": f"https://other.example/{part}/{number}"}
                    ],
                }
            )
            for number in range(RECORDS // 4)
        )
        (folder / f"{part}.jsonl").write_text("\n".join(lines))
    return folder


def killed_at(moment, library, coverage):
    """Run an import and kill it after so many steps; how many articles it said it had kept, and whether it was done."""
    with subprocess.Popen([sys.executable, "-c", PROGRAM, library, coverage], stdout=subprocess.PIPE, text=True) as process:
        said = 0
        for step, line in enumerate(process.stdout):
            if line.strip() == "done":
                return said, True
            said = int(line)
            if step >= moment:
                process.kill()
    return said, False


def test_killed_imports(tmp_path, coverage, long):
    chance = random.Random(20261122)
    library = tmp_path / "library"
    for _ in range(50 if long else 3):
        said, done = killed_at(chance.randrange(1, 40), library, coverage)
        database = Database(library)
        kept = database.db.execute("SELECT count(*) FROM article").get
        assert kept >= said
        assert database.db.execute("SELECT count(*) FROM related").get * 2 == kept
        problems: list[str] = []
        for _ in backup.check(database, problems):
            pass
        assert problems == []
        database.close()
        if done:
            for file in library.iterdir():
                file.unlink()
    database, outcome = Database(library), ImportOutcome()
    for _ in read(database, [coverage], outcome=outcome):
        pass
    assert outcome.imported + outcome.unchanged == RECORDS == database.db.execute("SELECT count(*) FROM article").get
    assert outcome.updated == 0
    assert outcome.faults == []
    database.close()
