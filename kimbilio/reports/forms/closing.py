"""What may be said when a month is closed, and closed anew."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kimbilio.core.forms import OnceForm
from kimbilio.reports.choices import WhyAgain

_WHY = [(why.value, why.label) for why in WhyAgain if why != WhyAgain.FIRST_CLOSE]


class ProposeForm(OnceForm):
    """Proposing to close a month; of one that was closed before, why it is closed anew."""

    why = forms.ChoiceField(label=_("Why is it closed anew?"), choices=_WHY, widget=forms.RadioSelect)

    def __init__(self, *args: Any, again: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not again:
            del self.fields["why"]

    def said(self) -> WhyAgain:
        """Return why, as it was chosen."""
        return WhyAgain(self.cleaned_data.get("why", ""))


class DecideForm(OnceForm):
    """Confirming, or taking back, exactly the proposal that was shown."""

    close = forms.CharField(widget=forms.HiddenInput, max_length=12)
