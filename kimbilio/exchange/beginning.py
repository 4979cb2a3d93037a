"""How taking a book in begins: who may, of which clinic it is, and the book read. Nothing is written."""

from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.action import require
from kimbilio.accounts.actor import Actor
from kimbilio.accounts.models import Site
from kimbilio.accounts.roles import Permission
from kimbilio.core.refusals import Refused
from kimbilio.exchange.kinds import KINDS, GivenBook, ReadBook
from kimbilio.exchange.reading import read_book
from kimbilio.exchange.remembered import with_remembered
from kimbilio.places.models import MatClinic
from kimbilio.places.queries import mat_clinics_within_reach


def read_for(site: Site, given: GivenBook) -> ReadBook:
    """Return a book read, with what was said before of columns under the same headings."""
    given, book = with_remembered(site, given)
    return read_book(given, timezone.localdate(), book)


def refuse_unless_allowed(by: Actor, site: Site, given: GivenBook) -> None:
    """Refuse at the start whoever could not finish: before a long file is read."""
    require(by, Permission.IMPORT_BOOKS, site)
    kind = KINDS[given.kind]
    refuse_without(by, site, kind.permissions(()))
    if kind.needs_clinic:
        clinic_for(by, site, given)


def refuse_without(by: Actor, site: Site, needed: Collection[Permission]) -> None:
    """Refuse whoever lacks a permission that a book needs, naming it."""
    for permission in sorted(needed):
        if not by.may(permission, site.pk):
            what = Permission(permission).label
            raise Refused(_("This book needs what your role does not allow: %(what)s.") % {"what": what})


def clinic_for(by: Actor, site: Site, given: GivenBook) -> MatClinic | None:
    """Return the clinic that a book is of: the one given, or the only one beside the site."""
    if given.clinic is not None or not KINDS[given.kind].has_clinic:
        return given.clinic if KINDS[given.kind].has_clinic else None
    clinics = list(mat_clinics_within_reach(by).filter(site=site)[:2])
    if len(clinics) == 1 or not KINDS[given.kind].needs_clinic:
        return clinics[0] if len(clinics) == 1 else None
    if clinics:
        raise Refused(_("This site works beside several MAT clinics. Say of which one the book is."))
    raise Refused(_("No MAT clinic is known beside this site. Add it under Places first."))
