"""What is remembered of organisations, their sites and their staff."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimbilio.accounts.roles import Role
from kimbilio.core.ids import uuid7
from kimbilio.core.models import Record
from kimbilio.core.privacy import sort_fields


class Organisation(Record):
    """A programme that keeps its own people, staff, keys and audit chain."""

    name = models.CharField(max_length=120, unique=True)

    privacy = sort_fields(reference="id recorded_at name")

    def __str__(self) -> str:
        return self.name


class OrganisationRecord(Record):
    """The base of every table that belongs to one organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Site(OrganisationRecord):
    """A place of work, such as a safe space. Roles are given per site."""

    name = models.CharField(max_length=120)
    county = models.CharField(max_length=60)

    privacy = sort_fields(reference="id recorded_at organisation name county")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "name"], name="site_name_in_organisation")
        ]

    def __str__(self) -> str:
        return self.name


class StaffManager(BaseUserManager["Staff"]):
    """Finds staff by their sign-in name, without regard to case."""

    def get_by_natural_key(self, username: str | None) -> "Staff":
        """Return the staff member with this sign-in name."""
        return self.get(username__iexact=username)


class Staff(AbstractBaseUser):
    """A member of staff or a volunteer who signs in.

    The sign-in name is unique over the whole installation, because it is typed before anyone knows
    the organisation (docs/decisions/0004).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    recorded_at = models.DateTimeField(default=timezone.now)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    username = models.CharField(
        _("Sign-in name"),
        max_length=60,
        unique=True,
        error_messages={"unique": _("This sign-in name is taken.")},
    )
    display_name = models.CharField(_("Name shown to colleagues"), max_length=80)
    language = models.CharField(max_length=5, blank=True)
    is_active = models.BooleanField(default=True)

    audit_detail: dict[str, Any] | None = None

    # Brought along for whoever is signed in (see signed_in.py); others are without it.
    held_now: list["SiteRole"]

    objects: ClassVar[StaffManager] = StaffManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    privacy = sort_fields(
        reference="id recorded_at organisation",
        staff="username display_name language is_active last_login",
        secret="password",
    )

    def __str__(self) -> str:
        return self.username

    def get_short_name(self) -> str:
        """Return the name shown to colleagues."""
        return self.display_name

    def has_perm(self, *_args: Any) -> bool:
        """Say no: Django's own permissions are not used here (see roles.py)."""
        return False

    def has_module_perms(self, *_args: Any) -> bool:
        """Say no: there is no Django admin here."""
        return False


class SiteRole(OrganisationRecord):
    """A role given to a member of staff at a site, from a moment until it is ended."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="site_roles")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="site_roles")
    role = models.CharField(max_length=30, choices=Role.choices)
    ended_at = models.DateTimeField(null=True, blank=True)

    privacy = sort_fields(reference="id recorded_at organisation", staff="staff site role ended_at")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "staff", "site", "role"],
                condition=models.Q(ended_at__isnull=True),
                name="role_held_once_at_a_site",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} at {self.site_id}"


class OneTimeCode(OrganisationRecord):
    """A code by which a member of staff sets a new password once. Only its digest is kept."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    digest = models.BinaryField(max_length=32)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    privacy = sort_fields(
        reference="id recorded_at organisation", staff="staff expires_at used_at", secret="digest"
    )

    def __str__(self) -> str:
        return f"code for {self.staff_id}"


class Receipt(OrganisationRecord):
    """What came of a form that was sent once, so that the same form sent twice does the thing once."""

    token = models.UUIDField()
    record_kind = models.CharField(max_length=60)
    record_id = models.UUIDField()

    privacy = sort_fields(reference="id recorded_at organisation token record_kind record_id")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "token"], name="receipt_token_in_organisation")
        ]

    def __str__(self) -> str:
        return f"receipt for {self.record_kind}"
