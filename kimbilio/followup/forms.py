"""What may be typed about looking for people, and how it is explained when wrong."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimbilio.core.forms import FieldSet, OnceForm
from kimbilio.followup.actions import PlannedReturn, Said, Try
from kimbilio.followup.choices import (
    AnswerGiven,
    GoesWith,
    HowEnded,
    HowTried,
    Outcome,
    Result,
    WhyStopped,
    Wish,
)
from kimbilio.followup.models import Attempt, ContactWish
from kimbilio.followup.queries import Worker
from kimbilio.people.choices import ConsentAnswer, ConsentManner, ConsentPurpose
from kimbilio.people.consent import Standing
from kimbilio.people.consent_forms import answer_field, manner_field, said_in
from kimbilio.places.models import Hotspot

_NOTHING = ("", _("Nothing yet"))
Consents = Mapping[ConsentPurpose, Standing]
_ASKED = {
    "call": (ConsentPurpose.PHONE_CONTACT, _("May we call?")),
    "visit": (ConsentPurpose.HOME_VISIT, _("May we come?")),
    "tell_clinic": (ConsentPurpose.SHARE_WITH_CLINIC, _("May we tell the clinic?")),
}
_WISH = {ConsentAnswer.GIVEN: Wish.YES, ConsentAnswer.WITHDRAWN: Wish.NO}


def _day(label: Any, **more: Any) -> forms.DateField:
    """Return a field for a day, today unless another is typed."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    more.setdefault("initial", timezone.localdate)
    return forms.DateField(label=label, widget=widget, **more)


class _WithWorkers:
    """Fields that name one of those who can look for people, by sign-in name."""

    workers: Sequence[Worker]

    def offer(self, field: Any, nobody: Any) -> None:
        """Offer these workers in a field, and nobody."""
        field.choices = [("", nobody), *((worker.username, worker.name) for worker in self.workers)]

    def chosen(self, username: str) -> Worker | None:
        """Return the worker of this sign-in name, None for nobody."""
        return next((worker for worker in self.workers if worker.username == username), None)


class AttemptForm(OnceForm):
    """One attempt to reach a person."""

    how = forms.ChoiceField(label=_("How you tried"), choices=HowTried.choices, widget=forms.RadioSelect)
    result = forms.ChoiceField(label=_("Who was reached"), choices=Result.choices, widget=forms.RadioSelect)
    outcome = forms.ChoiceField(
        label=_("What you learnt"), choices=[_NOTHING, *Outcome.choices], required=False
    )
    why_stopped = forms.ChoiceField(
        label=_("Why they stopped coming"),
        choices=WhyStopped.choices,
        initial=WhyStopped.NOT_STATED,
        required=False,
        help_text=_("In their own words, if they want to say. Do not press."),
    )
    occurred_on = _day(_("On which day"))

    @staticmethod
    def initial_of(attempt: Attempt) -> dict[str, Any]:
        """Return what the form shows of an attempt that is to be corrected."""
        return {
            name: getattr(attempt, name)
            for name in ("how", "result", "outcome", "why_stopped", "occurred_on")
        }

    def attempt(self) -> Try:
        """Return what was typed, as the actions take it."""
        typed = self.cleaned_data
        return Try(
            how=HowTried(typed["how"]),
            result=Result(typed["result"]),
            occurred_on=typed["occurred_on"],
            outcome=Outcome(typed["outcome"]) if typed["outcome"] else "",
            why_stopped=WhyStopped(typed["why_stopped"] or WhyStopped.NOT_STATED),
        )


class WayBackForm(_WithWorkers, OnceForm):
    """A way back to the clinic, as agreed with the person."""

    on = _day(_("On which day"), initial=lambda: timezone.localdate() + timedelta(days=1))
    at = forms.TimeField(
        label=_("At what time"),
        required=False,
        help_text=_("In numerals, such as 07:30."),
        widget=forms.TimeInput(attrs={"type": "time", "class": "short"}, format="%H:%M"),
    )
    goes_with = forms.ChoiceField(
        label=_("Who goes with them"),
        choices=GoesWith.choices,
        initial=GoesWith.WORKER,
        widget=forms.RadioSelect,
    )
    worker = forms.ChoiceField(label=_("Which of us"), required=False)

    def __init__(self, *args: Any, workers: Sequence[Worker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workers = workers
        self.offer(self.fields["worker"], _("I myself"))

    def plan(self) -> PlannedReturn:
        """Return what was typed, as the actions take it."""
        typed = self.cleaned_data
        return PlannedReturn(
            typed["on"], GoesWith(typed["goes_with"]), typed["at"], self.chosen(typed["worker"])
        )


class WayBackEndForm(OnceForm):
    """What came of a way back."""

    how = forms.ChoiceField(
        label=_("What came of it"),
        choices=[(how.value, how.label) for how in (HowEnded.ARRIVED, HowEnded.NOT_COME)],
        widget=forms.RadioSelect,
    )
    occurred_on = _day(_("On which day"))


class WishForm(_WithWorkers, OnceForm):
    """What a person says of being looked for, after the questions were read to them."""

    groups: ClassVar[tuple[FieldSet, ...]] = (
        FieldSet(_("What they say"), tuple(_ASKED)),
        FieldSet(_("Who and where"), ("only_worker", "hotspot", "manner", "occurred_on")),
    )

    manner = manner_field()
    only_worker = forms.ChoiceField(label=_("Who may look for them"), required=False)
    hotspot = forms.ModelChoiceField(
        label=_("Where they may be looked for"),
        queryset=Hotspot.objects.none(),
        required=False,
        empty_label=_("Not stated"),
        help_text=_("A hotspot by its coded name."),
    )
    occurred_on = _day(_("On which day"))

    def __init__(
        self, *args: Any, workers: Sequence[Worker], hotspots: Any, consent: Consents, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.workers, self.consent = workers, consent
        for name, (purpose, label) in _ASKED.items():
            self.fields[name] = answer_field(consent[purpose], label)
        self.offer(self.fields["only_worker"], _("Any of us"))
        hotspot = self.fields["hotspot"]
        assert isinstance(hotspot, forms.ModelChoiceField)
        hotspot.queryset = hotspots
        hotspot.to_field_name = "code"

    @staticmethod
    def initial_of(wish: ContactWish | None, workers: Sequence[Worker]) -> dict[str, Any]:
        """Return what the form shows of by whom and where they wanted to be looked for before."""
        if wish is None:
            return {}
        known = {worker.id: worker.username for worker in workers}
        return {
            "only_worker": known.get(wish.only_worker, "") if wish.only_worker else "",
            "hotspot": wish.hotspot.code if wish.hotspot else None,
        }

    def said(self) -> Said:
        """Return what was typed, as the actions take it."""
        typed = self.cleaned_data
        answers = said_in(typed, {name: self.consent[purpose] for name, (purpose, _label) in _ASKED.items()})
        said = {one.purpose: _WISH[one.answer] for one in answers}
        return Said(
            call=said.get(ConsentPurpose.PHONE_CONTACT, Wish.ASK),
            visit=said.get(ConsentPurpose.HOME_VISIT, Wish.ASK),
            tell_clinic=said.get(ConsentPurpose.SHARE_WITH_CLINIC, Wish.ASK),
            only_worker=self.chosen(typed["only_worker"]),
            hotspot=typed["hotspot"],
            on=typed["occurred_on"],
            manner=ConsentManner(typed["manner"]),
            lifts={one.purpose: one.lifts for one in answers},
        )


class WhoForm(_WithWorkers, OnceForm):
    """Who looks for a person."""

    worker = forms.ChoiceField(label=_("Who looks for them"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, workers: Sequence[Worker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workers = workers
        self.offer(self.fields["worker"], _("Nobody"))


class SheetForm(_WithWorkers, OnceForm):
    """Whose people to print."""

    worker = forms.ChoiceField(label=_("Whose people"), required=False)

    def __init__(self, *args: Any, workers: Sequence[Worker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workers = workers
        self.offer(self.fields["worker"], _("Everybody on the list"))


class ClinicAnswerForm(OnceForm):
    """For which clinic to print an answer."""

    clinic = forms.ChoiceField(label=_("For which clinic"))

    def __init__(self, *args: Any, clinics: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["clinic"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = clinics


class AnswerForm(OnceForm):
    """An answer to a question that raised itself."""

    question = forms.CharField(max_length=60, widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label=_("What is the answer"), choices=[("", _("Choose one")), *AnswerGiven.choices]
    )
    ask_again_on = _day(
        _("Ask again on"),
        initial=lambda: timezone.localdate() + timedelta(days=7),
        help_text=_("If it is still so on that day, the question comes back."),
    )
