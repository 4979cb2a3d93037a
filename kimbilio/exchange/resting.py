"""What lines of one import have to do with those of others: which rest on it, and whose place its own had taken."""

from collections import Counter
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kimbilio.core.many import in_batches
from kimbilio.core.refusals import Refused
from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.choices import Settlement
from kimbilio.exchange.earlier import HOLDS_ITS_IDENTITY
from kimbilio.exchange.models import BookImport, BookLine


def refuse_while_others_rest_on(book_import: BookImport) -> None:
    """Refuse, naming the later imports that stand whose lines would lose what they say with this import's."""
    resting = _resting_on(book_import)
    if not resting:
        return
    count = sum(resting.values())
    if len(resting) == 1:
        sentence = ngettext(
            "Import %(number)s holds or adds to %(count)s of these lines: take it back first.",
            "Import %(number)s holds or adds to %(count)s of these lines: take it back first.",
            count,
        )
        raise Refused(sentence % {"number": next(iter(resting)), "count": count})
    sentence = _(
        "Imports %(numbers)s hold or add to %(count)s of these lines: take them back first, the newest first."
    )
    numbers = ", ".join(map(str, sorted(resting, reverse=True)))
    raise Refused(sentence % {"numbers": numbers, "count": count})


def _resting_on(book_import: BookImport) -> Mapping[int, int]:
    """Return how many lines of each later import that stands repeat lines of this one.

    Of a line list also those that tell of the same people: what it found known it did not write again.
    """
    later = BookLine.objects.filter(
        organisation=book_import.organisation_id,
        book_import__serial__gt=book_import.serial,
        book_import__undone_at__isnull=True,
    )
    rests = Q(copy_of__book_import=book_import)
    if book_import.kind == Kind.LINE_LIST:
        people = book_import.lines.filter(client__isnull=False).values("client")
        rests |= Q(book_import__kind=Kind.LINE_LIST, client__in=people)
    return Counter(later.filter(rests).values_list("book_import__serial", flat=True))


def repeats_of(book_import: BookImport) -> list[BookImport]:
    """Return the later imports that stand and are the same book again, the newest first.

    Such a one has as many lines, each of them a line of this one, and wrote nothing itself.
    """
    later = BookImport.objects.filter(
        organisation=book_import.organisation_id,
        site=book_import.site_id,
        kind=book_import.kind,
        rows=book_import.rows,
        serial__gt=book_import.serial,
        undone_at__isnull=True,
        made__isnull=True,
    )
    repeated = Count("lines", filter=Q(lines__copy_of__book_import=book_import))
    return list(later.annotate(repeated=repeated).filter(repeated=F("rows")).order_by("-serial"))


def give_back_places(book_import: BookImport) -> None:
    """Let lines of earlier books wait or stand again whose place lines of this one had taken, now that they are gone.

    Where a still later book holds the same line, the place is that book's from now on.
    """
    again = book_import.brought_again.filter(contents__isnull=False)
    for line, holder in _with_holders(again):
        if holder is None:
            line.settlement, line.settled_at, line.settled_in = Settlement.WAITING, None, None
        else:
            line.settled_in_id = holder
        line.save(update_fields=["settlement", "settled_at", "settled_in"])
    for line, holder in _with_holders(book_import.took_anew.all()):
        line.taken_anew_in_id = holder
        line.save(update_fields=["taken_anew_in"])


def _with_holders(rows: QuerySet[BookLine]) -> Iterable[tuple[BookLine, UUID | None]]:
    """Return lines that gave their identity up, each with the import whose line holds it now; None where none does."""
    lines = list(rows)
    holders: dict[bytes, UUID] = {}
    for some in in_batches(line.identity for line in lines):
        held = BookLine.objects.filter(
            HOLDS_ITS_IDENTITY, organisation=lines[0].organisation_id, identity__in=some
        )
        holders |= {
            bytes(identity or b""): one for identity, one in held.values_list("identity", "book_import")
        }
    return [(line, holders.get(bytes(line.identity or b""))) for line in lines]
