"""Heat: the formula of the records, who leads, and a receipt that adds up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.analysis.heat import Scored, followers, head_of, heat, history, published, receipt
from reader.records import NOT_SCORED


def member(
    article: int, quality: float | None, *, provider: str = "a.example", date: int | None = 0, copy_of: int | None = None
) -> Scored:
    independent = bool(provider) and copy_of is None
    return Scored(article, f"Title {article}", provider, quality, date, independent, copy_of)


def test_a_head_gains_ten_points_for_each_independent_article() -> None:
    assert heat(70, 1) == 80
    assert heat(49.9, 7) == 49.9
    assert heat(50, 7) == 120
    assert heat(60, 2, step=20) == 100
    assert heat(None, 3) == NOT_SCORED


def test_the_best_leads_then_the_earliest_and_never_one_without_a_provider() -> None:
    nobody = member(1, 99, provider="", date=0)
    assert head_of([member(2, 60, date=9), member(3, 61, date=9)]).article == 3
    assert head_of([member(2, 60, date=9), member(3, 60, date=8), nobody]).article == 3
    assert head_of([member(2, 60, date=None), member(3, 60, date=8)]).article == 3
    assert head_of([nobody]).article == 1
    assert head_of([member(2, None), member(3, 0)]).article == 3


def test_copies_and_nameless_articles_add_nothing() -> None:
    members = [member(1, 70), member(2, 60, copy_of=1), member(3, 50, provider=""), member(4, 40)]
    assert followers(members) == 1


def test_a_report_is_not_counted_beside_the_copy_that_leads() -> None:
    members = [member(1, 60), member(2, 80, copy_of=1), member(3, 50)]
    assert head_of(members).article == 2
    assert followers(members) == 1


def test_published_follows_heat_unless_the_analyst_decided() -> None:
    assert published(70)
    assert not published(69.9)
    assert not published(200, decision=False)
    assert published(-1, decision=True)
    assert published(60, publish_at=60)


MEMBERS = st.lists(
    st.builds(
        member,
        st.integers(1, 10_000),
        st.none() | st.integers(0, 213),
        provider=st.sampled_from(["", "a.example", "b.example"]),
        date=st.none() | st.integers(0, 10**9),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda one: one.article,
)


@given(MEMBERS, st.data())
def test_receipts_add_up_to_the_heat(members: list[Scored], data: st.DataObject) -> None:
    for at in range(1, len(members)):
        if data.draw(st.booleans()):
            members[at] = members[at]._replace(copy_of=members[0].article, independent=False)
    found = receipt(members)
    assert sum(line.points for line in found.lines) == found.score
    assert found.score == heat(head_of(members).quality, followers(members))
    assert all(line.why for line in found.lines)


def test_heat_has_a_history_of_steps() -> None:
    members = [member(1, 60, date=10), member(2, 55, date=30), member(3, 50, date=20, copy_of=1), member(4, 70, date=40)]
    assert history(members) == ((10, 60), (30, 70), (40, 90))
    assert history([member(1, None, date=1)]) == history([member(1, 60, date=None)]) == ()


@given(MEMBERS)
def test_the_last_step_of_the_history_is_the_heat_that_a_thread_has(members: list[Scored]) -> None:
    own = list({one.article: one for one in members}.values())
    steps = history(own)
    now = heat(head_of(own).quality, followers(own))
    if steps and now != NOT_SCORED:
        assert steps[-1][1] == now
        assert [moment for moment, _ in steps] == sorted({moment for moment, _ in steps})
