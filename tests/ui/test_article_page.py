"""The article as HTML: designed, escaped, flat, and true to the text it shows."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import hypothesis.strategies as st
import pytest
from hypothesis import given

from reader.records import Anchor, Article, ArticleRow, Highlight, Note, Picture, Revision
from reader.web.clean import clean, text_of
from ui import theme
from ui.page.article_page import Look, Reading, host, page
from ui.page.blocks import MOST_PARAGRAPH, MOST_TOKEN, PART, parts
from ui.page.body import blocks
from ui.page.passages import Squeezed
from ui.page.what_changed import changes

NOW = datetime(2022, 10, 20, 10, 2, tzinfo=UTC)
LOOK = Look(theme.LIGHT)
PICTURE = "https://a.example/face.png"


def article(content="", *, kind="text/html", **changed) -> Article:
    content = clean(content) if kind == "text/html" else content
    row = {
        "id": 7, "title": "A penalty", "provider": "CNIL", "domain": "cnil.fr", "date": NOW, "arrived": NOW, "excerpt": "",
        "language": "en", "quality": 96.0, "heat": 0.0, "published": False, "thread": None, "read": False, "starred": False,
        "hidden": False, "captured": True, "annotated": False, "word_count": 460, "web_url": "https://cnil.fr/a",
    }  # fmt: skip
    whole = {
        "key": "", "text": text_of(content) if kind == "text/html" else content, "author": "", "category": "", "type": "article",
        "original_url": "", "amp_url": "", "cdn_amp_url": "", "topics": (), "images": (), "related": (), "secured": "",
        "recorded": {}, "revisions": (), "highlights": (), "notes": (),
    }  # fmt: skip
    row |= {name: changed.pop(name) for name in list(changed) if name in row}
    return Article(row=ArticleRow(**row), content=content, content_type=kind, **(whole | changed))


def shown(told: Article, **reading):
    part = next(parts(blocks(told)), ())
    return page(Reading(article=told, part=part, **reading), LOOK)


def said(made) -> str:
    return "".join(piece.words for piece in made.pieces)


def of_text(made) -> str:
    return Squeezed("".join(piece.words for piece in made.pieces if piece.is_text)).words


class Tags(HTMLParser):
    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


# The head


def test_the_head_says_who_when_in_what_language_and_how_long():
    made = said(shown(article("<p>x</p>", topics=("Biometrics", "Fines"))))
    for words in ("CNIL", "Thursday 20 October 2022", "English", "2 min", "A penalty", "Quality 96", "Biometrics", "Fines"):
        assert words in made


def test_the_quality_leads_to_its_receipt_with_a_bar_of_ours():
    assert '<a href="receipt:quality">' in shown(article("<p>x</p>")).html
    assert 'src="watch:quality/96"' in shown(article("<p>x</p>")).html
    assert 'src="watch:quality/100"' in shown(article("<p>x</p>", quality=140.0)).html
    without = shown(article("<p>x</p>", quality=None))
    assert "Not scored yet" in said(without)
    assert "watch:quality" not in without.html


def test_the_title_is_not_said_twice():
    assert said(shown(article("<h1>A  Penalty</h1><p>x</p>"))).count("enalty") == 1
    assert said(shown(article("<h1>Another heading</h1><p>x</p>"))).count("Another heading") == 1


def test_highlights_and_notes_are_counted_and_a_note_on_the_article_stands_there():
    anchor = Anchor("x", "", "", 0, 1)
    told = article(
        "<p>x</p>",
        highlights=(Highlight(1, 7, anchor, "yellow", NOW),),
        notes=(Note(3, "Ask <b>them</b>\nagain", NOW, article=7), Note(4, "On the mark", NOW, highlight=1)),
    )
    made = shown(told)
    assert "1 highlight, 2 notes" in said(made).replace("\xa0", " ")
    assert "Ask <b>them</b>" in said(made)
    assert "Ask &lt;b&gt;them" in made.html
    assert '<a href="note:3">' in made.html
    assert "On the mark" not in said(made)


def test_an_excerpt_says_that_it_is_one():
    made = shown(article(kind="text/plain", text="A few words.", excerpt="A few words."))
    assert "Only an excerpt is known here." in said(made)
    assert '<a href="https://cnil.fr/a">' in made.html
    assert "Only an excerpt" not in said(shown(article("<p>The whole text of it.</p>")))


def test_a_feed_whose_text_is_its_excerpt_has_only_that():
    told = article("<p>A few words of it …</p>", excerpt="A few words of it …", captured=False)
    assert "Only an excerpt is known here." in said(shown(told))


def test_orphans_are_listed_with_their_meaning_and_never_in_the_text():
    orphan = Highlight(9, 7, Anchor("words that went", "", "", 0, 5), "pink", NOW)
    made = shown(article("<p>other words</p>", highlights=(orphan,)), orphans=(orphan,))
    assert "Highlights whose words are gone" in said(made)
    assert "Contradiction" in said(made)
    assert "words that went" in said(made)
    assert '<a href="forget:9">' in made.html
    assert "wordsthatwent" not in of_text(made)


def test_arabic_stands_at_the_right():
    made = shown(article("<p>قالت</p><ul><li>بند</li></ul>", language="ar", title="فرنسا"))
    assert made.html.count('dir="rtl"') >= 4
    assert 'dir="rtl"' not in shown(article("<p>x</p>")).html


# The body


def test_lists_quotes_and_tables_are_designed():
    made = shown(
        article(
            "<ul><li>one<ul><li>deep</li></ul></li></ul><ol start=4><li>four</li></ol><blockquote>said</blockquote>"
            "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>"
            "<h2>Sub</h2><h4>Minor</h4><hr><pre>a  b</pre>"
        )
    )
    assert [(one.mark, one.indent) for one in made.beside if one.mark] == [("•", 20), ("•", 40), ("4.", 28)]
    assert [one.bar for one in made.beside if one.bar] == [theme.LIGHT.edge]
    assert "-qt-user-state:4" in made.html
    assert '<p class="data"><b>A' in made.html
    assert '<p class="subhead">Sub</p>' in made.html
    assert '<p class="minor">Minor</p>' in made.html
    assert "<pre>a  b</pre>" in made.html


def test_a_table_that_lays_out_a_page_becomes_paragraphs():
    made = shown(article(f"<table><tr><td>menu</td><td>{'word ' * 400}</td></tr></table>"))
    assert "border-collapse" not in made.html
    assert of_text(made).startswith("menuword")


def test_pictures_come_from_the_library_or_not_at_all():
    body = f'<p>a</p><img src="{PICTURE}" alt="A face"><img src="https://b.example/1"><img src="https://b.example/2"><p>b</p>'
    without = shown(article(body))
    assert "Picture, not saved: A face" in said(without)
    assert "2 pictures, not saved" in said(without)
    made = shown(article(body, images=(Picture(PICTURE, cached=True),)), pictures={PICTURE: (1280, 400)})
    assert made.pictures == (PICTURE,)
    assert 'src="watch:picture/0" width="640" height="200"' in made.html
    assert PICTURE not in made.html


def test_the_picture_of_the_feed_leads_where_the_text_has_none():
    told = article("<p>a</p>", images=(Picture(PICTURE, cached=True),))
    assert shown(told, pictures={PICTURE: (10, 10)}).pictures == (PICTURE,)
    assert shown(told).pictures == ()


def test_markdown_and_plain_text_are_shown_simply():
    markdown = (
        "# Head\n\nSome **bold**, *soft*, `code` and [a link](https://a.example/x).\n\n- one\n- two\n\n> said\n\n```\na <b>\n```"
    )
    made = shown(article(markdown, kind="text/markdown"))
    for markup in ("<b>bold</b>", "<i>soft</i>", '<span class="code">code</span>', '<a href="https://a.example/x">a link</a>'):
        assert markup in made.html
    assert "<pre>a &lt;b&gt;</pre>" in made.html
    plain = shown(article("One <b>two</b>\nthree.\n\nFour & five", kind="text/plain"))
    assert "One &lt;b&gt;two&lt;/b&gt; three.</p>" in plain.html
    assert "Four &amp; five</p>" in plain.html


def test_markdown_links_lead_to_the_web_only():
    made = shown(
        article("[a](javascript:alert) [b](file:///etc/passwd) ![c](file:///dev/zero) <smb://x/y>", kind="text/markdown")
    )
    assert not [tag for tag, attributes in Tags(made.html).found if tag == "a" and attributes["href"] != "receipt:quality"]
    assert not made.pictures


@given(st.text(st.sampled_from('<>/"&=ab;:. \n')), st.sampled_from(["text/html", "text/markdown", "text/plain"]))
def test_nothing_that_comes_in_becomes_a_tag(content, kind):
    told = article(kind=kind)
    hostile = Article(**{**{name: getattr(told, name) for name in Article.__slots__}, "content": content, "text": content})
    for tag, attributes in Tags(shown(hostile).html).found:
        assert tag in {"body", "p", "span", "a", "b", "i", "s", "u", "sup", "sub", "br", "img", "table", "tr", "td", "pre", "hr"}
        assert set(attributes) <= {
            "class", "style", "dir", "href", "src", "width", "height", "align", "bgcolor", "border", "cellspacing", "cellpadding",
        }  # fmt: skip
        assert re.match(r"receipt:quality$|https?://|mailto:|$", attributes.get("href") or "")
        assert (attributes.get("src") or "watch:").startswith("watch:")


WORDS = st.text("ab c&<>😀é", max_size=12)


@given(st.recursive(
    WORDS.map(lambda words: words.replace("&", "&amp;").replace("<", "&lt;")),
    lambda inner: st.tuples(st.sampled_from(["p", "b", "ul", "li", "blockquote", "table", "tr", "td", "h2", "div"]),
                            st.lists(inner, max_size=4)).map(lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"),
    max_leaves=12,
))  # fmt: skip
def test_the_words_of_the_page_are_the_words_of_the_text(markup):
    told = article(markup, title="Not in the text")
    assert sorted(of_text(shown(told))) == sorted(Squeezed(told.text).words)


# Bounds


@pytest.mark.parametrize("kind", ["text/html", "text/plain", "text/markdown"])
def test_what_is_long_comes_in_parts_and_nothing_is_lost(kind):
    words = f"{'x' * 5_000} {'y ' * 300_000}"
    told = article(f"<p>{words}</p>" if kind == "text/html" else words, kind=kind)
    found = list(parts(blocks(told)))
    assert len(found) > 4
    assert all(sum(block.cost for block in part) <= PART + MOST_PARAGRAPH for part in found)
    assert all(len(block.words) <= 2 * MOST_PARAGRAPH for part in found for block in part)
    together = "".join(run.text for part in found for block in part for run in block.all_runs)
    assert Squeezed(together).words == Squeezed(words).words
    assert not re.search(rf"[^\s\u200b]{{{MOST_TOKEN + 1}}}", together)


def test_a_part_says_that_there_is_more_and_the_way_back():
    made = shown(article("<p>x</p>"), more=True)
    assert '<a href="part:1">' in made.html
    told = article("<p>x</p>")
    second = page(Reading(article=told, part=next(parts(blocks(told))), number=1), LOOK)
    assert '<a href="part:0">' in second.html
    assert "part:2" not in second.html


def test_depth_is_flattened():
    for markup in ("<table><tr><td>" * 60 + "x", "<ul><li>" * 60 + "x", "<blockquote>" * 60 + "x", "<b>" * 90 + "x"):
        made = shown(article(markup))
        assert of_text(made) == "x"
        assert "<table" not in made.html
        assert made.html.count("<b>") <= 1


def test_measures_follow_the_size_of_the_text():
    assert "font-size: 28px" in LOOK.style_sheet()
    assert "font-size: 17px" in LOOK.style_sheet()
    larger = Look(theme.SEPIA, size=34).style_sheet()
    assert "font-size: 56px" in larger
    assert theme.SEPIA.text in larger


# Changes, links


def test_what_changed_is_told_word_by_word():
    body = list(changes("The fine is 10 million euros.\n\nIt stays.\n\nGone.", "The fine is 20 million euros.\n\nIt stays."))
    runs = [(run.text.strip(), run.styles) for block in body for run in block.runs if run.text.strip()]
    assert ("10", frozenset({"removed"})) in runs
    assert ("20", frozenset({"added"})) in runs
    assert ("Gone.", frozenset({"removed"})) in runs
    assert ("It stays.", frozenset()) in runs


def test_words_that_went_are_not_words_of_the_text():
    told = article("<p>Twenty euros</p>", revisions=(Revision(NOW, "Another title", "Ten euros"),))
    part = next(parts(changes("Ten euros", told.text)))
    made = page(Reading(article=told, part=part, changes=True), LOOK)
    assert of_text(made) == "Twentyeuros"
    assert "The title was “Another title”." in said(made)
    assert '<a href="revisions:">' in made.html


def test_very_long_changes_are_bounded():
    body = list(changes("a b c " * 60_000, "d e f " * 60_000))
    assert len(body) < 200


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://www.cnil.fr/en/fine?x=1", "www.cnil.fr/en/fine"),
        ("http://a.example:8080/", "a.example:8080"),
        ("https://good.example@evil.example/x", "evil.example/x"),
        ("https://аpple.com/", "xn--pple-43d.com"),
        ("mailto:press@cnil.fr", "Write to press@cnil.fr"),
        ("https://[broken", ""),
    ],
)
def test_a_link_tells_where_it_leads_and_not_what_it_says(address, told):
    assert host(address) == told
