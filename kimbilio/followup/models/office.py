"""What is remembered of answers to questions that raised themselves, and of sheets that were printed."""

from typing import ClassVar

from django.db import models

from kimbilio.accounts.models import OrganisationRecord, Site
from kimbilio.core.privacy import sort_fields
from kimbilio.followup.choices import AnswerGiven, QuestionKind, SheetKind, Told, Wish
from kimbilio.people.models import ClientRecord
from kimbilio.places.models import MatClinic


class Answer(OrganisationRecord):
    """What somebody answered to a question that raised itself. It asks again from `ask_again_on`, if it is still so.

    `since` tells which silence is meant: its last day with a list, or the last day on which somebody started.
    """

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    clinic = models.ForeignKey(MatClinic, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    question = models.CharField(max_length=20, choices=QuestionKind.choices)
    since = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=20, choices=AnswerGiven.choices)
    ask_again_on = models.DateField()
    answered_by = models.UUIDField(null=True)

    privacy = sort_fields(
        reference="id recorded_at organisation site clinic question since answer ask_again_on",
        staff="answered_by",
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "site", "question"], name="answer_at_site")]

    def __str__(self) -> str:
        return f"{self.question}: {self.answer}"


class PrintedSheet(OrganisationRecord):
    """A sheet that was printed: its serial, what it is, and by when it is to be shredded."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    clinic = models.ForeignKey(MatClinic, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=10, choices=SheetKind.choices)
    serial = models.CharField(max_length=10)
    as_at = models.DateField()
    shred_by = models.DateField()
    left_out = models.PositiveIntegerField(default=0)
    worker = models.UUIDField(null=True, blank=True)
    printed_by = models.UUIDField(null=True)

    privacy = sort_fields(
        reference="id recorded_at organisation site clinic kind serial as_at shred_by left_out",
        staff="worker printed_by",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "serial"], name="sheet_serial_in_organisation")
        ]

    def __str__(self) -> str:
        return self.serial


class SheetLine(ClientRecord):
    """One line of a printed sheet, as it was printed: if the paper goes missing, this tells who stands on it."""

    goes_when_forgotten = True

    sheet = models.ForeignKey(PrintedSheet, on_delete=models.PROTECT, related_name="lines")
    place = models.PositiveIntegerField()
    group = models.CharField(max_length=20)
    step = models.CharField(max_length=10, blank=True)
    days = models.PositiveIntegerField(default=0)
    last_dose = models.DateField(null=True, blank=True)
    assess = models.BooleanField(default=False)
    call = models.CharField(max_length=10, choices=Wish.choices)
    visit = models.CharField(max_length=10, choices=Wish.choices)
    hotspot = models.CharField(max_length=20, blank=True)
    told = models.CharField(max_length=20, choices=Told.choices, blank=True)
    coming_on = models.DateField(null=True, blank=True)

    privacy = sort_fields(
        reference="id recorded_at organisation sheet place",
        coded="client group step days last_dose assess call visit hotspot told coming_on",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "sheet", "client"], name="line_once_on_a_sheet")
        ]

    def __str__(self) -> str:
        return f"line {self.place}"
