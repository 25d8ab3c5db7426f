"""Briefings of real pages and of hostile words: every quote stands, nothing is carried out, nothing fails."""

from __future__ import annotations

import importlib.util
import json
import re
import unicodedata

import pypdfium2
import pytest

from reader.analysis.anchors import anchor_at, find
from reader.errors import Refused
from reader.jobs import publish
from reader.outcomes import Published
from reader.records import BriefingItem, Outlet, Record
from reader.store import articles, briefings
from reader.store.annotations import add_highlight, add_note
from reader.text import sentences

NOW = 1_800_000_000
PAGES = 24


def letters(words):
    return "".join(letter for letter in words if not letter.isspace() and unicodedata.category(letter) != "Cf")


@pytest.fixture(scope="module")
def hostile_texts(data):
    folder = data / "hostile"
    spec = importlib.util.spec_from_file_location("samples", folder / "samples.py")
    samples = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(samples)
    return {record["id"]: json.loads(samples.load(record)) for record in samples.records() if record["kind"] == "text"}


@pytest.fixture(scope="module")
def pages(data):
    return [path.read_text("utf-8") for path in sorted((data / "pages").glob("*.gold.txt"))]


def export(database, id, folder):
    outcomes = []
    for ending in publish.ENDINGS:
        outcomes.append(Published())
        for _ in publish.run(database, id, folder / f"brief{ending}", outcome=outcomes[-1]):
            pass
    return outcomes[0]


def test_hostile_words_are_exported_as_words(database, tmp_path, hostile_texts):
    with database.write() as db:
        items = []
        for number, (name, text) in enumerate(hostile_texts.items()):
            record = Record(
                title=text[:2000] or name, text=text, author=text[:500], provider=Outlet(text[:200], f"p{number}.example")
            )
            id, _ = articles.keep(db, record, NOW)
            said = text if len(text) < 15_000 else text[:15_000]
            if letters(said):
                add_note(db, said, NOW, article=id)
            items.append(BriefingItem("article", id, said))
        id = briefings.new(db, "Hostile words", NOW, items=items)
    outcome = export(database, id, tmp_path)
    assert outcome.pages >= 3
    assert b"/JavaScript" not in (tmp_path / "brief.pdf").read_bytes()
    page = (tmp_path / "brief.html").read_text()
    assert not re.search(r"<(script|img|iframe|link)\b", page)


def test_titles_of_any_words_are_kept_or_refused(database, tmp_path, hostile_texts):
    for name, text in hostile_texts.items():
        try:
            with database.write() as db:
                id = briefings.new(db, text, NOW, audience=text[:200], summary=text)
        except Refused:
            assert len(text) > 300 or not letters(text), name
        else:
            assert export(database, id, tmp_path).pages == 2


def test_every_quote_of_real_pages_stands_in_the_pdf(database, tmp_path, pages):
    marked = []
    with database.write() as db:
        items = []
        for number, text in enumerate(pages[:PAGES]):
            record = Record(title=f"Page {number}", text=text, provider=Outlet("A page", f"page{number}.example"))
            id, _ = articles.keep(db, record, NOW)
            kept = articles.article(db, id).text
            for sentence in [one for one in sentences(kept) if 40 < len(one) < 400 and one in kept][:3]:
                start = kept.index(sentence)
                add_highlight(db, id, anchor_at(kept, start, start + len(sentence)), "green", NOW)
                marked.append(sentence)
            items.append(BriefingItem("article", id))
        id = briefings.new(db, "Pages", NOW, items=items)
    outcome = export(database, id, tmp_path)
    assert len(marked) > PAGES
    with pypdfium2.PdfDocument(tmp_path / "brief.pdf") as pdf:
        whole = letters("".join(page.get_textpage().get_text_range() for page in pdf))
    foot = re.compile(r"\d*https?://\S*")
    missing = [one for one in marked if letters(one) not in whole and not foot.search(one)]
    assert outcome.warnings == ()
    # A quote that goes over the end of a page is parted by what stands at the foot of it.
    assert len(missing) <= len(marked) // 10


def test_highlights_of_real_pages_are_found_after_edits_elsewhere(pages):
    for text in pages:
        for place in range(0, len(text) - 80, 997):
            mark = anchor_at(text, place, place + 70)
            edited = (
                "A line that was not there.\n\n" + text[:place].replace(" the ", " that ") + text[place:].replace(" is ", " was ")
            )
            found = find(edited, mark)
            if found is not None and mark.exact.strip() in edited:
                assert edited[slice(*found)] == mark.exact.strip()
            untouched = " the " not in text[max(0, place - 40) : place] and " is " not in text[place : place + 120]
            if untouched and edited.count(mark.exact) == 1:
                assert found is not None
