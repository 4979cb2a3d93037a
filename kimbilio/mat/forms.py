"""What may be typed about a journey, a day and a clinic's numbers, and how it is explained when wrong."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimbilio.core.forms import OnceForm
from kimbilio.mat.actions import Claim
from kimbilio.mat.choices import DayMark, Source, StepKind, StepReason
from kimbilio.mat.models import JourneyStep
from kimbilio.mat.queries import reference_of
from kimbilio.mat.rules import LEAVINGS, PAUSES, STAGES, STARTS, RuleInForce
from kimbilio.mat.rules.clinic_rules import LEAST, MOST
from kimbilio.places.models import MatClinic

_BEFORE = [
    StepKind.IDENTIFIED,
    StepKind.REFERRED,
    StepKind.SCREENED_ELIGIBLE,
    StepKind.SCREENED_NOT_ELIGIBLE,
    StepKind.PREPARING,
]
_GROUPS = [
    (_("On the way"), _BEFORE),
    (_("Start"), [kind for kind in StepKind if kind in STARTS]),
    (_("While on MAT"), [kind for kind in StepKind if kind in STAGES]),
    (_("Elsewhere, or not heard of"), [k for k in StepKind if k in PAUSES or k == StepKind.OUT_OF_TOUCH]),
    (_("The end"), [kind for kind in StepKind if kind in LEAVINGS or kind == StepKind.DIED]),
]
STEP_KINDS = [("", _("Choose one"))] + [
    (title, [(kind.value, kind.label) for kind in kinds]) for title, kinds in _GROUPS
]
_WITHOUT_REASON = StepReason.NOT_STATED
_REASONS = {
    _("Cannot start yet"): ["under_age", "no_dependence", "not_ready", "health_first"],
    _("Chose to stop"): ["feels_recovered", "logistics", "travel", "work", "fasting", "dissatisfied"],
    _("The clinic stopped it"): [
        "overdose_risk",
        "violence",
        "drugs_at_clinic",
        "weapon",
        "diversion",
        "damage_or_theft",
        "disruption",
    ],
}
REASONS = [
    (_WITHOUT_REASON.value, _WITHOUT_REASON.label),
    *((title, [(name, StepReason(name).label) for name in names]) for title, names in _REASONS.items()),
    (StepReason.OTHER.value, StepReason.OTHER.label),
]
# Whoever sits at the page has it from one of these; books and lists are read in by their own pages too.
SOURCES = [Source.STAFF, Source.PERSON, Source.CLINIC_LIST, Source.BOOK, Source.EARLIER_BOOKS]
_DAY_SOURCES = [Source.CLINIC_LIST, Source.STAFF, Source.PERSON]
_DATE = {"type": "date"}


def _chosen(sources: Sequence[Source]) -> list[tuple[str, Any]]:
    return [(source.value, source.label) for source in sources]


class _OfAPast(OnceForm):
    """A form about something that happened, at one of a few clinics."""

    def __init__(self, *args: Any, clinics: Sequence[MatClinic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clinics = {reference_of(clinic): clinic for clinic in clinics}
        chosen = self.fields["clinic"]
        assert isinstance(chosen, forms.ChoiceField)
        unnamed = [] if chosen.required else [("", _("Not stated"))]
        chosen.choices = [*unnamed, *((name, clinic.name) for name, clinic in self.clinics.items())]
        chosen.initial = next(iter(self.clinics), "")

    def clean_occurred_on(self) -> Any:
        """Refuse a day that has not come yet."""
        day = self.cleaned_data["occurred_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day


class StepForm(_OfAPast):
    """One step of a journey: what happened, when, where, and who says so."""

    kind = forms.ChoiceField(label=_("What happened"), choices=STEP_KINDS)
    occurred_on = forms.DateField(
        label=_("On which day"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs=_DATE, format="%Y-%m-%d"),
    )
    reason = forms.ChoiceField(label=_("Why"), choices=REASONS, initial=_WITHOUT_REASON, required=False)
    clinic = forms.ChoiceField(label=_("At which clinic"), required=False)
    source = forms.ChoiceField(
        label=_("Who says so"), choices=_chosen(SOURCES), initial=Source.STAFF, widget=forms.RadioSelect
    )

    @staticmethod
    def initial_of(step: JourneyStep) -> dict[str, Any]:
        """Return what the form shows for a step that was recorded."""
        return {
            "kind": step.kind,
            "occurred_on": step.occurred_on,
            "reason": step.reason,
            "clinic": reference_of(step.clinic) if step.clinic else "",
            "source": step.source,
        }

    def claim(self) -> Claim:
        """Return what was typed, as the actions take it."""
        typed = self.cleaned_data
        return Claim(
            kind=StepKind(typed["kind"]),
            occurred_on=typed["occurred_on"],
            source=Source(typed["source"]),
            clinic=self.clinics.get(typed["clinic"]),
            reason=StepReason(typed["reason"] or _WITHOUT_REASON),
        )


class DayForm(_OfAPast):
    """One day of one person: what was so."""

    occurred_on = forms.DateField(
        label=_("Which day"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs=_DATE, format="%Y-%m-%d"),
    )
    mark = forms.ChoiceField(label=_("What was so"), choices=DayMark.choices, widget=forms.RadioSelect)
    clinic = forms.ChoiceField(label=_("At which clinic"))
    source = forms.ChoiceField(
        label=_("Who says so"),
        choices=_chosen(_DAY_SOURCES),
        initial=Source.CLINIC_LIST,
        widget=forms.RadioSelect,
    )

    def day_and_mark(self) -> dict[str, Any]:
        """Return what was typed, as the action takes it."""
        typed = self.cleaned_data
        return {
            "day": typed["occurred_on"],
            "mark": DayMark(typed["mark"]),
            "clinic": self.clinics[typed["clinic"]],
            "source": Source(typed["source"]),
        }


class ClinicNumberForm(OnceForm):
    """A number as the clinic confirmed it: where it is written, by whom, when."""

    value = forms.IntegerField(
        label=_("The number"),
        min_value=LEAST,
        max_value=MOST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 3, "class": "short"}),
        error_messages={
            "invalid": _("A number from 1 to 366 is needed."),
            "min_value": _("A number from 1 to 366 is needed."),
            "max_value": _("A number from 1 to 366 is needed."),
        },
    )
    source = forms.CharField(
        label=_("Where it is written"),
        max_length=200,
        help_text=_("A protocol with its page, a letter, or the minutes of a meeting."),
    )
    confirmed_by = forms.CharField(label=_("Who at the clinic confirmed it"), max_length=120)
    confirmed_on = forms.DateField(
        label=_("On which day"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs=_DATE, format="%Y-%m-%d"),
    )

    @staticmethod
    def initial_of(rule: RuleInForce) -> dict[str, Any]:
        """Return what the form shows at first: the number that is used now."""
        return {"value": rule.value, "source": rule.source, "confirmed_by": rule.confirmed_by}

    def clean_confirmed_on(self) -> Any:
        """Refuse a day that has not come yet."""
        day = self.cleaned_data["confirmed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def confirmed(self) -> dict[str, Any]:
        """Return what was typed, as the action takes it."""
        return {name: self.cleaned_data[name] for name in ("value", "source", "confirmed_by", "confirmed_on")}
