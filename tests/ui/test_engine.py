"""The window's line to the engine: answers, changes, failures, and an engine that dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from reader.errors import EngineStopped, NotFound
from reader.library import Library
from reader.outcomes import ExportOutcome
from ui.asking import Asking
from ui.engine import Engine

PATIENCE = 30_000
ROOT = Path(__file__).resolve().parents[2]


def test_a_question_is_answered(engine: Engine, qtbot):
    with qtbot.waitSignal(engine.ask(Library.threads, limit=3).done, timeout=PATIENCE) as answer:
        pass
    total, threads = answer.args[0]
    assert total > len(threads) == 3


def test_a_command_tells_what_it_changed_before_it_is_done(engine: Engine, qtbot):
    order: list[str] = []
    engine.changed.connect(lambda changes: order.append(f"changed {sorted(changes.articles)}"))
    engine.did.connect(lambda task, answer: order.append(f"did {task.name} {answer}"))
    task = engine.call(Library.mark, "starred", [1], True)
    task.done.connect(lambda answer: order.append(f"done {answer}"))
    with qtbot.waitSignal(task.over, timeout=PATIENCE):
        pass
    assert order[-2:] == ["did mark 1", "done 1"]
    assert "changed [1]" in order


def test_a_failure_goes_to_who_asked_for_it_and_else_to_the_window(engine: Engine, qtbot):
    told: list[object] = []
    engine.failed.connect(told.append)
    with qtbot.waitSignal(engine.ask(Library.article, 999_999).failed, timeout=PATIENCE) as failed:
        pass
    assert isinstance(failed.args[0], NotFound)
    assert [type(error) for error in told] == [NotFound]
    mine: list[object] = []
    with qtbot.waitSignal(engine.ask(Library.article, 999_999).otherwise(mine.append).over, timeout=PATIENCE):
        pass
    assert len(mine) == len(told) == 1


def test_who_asks_again_hears_the_last_answer_alone_and_the_line_is_not_kept_waiting(engine: Engine, qtbot):
    asking, heard, over = Asking(engine), [], []
    asking.answered.connect(lambda answer: heard.append(answer.query))
    for word in ("iris", "face", "gait"):
        asking.ask(Library.look_up, word, limit=1)
        assert asking._task is not None
        asking._task.over.connect(lambda word=word: over.append(word))
    with qtbot.waitSignal(asking.answered, timeout=PATIENCE):
        pass
    assert heard == ["gait"]
    assert over[-1] == "gait"
    assert set(over) == {"iris", "face", "gait"}  # answered or withdrawn, none is left behind


def test_a_job_brings_back_what_it_filled_in(engine: Engine, qtbot, tmp_path: Path):
    with qtbot.waitSignal(
        engine.start(Library.export, tmp_path / "feeds.opml", "opml", ExportOutcome()).done, timeout=PATIENCE
    ) as done:
        pass
    ended = done.args[0]
    assert ended.finished
    assert ended.args[2].written > 0
    assert (tmp_path / "feeds.opml").stat().st_size > 0


@pytest.fixture
def own_engine(qapp, sample: Path):
    engine = Engine(sample)
    yield engine
    engine.close()


def test_an_engine_that_is_killed_is_told_of_and_comes_back(own_engine: Engine, qtbot):
    with qtbot.waitSignal(own_engine.ready, timeout=PATIENCE):
        pass
    with qtbot.waitSignal(own_engine.call(Library.mark, "starred", [1], True).done, timeout=PATIENCE):
        pass
    killed = own_engine.process_id
    assert killed
    waiting = own_engine.start(Library.regroup)
    with (
        qtbot.waitSignals([own_engine.died, own_engine.ready, waiting.failed], timeout=PATIENCE),
        qtbot.waitSignal(waiting.failed, timeout=PATIENCE, check_params_cb=lambda error: isinstance(error, EngineStopped)),
    ):
        os.kill(killed, signal.SIGKILL)
    assert own_engine.process_id != killed
    with qtbot.waitSignal(own_engine.ask(Library.article_rows, [1]).done, timeout=PATIENCE) as answer:
        pass
    assert answer.args[0][0].starred


def test_an_engine_that_dies_again_is_left_alone_until_it_is_asked_for(own_engine: Engine, qtbot):
    for again in (True, False):
        with qtbot.waitSignal(own_engine.ready, timeout=PATIENCE):
            pass
        with qtbot.waitSignal(own_engine.died, timeout=PATIENCE, check_params_cb=lambda said, again=again: said is again):
            os.kill(own_engine.process_id or 0, signal.SIGKILL)
    with qtbot.waitSignal(own_engine.ask(Library.threads).failed, timeout=PATIENCE):
        pass
    assert not own_engine.is_ready
    own_engine.restart()
    with qtbot.waitSignal(own_engine.ready, timeout=PATIENCE):
        pass
    with qtbot.waitSignal(own_engine.ask(Library.threads).done, timeout=PATIENCE):
        pass


def test_a_program_that_forgets_to_close_its_engine_ends_all_the_same(sample: Path):
    forgets = (
        "import sys\nfrom pathlib import Path\nfrom PySide6.QtCore import QCoreApplication\nfrom ui.engine import Engine\n"
        "if __name__ == '__main__':\n    app = QCoreApplication([])\n    engine = Engine(Path(sys.argv[1]))\n"
        "    engine.ready.connect(app.quit)\n    app.exec()\n"
    )
    script = sample.parent / "forgets.py"
    script.write_text(forgets, "utf-8")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    assert subprocess.run([sys.executable, str(script), str(sample)], env=environment, timeout=60, check=False).returncode == 0
