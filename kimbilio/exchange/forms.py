"""What is typed about books: which file, what its columns are, whose a line is."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kimbilio.accounts.models import Site
from kimbilio.core.forms import Form, OnceForm
from kimbilio.exchange.books.fields import Kind
from kimbilio.exchange.books.limits import MEGABYTE, MOST_BYTES
from kimbilio.exchange.books.list_titles import month_in
from kimbilio.exchange.choices import LineFate
from kimbilio.exchange.kinds import KINDS
from kimbilio.mat.queries import reference_of
from kimbilio.people.rules import normalise_card_code
from kimbilio.places.models import MatClinic

NEW, OTHER, LEAVE_OUT = "new", "other", "out"
_TOO_LARGE = _("The file is larger than %(most)s MB. Save the sheet you need as a book of its own.")

_WHAT_IT_HOLDS = {
    Kind.LINE_LIST: _("everybody known, one line each"),
    Kind.ATTENDANCE: _("who had a dose on which day, a month or a single day"),
    Kind.REGISTER: _("who came to the safe space on which day, what was given and done"),
    Kind.EVENTS: _("what was done with the community, and how many came"),
}


class MonthField(forms.CharField):
    """A month, typed as 2025-06, 06/2025 or June 2025; clean gives 2025-06."""

    default_error_messages: ClassVar = {"invalid": _("A month is written like 2025-06.")}

    def clean(self, value: Any) -> str:
        """Return the month in its one form."""
        typed = super().clean(value)
        month = month_in(typed) if typed else None
        if typed and month is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return str(month) if month else ""


class BookForm(Form):
    """A file that somebody chooses, and what it is."""

    kind = forms.ChoiceField(label=_("What kind of book it is"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("The file"),
        help_text=_(
            "A spreadsheet (xlsx, xls, ods) or CSV, as it is. Nothing is taken in before you have seen it."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.xlsb,.ods,.csv,.tsv,.txt"}),
        allow_empty_file=True,
        max_length=200,
    )
    month = MonthField(
        label=_("Month"),
        help_text=_("Only where the book does not say it itself. Like 2025-06."),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    site = forms.ChoiceField(label=_("Whose book it is"))
    clinic = forms.ChoiceField(label=_("MAT clinic"), required=False)

    def __init__(
        self,
        *args: Any,
        sites: Sequence[Site],
        clinics: Sequence[MatClinic],
        too_large: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._sites = {site.name: site for site in sites}
        self._clinics = {reference_of(clinic): clinic for clinic in clinics}
        only = ("", _("The only one of this site"))
        self._offer("kind", [(kind.value, f"{KINDS[kind].words}: {_WHAT_IT_HOLDS[kind]}") for kind in Kind])
        self._offer("site", [(name, name) for name in self._sites])
        self._offer("clinic", [only, *((key, one.name) for key, one in self._clinics.items())])
        if too_large:
            self.fields["file"].error_messages["required"] = _TOO_LARGE % {"most": MOST_BYTES // MEGABYTE}
        if len(self._sites) == 1:
            self.fields["site"].widget = forms.HiddenInput()
        if len(self._clinics) < 2:
            del self.fields["clinic"]

    def _offer(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def site_chosen(self) -> Site:
        """Return the site whose book it is."""
        return self._sites[self.cleaned_data["site"]]

    @property
    def clinic_chosen(self) -> MatClinic | None:
        """Return the clinic whose book it is, where one was named."""
        return self._clinics.get(self.cleaned_data.get("clinic") or "")


class LinesForm(forms.Form):
    """Which lines of a book are asked for: those of one fate."""

    fate = forms.ChoiceField(choices=LineFate.choices, required=False)

    def chosen(self) -> LineFate | None:
        """Return the fate; None, for all, where there is no such fate."""
        fate = self.cleaned_data["fate"] if self.is_valid() else ""
        return LineFate(fate) if fate else None


class AgreeForm(OnceForm):
    """A page's one button."""


class SettleForm(OnceForm):
    """Whose a line is: one of those whom it could be, somebody new, somebody else, or nobody's."""

    # Each is shown beside the answer that needs it.
    placed_by_page: ClassVar[tuple[str, ...]] = ("code", "why")

    answer = forms.ChoiceField(label=_("Whose line is this?"), widget=forms.RadioSelect)
    code = forms.CharField(
        label=_("Their card code"), max_length=20, widget=forms.TextInput(attrs={"class": "short"})
    )
    why = forms.CharField(label=_("Why it is left out"), max_length=300)

    def __init__(
        self,
        *args: Any,
        people: Mapping[str, str],
        can_be_new: bool,
        is_somebodys: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        answer = self.fields["answer"]
        assert isinstance(answer, forms.ChoiceField)
        new = [(NEW, _("A new person: register them as the line says"))] if can_be_new else []
        other = [(OTHER, _("Somebody else, by their card code"))] if is_somebodys else []
        answer.choices = [*people.items(), *new, *other, (LEAVE_OUT, _("Leave the line out"))]
        if not is_somebodys:
            answer.widget, answer.initial = forms.HiddenInput(), LEAVE_OUT
        if self.is_bound:
            self.fields["code"].required = self.data.get("answer") == OTHER
            self.fields["why"].required = self.data.get("answer") == LEAVE_OUT
            self.fields["why"].error_messages["required"] = _("Say why the line is left out.")

    def clean_code(self) -> str:
        """Refuse what is no card code, where somebody else is meant."""
        typed = self.cleaned_data["code"]
        code = normalise_card_code(typed) if self.fields["code"].required else typed
        if code is None:
            raise forms.ValidationError(_("This is not a card code. Check each letter and digit."))
        return code


class TypedForm(OnceForm):
    """What stands in a line, to be put right; it is then read anew."""

    def __init__(self, *args: Any, typed: Sequence[tuple[str, Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="typed_%s", **kwargs)  # beside the other form of the page
        for field, words, value in typed:
            like = _("Like 2/6/2025.") if field == "day" else ""
            self.fields[field] = forms.CharField(
                label=words, initial=value, required=False, max_length=200, help_text=like
            )
        self._typed = [field for field, _words, _value in typed]

    def typed(self) -> dict[str, str]:
        """Return each field as it stands now."""
        return {field: self.cleaned_data[field] for field in self._typed}
