"""What is remembered of visits: who came when, what was given and done. Nothing is overwritten; a void hides."""

from typing import ClassVar

from django.db import models

from kimbilio.accounts.models import OrganisationRecord, Site
from kimbilio.core.privacy import sort_fields
from kimbilio.people.models import ClientRecord
from kimbilio.stock.models import Item
from kimbilio.visits.choices import Service, Topic, VisitSource, WhyVoided


class SiteService(OrganisationRecord):
    """A service that a site added to its own list; counted as itself, and in indicators as 'another service'."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True, blank=True)

    privacy = sort_fields(reference="id recorded_at organisation site name ended_at")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "site", "name"], name="service_name_at_site")
        ]

    def __str__(self) -> str:
        return self.name


class Visit(ClientRecord):
    """One coming of one person to one site on one day. `site_id`, as of every record, is where they are known.

    `for_others`: for how many people beside themselves they collected. `needles_returned`: pieces brought back.
    `from_bag_of`: whose bag the supplies came out of; None for the store.
    Corrected or moved, the new visit `replaces` the one that is voided.
    """

    at_site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    occurred_on = models.DateField()
    source = models.CharField(max_length=20, choices=VisitSource.choices)
    needles_returned = models.PositiveIntegerField(default=0)
    for_others = models.PositiveSmallIntegerField(default=0)
    from_bag_of = models.UUIDField(null=True, blank=True)
    recorded_by = models.UUIDField(null=True)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.UUIDField(null=True, blank=True)
    why_voided = models.CharField(max_length=20, choices=WhyVoided.choices, blank=True)

    privacy = sort_fields(
        reference="id recorded_at organisation at_site source voided_at why_voided",
        coded="client occurred_on needles_returned for_others replaces",
        staff="from_bag_of recorded_by voided_by",
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "at_site", "occurred_on", "client"],
                condition=models.Q(voided_at__isnull=True),
                name="visit_standing_by_day",
            ),
            models.Index(
                fields=["organisation", "client", "occurred_on"],
                condition=models.Q(voided_at__isnull=True),
                name="visit_standing_of_client",
            ),
        ]

    def __str__(self) -> str:
        return f"visit on {self.occurred_on}"


class GivenSupply(ClientRecord):
    """Pieces of one item that were given at a visit."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="supplies")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()

    privacy = sort_fields(reference="id recorded_at organisation item", coded="client visit quantity")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "visit", "item"], name="item_once_a_visit"),
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="given_is_something"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} given"


class GivenService(ClientRecord):
    """One service at a visit; of health education, each topic is one."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="services")
    service = models.CharField(max_length=30, choices=Service.choices)
    topic = models.CharField(max_length=30, choices=Topic.choices, blank=True)
    site_service = models.ForeignKey(
        SiteService, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    privacy = sort_fields(
        reference="id recorded_at organisation site_service", coded="client visit service topic"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "visit", "service", "topic"],
                condition=models.Q(site_service__isnull=True),
                name="service_once_a_visit",
            ),
            models.UniqueConstraint(
                fields=["organisation", "visit", "site_service"],
                condition=models.Q(site_service__isnull=False),
                name="site_service_once_a_visit",
            ),
        ]

    def __str__(self) -> str:
        return self.service


class AnonymousSupply(OrganisationRecord):
    """Supplies that somebody took without saying who they are, or needles brought back: counted apart from people."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    occurred_on = models.DateField()
    item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    quantity = models.PositiveIntegerField(default=0)
    needles_returned = models.PositiveIntegerField(default=0)
    recorded_by = models.UUIDField(null=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.UUIDField(null=True, blank=True)

    privacy = sort_fields(
        reference="id recorded_at organisation site occurred_on item quantity needles_returned voided_at",
        staff="recorded_by voided_by",
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0) | models.Q(needles_returned__gt=0),
                name="anonymous_is_something",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "site", "occurred_on"],
                condition=models.Q(voided_at__isnull=True),
                name="anonymous_by_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.quantity} given without a name"
