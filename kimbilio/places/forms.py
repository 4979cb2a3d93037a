"""What may be typed about places, and how it is explained when wrong."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kimbilio.accounts.models import Site
from kimbilio.core.forms import Form
from kimbilio.places.choices import FacilityKind, HotspotKind
from kimbilio.places.models import Ward


class _NewPlaceForm(Form):
    """A form for something at the site where one works; a name is used once there."""

    name_field = "name"

    def __init__(self, *args: Any, site: Site, taken: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.site = site
        self.taken = taken

    def clean(self) -> dict[str, Any]:
        """Refuse a name or code that this site has already."""
        typed = super().clean() or {}
        name = typed.get(self.name_field, "")
        if name and self.taken.filter(site=self.site, **{f"{self.name_field}__iexact": name}).exists():
            self.add_error(self.name_field, _("This site has one of this name already."))
        return typed


class SiteForm(Form):
    """A site, and the MAT clinic that it works beside."""

    name = forms.CharField(
        label=_("Name of the site"), max_length=120, help_text=_("Such as the name of the safe space.")
    )
    county = forms.ChoiceField(label=_("County"))
    clinic = forms.CharField(label=_("MAT clinic it works beside"), max_length=120, required=False)

    def __init__(self, *args: Any, counties: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        county = self.fields["county"]
        assert isinstance(county, forms.ChoiceField)
        county.choices = [(name, name) for name in counties]


class MatClinicForm(_NewPlaceForm):
    """A MAT clinic."""

    name = forms.CharField(label=_("Name of the clinic"), max_length=120)


class FacilityForm(_NewPlaceForm):
    """A partner facility."""

    name = forms.CharField(label=_("Name of the facility"), max_length=120)
    kind = forms.ChoiceField(label=_("What it is"), choices=FacilityKind.choices)
    contact = forms.CharField(
        label=_("Whom to ask for there"),
        max_length=120,
        required=False,
        help_text=_("A post or a desk, and its phone."),
    )


class HotspotForm(_NewPlaceForm):
    """A hotspot."""

    name_field = "code"

    code = forms.CharField(
        label=_("Coded name"),
        max_length=20,
        help_text=_("A code your team agreed, such as KR-07. Never the real name of the place."),
    )
    kind = forms.ChoiceField(label=_("What it is"), choices=HotspotKind.choices)
    ward = forms.ModelChoiceField(
        label=_("Ward"), queryset=Ward.objects.none(), required=False, empty_label=_("Not stated")
    )

    def __init__(self, *args: Any, wards: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ward = self.fields["ward"]
        assert isinstance(ward, forms.ModelChoiceField)
        ward.queryset = wards
