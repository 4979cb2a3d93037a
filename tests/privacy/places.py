"""Where a name could have stayed behind: files, tables, logs, and the answers that browsers were given."""

import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

from tests.browsing import Page
from tests.privacy.scanner import Scanner
from tests.running import RunningHome

ADDRESSES = set(
    "href src action formaction content data-locked hx-get hx-post hx-push-url hx-replace-url".split()
)

Found = dict[str, set[str]]


def in_files(scanner: Scanner, home: RunningHome) -> Found:
    """Look into every byte of the home, of its temporary folder and of what the server said."""
    found = scanner.found_in_folder(home.home) | scanner.found_in_folder(home.temporary)
    said = {log.name: scanner.found_in(log.read_bytes()) for log in (home.stdout, home.stderr)}
    return found | {name: canaries for name, canaries in said.items() if canaries}


def in_a_copy(scanner: Scanner, home: RunningHome, folder: Path) -> Found:
    """Copy the files as a backup would, while the server runs, and look into the copy."""
    shutil.copytree(home.home, folder)
    return scanner.found_in_folder(folder)


def in_tables(scanner: Scanner, home: RunningHome) -> Found:
    """Look into every column of every row of every table, past the file's own cipher."""
    with home.database() as connection:
        read = _copies if home.database_url else _rows
        return {table: found for table, data in read(connection) if (found := scanner.found_in(data))}


def _rows(connection: Any) -> Iterator[tuple[str, bytes]]:
    """Yield every table of an SQLCipher file, its schema too, as one run of bytes."""
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    assert "identity_personaldetails" in tables
    for table in [*tables, "sqlite_master"]:
        values = (value for row in connection.execute(f'SELECT * FROM "{table}"') for value in row)
        yield (
            table,
            b"\n".join(value if isinstance(value, bytes) else str(value).encode() for value in values),
        )


def _copies(connection: Any) -> Iterator[tuple[str, bytes]]:
    """Yield every table of a PostgreSQL database as COPY gives it."""
    tables = connection.execute(
        "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname <> 'pg_catalog'"
    ).fetchall()
    assert ("public.identity_personaldetails",) in tables
    for (table,) in tables:
        whole = BytesIO()
        with connection.cursor().copy(f"COPY {table} TO STDOUT (FORMAT binary)") as copy:
            for part in copy:
                whole.write(part)
        yield table, whole.getvalue()


def in_the_servers_files(scanner: Scanner, home: RunningHome, pgdata: Path, since: float) -> Found:
    """Look into every file that a PostgreSQL wrote to, its log of writes among them, once all is written out."""
    with home.database() as connection:
        connection.execute("ANALYZE")  # keeps samples of columns in a table of its own
        connection.execute("CHECKPOINT")
    return scanner.found_in_folder(pgdata, since)


def open_files(home: RunningHome) -> set[Path]:
    """Return the regular files that the serving process holds open, those that have no name any more as well."""
    links = Path(f"/proc/{home.serving_process()}/fd").iterdir()
    targets = {link.readlink() for link in links if link.is_symlink()}
    return {target for target in targets if target.is_absolute() and not str(target).startswith("/dev/")}


def in_answers(scanner: Scanner, pages: list[Page]) -> Found:
    """Look into answers: heads, titles, addresses, and those bodies that may not show what they show.

    A page of names shows names, and a form that is shown again what was typed into it. No other may.
    """
    found: Found = {}
    for page in pages:
        where = f"{page.method} {page.path.partition('?')[0]} ({page.status})"
        heads = "\n".join(f"{name}: {value}" for name, value in page.headers)
        outline = _outline(page)
        for part, canaries in {
            "heads": scanner.found_in_text(heads),
            "title": scanner.found_in_text(" ".join(outline.title)),
            "addresses": scanner.found_in_text("\n".join(outline.addresses)),
            "form that would put what is typed into an address": _forms_by_get(page),
            "body": scanner.found_in(page.body)
            - _may_be_shown(scanner, page)
            - scanner.found_in_text(page.path),
        }.items():
            if canaries:
                found[f"{part} of {where}"] = canaries
    return found


def _forms_by_get(page: Page) -> set[str]:
    """Return the fields whose words would stand in a browser's history. The day of a list tells of nobody."""
    by_get = [form for form in page.forms if form.has_button and form.method.lower() != "post"]
    return {name for form in by_get for name in form.names - form.days}


def _may_be_shown(scanner: Scanner, page: Page) -> set[str]:
    if page.status != 200:
        return set()
    is_of_names = page.path.endswith(("/name", "/details", "/where"))
    if is_of_names or b"kept-form=" in page.sent:
        return scanner.canaries.all()
    is_form_shown_again = page.method == "POST" and "HX-Request" not in page.asked
    return scanner.found_in(page.sent) if is_form_shown_again else set()


class _Outline(HTMLParser):
    """The title of a page, and every address that a browser would go to from it."""

    def __init__(self) -> None:
        super().__init__()
        self.title: list[str] = []
        self.addresses: list[str] = []
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_title = tag == "title"
        self.addresses += [
            value for name, value in attrs if name in ADDRESSES and value and not value.startswith("tel:")
        ]

    def handle_endtag(self, _tag: str) -> None:
        self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title.append(data)


def _outline(page: Page) -> _Outline:
    outline = _Outline()
    outline.feed(page.text)
    return outline
