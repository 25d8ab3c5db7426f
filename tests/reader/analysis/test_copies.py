"""Copies: the same text under another name is found, a report of its own never taken for one."""

from __future__ import annotations

from reader.analysis.copies import Copyable, Reported, copies, first_to_report, primary_sources, shared
from reader.analysis.vectors import Rarity, terms_of, weighed
from reader.records import Reading

WIRE = (
    "The city council voted late on Tuesday to end a trial of face scanning at the stadium gates. Supporters of the trial said"
    " that it had shortened queues. Opponents pointed to eleven visitors who were stopped by mistake in a single month."
)
OWN = (
    "Stadium cameras will no longer compare visitors with a watch list. A majority of councillors had lost patience with the"
    " operator, which did not say how many people were turned away, and a lawsuit by two fans was about to be heard in spring."
)


def member(article: int, provider: str, text: str, title: str = "", date: int | None = None) -> Copyable:
    reading = Reading(id=article, title=title or f"Title number {article} of them", text=text, language="en")
    return Copyable(article, provider, date, weighed(terms_of(reading), Rarity()))


def test_a_wire_text_under_another_name_is_a_copy_of_the_first() -> None:
    found = copies(
        [member(1, "b.example", WIRE, date=200), member(2, "a.example", WIRE, date=100), member(3, "c.example", OWN, date=50)]
    )
    assert found == {1: 2}


def test_the_beginning_of_a_text_is_a_copy_of_it() -> None:
    assert copies([member(1, "a.example", WIRE, date=1), member(2, "b.example", WIRE[:150], date=2)]) == {2: 1}


def test_the_same_title_alone_makes_a_copy_only_where_there_is_no_text() -> None:
    title = "Council ends face scanning at the stadium"
    assert copies([member(1, "a.example", "", title, 1), member(2, "b.example", "", title.upper(), 2)]) == {2: 1}
    assert copies([member(1, "a.example", WIRE, title, 1), member(2, "b.example", OWN, title, 2)]) == {}


def test_two_reports_of_one_event_are_two() -> None:
    one, other = member(1, "a.example", WIRE).vector, member(2, "b.example", OWN).vector
    assert shared(one, other) == 0
    assert shared(one, one) == 1


def test_what_nobody_answers_for_is_never_the_original() -> None:
    assert copies([member(1, "", WIRE, date=1), member(2, "a.example", WIRE, date=2)]) == {1: 2}


def test_the_first_to_report_has_a_date_a_name_and_words_of_its_own() -> None:
    told = [
        Reported(1, "a.example", "", 10, copy=True),
        Reported(2, "", "", 20, copy=False),
        Reported(3, "b.example", "", None, copy=False),
        Reported(4, "c.example", "", 30, copy=False),
        Reported(5, "d.example", "", 40, copy=False),
    ]
    assert first_to_report(told) == 4
    assert first_to_report(told[:3]) is None


def test_the_page_of_a_regulator_or_a_court_is_the_primary_source() -> None:
    kinds = ("regulator", "court", "outlet", "", "regulator")
    told = [Reported(at, "x.example", kind, 0, copy=at == 4) for at, kind in enumerate(kinds)]
    assert primary_sources(told) == {0, 1}


def test_what_has_the_words_of_a_regulator_copies_it_whenever_it_came() -> None:
    told = [member(1, "a.example", WIRE, date=1), member(2, "cnil.fr", WIRE, date=9)._replace(primary=True)]
    assert copies(told) == {1: 2}
