"""The vocabulary of records that leave in a file."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class WhyTaken(TextChoices):
    """Why records of people leave in a file."""

    CHECKING = "checking", _("To check the quality of the records")
    EVALUATION = "evaluation", _("For an evaluation that was agreed")
    HANDING_OVER = "handing_over", _("To hand the records over to another programme")
    REQUIRED = "required", _("The law or a court requires it")


class FileKind(TextChoices):
    """In which form they leave."""

    WORKBOOK = "xlsx", _("A workbook")
    LINES = "jsonl", _("Lines for another program")


class Stands(TextChoices):
    """Where a file stands that was asked for. It is reckoned, never kept."""

    WAITS = "waits", _("Waits for a second person")
    READY = "ready", _("Approved: ready to be taken")
    TAKEN = "taken", _("Taken")
    TURNED_DOWN = "turned_down", _("Turned down")
    RAN_OUT = "ran_out", _("Ran out")
