"""What the month's report asks of names: how many people may be entered twice. Their number says nothing of anybody."""

from collections.abc import Iterator

from django.urls import reverse

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.identity.duplicates import undecided_pairs
from kimbilio.reports.choices import CheckKind
from kimbilio.reports.queries.checks import Check
from kimbilio.reports.scope import Scope


def likely_duplicates(by: Actor, scope: Scope) -> Iterator[Check]:
    """Yield how many pairs at the sites of a report wait for a decision."""
    pairs = sum(len(undecided_pairs(site)) for site in scope.sites)
    may_join = by.may_somewhere(Permission.MERGE_PEOPLE)
    yield Check(CheckKind.DUPLICATES, pairs, reverse("duplicates") if may_join else "")
