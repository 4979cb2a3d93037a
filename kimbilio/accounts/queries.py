"""What can be asked about organisations, sites, staff and who may act."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Organisation, Site, SiteRole, Staff
from kimbilio.accounts.roles import Role
from kimbilio.audit.choices import Event
from kimbilio.audit.queries import events_of
from kimbilio.core.refusals import NotHere

_LETTING_IN = (Event.STAFF_ADDED, Event.STAFF_CODE_GIVEN)


def actor_for(staff: Staff) -> Actor:
    """Return the actor that a member of staff is at this moment."""
    return actor_and_sites(staff)[0]


def actor_and_sites(staff: Staff) -> tuple[Actor, list[Site]]:
    """Return the actor that a member of staff is now, and their sites by name.

    Whoever is signed in has brought their roles along (`signed_in.Backend`); for others it is one query.
    """
    roles: dict[UUID, set[Role]] = defaultdict(set)
    sites: dict[UUID, Site] = {}
    held_now = getattr(staff, "held_now", None)
    if held_now is None:
        held_now = held_roles(staff).select_related("site").order_by("site__name")
    for held in held_now:
        roles[held.site_id].add(Role(held.role))
        sites[held.site_id] = held.site
    actor = Actor(
        organisation_id=staff.organisation_id,
        staff_id=staff.pk,
        username=staff.username,
        display_name=staff.display_name,
        roles={site_id: frozenset(held) for site_id, held in roles.items()},
    )
    return actor, list(sites.values())


def held_roles(staff: Staff) -> QuerySet[SiteRole]:
    """Return the roles that a member of staff holds now."""
    return SiteRole.objects.filter(staff=staff, organisation=staff.organisation_id, ended_at__isnull=True)


def sites_in(organisation_id: UUID) -> QuerySet[Site]:
    """Return every site of an organisation, by name."""
    return Site.objects.filter(organisation=organisation_id).order_by("name")


def site_named(organisation_id: UUID, name: str) -> Site:
    """Return a site of the organisation by its name, without regard to case; NotHere if there is none."""
    site = Site.objects.filter(organisation=organisation_id, name__iexact=name.strip()).first()
    if site is None:
        raise NotHere(f"There is no site named '{name}'.")
    return site


def staff_in(organisation_id: UUID) -> QuerySet[Staff]:
    """Return an organisation's staff with their roles, by sign-in name: two queries in all."""
    return (
        Staff.objects.filter(organisation=organisation_id)
        .prefetch_related("site_roles__site")
        .order_by("username")
    )


def staff_named(organisation_id: UUID, username: str) -> Staff:
    """Return a member of staff of this organisation by sign-in name; NotHere if there is none."""
    staff = staff_in(organisation_id).filter(username__iexact=username.strip()).first()
    if staff is None:
        raise NotHere(f"There is no staff member named '{username}'.")
    return staff


def actor_named(username: str) -> Actor:
    """Return the actor for `--by USER` of a command; NotHere for nobody or a disabled one."""
    staff = Staff.objects.filter(username__iexact=username.strip(), is_active=True).first()
    if staff is None:
        raise NotHere(f"There is no active staff member named '{username}'.")
    return actor_for(staff)


def staff_who_signs_in_as(username: str) -> Staff | None:
    """Return whoever signs in under this name, without regard to case; None for nobody."""
    return Staff.objects.filter(username__iexact=username.strip()).first()


def staff_names(organisation_id: UUID, staff_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names shown to colleagues, for these ids."""
    return dict(
        Staff.objects.filter(organisation=organisation_id, pk__in=set(staff_ids)).values_list(
            "pk", "display_name"
        )
    )


def sign_in_names(organisation_id: UUID, staff_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names they sign in with, for these ids: for paper, which shows no full name."""
    rows = Staff.objects.filter(organisation=organisation_id, pk__in=set(staff_ids))
    return dict(rows.values_list("pk", "username"))


def the_organisation() -> Organisation | None:
    """Return the organisation of an installation that has one; None before it is set up."""
    return Organisation.objects.order_by("recorded_at").first()


def organisation_names() -> dict[UUID, str]:
    """Return the name of every organisation of the installation, by id."""
    return dict(Organisation.objects.values_list("pk", "name"))


def somebody_can_sign_in() -> bool:
    """Say whether the installation has been set up."""
    return Staff.objects.filter(is_active=True).exists()


def have_one_way_in(organisation_id: UUID, one: UUID, other: UUID, since: datetime) -> bool:
    """Say whether one of two staff let the other in since, or somebody let in both, themselves or through others.

    To let in is to make a sign-in, or to give a one-time code for it: whoever did could be whom they let in. What the
    machine's own command line did has nobody's name, and does not count.
    """
    let_in: dict[UUID, set[UUID]] = defaultdict(set)
    entries = events_of(organisation_id).filter(event__in=_LETTING_IN, recorded_at__gte=since)
    for record_id, actor_id in entries.values_list("record_id", "actor_id"):
        if record_id and actor_id:
            let_in[record_id].add(actor_id)
    return not _behind(one, let_in).isdisjoint(_behind(other, let_in))


def _behind(staff: UUID, let_in: Mapping[UUID, set[UUID]]) -> set[UUID]:
    """Return somebody, who let them in, who let those in, and so on."""
    found, ahead = {staff}, [staff]
    while ahead:
        new = let_in.get(ahead.pop(), set()) - found
        found |= new
        ahead += new
    return found
