"""What may be typed about a person's rights, and how it is explained when wrong."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kimbilio.core.forms import Form, NumberField, OnceForm
from kimbilio.privacy.choices import Ground, ToldWhom, WhyForgotten

_WHY = [choice for choice in WhyForgotten.choices if choice[0] != WhyForgotten.BEFORE_RESTORE]
_LONGEST_NOTE = 4000
MOST_MONTHS = 600


class AskedForm(OnceForm):
    """A person asks to be forgotten."""

    why = forms.ChoiceField(
        label=_("Why"), choices=_WHY, widget=forms.RadioSelect, initial=WhyForgotten.ASKED
    )


class ForgetForm(AskedForm):
    """It is carried out. `asked` says which request was on the page, for one that is taken back meanwhile."""

    asked = forms.UUIDField(required=False, widget=forms.HiddenInput)
    explained = forms.BooleanField(
        label=_("I told them what goes and what stays, and that nobody can bring it back"),
    )


class CopyForm(Form):
    """Before a record is handed over: whose it is was made sure of."""

    kind = forms.ChoiceField(
        label=_("As"),
        choices=[("pdf", _("A document to read (PDF)")), ("json", _("A file for another programme (JSON)"))],
        widget=forms.RadioSelect,
        initial="pdf",
    )
    language = forms.ChoiceField(
        label=_("In which language"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    confirmed = forms.BooleanField(
        label=_("I made sure that this is the person whose record it is"),
        help_text=_(
            "By what they say of themselves, such as their names and birth year, beside what is recorded."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = (get_language() or settings.LANGUAGE_CODE)[:2]


class ToldForm(OnceForm):
    """What was told to somebody outside."""

    told = forms.ChoiceField(label=_("Who was told"), choices=ToldWhom.choices, widget=forms.RadioSelect)
    whom = forms.CharField(
        label=_("Who exactly"),
        max_length=200,
        required=False,
        help_text=_("Such as the station, the court's file number, or how they are related."),
    )
    ground = forms.ChoiceField(label=_("On which ground"), choices=Ground.choices, widget=forms.RadioSelect)
    what = forms.CharField(
        label=_("What was told, and nothing more"),
        max_length=_LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    told_by = forms.ChoiceField(label=_("Who told it"))
    occurred_on = forms.DateField(
        label=_("When"), initial=timezone.localdate, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, staff: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["told_by"].choices = list(staff.items())  # type: ignore[attr-defined]  # a choice field

    def clean_occurred_on(self) -> Any:
        """Refuse a day to come."""
        if self.cleaned_data["occurred_on"] > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return self.cleaned_data["occurred_on"]


class DisagreesForm(OnceForm):
    """With what a person disagrees, in their own words."""

    text = forms.CharField(
        label=_("What the person says, in their own words"),
        max_length=_LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "It is kept sealed beside their record, and stands in their copy. It changes nothing else."
        ),
    )


class PeriodForm(OnceForm):
    """For how long a kind is kept."""

    months = NumberField(label=_("Months"), min_value=1, max_value=MOST_MONTHS)
    source = forms.CharField(
        label=_("Where this is laid down"),
        max_length=200,
        help_text=_("Such as the programme's own policy and its day, or the law and its section."),
    )
    confirmed = forms.BooleanField(label=_("I answer for this period, and for what is deleted by it"))
