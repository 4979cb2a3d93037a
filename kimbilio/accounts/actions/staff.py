"""What those who manage staff can do: add, give and end roles, disable, unlock, and help back in."""

import re
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts import one_time_codes, sign_ins
from kimbilio.accounts.action import action
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.limits import lift_limits
from kimbilio.accounts.models import OneTimeCode, Organisation, Site, SiteRole, Staff
from kimbilio.accounts.passwords import require_good
from kimbilio.accounts.queries import staff_who_signs_in_as
from kimbilio.accounts.roles import Permission, Role
from kimbilio.accounts.staff_list import is_within, may_give, out_of_reach
from kimbilio.core.refusals import NotHere, Refused

_SIGN_IN_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,59}")
# Addresses under /staff/ that are not a person.
_RESERVED_NAMES = frozenset({"add"})


@action(Permission.MANAGE_STAFF, event="staff.added", at="site")
def add_staff(
    *, by: Actor, site: Site, username: str, display_name: str, role: Role, password: str | None = None
) -> Staff:
    """Add somebody with one role. Without a password they sign in only after a one-time code."""
    _require_may_give(by, role)
    staff = Staff(
        organisation_id=site.organisation_id,
        username=_new_sign_in_name(username),
        display_name=display_name.strip(),
    )
    if password is None:
        staff.set_unusable_password()
    else:
        staff.set_password(require_good(password, staff))
    _save_new(staff)
    SiteRole.objects.create(organisation_id=site.organisation_id, staff=staff, site=site, role=role)
    staff.audit_detail = {"role": role.value}
    return staff


def create_first_administrator(
    *, organisation: Organisation, site: Site, username: str, password: str, display_name: str = ""
) -> Staff:
    """Add the first one of a new installation: administrator and programme manager in one."""
    by = Actor.keeper(organisation.pk)
    with transaction.atomic():
        if Staff.objects.filter(organisation=organisation).exists():
            raise Refused(_("This organisation has staff already."))
        staff = add_staff(
            by=by,
            site=site,
            username=username,
            display_name=display_name or username,
            role=Role.ADMINISTRATOR,
            password=password,
        )
        give_role(by=by, site=site, staff=staff, role=Role.PROGRAMME_MANAGER)
    return staff


@action(Permission.MANAGE_STAFF, event="role.given", at="site")
def give_role(*, by: Actor, site: Site, staff: Staff, role: Role) -> SiteRole:
    """Give somebody a role at a site, from now until it is ended."""
    _require_may_give(by, role)
    if staff.organisation_id != by.organisation_id:
        raise NotHere
    held, is_new = SiteRole.objects.get_or_create(
        organisation_id=site.organisation_id, staff=staff, site=site, role=role, ended_at=None
    )
    if not is_new:
        raise Refused(_("They hold this role at this site already."))
    held.audit_detail = {"role": role.value, "staff": str(staff.pk)}
    return held


@action(Permission.MANAGE_STAFF, event="role.ended", at="held")
def end_role(*, by: Actor, held: SiteRole) -> SiteRole:
    """End a role from now on. What was done in it stays as it is."""
    _require_somebody_else(by, held.staff)
    _require_may_give(by, Role(held.role))
    if held.ended_at is not None:
        raise Refused(_("This role has ended already."))
    held.ended_at = timezone.now()
    held.save(update_fields=["ended_at"])
    held.audit_detail = {"role": held.role, "staff": str(held.staff_id)}
    return held


@action(Permission.MANAGE_STAFF, event="staff.disabled")
def disable_staff(*, by: Actor, staff: Staff) -> Staff:
    """Let somebody sign in no more, and end their work at once, everywhere."""
    _require_in_charge_of(by, staff)
    _require_somebody_else(by, staff)
    _set_active(staff, active=False)
    _void_codes(staff)
    sign_ins.end_all(staff)
    return staff


@action(Permission.MANAGE_STAFF, event="staff.enabled")
def enable_staff(*, by: Actor, staff: Staff) -> Staff:
    """Let somebody sign in again, with the roles and the password they had."""
    _require_in_charge_of(by, staff)
    _set_active(staff, active=True)
    return staff


@action(Permission.MANAGE_STAFF, event="staff.unlocked")
def unlock_staff(*, by: Actor, staff: Staff) -> Staff:
    """Let somebody who typed a wrong password too often try again at once."""
    _require_in_charge_of(by, staff)
    lift_limits(staff)
    return staff


@action(Permission.MANAGE_STAFF, event="second_factor.cleared")
def clear_second_factor(*, by: Actor, staff: Staff) -> Staff:
    """Take off somebody's second step because their phone is gone. They are signed out and set it up anew."""
    _require_in_charge_of(by, staff)
    _require_somebody_else(by, staff)
    Authenticator.objects.filter(user=staff).delete()
    sign_ins.end_all(staff)
    return staff


def give_one_time_code(*, by: Actor, staff: Staff) -> str:
    """Return a code by which this person sets a new password once, within 24 hours. Earlier codes end."""
    code = one_time_codes.new_code()
    _keep_code(by=by, staff=staff, code=code)
    return code


@action(Permission.MANAGE_STAFF, event="staff.code_given")
def _keep_code(*, by: Actor, staff: Staff, code: str) -> Staff:
    _require_in_charge_of(by, staff)
    if not staff.is_active:
        raise Refused(_("This sign-in is disabled. Enable it first."))
    _void_codes(staff)
    OneTimeCode.objects.create(
        organisation_id=staff.organisation_id,
        staff=staff,
        digest=one_time_codes.digest_of(code, organisation_id=staff.organisation_id, staff_id=staff.pk),
        expires_at=timezone.now() + timedelta(hours=one_time_codes.HOURS),
    )
    return staff


def _require_may_give(by: Actor, role: Role) -> None:
    if not may_give(by, role):
        raise Refused(_("Only an administrator can do this with an administrator."))


def _require_in_charge_of(by: Actor, staff: Staff) -> None:
    if not is_within(by, staff):
        raise NotHere
    reason = out_of_reach(by, staff)
    if reason:
        raise Refused(reason)


def _require_somebody_else(by: Actor, staff: Staff) -> None:
    if by.staff_id == staff.pk:
        raise Refused(_("Ask somebody else who manages staff: nobody does this to themselves."))


def _new_sign_in_name(typed: str) -> str:
    """Return the name as it is kept, in small letters, or raise Refused."""
    username = typed.strip().lower()
    if not _SIGN_IN_NAME.fullmatch(username) or username in _RESERVED_NAMES:
        raise Refused(_("A sign-in name has small letters, digits, dots and dashes, and no spaces."))
    if staff_who_signs_in_as(username) is not None:
        raise Refused(_("This sign-in name is taken."))
    return username


def _save_new(staff: Staff) -> None:
    """Save, and refuse a name that somebody took in the same moment."""
    try:
        with transaction.atomic():
            staff.save(force_insert=True)
    except IntegrityError:
        raise Refused(_("This sign-in name is taken.")) from None


def _set_active(staff: Staff, *, active: bool) -> None:
    if staff.is_active == active:
        raise Refused(_("This was done already."))
    staff.is_active = active
    staff.save(update_fields=["is_active"])


def _void_codes(staff: Staff) -> None:
    now = timezone.now()
    OneTimeCode.objects.filter(staff=staff, used_at__isnull=True, expires_at__gt=now).update(expires_at=now)
