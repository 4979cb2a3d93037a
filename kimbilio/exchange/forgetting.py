"""What is only kept for a while: files that nobody took in, and what a settled line had said."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kimbilio.exchange.choices import Settlement
from kimbilio.exchange.models import BookLine, Upload
from kimbilio.exchange.spent import spend_keys_of

KEPT_FOR = timedelta(hours=24)


def forget_old(organisation_id: UUID) -> None:
    """Delete files that were chosen a day ago, and contents of lines that were settled a day ago, with their keys."""
    before = timezone.now() - KEPT_FOR
    files = Upload.objects.filter(organisation=organisation_id, recorded_at__lt=before)
    settled = _settled_for_good().filter(organisation=organisation_id, settled_at__lt=before)
    with transaction.atomic():
        drop_files(organisation_id, files)
        spend_keys_of(organisation_id, settled, "contents")
        settled.update(contents=None)


def drop_files(organisation_id: UUID, files: QuerySet[Upload]) -> int:
    """Delete files that are on their way in, with their keys, and return how many there were. In a transaction."""
    spend_keys_of(organisation_id, files)
    dropped, _each = files.delete()
    return dropped


def forget_old_everywhere() -> None:
    """Do so for every organisation, when the server starts."""
    for organisation_id in set(Upload.objects.values_list("organisation_id", flat=True)) | set(
        _settled_for_good().values_list("organisation_id", flat=True)
    ):
        forget_old(organisation_id)


def _settled_for_good() -> QuerySet[BookLine]:
    """Return the settled lines that are still kept, but for those that wait again if a later book is taken back."""
    rows = BookLine.objects.filter(settled_at__isnull=False, contents__isnull=False)
    return rows.exclude(settlement=Settlement.CAME_AGAIN, settled_in__isnull=False)
