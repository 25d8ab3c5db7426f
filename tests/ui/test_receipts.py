"""Receipts: a number explains itself, and its lines add up as they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from reader.library import Library
from reader.records import ReceiptLine, Thread
from ui.controls import IconButton
from ui.receipts import Receipt, lines, plain, signed

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.engine import Engine

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    column = QVBoxLayout(window)
    field = QLineEdit()
    column.addWidget(field)
    window.resize(900, 700)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    field.setFocus()
    return window


@pytest.fixture
def receipt(engine: Engine, window: QWidget, qtbot: QtBot) -> Receipt:
    qtbot.waitUntil(lambda: engine.is_ready, timeout=10_000)
    return Receipt(engine, window)


def hottest(engine: Engine, qtbot: QtBot) -> Thread:
    found: list[tuple[int, list[Thread]]] = []
    engine.ask(Library.threads, "heat", 1).then(found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=10_000)
    return found[0][1][0]


def shown(receipt: Receipt) -> str:
    names = [part.accessibleName() for part in receipt.findChildren(QWidget) if part.accessibleName()]
    return "\n".join(names + [label.text() for label in receipt.findChildren(QLabel)])


# What it says


def test_lines_that_say_the_same_become_one_and_nothing_is_lost_of_the_sum() -> None:
    told = [ReceiptLine("quality of the head", "A", 92, "the highest")]
    told += [ReceiptLine("related article", f"p{number}.example: T", 10, "reports by itself") for number in range(5)]
    told += [ReceiptLine("related article", "c.example: T", 0, "a copy")]
    found = lines(told)
    assert [(line.what, line.points) for line in found] == [
        ("Quality of the head", 92), ("5 related articles", 50), ("Related article", 0),
    ]  # fmt: skip
    assert "p2.example" in found[1].why
    assert "and 2 more" in found[1].why
    assert sum(line.points for line in found) == sum(line.points for line in told)


@pytest.mark.parametrize(("points", "words"), [(20, "+20"), (-8, "−8"), (0, "0"), (7.5, "+7.5"), (87.333333, "+87.33")])
def test_points_have_a_sign(points: float, words: str) -> None:
    assert signed(points) == words


def test_a_score_is_as_short_as_it_is_exact() -> None:
    assert [plain(92.0), plain(66.5), plain(87.333333)] == ["92", "66.5", "87.33"]


# The card


def test_a_quality_is_explained_line_by_line(receipt: Receipt, engine: Engine, qtbot: QtBot) -> None:
    head = hottest(engine, qtbot).head
    receipt.explain_quality(head, QPoint(100, 100))
    qtbot.waitUntil(receipt.isVisible, timeout=10_000)
    assert "Sum" in shown(receipt)
    assert receipt.accessibleDescription().startswith("Quality ")
    assert receipt.hasFocus()


def test_a_recorded_quality_says_so(receipt: Receipt, engine: Engine, qtbot: QtBot) -> None:
    receipt.explain_quality(hottest(engine, qtbot).head, QPoint(100, 100))
    qtbot.waitUntil(receipt.isVisible, timeout=10_000)
    assert "recorded by its source, and kept as it came" in shown(receipt)


def test_heat_is_explained_and_where_momentum_is_not_known_it_says_why(receipt: Receipt, engine: Engine, qtbot: QtBot) -> None:
    hot = hottest(engine, qtbot)
    receipt.explain_heat(hot.id, QPoint(100, 100))
    qtbot.waitUntil(receipt.isVisible, timeout=10_000)
    words = shown(receipt)
    assert f"Sum  {hot.heat:.0f}" in words
    assert "related articles" in words
    assert "Momentum" in words
    assert any(said in words for said in ("Too little data", "Long silent")) == (hot.momentum is None)
    assert "Momentum" in receipt.accessibleDescription()
    assert "In Hot " in words
    assert "halved every 2 days since its last report" in words
    assert "In the Hot view" in receipt.accessibleDescription()


def test_esc_closes_it_and_gives_the_focus_back(receipt: Receipt, window: QWidget, engine: Engine, qtbot: QtBot) -> None:
    field = window.findChild(QLineEdit)
    assert field is not None
    receipt.explain_heat(hottest(engine, qtbot).id, QPoint(100, 100))
    qtbot.waitUntil(receipt.isVisible, timeout=10_000)
    with qtbot.waitSignal(receipt.closed):
        qtbot.keyClick(receipt, Qt.Key.Key_Escape)
    assert not receipt.isVisible()
    assert field.hasFocus()


def test_a_press_elsewhere_and_the_cross_close_it(receipt: Receipt, window: QWidget, engine: Engine, qtbot: QtBot) -> None:
    id = hottest(engine, qtbot).id
    receipt.explain_heat(id, window.mapToGlobal(QPoint(10, 10)))
    qtbot.waitUntil(receipt.isVisible, timeout=10_000)
    qtbot.mousePress(window, Qt.MouseButton.LeftButton, pos=QPoint(880, 690))
    assert not receipt.isVisible()
    receipt.explain_heat(id, window.mapToGlobal(QPoint(10, 10)))
    qtbot.waitUntil(receipt.isVisible, timeout=10_000)
    cross = receipt.findChild(IconButton)
    assert cross is not None
    cross.click()
    assert not receipt.isVisible()


def test_it_fits_into_a_small_window_and_follows_its_size(
    receipt: Receipt, window: QWidget, engine: Engine, qtbot: QtBot
) -> None:
    window.resize(420, 260)
    receipt.explain_heat(hottest(engine, qtbot).id, window.mapToGlobal(QPoint(400, 250)))
    qtbot.waitUntil(receipt.isVisible, timeout=10_000)
    assert window.rect().contains(receipt.geometry())
    window.resize(440, 220)
    qtbot.waitUntil(lambda: window.rect().contains(receipt.geometry()))


def test_only_the_number_asked_for_last_is_explained(receipt: Receipt, engine: Engine, qtbot: QtBot) -> None:
    hot = hottest(engine, qtbot)
    receipt.explain_heat(hot.id, QPoint(100, 100))
    receipt.explain_quality(hot.head, QPoint(100, 100))
    qtbot.waitUntil(receipt.isVisible, timeout=10_000)
    qtbot.wait(50)
    assert receipt.accessibleDescription().startswith("Quality ")


def test_what_is_gone_opens_nothing_and_the_window_hears_of_it(receipt: Receipt, engine: Engine, qtbot: QtBot) -> None:
    with qtbot.waitSignal(engine.failed, timeout=10_000):
        receipt.explain_quality(99_999, QPoint(100, 100))
    assert not receipt.isVisible()
