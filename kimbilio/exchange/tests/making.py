"""Makes books for tests, in every format that is read, from plain rows of cells."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

Row = Sequence[Any]
Sheets = dict[str, Sequence[Row]]


def as_xlsx(
    sheets: Sheets,
    merged: dict[str, list[tuple[int, int, int, int]]] | None = None,
    hidden: Sequence[str] = (),
    dates: str = "dd/mm/yyyy",
    **options: Any,
) -> bytes:
    """A workbook as Excel writes it; dates are real dates, shown in this form. Merged cells keep their first value."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, **options})
    day = book.add_format({"num_format": dates})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for line, row in enumerate(rows):
            for column, cell in enumerate(row):
                write_cell(sheet, line, column, cell, day)
        for top, left, bottom, right in (merged or {}).get(name, []):
            sheet.merge_range(top, left, bottom, right, "")
            write_cell(sheet, top, left, rows[top][left], day)
        if name in hidden:
            sheet.hide()
    book.close()
    return file.getvalue()


def write_cell(sheet: Any, line: int, column: int, cell: Any, day: Any) -> None:
    """Write one cell by its type; None is left blank."""
    if isinstance(cell, date):
        sheet.write_datetime(line, column, cell, day)
    elif isinstance(cell, bool):
        sheet.write_boolean(line, column, cell)
    elif isinstance(cell, int | float):
        sheet.write_number(line, column, cell)
    elif cell is not None:
        sheet.write_string(line, column, str(cell))


def as_csv(rows: Sequence[Row], delimiter: str = ",", encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    """A CSV file; dates as 2025-06-30."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end)
    writer.writerows([["" if cell is None else cell for cell in row] for row in rows])
    return text.getvalue().encode(encoding)


_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
    for short in ("office", "table", "text")
)


def as_ods(sheets: Sheets, before: str = "") -> bytes:
    """A spreadsheet as LibreOffice writes it, with the many empty rows that it puts at the end."""
    tables = "".join(
        f"<table:table table:name={quoteattr(name)}>{''.join(map(_ods_row, rows))}"
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/>'
        "</table:table-row></table:table>"
        for name, rows in sheets.items()
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content {_NAMESPACES} office:version="1.2">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS}"/></manifest:manifest>'
    )
    return as_zip({"mimetype": _ODS, "content.xml": content, "META-INF/manifest.xml": manifest})


def _ods_row(row: Row) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"


def _ods_cell(cell: Any) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, date):
        kind = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
    elif isinstance(cell, int | float):
        kind = f'office:value-type="float" office:value="{cell}"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{escape(str(cell))}</text:p></table:table-cell>"


def as_zip(files: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file with these files in it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return file.getvalue()


def repacked(data: bytes, changes: dict[str, bytes]) -> bytes:
    """A zip file in which some files have another content, whole and with right sums."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    return as_zip(files | changes)
