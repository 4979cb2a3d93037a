"""What is only kept for a while: files that nobody took in, and what a settled line had said."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from kimbilio.exchange.models import BookLine, Upload

KEPT_FOR = timedelta(hours=24)


def forget_old(organisation_id: UUID) -> None:
    """Delete files that were chosen a day ago, and the contents of lines that were settled a day ago."""
    before = timezone.now() - KEPT_FOR
    Upload.objects.filter(organisation=organisation_id, recorded_at__lt=before).delete()
    BookLine.objects.filter(
        organisation=organisation_id, settled_at__lt=before, contents__isnull=False
    ).update(contents=None)


def forget_old_everywhere() -> None:
    """Do so for every organisation, when the server starts."""
    for organisation_id in set(Upload.objects.values_list("organisation_id", flat=True)) | set(
        BookLine.objects.filter(settled_at__isnull=False, contents__isnull=False).values_list(
            "organisation_id", flat=True
        )
    ):
        forget_old(organisation_id)
