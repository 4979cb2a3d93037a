"""The forms of a session: what it was, and the box in which people are typed one after another."""

from collections.abc import Sequence
from typing import Any, ClassVar, cast
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimbilio.core.days import EARLIEST
from kimbilio.core.forms import OnceForm
from kimbilio.desk.session_lines import MOST_LINES, lines_in
from kimbilio.support.choices import Fault, SessionKind
from kimbilio.support.models import Session
from kimbilio.support.queries import Leader
from kimbilio.support.rules import LONGEST_TOPIC, MOST_GUESTS

CAME, PICK, TYPED, ASKED, LEFT = "came", "pick-", "typed-", "asked", "left"
BACK_TO_BOX = "box"  # picked where none of those who are offered is meant
_LONGEST_LINE = 100


def _guests(label: Any) -> forms.IntegerField:
    wrong = _("Type a number, such as 3.")
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=MOST_GUESTS,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 3, "class": "short"}),
        error_messages={"invalid": wrong, "min_value": wrong, "max_value": Fault.TOO_MANY_GUESTS.label},
    )


class SessionForm(OnceForm):
    """What a session was: its kind, day and topic, who led it, and guests by sex."""

    kind = forms.ChoiceField(
        label=_("Session"), choices=SessionKind.choices, widget=forms.RadioSelect(attrs={"class": "abreast"})
    )
    occurred_on = forms.DateField(
        label=_("On which day"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
    )
    topic = forms.CharField(
        label=_("Topic"), max_length=LONGEST_TOPIC, required=False, help_text=_("Never anybody's name.")
    )
    led_by = forms.ChoiceField(label=_("Led by"), required=False)
    guests_male = _guests(_("Guests, men"))
    guests_female = _guests(_("Guests, women"))

    def __init__(self, *args: Any, leaders: Sequence[Leader], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.leaders = leaders
        led_by = self.fields["led_by"]
        assert isinstance(led_by, forms.ChoiceField)
        led_by.choices = [("", _("Somebody else")), *((one.username, one.name) for one in leaders)]

    @staticmethod
    def initial_of(session: Session, leaders: Sequence[Leader]) -> dict[str, Any]:
        """Return what the form shows of a session that is to be corrected."""
        names = ("kind", "occurred_on", "topic", "guests_male", "guests_female")
        led_by = next((one.username for one in leaders if one.id == session.led_by), "")
        return {name: getattr(session, name) for name in names} | {"led_by": led_by}

    def clean_occurred_on(self) -> Any:
        """Refuse a day that has not come yet, and a slip of the pen in the year."""
        day = self.cleaned_data["occurred_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(Fault.FUTURE.label)
        if day < EARLIEST:
            raise forms.ValidationError(Fault.LONG_AGO.label)
        return day

    def told(self) -> dict[str, Any]:
        """Return what was typed, as the actions take it."""
        typed = self.cleaned_data
        return {
            "kind": SessionKind(typed["kind"]),
            "occurred_on": typed["occurred_on"],
            "topic": typed["topic"],
            "led_by": self._leader(typed["led_by"]),
            "guests_male": typed["guests_male"] or 0,
            "guests_female": typed["guests_female"] or 0,
        }

    def _leader(self, username: str) -> UUID | None:
        return next((one.id for one in self.leaders if one.username == username), None)


class PeopleForm(OnceForm):
    """People typed one after another, and those who stand on the list already; whoever is ticked came."""

    placed_by_page: ClassVar[tuple[str, ...]] = ("lines", "leave_out")

    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    lines = forms.CharField(
        label=_("One person a line"),
        required=False,
        max_length=_LONGEST_LINE * MOST_LINES,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("A card code, a name, a phone or an old number. Enter after each."),
    )
    leave_out = forms.BooleanField(label=_("Save without these lines"), required=False)

    def clean_lines(self) -> str:
        """Refuse a whole book: it has its own page."""
        text: str = self.cleaned_data["lines"]
        if len(lines_in(text)) > MOST_LINES:
            raise forms.ValidationError(_("These are too many lines for one session."))
        return text

    def clean(self) -> dict[str, Any]:
        """Read who is ticked, so that two forms are one only where the same people came."""
        typed = super().clean() or {}
        typed["came"] = sorted(self.came())
        return typed

    def say_nothing_yet(self) -> None:
        """Take back what was said of fields that are not filled in: nobody has pressed Save."""
        for name in self.errors.keys() - {"lines"}:
            del self.errors[name]

    def came(self) -> set[str]:
        """Return the card codes of those who are ticked."""
        return set(self._sent().getlist(CAME)) if self.is_bound else set()

    def on_list(self) -> dict[str, str]:
        """Return the card codes of those who stand on the list, in their order, with what was typed for each."""
        sent = self._sent() if self.is_bound else QueryDict()
        codes = [code for code in sent.get("shown", "").split(",") if code]
        return {code: sent.get(f"{TYPED}{code}", "") for code in codes}

    def picked(self) -> list[tuple[str, str]]:
        """Return the lines that were in question, each with the card code picked, or BACK_TO_BOX, or ''."""
        sent = self._sent() if self.is_bound else QueryDict()
        return [(text, sent.get(f"{PICK}{place}", "")) for place, text in enumerate(sent.getlist(ASKED))]

    def left_out(self) -> set[str]:
        """Return the lines that are to be left out: those which the page had shown as nobody's, and no others."""
        is_wanted = self.is_bound and bool(self.cleaned_data.get("leave_out"))
        return set(self._sent().getlist(LEFT)) if is_wanted else set()

    def typed_lines(self) -> list[str]:
        """Return the lines in the box; none where there are too many to be read."""
        return [] if self._is_too_much() else lines_in(self["lines"].value() or "")

    def unread_lines(self) -> list[str]:
        """Return the lines in the box that are too many to be read, so that they stay there."""
        return lines_in(self["lines"].value() or "") if self._is_too_much() else []

    def _is_too_much(self) -> bool:
        return self.is_bound and "lines" in self.errors

    def put(self, name: str, text: str) -> None:
        """Say something on the form itself in place of what was sent."""
        if self.is_bound:
            sent = self._sent().copy()
            sent[name] = text
            self.data = sent
        self.initial[name] = text

    def _sent(self) -> QueryDict:
        return cast("QueryDict", self.data)


class SheetForm(SessionForm, PeopleForm):
    """A session with everybody who came to it."""

    placed_by_page: ClassVar[tuple[str, ...]] = ("lines", "leave_out", "guests_male", "guests_female")
