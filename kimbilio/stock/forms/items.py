"""What may be typed about an item: what it is, and the weeks by which the programme is warned of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kimbilio.core.forms import OnceForm
from kimbilio.stock.actions import NewItem, Weeks
from kimbilio.stock.choices import SupplyKind
from kimbilio.stock.forms.batches import number_field
from kimbilio.stock.models import Item

_MOST_WEEKS = 104
_SUGGESTED = Weeks()


def _weeks(label: Any, suggested: int, help_text: Any) -> forms.IntegerField:
    made = number_field(label, most=_MOST_WEEKS, required=True, initial=suggested, help_text=help_text)
    made.widget.attrs["maxlength"] = 3
    return made


class WeeksForm(OnceForm):
    """By which weeks the programme is warned of an item."""

    reorder = _weeks(
        _("Order when it lasts for so many weeks"),
        _SUGGESTED.reorder,
        _("As long as an order takes to come, and some weeks more."),
    )
    expiry = _weeks(
        _("Warn so many weeks before it expires"),
        _SUGGESTED.expiry,
        _("Long enough to give it, or to pass it on to another site."),
    )
    pace = _weeks(
        _("Take the pace of giving from so many weeks"),
        _SUGGESTED.pace,
        _("Few follow a change quickly; many are calmer."),
    )

    def clean_pace(self) -> int:
        """Refuse a pace over no time."""
        weeks: int = self.cleaned_data["pace"]
        if weeks < 1:
            raise forms.ValidationError(_("Type one week or more."))
        return weeks

    def weeks(self) -> Weeks:
        """Return what was typed, as the actions take it."""
        return Weeks(self.cleaned_data["pace"], self.cleaned_data["reorder"], self.cleaned_data["expiry"])

    @staticmethod
    def initial_of(item: Item) -> dict[str, int]:
        """Return what the form shows of an item."""
        return {"reorder": item.reorder_weeks, "expiry": item.expiry_weeks, "pace": item.pace_weeks}


class ItemForm(WeeksForm):
    """A new item."""

    name = forms.CharField(label=_("What it is"), max_length=80)
    unit = forms.CharField(
        label=_("What one of it is called"),
        max_length=40,
        help_text=_("Such as piece, sachet, kit or bottle. Pieces are counted, not boxes."),
    )
    kind = forms.ChoiceField(
        label=_("What it is counted as"),
        choices=SupplyKind.choices,
        initial=SupplyKind.OTHER,
        help_text=_("Another item stands in no figure of the report."),
    )
    field_order = ("name", "unit", "kind", "reorder", "expiry", "pace")

    def item(self) -> NewItem:
        """Return what was typed, as the actions take it."""
        typed = self.cleaned_data
        return NewItem(SupplyKind(typed["kind"]), typed["name"], typed["unit"], self.weeks())
