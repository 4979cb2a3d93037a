"""Fills a new home for a day of work: `python -m bench.day_build PEOPLE YEARS SEED`.

Several sites with years behind them up to yesterday, names for everybody, and 70 members of staff who are signed in.
"""

import json
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench.fictional import fictional_people
from bench.home import MANAGER, PASSPHRASE, new_root_key
from bench.month_build import analyse

USERS = "users.json"
_MONTHS_BEFORE = 24
# How many of each at one site or another: as many at a desk as all others together.
STAFF = {
    "desk_officer": 30,
    "outreach_worker": 12,
    "peer_educator": 12,
    "counsellor": 5,
    "mat_liaison": 5,
    "me_officer": 3,
    "programme_manager": 3,
}


def main(people: int, years: int, seed: int) -> dict[str, Any]:
    """Make the home, and leave the signed-in users in it for those who play them."""
    new_root_key()
    from django.utils import timezone

    from bench.build import _set_up
    from bench.history import History
    from bench.programme import add_people, add_places

    yesterday = timezone.localdate() - timedelta(days=1)
    first = yesterday.replace(year=yesterday.year - years, day=1)
    _set_up()
    places = add_places()
    add_people(places, people, first, yesterday, seed)
    History(places, first, yesterday, seed).write()
    known = [_name(place, seed + number) for number, place in enumerate(places)]
    _users_file().write_text(json.dumps(_users(places, known)), encoding="utf-8")
    analyse()
    return {"people": people, "users": sum(STAFF.values())}


def _users_file() -> Path:
    from kimbilio.config.environment import environment

    return environment().home / USERS


def _name(place: Any, seed: int) -> list[dict[str, str]]:
    """Record who everybody at a site is, and return whom its staff look for."""
    from kimbilio.accounts.queries import actor_named
    from kimbilio.identity.actions import Details, PhoneDetails, WhoTheyAre, record_many
    from kimbilio.identity.choices import MayCall, NumberKind
    from kimbilio.people.models import Client

    clients = list(Client.objects.filter(site=place.site).exclude(pk__in=place.second_cards))
    fictional = fictional_people(len(clients), seed, first_number=seed % 1000 * 10_000)
    who = [
        WhoTheyAre(
            client,
            Details(one.first, one.middle, one.last, one.nickname),
            [PhoneDetails(one.phone, may_call=MayCall.ANY_STAFF)] if one.phone else [],
            [(NumberKind.OLD_CODE, one.number)],
        )
        for client, one in zip(clients, fictional, strict=True)
    ]
    record_many(by=actor_named(MANAGER), site=place.site, people=who)
    pairs = list(zip(clients, fictional, strict=True))[::7]
    return [{"code": client.code, "name": f"{one.first} {one.last}"} for client, one in pairs]


def _users(places: list[Any], known: list[list[dict[str, str]]]) -> dict[str, Any]:
    """Add the staff, sign them in, and return each one's role, site and cookie, and whom each site knows."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.conf import settings
    from django.test import Client as Browser

    from kimbilio.accounts.actions import add_staff
    from kimbilio.accounts.actor import Actor
    from kimbilio.accounts.roles import Role

    users = []
    roles = [role for role, count in STAFF.items() for _one in range(count)]
    for number, role in enumerate(roles):
        at = number % len(places)
        site = places[at].site
        keeper = Actor.keeper(site.organisation_id)
        name = f"{role}.{number}"
        staff = add_staff(
            by=keeper, site=site, username=name, display_name=name, role=Role(role), password=None
        )
        TOTP.activate(staff, generate_totp_secret())
        browser = Browser(SERVER_NAME="localhost")
        browser.force_login(staff)
        users.append(
            {"role": role, "site": at, "session": browser.cookies[settings.SESSION_COOKIE_NAME].value}
        )
    return {"users": users, "known": known, "passphrase": PASSPHRASE}


if __name__ == "__main__":
    print(json.dumps(main(*map(int, sys.argv[1:4]))))
