"""A book full of names is taken in over HTTP, some of it waiting and some not: none of it is readable on the disk."""

import csv
import io
import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.browsing import Page, Session
from tests.privacy import places
from tests.privacy.canaries import Canaries
from tests.privacy.scanner import Scanner
from tests.running import RunningHome

PEOPLE = 60
HEADINGS = [
    "Code",
    "First name",
    "Middle name",
    "Surname",
    "Sex",
    "Date of birth",
    "Phone",
    "Ward",
    "MAT No.",
]
HEADINGS += ["Remarks"]
VISIT_HEADINGS = ["NO.", "Date", "Client code", "Name", "Phone", "Ward", "N&S given", "Swabs", "Remarks"]


class Books:
    """Somebody who takes books in, all of whose people are canaries."""

    def __init__(self, desk: Session, new: Canaries) -> None:
        self.desk, self.new = desk, new

    def person(self, code: str) -> list[str]:
        """One line of a line list."""
        new = self.new
        names = [new.word(), new.word(), new.word()]
        return [code, *names, "F", new.birth_date(), new.phone(), new.word(), new.number(), new.note(3)]

    def visit(self, number: int, code: str, name: str, day: str = "2/6/2025") -> list[str]:
        """One line of a visit register, full of what nobody should find."""
        new = self.new
        return [str(number), day, code, name, new.phone(), new.word(), "4", new.number(), new.note(3)]

    def chosen(
        self,
        name: str,
        lines: list[list[str]],
        kind: str = "line-list",
        headings: Sequence[str] = HEADINGS,
    ) -> str:
        """Choose a file, and return the address at which its columns are asked for."""
        written = io.StringIO()
        csv.writer(written).writerows([headings, *lines])
        form = self.desk.get("/books/new").form("file")
        file = io.BytesIO(written.getvalue().encode())
        file.name = name
        sent = {"csrfmiddlewaretoken": self.desk.cookies["csrftoken"]} | form.fields
        body = encode_multipart(BOUNDARY, sent | {"kind": kind, "file": file})
        answer = self.desk.send_body("/books/new", body, MULTIPART_CONTENT)
        assert answer.status == 302, answer.text
        return answer.header("Location")

    def taken_in(self, columns: str) -> Page:
        """Go from the columns to what came of the book."""
        assert self.desk.get(columns).status == 200
        preview = self.desk.get(f"{columns}/lines")
        page = self.desk.follow(self.desk.send(preview.form("/take"), preview.path))
        for _second in range(60):
            if re.fullmatch(r"/books/\d+", page.path):
                return page
            time.sleep(1)
            page = self.desk.follow(self.desk.get(f"{columns}/going"))
        raise AssertionError(f"{page.path}: {page.text[:2000]}")


@pytest.mark.long_on_postgresql
def test_what_stands_in_books_is_sealed_before_while_and_after_it_is_taken_in(
    home: RunningHome, postgresql: Any, tmp_path: Path
) -> None:
    began, canaries = time.time(), Canaries("what stands in books")
    scanner, desk = Scanner(canaries), home.session("mat_liaison")
    books = Books(desk, canaries)
    known = [books.person(canaries.number()) for _person in range(PEOPLE)]
    waiting = [books.person("") for _line in range(5)]  # nobody's code: they wait
    waiting += [[known[0][0], *books.person("")[1:]]]  # somebody else under a code that is taken
    books.taken_in(books.chosen(f"{canaries.word()}.csv", known + waiting))
    visits = [books.visit(n, one[0], " ".join(one[1:4])) for n, one in enumerate(known[:30], 1)]
    unknown = [
        books.visit(n, canaries.number(), f"{canaries.word()} {canaries.word()}") for n in range(41, 44)
    ]
    unread = [books.visit(51, known[0][0], canaries.word(), day=canaries.word())]
    register = f"{canaries.word()}.csv"
    books.taken_in(books.chosen(register, visits + unknown + unread, "register", VISIT_HEADINGS))
    waiting += unknown + unread
    listed = desk.get("/books/waiting")
    assert len(set(re.findall(r"/books/waiting/\d+/\d+", listed.text))) == len(waiting)
    line = desk.get(re.findall(r"/books/waiting/\d+/\d+", listed.text)[0])
    assert scanner.found_in(line.body), "the line that waits is shown to whoever settles it"
    left = books.chosen(
        f"{canaries.word()}.csv", [books.person(canaries.number()) for _person in range(PEOPLE)]
    )
    assert scanner.found_in(desk.get(left).body), "the columns are shown with examples"

    found = places.in_a_copy(scanner, home, tmp_path / "copy") | places.in_files(scanner, home)
    found |= places.in_tables(scanner, home)
    for answer in desk.answers:
        found[f"head of {answer.path}"] = scanner.found_in(f"{answer.path} {answer.headers}".encode())
    for role in ("me_officer", "administrator", "report_reader"):
        for answer in pages_for(home, role, [left, f"{left}/lines", line.path, "/books", "/books/1"]):
            assert answer.status in {403, 404}, f"{role} {answer.path}: {answer.status}"
            found[f"{answer.path} for {role}"] = scanner.found_in(answer.body)
    if postgresql:
        found |= places.in_the_servers_files(scanner, home, postgresql.pgdata, began)
    readable = [f"{where}: {', '.join(sorted(words))}" for where, words in found.items() if words]
    assert not readable, "\n".join(readable)


def pages_for(home: RunningHome, role: str, paths: list[str]) -> list[Page]:
    visit = home.visitor()
    visit.sign_in(role, home.password)
    return [visit.get(path) for path in paths]
