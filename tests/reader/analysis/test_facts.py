"""Facts: the same in six languages, each with the sentence that proves it."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.analysis import laws
from reader.analysis.facts import KINDS, facts, sentence_around
from reader.records import Reading


def stated(text: str, kind: str, **known: object) -> list[str]:
    return [fact.value for fact in facts(Reading(**{"id": 1, "title": "", "text": text, **known})) if fact.kind == kind]


@pytest.mark.parametrize(
    "text",
    [
        "a fine of €20 million",
        "a 20-million-euro fine",
        "EUR 20 million",
        "€20m",
        "une amende de 20 millions d’euros",
        "20.000.000 Euro Bußgeld",
        "20 Mio. Euro",
        "una multa de 20 millones de euros",
        "una sanzione di 20 milioni di euro",
        "een boete van 20 miljoen euro",
        "20 000 000 euros",
    ],
)
def test_a_sum_is_the_same_however_it_is_written(text: str) -> None:
    assert stated(text, "money") == ["EUR 20,000,000"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$1.4 billion", "USD 1,400,000,000"),
        ("US$650 million", "USD 650,000,000"),
        ("£7.5m", "GBP 7,500,000"),
        ("30,5 miljoen euro", "EUR 30,500,000"),
        ("1,2 Mrd. Euro", "EUR 1,200,000,000"),
        ("€100,000 per day", "EUR 100,000"),
        ("€99.50", "EUR 99.5"),
        ("CHF 2'500", "CHF 2,500"),
    ],
)
def test_currencies_marks_and_scales(text: str, value: str) -> None:
    assert stated(text, "money") == [value]


@pytest.mark.parametrize(
    "text",
    [
        "10 billion images of faces",
        "10 milliards d’images",
        "10 Milliarden Bilder",
        "10 miliardi di immagini",
        "10 miljard foto’s",
        "more than 10 billion facial photos",
    ],
)
def test_a_count_is_the_same_however_it_is_written(text: str) -> None:
    assert stated(text.replace("’s", "'s"), "count") == ["10,000,000,000 images"]


def test_a_year_is_no_count() -> None:
    assert stated("In 2021 people protested.", "count") == []


@pytest.mark.parametrize(
    "text",
    [
        "on 17 October 2022",
        "on October 17, 2022",
        "le 17 octobre 2022",
        "am 17. Oktober 2022",
        "el 17 de octubre de 2022",
        "il 17 ottobre 2022",
        "op 17 oktober 2022",
        "2022-10-17",
    ],
)
def test_a_day_is_the_same_however_it_is_written(text: str) -> None:
    assert stated(text, "date") == ["2022-10-17"]


def test_a_day_without_a_year_is_the_nearest_to_when_it_was_said() -> None:
    assert stated("on Dec. 30", "date", date=datetime(2022, 1, 3, tzinfo=UTC)) == ["2021-12-30"]
    assert stated("on 29 February", "date", date=datetime(2023, 1, 3, tzinfo=UTC)) == []
    assert stated("on Dec. 30", "date") == []
    assert stated("on 31 February 2022", "date") == []


@pytest.mark.parametrize(
    "text",
    [
        "within two months",
        "dans un délai de deux mois",
        "innerhalb von zwei Monaten",
        "en un plazo de dos meses",
        "entro due mesi",
        "binnen twee maanden",
    ],
)
def test_a_deadline_is_the_same_however_it_is_written(text: str) -> None:
    assert stated(text, "date") == ["within 2 months"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Article 5(1)(a) of the GDPR", "GDPR Art. 5(1)(a)"),
        ("GDPR, Art. 83", "GDPR Art. 83"),
        ("l’article 9 du RGPD", "GDPR Art. 9"),
        ("Art. 6 DSGVO", "GDPR Art. 6"),
        ("el artículo 9 del RGPD", "GDPR Art. 9"),
        ("artikel 9 van de AVG", "GDPR Art. 9"),
        ("the AI Act", "AI Act"),
        ("die KI-Verordnung", "AI Act"),
        ("BIPA Section 15(b)", "BIPA Section 15(b)"),
        ("the Biometric Information Privacy Act", "BIPA"),
        ("Regulation (EU) 2016/679", "Regulation (EU) 2016/679"),
    ],
)
def test_laws_by_one_name_with_their_article(text: str, value: str) -> None:
    assert stated(text, "law") == [value]


@pytest.mark.parametrize(
    "number",
    [
        "C-311/18",
        "SAN-2022-019",
        "2021/0106(COD)",
        "T-557/20",
        "1:20-cv-00512",
        "PS/00120/2021",
        "1 BvR 256/08",
        "[2020] EWCA Civ 1058",
    ],
)
def test_numbers_of_cases(number: str) -> None:
    assert stated(f"In the case {number} it was decided.", "case") == [number]


def test_a_hyphen_of_the_typesetter_is_a_hyphen() -> None:
    assert stated("C‑311/18", "case") == ["C-311/18"]


def test_authorities_and_companies() -> None:
    text = "The CNIL and the Information Commissioner’s Office fined Clearview AI and Example Vision GmbH."
    assert stated(text.replace("’", "'"), "authority") == ["CNIL", "ICO"]
    assert stated(text, "company") == ["Clearview AI", "Example Vision GmbH"]
    assert stated("Regulator Fines Clearview AI", "company") == ["Clearview AI"]


def test_each_fact_has_the_sentence_that_says_it() -> None:
    text = "It began in May.\n\nThe watchdog spoke on Monday. It set a fine of €5 million for the firm. Nobody was surprised."
    (fact,) = (fact for fact in facts(Reading(id=7, title="Fine", text=text)) if fact.kind == "money")
    assert fact.sentence == "It set a fine of €5 million for the firm."
    assert fact.article == 7


def test_what_is_said_twice_is_one_fact() -> None:
    assert stated("€5 million. Yes, €5 million. Or 5 million euros.", "money") == ["EUR 5,000,000"]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_any_text_has_facts_of_known_kinds(text: str) -> None:
    assert all(fact.kind in KINDS and fact.value and fact.sentence for fact in facts(Reading(id=1, title="T", text=text)))


@given(st.text(alphabet="0123456789.,' €$mbn\n", max_size=60))
def test_any_number_is_read_or_left(text: str) -> None:
    facts(Reading(id=1, title="", text=text))


def test_a_long_run_of_digits_takes_no_time() -> None:
    assert facts(Reading(id=1, title="", text="1 " * 6000)) == ()
    assert facts(Reading(id=1, title="", text="A " * 6000)) == ()


def test_a_passage_in_no_sentence_gives_its_paragraph() -> None:
    assert sentence_around("one two three", 4, 7) == "one two three"


# Texts are looked at quickly first, for words that every name has


@pytest.mark.parametrize("pattern", [*laws.LAWS.values(), laws.NUMBERED])
@given(data=st.data())
def test_every_form_of_the_name_of_a_law_is_found(pattern: str, data: st.DataObject) -> None:
    assert list(laws.laws(f"so says {data.draw(st.from_regex(pattern, fullmatch=True))}."))


@pytest.mark.parametrize("pattern", laws.AUTHORITIES.values())
@given(data=st.data())
def test_every_form_of_the_name_of_an_authority_is_found(pattern: str, data: st.DataObject) -> None:
    assert list(laws.authorities(f"so says {data.draw(st.from_regex(pattern, fullmatch=True))}."))


@pytest.mark.parametrize("name", laws.KNOWN)
def test_every_known_company_is_found(name: str) -> None:
    assert [value for _, _, value in laws.companies(f"so says {name}.")] == [name]


@pytest.mark.parametrize(
    "case",
    [
        "C-311/18", "SAN-2022-019", "2021/0106(COD)", "2021/0106 (COD)", "COM(2021) 206", "COM (2021) 206",
        "ECLI:EU:C:2020:559", "1:20-cv-00846", "PS/00120/2021", "1 BvR 256/08", "[2020] EWCA Civ 1058",
        "Application no. 58170/13", "Requête n° 58170/13", "Docket No. 20-1234",
    ],
)  # fmt: skip
def test_every_form_of_the_number_of_a_case_is_found(case: str) -> None:
    assert list(laws.cases(f"so it says in {case}, on its first page"))


@pytest.mark.parametrize("text", ["999 " * 25_000, "€" + "1" * 100_000, "1,000," * 16_000, "12 two of " * 10_000])
def test_a_text_full_of_numbers_is_read_at_once(text: str) -> None:
    began = time.process_time()
    assert not stated(text, "money")
    assert time.process_time() - began < 1


def test_a_sum_is_as_large_as_it_is_said() -> None:
    assert stated("It costs US$ 999,999,999,999,999 trillion.", "money") == ["USD 999,999,999,999,999,000,000,000,000"]
