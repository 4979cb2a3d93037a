"""A form with one of each kind of field, for the page of components. Nobody's details, and nothing is kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kimbilio.core.forms import FieldSet, Form, problems
from kimbilio.core.icons import ICONS


class ComponentForm(Form):
    """Every field a page may use, once."""

    groups = (
        FieldSet(_("Words"), ("name", "note"), hint=_("A group of fields has a title and may have a hint.")),
        FieldSet(_("Numbers"), ("year", "phone", "day")),
        FieldSet(_("Choices"), ("how", "who", "ward", "agreed")),
    )

    name = forms.CharField(label=_("A name"), max_length=80)
    note = forms.CharField(
        label=_("A note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What may be left out says so in words."),
    )
    year = forms.IntegerField(
        label=_("Year of birth, or age"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4, "class": "short"}),
        help_text=_("Four digits for a year (1990), two for an age (34)."),
        error_messages={"invalid": _("Type a year such as 1990, or an age such as 34.")},
    )
    phone = forms.CharField(
        label=_("Phone number"), required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    day = forms.DateField(label=_("A day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    how = forms.ChoiceField(
        label=_("One of a few"),
        choices=[("spoken", _("Spoken")), ("written", _("Written")), ("neither", _("I do not know"))],
        widget=forms.RadioSelect,
        help_text=_("Fewer than seven choices stand open, each a target for a thumb."),
    )
    who = forms.MultipleChoiceField(
        label=_("Several of a few"),
        choices=[("morning", _("Morning")), ("afternoon", _("Afternoon"))],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    ward = forms.ChoiceField(
        label=_("One of many"),
        choices=[("", _("Not stated")), ("1", "Ndenderu"), ("2", "Muchatha"), ("3", "Kihara")],
        required=False,
    )
    agreed = forms.BooleanField(label=_("I read it aloud, and the person said yes"))


def component_context() -> dict[str, Any]:
    """Everything the page of components needs: the form as it opens, the same with every mistake, every icon."""
    wrong = ComponentForm({"year": "old"}, auto_id="wrong_%s")
    return {
        "form": ComponentForm(),
        "wrong_form": wrong,
        "problems": list(problems(wrong)),
        "icons": sorted(ICONS),
    }
