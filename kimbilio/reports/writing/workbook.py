"""The month's report as a workbook: figures with their definitions, parts, months side by side, how long people stay.

Numbers are numbers, and no text is taken for a formula.
"""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # it has no types
from django.utils.translation import gettext as _

from kimbilio.reports.wording import split_words, title_of
from kimbilio.reports.written.parts import Row, Table, WrittenReport

_WIDTHS = (44, 16)
_Cell = str | int | float


def workbook_of(report: WrittenReport) -> bytes:
    """Return the workbook, with its headings in the language that is active."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        sheets = _Sheets(book)
        sheets.add(_("Month"), [_("What"), _("Words")], _month(report))
        sheets.add(_("Figures"), [_("Number"), _("Value"), _("Out of"), _("Code")], _figures(report))
        sheets.add(_("By sex"), [_("Number"), _("Male"), _("Female"), _("Other"), _("All")], _by_sex(report))
        sheets.add(
            _("All parts"), [_("Number"), _("Part"), _("Value"), _("Out of"), _("Code")], _parts(report)
        )
        sheets.add(_("Months"), report.trend.columns, _cells_of(report.trend))
        if report.staying.drawn:
            table = report.staying.drawn.table
            sheets.add(_("Staying on MAT"), table.columns, _cells_of(table))
        sheets.add(
            _("Definitions"),
            [_("Number"), _("Definition"), _("What it leaves out"), _("Source"), _("Why"), _("Code")],
            _definitions(report),
        )
        sheets.add(_("Data quality"), [_("What"), _("How many"), _("Sort"), _("Why")], _quality(report))
    return out.getvalue()


class _Sheets:
    """The sheets of a workbook, each with a heading that stays in sight."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.words = book.add_format({"text_wrap": True, "valign": "top"})
        self.number = book.add_format({"num_format": "#,##0", "valign": "top"})

    def add(self, name: str, columns: Sequence[str], rows: Sequence[Sequence[_Cell]]) -> None:
        """Write a sheet. A number is written as one, any text as it stands."""
        sheet = self.book.add_worksheet(name[:31])
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, 1)
        for place, title in enumerate(columns):
            sheet.write_string(0, place, title, self.heading)
            is_words = place == 0 or any(len(str(row[place])) > 20 for row in rows)
            sheet.set_column(place, place, _WIDTHS[0] if is_words else _WIDTHS[1])
        for line, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(line, place, cell, self.words)
                else:
                    sheet.write_number(line, place, cell, self.number)


def _month(report: WrittenReport) -> list[list[_Cell]]:
    about: list[list[_Cell]] = [
        [_("Programme"), report.organisation],
        [_("Site"), report.place],
        [_("Month"), report.month_name],
        [_("As at"), report.as_at.strftime("%Y-%m-%d %H:%M")],
        [_("Closed?"), report.state_words],
    ]
    said: list[list[_Cell]] = [[_("Finding"), one] for one in report.findings]
    said += [[_("Gap"), one] for one in report.gaps]
    return about + said


def _figures(report: WrittenReport) -> list[list[_Cell]]:
    return [
        [title_of(one.code), one.value, "" if one.of is None else one.of, one.code]
        for one in report.figures
        if not one.split
    ]


def _by_sex(report: WrittenReport) -> list[list[_Cell]]:
    rows: list[Row] = [
        *report.people,
        *report.supplies,
        *report.services,
        *report.mat,
        *report.community,
    ]
    return [
        [
            row.label,
            row.male.value if row.male else "",
            row.female.value if row.female else "",
            row.other,
            row.figure.value,
        ]
        for row in rows
        if row.male or row.female
    ]


def _parts(report: WrittenReport) -> list[list[_Cell]]:
    return [
        [title_of(one.code), split_words(one.split), one.value, "" if one.of is None else one.of, one.code]
        for one in report.figures
        if one.split
    ]


def _definitions(report: WrittenReport) -> list[list[_Cell]]:
    return [
        [one.title, one.definition, one.leaves_out, one.source, one.why, one.code]
        for one in report.definitions
    ]


def _quality(report: WrittenReport) -> list[list[_Cell]]:
    return [[one.label, one.count, one.group, one.why] for one in report.quality]


def _cells_of(table: Table) -> list[list[_Cell]]:
    return [[_as_number(cell) for cell in row] for row in table.rows]


def _as_number(cell: str) -> _Cell:
    """Return a number that was written for people as a number again."""
    plain = cell.replace(",", "")
    return int(plain) if plain.isdecimal() else cell
