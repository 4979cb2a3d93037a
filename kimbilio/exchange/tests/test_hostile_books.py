"""Hostile and mistaken files: one clear sentence each, whatever they hold, and never more."""

import io
import time
import zipfile

import pytest

from kimbilio.exchange.books import limits, workbook
from kimbilio.exchange.books.opening import open_book
from kimbilio.exchange.books.sheets import UnreadableBook
from kimbilio.exchange.tests.making import as_csv, as_ods, as_xlsx, as_zip, repacked
from kimbilio.exchange.tests.making_xls import as_xls

ROWS = [["NAMBA", "JINA"], ["KSS-0001", "Peter Kamau"]]
BOMB = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    + "".join(f'<!ENTITY {chr(n + 1)} "{f"&{chr(n)};" * 8}">' for n in range(ord("b"), ord("m")))
    + "]>"
)
EXTERNAL = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'


def refusal(data: bytes, name: str = "book.xlsx") -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(UnreadableBook) as refused:
        open_book(data, name)
    assert str(refused.value) == str(refused.value.words)
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_nothing_and_only_spaces_are_empty():
    assert refusal(b"") == "The file is empty."
    assert refusal(b" \r\n\0") == "The file is empty."


def test_a_book_without_a_filled_cell_is_empty():
    assert refusal(as_xlsx({"A": [[]]})) == "No sheet of the book has anything in it."
    assert refusal(b",,,\n,,,\n") == "No sheet of the book has anything in it."


def test_a_file_above_the_limit_is_refused_before_anything_is_read():
    assert refusal(b"x" * (limits.MOST_BYTES + 1)).startswith("The file is larger than 20 MB.")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n....", "picture"),
        (b"\xff\xd8\xff\xe0....", "picture"),
        (b"Rar!\x1a\x07....", "packed folder"),
        (b"\x1f\x8b\x08....", "packed folder"),
        (b"<html><table><tr><td>x</td></tr></table></html>", "web page"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "web page"),
        (b"{\\rtf1 x}", "written document"),
        (bytes(range(256)) * 40, "no book that we know"),
        (b"\x7fELF\x02\x01\x01", "no book that we know"),
    ],
)
def test_what_is_no_book_is_told_what_it_is(data, says):
    assert says in refusal(data, "list.xls")


def test_other_zip_files_are_told_what_they_are():
    assert "written document" in refusal(as_zip({"word/document.xml": "<x/>", "[Content_Types].xml": "<x/>"}))
    assert "packed folder" in refusal(as_zip({"june/list.xlsx": as_xlsx({"A": ROWS})}))
    assert "no spreadsheet" in refusal(as_zip({"readme.txt": "x"}))


def test_a_protected_book_is_told_so():
    assert "password" in refusal(as_xls({"A": ROWS}) + "EncryptedPackage".encode("utf-16-le"))
    assert "password" in refusal(as_xls({"A": ROWS}, protected=True), "a.xls")
    flagged = bytearray(as_xlsx({"A": ROWS}))
    place = flagged.index(b"PK\x01\x02")
    flagged[place + 8] |= 1
    assert "password" in refusal(bytes(flagged))


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    began = time.process_time()
    bomb = repacked(as_xlsx({"A": ROWS}), {"xl/worksheets/sheet1.xml": bytes(150 * limits.MEGABYTE)})
    assert len(bomb) < limits.MEGABYTE
    packing = time.process_time() - began
    assert "more room than is safe" in refusal(bomb)
    assert time.process_time() - began < packing + 0.5


def test_many_small_files_in_one_zip_are_refused():
    many = {f"xl/media/{number}.png": "x" for number in range(limits.MOST_PACKED_FILES)}
    assert "more room than is safe" in refusal(
        repacked(as_xlsx({"A": ROWS}), {n: v.encode() for n, v in many.items()})
    )


def test_a_bomb_that_lies_about_its_size_is_stopped():
    data = bytearray(
        repacked(as_xlsx({"A": ROWS}), {"xl/worksheets/sheet1.xml": bytes(40 * limits.MEGABYTE)})
    )
    place = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    data[place + 24 : place + 28] = (1000).to_bytes(4, "little")
    assert refusal(bytes(data))


def test_a_cell_in_the_farthest_corner_does_not_end_the_server():
    near = as_xlsx({"A": [["x"]]})
    sheet = (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">'
        b'<c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    assert "more room than is safe" in refusal(repacked(near, {"xl/worksheets/sheet1.xml": sheet}))


def test_too_many_lines_and_columns_are_refused_with_where_they_are():
    assert "501 columns" in refusal(as_csv([["x"] * 501]), "wide.csv")
    assert "goes on to line 200001" in refusal(b"x,y\n" * (limits.MOST_LINES + 1), "long.csv")
    assert "has 600 columns" in refusal(as_xlsx({"Wide": [["x"] * 600]}))


def test_empty_lines_and_columns_without_end_are_nothing():
    assert open_book(as_ods({"A": ROWS}), "a.ods").sheets[0].rows == ROWS
    assert open_book(as_csv(ROWS) + b",,,\r\n" * 1000, "a.csv").sheets[0].rows == ROWS


def test_a_cell_with_a_book_in_it_is_refused():
    assert "holds 40000 characters" in refusal(as_csv([["NAMBA", "x" * 40_000]]), "a.csv")
    assert "A line of the file is too long" in refusal(b"x," * 2_000_000, "a.csv")
    assert "never closed" in refusal(b'a,"' + b"x\n" * 2_000_000, "a.csv")


@pytest.mark.parametrize("entities", [BOMB, EXTERNAL])
def test_entities_are_never_resolved(entities):
    name = entities.split("ENTITY ")[-1][0]
    made = as_ods({"A": [["KSS-0001", "HERE"]]}, before=entities)
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        content = packed.read("content.xml").replace(b"HERE", f"&{name};".encode())
    assert "damaged" in refusal(repacked(made, {"content.xml": content}), "a.ods")


def test_a_damaged_book_is_told_so():
    data = as_xlsx({"A": ROWS * 50})
    assert "damaged" in refusal(data[: len(data) // 2])
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml")
    assert "damaged" in refusal(repacked(data, {"xl/worksheets/sheet1.xml": sheet[: len(sheet) // 2]}))
    flipped = bytearray(data)
    place = flipped.index(b"xl/worksheets/sheet1.xml") + 60
    flipped[place] ^= 0xFF
    assert "damaged" in refusal(bytes(flipped))


def test_macros_are_let_be():
    with_macros = repacked(as_xlsx({"A": ROWS}), {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(5000)})
    assert open_book(with_macros, "a.xlsm").sheets[0].rows == ROWS


def test_a_reader_that_never_ends_is_stopped(monkeypatch, tmp_path):
    script = tmp_path / "sleeps.py"
    script.write_text("import time\ntime.sleep(60)\n", "utf-8")
    monkeypatch.setattr(workbook, "_SCRIPT", script)
    monkeypatch.setattr(limits, "PROCESS_SECONDS", 0.3)
    assert "takes too long" in refusal(as_xlsx({"A": ROWS}))


def test_a_reader_that_crashes_is_one_sentence_too(monkeypatch, tmp_path):
    script = tmp_path / "crashes.py"
    script.write_text("import os\nos.abort()\n", "utf-8")
    monkeypatch.setattr(workbook, "_SCRIPT", script)
    assert "more room than is safe" in refusal(as_xlsx({"A": ROWS}))


def test_the_reader_is_given_no_secret(monkeypatch, tmp_path):
    script = tmp_path / "tells.py"
    script.write_text(
        "import json, os, sys\nsys.stdin.buffer.read()\n"
        'print(json.dumps({"hidden": sorted(os.environ)}))\nprint(json.dumps("end"))\n',
        "utf-8",
    )
    monkeypatch.setenv("KIMBILIO_PASSPHRASE", "secret")
    monkeypatch.setattr(workbook, "_SCRIPT", script)
    assert not any("KIMBILIO" in name for name in workbook.read_workbook(b"x", "a").hidden)
