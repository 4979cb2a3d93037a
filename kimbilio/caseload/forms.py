"""What may be said here, and how it is explained when it is not understood."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kimbilio.caseload.choices import OFFERED, Outcome
from kimbilio.core.forms import OnceForm


class WhyForm(OnceForm):
    """Why a person is opened: each reason is a button, so that one tap is enough."""

    opened_because = forms.ChoiceField(
        choices=[(why.value, why.label) for why in OFFERED],
        error_messages={"required": _("Choose a reason."), "invalid_choice": _("Choose a reason.")},
    )
    placed_by_page = ("opened_because",)


class LookIntoForm(OnceForm):
    """What came of looking into a line that stood out: each outcome is a button."""

    line = forms.CharField(max_length=12, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(choices=Outcome.choices)
    placed_by_page = ("outcome",)
