"""`kimbilio user`: staff at the command line, under the same rules as on the staff page."""

import argparse
import sys
from typing import Any

from rich.console import Console
from rich.table import Table

from kimbilio.accounts.actions import add_staff, disable_staff, give_one_time_code
from kimbilio.accounts.queries import site_named, sites_in, staff_in, staff_named
from kimbilio.accounts.roles import Permission, Role
from kimbilio.config.command_line.opening import asked_by, in_open_home
from kimbilio.config.command_line.saying import print_json
from kimbilio.config.environment import environment
from kimbilio.core.refusals import Refused


def add_to(commands: Any) -> None:
    """Add `user` and what can be done with it."""
    user = commands.add_parser("user", help="add, disable, reset and list staff")
    verbs = user.add_subparsers(required=True, metavar="add|disable|reset|list")
    add = _verb(verbs, "add", "add a member of staff", run_add)
    add.add_argument("username", metavar="USER")
    roles = [role.value for role in Role]
    add.add_argument(
        "--role",
        required=True,
        type=_role_meant,
        choices=roles,
        metavar="ROLE",
        help=f"one of {', '.join(roles)}, or its name, such as 'Desk officer'",
    )
    add.add_argument("--site", help="the site of the role (default: the first site)")
    add.add_argument("--name", help="the name shown to colleagues (default: the sign-in name)")
    _verb(verbs, "disable", "end a member of staff's work at once", run_disable).add_argument(
        "username", metavar="USER"
    )
    _verb(verbs, "reset", "give a one-time code for a new password", run_reset).add_argument(
        "username", metavar="USER"
    )
    _verb(verbs, "list", "list staff and their roles", run_list)


def _role_meant(said: str) -> str:
    """Return the code of a role that is named as people name it; anything else as it is, for the choices to refuse."""
    named = {str(role.label).casefold(): role.value for role in Role}
    return named.get(said.strip().casefold(), said)


def _verb(verbs: Any, name: str, what: str, run: Any) -> argparse.ArgumentParser:
    verb: argparse.ArgumentParser = verbs.add_parser(name, help=what)
    verb.add_argument("--by", metavar="USER", help="who does it (default: the keeper of the passphrase)")
    verb.add_argument("--json", action="store_true", help="print one JSON document")
    verb.set_defaults(run=in_open_home(run))
    return verb


def run_add(args: argparse.Namespace) -> None:
    """Add a member of staff with one role; print a one-time code unless a password was given."""
    by = asked_by(args)
    site = site_named(by.organisation_id, args.site) if args.site else sites_in(by.organisation_id)[0]
    given = environment().user_password
    staff = add_staff(
        by=by,
        site=site,
        username=args.username,
        display_name=args.name or args.username,
        role=Role(args.role),
        password=given.get_secret_value() if given else None,
    )
    _say_code(args, staff.username, None if given else give_one_time_code(by=by, staff=staff))


def run_disable(args: argparse.Namespace) -> None:
    """End a member of staff's work at once."""
    by = asked_by(args)
    staff = disable_staff(by=by, staff=staff_named(by.organisation_id, args.username))
    if args.json:
        print_json({"username": staff.username, "active": staff.is_active})
    else:
        print(f"{staff.username} can no longer sign in, and is signed out everywhere.", file=sys.stderr)


def run_reset(args: argparse.Namespace) -> None:
    """Give a one-time code with which a member of staff sets a new password."""
    by = asked_by(args)
    staff = staff_named(by.organisation_id, args.username)
    _say_code(args, staff.username, give_one_time_code(by=by, staff=staff))


def run_list(args: argparse.Namespace) -> None:
    """List staff with their roles at each site."""
    by = asked_by(args)
    if not by.may_somewhere(Permission.MANAGE_STAFF):
        raise Refused("Your role does not allow this.")
    rows: list[dict[str, Any]] = [
        {
            "username": staff.username,
            "name": staff.display_name,
            "active": staff.is_active,
            "roles": [
                {"site": held.site.name, "role": held.role}
                for held in staff.site_roles.all()
                if not held.ended_at
            ],
        }
        for staff in staff_in(by.organisation_id)
    ]
    if args.json:
        print_json(rows)
        return
    table = Table("Sign-in name", "Name", "Roles", "Active")
    for row in rows:
        roles = ", ".join(f"{held['role']} at {held['site']}" for held in row["roles"])
        table.add_row(row["username"], row["name"], roles, "yes" if row["active"] else "no")
    Console().print(table)


def _say_code(args: argparse.Namespace, username: str, code: str | None) -> None:
    if args.json:
        print_json({"username": username, "one_time_code": code})
    elif code:
        print(f"{username} sets a password at /reset with this one-time code, within 24 hours: {code}")
    else:
        print(f"{username} can sign in.", file=sys.stderr)
