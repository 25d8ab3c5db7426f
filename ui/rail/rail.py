"""The rest of a thread as rows: when it was reported, by whom on their own, what agrees and what does not, what is near it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reader.records import Statement
from reader.text import stated
from ui.controls import QuietWords
from ui.paint import HOT, apart, width
from ui.phrases import counted, long_time, month, short_time, stated_kind
from ui.rail.coverage import Report, coverage, reports
from ui.rail.heads import CoverageChart, Heading, NoteWords, PairFrame
from ui.rail.parts import (
    CopyRow,
    FactRow,
    HeadingRow,
    MoreRow,
    RailRow,
    RelatedRow,
    ReportRow,
    SideRow,
    StoryRow,
    said,
)
from ui.theme import META, font

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from reader.records import ArticleRow, Member, Note, Statements, Storyline, Thread, ThreadRow

MOST_REPORTS, MOST_FACTS, MOST_STORY = 12, 6, 9
"""Rows of a part before “and 9 more”; of a storyline those around this thread."""


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that the rail says of a thread."""

    thread: Thread
    related: tuple[ThreadRow, ...] = ()
    storyline: Storyline | None = None
    story: tuple[ThreadRow, ...] = ()

    @property
    def members(self) -> tuple[Member, ...]:
        """Those that are not hidden."""
        return tuple(member for member in self.thread.members if not member.row.hidden)


class Rail(QWidget):
    """All parts of the rail, one below the other. What is pressed is said; nothing is looked up here."""

    article_wanted = Signal(int)
    thread_wanted = Signal(int)
    storyline_wanted = Signal(int)
    proof_wanted = Signal(object, QPoint)
    """A `Statement`, and the point under it on the screen."""
    more_wanted = Signal(object)
    """A part is to be shown whole: its name, or the report whose copies are."""
    entered = Signal(QWidget)
    """A row has the focus."""

    def __init__(
        self, told: Told, now: datetime, shown: int | None, whole: frozenset[object] = frozenset(), hot: float = HOT
    ) -> None:
        super().__init__()
        self._told, self._now, self._shown, self._whole, self._hot = told, now, shown, whole, hot
        self._members = told.members
        self.rows: list[RailRow] = []
        self._leads: dict[RailRow, tuple[str, object]] = {}
        self._articles: dict[int, list[RailRow]] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 12)
        self._column.setSpacing(0)
        if len(self._members) > 1:
            self._add_coverage()
            self._add_reports(reports(self._members, now))
        else:
            self._column.addWidget(QuietWords("When another provider does, it stands here.", "No one else reports it yet"))
        self._add_statements(told.thread.statements)
        self._add_notes(told.thread.notes)
        self._add_story()
        self._add_related()
        self._column.addStretch(1)
        self.show_article(shown)
        if self.rows:
            self._rove(self.rows[0])

    def show_article(self, article: int | None) -> None:
        """Tint the rows of the article that the page shows."""
        for id in {self._shown, article}:
            for row in self._articles.get(id or 0, ()):
                row.is_shown = id == article
                row.update()
        self._shown = article

    def shows(self, article: int | None) -> bool:
        """Whether an article has its row."""
        return article in self._articles

    def row_to_enter(self) -> RailRow | None:
        """The row that takes the focus first: that of the shown article."""
        return next(iter(self._articles.get(self._shown or 0, ())), self.rows[0] if self.rows else None)

    # Parts

    def _add_coverage(self) -> None:
        told = coverage(self._members)
        right = counted(told.others, "other") if told.others else ""
        if told.others and told.others == sum(member.copy_of is not None for member in self._members):
            right = counted(told.others, "copy", "copies")
        self._column.addWidget(Heading(f"{told.own} independent", right, squares=True))
        if told.bars:
            self._column.addWidget(CoverageChart(told))
        if told.undated:
            self._column.addWidget(QuietWords(f"{told.undated} without a date"))

    def _add_reports(self, told: Sequence[Report]) -> None:
        self._column.addWidget(Heading("Who reported it", "first to last"))
        shown = told if self._is_whole("reports") or len(told) <= MOST_REPORTS + 1 else told[:MOST_REPORTS]
        whole = len(shown) == len(told)
        for number, report in enumerate(shown):
            last = whole and number == len(told) - 1
            self._add_report(report, first=number == 0, last=last)
        if not whole:
            self._add(MoreRow(f"and {counted(len(told) - len(shown), 'more', 'more')}"), "more", "reports")

    def _is_whole(self, part: str) -> bool:
        """Whether a part is shown whole; that of the reports also where the shown article stands further down."""
        if part in self._whole:
            return True
        ids = [member.row.id for member in self._members]
        return part == "reports" and self._shown in ids and ids.index(self._shown) >= MOST_REPORTS

    def _add_report(self, report: Report, *, first: bool, last: bool) -> None:
        row, ends = report.row, last and not report.copies
        place = "only" if first and ends else "first" if first else "last" if ends else "between"
        provider = row.provider or "Unknown provider"
        chip, meant = _standing(report)
        made = ReportRow(apart(provider), report.when, said(provider, meant, long_time(row.date), row.title), place, chip)
        self._add_article(made, row)
        if meant:
            made.setToolTip(_tip(row.title, row.provider, meant))
        if len(report.copies) == 1:
            self._add_copy(report.copies[0], "1 copy: ", goes_on=not last)
        elif report.copies:
            self._add_copies(report, goes_on=not last)

    def _add_copies(self, report: Report, *, goes_on: bool) -> None:
        opened = report.row.id in self._whole or self._shown in {copy.id for copy in report.copies}
        names = [copy.provider or "unknown" for copy in report.copies]
        words = f"{len(names)} copies" + ("" if opened else f": {apart(names[0])} and {len(names) - 1} more")
        made = CopyRow(words, "", f"{words}, {'opened' if opened else 'closed'}", goes_on=goes_on or opened, opened=opened)
        self._add(made, "more", report.row.id)
        for copy in report.copies if opened else ():
            self._add_copy(copy, "", goes_on=goes_on or copy is not report.copies[-1])

    def _add_copy(self, row: ArticleRow, before: str, *, goes_on: bool) -> None:
        provider = row.provider or "unknown"
        heard = said(f"Copy: {provider}", long_time(row.date), row.title)
        when = f"{row.date.astimezone():%H:%M}" if row.date and not before else ""
        self._add_article(CopyRow(before + apart(provider), when, heard, goes_on=goes_on), row)

    def _add_article(self, made: RailRow, row: ArticleRow) -> None:
        made.setToolTip(_tip(row.title, row.provider))
        self._articles.setdefault(row.id, []).append(made)
        self._add(made, "article", row.id)

    def _add_statements(self, told: Statements) -> None:
        if not (told.agreed or told.contradictions):
            return
        alone = len(self._members) == 1
        self._column.addWidget(Heading("What it says" if alone else "What they say"))
        shown = told.agreed if self._is_whole("facts") or len(told.agreed) <= MOST_FACTS + 1 else told.agreed[:MOST_FACTS]
        kinds = [stated_kind(one.kind, one.value) for one in shown]
        column = round(max((width(kind, font(META)) for kind in kinds), default=0)) + 10
        for one, kind in zip(shown, kinds, strict=True):
            value = stated(one.kind, one.value)
            share = "" if alone else f"{len(one.own)} of {told.of}"
            heard = f"{kind} {value}" + ("" if alone else f", stated by {share} independent reports")
            made = FactRow(kind, value, share, heard, column, agreed=not alone and _is_agreed(one, told))
            made.setToolTip(_tip(value))
            self._add(made, "proof", one)
        if len(shown) < len(told.agreed):
            self._add(MoreRow(f"and {len(told.agreed) - len(shown)} more", 22), "more", "facts")
        for sides in told.contradictions:
            self._column.addSpacing(6)
            self._column.addWidget(self._contradiction(sides))

    def _contradiction(self, sides: Sequence[Statement]) -> QWidget:
        kind = stated_kind(sides[0].kind, sides[0].value)
        frame = PairFrame(kind)
        copies = frozenset(member.row.id for member in self._members if member.copy_of is not None)
        for side in sides:
            value, share = stated(side.kind, side.value), _share(side, copies)
            made = SideRow(value, share, f"{kind}, disagree: {value}, {share}")
            made.setToolTip(_tip(value))
            frame.column.addWidget(made)
            self._take(made, "proof", side)
        return frame

    def _add_notes(self, notes: Sequence[Note]) -> None:
        if notes:
            self._column.addWidget(Heading(counted(len(notes), "note") + " of yours"))
        for note in notes:
            self._column.addWidget(NoteWords(note.text, short_time(note.made, self._now)))

    def _add_story(self) -> None:
        story, matter = self._told.story, self._told.storyline
        if matter is None or len(story) < 2:
            return
        self._add(HeadingRow(matter.title, "storyline", said(f"Storyline {matter.title}")), "storyline", matter.id)
        here = next((number for number, row in enumerate(story) if row.id == self._told.thread.id), 0)
        begin = max(0, min(here - MOST_STORY // 2, len(story) - MOST_STORY))
        shown = story[begin : begin + MOST_STORY]
        for number, row in enumerate(shown):
            starts, ends = begin + number == 0, begin + number == len(story) - 1
            when, this = month(row.first), row.id == self._told.thread.id
            heard = said(when, row.title, "this thread" if this else "")
            made = StoryRow(when, row.title, heard, "first" if starts else "last" if ends else "between", is_here=this)
            made.setToolTip(_tip(row.title))
            self._add(made, "thread", row.id)
        if len(shown) < len(story):
            self._add(MoreRow(f"all {len(story)} threads"), "storyline", matter.id)

    def _add_related(self) -> None:
        if self._told.related:
            self._column.addWidget(Heading("Related threads", "heat"))
        for row in self._told.related:
            heat = f"heat {row.heat:.0f}" if row.heat >= 0 else ""
            made = RelatedRow(row.title, row.heat, self._hot, said(row.title, heat))
            made.setToolTip(_tip(row.title))
            self._add(made, "thread", row.id)

    # Rows

    def _add(self, row: RailRow, what: str, target: object) -> None:
        self._column.addWidget(row)
        self._take(row, what, target)

    def _take(self, row: RailRow, what: str, target: object) -> None:
        self.rows.append(row)
        self._leads[row] = (what, target)
        row.clicked.connect(self._on_pressed)
        row.walked.connect(self._on_walked)
        row.entered.connect(self._on_entered)

    def _on_pressed(self) -> None:
        row = self.sender()
        if not isinstance(row, RailRow):
            return
        match self._leads[row]:
            case "article", int(article):
                self.article_wanted.emit(article)
            case "thread", int(thread):
                self.thread_wanted.emit(thread)
            case "storyline", int(storyline):
                self.storyline_wanted.emit(storyline)
            case "proof", Statement() as statement:
                self.proof_wanted.emit(statement, row.point_below())
            case "more", part:
                self.more_wanted.emit(part)

    def _on_walked(self, steps: int) -> None:
        row = self.sender()
        if isinstance(row, RailRow):
            at = min(max(self.rows.index(row) + steps, 0), len(self.rows) - 1)
            self.rows[at].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_entered(self) -> None:
        row = self.sender()
        if isinstance(row, RailRow):
            self._rove(row)
            self.entered.emit(row)

    def _rove(self, chosen: RailRow) -> None:
        """The tab key leads to this row alone; up and down to the others."""
        for row in self.rows:
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if row is chosen else Qt.FocusPolicy.ClickFocus)


def _standing(report: Report) -> tuple[str, str]:
    """What a report is among the others, on its chip and in words; "" where it is one of them."""
    if report.is_primary:
        return "Source", "the primary source: the authority’s own page" + (", first to report" if report.is_first else "")
    return ("First", "first to report") if report.is_first else ("", "")


def _is_agreed(one: Statement, told: Statements) -> bool:
    """Whether most independent reports state it, and none of them another number of the same things."""
    things = one.value.partition(" ")[2]
    rivals = [other for other in told.agreed if other is not one and other.kind == one.kind == "count"]
    return 2 * len(one.own) > told.of and all(other.value.partition(" ")[2] != things for other in rivals)


def _share(side: Statement, copies: frozenset[int]) -> str:
    """How many stand on a side of a contradiction: reports, copies, and texts of which nobody knows where they are from."""
    repeated, unknown = len(side.others & copies), len(side.others - copies)
    counts = [counted(len(side.own), "report")] if side.own else []
    counts += [counted(repeated, "copy", "copies")] if repeated else []
    counts += [f"{unknown} of unknown origin"] if unknown else []
    return ", ".join(counts)


def _tip(*words: str) -> str:
    """A tooltip that cannot be taken for markup, however it begins."""
    return "<p>" + " · ".join(escape(word) for word in words if word) + "</p>"
