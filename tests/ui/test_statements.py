"""What reports agree on, and what they do not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reader.records import ArticleRow, Fact, Member
from ui.rail.statements import Statements, statements

DAY = datetime(2026, 3, 2, tzinfo=UTC)


def member(id: int, *, independent: bool = True) -> Member:
    row = ArticleRow(id, "", "", "", DAY, DAY, "", "en", 50, -1, False, 1, False, False, False, False, False, 100, "")
    return Member(row, independent)


def values(told: Statements) -> list[str]:
    return [one.value for one in told.agreed]


def sides(told: Statements) -> list[list[tuple[str, int, int]]]:
    return [[(side.value, len(side.own), len(side.others)) for side in one] for one in told.contradictions]


def fine(value: str, said: str, article: int) -> Fact:
    return Fact("money", value, f"The regulator ordered the company to pay {said} for every day of delay.", article)


def test_what_two_independent_reports_state_is_agreed_the_most_stated_first() -> None:
    facts = [Fact("law", "GDPR", "s", id) for id in (1, 2, 3)] + [Fact("case", "C-1/22", "s", id) for id in (1, 3)]
    told = statements([*facts, Fact("money", "EUR 5", "s", 1)], [member(1), member(2), member(3)])
    assert values(told) == ["GDPR", "C-1/22"]
    assert (len(told.agreed[0].own), told.of) == (3, 3)


def test_a_copy_agrees_with_nobody() -> None:
    facts = [Fact("law", "GDPR", "s", 1), Fact("law", "GDPR", "s", 2)]
    assert values(statements(facts, [member(1), member(2, independent=False)])) == []


def test_of_a_single_report_everything_it_states_is_told() -> None:
    assert values(statements([Fact("law", "GDPR", "s", 1)], [member(1)])) == ["GDPR"]


def test_a_company_is_not_worth_a_line() -> None:
    assert values(statements([Fact("company", "X", "s", 1)], [member(1)])) == []


def test_the_same_sentence_with_another_figure_is_a_contradiction() -> None:
    facts = [
        fine("EUR 100,000", "100,000 euros", 1),
        fine("EUR 100,000", "100,000 euros", 2),
        fine("EUR 10,000", "10,000 euros", 3),
    ]
    told = statements(facts, [member(1), member(2), member(3, independent=False)])
    assert sides(told) == [[("EUR 100,000", 2, 0), ("EUR 10,000", 0, 1)]]
    assert values(told) == []  # what is disputed is not also agreed


def test_who_states_both_as_a_correction_does_is_on_no_side() -> None:
    facts = [fine("EUR 100,000", "100,000 euros", 1), fine("EUR 10,000", "10,000 euros", 2)]
    facts += [Fact("money", value, "It is 100,000 euros, not 10,000 euros.", 3) for value in ("EUR 100,000", "EUR 10,000")]
    assert sides(statements(facts, [member(1), member(2), member(3)])) == [[("EUR 10,000", 1, 0), ("EUR 100,000", 1, 0)]]


def test_three_figures_for_one_thing_are_one_question() -> None:
    facts = [fine("EUR 1", "1 euro", 1), fine("EUR 2", "2 euros", 2), fine("EUR 3", "3 euro", 3)]
    (found,) = statements(facts, [member(1), member(2), member(3)]).contradictions
    assert {side.value for side in found} == {"EUR 1", "EUR 2", "EUR 3"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The French regulator fined the company Clearview AI 20 million euros.",
         "The Dutch regulator fined the company Clearview AI 30 million euros."),
        ("The fine against the company is 20 million euros.", "Lawyers expect a settlement worth 30 million euros."),
        ("A fine of 20 million euros.", "A fine of 30 million euros."),
    ],
)  # fmt: skip
def test_no_contradiction_is_invented(one: str, other: str) -> None:
    facts = [Fact("money", "EUR 20,000,000", one, 1), Fact("money", "EUR 30,000,000", other, 2)]
    assert sides(statements(facts, [member(1), member(2)])) == []


def test_other_units_do_not_contradict_each_other() -> None:
    facts = [fine("EUR 10", "10 euros", 1), fine("GBP 20", "20 pounds", 2)]
    assert sides(statements(facts, [member(1), member(2)])) == []


def test_figures_that_cannot_be_told_apart_in_a_sentence_are_left_alone() -> None:
    here = "The regulator ordered the company to pay 5 euros now and 7 euros for every day of delay."
    facts = [Fact("money", "EUR 5", here, 1), Fact("money", "EUR 7", here, 1), fine("EUR 9", "9 euros", 2)]
    assert sides(statements(facts, [member(1), member(2)])) == []


def test_articles_that_are_hidden_state_nothing() -> None:
    facts = [Fact("law", "GDPR", "s", 1), Fact("law", "GDPR", "s", 2)]
    assert values(statements(facts, [member(1), member(3)])) == []


def test_thousands_of_facts_are_compared_quickly() -> None:
    facts = [fine(f"EUR {id % 40}", f"{id} euros", id) for id in range(400)]
    told = statements(facts, [member(id) for id in range(400)])
    assert len(told.contradictions) == 1
