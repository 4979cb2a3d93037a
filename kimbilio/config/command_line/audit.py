"""`kimbilio audit`: read every audit chain and say where it does not hold; anchor one anew."""

import argparse
import sys
from typing import Any

from kimbilio.accounts.actions import anchor_audit_anew
from kimbilio.accounts.queries import organisation_names
from kimbilio.audit.queries import put_back
from kimbilio.audit.verify import Verdict, verify_all
from kimbilio.config.command_line.opening import asked_by, in_open_home
from kimbilio.config.command_line.saying import Failed, print_json


def add_to(commands: Any) -> None:
    """Add `audit verify`."""
    audit = commands.add_parser("audit", help="check who did and looked at what")
    verbs = audit.add_subparsers(required=True, metavar="verify|anchor")
    anchor = verbs.add_parser("anchor", help="anchor a chain anew after anchors.db was lost")
    anchor.add_argument("--by", metavar="USER", required=True, help="who does it")
    anchor.set_defaults(run=in_open_home(run_anchor))
    verify = verbs.add_parser("verify", help="find an edit, a deletion, a swap or a cut end")
    verify.add_argument("--json", action="store_true", help="print one JSON document")
    verify.set_defaults(run=in_open_home(run_verify))


def run_anchor(args: argparse.Namespace) -> None:
    """Anchor the chain of the organisation as it stands now."""
    anchor_audit_anew(by=asked_by(args))
    print("The chain is anchored as it stands. Keep the reason on paper.", file=sys.stderr)


def run_verify(args: argparse.Namespace) -> None:
    """Verify every organisation's chain; exit code 1 where one does not hold."""
    names = organisation_names()
    chains = [(names.get(verdict.organisation_id, "?"), verdict) for verdict in verify_all()]
    faults = sum(len(verdict.faults) for _, verdict in chains)
    if args.json:
        print_json(
            {
                "ok": not faults,
                "organisations": [
                    {"organisation": name} | verdict.as_json() | {"put_back": _put_back_as_json(verdict)}
                    for name, verdict in chains
                ],
            }
        )
    else:
        for name, verdict in chains:
            held = "whole and unchanged" if verdict.holds else "NOT as it was written"
            print(f"{name}: {verdict.entries} entries, {held}")
            for fault in verdict.faults:
                print(f"  at entry {fault.seq}: {fault.what}")
            for seq, detail in put_back(verdict.organisation_id):
                print(f"  at entry {seq}: {_cut(detail)}")
    if faults:
        raise Failed(f"The audit does not hold in {faults} places.")


def _put_back_as_json(verdict: Verdict) -> list[dict[str, Any]]:
    return [{"seq": seq} | detail for seq, detail in put_back(verdict.organisation_id)]


def _cut(detail: dict[str, Any]) -> str:
    gone = f", and {detail['gone']} later ones are gone" if detail.get("gone") else ""
    return f"put back from the backup of {detail.get('made_at')}: entries up to {detail.get('back_to')} came back{gone}"
