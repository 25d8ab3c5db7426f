"""What the analyst says of threads and storylines: done at once, taken back without a trace, kept through everything else."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.errors import NotFound, Refused
from reader.library import Library, restored
from reader.outcomes import BackupOutcome, ImportOutcome, RestoreOutcome
from reader.store import corrections, membership, threads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from reader.records import Progress, Thread


def finish(job: Iterable[Progress]) -> None:
    for _ in job:
        pass


@pytest.fixture
def library(sample: Path, tmp_path: Path) -> Iterator[Library]:
    shutil.copytree(sample, tmp_path / "library")
    opened = Library(tmp_path / "library")
    yield opened
    opened.close()


def stands(library: Library) -> dict[str, Any]:
    """Everything that grouping says, with the numbers under which it says so."""
    _, found = library.threads(limit=0, singles=True)
    return {
        "threads": {one.id: _at_a_glance(one) for one in found},
        "storylines": {one.id: (one.title, one.status, one.threads) for one in library.storylines()},
        "corrections": library.corrections(),
    }


def _at_a_glance(thread: Thread) -> tuple[Any, ...]:
    members = tuple((member.row.id, member.independent, member.copy_of) for member in thread.members)
    return thread.title, thread.head, thread.heat, thread.quality, thread.storyline, members


def sizes(library: Library) -> list[tuple[int, list[int]]]:
    _, found = library.threads(limit=0, singles=True)
    return sorted((one.id, [member.row.id for member in one.members]) for one in found)


def said(library: Library, kind: str, one: int, other: int, part: int) -> bool:
    """Give the analyst's word on threads that the numbers choose; whether there was something to say."""
    threads = sizes(library)
    first, second = threads[one % len(threads)], threads[other % len(threads)]
    if kind == "split":
        large = [thread for thread in threads if len(thread[1]) > 1]
        id, members = large[one % len(large)]
        library.split_thread(id, [article for at, article in enumerate(members) if at % 2 == part % 2])
        return True
    if kind == "join":
        library.join_storyline([first[0], second[0]])
        return True
    if kind == "leave":
        lines = [thread for line in library.storylines() for thread in line.threads]
        if lines:
            library.leave_storyline(lines[one % len(lines)])
        return bool(lines)
    if kind == "merge":
        library.merge_threads([first[0], second[0]])
    else:
        library.move_articles(second[1][: 1 + part % len(second[1])], first[0])
    return True


kinds = st.sampled_from(["merge", "split", "move", "join", "leave"])
words = st.lists(st.tuples(kinds, st.integers(0, 200), st.integers(0, 200), st.integers(0, 9)), min_size=1, max_size=5)


@settings(max_examples=settings().max_examples // 5)
@given(words)
@example([("join", 0, 1, 0), ("join", 0, 35, 0)])  # what was joined to one before comes along
@example([("merge", 0, 41, 0), ("merge", 0, 100, 0)])  # a storyline that a thread was merged out of counts what is left
@example([("merge", 0, 25, 0), ("merge", 0, 198, 0)])  # a thread that was merged away twice has its storyline again
def test_what_is_taken_back_was_never_said_and_what_is_done_again_stands_again(
    sample: Path, tmp_path_factory: pytest.TempPathFactory, words: list[tuple[str, int, int, int]]
) -> None:
    folder = tmp_path_factory.mktemp("said") / "library"
    shutil.copytree(sample, folder)
    library = Library(folder)
    seen = [stands(library)]
    for kind, one, other, part in words:
        try:
            done = said(library, kind, one, other, part)
        except Refused:
            continue
        if done:
            at_once = stands(library)
            finish(library.bring_level())
            seen.append(stands(library))
            assert seen[-1] == at_once, "what was said is done at once, and the job finds nothing to add"
    for before in reversed(seen[:-1]):
        assert library.undo()
        assert stands(library) == before, "at once"
        finish(library.bring_level())
        assert stands(library) == before, "and after the job"
    for after in seen[1:]:
        assert library.redo()
        finish(library.bring_level())
        assert stands(library) == after
    library.close()
    shutil.rmtree(folder)


def test_a_storyline_that_a_merge_leaves_one_thread_ends_at_once(library: Library) -> None:
    line = next(one for one in library.storylines() if len(one.threads) == 2)
    _, found = library.threads(limit=0, singles=True)
    outside = max((one for one in found if one.storyline is None), key=lambda one: len(one.members))
    small = min((one for one in found if one.id in line.threads), key=lambda one: len(one.members))
    library.merge_threads([outside.id, small.id])
    at_once = stands(library)
    assert line.id not in at_once["storylines"] or len(at_once["storylines"][line.id][2]) == 2
    finish(library.bring_level())
    assert stands(library) == at_once


@settings(max_examples=settings().max_examples // 5)
@given(st.tuples(st.integers(0, 200), st.integers(0, 200)))
def test_splitting_undoes_a_merge(sample: Path, tmp_path_factory: pytest.TempPathFactory, which: tuple[int, int]) -> None:
    folder = tmp_path_factory.mktemp("said") / "library"
    shutil.copytree(sample, folder)
    library = Library(folder)
    before = sizes(library)
    one, other = (before[at % len(before)] for at in which)
    if one != other:
        stays = library.merge_threads([one[0], other[0]])
        finish(library.bring_level())
        leaving = other[1] if stays == one[0] else one[1]
        assert library.split_thread(stays, leaving) in {one[0], other[0]}
        finish(library.bring_level())
        assert sizes(library) == before
    library.close()
    shutil.rmtree(folder)


def together(library: Library, *articles: int) -> bool:
    return len({row.thread for row in library.article_rows(articles)}) == 1


def test_what_was_said_outlives_a_regrouping_a_restart_and_a_backup(library: Library, tmp_path: Path) -> None:
    threads = [thread for thread in sizes(library) if len(thread[1]) > 2]
    (one, first), (other, second), (third, members) = threads[:3]
    line = library.storylines()[0]
    library.merge_threads([one, other])
    apart = library.split_thread(third, members[:1])
    library.rename_thread(apart, "Mine")
    library.rename_storyline(line.id, "My matter")
    out = line.threads[-1]
    mark = library.thread(out).head
    library.leave_storyline(out)
    strangers = [
        thread.id for thread in library.threads(limit=0)[1] if thread.storyline is None and thread.id not in {one, other}
    ]
    joined = library.join_storyline(strangers[:2])
    heads = [library.thread(id).head for id in strangers[:2]]

    def holds(library: Library) -> None:
        assert together(library, *first, *second)
        assert not any(together(library, members[0], other) for other in members[1:])
        rows = library.article_rows([members[0], mark, *heads])
        titles = [library.thread(row.thread).title for row in rows if row.thread]
        assert titles[0] == "Mine"
        lines = [library.thread(row.thread).storyline for row in rows if row.thread]
        mine = [line for line in library.storylines() if line.title == "My matter"]
        assert len(mine) == 1
        assert lines[1] != mine[0].id
        assert lines[2] == lines[3] is not None
        assert len(library.corrections()) == 6

    holds(library)
    finish(library.bring_level())
    finish(library.regroup())
    holds(library)
    outcome = BackupOutcome()
    finish(library.backup(tmp_path / "copy.watchdesk", outcome))
    library.close()
    again = Library(library.folder)
    holds(again)
    assert joined
    again.close()
    finish(restored(tmp_path / "copy.watchdesk", tmp_path / "back", RestoreOutcome()))
    back = Library(tmp_path / "back")
    holds(back)
    finish(back.regroup())
    holds(back)
    problems: list[str] = []
    finish(back.check(problems))
    assert problems == []
    back.close()


def test_what_was_said_is_listed_and_each_of_it_can_be_removed(library: Library) -> None:
    before = stands(library)
    (one, first), (other, second), (third, members) = [thread for thread in sizes(library) if len(thread[1]) > 2][:3]
    stays = library.merge_threads([one, other])
    apart = library.split_thread(third, members[:1])
    library.rename_thread(stays, "A  better title")
    listed = library.corrections()
    assert [(said.kind, said.threads) for said in listed] == [
        ("rename", (stays,)),
        ("split", (apart, third)),
        ("merge", (stays, *({one, other} - {stays}))),
    ]
    assert [said.title for said in listed] == ["A better title", before["threads"][third][0], before["threads"][stays][0]]
    assert set(listed[2].articles) in ({*first}, {*second})
    library.remove_correction(listed[2].id)
    assert not together(library, *first, *second)
    assert library.thread(stays).title == "A better title"
    for said in (listed[1], listed[0]):
        library.remove_correction(said.id)
        finish(library.bring_level())
    assert sizes(library) == sorted((id, [m[0] for m in kept[5]]) for id, kept in before["threads"].items())
    assert library.corrections() == []
    with pytest.raises(NotFound):
        library.remove_correction(listed[0].id)
    for _ in range(3):
        assert library.undo() == "remove_correction"
    assert library.corrections() == listed


def test_a_storyline_can_be_made_named_left_and_given_back(library: Library) -> None:
    alone = [thread.id for thread in library.threads(limit=0)[1] if thread.storyline is None][:3]
    line = library.join_storyline(alone[:2])
    assert library.join_storyline([alone[2]], line) == line
    library.rename_storyline(line, "A matter")
    assert (library.storyline(line).title, set(library.storyline(line).threads)) == ("A matter", set(alone))
    library.leave_storyline(alone[0])
    finish(library.bring_level())
    assert set(library.storyline(line).threads) == set(alone[1:])
    assert [said.kind for said in library.corrections()] == ["leave", "entitle", "join", "join"]
    library.remove_correction(library.corrections()[0].id)
    finish(library.bring_level())
    assert set(library.storyline(line).threads) == set(alone), "the word before it stands again"
    for _ in range(5):
        library.undo()
    assert library.thread(alone[0]).storyline is None
    with pytest.raises(Refused, match="in no storyline"):
        library.leave_storyline(alone[0])
    with pytest.raises(Refused, match="two threads"):
        library.join_storyline(alone[:1])


def test_articles_that_come_later_keep_to_what_was_said(library: Library, tmp_path: Path) -> None:
    """Something new on a thread that was split: it joins one side, and the sides stay apart; then all of it is taken back."""
    thread = next(one for one in library.threads(limit=0)[1] if len(one.members) > 3)
    first, second = thread.members[0].row, thread.members[1].row
    new = library.split_thread(thread.id, [first.id])
    assert first.date
    document = {
        "title": second.title, "excerpt": second.excerpt, "content": library.article(second.id).text,
        "webUrl": "https://late.example/x", "provider": {"name": "Late", "domain": "late.example"},
        "publishedDateTime": (first.date + timedelta(hours=1)).isoformat(),
    }  # fmt: skip
    source = tmp_path / "late.jsonl"
    source.write_text(json.dumps(document), "utf-8")
    outcome = ImportOutcome()
    finish(library.import_([source], outcome))
    assert not together(library, first.id, second.id)
    library.undo()
    finish(library.bring_level())
    assert together(library, first.id, second.id)
    with pytest.raises(NotFound):
        library.thread(new)


def test_a_large_thread_is_parted_for_good_as_well(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of large groups not every pair is kept: it is enough that each is one event."""
    monkeypatch.setattr(threads, "MOST_PAIRS", 3)
    whole = max(sizes(library), key=lambda thread: len(thread[1]))
    leaving, staying = whole[1][::2], whole[1][1::2]
    library.split_thread(whole[0], leaving)
    finish(library.bring_level())
    finish(library.regroup())
    assert together(library, *leaving)
    assert not {row.thread for row in library.article_rows(leaving)} & {row.thread for row in library.article_rows(staying[:1])}


def test_a_thread_that_was_made_and_joined_is_led_by_what_joined_it_when_it_is_taken_back(library: Library) -> None:
    found = next(one for one in library.threads(limit=0)[1] if len(one.members) > 2)
    other = next(one for one in library.threads(limit=0)[1] if one.id != found.id and len(one.members) > 2)
    made = library.split_thread(found.id, [found.head])
    joined = next(member.row.id for member in other.members if member.row.id != other.head)
    with library._database.write() as db:  # as grouping does with what arrives
        membership.move(db, joined, made)
        db.execute("UPDATE thread SET size = 2 WHERE id = ?", (made,))
    assert library.undo() == "split_thread"
    finish(library.bring_level())
    assert [(one.head, len(one.members)) for one in library.threads(limit=0, singles=True)[1] if one.id == made] == [(joined, 1)]


def test_words_that_contradict_each_other_do_not_group_for_ever(library: Library) -> None:
    """Each is carried out; what is left of them after one is removed cannot all hold."""
    found = library.threads(limit=0, singles=True)[1]
    days = {one.first.date(): one.head for one in found if one.first and len(one.members) == 1}
    one, two, three = list(days.values())[:3]  # of days that lie apart: not looked at in one step
    library.merge_threads([thread_of(library, one), thread_of(library, three)])
    library.move_articles([three], thread_of(library, two))  # three is not one event with one
    library.move_articles([two], thread_of(library, one))
    with library._database.write() as db:
        said = corrections.say(db, "merge", [thread_of(library, one)], [two], "", 0)
        corrections.bind(db, said, "must", [(one, two)])
    library.remove_correction(library.corrections()[1].id)  # three is one event with two again
    for steps, _ in enumerate(library.bring_level()):
        assert steps < 100


def thread_of(library: Library, article: int) -> int:
    thread = library.article_rows([article])[0].thread
    assert thread is not None
    return thread
