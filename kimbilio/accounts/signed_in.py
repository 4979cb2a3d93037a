"""Who is signed in: found together with the roles they hold now, since every page asks for both."""

from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend

from kimbilio.accounts.models import SiteRole, Staff


class Backend(AuthenticationBackend):
    """allauth's backend, with one query where there were two."""

    def get_user(self, user_id: UUID) -> Staff | None:
        """Return an active member of staff by id, bringing their roles along for `queries.actor_and_sites`."""
        held = list(
            SiteRole.objects.filter(staff=user_id, ended_at__isnull=True)
            .select_related("staff", "site")
            .order_by("site__name")
        )
        staff = held[0].staff if held else Staff.objects.filter(pk=user_id).first()
        if staff is None or not self.user_can_authenticate(staff):
            return None
        staff.held_now = [role for role in held if role.organisation_id == staff.organisation_id]
        return staff
