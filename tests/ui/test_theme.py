"""Everything that is written can be read: the contrast of every ink on every ground it stands on, in every theme."""

from __future__ import annotations

import re
from dataclasses import fields
from itertools import product
from pathlib import Path

import pytest

from ui import theme
from ui.theme import DARK, LIGHT, SEPIA, Colours, contrast

READ = ("text", "dim", "faint", "accent", "heat", "good", "warn", "bad")
GROUNDS = ("chrome", "list", "page", "raised", "idle")
AA = 4.5
LARGE = 3.0


def test_black_on_white_has_the_contrast_that_the_standard_gives_it():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=lambda c: c.name)
@pytest.mark.parametrize(("ink", "ground"), [pair for pair in product(READ, GROUNDS) if pair != ("faint", "idle")])
def test_ink_can_be_read_on_every_ground_of_the_window(colours: Colours, ink: str, ground: str):
    """On a selection what is faint elsewhere is dim: that pair is never drawn."""
    assert contrast(getattr(colours, ink), getattr(colours, ground)) >= AA


@pytest.mark.parametrize("ink", ["text", "dim", "faint", "accent"])
def test_ink_can_be_read_on_sepia(ink: str):
    assert contrast(getattr(SEPIA, ink), SEPIA.page) >= AA


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=lambda c: c.name)
def test_a_selected_row_is_read_in_text_and_dim(colours: Colours):
    assert contrast(colours.text, colours.select) >= AA
    assert contrast(colours.dim, colours.select) >= AA
    assert contrast(colours.heat, colours.select) >= AA


@pytest.mark.parametrize("colours", [LIGHT, DARK, SEPIA], ids=lambda c: c.name)
@pytest.mark.parametrize("ground", ["mark", "quote", "check", "contradiction", "method"])
def test_text_can_be_read_on_every_highlight(colours: Colours, ground: str):
    assert contrast(colours.text, getattr(colours, ground)) >= AA


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=lambda c: c.name)
def test_bars_and_stars_can_be_told_from_their_ground(colours: Colours):
    assert contrast(colours.ink, colours.track) >= LARGE
    assert contrast(colours.star, colours.list) >= LARGE
    assert contrast(colours.on_accent, colours.accent) >= AA


def test_the_style_sheet_asks_for_no_colour_that_there_is_not(qapp):
    sheet = theme.style_sheet(DARK)
    assert "$" not in sheet
    assert DARK.accent in sheet


def test_no_colour_is_written_anywhere_but_in_the_theme():
    literal = re.compile(r"""["']#[0-9A-Fa-f]{6}["']""")
    strays = [
        f"{path.name}: {found}"
        for path in Path("ui").rglob("*.py")
        if path.name != "theme.py"
        for found in literal.findall(path.read_text("utf-8"))
    ]
    assert not strays


def test_every_colour_has_a_role_in_each_theme():
    for colours in (LIGHT, DARK, SEPIA):
        for role in fields(Colours):
            value = getattr(colours, role.name)
            assert role.name == "name" or re.fullmatch(r"#[0-9A-F]{6}", value), role.name
