"""The vocabulary of identity: whose phone, who may call, which number."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PhoneBelongsTo(TextChoices):
    """Whose phone it is: a shared phone is not a private one."""

    OWN = "own", _("Their own")
    SHARED = "shared", _("Shared with others at home")
    FAMILY = "family", _("A family member's")
    FRIEND = "friend", _("A friend's")
    OTHER = "other", _("Somebody else's")
    NOT_STATED = "not_stated", _("Not stated")


class MayCall(TextChoices):
    """Who of the programme may call this number."""

    NOBODY = "nobody", _("Nobody yet: ask first")
    ONE_PERSON = "one_person", _("Only the worker they know")
    ANY_STAFF = "any_staff", _("Any of our staff")


class SafeToSay(TextChoices):
    """What may be said to whoever answers. Covert by default. Source: docs/sources.md, 'What not to show'."""

    NOTHING = "nothing", _("Only ask for them by nickname, say nothing else")
    FIRST_NAME = "first_name", _("Your first name, as a friend")
    PROGRAMME = "programme", _("That you call from the programme")


class NumberKind(TextChoices):
    """Which outside number it is: from old books, the clinic or the nation."""

    OLD_CODE = "old_code", _("Code from earlier books")
    MAT_NUMBER = "mat_number", _("MAT clinic number")
    NATIONAL_UIC = "national_uic", _("National unique identifier code")
    OTHER = "other", _("Another number")
