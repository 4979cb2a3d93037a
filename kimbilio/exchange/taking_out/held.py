"""Who stood in a file that was taken: kept by id, told to the person, and forgotten with them.

`privacy` calls `files_that_held` by the setting LEFT_WITH_OTHERS, since the two rooms do not know each other.
"""

from collections.abc import Collection
from uuid import UUID

from kimbilio.core.many import in_batches
from kimbilio.exchange.taking_out.models import HeldInFile, TakenOut


def keep_held(export: TakenOut, people: Collection[UUID]) -> None:
    """Keep who stands in a file. In the transaction of its taking."""
    rows = (HeldInFile(organisation_id=export.organisation_id, export=export, about=one) for one in people)
    HeldInFile.objects.bulk_create(rows, batch_size=1000)


def files_that_held(organisation_id: UUID, ids: Collection[UUID]) -> set[UUID]:
    """Return the files in which a person stood, by any of their records."""
    held = HeldInFile.objects.filter(organisation=organisation_id, about__in=ids)
    return set(held.values_list("export_id", flat=True))


def forget_held(organisation_id: UUID, ids: Collection[UUID]) -> None:
    """Forget in which files these people stood."""
    for some in in_batches(ids):
        HeldInFile.objects.filter(organisation=organisation_id, about__in=some).delete()
