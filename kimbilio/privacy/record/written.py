"""The record as it is read: headings and sentences to the person it is about, in their language."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kimbilio.mat.rules import MARK
from kimbilio.people.choices import ConsentPurpose
from kimbilio.people.consent_words import SPOKEN
from kimbilio.privacy.looks import LooksOfDay
from kimbilio.privacy.record.entries import Entry, WholeRecord
from kimbilio.privacy.record.sections import OF_CARD, SECTIONS, Section


@dataclass(frozen=True)
class WrittenSection:
    """A heading with its lines, the oldest first: of which day, what, and a word where it stands no more."""

    title: str
    lines: list[tuple[str, str, str]]


def sections_of(record: WholeRecord, looks: Iterable[LooksOfDay]) -> list[WrittenSection]:
    """Return everything of a record that is told, in the language that is active."""
    cards = [(one.card, text, "") for one in record.cards for text in _card_lines(one)]
    written = [WrittenSection(str(OF_CARD.title), cards)]
    for table in sorted(record.tables, key=_place):
        entries = record.tables[table]
        if entries:
            section = SECTIONS.get(table) or Section(_("Also recorded"), {})
            written.append(WrittenSection(str(section.title), [_line(one, section) for one in entries]))
    written.append(WrittenSection(_("Who looked, and who wrote something down"), list(_looks(looks))))
    return written


def _place(table: str) -> int:
    order = list(SECTIONS)
    return order.index(table) if table in order else len(order)


def _card_lines(card: Entry) -> Iterator[str]:
    for column, words in OF_CARD.columns.items():
        if text := _text(card, column):
            yield f"{words}: {text}"


def _line(one: Entry, section: Section) -> tuple[str, str, str]:
    columns = section.columns or dict.fromkeys(one.values, "")
    told = [
        f"{words}: {text}" if words else text
        for column, words in columns.items()
        if (text := _text(one, column))
    ]
    ended = _("until %(day)s") % {"day": _day(one.ended_at)} if one.ended_at else ""
    return _day(one.on), " · ".join(told), ended


def _text(one: Entry, column: str) -> str:
    """Return what stands in a column, as it is read."""
    if column == "purpose":
        return str(SPOKEN[ConsentPurpose(one.values[column])])
    if column == "signs":
        return _days_in_words(one.values.get(column) or "")
    return one.words.get(column) or _plain(one.values.get(column))


def _plain(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime | date):
        return _day(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Mapping):
        return ", ".join(dict.fromkeys(filter(None, map(_plain, value.values()))))
    return str(value)


def _day(value: date) -> str:
    return date_format(localtime(value) if isinstance(value, datetime) else value, "j F Y")


def _days_in_words(signs: str) -> str:
    """Return how many days of a month had which mark."""
    counted = Counter(MARK[sign] for sign in signs if sign in MARK)
    return ", ".join(f"{mark.label} {count}" for mark, count in counted.items())


def _looks(days: Iterable[LooksOfDay]) -> Iterator[tuple[str, str, str]]:
    for day in days:
        for look in day.looks:
            times = ngettext("%(count)s time", "%(count)s times", look.times) % {"count": look.times}
            yield _day(day.on), look.sentence, times if look.times > 1 else ""
