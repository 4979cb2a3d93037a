"""What may be typed about estimates and needs, and how it is explained when wrong."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimbilio.accounts.models import Site
from kimbilio.core.forms import NumberField, OnceForm
from kimbilio.reports.actions.estimates import NewEstimate, NewNeed
from kimbilio.reports.choices import EstimateOf
from kimbilio.stock.choices import SupplyKind

_A_NUMBER = _("A whole number from 1 to 9,999,999 is needed.")
_KINDS = [(kind.value, kind.label) for kind in SupplyKind if kind != SupplyKind.OTHER]


def _count(label: Any, **more: Any) -> forms.IntegerField:
    return NumberField(
        label=label,
        min_value=1,
        max_value=9_999_999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 9, "class": "short"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _A_NUMBER),
        **more,
    )


class EstimateForm(OnceForm):
    """How many people there are in a county, with its bounds and its source."""

    county = forms.ChoiceField(label=_("County"))
    of = forms.ChoiceField(
        label=_("Of whom"), choices=EstimateOf.choices, initial=EstimateOf.INJECTS, widget=forms.RadioSelect
    )
    value = _count(_("How many, as estimated"))
    low = _count(_("The lowest that it may be"))
    high = _count(_("The highest that it may be"))
    as_at = forms.DateField(
        label=_("As at which day"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    source = forms.CharField(
        label=_("Where it is written"), max_length=200, help_text=_("A study or a mapping, with its page.")
    )
    confirmed_by = forms.CharField(label=_("Who confirmed it"), max_length=120)

    def __init__(self, *args: Any, counties: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["county"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [(county, county) for county in counties]
        chosen.initial = next(iter(counties), "")

    def clean_as_at(self) -> date:
        """Refuse a day that has not come yet."""
        day: date = self.cleaned_data["as_at"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        """Refuse bounds that do not hold the number."""
        typed = super().clean() or self.cleaned_data
        low, value, high = (typed.get(name) for name in ("low", "value", "high"))
        if low and value and low > value:
            self.add_error("low", _("The lowest cannot be more than the number itself."))
        if high and value and high < value:
            self.add_error("high", _("The highest cannot be less than the number itself."))
        return typed

    def estimate(self) -> NewEstimate:
        """Return what was typed, as the action takes it."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "token"}
        return NewEstimate(**{**typed, "of": EstimateOf(typed["of"])})


class NeedForm(OnceForm):
    """How many pieces of a supply each person who comes needs in a month."""

    site = forms.ChoiceField(label=_("Site"))
    kind = forms.ChoiceField(label=_("Which supply"), choices=_KINDS, widget=forms.RadioSelect)
    per_person = _count(_("Pieces that each person needs in a month"))
    from_month = forms.DateField(
        label=_("From which month on"),
        initial=lambda: timezone.localdate().replace(day=1),
        input_formats=["%Y-%m", "%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "month", "class": "short"}, format="%Y-%m"),
        help_text=_("Year and month, such as 2025-06."),
        error_messages={"invalid": _("Write the month as year and month, such as 2025-06.")},
    )
    source = forms.CharField(
        label=_("Where it is written"), max_length=200, help_text=_("A guideline with its page, or minutes.")
    )
    confirmed_by = forms.CharField(label=_("Who confirmed it"), max_length=120)

    def __init__(self, *args: Any, sites: Sequence[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sites = {site.name: site for site in sites}
        chosen = self.fields["site"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [(name, name) for name in self.sites]
        chosen.initial = next(iter(self.sites), "")

    def need(self) -> tuple[Site, NewNeed]:
        """Return what was typed, as the action takes it."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "token"}
        site = self.sites[typed.pop("site")]
        return site, NewNeed(**{**typed, "kind": SupplyKind(typed["kind"])})


class WithdrawForm(OnceForm):
    """Taking back exactly the estimate or the need that was shown."""

    row = forms.CharField(widget=forms.HiddenInput, max_length=12)
