"""What is under way is seen and can be stopped; what ended says what it came to, and what went wrong in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from reader.errors import JobRunning
from reader.library import Library
from reader.outcomes import FeedOutcome, ImportOutcome, RefreshOutcome
from reader.records import Ended, Progress
from ui import job_words
from ui.actions import Actions
from ui.activity.activity import MOST_ENDED, Activity
from ui.engine import Task
from ui.view import View


@pytest.fixture
def engine(started, tmp_path):
    return started(tmp_path / "library")


@pytest.fixture
def activity(engine, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    part = Activity(engine, View(), Actions(window))
    qtbot.addWidget(part)
    part.resize(480, 700)
    part.show()
    yield part  # noqa: PT022 - the window must live as long


def _begun(engine, name):
    """A job that says only what the test lets it say."""
    task = Task(10_000 + len(engine.children()), "start", name, (), engine)
    engine.started.emit(task)
    return task


def test_nothing_under_way_is_said_with_what_to_do(activity):
    assert activity._nothing.isVisible()
    assert not activity.running


def test_a_job_is_followed_and_can_be_stopped(activity, engine, monkeypatch):
    sent = []
    monkeypatch.setattr(engine, "send", lambda *message: sent.append(message))
    task = _begun(engine, "refresh")
    task.progress.emit(Progress(112, 386, "Asking feeds", "Sample Gazette: it is gone for good (410)"))

    [job] = activity.running
    assert job._words.text() == "Asking feeds: 112 of 386"
    assert job._bar.value() / job._bar.maximum() == pytest.approx(112 / 386)
    assert not activity._nothing.isVisible()
    assert job.stop.accessibleName() == "Stop: Refresh"

    job.stop.click()
    assert sent == [("cancel", task.id)]
    assert job.stop.text() == "Stopping …"
    task.done.emit(Ended(finished=False, args=()))
    assert not activity.running
    assert "what was done is kept" in activity.ended[0].accessibleName()


def test_an_import_tells_what_it_did_not_understand(activity, engine, tmp_path, qtbot):
    broken = tmp_path / "broken.json"
    broken.write_text('{"title": "no end', "utf-8")
    engine.start(Library.import_, [broken], ImportOutcome())
    assert [job.accessibleName() for job in activity.running] == ["Import"]
    qtbot.waitUntil(lambda: len(activity.ended) == 1)

    [ended] = activity.ended
    assert ended.open.text() == "1 record not understood"
    ended.open.click()
    assert ended.faults.isVisible()
    assert str(broken) in _words_in(ended.faults)
    ended.open.click()
    assert not ended.faults.isVisible()
    assert activity.level.text().startswith("level with the library since")


def test_a_failure_stands_in_words(activity, engine):
    task = _begun(engine, "refresh")
    task.failed.emit(JobRunning("a refresh", "the window"))
    assert "already runs (the window)" in activity.ended[0].accessibleName()


def test_remarks_are_kept_and_can_be_opened(activity, engine):
    task = _begun(engine, "bring_level")
    task.progress.emit(Progress(1, 2, "Indexing", "<b>one</b>\ntwo"))
    task.done.emit(Ended(finished=True, args=()))
    [ended] = activity.ended
    assert ended.open.text() == "2 remarks"
    ended.open.click()
    assert "<b>one</b>" in _words_in(ended.faults)


def test_many_jobs_stay_tidy(activity, engine):
    for _ in range(MOST_ENDED + 20):
        _begun(engine, "backup").done.emit(Ended(finished=True, args=()))
    assert len(activity.ended) == MOST_ENDED
    for _ in range(20):
        _begun(engine, "export")
    activity.layout().activate()
    assert {job.width() for job in activity.running} == {activity.running[0].width()}


def test_a_preview_that_succeeds_is_not_told_a_second_time(activity, engine):
    _begun(engine, "preview_feed").done.emit(Ended(finished=True, args=()))
    assert not activity.ended


def test_it_says_when_nobody_refreshes_but_her(activity, engine, qtbot):
    engine.call(Library.choose, "refresh_by_itself", False)
    qtbot.waitUntil(lambda: activity.next_refresh.text() == "Refreshes when you say", timeout=5000)


def test_the_words_of_a_refresh():
    feeds = [FeedOutcome(1, "u", "A", "new", new=9), FeedOutcome(2, "u", "B", "error", "timed out")]
    told = job_words.outcome("refresh", Ended(True, (RefreshOutcome(feeds, new=9, updated=1),)))
    assert told.words == "9 new articles, 1 changed, from 2 feeds"
    assert told.trouble == "1 feed failed"
    assert "timed out" in told.faults[0]
    assert job_words.outcome("refresh", Ended(True, (RefreshOutcome(),))).words == "No feed was due"


def test_the_words_of_a_check():
    assert job_words.outcome("check", Ended(True, ([],))).words == "Nothing is wrong with the library"
    assert job_words.outcome("check", Ended(True, (["a hole"],))).trouble == "1 problem"


def test_a_path_does_not_widen_the_column(activity, engine, qtbot):
    from reader.outcomes import BackupOutcome

    path = Path("/" + "very-long-folder-name/" * 30)
    _begun(engine, "backup").done.emit(Ended(True, (path, BackupOutcome(path))))
    assert activity.ended[0].minimumSizeHint().width() < 480


def _words_in(widget):
    from ui.controls import Words

    return " ".join(words.accessibleName() or words.text() for words in widget.findChildren(Words))
