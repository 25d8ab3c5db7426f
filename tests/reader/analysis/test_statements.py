"""What reports agree on, and what they do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from reader.analysis.statements import statements
from reader.records import ArticleRow, Fact, Member, Statements

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


# The same thing in other words


def told_of(kind: str, *said: tuple[str, str], copy: int = 0, nameless: int = 0) -> list[list[str]]:
    """What is disputed of these values and sentences, one article each."""
    facts = [Fact(kind, value, sentence, id) for id, (value, sentence) in enumerate(said, start=1)]
    members = [
        replace(member(id, independent=id not in {copy, nameless}), copy_of=1 if id == copy else None)
        for id in range(1, len(said) + 1)
    ]
    return [[side.value for side in one] for one in statements(facts, members).contradictions]


PICTURES = (
    (
        "20,000,000,000 images",
        "Clearview collects faces from websites and sells access to a database of around 20 billion pictures.",
    ),
    ("10,000,000,000 images", "The start-up, which has collected 10 billion images worldwide, must stop using them."),
)
CLEARVIEW = (
    ("EUR 20,000,000", "On Thursday the regulator slapped a fine of 20 million euros on Facebase for breaching privacy laws."),
    ("EUR 30,000,000", "Facebase was handed a 30-million-euro fine for breaching the privacy laws of the union."),
)


def test_billions_of_pictures_against_billions_of_images_are_a_contradiction() -> None:
    assert told_of("count", *PICTURES) == [["10,000,000,000 images", "20,000,000,000 images"]]


def test_who_tells_of_then_and_now_is_on_no_side() -> None:
    facts = [Fact("count", value, sentence, id) for id, (value, sentence) in enumerate(PICTURES, start=1)]
    facts.append(
        Fact("count", "10,000,000,000 images", "A year ago it wrote of 10 billion images; now it writes of 20 billion.", 3)
    )
    told = statements(facts, [member(1), member(2), member(3)])
    assert sides(told) == [[("10,000,000,000 images", 1, 0), ("20,000,000,000 images", 1, 0)]]


def test_of_billions_of_pictures_there_is_one_collection_in_a_thread() -> None:
    one = ("20,000,000,000 images", "The regulator put the size of the company's database at more than 20 billion images.")
    other = ("10,000,000,000 images", "In decision SAN it is written that the firm has amassed 10 billion photos of faces.")
    assert told_of("count", one, other) == [["10,000,000,000 images", "20,000,000,000 images"]]


def test_a_text_of_unknown_origin_has_a_side_and_a_copy_has_none() -> None:
    assert told_of("count", *PICTURES, nameless=2) == [["20,000,000,000 images", "10,000,000,000 images"]]
    assert told_of("count", *PICTURES, copy=2) == []


def test_faces_in_place_of_images_count_the_same_where_there_are_billions() -> None:
    faces = ("10,000,000,000 faces", "The start-up has collected 10 billion faces from the websites of the world.")
    assert told_of("count", PICTURES[0], faces) == [["10,000,000,000 faces", "20,000,000,000 images"]]


def test_two_fines_for_one_thing_are_a_contradiction() -> None:
    assert told_of("money", *CLEARVIEW) == [["EUR 20,000,000", "EUR 30,000,000"]]


def test_how_many_were_killed_is_one_question_whoever_says_so() -> None:
    one = ("42 people", "Shifa Hospital, the main medical center, said 42 people were killed in the Jabaliya school.")
    other = ("30 people", "Some 30 people were killed when artillery shells landed at a school, the hospital told us.")
    assert told_of("count", one, other) == [["30 people", "42 people"]]


def test_two_counts_of_one_report_are_none() -> None:
    facts = [Fact("count", value, sentence, id) for id, (value, sentence) in enumerate(PICTURES, start=1)]
    facts.append(Fact("count", "1,000,000,000 images", "Another 1 billion images were collected by its rival.", 2))
    assert sides(statements(facts, [member(1), member(2)])) == []


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("count", ("20,000,000,000 images", PICTURES[0][1]),
         ("10,000,000,000 images", "Ten months ago it had collected 10 billion images from websites.")),
        ("count", ("20,000,000,000 images", PICTURES[0][1]),
         ("10,000,000,000 images", "Il y a dix mois, elle parlait de 10 milliards d'images.")),
        ("count", ("20,000,000,000 images", "The database of Clearview holds 20 billion images."),
         ("3,000,000,000 images", "The database of Facebase holds 3 billion images.")),
        ("count", ("2,000,000,000 users", "The company has 2 billion users."),
         ("1,000,000,000 users", "Templates of 1 billion users were deleted.")),
        ("count", PICTURES[0], ("400,000,000 images", "It has collected 400 million images in all.")),
        ("count", ("5,000 people", "At least 5,000 people were killed by the earthquake in Syria."),
         ("1,000 people", "At least 1,000 people were killed by the earthquake in Turkey.")),
        ("count", ("500 people", "Some 500 people took to the streets against the law."),
         ("900 people", "The law covers 900 people who work at the airport.")),
        ("money", ("EUR 20,000,000", CLEARVIEW[0][1]),
         ("EUR 30,000,000", "Facebase risks a fine of up to 30 million euros for breaching privacy laws.")),
        ("money", ("EUR 20,000,000", CLEARVIEW[0][1]),
         ("EUR 10,000,000", "Every breach of privacy laws costs Facebase a penalty of 10 million euros a month.")),
        ("money", ("EUR 20,000,000", CLEARVIEW[0][1]),
         ("EUR 30,000,000", "Facebase agreed to a settlement of 30 million euros for breaching privacy laws.")),
        ("money", ("EUR 20,000,000", "The CNIL imposed a fine of 20 million euros on Facebase for breaching privacy laws."),
         ("EUR 30,000,000", "Garante imposed on Facebase, says Reuters, a fine of 30 million euros for breaching privacy laws.")),
    ],
)  # fmt: skip
def test_history_limits_rates_and_other_things_are_none(kind: str, one: tuple[str, str], other: tuple[str, str]) -> None:
    assert told_of(kind, one, other) == []


@pytest.mark.parametrize("rough", ["7,500,000", "7,550,000", "8,000,000"])
def test_a_figure_in_fewer_digits_is_no_other_figure(rough: str) -> None:
    said = "The regulator fined the company {} pounds over its pictures of the residents"
    facts = [Fact("money", f"GBP {value}", said.format(value), id) for id, value in enumerate((rough, "7,552,800"), start=1)]
    assert sides(statements(facts, [member(1), member(2)])) == []
