"""A Ctrl-C in the terminal reaches every process of the program: only the first answers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = """
import os, signal, sys
from pathlib import Path
from reader.library import Library
from reader.server import spawned

if __name__ == "__main__":
    pipe, engine = spawned(Path("library"))
    print(pipe.recv()[0], flush=True)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.kill(0, signal.SIGINT)
    pipe.send(("call", 1, Library.settings, (), {}))
    while (answer := pipe.recv())[0] != "done":
        pass
    pipe.send(("stop",))
    engine.join(10)
    print(engine.exitcode)
"""


@pytest.mark.skipif(os.name == "nt", reason="has no such groups of processes")
def test_the_engine_goes_on(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    done = subprocess.run(
        [sys.executable, program], cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, start_new_session=True,
        capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("ready\n0\n", "")
    assert done.returncode != -signal.SIGINT
