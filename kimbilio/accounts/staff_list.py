"""The staff as those who look after them see them: who, with which roles, within whose reach."""

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import SiteRole, Staff
from kimbilio.accounts.queries import staff_in, staff_named
from kimbilio.accounts.roles import SECOND_FACTOR_ROLES, Permission, Role
from kimbilio.core.refusals import NotHere


def staff_within(actor: Actor) -> list[Staff]:
    """Return the staff whom this actor may look after: of a site where they manage staff, or of none yet."""
    return [staff for staff in staff_in(actor.organisation_id) if is_within(actor, staff)]


def staff_within_named(actor: Actor, username: str) -> Staff:
    """Return one of `staff_within` by sign-in name; NotHere for anybody else."""
    staff = staff_named(actor.organisation_id, username)
    if not is_within(actor, staff):
        raise NotHere
    return staff


def is_within(actor: Actor, staff: Staff) -> bool:
    """Say whether this actor may look after this person at all."""
    if staff.organisation_id != actor.organisation_id:
        return False
    sites = {held.site_id for held in roles_now(staff)}
    return actor.holds_the_passphrase or not sites or bool(sites & actor.sites_where(Permission.MANAGE_STAFF))


def out_of_reach(actor: Actor, staff: Staff) -> str:
    """Return why this actor may not disable, unlock or help back in this person; empty when they may.

    Whoever could set somebody's password could act as them. So they must manage staff wherever that one works.
    """
    for held in roles_now(staff):
        if not may_give(actor, Role(held.role)):
            return _("Only an administrator can do this with an administrator.")
        if not actor.may(Permission.MANAGE_STAFF, held.site_id):
            return _("They also work at a site where you do not manage staff. Ask an administrator there.")
    return ""


def may_give(actor: Actor, role: Role) -> bool:
    """Say whether this actor may give and end a role where they manage staff: only one administrator makes another."""
    if role != Role.ADMINISTRATOR or actor.holds_the_passphrase:
        return True
    return any(Role.ADMINISTRATOR in held for held in actor.roles.values())


def roles_now(staff: Staff) -> list[SiteRole]:
    """Return the roles held now, by site and role. Staff from `staff_in` bring theirs along."""
    held = [site_role for site_role in staff.site_roles.all() if site_role.ended_at is None]
    return sorted(held, key=lambda site_role: (site_role.site.name, site_role.role))


def role_held(staff: Staff, *, role: str, site: str) -> SiteRole:
    """Return one of the roles held now, by role and name of the site; NotHere for any other."""
    held = next((held for held in roles_now(staff) if held.role == role and held.site.name == site), None)
    if held is None:
        raise NotHere
    return held


def is_asked_for_second_factor(staff: Staff) -> bool:
    """Say whether one of the roles held asks for a second step at sign-in."""
    return any(Role(held.role) in SECOND_FACTOR_ROLES for held in roles_now(staff))


def with_second_factor(organisation_id: UUID) -> set[UUID]:
    """Return the ids of those who give a code from their phone at sign-in, or show a passkey."""
    steps = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    phones = Authenticator.objects.filter(type__in=steps, user__organisation=organisation_id)
    return set(phones.values_list("user_id", flat=True))
