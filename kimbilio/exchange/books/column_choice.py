"""Chooses the columns of one table: each field at most one, each column at most one field, the surest first."""

from collections.abc import Mapping, Sequence

from kimbilio.exchange.books.contents import Contents
from kimbilio.exchange.books.fields import FIELDS, NAME_FIELDS, PERSON_FIELDS, TICKED, Kind
from kimbilio.exchange.books.heading_levels import Heading
from kimbilio.exchange.books.heading_words import KNOWN, HeadingWords

_TAKEN = 0.3  # a guess below this is none
_FEW = 3  # fewer filled cells than this say nothing of a column
_CONTRADICTS = 0.2  # a column that fits its heading less than this speaks against it
_BY_CONTENT, _FITS_WELL = 0.5, 0.8  # how far contents alone are believed, and from which fit on
_FAR_FROM_1 = 1000  # no list is numbered from here on, and no page of one
_NEARLY_ALL = 0.9
_MANY = 0.5  # so many of the cells differ where each is somebody's name
# Fields that may be recognised by what stands in them, under a heading that says nothing.
_FROM_CONTENT: dict[Kind, frozenset[str]] = {
    Kind.LINE_LIST: frozenset({"line_number", "code", "sex", "birth_date", "phone", "status", "age"}),
    Kind.ATTENDANCE: frozenset({"line_number", "code", "day", "mark"}),
    Kind.REGISTER: frozenset({"line_number", "code", "day", "sex", "age", "phone"}),
    Kind.EVENTS: frozenset({"line_number", "day", "activity"}),
}
_OF_EVENTS = frozenset({"activity", "venue", "male", "female", "heads"})
# What headings of other books mean: no reason against a column in this one.
_OF_OTHER_BOOKS: dict[Kind, frozenset[str]] = {
    Kind.LINE_LIST: frozenset({"day", "mark", *TICKED, "over_days", *_OF_EVENTS}),
    Kind.ATTENDANCE: frozenset({"over_days", "status", *_OF_EVENTS}),
    Kind.REGISTER: frozenset({"mark", *TICKED, "over_days", "first_contact_on", *_OF_EVENTS}),
    Kind.EVENTS: frozenset(
        {"over_days", "first_contact_on", "sums", "ward", "mark", *TICKED, *PERSON_FIELDS, "sex"}
    ),
}

Choice = tuple[str, float]  # a field, and how sure


def choose_columns(
    kind: Kind,
    headings: Sequence[Heading],
    free: Sequence[str],
    contents: Mapping[int, Contents],
    words: HeadingWords,
) -> dict[int, Choice]:
    """Return {column: (field, confidence)} for the headings that are not spoken for, of the fields still free."""
    offers = []
    for heading in headings:
        for field, sure in _meanings(kind, heading, words).items():
            if field in free:
                confidence = _confidence(kind, field, sure, contents[heading.column])
                offers.append((-confidence, free.index(field), heading.column, field))
    chosen: dict[int, Choice] = {}
    taken: set[str] = set()
    for against, _order, column, field in sorted(offers):
        if -against >= _TAKEN and column not in chosen and field not in taken:
            chosen[column] = field, round(-against, 2)
            taken.add(field)
    return _with_what_is_missing(headings, free, chosen, contents, words, kind=kind)


def _with_what_is_missing(
    headings: Sequence[Heading],
    free: Sequence[str],
    chosen: Mapping[int, Choice],
    contents: Mapping[int, Contents],
    words: HeadingWords,
    *,
    kind: Kind,
) -> dict[int, Choice]:
    """Return the choice with columns of names and of codes, where no heading was sure enough of one."""
    chosen, taken = dict(chosen), {field for field, _sure in chosen.values()}
    unknown = [
        heading.column
        for heading in headings
        if heading.column not in chosen and not _is_known(heading, words)
    ]
    if taken.isdisjoint(NAME_FIELDS) and set(NAME_FIELDS) <= set(free):
        chosen |= _names_by_content(unknown, contents)
    if "code" in free and taken.isdisjoint({"code"} if kind is Kind.LINE_LIST else {"code", "mat_number"}):
        left = [heading for heading in headings if heading.column not in chosen]
        chosen |= _code_by_content([heading.column for heading in left], contents)
    if kind is Kind.REGISTER and "line_number" in free and "line_number" not in taken:
        chosen |= _number_by_heading(headings, chosen, words)
    if "code" in free and all(field != "code" for field, _sure in chosen.values()):
        chosen |= _code_instead_of_a_number(headings, chosen, contents, words, kind=kind)
    return chosen


def _is_known(heading: Heading, words: HeadingWords) -> bool:
    return bool(words.meanings(heading.text)) or bool(heading.over and words.meanings(heading.whole))


def _names_by_content(columns: Sequence[int], contents: Mapping[int, Contents]) -> dict[int, Choice]:
    """Return the columns of names in a table where no heading speaks of any: all in one, or first to last."""
    many = [c for c in columns if contents[c].filled >= _FEW]
    whole = [c for c in many if contents[c].fit("full_name") >= _FITS_WELL and contents[c].distinct >= _MANY]
    if whole:
        return {max(whole, key=lambda c: contents[c].distinct): ("full_name", _BY_CONTENT)}
    parts = [c for c in many if contents[c].fit("first_name") >= _FITS_WELL and contents[c].different > _FEW]
    fields = {
        1: ("first_name",),
        2: ("first_name", "last_name"),
        3: ("first_name", "middle_name", "last_name"),
    }
    return {c: (field, _BY_CONTENT) for c, field in zip(parts, fields.get(len(parts), ()), strict=False)}


def _code_by_content(columns: Sequence[int], contents: Mapping[int, Contents]) -> dict[int, Choice]:
    """Return the column of codes where no heading speaks of one: letters with figures, each of them another."""
    fitting = [
        c for c in columns if contents[c].filled >= _FEW and contents[c].fit("lettered_code") >= _FITS_WELL
    ]
    return (
        {max(fitting, key=lambda c: contents[c].fit("lettered_code")): ("code", _BY_CONTENT)}
        if fitting
        else {}
    )


def _number_by_heading(
    headings: Sequence[Heading], chosen: Mapping[int, Choice], words: HeadingWords
) -> dict[int, Choice]:
    """Return the column that is headed as the line's number, also where its numbers do not go up one by one."""
    for heading in headings:
        sure = words.meanings(heading.text).get("line_number", 0.0)
        if sure and heading.column not in chosen:
            return {heading.column: ("line_number", _BY_CONTENT)}
    return {}


def _code_instead_of_a_number(
    headings: Sequence[Heading],
    chosen: Mapping[int, Choice],
    contents: Mapping[int, Contents],
    words: HeadingWords,
    *,
    kind: Kind,
) -> dict[int, Choice]:
    """Return the column of consecutive codes where no other column can be the code.

    NAMBA is the person's code, whatever it begins with, unless nearly everybody has a MAT number beside it; 'No.' is
    the line's number, unless it begins far from 1.
    """
    mat = max(
        (contents[c].filled for c, (field, _sure) in chosen.items() if field == "mat_number"), default=0
    )
    for heading in headings:
        seen, sure = contents[heading.column], words.meanings(heading.text).get("code", 0.0)
        taken_for = chosen.get(heading.column, ("line_number", 0.0))[0]
        if not sure or taken_for != "line_number" or not seen.is_each_another():
            continue
        is_meant = sure >= KNOWN and mat < _NEARLY_ALL * seen.filled
        # The lines of a register are numbered on from sheet to sheet, as far as they go.
        far = kind is not Kind.REGISTER and seen.begins() >= _FAR_FROM_1
        if seen.filled >= _FEW and (is_meant or far):
            return {heading.column: ("code", _BY_CONTENT)}
    return {}


def _meanings(kind: Kind, heading: Heading, words: HeadingWords) -> dict[str, float]:
    """Return what a heading may mean; all fields at 0 where its words say nothing, none where they say otherwise."""
    found = dict(words.meanings(heading.text))
    if heading.over:
        group = words.best(heading.over)
        if group and group.field == "somebody_else":
            return {}
        whole = words.meanings(heading.whole)
        if whole and max(whole.values()) >= 0.9:
            found = dict(whole)
    found = {field: sure for field, sure in found.items() if field not in _OF_OTHER_BOOKS[kind]}
    ours = {field: sure for field, sure in found.items() if field in FIELDS[kind]}
    if found and max(found.values()) > max(ours.values(), default=0.0):
        return {}  # known, and nothing that this kind of book is read for
    if max(ours.values(), default=0.0) >= KNOWN:
        return ours
    return dict.fromkeys(_FROM_CONTENT[kind], 0.0) | ours


def _confidence(kind: Kind, field: str, sure: float, contents: Contents) -> float:
    if not sure and (field not in _FROM_CONTENT[kind] or contents.filled < _FEW):
        return 0.0
    fit = contents.fit(field)
    if not sure:
        return _BY_CONTENT * fit if fit >= _FITS_WELL else 0.0
    if contents.filled < _FEW:
        return sure * (0.9 if fit > _CONTRADICTS else 0.7)
    if fit < _CONTRADICTS:
        return sure * 0.35
    return sure * (0.5 + 0.5 * fit)
