"""An attendance sheet as its page shows it: who stands on it, who came last time, lines that still mean nobody."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.desk.queries import Hit
from kimbilio.desk.session_form import BACK_TO_BOX, CAME, PICK, PeopleForm
from kimbilio.desk.session_lines import InQuestion, clients_named, read_people
from kimbilio.desk.words import row
from kimbilio.people.choices import ConsentPurpose
from kimbilio.people.consent import uses_consent, who_agreed
from kimbilio.people.models import Client
from kimbilio.people.queries import clients_by_id
from kimbilio.support.models import Session
from kimbilio.support.queries import Held

Shown = dict[str, Any]


@dataclass
class OnSheet:
    """Somebody on the sheet: what was typed for them, why they were found, whether they are ticked."""

    client: Client
    ticked: bool
    typed: str = ""
    reasons: tuple[str, ...] = ()


@dataclass
class Sheet:
    """An attendance sheet. `to_look_at`: somebody was found by name just now, and nobody has looked yet."""

    by: Actor
    site: Site
    people: dict[UUID, OnSheet] = field(default_factory=dict)
    offered: dict[UUID, OnSheet] = field(default_factory=dict)
    last: Session | None = None
    in_question: list[InQuestion] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    back_in_box: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    to_look_at: bool = False

    def came(self) -> list[Client]:
        """Return everybody who is ticked."""
        return [one.client for one in (*self.people.values(), *self.offered.values()) if one.ticked]

    def codes(self) -> str:
        """Return the card codes of those who stand on the list, as the form carries them."""
        return ",".join(one.client.code for one in self.people.values())

    def shown(self) -> Shown:
        """Return what the page shows: by code, with what was typed here, never a name from the records."""
        today = timezone.localdate()
        return {
            "people": [_line(one) for one in self.people.values()],
            "offered": [_line(one) for one in self.offered.values()],
            "last": self.last,
            "in_question": [
                {
                    "text": one.text,
                    "name": f"{PICK}{place}",
                    "hits": [row(hit, today) for hit in one.hits],
                    "more": one.more,
                    "back": BACK_TO_BOX,
                }
                for place, one in enumerate(self.in_question)
            ],
            "left": self.in_box(),
            "nobody": self.left,
            "count": len(self.came()),
            "came_name": CAME,
        }

    def in_box(self) -> list[str]:
        """Return the lines that stand in the box: nothing that was typed is ever dropped from the page."""
        return [*self.left, *self.back_in_box, *self.left_out]

    def add(self, client: Client, typed: str, reasons: tuple[str, ...] = ()) -> bool:
        """Put somebody on the list, ticked; return whether they are new there."""
        offered = self.offered.pop(client.pk, None)
        known = self.people.get(client.pk)
        if known:
            known.ticked = True
            return False
        self.people[client.pk] = OnSheet(client, True, typed, reasons)
        return offered is None or not offered.ticked


def sheet_of(by: Actor, site: Site, form: PeopleForm, last: Held | None, *, all_came: bool = False) -> Sheet:
    """Return the sheet as it was sent, with the lines in its box read and those who came `last` offered."""
    sheet = Sheet(by, site, last=last.session if last else None)
    _put_back(sheet, form, last, all_came=all_came)
    _read_into(sheet, form)
    form.put("shown", sheet.codes())
    form.put("lines", "\n".join([*form.unread_lines(), *sheet.in_box()]))
    return sheet


def _put_back(sheet: Sheet, form: PeopleForm, last: Held | None, *, all_came: bool) -> None:
    """Put on the sheet who stood on it, with their ticks, and beside it who came last time."""
    came, on_list, picked = form.came(), form.on_list(), dict(form.picked())
    people = clients_named(sheet.by, {*came, *on_list, *picked.values()} - {"", BACK_TO_BOX})
    for code in (code for code in on_list if code in people):
        sheet.people[people[code].pk] = OnSheet(people[code], code in came, on_list[code])
    for client in who_came(sheet.by, last):
        if client.pk not in sheet.people:
            sheet.offered[client.pk] = OnSheet(client, all_came or client.code in came)
    # Whoever was ticked among those of another kind of session stays, and whoever was picked comes.
    chosen = {code: "" for code in sorted(came) if code in people and people[code].pk not in sheet.offered}
    chosen |= {code: text for text, code in picked.items() if code in people}
    for code, typed in chosen.items():
        sheet.add(people[code], typed)


@uses_consent(ConsentPurpose.HOLD_A_RECORD)
def who_came(by: Actor, last: Held | None) -> list[Client]:
    """Return who came last time and is within the actor's reach, in their order.

    Nobody of whom no record is kept any more: they said no to it, or were forgotten.
    """
    ids = last.people if last else ()
    known = clients_by_id(by, Permission.OPEN_PERSON, ids)
    recorded = who_agreed(by.organisation_id, ConsentPurpose.HOLD_A_RECORD, known)
    return [known[one] for one in ids if one in recorded]


def _read_into(sheet: Sheet, form: PeopleForm) -> None:
    """Put on the sheet whom the lines mean; those that mean nobody for certain stay."""
    open_still = [text for text, picked in form.picked() if not picked]
    sheet.back_in_box = [text for text, picked in form.picked() if picked == BACK_TO_BOX]
    sheet.left_out = [line for line in form.typed_lines() if line in form.left_out()]
    typed = dict.fromkeys([*open_still, *form.typed_lines()])
    lines = [line for line in typed if line not in {*sheet.back_in_box, *sheet.left_out}]
    if not lines:
        return
    read = read_people(sheet.by, lines)
    for meant in read.meant:
        is_new = sheet.add(meant.hit.client, meant.text, meant.hit.reasons)
        sheet.to_look_at = sheet.to_look_at or (is_new and not meant.certain)
    sheet.in_question, sheet.left = read.in_question, read.nobody


def problems_of(sheet: Sheet, form: PeopleForm) -> Iterator[str]:
    """Yield what keeps a sheet from being saved: lines in question, lines of nobody's, people nobody looked at yet."""
    if sheet.in_question:
        yield _("Some lines may mean several people. Choose who is meant.")
    if sheet.left or sheet.back_in_box:
        yield _("Nobody was found for some lines. Put them right, or save without them.")
    if sheet.to_look_at:
        yield _("Some were found by their name. Look whether they are the right people, then save.")


def _line(one: OnSheet) -> Shown:
    shown = row(Hit(one.client, one.reasons), timezone.localdate())
    return shown | {"typed": one.typed, "ticked": one.ticked}
