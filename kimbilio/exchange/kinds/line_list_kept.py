"""A line of a line list that waits, as plain values; and read again, with what somebody corrected."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from kimbilio.exchange.books.cells import age_of, sex_of
from kimbilio.exchange.books.dates import DateStyle, birth_of, date_of
from kimbilio.exchange.books.fates import Fate
from kimbilio.exchange.books.line_list import LineListLine
from kimbilio.exchange.books.names import name_of
from kimbilio.exchange.books.phones import phones_of
from kimbilio.exchange.books.sheets import Place
from kimbilio.exchange.books.statuses import status_of
from kimbilio.exchange.books.wording import gettext_noop, say
from kimbilio.exchange.choices import LineFate
from kimbilio.exchange.kinds.base import Line

EDITABLE = (
    *("code", "mat_number", "first_name", "middle_name", "last_name", "nickname", "sex", "birth_date", "age"),
    *("phone", "ward", "first_contact_on", "inducted_on", "status"),
)
_PLAIN = ("code", "mat_number", "nickname", "ward", "phone")


def keep(said: LineListLine) -> dict[str, Any]:
    """Return what was read of a line as text, field by field."""
    birth = said.birth_date.isoformat() if said.birth_date else str(said.birth_year or "")
    typed = {
        **{name: getattr(said, name) for name in _PLAIN},
        "first_name": said.first,
        "middle_name": said.middle,
        "last_name": said.last,
        "sex": said.sex.value if said.sex else "",
        "birth_date": birth,
        "age": ("~" if said.age_is_about else "") + str(said.age) if said.age is not None else "",
        "first_contact_on": said.first_contact_on.isoformat() if said.first_contact_on else "",
        "inducted_on": said.inducted_on.isoformat() if said.inducted_on else "",
        "status": said.status_written,
        "phone": " / ".join(filter(None, (said.phone, *said.other_phones))),
    }
    return {name: value for name, value in typed.items() if value}


def revive(kept: Mapping[str, Any]) -> Line:
    """Return the line read again from what was kept or typed, judged by itself."""
    today = timezone.localdate()
    typed = {name: str(kept.get(name) or "").strip() for name in EDITABLE}
    born = birth_of(typed["birth_date"], DateStyle(today, born=True)) if typed["birth_date"] else None
    age = age_of(typed["age"]) if typed["age"] else None
    phones = phones_of(typed["phone"]) or ("",)
    names = [name_of(typed[name]) for name in ("first_name", "middle_name", "last_name")]
    place = Place(str(kept.get("sheet", "")), int(kept.get("line", 0)))
    has_name = bool(names[0] or names[2])
    fate = LineFate.ACCEPTED if has_name else LineFate.UNREADABLE
    reason = None if has_name else say(gettext_noop("There is no name that can be read."))
    said = LineListLine(
        place=place,
        fate=Fate(fate.value),
        reason=reason,
        notes=(),
        identity="",
        code=typed["code"],
        mat_number=typed["mat_number"],
        first=names[0],
        middle=names[1],
        last=names[2],
        nickname=typed["nickname"],
        sex=sex_of(typed["sex"]),
        birth_date=born.day if born else None,
        birth_year=born.year if born else None,
        age=age.years if age else None,
        age_is_about=bool(age and age.about),
        phone=phones[0],
        other_phones=phones[1:],
        ward=typed["ward"],
        first_contact_on=date_of(typed["first_contact_on"] or None, DateStyle(today)),
        inducted_on=date_of(typed["inducted_on"] or None, DateStyle(today)),
        status=status_of(typed["status"]),
        status_written=typed["status"],
        remarks="",
    )
    return Line(place, fate, reason, (), "", said, code=said.code)
