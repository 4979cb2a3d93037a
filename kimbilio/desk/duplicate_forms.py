"""What is decided about two records that seem one person, and how two are named by code."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kimbilio.core.forms import Form, OnceForm
from kimbilio.people.models import Client
from kimbilio.people.rules import display_card_code, normalise_card_code

ONE_PERSON, TWO_PEOPLE = "one", "two"


class DecisionForm(OnceForm):
    """Whether two records are one person, and by which of the two codes they are known from now on."""

    # The two buttons are this field.
    placed_by_page: ClassVar[tuple[str, ...]] = ("decision",)

    stands = forms.ChoiceField(
        label=_("If they are one person, which code stands"),
        help_text=_("The other code still leads to this person."),
        widget=forms.RadioSelect,
    )
    decision = forms.ChoiceField(
        label=_("One person or two"),
        choices=[(ONE_PERSON, _("They are one person")), (TWO_PEOPLE, _("They are two people"))],
        error_messages={"required": _("Say whether they are one person or two.")},
    )

    def __init__(self, *args: Any, older: Client, newer: Client, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.older, self.newer = older, newer
        stands = self.fields["stands"]
        assert isinstance(stands, forms.ChoiceField)
        first = _("%(code)s, given first") % {"code": display_card_code(older.code)}
        stands.choices = [(older.code, first), (newer.code, display_card_code(newer.code))]
        stands.initial = older.code

    def aside_and_standing(self) -> tuple[Client, Client]:
        """Return the one whose code is set aside, and the one whose code stands."""
        if self.cleaned_data["stands"] == self.older.code:
            return self.newer, self.older
        return self.older, self.newer


class TwoCodesForm(Form):
    """Two people whom nobody offered, by their card codes."""

    one = forms.CharField(label=_("Card code"), max_length=20)
    other = forms.CharField(label=_("The other card code"), max_length=20)

    def clean_one(self) -> str:
        """Refuse what is no card code."""
        return _code(self.cleaned_data["one"])

    def clean_other(self) -> str:
        """Refuse what is no card code."""
        return _code(self.cleaned_data["other"])


def _code(typed: str) -> str:
    code = normalise_card_code(typed)
    if code is None:
        raise forms.ValidationError(_("This is not a card code. Check each letter and digit."))
    return code
