"""Who looked at a person's record and who wrote in it, day by day, in words that the person understands."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kimbilio.accounts.models import SiteRole
from kimbilio.accounts.queries import staff_names
from kimbilio.accounts.roles import Role
from kimbilio.audit.choices import Event, words_for
from kimbilio.audit.models import AuditEvent
from kimbilio.audit.queries import events_about, events_on
from kimbilio.caseload.choices import words_for_why
from kimbilio.followup.models import SheetLine
from kimbilio.people.models import Client
from kimbilio.people.queries import ids_of_one_person

Words = str | Promise

_WORKS = {
    Role.PEER_EDUCATOR: gettext_lazy("who goes out as a peer educator"),
    Role.OUTREACH_WORKER: gettext_lazy("who goes out as an outreach worker"),
    Role.DESK_OFFICER: gettext_lazy("who works at the desk"),
    Role.COUNSELLOR: gettext_lazy("who counsels"),
    Role.PARALEGAL: gettext_lazy("who helps with the law"),
    Role.MAT_LIAISON: gettext_lazy("who works with the MAT clinic"),
    Role.ME_OFFICER: gettext_lazy("who counts for the reports"),
    Role.PROGRAMME_MANAGER: gettext_lazy("who leads the programme"),
    Role.ADMINISTRATOR: gettext_lazy("who keeps the computers running"),
    Role.REPORT_READER: gettext_lazy("who reads reports"),
}
_TO_THEM: Mapping[str, Words] = {
    Event.PERSON_OPENED: gettext_lazy("opened your page"),
    Event.IDENTITY_OPENED: gettext_lazy("looked at your names and contacts"),
    Event.MAT_JOURNEY_OPENED: gettext_lazy("looked at your journey and days on MAT"),
    Event.PERSON_COMPARED: gettext_lazy("laid your record beside another, to see whether both are you"),
    Event.VISIT_RECORDED: gettext_lazy("wrote down a visit of yours"),
    Event.CONSENT_RECORDED: gettext_lazy("wrote down what you agreed to"),
    Event.PERSON_REGISTERED: gettext_lazy("registered you"),
    Event.PERSON_FORGET_ASKED: gettext_lazy("wrote down that you ask to be forgotten"),
    Event.PERSON_FORGET_WITHDRAWN: gettext_lazy("wrote down that you do not want to be forgotten after all"),
    Event.RIGHTS_TOLD: gettext_lazy("wrote down what was told about you to somebody outside"),
    Event.RIGHTS_TOLD_AMENDED: gettext_lazy("put right what was written of what was told about you"),
    Event.RIGHTS_TOLD_OPENED: gettext_lazy("looked at what was told about you to somebody outside"),
    Event.RIGHTS_DISAGREES: gettext_lazy("put your own words beside your record"),
    Event.RIGHTS_COPY: gettext_lazy("made a copy of your whole record for you"),
    Event.FOLLOWUP_PRINTED: gettext_lazy("printed a sheet on which you stand"),
    Event.EXPORT_APPROVED: gettext_lazy("agreed that a file leaves in which you stand"),
    Event.EXPORT_TAKEN: gettext_lazy("took your record along in a file, by your code"),
    Event.RIGHTS_LOOKED: gettext_lazy("listed for you who had looked"),
}

_WITH_OTHERS = (Event.FOLLOWUP_PRINTED, Event.EXPORT_APPROVED, Event.EXPORT_TAKEN)
"""What is written down once for many people: found by who stood in it."""


@dataclass(frozen=True)
class Look:
    """What somebody did with a record on a day, and how often."""

    who: str
    role: str
    what: str
    times: int

    @property
    def sentence(self) -> str:
        """Return it as one sentence."""
        said = {"who": self.who, "role": self.role, "what": self.what}
        if not self.role:
            return _("%(who)s: %(what)s") % said
        return _("%(who)s, %(role)s: %(what)s") % said


@dataclass(frozen=True)
class LooksOfDay:
    """A day, with everybody who looked or wrote on it."""

    on: date
    looks: list[Look]


def looks_at(client: Client) -> list[LooksOfDay]:
    """Return who looked at a person's record and who wrote in it, the newest day first. Six queries."""
    entries = _entries_of(client.organisation_id, ids_of_one_person(client))
    staff = {entry.actor_id for entry in entries if entry.actor_id}
    names, roles = staff_names(client.organisation_id, staff), _roles(client.organisation_id, staff)
    days: dict[date, Counter[tuple[str, str, str]]] = {}
    for entry in entries:
        who = names.get(entry.actor_id, "") if entry.actor_id else _("Kimbilio itself")
        role = roles.get(entry.actor_id, "") if entry.actor_id else ""
        on = timezone.localtime(entry.recorded_at).date()
        days.setdefault(on, Counter())[who, role, _what(entry)] += 1
    return [
        LooksOfDay(on, [Look(*told, times) for told, times in looks.items()]) for on, looks in days.items()
    ]


def _entries_of(organisation_id: UUID, ids: Collection[UUID]) -> list[AuditEvent]:
    """Return every entry about a person, and of each sheet and file in which they stood, the newest first."""
    lines = SheetLine.objects.filter(organisation=organisation_id, client__in=ids)
    stood_in = set(lines.values_list("sheet", flat=True))
    for name in settings.LEFT_WITH_OTHERS:
        stood_in |= import_string(name)(organisation_id, ids)
    entries = [*events_about(organisation_id, *ids), *events_on(organisation_id, stood_in, _WITH_OTHERS)]
    return sorted(entries, key=attrgetter("seq"), reverse=True)


def _what(entry: AuditEvent) -> str:
    """Return what was done, in words to the person; where we have none of our own, in those of the audit."""
    if entry.event == Event.PERSON_OPENED_OUTSIDE:
        why = words_for_why(entry.detail.get("why")).lower()
        return _("opened your record though you are not among those they work with, saying why: %(why)s") % {
            "why": why
        }
    if entry.event == Event.EXPORT_TAKEN and entry.detail.get("names"):
        return _("took your record along in a file, with your names")
    if entry.event in _TO_THEM:
        return str(_TO_THEM[entry.event])
    said = words_for(entry.event)
    return said[:1].lower() + said[1:]


def _roles(organisation_id: UUID, staff: Iterable[UUID]) -> dict[UUID, str]:
    """Return how each of them works, by the newest role they held."""
    held = SiteRole.objects.filter(organisation=organisation_id, staff__in=list(staff)).order_by("pk")
    return {staff_id: str(_WORKS[Role(role)]) for staff_id, role in held.values_list("staff", "role")}
