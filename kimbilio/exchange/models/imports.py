"""Imports of books, their lines, and what each of them made."""

from typing import ClassVar
from uuid import UUID

from django.db import models

from kimbilio.accounts.models import OrganisationRecord, Site
from kimbilio.core.privacy import sort_fields
from kimbilio.core.sealed_books import SealedBookText
from kimbilio.exchange.choices import WAITING, LineFate, Settlement
from kimbilio.exchange.models.files import KINDS
from kimbilio.exchange.wording import from_kept, in_words, written_in
from kimbilio.people.models import Client
from kimbilio.places.models import MatClinic


class BookImport(OrganisationRecord):
    """One import of one book: what came of its lines, in numbers. Taken back, it is kept with the day and by whom."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    clinic = models.ForeignKey(MatClinic, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    serial = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=KINDS)
    month = models.CharField(max_length=7, blank=True)
    name = SealedBookText(null=True)
    sheets = SealedBookText(null=True)
    digest = models.BinaryField(max_length=32)
    rows = models.PositiveIntegerField()
    accepted = models.PositiveIntegerField(default=0)
    corrected = models.PositiveIntegerField(default=0)
    copies = models.PositiveIntegerField(default=0)
    ambiguous = models.PositiveIntegerField(default=0)
    unknown = models.PositiveIntegerField(default=0)
    unreadable = models.PositiveIntegerField(default=0)
    ignored = models.PositiveIntegerField(default=0)
    duplicates = models.PositiveIntegerField(default=0)
    imported_by = models.UUIDField(null=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.UUIDField(null=True, blank=True)
    kept = models.PositiveIntegerField(default=0)

    privacy = sort_fields(
        reference=(
            "id recorded_at organisation site clinic serial kind month rows accepted corrected copies ambiguous "
            "unknown unreadable ignored duplicates undone_at kept"
        ),
        sealed="name sheets",
        index="digest",
        staff="imported_by undone_by",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "serial"], name="import_by_serial")
        ]

    def __str__(self) -> str:
        return f"import {self.serial}"

    @property
    def sheet_names(self) -> list[str]:
        """Return the names of its sheets, in the order in which lines count them; none where they are forgotten."""
        return (self.sheets or "").split("\n")

    def sheet_named(self, place: int) -> str:
        """Return the name of the sheet in this place; '' where it is forgotten, since it named somebody."""
        names = self.sheet_names
        return names[place] if place < len(names) else ""

    @property
    def number(self) -> int:
        """Return the number by which people call it: the first of an organisation is 1."""
        return self.serial


class BookLine(OrganisationRecord):
    """One data line of an imported book: where it stood, what became of it and why, and whose it is.

    `identity` is a keyed digest of site, kind, day, person and contents: with it the same line is known in any file.
    `words` are the values of the reason and the notes; `contents` what was read of a line that waits. `copy_of` is
    the line that it repeats; `taken_anew_in` the import that took it again, after a later book had said otherwise.
    Of whoever is forgotten the identity stays: the same book taken in again would bring them back, and count twice.
    """

    kept_when_forgotten: ClassVar[frozenset[str]] = frozenset({"identity"})

    book_import = models.ForeignKey(BookImport, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    sheet = models.PositiveSmallIntegerField()
    line = models.PositiveIntegerField()
    fate = models.CharField(max_length=12, choices=LineFate.choices)
    reason = models.CharField(max_length=200, blank=True)
    words = SealedBookText(null=True)
    contents = SealedBookText(null=True)
    identity = models.BinaryField(max_length=16, null=True)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settlement = models.CharField(max_length=12, choices=Settlement.choices, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.UUIDField(null=True, blank=True)
    settled_why = SealedBookText(null=True)
    settled_in = models.ForeignKey(
        BookImport, on_delete=models.PROTECT, null=True, blank=True, related_name="brought_again"
    )
    copy_of = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="copies"
    )
    taken_anew_in = models.ForeignKey(
        BookImport, on_delete=models.PROTECT, null=True, blank=True, related_name="took_anew"
    )

    privacy = sort_fields(
        reference=(
            "id recorded_at organisation book_import position sheet line fate reason settlement settled_at settled_in "
            "taken_anew_in"
        ),
        coded="client copy_of",
        sealed="words contents settled_why",
        index="identity",
        staff="settled_by",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "identity"],
                condition=models.Q(identity__isnull=False, taken_anew_in__isnull=True)
                & ~models.Q(settlement=Settlement.CAME_AGAIN),
                name="the_same_line_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "book_import", "position"], name="line_at_its_position"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "book_import", "position"],
                condition=models.Q(contents__isnull=False),
                name="line_that_waits",
            ),
            models.Index(fields=["organisation", "client"], name="line_of_client"),
        ]

    def __str__(self) -> str:
        return f"line {self.position}"

    def in_words(self) -> dict[str, str]:
        """Return what is kept of it for programs as it is read, by column: the reason, the notes, what was written."""
        reason, notes = from_kept(self.reason, self.words)
        written = written_in(self.contents) if self.contents else []
        return {
            "reason": in_words(reason) if reason else "",
            "words": " ".join(in_words(note) for note in notes),
            "contents": ", ".join(f"{heading}: {text}" for heading, text in written if text),
        }

    @property
    def site_id(self) -> UUID:
        """Return the site whose book it was in."""
        return self.book_import.site_id

    @property
    def waits(self) -> bool:
        """Tell whether somebody has still to say what becomes of it."""
        return (
            self.fate in WAITING
            and self.settlement == Settlement.WAITING
            and self.__dict__["contents"] is not None
        )


class MadeRows(OrganisationRecord):
    """What an import, or settling one of its lines, wrote into one table: the keys of the rows, one after the other."""

    book_import = models.ForeignKey(BookImport, on_delete=models.PROTECT, related_name="made")
    line = models.ForeignKey(BookLine, on_delete=models.PROTECT, null=True, blank=True, related_name="made")
    table = models.CharField(max_length=60)
    row_ids = models.BinaryField()

    privacy = sort_fields(reference="id recorded_at organisation book_import table", coded="line row_ids")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "book_import"], name="made_by_import")]

    def __str__(self) -> str:
        return f"{self.table}: {len(bytes(self.row_ids)) // 16}"

    @property
    def ids(self) -> list[UUID]:
        """Return the keys of the rows that were written."""
        keys = bytes(self.row_ids)
        return [UUID(bytes=keys[start : start + 16]) for start in range(0, len(keys), 16)]
