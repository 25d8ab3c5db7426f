"""Colours by role, the type scale, the palette and the style sheet. Everything that has a colour or a size asks here.

There is one theme at a time. `apply` changes it for the whole program: Qt then tells every widget (`PaletteChange`), and what
paints itself asks `colours()` again.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

Appearance = Literal["system", "light", "dark"]
Paper = Literal["window", "sepia"]

UNIT = 4
"""All gaps are multiples of it, in pixels at 100 %."""
RADIUS_SMALL, RADIUS, RADIUS_LARGE = 3, 6, 10
"""Of bars and chips, of controls and selections, of popovers and cards."""
ICON = 16
SCROLLBAR = 10
HEAD = 44
"""Height of the strip on top of each pane."""
EMPTY = 88
"""How far below that strip a pane says that it is empty: side by side, all say so at one height."""
COLUMN = 640
"""The widest that words to be read are set."""

UI, SERIF, ARABIC = "Inter", "Source Serif 4", "Vazirmatn"
OTHERS = (
    "Noto Sans SC", "NanumGothic", "Noto Sans Devanagari", "Noto Sans Bengali", "Noto Sans Tamil", "Noto Sans Thai",
    "Noto Sans Hebrew", "Noto Sans Armenian", "Noto Sans Georgian", "Noto Emoji",
)  # fmt: skip
"""What comes after them for the scripts that they lack."""

CAPTION, META, BASE, TITLE, VIEW, BODY, HEADLINE = 11, 12, 13, 14, 16, 17, 28
"""Sizes of type, in pixels at 100 %."""


@dataclass(frozen=True, slots=True)
class Colours:
    """Every colour of a theme by what it is for."""

    name: str
    chrome: str
    """Sidebar, menu bar, heads."""
    list: str
    """The list and the rail."""
    page: str
    """Where one reads and writes."""
    raised: str
    """Popovers, menus, cards."""
    line: str
    """Hairlines."""
    edge: str
    """Borders of fields and buttons."""
    text: str
    dim: str
    """Second rank: providers, excerpts."""
    faint: str
    """Third rank: times, counts; on a selection use `dim`."""
    accent: str
    """Unread, links, focus, the one filled button of a screen."""
    on_accent: str
    select: str
    """The selected row of the pane that has the focus …"""
    idle: str
    """… and of the others."""
    hover: str
    heat: str
    """Heat at or over the threshold, and nothing else."""
    star: str
    good: str
    warn: str
    bad: str
    track: str
    """The empty part of a bar …"""
    ink: str
    """… and the filled one."""
    mark: str
    """Words found by a search."""
    quote: str
    check: str
    contradiction: str
    method: str


LIGHT = Colours(
    "light", chrome="#F1F0ED", list="#FAF9F7", page="#FFFFFF", raised="#FFFFFF", line="#E1DFDA", edge="#C8C5BF",
    text="#1C1B19", dim="#56544F", faint="#6B6862", accent="#0B6672", on_accent="#FFFFFF", select="#D8E9EB", idle="#E6E4DF",
    hover="#F0EEEA", heat="#AD390A", star="#A66F00", good="#2A6F43", warn="#855000", bad="#B0251D", track="#DBD8D2",
    ink="#5B5852", mark="#B9E0E3", quote="#FFE9A3", check="#CFE3FB", contradiction="#FFD5D1", method="#D3EBD1",
)  # fmt: skip
DARK = Colours(
    "dark", chrome="#191A1B", list="#1E1F20", page="#242526", raised="#2D2E30", line="#343537", edge="#4A4B4D",
    text="#E8E6E2", dim="#B0ADA7", faint="#989590", accent="#66C5CE", on_accent="#06262A", select="#1E4046", idle="#323335",
    hover="#27282A", heat="#F29A66", star="#E3B341", good="#83C796", warn="#E3AE62", bad="#F4968D", track="#3F4042",
    ink="#B5B2AC", mark="#23666F", quote="#5E4C10", check="#21466B", contradiction="#6A302E", method="#285032",
)  # fmt: skip
SEPIA = replace(
    LIGHT, name="sepia", page="#F7F0E0", raised="#FBF6EA", line="#E4D9C1", text="#33291D", dim="#655641", faint="#6F604A",
    accent="#0A5C67", track="#E0D3B8", quote="#F4DC8D", check="#CFDEEA", contradiction="#F6CDBF", method="#D5E2BF",
    mark="#BBDDD8",
)  # fmt: skip
"""For reading only: the page and what stands on it. The window around it stays light."""

HIGHLIGHTS = {"yellow": "quote", "blue": "check", "pink": "contradiction", "green": "method"}
"""What the library calls a highlight's colour, and what it means to the analyst: a role of `Colours`."""
BARS = {"quote": "#B58500", "check": "#4F8FDC", "contradiction": "#DB6A60", "method": "#4E964B"}
"""A highlight's colour where no text stands on it; always with its name."""
TOPICS = {
    "light": ("#0B6672", "#7A4190", "#9A6A00", "#3D62B0", "#5F7A1E"),
    "dark": ("#66C5CE", "#C795DA", "#DDB14E", "#8FB0F0", "#AEC66A"),
}
"""The square before a topic: told apart by place and name first, by hue second."""


class _Chosen:
    """The theme that is on."""

    window = LIGHT
    paper: Paper = "window"


def colours() -> Colours:
    """The colours of the window now."""
    return _Chosen.window


def paper() -> Colours:
    """The colours of the page that is read now: sepia where that was chosen and the window is light."""
    return SEPIA if _Chosen.paper == "sepia" and _Chosen.window is LIGHT else _Chosen.window


def topic_colour(number: int) -> str:
    """The hue of the `number`th topic."""
    hues = TOPICS["dark" if _Chosen.window is DARK else "light"]
    return hues[number % len(hues)]


def highlight_colour(stored: str, on: Colours) -> str:
    """The ground of a highlight, by what the library calls its colour."""
    return str(getattr(on, HIGHLIGHTS.get(stored, "quote")))


def highlight_bar(stored: str) -> str:
    """The strong colour of a highlight, for bars."""
    return BARS[HIGHLIGHTS.get(stored, "quote")]


def load(app: QApplication) -> None:
    """Make the program ours: fonts that ship with it, Fusion, the light theme. Once, before anything is shown."""
    for file in files("resources").joinpath("fonts").iterdir():
        if file.name.endswith(".ttf"):
            QFontDatabase.addApplicationFontFromData(QByteArray(file.read_bytes()))
    app.setStyle("Fusion")
    app.setFont(font())
    apply(app)


def apply(app: QApplication, appearance: Appearance = "light", paper: Paper = "window") -> None:
    """Put a theme on; every widget is told."""
    dark = appearance == "dark" or (appearance == "system" and QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark)
    _Chosen.window, _Chosen.paper = DARK if dark else LIGHT, paper
    app.setStyleSheet("")  # a new sheet in the place of an old one, and of an old palette, takes Qt four times as long
    app.setPalette(palette(colours()))
    app.setStyleSheet(style_sheet(colours()))


def style_sheet(c: Colours) -> str:
    """The style sheet of the program in these colours."""
    template = files("resources").joinpath("style.qss").read_text("utf-8")
    return Template(template).substitute(asdict(c), radius=RADIUS, scrollbar=SCROLLBAR)


def palette(c: Colours) -> QPalette:
    """Our own on every system: what Qt draws by itself is in our colours too."""
    made = QPalette()
    role = QPalette.ColorRole
    for key, colour in {
        role.Window: c.chrome, role.WindowText: c.text, role.Base: c.page, role.AlternateBase: c.list, role.Text: c.text,
        role.Button: c.raised, role.ButtonText: c.text, role.ToolTipBase: c.raised, role.ToolTipText: c.text,
        role.Highlight: c.accent, role.HighlightedText: c.on_accent, role.Link: c.accent, role.LinkVisited: c.accent,
        role.PlaceholderText: c.faint, role.Mid: c.line, role.Midlight: c.line, role.Light: c.raised, role.Dark: c.edge,
        role.Shadow: c.line,
    }.items():  # fmt: skip
        made.setColor(key, QColor(colour))
    for key in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, key, QColor(c.faint))
    return made


@lru_cache(maxsize=256)
def font(pixels: float = BASE, weight: int = 400, family: str = UI, italic: bool = False, tabular: bool = False) -> QFont:
    """A font of the type scale. The answer is shared: copy it before changing it."""
    made = QFont([family, ARABIC, *OTHERS])
    made.setPixelSize(round(pixels))
    made.setWeight(QFont.Weight(weight))
    made.setItalic(italic)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def figures(pixels: float = META, weight: int = 400) -> QFont:
    """Figures of one width, for scores, counts and times in columns. Not for words: Inter's tnum widens the hyphen too."""
    return font(pixels, weight, tabular=True)


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two colours, 1 to 21 (w3.org/TR/WCAG22, relative luminance)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
