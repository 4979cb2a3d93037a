"""`kimbilio duplicates`: the pairs of a site that are likely one person, for a person to decide about."""

import argparse
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from kimbilio.accounts.queries import actor_named, site_named
from kimbilio.config.command_line.opening import in_open_home
from kimbilio.config.command_line.saying import print_json
from kimbilio.desk.words import reasons_in_words, score_in_words
from kimbilio.identity.actions import list_duplicates


def add_to(commands: Any) -> None:
    """Add `duplicates`."""
    duplicates = commands.add_parser("duplicates", help="list people who are likely entered twice")
    duplicates.add_argument("--site", required=True, help="the site whose people are compared")
    duplicates.add_argument("--by", metavar="USER", required=True, help="who asks")
    duplicates.add_argument("--json", action="store_true", help="print one JSON document")
    duplicates.set_defaults(run=in_open_home(run_duplicates))


def run_duplicates(args: argparse.Namespace) -> None:
    """List the likely pairs of a site, likeliest first, by the codes that its books know."""
    by = actor_named(args.by)
    pairs = list_duplicates(by=by, site=site_named(by.organisation_id, args.site))
    if args.json:
        print_json(
            [
                {"codes": list(pair.codes), "score": round(pair.score, 3), "reasons": list(pair.reasons)}
                for pair in pairs
            ]
        )
        return
    table = Table("Codes", "How likely", "Why")
    for pair in pairs:
        table.add_row(
            escape(" and ".join(pair.codes)),
            score_in_words(pair.score),
            " · ".join(reasons_in_words(pair.reasons)),
        )
    Console().print(table if pairs else "Nobody here seems to be entered twice.")
