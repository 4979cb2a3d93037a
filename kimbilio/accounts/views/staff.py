"""The pages of those who manage staff: who works here, with which roles, and ways back in."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts import actions, one_time_codes, staff_list
from kimbilio.accounts.entry import entry
from kimbilio.accounts.forms import NewStaffForm, RoleForm
from kimbilio.accounts.idle import draft_or_none
from kimbilio.accounts.limits import limited_among
from kimbilio.accounts.queries import site_named, sites_in
from kimbilio.accounts.request import Request
from kimbilio.accounts.roles import Permission, Role
from kimbilio.core.refusals import Refused


@entry(Permission.MANAGE_STAFF)
def staff(request: Request) -> HttpResponse:
    """List the staff within reach, with their roles and what keeps them from signing in."""
    people = staff_list.staff_within(request.actor)
    limited = limited_among(people)
    with_phone = staff_list.with_second_factor(request.actor.organisation_id)
    rows = [
        {
            "url": reverse("staff_member", args=[person.username]),
            "display_name": person.display_name,
            "username": person.username,
            "roles": [
                f"{held.get_role_display()}, {held.site.name}" for held in staff_list.roles_now(person)
            ],
            "last_sign_in": person.last_login,
            "is_active": person.is_active,
            "locked": person.pk in limited,
            "second_step_missing": staff_list.is_asked_for_second_factor(person)
            and person.pk not in with_phone,
        }
        for person in people
    ]
    return render(request, "accounts/staff.html", {"staff": rows, "add_url": reverse("add_staff")})


@entry(Permission.MANAGE_STAFF, methods="GET POST")
def add_staff(request: Request) -> HttpResponse:
    """Add somebody, and show the one-time code with which they choose their password."""
    form = NewStaffForm(request.POST or None, initial=draft_or_none(request), **_may_be_given(request))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            person = actions.add_staff(
                by=request.actor,
                site=site_named(request.actor.organisation_id, typed["site"]),
                username=typed["username"],
                display_name=typed["display_name"],
                role=Role(typed["role"]),
            )
        except Refused as refused:
            form.add_error("username", str(refused))
        else:
            return _with_new_code(request, person.username)
    page = {"form": form, "save_label": _("Add them, and make a one-time code")}
    return render(request, "accounts/staff_member.html", page)


@entry(Permission.MANAGE_STAFF)
def staff_member(request: Request, username: str) -> HttpResponse:
    """Show one member of staff."""
    return render(request, "accounts/staff_member.html", _member_page(request, _within(request, username)))


@entry(Permission.MANAGE_STAFF, methods="POST")
def give_role(request: Request, username: str) -> HttpResponse:
    """Give a role at a site."""
    person = _within(request, username)
    form = RoleForm(request.POST, **_may_be_given(request))
    if form.is_valid():
        try:
            actions.give_role(
                by=request.actor,
                site=site_named(request.actor.organisation_id, form.cleaned_data["site"]),
                staff=person,
                role=Role(form.cleaned_data["role"]),
            )
        except Refused as refused:
            form.add_error("role", str(refused))
        else:
            return redirect("staff_member", username=person.username)
    return render(request, "accounts/staff_member.html", {**_member_page(request, person), "role_form": form})


@entry(Permission.MANAGE_STAFF, methods="POST")
def end_role(request: Request, username: str) -> HttpResponse:
    """End a role at a site."""
    person = _within(request, username)
    role, site = request.POST.get("role", ""), request.POST.get("site", "")
    actions.end_role(by=request.actor, held=staff_list.role_held(person, role=role, site=site))
    return redirect("staff_member", username=person.username)


@entry(Permission.MANAGE_STAFF, methods="POST")
def disable_staff(request: Request, username: str) -> HttpResponse:
    """End somebody's work here, at once."""
    actions.disable_staff(by=request.actor, staff=_within(request, username))
    messages.success(request, _("They are signed out everywhere, and can sign in no more."))
    return redirect("staff_member", username=username)


@entry(Permission.MANAGE_STAFF, methods="POST")
def enable_staff(request: Request, username: str) -> HttpResponse:
    """Let somebody sign in again."""
    actions.enable_staff(by=request.actor, staff=_within(request, username))
    messages.success(request, _("They can sign in again."))
    return redirect("staff_member", username=username)


@entry(Permission.MANAGE_STAFF, methods="POST")
def unlock_staff(request: Request, username: str) -> HttpResponse:
    """Let somebody try again at once."""
    actions.unlock_staff(by=request.actor, staff=_within(request, username))
    messages.success(request, _("They can try again now."))
    return redirect("staff_member", username=username)


@entry(Permission.MANAGE_STAFF, methods="POST")
def clear_second_step(request: Request, username: str) -> HttpResponse:
    """Take off the second step of somebody whose phone is gone."""
    actions.clear_second_factor(by=request.actor, staff=_within(request, username))
    messages.success(request, _("Their second step is off. They set it up again at the next sign-in."))
    return redirect("staff_member", username=username)


@entry(Permission.MANAGE_STAFF, methods="POST")
def one_time_code(request: Request, username: str) -> HttpResponse:
    """Make a one-time code and show it, once."""
    return _with_new_code(request, username)


def _with_new_code(request: Request, username: str) -> HttpResponse:
    person = _within(request, username)
    code = actions.give_one_time_code(by=request.actor, staff=person)
    shown = {"one_time_code": code, "valid_until": timezone.now() + timedelta(hours=one_time_codes.HOURS)}
    return render(request, "accounts/staff_member.html", {**_member_page(request, person), **shown})


def _within(request: Request, username: str) -> Any:
    return staff_list.staff_within_named(request.actor, username)


def _may_be_given(request: Request) -> dict[str, Any]:
    """Return the sites at which this person manages staff, and the roles they may give there."""
    managed = request.actor.sites_where(Permission.MANAGE_STAFF)
    return {
        "sites": [site for site in sites_in(request.actor.organisation_id) if site.pk in managed],
        "roles": [role for role in Role if staff_list.may_give(request.actor, role)],
    }


def _member_page(request: Request, person: Any) -> dict[str, Any]:
    limited = person.pk in limited_among([person])
    reason = staff_list.out_of_reach(request.actor, person)
    return {
        "member": {
            "display_name": person.display_name,
            "username": person.username,
            "is_active": person.is_active,
            "last_sign_in": person.last_login,
            "locked": limited,
        },
        "roles": [_role_row(request, person, held) for held in staff_list.roles_now(person)],
        "role_form": RoleForm(**_may_be_given(request)),
        "role_url": reverse("give_role", args=[person.username]),
        "out_of_reach": reason,
        **({} if reason else _offered(request, person, limited=limited)),
    }


def _role_row(request: Request, person: Any, held: Any) -> dict[str, Any]:
    may_end = (
        person.pk != request.actor.staff_id
        and request.actor.may(Permission.MANAGE_STAFF, held.site_id)
        and staff_list.may_give(request.actor, Role(held.role))
    )
    return {
        "role": held.get_role_display(),
        "role_value": held.role,
        "site": held.site.name,
        "since": held.recorded_at,
        "end_url": reverse("end_role", args=[person.username]) if may_end else None,
    }


def _offered(request: Request, person: Any, *, limited: bool) -> dict[str, str]:
    """Return the addresses of what can be done with this person now, by the names the page knows."""
    is_other = person.pk != request.actor.staff_id
    has_phone = person.pk in staff_list.with_second_factor(person.organisation_id)
    offered = {
        "unlock_url": ("unlock_staff", limited),
        "code_url": ("one_time_code", person.is_active),
        "second_step_url": ("clear_second_step", has_phone and is_other),
        "disable_url": ("disable_staff", person.is_active and is_other),
        "enable_url": ("enable_staff", not person.is_active),
    }
    return {name: reverse(view, args=[person.username]) for name, (view, now) in offered.items() if now}
