"""What is remembered of supplies: items, batches, accounts, movements. A movement is never changed or deleted."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext

from kimbilio.accounts.models import OrganisationRecord, Site
from kimbilio.core.privacy import sort_fields
from kimbilio.stock.choices import STANDARD_WORDS, AccountKind, MovementKind, SupplyKind


class Item(OrganisationRecord):
    """Something that is kept and given, counted in one unit: its pieces. One out of use is kept and not offered.

    The programme decides, in weeks: `pace_weeks`, over how long a time the pace of giving is taken;
    `reorder_weeks`, with how many weeks left to order; `expiry_weeks`, how long before expiry to warn.
    What stands here until they are set is a suggestion. Source: docs/sources.md, 'Supplies'.
    """

    kind = models.CharField(max_length=20, choices=SupplyKind.choices)
    name = models.CharField(max_length=80)
    unit = models.CharField(max_length=40)
    pace_weeks = models.PositiveSmallIntegerField(default=8)
    reorder_weeks = models.PositiveSmallIntegerField(default=4)
    expiry_weeks = models.PositiveSmallIntegerField(default=12)
    ended_at = models.DateTimeField(null=True, blank=True)

    privacy = sort_fields(
        reference=(
            "id recorded_at organisation kind name unit pace_weeks reorder_weeks expiry_weeks ended_at"
        )
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "name"], name="item_name_in_organisation")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        """Return its name as people read it: an item that every programme has, in their language."""
        return gettext(self.name) if self.name in STANDARD_WORDS else self.name

    @property
    def unit_title(self) -> str:
        """Return its unit as people read it."""
        return gettext(self.unit) if self.unit in STANDARD_WORDS else self.unit


class Batch(OrganisationRecord):
    """Pieces of an item that came together: the maker's number, and until when they are good."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=60)
    expires_on = models.DateField(null=True, blank=True)

    privacy = sort_fields(reference="id recorded_at organisation item number expires_on")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "item", "number"], name="batch_once_of_an_item")
        ]

    def __str__(self) -> str:
        return self.number


class Account(OrganisationRecord):
    """A place where pieces are, came from or went: one of each kind a site, and a bag a worker."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=AccountKind.choices)
    worker = models.UUIDField(null=True, blank=True)

    privacy = sort_fields(reference="id recorded_at organisation site kind", staff="worker")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "site", "kind"],
                condition=models.Q(worker__isnull=True),
                name="account_once_a_site",
            ),
            models.UniqueConstraint(
                fields=["organisation", "site", "kind", "worker"],
                condition=models.Q(worker__isnull=False),
                name="bag_once_a_worker",
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class Document(OrganisationRecord):
    """A receipt, transfer, return, loss or count as one paper: its movements bear its id. Taken back, it is kept.

    A count is one of `to_account`; what was found there stands in its lines. `reference`: the delivery note's number.
    """

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=MovementKind.choices)
    from_account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    to_account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    occurred_on = models.DateField(default=timezone.localdate)
    reference = models.CharField(max_length=40, blank=True)
    recorded_by = models.UUIDField(null=True)
    reversed_at = models.DateTimeField(null=True, blank=True)
    reversed_by = models.UUIDField(null=True, blank=True)

    privacy = sort_fields(
        reference=(
            "id recorded_at organisation site kind from_account to_account occurred_on reference reversed_at"
        ),
        staff="recorded_by reversed_by",
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "to_account", "occurred_on"],
                condition=models.Q(reversed_at__isnull=True),
                name="document_standing_at",
            ),
            models.Index(fields=["organisation", "site", "occurred_on"], name="document_of_site"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.occurred_on}"


class CountLine(OrganisationRecord):
    """What a count found of one item and batch, and what the ledger had expected on that day."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="lines")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    counted = models.PositiveIntegerField()
    expected = models.IntegerField()

    privacy = sort_fields(reference="id recorded_at organisation document item batch counted expected")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "document"], name="line_of_count")]

    def __str__(self) -> str:
        return f"{self.counted} counted"


class Holding(OrganisationRecord):
    """What lies in a store or bag now, of one item and batch. Derived: kept by holdings.py, never written by hand."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    quantity = models.IntegerField()

    privacy = sort_fields(reference="id recorded_at organisation account item batch quantity")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "account", "item", "batch"],
                condition=models.Q(batch__isnull=False),
                name="holding_once_of_a_batch",
            ),
            models.UniqueConstraint(
                fields=["organisation", "account", "item"],
                condition=models.Q(batch__isnull=True),
                name="holding_once_without_batch",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} held"


class Movement(OrganisationRecord):
    """Pieces of one item and batch that went from one account to another. Double entry in one row.

    `document` is what they moved by: a visit, a count sheet, a receipt with several lines. One that was a mistake
    is answered by a reversal, which points at it and leads back.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=20, choices=MovementKind.choices)
    from_account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    to_account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    occurred_on = models.DateField(default=timezone.localdate)
    document = models.UUIDField()
    reverses = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.UUIDField(null=True)

    privacy = sort_fields(
        reference=(
            "id recorded_at organisation item batch kind from_account to_account quantity occurred_on reverses"
        ),
        # A visit's key: joined to visits it tells who was given something.
        coded="document",
        staff="recorded_by",
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="movement_moves_something"),
            models.CheckConstraint(
                condition=~models.Q(from_account=models.F("to_account")), name="movement_leads_elsewhere"
            ),
            models.UniqueConstraint(
                fields=["organisation", "reverses"],
                condition=models.Q(reverses__isnull=False),
                name="movement_reversed_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "from_account", "occurred_on", "item"], name="movement_out"),
            models.Index(fields=["organisation", "to_account", "occurred_on", "item"], name="movement_in"),
            models.Index(fields=["organisation", "item", "occurred_on"], name="movement_of_item"),
            models.Index(fields=["organisation", "document"], name="movement_of_document"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} {self.kind}"
