"""What may be asked for, and how it is explained when it is not understood."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimbilio.accounts import passwords
from kimbilio.accounts.fields import PasswordField
from kimbilio.core.forms import Form, OnceForm
from kimbilio.core.months import month_of
from kimbilio.exchange.actions.taking_out import Wanted
from kimbilio.exchange.taking_out.choices import FileKind, WhyTaken


class _MonthField(forms.DateField):
    """A month, as 2026-06."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            input_formats=["%Y-%m", "%Y-%m-%d"],
            widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
            error_messages={"invalid": _("Write the month as 2026-06.")},
            **options,
        )

    def clean(self, value: Any) -> date | None:
        """Return the first day of the month."""
        day = super().clean(value)
        return month_of(day) if day else None


class AskForm(OnceForm):
    """What is asked for: why, which months, in which form, and whether names are needed."""

    why = forms.ChoiceField(label=_("Why"), choices=WhyTaken.choices, widget=forms.RadioSelect)
    first = _MonthField(label=_("From the month"))
    last = _MonthField(label=_("To the month"))
    kind = forms.ChoiceField(
        label=_("As"), choices=FileKind.choices, widget=forms.RadioSelect, initial=FileKind.WORKBOOK
    )
    with_names = forms.BooleanField(
        label=_("With names and the clinic's numbers"),
        required=False,
        help_text=_(
            "Only where the purpose cannot be met by code. Whoever approves must be allowed to see names, too."
        ),
    )

    def __init__(self, *args: Any, may_name: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_name:
            del self.fields["with_names"]

    def clean(self) -> dict[str, Any]:
        """Refuse months that run backwards, or that have not come."""
        typed = super().clean() or {}
        first, last = typed.get("first"), typed.get("last")
        if first and last and first > last:
            self.add_error("last", _("This month is before the first."))
        if first and first > timezone.localdate():
            self.add_error("first", _("This month has not come yet."))
        return typed

    def wanted(self) -> Wanted:
        """Return what is asked for."""
        typed = self.cleaned_data
        return Wanted(
            why=WhyTaken(typed["why"]),
            kind=FileKind(typed["kind"]),
            first_month=typed["first"],
            last_month=typed["last"],
            with_names=typed.get("with_names", False),
        )


class TakeForm(Form):
    """The passphrase under which the file is locked, twice: nobody else is told it, and nothing here keeps it."""

    passphrase = PasswordField(
        label=_("A passphrase for this file"),
        help_text=_("At least 15 characters. Without it nobody opens the file, and we do not keep it."),
        known=False,
    )
    again = PasswordField(label=_("The passphrase again"), known=False)

    def clean(self) -> dict[str, Any]:
        """Refuse two that differ, and one that is easy to guess."""
        typed = super().clean() or {}
        first, second = typed.get("passphrase"), typed.get("again")
        if first and second and first != second:
            self.add_error("again", _("The two are not the same."))
        for fault in passwords.faults_of_passphrase(first) if first else []:
            self.add_error("passphrase", fault)
        return typed
