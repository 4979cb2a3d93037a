"""Renewing the keys under which an organisation's other keys are wrapped."""

from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.roles import Permission
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
