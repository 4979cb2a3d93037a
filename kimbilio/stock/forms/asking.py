"""As at which day, or of which month, a page is asked."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimbilio.core.days import EARLIEST
from kimbilio.core.forms import Form
from kimbilio.stock.forms.batches import day_field


class AsAtForm(Form):
    """The day at whose end a page tells what there was; today where nothing is said."""

    on = day_field(_("At the end of"), required=False)

    def clean_on(self) -> Any:
        """Return the day; None where it has not come, or lies before all books."""
        day = self.cleaned_data["on"]
        return day if day and EARLIEST <= day <= timezone.localdate() else None


class MonthForm(Form):
    """The month of a ledger, as 2025-06; this one where nothing is said."""

    month = forms.CharField(required=False, max_length=7)

    def clean_month(self) -> Any:
        """Return the first day of the month, None where nothing is said. A month that has not come is none."""
        typed = self.cleaned_data["month"]
        if not typed:
            return None
        try:
            first = date.fromisoformat(f"{typed}-01")
        except ValueError as unreadable:
            raise forms.ValidationError(_("Type a month, such as 2025-06.")) from unreadable
        if first > timezone.localdate() or first < EARLIEST:
            raise forms.ValidationError(_("Type a month, such as 2025-06."))
        return first
