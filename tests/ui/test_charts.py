"""Charts: what stands where, without a pixel."""

from __future__ import annotations

import itertools

from PySide6.QtCore import QRectF

from ui.charts import GAP, bar_rects, highest, step_points

AREA = QRectF(16, 0, 232, 48)


def test_the_first_bar_stands_at_the_left_edge_and_the_last_at_the_right() -> None:
    found = bar_rects(AREA, [(2, 1), (0, 0), (1, 0)])
    assert found[0][0].left() == AREA.left()
    assert found[-1][0].right() == AREA.right()
    assert all(own.width() <= 16 for own, _ in found)


def test_many_bars_stay_apart_and_inside() -> None:
    found = [own for own, _ in bar_rects(AREA, [(1, 0)] * 32)]
    gaps = [after.left() - before.right() for before, after in itertools.pairwise(found)]
    assert min(gaps) >= GAP
    assert found[-1].right() <= AREA.right()


def test_copies_stand_on_top_of_what_they_copy_and_never_above_the_chart() -> None:
    own, copies = bar_rects(AREA, [(2, 2)])[0]
    assert own.bottom() == AREA.bottom()
    assert copies.bottom() < own.top()
    assert copies.top() >= AREA.top()


def test_one_report_beside_hundreds_is_seen() -> None:
    (first, _), *_ = bar_rects(AREA, [(1, 0), (400, 0)])
    assert first.height() >= 2


def test_nothing_is_drawn_of_nothing() -> None:
    assert bar_rects(AREA, []) == []
    assert bar_rects(AREA, [(0, 0)]) == []
    assert step_points(AREA, [], 70) == []


def test_heat_goes_up_in_steps_at_the_time_of_each_report() -> None:
    points = step_points(AREA, [(0, 90), (50, 100), (100, 110)], 70)
    assert [point.x() for point in points] == [16, 132, 132, 248, 248, 248]
    heights = [point.y() for point in points]
    assert heights == sorted(heights, reverse=True)
    assert heights[0] == heights[1]


def test_a_line_that_never_reaches_the_threshold_leaves_room_for_it() -> None:
    assert highest([(0, 20)], 70) > 70
