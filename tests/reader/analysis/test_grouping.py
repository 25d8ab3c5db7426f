"""Grouping: what belongs together is, whatever the order; the analyst's word stands above likeness."""

from __future__ import annotations

from itertools import permutations

from reader.analysis.clusters import Placed
from reader.analysis.grouping import HOUR, WINDOW, Bonds, Grouping
from reader.analysis.vectors import Rarity, Vector, terms_of, weighed
from reader.records import Reading

FINE = "Watchdog fines {} 9 million euros over face search engine"
COURT = "Judges strike down {} law on blanket retention of phone records"
DAY = 24 * HOUR


def placed(article: int, title: str, date: int | None = 0, stated: tuple[int, ...] = ()) -> Placed:
    return Placed(article, date, weighed(terms_of(Reading(id=article, title=title, language="en")), Rarity()), stated)


def grouped(articles: list[Placed], bonds: Bonds | None = None, grouping: Grouping | None = None) -> list[set[int]]:
    grouping = grouping or Grouping()
    for article in articles:
        grouping.place(article, bonds or Bonds())
    return sorted((set(cluster.members) for cluster in grouping.clusters.values()), key=min)


FINES = [
    placed(at, FINE.format(name), at * HOUR) for at, name in enumerate(("Facebase", "Facebase Inc", "the Facebase firm"), start=1)
]
COURTS = [placed(at, COURT.format(name), at * HOUR) for at, name in enumerate(("a", "the German"), start=4)]


def test_two_events_are_two_threads_in_any_order() -> None:
    for order in permutations(FINES + COURTS):
        assert grouped(list(order)) == [{1, 2, 3}, {4, 5}]


def test_a_story_that_comes_back_after_the_window_is_a_new_thread() -> None:
    late = placed(9, FINE.format("Facebase"), 4 * HOUR + WINDOW)
    assert grouped([*FINES, late]) == [{1, 2, 3}, {9}]


def test_a_late_article_finds_its_old_thread() -> None:
    newer = placed(9, COURT.format("a"), 300 * DAY)
    assert grouped([FINES[0], newer, FINES[1]]) == [{1, 2}, {9}]


def test_an_article_without_a_date_is_placed_by_likeness_alone() -> None:
    assert grouped([*FINES, placed(9, FINE.format("Facebase"), None)]) == [{1, 2, 3, 9}]


def test_a_date_in_its_text_decides_between_two_threads_that_it_is_like() -> None:
    early = [placed(1, FINE.format("Facebase"), 0), placed(2, FINE.format("Facebase"), HOUR)]
    late = [placed(3, FINE.format("Facebase"), 90 * DAY), placed(4, FINE.format("Facebase"), 90 * DAY + HOUR)]
    for told, expected in ((0, [{1, 2, 9}, {3, 4}]), (88 * DAY, [{1, 2}, {3, 4, 9}])):
        assert grouped([*early, *late, placed(9, FINE.format("Facebase"), None, (told,))]) == expected


def test_an_article_between_two_threads_may_join_them_but_not_over_time() -> None:
    one, other = placed(1, "Watchdog fines Facebase over faces", 0), placed(2, "Nine million euros for face search engine", HOUR)
    bridge = "Watchdog fines Facebase nine million euros over faces and face search engine"
    assert grouped([one, other]) == [{1}, {2}]
    assert grouped([one, other, placed(3, bridge, 2 * HOUR)]) == [{1, 2, 3}]
    far = placed(2, "Nine million euros for face search engine", 300 * DAY)
    assert len(grouped([one, far, placed(3, bridge, None)])) == 2


def test_what_must_be_together_is_however_unlike_and_however_far_in_time() -> None:
    far = placed(9, COURT.format("a"), 500 * DAY)
    must = {1: frozenset({9}), 9: frozenset({1})}
    assert grouped([*FINES, far], Bonds(must)) == [{1, 2, 3, 9}]


def test_what_cannot_be_together_is_not_however_alike() -> None:
    cannot = {1: frozenset({2}), 2: frozenset({1})}
    for order in permutations(FINES):
        assert not any({1, 2} <= group for group in grouped(list(order), Bonds(cannot=cannot)))


def test_the_analyst_stands_above_what_records_relate() -> None:
    must = {1: frozenset({2}), 2: frozenset({1})}
    assert grouped(FINES[:2], Bonds(must, cannot=must)) == [{1}, {2}]


def test_two_parted_threads_are_not_joined_by_an_article_that_must_be_in_both() -> None:
    must = {3: frozenset({1, 2}), 1: frozenset({3}), 2: frozenset({3})}
    cannot = {1: frozenset({2}), 2: frozenset({1})}
    found = grouped(FINES, Bonds(must, cannot))
    assert not any({1, 2} <= group for group in found)
    assert sorted(len(group) for group in found) == [1, 2]


def test_a_broad_setting_joins_what_a_narrow_one_leaves_apart() -> None:
    articles = [
        placed(1, "Watchdog fines Facebase over face search"),
        placed(2, "Shares of Facebase fall as a rival opens in three more towns"),
    ]
    assert len(grouped(articles, grouping=Grouping(breadth=0))) == 2
    assert len(grouped(articles, grouping=Grouping(breadth=1))) == 1


def test_grouping_goes_on_from_what_was_kept_as_if_it_had_not_stopped() -> None:
    whole, first, second = Grouping(), Grouping(), Grouping()
    for article in FINES[:2] + COURTS[:1]:
        first.place(article, Bonds())
    for number, cluster in enumerate(first.clusters.values(), start=1):
        second.restore(number, list(cluster.members.values()))
    rest = [FINES[2], COURTS[1]]
    assert grouped(rest, grouping=second) == grouped(FINES[:2] + COURTS[:1] + rest, grouping=whole)


def test_an_article_taken_out_leaves_nothing_behind() -> None:
    grouping = Grouping()
    for article in FINES:
        grouping.place(article, Bonds())
    thread = grouping.thread_of[2]
    grouping.remove(2)
    assert set(grouping.clusters[thread].members) == {1, 3}
    fresh = Grouping()
    fresh.restore(thread, [FINES[0], FINES[2]])
    assert grouping.clusters[thread].sum == fresh.clusters[thread].sum
    grouping.remove(1)
    grouping.remove(3)
    assert not grouping.clusters
    assert not grouping.thread_of


def test_the_larger_of_two_threads_stands_when_they_are_merged() -> None:
    grouping = Grouping()
    grouping.restore(7, FINES[:2])
    grouping.restore(3, COURTS[:1])
    must = {9: frozenset({1, 4}), 1: frozenset({9}), 4: frozenset({9})}
    joined = grouping.place(placed(9, "Something else altogether"), Bonds(must))
    assert (joined.thread, joined.merged) == (7, (3,))


def test_a_thread_that_has_grown_takes_in_what_none_of_its_articles_is_like_enough_to() -> None:
    """Each article has a fifth in common with the first one, too little to join it; four together are clearly about it."""

    def made(article: int, weights: dict[int, float]) -> Placed:
        return Placed(article, article * HOUR, Vector(weights, article, 0, (), 0, "en"))

    lonely = made(1, {1: 1.0})
    alike = [made(article, {1: 0.21, 2: 0.454, 100 + article: 0.866}) for article in (2, 3, 4, 5)]
    assert grouped([lonely, *alike[:3]]) == [{1}, {2, 3, 4}]
    assert grouped([lonely, *alike]) == [{1, 2, 3, 4, 5}]


# The nearest of the latest articles of a thread


def of_terms(article: int, date: int | None, *terms: int) -> Placed:
    return Placed(article, date, Vector(dict.fromkeys(terms, len(terms) ** -0.5), 0, 0, (), 0, "en"))


def moved_on(latest: Placed) -> list[Placed]:
    """A large story whose centroid stayed far behind the latest of its articles."""
    return [*(of_terms(100 + at, at, 100 + at) for at in range(60)), latest]


def test_a_large_story_is_near_by_the_latest_of_its_articles() -> None:
    for date, expected in ((HOUR, 1), (-HOUR, -1)):
        grouping = Grouping()
        grouping.restore(1, moved_on(of_terms(99, date, 1, 2)))
        assert grouping.place(of_terms(9, HOUR, 1, 2), Bonds()).thread == expected


def test_threads_that_an_article_may_not_join_keep_none_from_being_looked_at_closely() -> None:
    grouping = Grouping()
    grouping.restore(1, moved_on(of_terms(99, HOUR, 1, 2)))
    for other in (2, 3, 4):
        grouping.restore(other, [of_terms(other, HOUR, 1)])
    cannot = {9: frozenset({2, 3, 4})}
    assert grouping.place(of_terms(9, HOUR, 1, 2), Bonds(cannot=cannot)).thread == 1
