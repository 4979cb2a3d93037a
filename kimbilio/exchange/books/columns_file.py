"""A file that says which column is which, for a book whose columns cannot be guessed, or that comes every month."""

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kimbilio.exchange.books.fields import FIELDS, OTHER_WORDS_FOR_FIELDS, Kind
from kimbilio.exchange.books.wording import BookFault, gettext_noop, say

_MOST_BYTES = 100_000
_TITLES = frozenset({"field", "heading", "column"})

_Pair = tuple[str, str | None]


class UnclearColumns(BookFault):
    """A file of columns cannot be read, or says what cannot be."""


@dataclass(frozen=True, slots=True)
class GivenColumns:
    """What a file of columns says: {field: heading or letter}, None where there is no such column; {mark: meaning}."""

    columns: Mapping[str, str | None] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)


def read_columns_file(data: bytes, kind: Kind) -> GivenColumns:
    """Return what a file says: {"NAMBA": "code", "C": "full_name"}, or the other way round, as JSON or as CSV.

    A field of null has no column. {"columns": {...}, "marks": {"K": "dosed"}} says what marks mean, too; "" is the
    empty cell. Whatever is not named is still guessed. Raises UnclearColumns.
    """
    try:
        text = data.decode("utf-8-sig") if len(data) <= _MOST_BYTES else ""
        said: dict[str, Any] = json.loads(text) if text.lstrip().startswith("{") else _of_csv(text)
    except (ValueError, RecursionError, csv.Error) as reason:
        raise UnclearColumns(_NO_COLUMNS) from reason
    if not said:
        raise UnclearColumns(_NO_COLUMNS)
    marks: dict[str, Any] = {}
    if set(said) <= {"columns", "marks"} and all(isinstance(part, dict) for part in said.values()):
        said, marks = said.get("columns", {}), said.get("marks", {})
    return GivenColumns(_by_field(said, kind), {mark: str(meaning) for mark, meaning in marks.items()})


def _of_csv(text: str) -> dict[str, Any]:
    rows = [[cell.strip() for cell in row] for row in csv.reader(text.splitlines()) if any(row)]
    pairs = [(row[0], row[1] if len(row) > 1 else "") for row in rows]
    return {one: other or None for one, other in pairs if not {one.casefold(), other.casefold()} <= _TITLES}


def _by_field(said: Mapping[str, Any], kind: Kind) -> dict[str, str | None]:
    """Return {field: heading}, whichever way round the file has it."""
    values = list(said.values())
    if not all(value is None or (isinstance(value, str) and value.strip()) for value in values):
        raise UnclearColumns(_NO_COLUMNS)
    if all(value is not None and _field(value, kind) for value in values):
        pairs: list[_Pair] = [(value, heading) for heading, value in said.items()]
    else:
        pairs = list(said.items())
    return _each_once([(_known(pair, kind), pair[1]) for pair in pairs])


def _known(pair: _Pair, kind: Kind) -> str:
    name = _field(pair[0], kind)
    if name is None:
        sentence = gettext_noop(
            "The file of columns says '%(one)s': '%(other)s', and neither is a field. The fields are: %(fields)s."
        )
        raise UnclearColumns(say(sentence, one=pair[0], other=pair[1] or "", fields=", ".join(FIELDS[kind])))
    return name


def _each_once(pairs: Sequence[_Pair]) -> dict[str, str | None]:
    columns: dict[str, str | None] = {}
    for name, heading in pairs:
        if name in columns:
            raise UnclearColumns(
                say(gettext_noop("The file of columns names '%(field)s' twice."), field=name)
            )
        columns[name] = heading
    return columns


def _field(name: str, kind: Kind) -> str | None:
    """Return our own name of a field of this kind of book; None where there is none."""
    folded = name.strip().casefold().replace(" ", "_").replace("-", "_")
    found = OTHER_WORDS_FOR_FIELDS.get(folded, folded)
    return found if found in FIELDS[kind] else None


_NO_COLUMNS = say(
    gettext_noop(
        'The file of columns must be JSON such as {"Card no.": "code", "Names": "full_name"}, or CSV of such pairs.'
    )
)
