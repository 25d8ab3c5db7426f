"""How much is asked of a likeness: more where everything is alike, less where most articles follow others, nothing kept."""

from __future__ import annotations

import pytest

from reader.analysis.clusters import Placed
from reader.analysis.grouping import HOUR, Bonds, Grouping
from reader.analysis.surroundings import Surroundings
from reader.analysis.vectors import Vector


def vector(**weights: float) -> Vector:
    """A vector whose terms are numbered by their first letter."""
    length = sum(weight * weight for weight in weights.values()) ** 0.5
    return Vector({ord(term): weight / length for term, weight in weights.items()}, 1, 0, (), 0, "en")


def around(*threads: list[dict[int, float]]) -> Surroundings:
    found = Surroundings()
    for articles in threads:
        sums: dict[int, float] = {}
        square = 0.0
        for size, weights in enumerate(articles):
            was = square
            for term, weight in weights.items():
                sums[term] = sums.get(term, 0.0) + weight
            square = sum(weight * weight for weight in sums.values())
            found.came(weights, (size, was), square)
    return found


def test_of_an_empty_archive_nothing_is_asked_on_top() -> None:
    assert Surroundings().asked() == 0.0


def test_more_is_asked_where_all_threads_are_alike() -> None:
    strangers = around(*[[{term: 1.0}] for term in range(80)])
    relatives = around(*[[{term: 0.9, 999: 0.19**0.5}] for term in range(80)])
    assert relatives.asked() > strangers.asked() + 0.2


def test_less_is_asked_where_most_articles_follow_others() -> None:
    each_alone = around(*[[{term: 1.0}] for term in range(200)])
    followed = around(*[[{term: 1.0}] * 10 for term in range(20)])
    assert followed.asked() < each_alone.asked() - 0.02


def test_threads_that_went_leave_no_trace() -> None:
    stays, goes = [{1: 0.6, 2: 0.8}, {1: 1.0}], [{2: 0.6, 3: 0.8}, {3: 1.0}, {2: 1.0}]
    found = around(stays, goes)
    sums = {2: 1.6, 3: 1.8}
    found.went(sums, 3, 1.6**2 + 1.8**2)
    found.without(3)
    assert found.asked() == pytest.approx(around(stays).asked(), abs=1e-12)


def test_the_same_likeness_is_near_among_strangers_and_far_among_relatives() -> None:
    """Two articles alike by 0.3: enough where nothing else is, too little where everything is."""
    pair = [vector(a=1.0), vector(a=0.3, b=0.91**0.5)]
    relatives = [vector(**{chr(500 + number): 0.8, "z": 0.6}) for number in range(60)]
    for others, together in (([], True), (relatives, False)):
        grouping = Grouping()
        for number, other in enumerate(others):
            grouping.restore(1000 + number, [Placed(1000 + number, 0, other)])
        for number, one in enumerate(pair):
            grouping.place(Placed(number, HOUR, one), Bonds())
        assert (grouping.thread_of[0] == grouping.thread_of[1]) is together


def test_a_thread_fades_with_each_hour_of_silence() -> None:
    pair = [vector(a=1.0), vector(a=0.24, b=(1 - 0.24**2) ** 0.5)]
    for hours, together in ((1, True), (60, False)):
        grouping = Grouping()
        for number, one in enumerate(pair):
            grouping.place(Placed(number, number * hours * HOUR, one), Bonds())
        assert (grouping.thread_of[0] == grouping.thread_of[1]) is together
