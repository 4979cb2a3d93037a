"""Renewing the keys that wrap others, and the anchor of the audit after its file was lost."""

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
from kimbilio.audit.anchors import set_anchor
from kimbilio.audit.queries import newest_entry
from kimbilio.core import vault
from kimbilio.core.keyring import Domain


@action(Permission.MANAGE_KEYS, event="keys.rotated")
def rotate_keys(*, by: Actor) -> None:
    """Renew the organisation's key and those of its domains, and wrap every key below anew.

    The keyring commits by itself: should the audit entry fail after that, the keys are renewed all the
    same, and nothing that was sealed is lost.
    """
    keyring = vault.keyring()
    keyring.rotate_organisation_key(by.organisation_id)
    for domain in Domain:
        keyring.rotate_domain_key(by.organisation_id, domain)


@action(Permission.MANAGE_KEYS, event="audit.anchored")
def anchor_audit_anew(*, by: Actor) -> None:
    """Anchor the audit chain as it stands, after the anchor file was lost. The chain tells that it was done."""
    newest = newest_entry(by.organisation_id)
    if newest is not None:
        key = vault.keyring().audit_key(by.organisation_id)
        set_anchor(by.organisation_id, seq=newest.seq, digest=bytes(newest.digest), key=key)
