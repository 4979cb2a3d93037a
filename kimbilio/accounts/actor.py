"""The one who acts: a staff member with today's roles, or the keeper of the home's passphrase."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from kimbilio.accounts.roles import SECOND_FACTOR_ROLES, WHAT_ROLES_MAY, Permission, Role


@dataclass(frozen=True)
class Actor:
    """Whoever asks or acts, with the roles they hold at each site of their organisation."""

    organisation_id: UUID
    staff_id: UUID | None
    username: str
    display_name: str
    roles: Mapping[UUID, frozenset[Role]]
    holds_the_passphrase: bool = False

    @classmethod
    def keeper(cls, organisation_id: UUID) -> Self:
        """Return the one at the command line who gave the passphrase: they hold every key already.

        Only commands that touch no person accept a keeper (`kimbilio init`, `kimbilio user`).
        """
        return cls(organisation_id, None, "", "", {}, holds_the_passphrase=True)

    def may(self, permission: Permission, site_id: UUID) -> bool:
        """Say whether this actor may do that at this site."""
        if self.holds_the_passphrase:
            return permission == Permission.MANAGE_STAFF
        return any(permission in WHAT_ROLES_MAY[role] for role in self.roles.get(site_id, ()))

    def may_somewhere(self, permission: Permission) -> bool:
        """Say whether this actor may do that at one site or more of the organisation."""
        if self.holds_the_passphrase:
            return permission == Permission.MANAGE_STAFF
        return bool(self.sites_where(permission))

    def sites_where(self, permission: Permission) -> frozenset[UUID]:
        """Return the sites at which this actor may do that."""
        return frozenset(site for site in self.roles if self.may(permission, site))

    @property
    def needs_second_factor(self) -> bool:
        """Say whether one of the roles held asks for a second step at sign-in."""
        return any(SECOND_FACTOR_ROLES & roles for roles in self.roles.values())
