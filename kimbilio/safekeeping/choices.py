"""What somebody should see to, in words."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Care(TextChoices):
    """What is missing or overdue for the safety of the records."""

    NO_KEY = (
        "no_key",
        _("There is no recovery sheet, so no backup can be made. Make one and keep it on paper."),
    )
    FAILED = "failed", _("The last backup failed.")
    NO_BACKUP = "no_backup", _("For more than a week no backup has been made and proved.")
    NO_COPY = "no_copy", _("For more than a week no copy of the backup has been taken to a second place.")
    NO_DRILL = "no_drill", _("For three months nobody has tried to restore a backup.")
