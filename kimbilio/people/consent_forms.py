"""What may be typed when consent is asked for: several purposes at once, and a yes after a no only on asking anew."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kimbilio.core.forms import OnceForm
from kimbilio.people.actions import Said
from kimbilio.people.choices import ConsentAnswer, ConsentManner, ConsentPurpose, ConsentStands
from kimbilio.people.consent import Standing
from kimbilio.people.consent_words import IN_WRITING, VERSION, WORDS
from kimbilio.people.models import Consent

ASKED_OF_A_PERSON = (ConsentManner.SPOKEN, ConsentManner.WRITTEN)
_ANEW = "anew-"


def manner_field() -> forms.ChoiceField:
    """Return the field that says how a person was asked."""
    return forms.ChoiceField(
        label=_("How they were asked"),
        choices=[(manner.value, manner.label) for manner in ASKED_OF_A_PERSON],
        initial=ConsentManner.SPOKEN,
        widget=forms.RadioSelect,
    )


def read_out(purpose: ConsentPurpose) -> Any:
    """Return the words of a purpose as a hint for whoever reads them out, in the language of the page."""
    return lazy(lambda: gettext("Read out: '%(words)s'") % {"words": WORDS[VERSION][purpose]}, str)()


def first_answer_field(purpose: ConsentPurpose) -> forms.ChoiceField:
    """Return the field for one purpose of somebody who never answered: small, so that it can be passed over."""
    return forms.ChoiceField(
        label=purpose.label,
        choices=[("", _("Not asked today")), *ConsentAnswer.choices],
        required=False,
        help_text=read_out(purpose),
    )


def answer_field(standing: Standing, label: Any = None) -> forms.ChoiceField:
    """Return the field for one purpose, with the words to read out beside it.

    After a no, that no is shown, and a yes is offered as what it is: they were asked anew.
    """
    has_said_no = standing.stands == ConsentStands.SAID_NO
    yes = (
        (_in_sight(standing), _("Asked anew, with this no in sight: yes"))
        if has_said_no
        else (ConsentAnswer.GIVEN.value, ConsentAnswer.GIVEN.label)
    )
    no = (ConsentAnswer.WITHDRAWN.value, _("No, as before") if has_said_no else ConsentAnswer.WITHDRAWN.label)
    offered = [("", _("Not asked today")), *((no, yes) if has_said_no else (yes, no))]
    field = forms.ChoiceField(
        label=label or standing.purpose.label,
        # The same form sent twice names noes that are lifted by then: that is no mistake.
        choices=[*offered, *((value, value) for value in _lifted_before(standing))],
        required=False,
        widget=forms.RadioSelect,
        help_text=" ".join(filter(None, (said_no_on(standing), str(read_out(standing.purpose))))),
        error_messages={"invalid_choice": _("They said no again since this page was shown. Look once more.")},
    )
    field.widget.choices = offered
    return field


def said_no_on(standing: Standing) -> str:
    """Return 'On DATE they said no', '' where they did not."""
    if standing.stands != ConsentStands.SAID_NO or standing.newest is None:
        return ""
    return gettext("On %(day)s they said no.") % {"day": date_format(standing.newest.occurred_on, "j F Y")}


def said_in(typed: Mapping[str, Any], names: Mapping[str, Standing]) -> list[Said]:
    """Return what was answered in these fields, each with the noes that were in sight on a page that asks anew."""
    said = []
    for name, standing in names.items():
        answer = typed.get(name) or ""
        if answer.startswith(_ANEW):
            lifts = _lifted_before(standing) | {_in_sight(standing): _keys(standing.noes)}
            said.append(Said(standing.purpose, ConsentAnswer.GIVEN, lifts[answer]))
        elif answer:
            said.append(Said(standing.purpose, ConsentAnswer(answer)))
    return said


def wrong_in_writing(said: Iterable[Said], manner: str) -> list[ConsentPurpose]:
    """Return the purposes to which a yes must be signed, and was only spoken."""
    return [
        one.purpose
        for one in said
        if one.answer == ConsentAnswer.GIVEN and one.purpose in IN_WRITING and manner != ConsentManner.WRITTEN
    ]


def _in_sight(standing: Standing) -> str:
    """Return a value that means exactly these noes: with one more, the choice is there no longer. It tells no key."""
    return _value_of(_keys(standing.noes))


def _lifted_before(standing: Standing) -> dict[str, frozenset[UUID]]:
    """Return the noes that each yes lifted, by the value that meant them then."""
    lifted: dict[UUID, set[UUID]] = defaultdict(set)
    for row in standing.answers:
        if row.lifted_by_id:
            lifted[row.lifted_by_id].add(row.pk)
    return {_value_of(frozenset(noes)): frozenset(noes) for noes in lifted.values()}


def _value_of(noes: frozenset[UUID]) -> str:
    return _ANEW + uuid5(NAMESPACE_OID, " ".join(sorted(pk.hex for pk in noes))).hex


def _keys(rows: Iterable[Consent]) -> frozenset[UUID]:
    return frozenset(row.pk for row in rows)


class ConsentForm(OnceForm):
    """What a person says about several purposes, after the words of each were read to them."""

    manner = manner_field()
    occurred_on = forms.DateField(
        label=_("On which day"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    placed_by_page = tuple(ConsentPurpose)

    def __init__(self, *args: Any, standing: Mapping[ConsentPurpose, Standing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing = standing
        for purpose, one in standing.items():
            self.fields[purpose.value] = field = answer_field(one)
            # A no already said stands above the question on this page.
            field.help_text = read_out(purpose)
        self.order_fields([*(purpose.value for purpose in standing), "manner", "occurred_on"])

    def clean_occurred_on(self) -> Any:
        """Refuse a day that has not come yet."""
        day = self.cleaned_data["occurred_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        """Ask for one answer at least, and for a signature where the law asks for one."""
        typed = super().clean() or {}
        said = self.said()
        if not said and not self.errors:
            raise forms.ValidationError(_("Record one answer at least."))
        for purpose in wrong_in_writing(said, typed.get("manner", "")):
            self.add_error(
                purpose.value, _("A yes to this is signed: choose 'Signed on paper', or ask another day.")
            )
        return typed

    def said(self) -> list[Said]:
        """Return what was answered, as the action takes it."""
        return said_in(self.cleaned_data, {purpose.value: one for purpose, one in self.standing.items()})
