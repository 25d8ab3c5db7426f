from __future__ import annotations

import json
import re
import unicodedata

import psutil
import pypdfium2
import pytest

from reader.errors import NotFound, PublishError, Refused
from reader.jobs import publish
from reader.jobs.publish import typeset
from reader.jobs.publish.gather import gathering
from reader.outcomes import Published
from reader.records import BriefingItem, Outlet
from reader.store import briefings
from tests.reader.jobs.publish.briefed import CHINESE, CNIL, FINE, HERALD, NOW, WIRE, Coverage, make_briefing, make_long_briefing


def made(database, make):
    with database.write() as db:
        return make(db)


def document(database, id, now):
    work = gathering(database.db, id, now.date())
    list(work.sections())
    return work.document(), work.warnings


def written(database, id, path):
    outcome = Published()
    steps = list(publish.run(database, id, path, outcome=outcome))
    assert steps[-1].done == steps[-1].total
    assert outcome.path == path
    return outcome


def brief(database, *items, **words):
    return made(database, lambda db: briefings.new(db, words.pop("title", "Week 42"), NOW, items=items, **words))


def letters(words):
    """Words without white space and invisible characters: what two extractions of one page agree on."""
    return "".join(letter for letter in words if not letter.isspace() and unicodedata.category(letter) != "Cf")


# The document


def test_a_thread_becomes_a_section_with_its_figures(database, now):
    found, warnings = document(database, made(database, make_briefing), now)
    section = found.sections[0]
    assert warnings == []
    assert [one.title for one in found.sections[3:]] == ["Further articles", "Marked passages"]
    assert (section.articles, section.independent, section.copies) == (7, 6, 1)
    assert (section.heat, section.quality) == (136, 96)
    assert [event.source for event in section.timeline] == list(range(1, 8))
    assert [event.provider for event in section.timeline if event.copy] == ["Sample Herald"]
    assert section.storyline.title == "Clearview AI in Europe"
    assert [chapter.current for chapter in section.storyline.chapters] == [False, True, False, False]
    assert ("€20 million", 6) in [(one.value, one.reports) for one in section.statements]
    assert ("€10,000", 0) in [(one.value, one.reports) for one in section.statements]
    assert (found.threads, found.articles, found.quotes) == (3, len(found.sources), 9)


def test_every_quote_stands_in_the_stored_text(database, now):
    found, _ = document(database, made(database, make_briefing), now)
    texts = [text for (text,) in database.db.execute("SELECT text FROM content")]
    marked = [piece.text for section in found.sections for entry in section.entries for quote in entry.quotes
              for piece in quote.pieces if piece.colour]  # fmt: skip
    assert len(marked) == 9
    assert all(any(words in text for text in texts) for words in marked)


def test_a_quote_that_no_longer_stands_is_left_out_and_said_to_be(database, now):
    id = made(database, make_briefing)
    with database.write() as db:
        db.execute("UPDATE content SET text = replace(text, 'more than 20 billion images', 'more than 30 billion images')")
    found, warnings = document(database, id, now)
    assert (found.quotes, found.left_out) == (8, 1)
    assert warnings == [
        "left out: “more than 20 billion images” no longer stands in “Facial recognition: 20 million euros penalty against…”"
    ]


def test_a_moved_quote_is_quoted(database, now):
    id = made(database, make_briefing)
    with database.write() as db:
        db.execute("UPDATE content SET text = 'Update of 21 October.' || char(10) || char(10) || text")
    assert document(database, id, now)[0].quotes == 9


def test_a_chosen_article_of_a_chosen_thread_is_shown_there_once(database, now):
    def make(db):
        cover = Coverage(db)
        ids = [cover.article(WIRE, f"Report {n}", f"Report {n} of the matter.", f"2026-01-0{n}T10:00+00:00") for n in (1, 2, 3)]
        thread = cover.thread("A matter", ids[0], ids, heat=90, quality=70)
        items = [BriefingItem("thread", thread), BriefingItem("article", ids[2], "Read this one.")]
        return briefings.new(db, "One", NOW, items=items)

    found, _ = document(database, made(database, make), now)
    assert [section.kind for section in found.sections] == ["thread"]
    assert [(entry.title, entry.comment[0].text) for entry in found.sections[0].entries] == [("Report 3", "Read this one.")]


def test_threads_that_were_merged_since_are_one_section(database, now):
    id = made(database, make_long_briefing)
    with database.write() as db:
        db.execute("UPDATE thread SET merged_into = 1 WHERE id = 2")
        db.execute("UPDATE membership SET thread = 1 WHERE thread = 2")
    found, _ = document(database, id, now)
    assert len(found.sections) == 11
    assert found.sections[0].articles == 10


def test_a_hidden_article_is_not_shown_unless_it_was_marked(database, now):
    id = made(database, make_briefing)
    with database.write() as db:
        db.execute("UPDATE state SET hidden = 1")
    section = document(database, id, now)[0].sections[0]
    assert section.articles == 5
    assert "Sample Wire" not in [event.provider for event in section.timeline]


def test_a_thread_without_marks_shows_its_best_reports(database, now):
    found, _ = document(database, made(database, make_long_briefing), now)
    assert [entry.quality for entry in found.sections[0].entries] == [62, 63]
    assert found.sections[0].lead.startswith("Report 5 on matter 1.")


def test_a_removed_highlight_is_named(database, now):
    id = made(database, make_briefing)
    with database.write() as db:
        db.execute("UPDATE highlight SET removed = 1")
    found, warnings = document(database, id, now)
    assert found.quotes == 0
    assert warnings == ["highlight 9 was removed since and was left out"]


def test_a_briefing_has_an_end(database, now, monkeypatch):
    monkeypatch.setattr("reader.jobs.publish.gather.MOST_SOURCES", 12)
    found, warnings = document(database, made(database, make_long_briefing), now)
    assert len(found.sections) == 2
    assert len(warnings) == 10
    assert "at most 12 articles" in warnings[0]


def test_only_addresses_that_one_may_follow_become_links(database, now):
    def make(db):
        cover = Coverage(db)
        urls = ("javascript:alert(1)", "file:///etc/passwd", "", "https://ä.example/ö?q=1", "https://x.example/" + "a" * 9000)
        items = [BriefingItem("article", cover.article(CNIL, f"A{n}", f"Text {n}.", None, url=url)) for n, url in enumerate(urls)]
        return briefings.new(db, "Links", NOW, items=items)

    found, _ = document(database, made(database, make), now)
    assert [source.url for source in found.sources] == ["", "", "", "https://%C3%A4.example/%C3%B6?q=1", ""]


def test_a_summary_keeps_its_paragraphs_and_points(database, now):
    found, _ = document(database, made(database, make_briefing), now)
    assert [one.point for one in found.summary] == [False, True, True, True, False]
    assert found.abstract.startswith("Five European authorities")
    assert len(found.abstract) <= 360


# Files


def test_a_pdf_opens_with_outline_contents_and_every_quote(database, tmp_path, now):
    id = made(database, make_briefing)
    outcome = written(database, id, tmp_path / "brief.pdf")
    found, _ = document(database, id, now)
    pdf = pypdfium2.PdfDocument(tmp_path / "brief.pdf")
    assert (len(pdf), outcome.sources, outcome.warnings) == (outcome.pages, 15, ())
    assert pypdfium2.raw.FPDFCatalog_IsTagged(pdf.raw)
    assert pdf.get_metadata_dict()["Title"] == "Clearview AI and the harvest of faces"
    titles = [bookmark.get_title() for bookmark in pdf.get_toc()]
    assert {section.title for section in found.sections} <= set(titles)
    pages = [page.get_textpage().get_text_range() for page in pdf]
    assert f"Page 2 of {len(pdf) - 1}" in pages[2]
    contents = letters(pages[1])
    for section in found.sections:
        assert letters(section.title) in contents
    whole = letters("".join(pages))
    for section in found.sections:
        for entry in section.entries:
            for quote in entry.quotes:
                assert all(letters(piece.text) in whole for piece in quote.pieces if piece.colour)
                assert all(letters(words.text) in whole for remark in quote.remarks for words in remark.words)
    pdf.close()


def test_the_same_briefing_gives_the_same_bytes(database, tmp_path):
    id = made(database, make_briefing)
    written(database, id, tmp_path / "one.pdf")
    written(database, id, tmp_path / "two.pdf")
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


@pytest.mark.parametrize("title", ["Empty", "الإحاطة الإعلامية", "A title " * 37, "标题" * 100])
def test_an_empty_briefing_is_a_cover_and_a_page(database, tmp_path, title):
    outcome = written(database, brief(database, title=title), tmp_path / "brief.pdf")
    assert (outcome.pages, outcome.sources, outcome.warnings) == (2, 0, ())


HOSTILE = (
    '#read("/etc/passwd") $x$ #import "@preview/cetz:0.1.0" *b* _i_ `c` <l> @ref \\ // /* [ ] { } = - + ~ https://x.example'
    " <script>alert(1)</script> ![](x) \x00\x07\u202egnihtyna\u202c z" + "\u0301" * 1000 + " \ue000 \U0001f9ff \ua9b2 a\ufffeb"
)


def test_hostile_words_mean_nothing_and_stop_nothing(database, tmp_path):
    def make(db):
        article = Coverage(db).article(
            Outlet(HOSTILE[:60], "x.example"), HOSTILE, HOSTILE * 40 + "好" * 9000, None, author=HOSTILE
        )
        items = [BriefingItem("article", article, HOSTILE)]
        return briefings.new(db, HOSTILE[:200], NOW, audience=HOSTILE, summary=HOSTILE, items=items)

    id = made(database, make)
    outcome = written(database, id, tmp_path / "brief.pdf")
    assert len(outcome.warnings) == 1
    assert outcome.warnings[0].startswith("characters that our fonts lack are shown as \ufffd: U+")
    pdf = pypdfium2.PdfDocument(tmp_path / "brief.pdf")
    assert letters('#read("/etc/passwd") $x$ #import "@preview/cetz:0.1.0" *b* _i_ `c`') in letters(
        "".join(page.get_textpage().get_text_range() for page in pdf)
    )
    pdf.close()
    page = written(database, id, tmp_path / "brief.html").path.read_text()
    assert "<script" not in page
    written(database, id, tmp_path / "brief.md")


def test_a_web_page_has_the_quotes_and_loads_nothing(database, tmp_path):
    page = written(database, made(database, make_briefing), tmp_path / "brief.html").path.read_text()
    assert '<mark class="blue">more than 20 billion images</mark>' in page
    assert '<blockquote lang=ar dir="rtl">' in page
    assert "Content-Security-Policy" in page
    assert not re.search(r"src=|<script|<link|url\(|@import", page)
    for number in re.findall(r'href="#source-(\d+)"', page):
        assert f'id="source-{number}"' in page


def test_markdown_has_the_quotes_and_the_sources(database, tmp_path):
    words = written(database, made(database, make_briefing), tmp_path / "brief.md").path.read_text()
    assert words.startswith("# Clearview AI and the harvest of faces\n\nMedia briefing no. 1 for the Minister")
    assert "> It has gathered **more than 20 billion images** in this way.\n" in words
    assert "\n1. “Facial recognition: 20 million euros penalty against Clearview AI”, CNIL, 20 October 2022. <https://" in words


def test_json_is_the_document(database, tmp_path):
    found = json.loads(written(database, made(database, make_briefing), tmp_path / "brief.json").path.read_text())
    assert found["date"] == "2026-11-22"
    assert found["sections"][0]["leadSource"] == 1
    assert found["sources"][5]["title"] == "人脸识别公司在法国被罚两千万欧元"
    assert len(found["sources"][0]["digest"]) == 64
    assert CHINESE[-15:] == found["sections"][0]["entries"][3]["quotes"][0]["pieces"][-1]["text"]
    assert FINE[:20] in found["sections"][0]["lead"]


# What goes wrong


def test_a_missing_briefing_and_an_unknown_ending_are_refused(database, tmp_path):
    with pytest.raises(NotFound, match="no briefing 9"):
        written(database, 9, tmp_path / "brief.pdf")
    with pytest.raises(Refused, match=r"\.pdf, \.html, \.md, \.json"):
        written(database, brief(database), tmp_path / "brief.odt")
    assert list(tmp_path.glob("brief*")) == []


def test_a_place_that_cannot_be_written_is_said_in_one_line(database, tmp_path):
    id = brief(database)
    with pytest.raises(PublishError, match="no such file or directory"):
        written(database, id, tmp_path / "nowhere" / "brief.json")
    (tmp_path / "brief.json").mkdir()
    with pytest.raises(PublishError, match="is a folder"):
        written(database, id, tmp_path / "brief.json")


def test_a_failing_export_leaves_what_stood_there(database, tmp_path, monkeypatch):
    path = tmp_path / "brief.pdf"
    path.write_bytes(b"last week's")
    id = made(database, make_briefing)
    monkeypatch.setattr(typeset, "SECONDS", 0.0)
    with pytest.raises(PublishError, match="took longer than 0 s"):
        written(database, id, path)
    assert path.read_bytes() == b"last week's"
    monkeypatch.undo()
    monkeypatch.setattr("os.fsync", no_space)
    with pytest.raises(PublishError, match="no space left on device"):
        written(database, id, tmp_path / "brief.json")
    assert [one.name for one in tmp_path.glob("*brief*")] == ["brief.pdf"]


def no_space(handle):
    raise OSError(28, "No space left on device")


def test_an_export_can_be_stopped_while_it_is_set(database, tmp_path):
    work = publish.run(database, made(database, make_briefing), tmp_path / "brief.pdf", outcome=Published())
    while "setting" not in next(work).label:
        pass
    next(work)
    work.close()
    assert list(tmp_path.glob("*brief*")) == []


def test_copies_are_told_from_reports_of_unknown_providers(database, now):
    def make(db):
        cover = Coverage(db)
        known = cover.article(HERALD, "Known", "A report of a provider.", "2026-01-01T10:00+00:00")
        unknown = cover.article(Outlet(), "Unknown", "A text from nowhere, saved by hand.", None, url="")
        thread = cover.thread("Two", known, [known, unknown], heat=70, quality=70)
        db.execute("UPDATE membership SET independent = 0 WHERE article = ?", (unknown,))
        return briefings.new(db, "Two", NOW, items=[BriefingItem("thread", thread)])

    section = document(database, made(database, make), now)[0].sections[0]
    assert (section.articles, section.independent, section.copies, section.undated) == (2, 1, 0, 1)


# Before it is printed


def test_each_page_can_be_looked_at(database, tmp_path):
    id = made(database, make_briefing)
    pages: list[bytes] = []
    steps = list(publish.preview(database, id, pages, 40))
    assert steps[-1].done == steps[-1].total
    assert len(pages) == written(database, id, tmp_path / "b.pdf").pages
    assert {page[:8] for page in pages} == {b"\x89PNG\r\n\x1a\n"}
    width, height = (int.from_bytes(pages[0][at : at + 4], "big") for at in (16, 20))
    assert (width, height) == pytest.approx((8.27 * 40, 11.69 * 40), abs=2)  # A4


def test_a_page_is_not_drawn_at_any_size(database):
    id = made(database, make_briefing)
    for ppi in (0, -110, 10**6):
        with pytest.raises(Refused):
            list(publish.preview(database, id, [], ppi))
    with pytest.raises(NotFound):
        list(publish.preview(database, 999, [], 110))


def test_a_preview_that_is_stopped_leaves_no_child(database):
    id = made(database, make_briefing)
    steps = publish.preview(database, id, [], 110)
    while next(steps).label != "setting the pages":
        pass
    steps.close()
    assert [child for child in psutil.Process().children() if "spawn_main" in " ".join(child.cmdline())] == []
