"""`kimbilio follow-up`: the list of people to look for as at a day, most urgent first."""

import argparse
from datetime import date
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.queries import actor_named, site_named, sites_in
from kimbilio.accounts.roles import Permission
from kimbilio.config.command_line.opening import in_open_home
from kimbilio.config.command_line.saying import Failed, print_json
from kimbilio.core.refusals import Refused
from kimbilio.desk.actions import list_people_to_follow_up
from kimbilio.desk.follow_up import ListedEntry


def add_to(commands: Any) -> None:
    """Add `follow-up`."""
    follow_up = commands.add_parser("follow-up", help="list the people to look for")
    follow_up.add_argument("--site", help="one site (default: every site where you see the list)")
    follow_up.add_argument("--as-at", type=_day, metavar="YYYY-MM-DD", help="as at a day (default: today)")
    follow_up.add_argument("--by", metavar="USER", required=True, help="who asks")
    follow_up.add_argument("--json", action="store_true", help="print one JSON document")
    follow_up.set_defaults(run=in_open_home(run_follow_up))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is no day: write YYYY-MM-DD") from None


def run_follow_up(args: argparse.Namespace) -> None:
    """List whom to look for. Asked of several sites, each has its own place in the list."""
    from django.utils import timezone

    by = actor_named(args.by)
    on = args.as_at or timezone.localdate()
    if on > timezone.localdate():
        raise Failed("This day has not come yet.")
    listed = [
        entry for site in _sites(by, args.site) for entry in list_people_to_follow_up(by=by, site=site, on=on)
    ]
    if args.json:
        print_json([vars(entry) for entry in listed])
    else:
        Console().print(_table(listed) if listed else "Nobody to look for.")


def _sites(by: Actor, name: str | None) -> list[Site]:
    if name:
        return [site_named(by.organisation_id, name)]
    may = by.sites_where(Permission.SEE_FOLLOW_UP)
    sites = [site for site in sites_in(by.organisation_id) if site.pk in may]
    if not sites:
        raise Refused("Your role does not allow this.")
    return sites


def _table(listed: list[ListedEntry]) -> Table:
    table = Table("Code", "MAT number", "Days missed", "Step", "Last dose", "Days not known", "Who looks")
    for entry in listed:
        table.add_row(
            escape(entry.code),
            escape(entry.mat_number or ""),
            str(entry.days_missed),
            entry.step,
            str(entry.last_dose or ""),
            str(entry.unknown_days),
            escape(entry.assigned_to or ""),
        )
    return table
