"""The vocabulary of places."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FacilityKind(TextChoices):
    """What a partner facility is."""

    HOSPITAL = "hospital", _("Hospital")
    HEALTH_CENTRE = "health_centre", _("Health centre or dispensary")
    DROP_IN_CENTRE = "drop_in_centre", _("Drop-in centre")
    COURT_OR_POLICE = "court_or_police", _("Court, police station or prison")
    SOCIAL_SERVICE = "social_service", _("Social service or shelter")
    TRAINING = "training", _("School or vocational training")
    OTHER = "other", _("Another kind")


class HotspotKind(TextChoices):
    """Types of hotspot. Source: docs/sources.md, 'National forms', peer calendar; in our order."""

    STREET = "street", _("Street")
    DEN = "den", _("Den")
    EMPTY_BUILDING = "empty_building", _("Empty building")
    PARK = "park", _("Park")
    HOME = "home", _("Home")
    BEACH = "beach", _("Beach")
    CASINO = "casino", _("Casino")
    BAR = "bar", _("Bar")
    HIGHWAY = "highway", _("Highway")
    LODGING = "lodging", _("Guest house or lodging")
    BREW_DEN = "brew_den", _("Brew den")
    BARBER_OR_SALON = "barber_or_salon", _("Barber or salon")
    ONLINE = "online", _("Online")
    OTHER = "other", _("Another kind")
