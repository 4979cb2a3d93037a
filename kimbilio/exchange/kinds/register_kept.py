"""A line of a visit register that waits, as plain values; and read again, with what somebody corrected."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from kimbilio.exchange.books.cells import Sex
from kimbilio.exchange.books.dates import Birth, DateStyle, birth_of, date_of
from kimbilio.exchange.books.fates import Fate
from kimbilio.exchange.books.line_list import LineListLine
from kimbilio.exchange.books.names import Names, name_of
from kimbilio.exchange.books.register import Handed, RegisterLine
from kimbilio.exchange.books.sheets import Place
from kimbilio.exchange.books.wording import Words, gettext_noop, say
from kimbilio.exchange.choices import LineFate
from kimbilio.exchange.kinds.base import Line

_NAMES = ("first_name", "middle_name", "last_name")
EDITABLE = ("day", "code", *_NAMES)
_PLAIN = ("number", "code", "mat_number", "phone", "ward")


def keep(said: RegisterLine) -> dict[str, Any]:
    """Return what was read of a line as plain values, field by field."""
    names = said.names
    born = (
        (said.birth.day.isoformat() if said.birth.day else str(said.birth.year or "")) if said.birth else ""
    )
    typed = {
        **{name: getattr(said, name) for name in _PLAIN},
        **dict(zip(_NAMES, (names.first, names.middle, names.last), strict=True)),
        "nickname": names.nickname,
        "day": f"{said.day.day}/{said.day.month}/{said.day.year}" if said.day else "",
        "sex": said.sex.value if said.sex else "",
        "birth_date": born,
        "age": said.age,
        "age_is_about": said.age_is_about,
        "supplies": [list(one) for one in said.handed.supplies],
        "needles_returned": said.handed.needles_returned,
        "services": list(said.handed.services),
        "topics": list(said.handed.topics),
        "others": [list(one) for one in said.others],
    }
    return {name: value for name, value in typed.items() if value}


def revive(kept: Mapping[str, Any]) -> Line:
    """Return the line read again from what was kept or typed, judged by itself."""
    today = timezone.localdate()
    place = Place(str(kept.get("sheet", "")), int(kept.get("line", 0)))
    typed = {name: str(kept.get(name) or "").strip() for name in (*EDITABLE, *_PLAIN, "nickname", "sex")}
    first, middle, last = (name_of(typed[name]) for name in _NAMES)
    names = Names(first, middle, last, typed["nickname"])
    day = date_of(typed["day"] or None, DateStyle(today))
    reason = _why_not(day, today)
    fate = LineFate.UNREADABLE if reason else LineFate.ACCEPTED
    said = RegisterLine(
        *(place, Fate(fate.value), reason, (), "", typed["number"], day),
        *(typed["code"], typed["mat_number"], names, _handed(kept)),
        sex=Sex(typed["sex"]) if typed["sex"] else None,
        birth=_birth(str(kept.get("birth_date") or ""), today),
        age=kept.get("age"),
        age_is_about=bool(kept.get("age_is_about")),
        phone=typed["phone"],
        ward=typed["ward"],
        others=tuple((heading, written) for heading, written in kept.get("others", ())),
    )
    return Line(place, fate, reason, (), "", said, code=said.code or said.mat_number)


def _why_not(day: date | None, today: date) -> Words | None:
    if day is None:
        return say(gettext_noop("The day cannot be read."))
    if day > today:
        return say(gettext_noop("%(day)s has not come yet."), day=day.isoformat())
    return None


def _birth(written: str, today: date) -> Birth | None:
    return birth_of(written, DateStyle(today, born=True)) if written else None


def _handed(kept: Mapping[str, Any]) -> Handed:
    return Handed(
        supplies=tuple((kind, pieces) for kind, pieces in kept.get("supplies", ())),
        needles_returned=kept.get("needles_returned", 0),
        services=tuple(kept.get("services", ())),
        topics=tuple(kept.get("topics", ())),
    )


def says_enough(kept: Mapping[str, Any]) -> bool:
    """Tell whether a line says enough of somebody: a code beside a name, or a first and a last name."""
    first, last = (str(kept.get(name) or "") for name in ("first_name", "last_name"))
    return bool(first and last) or bool((first or last) and (kept.get("code") or kept.get("mat_number")))


def as_line_of_list(said: RegisterLine) -> LineListLine:
    """Return what a line says of the person as a line list would say it; first met on the day of the visit."""
    return LineListLine(
        *(said.place, Fate.ACCEPTED, None, (), "", said.code or said.mat_number, ""),
        *(said.names.first, said.names.middle, said.names.last, said.names.nickname, said.sex),
        birth_date=said.birth.day if said.birth else None,
        birth_year=said.birth.year if said.birth else None,
        age=said.age,
        age_is_about=said.age_is_about,
        phone=said.phone,
        other_phones=(),
        ward=said.ward,
        first_contact_on=said.day,
        inducted_on=None,
        status=None,
        status_written="",
        remarks="",
    )
