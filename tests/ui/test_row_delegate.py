"""Rows: where things stand, and that whatever a feed says can be drawn."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage

from tests.ui.test_thread_model import Rows, article, listing, thread
from ui import theme
from ui.list.result_delegate import best_part
from ui.list.row_delegate import RowDelegate
from ui.list.row_view import RowView
from ui.list.rows import ACTIONS, row_layout
from ui.list.thread_model import ThreadModel
from ui.paint import direction

WIDTHS = (340, 372, 399, 452, 600, 1200)


@pytest.mark.parametrize("wide", WIDTHS)
@pytest.mark.parametrize("compact", [False, True])
def test_columns_do_not_meet_at_any_width(wide, compact):
    place = row_layout(wide, compact=compact)
    assert place.dot < place.chevron < place.left < place.scores < place.quality < place.heat == place.right == wide - 16
    assert place.heat - place.quality == 54
    assert place.height == (44 if compact else 72)
    assert all(line < place.height for line in place.baselines)
    assert place.action_x(len(ACTIONS) - 1) + 16 <= place.right


def test_narrow_rows_give_the_room_of_bars_and_dates_to_words():
    assert row_layout(390, compact=True).bar == 0
    assert row_layout(410, compact=True).bar == 28
    assert row_layout(380).newest == 0
    assert row_layout(442).newest == row_layout(442).right - 116


def test_what_is_pressed_is_what_is_drawn_there():
    place = row_layout(452)
    middle = place.baselines[0] - 4
    for number in range(len(ACTIONS)):
        assert place.action_at(place.action_x(number) + 8, middle) == number
    assert place.action_at(place.action_x(0) - 8, middle) is None
    assert place.action_at(place.action_x(1), place.baselines[2]) is None
    assert place.is_on_chevron(place.chevron + 7, middle)
    assert not place.is_on_chevron(place.left + 2, middle)
    assert not place.is_on_chevron(place.dot, middle)


def test_momentum_is_a_direction():
    assert [direction(value) for value in (0.3, -0.1, 0.0, None)] == [1, -1, 0, 0]


# Drawn


class Said(Rows):
    """One thread with what it says."""

    def __init__(self, head, *members) -> None:
        super().__init__()
        self._head, self._members = head, {member.id: member for member in members}

    def thread_rows(self, ids):
        return [self._head]

    def article_rows(self, ids):
        return [self._members[id] for id in ids]


@pytest.fixture
def show(qtbot):
    def shown(head, *members, wide=462, compact=False) -> RowView:
        model = ThreadModel(Said(head, *members))
        model.take(listing(t1=[member.id for member in members]))
        view = RowView(model, "Threads")
        model.setParent(view)
        view.setItemDelegate(RowDelegate(view))
        view.set_compact(compact)
        view.resize(wide, 400)
        qtbot.addWidget(view)
        view.show()
        view.expandAll()
        return view

    return shown


def picture(view: RowView) -> QImage:
    return view.viewport().grab().toImage()


ODD = {
    "empty": {"title": ""},
    "long": {"title": "Überwachungsgesamtrechnungsverordnung " * 300},
    "one word": {"title": "x" * 5000},
    "arabic": {"title": "فرنسا تغرّم شركة كليرفيو للتعرف على الوجوه عشرين مليون يورو"},
    "control": {"title": "one\ntwo\r\n\tthree\u2028four\u202efive\x00six"},
    "markup": {"title": "<b>bold</b> &amp; <img src=x>"},
    "emoji": {"title": "👩‍👩‍👧‍👦" * 200},
}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("compact", [False, True])
@pytest.mark.parametrize("wide", [120, 372, 700])
def test_whatever_a_feed_says_is_drawn(show, odd, compact, wide):
    head = replace(thread(1), quality=None, momentum=None, last=None, providers=(), provider_count=0, **ODD[odd])
    one = replace(article(100, quality=None), provider="", domain="", date=None, excerpt="", **ODD[odd])
    other = article(101, copy_of="نموذج " * 50, provider="Agency " * 60)
    assert not picture(show(head, one, other, wide=wide, compact=compact)).isNull()


def colours_in(image: QImage, rect: QRect) -> set[str]:
    return {
        QColor(image.pixel(x, y)).name().upper()
        for x in range(rect.left(), rect.right(), 1)
        for y in range(rect.top(), rect.bottom(), 1)
    }


def test_the_chosen_row_has_an_accent_bar_while_the_list_has_the_keys(show, qtbot, monkeypatch):
    view = show(thread(1, 2), article(100), article(101))
    view.choose(view.model().index(0, 0))
    edge = QRect(6, 12, 3, 40)
    monkeypatch.setattr(view, "hasFocus", lambda: True)
    assert theme.colours().accent in colours_in(picture(view), edge)
    monkeypatch.setattr(view, "hasFocus", lambda: False)
    assert theme.colours().accent not in colours_in(picture(view), edge)
    assert theme.colours().idle in colours_in(picture(view), edge)


def test_the_theme_is_taken_when_it_changes(show, qapp):
    view = show(thread(1, 2), article(100), article(101))
    view.collapseAll()
    low = QPoint(200, 390)
    assert QColor(picture(view).pixel(low)).name().upper() == theme.LIGHT.list
    theme.apply(qapp, "dark")
    assert QColor(picture(view).pixel(low)).name().upper() == theme.DARK.list


def test_a_title_that_is_cut_can_be_read_whole(show):
    view = show(thread(1, 2, title="Clearview " * 30), article(100, title="short"), article(101))
    top = view.model().index(0, 0)
    assert view.delegate.cut_title(top, 452) == "Clearview " * 30
    assert view.delegate.cut_title(view.model().index(0, 0, top), 452) == ""


# Passages


def test_a_passage_begins_where_most_was_found():
    words = f"{'word ' * 40}the fine was paid and {'more ' * 30}Clearview AI fine appeal"
    fine, late = words.index("fine"), words.index("Clearview")
    shown, matches = best_part(words, ((fine, fine + 4), (late, late + 9), (late + 13, late + 17)))
    assert shown.startswith("… ")
    assert [shown[start:end] for start, end in matches] == ["Clearview", "fine"]
    assert matches[0][0] < 24


def test_a_passage_that_begins_well_is_left_as_it_is():
    assert best_part("a fine day", ((2, 6),)) == ("a fine day", ((2, 6),))
    assert best_part("nothing found", ()) == ("nothing found", ())
