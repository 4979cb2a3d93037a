"""What may be typed at the desk, and how it is explained when wrong."""

from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimbilio.accounts.passwords import validate_new_password
from kimbilio.core.forms import FieldSet, Form
from kimbilio.desk.actions import NewHome, NewPerson
from kimbilio.identity.actions import Details, PhoneDetails
from kimbilio.identity.choices import MayCall, NumberKind, SafeToSay
from kimbilio.identity.forms import clean_phone_number, phone_field
from kimbilio.identity.rules import Known, normalise_outside_number, normalise_phone
from kimbilio.people.actions import NewClient
from kimbilio.people.choices import ConsentAnswer, ConsentManner, ConsentPurpose
from kimbilio.people.consent_forms import first_answer_field, manner_field, read_out
from kimbilio.people.forms import AboutClientForm

# The others are asked on the page of consent, when there is time for them.
_ALSO_ASKED = (ConsentPurpose.PHONE_CONTACT, ConsentPurpose.HOME_VISIT, ConsentPurpose.SHARE_WITH_CLINIC)
_NAMES = ("first", "middle", "last", "nickname")
_KNOWN_NAMES = ("first", "middle", "last")


class FindForm(Form):
    """One box for a code, name, phone or number."""

    q = forms.CharField(
        label=_("Code, name, phone or number"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autofocus": True}),
    )

    def __init__(self, *args: Any, by_name: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not by_name:
            self.fields["q"].label = _("Card code or outside number")


class RegisterForm(AboutClientForm):
    """As little as the work needs: sex and consent are asked for, all else may stay empty."""

    groups: ClassVar[tuple[FieldSet, ...]] = (
        FieldSet(_("Who they are"), ("first", "middle", "last", "nickname")),
        FieldSet(_("About the person"), ("sex", "born", "born_is_estimate", "ward")),
        FieldSet(_("Reaching them"), ("phone", "may_call", "safe_to_say")),
        FieldSet(
            _("More, if it is known"), ("gender", "population", "how_they_came", "number_kind", "number")
        ),
        FieldSet(
            _("Consent"),
            ("consent", "manner"),
            hint=read_out(ConsentPurpose.HOLD_A_RECORD),
        ),
        FieldSet(
            _("May we also? On another day is as good"),
            tuple(f"may_{purpose}" for purpose in _ALSO_ASKED),
        ),
    )

    # Shown with the likely matches, when there are any.
    placed_by_page: ClassVar[tuple[str, ...]] = ("confirm_new",)

    first = forms.CharField(label=_("First name"), max_length=80, required=False)
    middle = forms.CharField(label=_("Middle name"), max_length=80, required=False)
    last = forms.CharField(label=_("Last name"), max_length=80, required=False)
    nickname = forms.CharField(label=_("Nickname"), max_length=80, required=False)
    phone = phone_field(required=False)
    may_call = forms.ChoiceField(
        label=_("Who may call"), choices=MayCall.choices, initial=MayCall.NOBODY, required=False
    )
    safe_to_say = forms.ChoiceField(
        label=_("What is safe to say to whoever answers"),
        choices=SafeToSay.choices,
        initial=SafeToSay.NOTHING,
        required=False,
    )
    number_kind = forms.ChoiceField(
        label=_("A number from elsewhere: which"), choices=NumberKind.choices, required=False
    )
    number = forms.CharField(label=_("The number itself"), max_length=60, required=False)
    consent = forms.BooleanField(
        label=_("They agree that we keep a record"),
        error_messages={
            "required": _(
                "Without a yes no record is kept. They still get every service, counted without a name."
            )
        },
    )
    manner = manner_field()
    may_phone_contact = first_answer_field(ConsentPurpose.PHONE_CONTACT)
    may_home_visit = first_answer_field(ConsentPurpose.HOME_VISIT)
    may_share_with_clinic = first_answer_field(ConsentPurpose.SHARE_WITH_CLINIC)
    confirm_new = forms.BooleanField(label=_("None of these: this is somebody new"), required=False)

    def clean_phone(self) -> str:
        """Refuse what cannot be a phone number."""
        return clean_phone_number(self.cleaned_data["phone"])

    def clean(self) -> dict[str, Any]:
        """Refuse a number to call of somebody who does not want to be called."""
        typed = super().clean() or {}
        if typed.get("phone") and typed.get("may_phone_contact") == ConsentAnswer.WITHDRAWN:
            self.add_error("phone", _("They do not want to be called: leave their number out."))
        return typed

    def clean_number(self) -> str:
        """Refuse a number without a letter or digit."""
        number: str = self.cleaned_data["number"]
        if number and not normalise_outside_number(number):
            raise forms.ValidationError(_("A number needs at least one letter or digit."))
        return number

    def known(self) -> Known:
        """Return what was typed so far, right or wrong elsewhere, for looking for likely matches."""
        typed = getattr(self, "cleaned_data", {})
        phone = normalise_phone(typed.get("phone") or "")
        year = self._birth()[0] if typed.get("born") else None
        return Known(
            **{name: typed.get(name) or "" for name in _KNOWN_NAMES},
            nicknames=tuple(filter(None, (typed.get("nickname"),))),
            phones=frozenset({phone} if phone else ()),
            birth_year=year,
            birth_date=None,
            sex=typed.get("sex") or None,
        )

    def person(self) -> NewPerson:
        """Return what was typed, as the action takes it: met today, as far as anybody has written down."""
        typed = self.cleaned_data
        about = replace(self.about(), first_contact_on=timezone.localdate())
        return NewPerson(
            client=NewClient(about, ConsentManner(typed["manner"]), also_asked=self._also_asked()),
            details=Details(**{name: typed[name].strip() for name in _NAMES}),
            phone=self._phone(),
            number=(NumberKind(typed["number_kind"]), typed["number"]) if typed["number"] else None,
        )

    def _also_asked(self) -> dict[ConsentPurpose, ConsentAnswer]:
        answers = {purpose: self.cleaned_data[f"may_{purpose}"] for purpose in _ALSO_ASKED}
        return {purpose: ConsentAnswer(answer) for purpose, answer in answers.items() if answer}

    def _phone(self) -> PhoneDetails | None:
        typed = self.cleaned_data
        if not typed["phone"]:
            return None
        return PhoneDetails(
            number=typed["phone"],
            may_call=MayCall(typed["may_call"] or MayCall.NOBODY),
            safe_to_say=SafeToSay(typed["safe_to_say"] or SafeToSay.NOTHING),
        )


class SetupForm(Form):
    """What a new installation is told, guarded by the token printed at the terminal."""

    groups = (
        FieldSet(_("From the terminal"), ("token",)),
        FieldSet(_("Your programme"), ("organisation", "county", "site", "clinic")),
        FieldSet(_("You"), ("username", "password", "password_again")),
    )

    token = forms.CharField(
        label=_("One-time token"), max_length=100, help_text=_("It was printed where Kimbilio was started.")
    )
    organisation = forms.CharField(label=_("Name of the organisation"), max_length=120)
    county = forms.CharField(label=_("County"), max_length=60)
    site = forms.CharField(
        label=_("Name of the first site"), max_length=120, help_text=_("Such as the name of the safe space.")
    )
    clinic = forms.CharField(label=_("MAT clinic it works beside"), max_length=120)
    username = forms.CharField(label=_("Your sign-in name"), max_length=60)
    password = forms.CharField(
        label=_("Your password"),
        max_length=200,
        strip=False,
        help_text=_("15 characters or more. Four or five words that do not belong together are good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label=_("Your password again"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one strong password typed twice alike."""
        typed = super().clean() or {}
        password = typed.get("password")
        if password:
            try:
                validate_new_password(password, username=typed.get("username", ""))
            except forms.ValidationError as weak:
                self.add_error("password", weak)
        if password and typed.get("password_again") not in (None, password):
            self.add_error("password_again", _("The two passwords are not the same."))
        return typed

    def home(self) -> NewHome:
        """Return what was typed of the programme, as the action takes it."""
        return NewHome(
            **{name: self.cleaned_data[name] for name in ("organisation", "county", "site", "clinic")}
        )
