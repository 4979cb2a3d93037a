"""The form of a clinic's day: who is absent or elsewhere, what the paper says came, lines pasted from it."""

from typing import Any, ClassVar, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kimbilio.core.forms import OnceForm
from kimbilio.mat.choices import DayMark

ABSENT, CAME, CAME_TOO = "absent", "came", "came_too"
NOT_ON_PAPER = ""
OTHER = "other-"  # before a code: the mark of somebody who is not absent
MOST_LINES = 2000

# What may be chosen beside somebody who is not absent.
CHOICES = [
    (DayMark.DOSED.value, _("Came")),
    (DayMark.TAKE_HOME.value, DayMark.TAKE_HOME.label),
    (DayMark.TRANSIT.value, DayMark.TRANSIT.label),
    (DayMark.ADMITTED.value, DayMark.ADMITTED.label),
    (DayMark.IMPRISONED.value, DayMark.IMPRISONED.label),
    (NOT_ON_PAPER, _("Not on the paper")),
]
_MARKS = {value for value, _label in CHOICES}


class DayForm(OnceForm):
    """A clinic's day as it is being marked. `marks` has, by card code, the mark of everybody who stood on the form."""

    placed_by_page: ClassVar[tuple[str, ...]] = (
        "said",
        "lines",
        "lines_mean",
        "leave_out",
        "all_the_same",
    )

    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    not_named = forms.CharField(widget=forms.HiddenInput, required=False)
    said = forms.IntegerField(
        label=_("How many came, as the clinic's paper says"),
        min_value=0,
        max_value=9999,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4, "class": "short"}),
        error_messages={
            "invalid": _("Type a number, such as 194."),
            "max_value": _("Type a number, such as 194."),
        },
    )
    lines = forms.CharField(
        label=_("Numbers or card codes, one a line"),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        max_length=40 * MOST_LINES,
        help_text=_("A letter of the clinic's book may follow: P, A, TH, T, H or J."),
    )
    lines_mean = forms.ChoiceField(
        label=_("What these lines are"),
        choices=[
            (ABSENT, _("Those who were absent")),
            (CAME, _("Those who came: everybody else on the list was absent")),
            (CAME_TOO, _("More of those who came: everybody else stays as marked")),
        ],
        initial=ABSENT,
        widget=forms.RadioSelect,
    )
    leave_out = forms.BooleanField(label=_("Leave these lines out"), required=False)
    all_the_same = forms.BooleanField(label=_("Record it all the same"), required=False)

    def clean_shown(self) -> list[str]:
        """Read whose rows stood on the form."""
        return _codes(self.cleaned_data["shown"])

    def clean_not_named(self) -> list[str]:
        """Read who was marked absent only because no line named them."""
        return _codes(self.cleaned_data["not_named"])

    def clean(self) -> dict[str, Any]:
        """Read the rows: whoever is ticked is absent, whatever else stands beside them."""
        typed = super().clean() or {}
        absent = set(self._sent().getlist("absent"))
        typed["marks"] = {code: self._mark_of(code, absent) for code in typed.get("shown", [])}
        return typed

    def _mark_of(self, code: str, absent: set[str]) -> str:
        if code in absent:
            return DayMark.MISSED
        chosen = self.data.get(f"{OTHER}{code}", NOT_ON_PAPER)
        return chosen if chosen in _MARKS else NOT_ON_PAPER

    def put_shown(self, codes: str, not_named: str) -> None:
        """Say on the form itself whose rows stand on it, and who of them is absent only because no line names them."""
        for name, text in (("shown", codes), ("not_named", not_named)):
            if self.is_bound:
                self._put(name, text)
            self.initial[name] = text

    def put_lines(self, text: str) -> None:
        """Leave in the box only the lines that still name nobody."""
        self._put("lines", text)

    def put_more_came(self) -> None:
        """Let the lines that follow mark only whom they name: whoever was not named is marked absent already."""
        self._put("lines_mean", CAME_TOO)

    def _put(self, name: str, text: str) -> None:
        sent = self._sent().copy()
        sent[name] = text
        self.data = sent

    def _sent(self) -> QueryDict:
        return cast("QueryDict", self.data)


def _codes(text: str) -> list[str]:
    return [code for code in text.split(",") if code]
