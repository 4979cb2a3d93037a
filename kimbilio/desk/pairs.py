"""Two people who may be one, as the pages show them: by code, side by side; names only once they were opened."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.queries import staff_names
from kimbilio.desk.showing import client_shown, names_of
from kimbilio.desk.words import reasons_in_words, score_in_words
from kimbilio.identity.duplicates import Pair
from kimbilio.identity.queries import Identity, birth_date_of
from kimbilio.people.choices import ConsentPurpose, Sex
from kimbilio.people.consent import uses_consent, who_said_no
from kimbilio.people.models import Alias, Client, TwoPeople
from kimbilio.people.queries import joined_lately, said_two_lately
from kimbilio.people.rules import display_card_code

Shown = dict[str, Any]
LATELY = 5
# The same word in every vocabulary of people.
NOT_STATED = Sex.NOT_STATED

# What is compared by code, by its name in `client_shown`. Of two, what nobody stated is compared with nothing.
_BY_CODE: dict[str, str | Promise] = {
    "sex": _("Sex"),
    "age": _("Age"),
    "ward": _("Ward"),
    "population": _("Would say they are"),
    "how_they_came": _("How they came"),
    "registered_on": _("Registered"),
}
# What is compared once it was opened, by its name in `_opened`.
_OPENED: dict[str, str | Promise] = {
    "names": _("Name"),
    "nickname": _("Nickname"),
    "birth_date": _("Date of birth"),
    "phones": _("Phone"),
    "numbers": _("Other numbers"),
}


def pair_shown(pair: Pair) -> Shown:
    """Return a likely pair as a list shows it: two codes, how likely, and why."""
    return {
        "codes": [display_card_code(client.code) for client in (pair.a, pair.b)],
        "url": reverse("compare", args=[pair.a.code, pair.b.code]),
        "score_words": score_in_words(pair.score),
        "reasons": reasons_in_words(pair.reasons),
    }


def facts_by_code(one: Client, other: Client) -> list[Shown]:
    """Return what two records say of a person by code, fact by fact."""
    return _side_by_side(_BY_CODE, _stated(one), _stated(other))


@uses_consent(ConsentPurpose.PHONE_CONTACT)
def facts_opened(people: tuple[Client, Client], opened: tuple[Identity, Identity]) -> list[Shown]:
    """Return what two records say of who a person is, fact by fact; no number after a no to calls.

    For those who opened both.
    """
    no_calls = who_said_no(
        people[0].organisation_id, ConsentPurpose.PHONE_CONTACT, {one.pk for one in people}
    )
    one, other = (
        _opened(identity) | ({"phones": []} if person.pk in no_calls else {})
        for person, identity in zip(people, opened, strict=True)
    )
    return _side_by_side(_OPENED, one, other)


def _side_by_side(names: dict[str, str | Promise], one: Shown, other: Shown) -> list[Shown]:
    return [
        {
            "name": name,
            "both": [_listed(one[key]), _listed(other[key])],
            "same": bool(one[key]) and one[key] == other[key],
        }
        for key, name in names.items()
    ]


def _stated(client: Client) -> Shown:
    """Return what a page shows of a record by code, without what it does not say."""
    shown = client_shown(client)
    unstated = [
        name for name in ("sex", "population", "how_they_came") if getattr(client, name) == NOT_STATED
    ]
    return shown | dict.fromkeys(unstated, "") | ({} if client.birth_year else {"age": ""})


def _listed(value: object) -> list[object]:
    """Return the values of one fact, none where nothing is known."""
    if isinstance(value, list):
        return value
    return [value] if value else []


def _opened(identity: Identity) -> Shown:
    details = [row for row in (identity.details, *identity.other_details) if row]
    return {
        "names": [names_of(row) for row in details if names_of(row)],
        "nickname": [row.nickname for row in details if row.nickname],
        "birth_date": [born for row in details if (born := birth_date_of(row))],
        "phones": [phone.number for phone in identity.phones],
        "numbers": [f"{number.get_kind_display()}: {number.number}" for number in identity.numbers],
    }


def decided_lately(by: Actor, site: Site) -> list[Shown]:
    """Return what was decided last about pairs of a site, newest first, each with a way to take it back."""
    rows: list[Alias | TwoPeople] = [
        *joined_lately(by, site.pk, limit=LATELY),
        *said_two_lately(by, site.pk, limit=LATELY),
    ]
    rows = sorted(rows, key=lambda row: row.pk, reverse=True)[:LATELY]
    names = staff_names(by.organisation_id, filter(None, map(_decided_by, rows)))
    return [_decision_shown(row, names) for row in rows]


def _decided_by(row: Alias | TwoPeople) -> UUID | None:
    return row.joined_by if isinstance(row, Alias) else row.judged_by


def _decision_shown(row: Alias | TwoPeople, names: dict[UUID, str]) -> Shown:
    is_one = isinstance(row, Alias)
    other = row.joined_to if isinstance(row, Alias) else row.other
    who = _decided_by(row)
    return {
        "codes": [display_card_code(client.code) for client in (row.client, other)],
        "is_one": is_one,
        "when": row.recorded_at,
        "who": names.get(who, "") if who else "",
        "undo_url": reverse("undo_decision", args=[row.client.code, other.code]),
    }


def reasons_of(pair: Pair | None) -> Shown:
    """Return why two are offered; nothing where they were not."""
    if pair is None:
        return {}
    return {"score_words": score_in_words(pair.score), "reasons": reasons_in_words(pair.reasons)}


def pair_of(pairs: Iterable[Pair], one: Client, other: Client) -> Pair | None:
    """Return the offered pair of these two, None where nobody offered them."""
    wanted = {one.pk, other.pk}
    return next((pair for pair in pairs if {pair.a.pk, pair.b.pk} == wanted), None)


def earlier_first(one: Client, other: Client) -> tuple[Client, Client]:
    """Return two people, the one who was registered first in front."""
    first, second = sorted((one, other), key=lambda client: (client.recorded_at, client.pk))
    return first, second
