"""What may be typed about who a person is, and how it is explained when wrong."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimbilio.core.forms import OnceForm
from kimbilio.identity.actions import ContactDetails, Details, PhoneDetails
from kimbilio.identity.choices import MayCall, NumberKind, PhoneBelongsTo, SafeToSay
from kimbilio.identity.models import PersonalDetails
from kimbilio.identity.rules import normalise_outside_number, normalise_phone

_NAME_PARTS = ("first", "middle", "last", "nickname")


def phone_field(**kwargs: Any) -> forms.CharField:
    """Return a field for a phone number, checked by `clean_phone_number`."""
    return forms.CharField(
        label=_("Phone number"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
        help_text=_("As it is dialled, such as 0712 345 678."),
        **kwargs,
    )


def clean_phone_number(number: str) -> str:
    """Return the number as typed if it can be a phone number, or explain."""
    if number and normalise_phone(number) is None:
        raise forms.ValidationError(_("This does not look like a phone number. Check the digits."))
    return number


class DetailsForm(OnceForm):
    """Names and date of birth."""

    first = forms.CharField(label=_("First name"), max_length=80, required=False)
    middle = forms.CharField(label=_("Middle name"), max_length=80, required=False)
    last = forms.CharField(label=_("Last name"), max_length=80, required=False)
    nickname = forms.CharField(
        label=_("Nickname"),
        max_length=80,
        required=False,
        help_text=_("What people on the street call them."),
    )
    birth_date = forms.DateField(
        label=_("Date of birth"),
        required=False,
        help_text=_("Only if the person offers it."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    @staticmethod
    def initial_of(details: PersonalDetails | None) -> dict[str, Any]:
        """Return what the form shows for names that are already recorded."""
        if details is None:
            return {}
        return {name: getattr(details, name) for name in (*_NAME_PARTS, "birth_date")}

    def clean_birth_date(self) -> date | None:
        """Refuse a date of birth in the future."""
        born: date | None = self.cleaned_data["birth_date"]
        if born and born > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return born

    def details(self) -> Details:
        """Return what was typed, as the actions take it."""
        typed = self.cleaned_data
        born = typed["birth_date"]
        return Details(
            **{name: typed[name].strip() for name in _NAME_PARTS}, birth_date=born.isoformat() if born else ""
        )


class PhoneForm(OnceForm):
    """A phone number, whose it is, who may call and what is safe to say."""

    number = phone_field()
    belongs_to = forms.ChoiceField(
        label=_("Whose phone it is"), choices=PhoneBelongsTo.choices, initial=PhoneBelongsTo.NOT_STATED
    )
    may_call = forms.ChoiceField(
        label=_("Who may call"), choices=MayCall.choices, initial=MayCall.NOBODY, widget=forms.RadioSelect
    )
    safe_to_say = forms.ChoiceField(
        label=_("What is safe to say to whoever answers"),
        choices=SafeToSay.choices,
        initial=SafeToSay.NOTHING,
        widget=forms.RadioSelect,
    )

    def clean_number(self) -> str:
        """Refuse what cannot be a phone number."""
        return clean_phone_number(self.cleaned_data["number"])

    def phone(self) -> PhoneDetails:
        """Return what was typed, as the actions take it."""
        typed = self.cleaned_data
        return PhoneDetails(
            number=typed["number"],
            belongs_to=PhoneBelongsTo(typed["belongs_to"]),
            may_call=MayCall(typed["may_call"]),
            safe_to_say=SafeToSay(typed["safe_to_say"]),
        )


class LocatorForm(OnceForm):
    """Where the person would be found."""

    where = forms.CharField(
        label=_("Where a worker would find them"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only what a worker needs. Never write down other people's names or dealing places."),
    )


class ContactForm(OnceForm):
    """Somebody to call in an emergency."""

    name = forms.CharField(label=_("Their name"), max_length=80)
    relationship = forms.CharField(
        label=_("Who they are to the person"),
        max_length=60,
        required=False,
        help_text=_("Such as sister or friend."),
    )
    phone = phone_field(required=False)
    knows_of_programme = forms.BooleanField(label=_("They know of our programme"), required=False)

    def clean_phone(self) -> str:
        """Refuse what cannot be a phone number."""
        return clean_phone_number(self.cleaned_data["phone"])

    def contact(self) -> ContactDetails:
        """Return what was typed, as the actions take it."""
        typed = self.cleaned_data
        return ContactDetails(
            name=typed["name"],
            relationship=typed["relationship"],
            phone=typed["phone"],
            knows_of_programme=typed["knows_of_programme"],
        )


class NumberForm(OnceForm):
    """A number given elsewhere."""

    kind = forms.ChoiceField(label=_("Which number"), choices=NumberKind.choices, widget=forms.RadioSelect)
    number = forms.CharField(label=_("Number"), max_length=60)

    def clean_number(self) -> str:
        """Refuse a number without a letter or digit."""
        number: str = self.cleaned_data["number"]
        if not normalise_outside_number(number):
            raise forms.ValidationError(_("A number needs at least one letter or digit."))
        return number
