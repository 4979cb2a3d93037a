"""What may be typed about a community event, and how it is explained when wrong."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimbilio.community.actions import NewEvent
from kimbilio.community.choices import Activity, Fault
from kimbilio.community.models import CommunityEvent
from kimbilio.community.rules import LONGEST_WORDS, MOST_PEOPLE
from kimbilio.core.days import EARLIEST
from kimbilio.core.forms import FieldSet, NumberField, OnceForm

_HEADS = ("male", "female", "unsorted")


def _heads(label: Any) -> forms.IntegerField:
    """Return a field for a number of people; left empty, it is none."""
    wrong = _("Type a number, such as 48.")
    return NumberField(
        label=label,
        min_value=0,
        max_value=MOST_PEOPLE,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 6, "class": "short"}),
        error_messages={"invalid": wrong, "min_value": wrong, "max_value": Fault.TOO_MANY.label},
    )


def _words(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST_WORDS, required=False, **more)


class EventForm(OnceForm):
    """One community event: what, when, where, and how many came."""

    groups: ClassVar[tuple[FieldSet, ...]] = (
        FieldSet(_("What it was"), ("activity", "named", "occurred_on")),
        FieldSet(
            _("How many came"),
            _HEADS,
            hint=_("Heads only. Staff who led it are not counted. Nobody's name belongs here."),
        ),
        FieldSet(_("Where, and who led it"), ("venue", "facilitator")),
    )

    activity = forms.ChoiceField(
        label=_("Event"), choices=Activity.choices, widget=forms.RadioSelect(attrs={"class": "abreast"})
    )
    named = _words(
        _("Its own name"), help_text=_("Such as World Drug Day. For another event, say here what it was.")
    )
    occurred_on = forms.DateField(
        label=_("On which day"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
    )
    male = _heads(_("Men and boys"))
    female = _heads(_("Women and girls"))
    unsorted = _heads(_("Not counted by sex"))
    venue = _words(_("Place"), help_text=_("Such as the chief's camp. Never a hotspot."))
    facilitator = _words(_("Led by"), help_text=_("A member of staff, or the partner's name."))

    @staticmethod
    def initial_of(event: CommunityEvent) -> dict[str, Any]:
        """Return what the form shows of an event that is to be corrected."""
        names = ("activity", "named", "occurred_on", *_HEADS, "venue", "facilitator")
        return {name: getattr(event, name) for name in names}

    def clean_occurred_on(self) -> date:
        """Refuse a day that has not come yet, and a slip of the pen in the year."""
        day: date = self.cleaned_data["occurred_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(Fault.FUTURE.label)
        if day < EARLIEST:
            raise forms.ValidationError(Fault.LONG_AGO.label)
        return day

    def clean(self) -> dict[str, Any]:
        """Ask for a number of people, and for the name of another event."""
        typed = super().clean() or {}
        if typed.get("activity") == Activity.OTHER and not typed.get("named"):
            self.add_error("named", Fault.NO_NAME.label)
        if not self.errors.keys() & set(_HEADS) and all(typed.get(name) is None for name in _HEADS):
            self.add_error("male", _("Say how many came; 0 if nobody did."))
        return typed

    def event(self) -> NewEvent:
        """Return what was typed, as the actions take it."""
        typed = self.cleaned_data
        return NewEvent(
            activity=Activity(typed["activity"]),
            occurred_on=typed["occurred_on"],
            venue=typed["venue"],
            facilitator=typed["facilitator"],
            named=typed["named"],
            **{name: typed[name] or 0 for name in _HEADS},
        )
