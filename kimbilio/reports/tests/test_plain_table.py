"""A plain table is read whatever a spreadsheet made of it, and what is wrong is named with its line."""

import pytest

from kimbilio.reports.plain_table import TableFault, stays_in
from kimbilio.reports.rules.survival import Stay

WELL = "code,days,left,site\nA,30,1,north\nB,45,0,south\n"


def told(tmp_path, content, **columns):
    file = tmp_path / "stays.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return stays_in(file, **({"duration": "days", "event": "left"} | columns))


@pytest.mark.parametrize(
    "content",
    [
        WELL,
        "\ufeff" + WELL,
        WELL.replace(",", ";"),
        WELL.replace(",", "\t"),
        WELL.replace("\n", "\r\n"),
        WELL.replace("\n", "\n\n") + "\n,,,\n",
        WELL.replace("30,1", ' 30.0 ,"1"'),
        WELL.replace("code", "côde").encode("cp1252"),
        WELL.encode("utf-16"),
        WELL.replace(",", ";").replace("30;", "30,0;"),
    ],
)
def test_a_table_is_read_however_it_was_saved(tmp_path, content):
    found = told(tmp_path, content, group="site")
    assert [(one.stay, one.group) for one in found] == [
        (Stay(30, True), "north"),
        (Stay(45, False), "south"),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is empty"),
        ("  \n\n", "is empty"),
        ("days,left\n", "no line below its headings"),
        ("day,left\n1,1\n", "no column 'days': its columns are day, left"),
        ("days,days,left\n1,1,1\n", "2 columns 'days'"),
        ("days,left\n1,1\n\nthirty,1\n", "Line 4: 'thirty' in column 'days' is not a number"),
        ('days,left\n"1,234",1\n', "Line 2: '1,234' in column 'days' is not a number"),
        ("days,left\n,1\n", "Line 2: '' in column 'days' is not a number"),
        ("days,left\nnan,1\n", "Line 2: 'nan' in column 'days' is not a number"),
        ("days,left\n1_0,1\n", "Line 2: '1_0' in column 'days' is not a number"),
        ("days,left\n1e999,1\n", "Line 2: '1e999' in column 'days' is not a number"),
        ("days,left\n-3,1\n", "Line 2: '-3' in column 'days' is less than nothing"),
        ("days,left\n3,2\n", "Line 2: '2' in column 'left' is neither 1"),
        ("days,left\n3\n", "Line 2: '' in column 'left' is neither 1"),
        ("days,left\n3,yes\n", "Line 2: 'yes' in column 'left' is neither 1"),
        (b"PK\x03\x04 and more", "save the sheet as CSV"),
        (b"\x00\x01\x02", "no column 'days'"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(tmp_path, content, said):
    with pytest.raises(TableFault) as why:
        told(tmp_path, content)
    assert said in str(why.value)
    assert "\n" not in str(why.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(TableFault, match="no such file"):
        stays_in(tmp_path / "gone.csv", duration="days", event="left")
