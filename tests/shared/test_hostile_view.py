"""Pages that were made to do harm, in the reading pane: no file is opened, nothing is asked for, nothing takes long."""

from __future__ import annotations

import ctypes
import importlib.util
import json
import os
import random
import re
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QTextBrowser, QWidget

from reader.library import Library
from reader.records import Anchor, Article, ArticleRow, Highlight, Note, Picture
from reader.web.clean import clean, text_of
from ui import theme
from ui.actions import Actions
from ui.engine import Engine
from ui.page.article_view import ArticleView
from ui.view import Selection, View
from ui.window_settings import WindowSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.qt_log_ignore("OpenType support missing")  # scripts that no font of this machine has

SECONDS = 2
NOW = datetime(2022, 10, 20, tzinfo=UTC)
CONSTRUCTS = tuple(
    """
<img src="{file}">
<img src="{path}">
<img src={path} width=10 height=10>
<img src="canary.png">
<img src="//localhost{path}">
<img srcset="{file} 2x" src="{file}">
<image src="{file}">
<input type=image src="{file}">
<link rel=stylesheet href="{css}">
<style>@import url("{css}");</style>
<style>body{{background-image:url({file})}}</style>
<body background="{file}">
<table background="{file}"><tr><td background="{file}">x</td></tr></table>
<p style="background-image:url({file})">x</p>
<ul style="list-style-image:url({file})"><li>x</li></ul>
<object data="{file}"></object>
<embed src="{file}">
<iframe src="{file}"></iframe>
<video poster="{file}"></video>
<svg><image href="{file}"/></svg>
<base href="file:///"><img src="{path}">
<a href="{file}">x</a>
<img src="data:image/svg+xml,<svg xmlns=%27http://www.w3.org/2000/svg%27><image href=%27{file}%27/></svg>">
<img src="watch:picture/0"><img src="watch:{path}">
<img src="http://127.0.0.1:9/x.png">
<img src="qrc:{path}">
<img alt="<img src={file}>" src="https://a.invalid/x">
<a title="<img src={file}>" href="https://a.invalid/">x</a>
![x]({file})
![x]({path})
[x]({file} "<img src={file}>")
&lt;img src={file}&gt;
&amp;lt;img src={file}&amp;gt;
<a href="receipt:quality">x</a><a href="forget:1">x</a><a href="part:9">x</a>
<img src=/dev/zero>
<img src=file:///dev/urandom>
""".strip().splitlines()
)


# What would be harm


class Watch:
    """Hears when a file in a folder is opened, by whomever: Python does not see what Qt opens."""

    OPENED, NOT_WAITING = 0x20, os.O_NONBLOCK

    def __init__(self, folder: Path) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._fd = self._libc.inotify_init1(self.NOT_WAITING)
        assert self._libc.inotify_add_watch(self._fd, str(folder).encode(), self.OPENED) >= 0

    def heard(self) -> int:
        try:
            return len(os.read(self._fd, 65536))
        except BlockingIOError:
            return 0

    def close(self) -> None:
        os.close(self._fd)


@pytest.fixture
def canary(tmp_path: Path, qapp: QApplication) -> Path:
    """A picture and a style sheet that nobody has a reason to open."""
    folder = tmp_path / "canary"
    folder.mkdir()
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    picture.save(str(folder / "canary.png"))
    (folder / "canary.css").write_text("p { color: red }")
    return folder


@pytest.fixture
def opened(canary: Path) -> Iterator[Watch]:
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux tells who opens a file")
    watch = Watch(canary)
    yield watch
    watch.close()


def sockets() -> int:
    """How many this process has."""
    return sum("socket:" in os.path.realpath(file) for file in Path("/proc/self/fd").iterdir())


# What is shown


def article(content: str, kind: str = "text/html", text: str | None = None, **row: Any) -> Article:
    told = {
        "id": 1, "title": "t", "provider": "p", "domain": "", "date": NOW, "arrived": NOW, "excerpt": "", "language": "en",
        "quality": 50.0, "heat": 0.0, "published": False, "thread": None, "read": False, "starred": False, "hidden": False,
        "captured": True, "annotated": False, "word_count": 9, "web_url": "",
    } | row  # fmt: skip
    return Article(
        row=ArticleRow(**told), key="", content=content, content_type=kind, text=text_of(content) if text is None else text,
        author="", category="", type="article", original_url="", amp_url="", cdn_amp_url="", topics=(), images=(), related=(),
        secured="", recorded={}, revisions=(), highlights=(), notes=(),
    )  # fmt: skip


class OneArticle:
    """A shelf with whatever was put there."""

    def __init__(self) -> None:
        self.content: Article | None = None

    def article(self, id: int) -> Article:
        assert self.content
        return replace(self.content, row=replace(self.content.row, id=id))

    def places(self, article: Article) -> dict[int, tuple[int, int] | None]:
        return {highlight.id: None for highlight in article.highlights}

    def picture(self, _article: int, _url: str) -> bytes | None:
        return None


class Stage:
    """The pane, and what it asked for."""

    def __init__(self, folder: Path, qtbot: Any) -> None:
        Library(folder).close()
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(760, 700)
        self.engine, self.view, self.shelf = Engine(folder, own_process=False), View(), OneArticle()
        self.pane = ArticleView(
            self.engine, self.shelf, self.view, Actions(self.window), WindowSettings(folder), self.window  # type: ignore[arg-type]
        )  # fmt: skip
        self.pane.resize(760, 700)
        self.window.show()
        self.asked: list[str] = []
        self._number = 0
        load = self.pane.page.loadResource
        self.pane.page.loadResource = lambda kind, url: (self.asked.append(url.toString()), load(kind, url))[1]  # type: ignore[method-assign]

    def show(self, told: Article) -> float:
        """Show it to the last line; how long that took of the processor."""
        self._number += 1
        self.shelf.content = told
        started = time.process_time()
        self.view.look(selection=Selection(None, self._number, (self._number,), ()))
        self.pane.page.document().documentLayout().documentSize()
        self.window.grab()
        QApplication.processEvents()
        return time.process_time() - started

    def foreign(self) -> list[str]:
        assert "watch:quality/50" in self.asked, "what is asked for is not heard"
        return [address for address in self.asked if not re.fullmatch(r"watch:(quality|picture)/\d+", address)]


@pytest.fixture
def stage(tmp_path: Path, qtbot: Any) -> Iterator[Stage]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.load(app)
    stage = Stage(tmp_path / "library", qtbot)
    yield stage
    stage.engine.close()


def construct(template: str, canary: Path) -> str:
    picture = canary / "canary.png"
    return template.format(file=picture.as_uri(), path=picture, css=(canary / "canary.css").as_uri())


def test_the_watch_sees_what_a_plain_browser_opens(canary: Path, opened: Watch, qtbot: Any) -> None:
    browser = QTextBrowser()
    qtbot.addWidget(browser)
    browser.setHtml(construct('<img src="{file}">', canary))
    browser.show()
    browser.grab()
    assert opened.heard()


@pytest.mark.parametrize("template", CONSTRUCTS)
def test_no_construct_opens_a_file(template: str, stage: Stage, canary: Path, opened: Watch) -> None:
    hostile = construct(template, canary)
    before = sockets()
    for kind in ("text/html", "text/markdown", "text/plain"):
        for content in {hostile, clean(hostile), clean(hostile, canary.as_uri() + "/"), clean(hostile, "https://a.invalid/")}:
            stage.show(article(content, kind, text=hostile))
    assert not opened.heard()
    assert not stage.foreign()
    assert sockets() == before


@pytest.mark.parametrize("template", [CONSTRUCTS[0], CONSTRUCTS[8], CONSTRUCTS[-2]])
def test_words_of_any_field_are_words(template: str, stage: Stage, canary: Path, opened: Watch) -> None:
    hostile = construct(template, canary)
    mark = Highlight(1, 1, Anchor(hostile, "", "", 0, 5), hostile, NOW)
    told = article("", text=hostile, title=hostile, provider=hostile, excerpt=hostile, language="en", web_url=hostile)
    told = replace(
        told, topics=(hostile,), highlights=(mark,), notes=(Note(1, hostile, NOW, article=1), Note(2, hostile, NOW, highlight=1)),
        images=(Picture(hostile, 5, 5, cached=True), Picture(hostile)),
    )  # fmt: skip
    stage.show(told)
    stage.pane.set_marks((hostile,))
    stage.pane.note()
    stage.pane.annotator.card.show_highlight(mark, hostile)
    stage.pane.page.highlighted.emit(QUrl("https://a.invalid/" + hostile))
    stage.window.grab()
    assert not opened.heard()
    assert not stage.foreign()
    assert hostile in stage.pane.page.toPlainText()


def test_links_of_a_page_never_run_a_command_of_ours(stage: Stage) -> None:
    stage.show(article(CONSTRUCTS[-3]))
    assert stage.pane.page.toHtml().count('href="receipt:quality"') == 1
    assert "forget:" not in stage.pane.page.toHtml()


# The corpus


@pytest.fixture(scope="module")
def samples(data: Path) -> Any:
    return _module(data / "hostile" / "samples.py")


def _module(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pages(samples: Any, kind: str) -> Iterator[tuple[str, str]]:
    for record in samples.records():
        if record["kind"] == kind:
            yield record["id"], samples.load(record, 9).decode("utf-8", "replace")


def test_no_page_takes_long(stage: Stage, samples: Any) -> None:
    slow = {name: took for name, page in pages(samples, "html") if (took := stage.show(article(clean(page)))) > SECONDS}
    assert not slow
    assert not stage.foreign()


@pytest.mark.long
def test_no_page_takes_long_though_nobody_cleaned_it(stage: Stage, samples: Any) -> None:
    slow: dict[str, float] = {}
    for kind, types in (("html", ("text/html",)), ("text", ("text/plain", "text/markdown", "text/html"))):
        for name, page in pages(samples, kind):
            for content_type in types:
                took = stage.show(article(page[:1_500_000], content_type, text=page[:1_500_000]))
                slow |= {f"{name} {content_type}": took} if took > SECONDS else {}
    assert not slow
    assert not stage.foreign()


@pytest.mark.long
def test_no_payload_asks_for_anything(stage: Stage, data: Path) -> None:
    payloads = [json.loads(line)["text"] for line in (data / "hostile" / "xss.jsonl").read_text("utf-8").splitlines()]
    for start in range(0, len(payloads), 20):
        page = "<p>x</p>".join(payloads[start : start + 20])
        assert stage.show(article(clean(page, "https://a.invalid/"))) < SECONDS
        assert stage.show(article(page, text=page)) < SECONDS
    assert not stage.foreign()


@pytest.mark.long
def test_letters_of_every_script_do_not_take_long(stage: Stage) -> None:
    chance = random.Random(7)
    for _ in range(20):
        letters = (
            chr(chance.choice((chance.randrange(0xA0, 0x3000), chance.randrange(0x10000, 0x12000)))) for _ in range(150_000)
        )
        page = "".join(letter if chance.random() < 0.9 else " " for letter in letters)
        assert stage.show(article(f"<p>{page}</p>", text=page)) < SECONDS


@pytest.mark.long
def test_no_made_up_page_takes_long(stage: Stage, data: Path) -> None:
    made = _module(data / "hostile" / "fuzz_html.py")
    slow = {seed: took for seed in range(100) if (took := stage.show(article(clean(made.fuzz(seed)[:1_500_000])))) > SECONDS}
    assert not slow
    assert not stage.foreign()
