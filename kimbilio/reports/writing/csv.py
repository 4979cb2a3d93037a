"""The figures as a CSV table: the same as in the JSON, one line each, with a column for each sort of part."""

import csv
import io
from collections.abc import Sequence

from kimbilio.reports.choices import Split
from kimbilio.reports.figures import Figure

# A cell that begins so is taken for a formula by spreadsheets, some of them also after blanks, or in wide letters.
# Source: OWASP, 'CSV Injection'.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def csv_of(figures: Sequence[Figure]) -> bytes:
    """Return the table, with the mark by which spreadsheets know that it is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["code", "title", "value", "of", *(split.value for split in Split)])
    for one in figures:
        parts = [harmless(one.split.get(split.value, "")) for split in Split]
        writer.writerow([one.code, harmless(one.title), one.value, "" if one.of is None else one.of, *parts])
    return out.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text
