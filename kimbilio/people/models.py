"""What is remembered of a person by code. No name, phone or number: those are in `identity`, above."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from kimbilio.accounts.models import OrganisationRecord, Site
from kimbilio.core.privacy import sort_fields
from kimbilio.people.choices import (
    BirthPrecision,
    ConsentAnswer,
    ConsentManner,
    ConsentPurpose,
    Gender,
    HowTheyCame,
    PopulationType,
    Sex,
)
from kimbilio.places.models import Ward


class Client(OrganisationRecord):
    """A person whom the programme walks with, known here by a card code alone.

    Ages are reckoned from `birth_year`, with `birth_precision` saying how far to trust it; a full
    date of birth is identity and kept, sealed, in that room.
    """

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=7)
    sex = models.CharField(max_length=20, choices=Sex.choices)
    gender = models.CharField(max_length=20, choices=Gender.choices, default=Gender.NOT_STATED)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    birth_precision = models.CharField(
        max_length=20, choices=BirthPrecision.choices, default=BirthPrecision.UNKNOWN
    )
    ward = models.ForeignKey(Ward, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    population = models.CharField(
        max_length=30, choices=PopulationType.choices, default=PopulationType.NOT_STATED
    )
    how_they_came = models.CharField(
        max_length=30, choices=HowTheyCame.choices, default=HowTheyCame.NOT_STATED
    )
    first_contact_on = models.DateField(null=True, blank=True)
    # When this person was forgotten, since they asked for it (privacy): counts rest on the row, and nothing else does.
    forgotten_at = models.DateTimeField(null=True, blank=True)

    joined_ids: tuple[UUID, ...] | None = None
    """The records that are joined to this one, where the query that read it told; None: ask. Not a column."""

    privacy = sort_fields(
        reference="id recorded_at organisation site",
        coded=(
            "code sex gender birth_year birth_precision ward population how_they_came first_contact_on forgotten_at"
        ),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "code"], name="client_code_in_organisation")
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "site"], name="client_at_site")]

    def __str__(self) -> str:
        return self.code

    @property
    def client_id(self) -> UUID:
        """Return the id by which every other record names this person."""
        return self.pk

    @property
    def no_more_because(self) -> str:
        """Return why nothing more is recorded about this person: they asked to be forgotten. '' for everybody else."""
        return _("This person asked to be forgotten.") if self.forgotten_at else ""


class ClientRecord(OrganisationRecord):
    """The base of every table that holds something about one person.

    Of whoever asks to be forgotten, what is sealed is emptied, or its row taken out (privacy/blanking.py). Rows that
    hold nothing sealed stay, since counts are made of them, unless `goes_when_forgotten`.
    """

    goes_when_forgotten: ClassVar[bool] = False
    kept_when_forgotten: ClassVar[frozenset[str]] = frozenset()
    """Blind indexes that stay all the same, each with its reason in its own model."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    @property
    def site_id(self) -> UUID:
        """Return the site where the person is known."""
        return self.client.site_id

    @property
    def no_more_because(self) -> str:
        """Return why nothing more is recorded about the person; '' where it may be."""
        return self.client.no_more_because


class ClientCorrection(ClientRecord):
    """What stood in a field of a person's page before it was corrected: nothing is overwritten."""

    goes_when_forgotten = True

    field = models.CharField(max_length=30)
    before = models.CharField(max_length=60, blank=True)
    corrected_by = models.UUIDField(null=True)

    privacy = sort_fields(
        reference="id recorded_at organisation", coded="client field before", staff="corrected_by"
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "client"], name="correction_of_client")]

    def __str__(self) -> str:
        return self.field


class Consent(ClientRecord):
    """One answer to one question of consent: who asked, how, when, with which words. Append-only.

    `lifted_by`, of a no alone: the yes of somebody who was asked anew, face to face, with this no in sight.
    `words_version` is '' where no words were read, as of an answer taken over from earlier books.
    """

    goes_when_forgotten = True

    purpose = models.CharField(max_length=30, choices=ConsentPurpose.choices)
    answer = models.CharField(max_length=20, choices=ConsentAnswer.choices)
    manner = models.CharField(max_length=20, choices=ConsentManner.choices)
    words_version = models.CharField(max_length=20, blank=True)
    asked_by = models.UUIDField(null=True)
    occurred_on = models.DateField(default=timezone.localdate)
    lifted_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    privacy = sort_fields(
        reference="id recorded_at organisation lifted_by",
        coded="client purpose answer manner words_version occurred_on",
        staff="asked_by",
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organisation", "client"], name="consent_of_client"),
            # Few ever say no: whom a list or a search leaves out is known at once.
            models.Index(
                fields=["organisation", "purpose"],
                condition=models.Q(answer=ConsentAnswer.WITHDRAWN),
                name="consent_said_no",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.answer}"


class Alias(ClientRecord):
    """One person entered twice: `client` is set aside, and `stands_for` is shown, found and counted instead.

    `joined_to` is what was decided, and never changes. `stands_for` is where that leads today (rules.py,
    `who_stands`), kept so that lists can count people in one join: never somebody who is set aside in turn.
    """

    joined_to = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    stands_for = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    joined_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)

    privacy = sort_fields(
        reference="id recorded_at organisation ended_at",
        coded="client joined_to stands_for",
        staff="joined_by ended_by",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "client"],
                condition=models.Q(ended_at__isnull=True),
                name="client_set_aside_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(client=models.F("stands_for")) & ~models.Q(client=models.F("joined_to")),
                name="nobody_stands_for_themselves",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "stands_for"],
                condition=models.Q(ended_at__isnull=True),
                name="alias_standing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.client_id} is {self.stands_for_id}"


class TwoPeople(ClientRecord):
    """Somebody looked at two records that seemed one person, and said that they are two."""

    goes_when_forgotten = True

    other = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    judged_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)

    privacy = sort_fields(
        reference="id recorded_at organisation ended_at", coded="client other", staff="judged_by ended_by"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "client", "other"],
                condition=models.Q(ended_at__isnull=True),
                name="judged_two_people_once",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "other"],
                condition=models.Q(ended_at__isnull=True),
                name="two_people_by_other",
            )
        ]

    def __str__(self) -> str:
        return f"{self.client_id} is not {self.other_id}"
