"""`kimbilio doctor`: say in plain words what is wrong with an installation, and what to do."""

import argparse
from typing import Any

from kimbilio.config.command_line.saying import Failed, Locked, print_json
from kimbilio.config.environment import environment
from kimbilio.config.examination import Finding, examine
from kimbilio.config.opening import passphrase_or_ask


def add_to(commands: Any) -> None:
    """Add `doctor`."""
    doctor = commands.add_parser("doctor", help="say what is wrong with this installation")
    doctor.add_argument("--json", action="store_true", help="print one JSON document")
    doctor.set_defaults(run=run_doctor)


def run_doctor(args: argparse.Namespace) -> None:
    """Examine the home; exit code 3 when it stays locked, 1 when something is wrong."""
    findings = examine(environment().home, passphrase_or_ask("Passphrase: "))
    wrong = [finding for finding in findings if not finding.ok]
    if args.json:
        print_json({"ok": not wrong, "checks": [vars(finding) for finding in findings]})
    else:
        for finding in findings:
            _say(finding)
    if any(finding.check == "passphrase" for finding in wrong):
        raise Locked("The home could not be opened, so the rest was not looked at.")
    if wrong:
        raise Failed(f"{len(wrong)} of {len(findings)} things need care.")


def _say(finding: Finding) -> None:
    print(f"{'good ' if finding.ok else 'WRONG'}  {finding.what}")
    if finding.todo:
        print(f"       {finding.todo}")
