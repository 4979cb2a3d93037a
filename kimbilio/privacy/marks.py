"""What stands beside a person's record of their rights: that they disagree with something in it."""

from collections.abc import Iterator

from django.db.models import Count, Max
from django.urls import reverse
from django.utils import formats
from django.utils.translation import ngettext

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.people.marks import PersonMark
from kimbilio.people.models import Client
from kimbilio.people.queries import ids_of_one_person
from kimbilio.privacy.models import Disagreement


def disagrees(by: Actor, client: Client) -> Iterator[PersonMark]:
    """Yield that the person disagrees with something, and since when, never with what. Two queries.

    Source: Data Protection Act 2019 (Kenya), s. 40 (having a record put right).
    """
    rows = Disagreement.objects.filter(organisation=by.organisation_id, client__in=ids_of_one_person(client))
    noted = rows.aggregate(notes=Count("pk"), last=Max("occurred_on"))
    if not noted["notes"]:
        return
    words = ngettext(
        "They disagree with something here: %(notes)s note of it, the last on %(day)s.",
        "They disagree with something here: %(notes)s notes of it, the last on %(day)s.",
        noted["notes"],
    ) % {"notes": noted["notes"], "day": formats.date_format(noted["last"], "j F Y")}
    may_read = by.may(Permission.USE_RIGHTS, client.site_id)
    yield PersonMark(words, reverse("rights", args=[client.code]) if may_read else "")
