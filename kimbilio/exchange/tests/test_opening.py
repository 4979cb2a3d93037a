"""Opening: every format and encoding, told by content, gives the same cells."""

from datetime import date, datetime

import pytest

from kimbilio.exchange.books import limits
from kimbilio.exchange.books.opening import open_book
from kimbilio.exchange.books.sheets import Place
from kimbilio.exchange.tests.making import as_csv, as_ods, as_xlsx
from kimbilio.exchange.tests.making_xls import as_xls

DAY = date(2025, 6, 3)
ROWS = [["NAMBA", "JINA", "TAREHE"], ["KSS-0001", "Ng'ang'a wa Kamaũ", DAY], [48, None, 1.5]]
READ = [["NAMBA", "JINA", "TAREHE"], ["KSS-0001", "Ng'ang'a wa Kamaũ", DAY], [48.0, None, 1.5]]


@pytest.mark.parametrize("made", [as_xlsx, as_ods, as_xls])
def test_every_format_of_spreadsheet_gives_the_same_cells(made):
    book = open_book(made({"Juni": ROWS, "Julai": ROWS[:1]}), "whatever.bin")
    assert [(sheet.name, sheet.rows) for sheet in book.sheets] == [("Juni", READ), ("Julai", READ[:1])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_is_read_in_any_encoding_and_with_any_delimiter(encoding, delimiter):
    rows = [["NAMBA", "JINA"], ["1", "Kamaũ, Peter; Junior"], ["2", ""], ["3", "two\nlines"]]
    book = open_book(as_csv(rows, delimiter, encoding), "orodha.csv")
    assert book.sheets[0].name == "orodha"
    assert book.sheets[0].rows == [
        ["NAMBA", "JINA"],
        ["1", "Kamaũ, Peter; Junior"],
        ["2"],
        ["3", "two\nlines"],
    ]


def test_csv_of_an_old_windows_is_read():
    book = open_book(as_csv([["JINA", "MAONI"], ["José", "–"]], ";", "cp1252"), "a.csv")
    assert book.sheets[0].rows[1] == ["José", "–"]


def test_a_csv_that_names_its_delimiter_is_believed_and_its_lines_keep_their_numbers():
    book = open_book(b"sep=;\r\nNAMBA;JINA\r\n1;Kamau, Peter", "a.csv")
    assert book.cells_at(Place("a", 2)) == ["NAMBA", "JINA"]
    assert book.cells_at(Place("a", 3)) == ["1", "Kamau, Peter"]
    assert book.cells_at(Place("a", 9)) == []


def test_lines_and_columns_keep_their_places_when_the_first_are_empty():
    rows = [[], [None, None, "x"], [], [None, "y"]]
    for made in (as_xlsx, as_ods, as_xls):
        assert open_book(made({"A": rows}), "a").sheets[0].rows == [[], [None, None, "x"], [], [None, "y"]]


def test_hidden_sheets_are_named_and_not_read():
    book = open_book(as_xlsx({"Seen": ROWS, "Old": ROWS}, hidden=["Old"]), "a.xlsx")
    assert [sheet.name for sheet in book.sheets] == ["Seen"]
    assert book.hidden == ("Old",)


def test_merged_cells_are_known():
    book = open_book(
        as_xlsx({"A": [["MAT", None, None], ["No.", "Date", "Status"]]}, {"A": [(0, 0, 0, 2)]}), "a"
    )
    assert book.sheets[0].merged == (((0, 0), (0, 2)),)


def test_signs_that_cannot_be_seen_are_dropped_and_letters_are_composed():
    book = open_book(as_csv([["a\u200bb", "Kamau\u0303", "x\u00a0y", "\u00a0", "\x07"]]), "a.csv")
    assert book.sheets[0].rows == [["ab", "Kamaũ", "x y"]]


def test_formulas_give_their_values_and_errors_give_nothing():
    import io

    import xlsxwriter

    file = io.BytesIO()
    made = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = made.add_worksheet("A")
    sheet.write_formula(0, 0, '=A9&"x"', None, "value")
    sheet.write_formula(0, 1, "=1/0", None, "#DIV/0!")
    sheet.write_formula(0, 2, "='http://elsewhere.example/[book.xlsx]A'!A1", None, 7)
    sheet.write_boolean(0, 3, True)
    made.close()
    assert open_book(file.getvalue(), "a").sheets[0].rows == [["value", None, 7.0, True]]


def test_times_are_text_and_a_day_with_a_time_is_the_day():
    day = datetime(2025, 6, 3, 10, 30)  # noqa: DTZ001 - as a spreadsheet keeps it
    time = datetime(1899, 12, 31, 10, 30)  # noqa: DTZ001
    assert open_book(as_xlsx({"A": [[day]]}, dates="dd/mm/yyyy hh:mm"), "a").sheets[0].rows == [[DAY]]
    assert open_book(as_xlsx({"A": [[time]]}, dates="hh:mm"), "a").sheets[0].rows == [["10:30"]]


def test_a_book_of_the_largest_size_we_promise_fits():
    assert limits.MOST_CELLS > 50_000 * 34
    assert limits.MOST_LINES >= 50_000
    assert limits.MOST_UNPACKED > 100 * limits.MEGABYTE
