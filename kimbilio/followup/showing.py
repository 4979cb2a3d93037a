"""What the pages of follow-up show: rows by code, in words. Never a name of anybody looked for."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.queries import staff_names
from kimbilio.accounts.roles import Permission
from kimbilio.followup.choices import Because, Group, HowTried, Wish
from kimbilio.followup.models import Attempt, ContactWish, WayBack
from kimbilio.followup.queries import Entry, Return
from kimbilio.followup.queries.facts import People, attempts_of, hotspot_shown, wish_rows, wishes_of_people
from kimbilio.followup.rules import Wishes
from kimbilio.mat.choices import Advice, RuleName
from kimbilio.mat.queries import RulesByClinic, reference_of, rules_of_clinics
from kimbilio.people.models import Client
from kimbilio.people.queries import clients_by_id
from kimbilio.people.rules import display_card_code

Shown = dict[str, Any]
# Attempts further back are on the person's own page.
_ATTEMPTS_SINCE = timedelta(days=92)


@dataclass(frozen=True)
class _Known:
    """What is read of the people on one page of the list."""

    clients: Mapping[UUID, Client]
    wish_rows: Mapping[UUID, ContactWish]
    wishes: Mapping[UUID, Wishes]
    attempts: Mapping[UUID, list[Attempt]]
    staff: Mapping[UUID, str]
    rules: RulesByClinic


def rows_shown(by: Actor, site: Site, entries: Collection[Entry], on: date) -> list[Shown]:
    """Return the rows of one page of the list. Eight queries, however many there are."""
    ids = [entry.client_id for entry in entries]
    people = People.of(site.organisation_id, ids)
    rows = wish_rows(people)
    attempts = attempts_of(people, on - _ATTEMPTS_SINCE, on)
    staff = {entry.worker_id for entry in entries if entry.worker_id}
    known = _Known(
        clients=clients_by_id(by, Permission.SEE_FOLLOW_UP, ids),
        wish_rows=rows,
        wishes=wishes_of_people(people, rows),
        attempts=attempts,
        staff=staff_names(site.organisation_id, staff),
        rules=rules_of_clinics(site.organisation_id),
    )
    return [_row(entry, known) for entry in entries if entry.client_id in known.clients]


def _row(entry: Entry, known: _Known) -> Shown:
    client, run = known.clients[entry.client_id], entry.run
    wishes = known.wishes[entry.client_id]
    tried = [
        one
        for one in known.attempts.get(entry.client_id, ())
        if run.last_dose is None or one.occurred_on > run.last_dose
    ]
    return {
        "group": entry.group,
        "display_code": display_card_code(client.code),
        "url": reverse("follow_person", args=[client.code]),
        "ward": client.ward.name if client.ward else "",
        "hotspot": hotspot_shown(known.wish_rows.get(entry.client_id), wishes),
        "worker": known.staff.get(entry.worker_id, "") if entry.worker_id else "",
        "wishes": wishes_shown(wishes),
        "tried": tried_shown(tried),
        "way_back": way_back_words(entry.way_back) if entry.group == Group.ON_THE_WAY else "",
        "learnt": entry.learnt.outcome.label if entry.learnt and entry.group == Group.ANSWERED else "",
        **run_shown(run, known.rules),
    }


def run_shown(run: Any, rules: RulesByClinic) -> Shown:
    """Return what the days say of somebody, in words, with the advice from the step that the clinic names."""
    rule = rules.of(run.clinic_id).rules[RuleName.ASSESS_FROM]
    return {
        "days": run.days,
        "step": run.step,
        "missed": days_missed(run.days) if run.days else "",
        "last_dose": run.last_dose,
        # Of today there is often no list yet: one unknown day tells nothing.
        "unknown_days": run.unknown_days if run.unknown_days > 1 else 0,
        "out_of_touch": run.out_of_touch,
        "assess": run.assess_before_dose,
        "advice": Advice.ASSESS_BEFORE_DOSE.label,
        "rule_words": _("From %(days)s missed days: %(words)s.")
        % {"days": rule.value, "words": rule.words.label},
    }


def days_missed(days: int) -> str:
    """Return how many days were missed, in words."""
    return ngettext("%(days)d day missed", "%(days)d days missed", days) % {"days": days}


def wishes_shown(wishes: Wishes) -> list[Shown]:
    """Return whether they may be called and visited, each with the words and whether it is a no."""
    return [
        {"how": label, "words": wish.label, "no": wish == Wish.NO, "ask": wish == Wish.ASK}
        for label, wish in ((_("Call"), wishes.call), (_("Visit"), wishes.visit))
    ]


def tried_shown(attempts: list[Attempt]) -> str:
    """Return how often somebody was looked for since their last dose, and how it went last."""
    if not attempts:
        return ""
    count = ngettext("%(count)d attempt", "%(count)d attempts", len(attempts)) % {"count": len(attempts)}
    last = attempts[0]
    return _("%(count)s, the last on %(day)s: %(result)s") % {
        "count": count,
        "day": date_format(last.occurred_on, "j F"),
        "result": last.get_result_display(),
    }


def way_back_words(way_back: WayBack | None) -> str:
    """Return when somebody comes, and who goes with them."""
    if way_back is None:
        return ""
    day = date_format(way_back.planned_on, "j F")
    when = f"{day}, {way_back.planned_at:%H:%M}" if way_back.planned_at else day
    return f"{when} · {way_back.get_goes_with_display()}"


def returns_shown(by: Actor, returns: Collection[Return]) -> list[Shown]:
    """Return who came back lately, by code."""
    clients = (
        clients_by_id(by, Permission.SEE_FOLLOW_UP, [one.client_id for one in returns]) if returns else {}
    )
    return [
        {
            "display_code": display_card_code(clients[one.client_id].code),
            "url": reverse("follow_person", args=[clients[one.client_id].code]),
            "dosed_on": one.dosed_on,
            "started_again": one.started_again,
        }
        for one in returns
        if one.client_id in clients
    ]


def attempts_shown(client: Client, attempts: list[Attempt], staff: Mapping[UUID, str]) -> list[Shown]:
    """Return every attempt on the person's page."""
    return [
        {
            "how": one.get_how_display(),
            "by_phone": one.how == HowTried.PHONE,
            "result": one.get_result_display(),
            "outcome": one.get_outcome_display() if one.outcome else "",
            "why_stopped": one.get_why_stopped_display() if one.why_stopped != "not_stated" else "",
            "on": one.occurred_on,
            "who": staff.get(one.made_by, "") if one.made_by else "",
            "corrected": one.corrects_id is not None,
            "correct_url": reverse("follow_correct", args=[client.code, reference_of(one)]),
            "take_back_url": reverse("follow_take_back", args=[client.code, reference_of(one)]),
        }
        for one in attempts
    ]


def ways_back_shown(ways_back: list[WayBack], staff: Mapping[UUID, str]) -> list[Shown]:
    """Return every way back that was agreed, with what came of it."""
    found = []
    for one in ways_back:
        end = next(iter(one.ends.all()), None)
        found.append(
            {
                "words": way_back_words(one),
                "worker": staff.get(one.worker, "") if one.worker else "",
                "ended": end.get_how_display() if end else "",
                "ended_on": end.occurred_on if end else None,
            }
        )
    return found


def because_words(because: str) -> str:
    """Return why this worker looks for a person."""
    return str(Because(because).label)
