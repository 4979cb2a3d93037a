"""What `kimbilio import` says of a book as a whole, on standard error: nothing is left out without a word."""

import re

from kimbilio.config.tests.test_command_line import kimbilio
from kimbilio.config.tests.test_import_command import AT_SITE, fresh_home, home, taken_in, written
from kimbilio.exchange.tests.door import PEOPLE, attendance, line_list
from kimbilio.exchange.tests.making import as_xlsx

__all__ = ["fresh_home", "home"]


def test_a_book_of_another_kind_is_named_on_standard_error(home, tmp_path):
    file = written(tmp_path, line_list(*PEOPLE).data, "list.csv")
    done = kimbilio(home, "import", "register", file, *AT_SITE, "--dry-run")
    assert "By its headings this is a line list" in done.stderr
    assert "By its headings" not in kimbilio(home, "import", "line-list", file, *AT_SITE, "--dry-run").stderr


def test_what_is_not_taken_is_said_and_so_is_a_mark_that_is_not_clear(home, tmp_path):
    month = [["MAT CLINIC JUNE 2025"], ["MAT No.", *range(1, 31)], ["KRR00001", "P", "", *["P"] * 28]]
    sheets = {"Juni": month, "Other": [["Colour", "Size"], ["red", "big"], ["blue", "small"]]}
    taken_in(home, "line-list", written(tmp_path, line_list(*PEOPLE).data))
    file = written(tmp_path, as_xlsx(sheets), "juni.xlsx")
    for more in (["--dry-run"], []):
        done = kimbilio(home, "import", "attendance", file, *AT_SITE, *more)
        assert done.returncode == 0, done.stderr
        assert "Nothing is taken from sheet 'Other'." in done.stderr
        assert "nothing is known: 2025-06-02." in done.stderr
    unclear = written(tmp_path, attendance([("KRR00001", *"AAHG")]).data, "marks.csv")
    refused = kimbilio(home, "import", "attendance", unclear, *AT_SITE)
    assert refused.returncode == 1
    assert re.search(r"mean: a, .*--columns", refused.stderr)
    undated = written(tmp_path, b"Code,Names,MAT status\nKSS-7,Amina Juma Said,Active\n", "undated.csv")
    done = kimbilio(home, "import", "line-list", undated, *AT_SITE)
    assert "The book has no date" in done.stderr
