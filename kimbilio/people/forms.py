"""What may be typed about a person by code, and how it is explained when wrong."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimbilio.core.forms import FieldSet, OnceForm
from kimbilio.people.actions import AboutClient
from kimbilio.people.choices import (
    BirthPrecision,
    Gender,
    HowTheyCame,
    PopulationType,
    Sex,
)
from kimbilio.people.models import Client
from kimbilio.people.rules import EARLIEST_BIRTH_YEAR, OLDEST_AGE, birth_year_from_age
from kimbilio.places.models import Ward


class AboutClientForm(OnceForm):
    """What is recorded of a person by code: as little as the work needs."""

    groups: ClassVar[tuple[FieldSet, ...]] = (
        FieldSet(
            _("About the person"),
            ("sex", "gender", "born", "born_is_estimate", "ward", "population", "how_they_came"),
        ),
    )

    sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices, widget=forms.RadioSelect)
    gender = forms.ChoiceField(
        label=_("Gender, as the person says"),
        choices=Gender.choices,
        initial=Gender.NOT_STATED,
        required=False,
        widget=forms.Select,
    )
    born = forms.IntegerField(
        label=_("Year of birth, or age"),
        help_text=_("Four digits for a year (1990), two for an age (34)."),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4, "class": "short"}),
        error_messages={"invalid": _("Type a year such as 1990, or an age such as 34.")},
    )
    born_is_estimate = forms.BooleanField(label=_("This is our guess"), required=False)
    ward = forms.ModelChoiceField(
        label=_("Ward where they live"),
        queryset=Ward.objects.none(),
        required=False,
        empty_label=_("Not stated"),
    )
    population = forms.ChoiceField(
        label=_("They would say they are a"),
        choices=PopulationType.choices,
        initial=PopulationType.NOT_STATED,
        required=False,
    )
    how_they_came = forms.ChoiceField(
        label=_("How they came to us"),
        choices=HowTheyCame.choices,
        initial=HowTheyCame.NOT_STATED,
        required=False,
    )

    def __init__(self, *args: Any, wards: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ward = self.fields["ward"]
        assert isinstance(ward, forms.ModelChoiceField)
        ward.queryset = wards

    @staticmethod
    def initial_of(client: Client) -> dict[str, Any]:
        """Return what the form shows for a person who is already registered."""
        return {
            "sex": client.sex,
            "gender": client.gender,
            "born": client.birth_year,
            "born_is_estimate": client.birth_precision == BirthPrecision.ESTIMATE,
            "ward": client.ward_id,
            "population": client.population,
            "how_they_came": client.how_they_came,
        }

    def clean_born(self) -> int | None:
        """Accept a plausible year or age; anything else is explained."""
        born: int | None = self.cleaned_data["born"]
        this_year = timezone.localdate().year
        if born is None or 0 < born <= OLDEST_AGE or EARLIEST_BIRTH_YEAR <= born <= this_year:
            return born
        raise forms.ValidationError(_("Type a year such as 1990, or an age such as 34."))

    def clean_gender(self) -> str:
        """Read nothing chosen as not stated."""
        return self.cleaned_data["gender"] or Gender.NOT_STATED

    def clean_population(self) -> str:
        """Read nothing chosen as not stated."""
        return self.cleaned_data["population"] or PopulationType.NOT_STATED

    def clean_how_they_came(self) -> str:
        """Read nothing chosen as not stated."""
        return self.cleaned_data["how_they_came"] or HowTheyCame.NOT_STATED

    def about(self) -> AboutClient:
        """Return what was typed, as the actions take it."""
        typed = self.cleaned_data
        year, precision = self._birth()
        return AboutClient(
            sex=Sex(typed["sex"]),
            gender=Gender(typed["gender"]),
            birth_year=year,
            birth_precision=precision,
            ward=typed["ward"],
            population=PopulationType(typed["population"]),
            how_they_came=HowTheyCame(typed["how_they_came"]),
        )

    def _birth(self) -> tuple[int | None, BirthPrecision]:
        born: int | None = self.cleaned_data["born"]
        if born is None:
            return None, BirthPrecision.UNKNOWN
        is_age = born <= OLDEST_AGE
        year = birth_year_from_age(born, timezone.localdate()) if is_age else born
        if self.cleaned_data["born_is_estimate"]:
            return year, BirthPrecision.ESTIMATE
        return year, BirthPrecision.AGE if is_age else BirthPrecision.YEAR
