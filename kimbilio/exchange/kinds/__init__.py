"""The kinds of book that can be taken in. A new kind is a module here and a line in the table."""

from collections.abc import Mapping

from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.kinds.attendance import AttendanceKind
from kimbilio.exchange.kinds.base import GivenBook, KindOfBook, Line, ReadBook
from kimbilio.exchange.kinds.events import EventsKind
from kimbilio.exchange.kinds.line_list import LineListKind
from kimbilio.exchange.kinds.register import RegisterKind

KINDS: Mapping[Kind, KindOfBook] = {
    Kind.LINE_LIST: LineListKind(),
    Kind.ATTENDANCE: AttendanceKind(),
    Kind.REGISTER: RegisterKind(),
    Kind.EVENTS: EventsKind(),
}

__all__ = ["KINDS", "GivenBook", "KindOfBook", "Line", "ReadBook"]
