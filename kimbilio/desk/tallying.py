"""The page on which what is taken without a name is counted: its buttons, and what stands on it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimbilio.accounts.actor import Actor
from kimbilio.core.forms import OnceForm
from kimbilio.core.references import reference_to
from kimbilio.stock.models import Item
from kimbilio.visits.choices import VisitFault
from kimbilio.visits.queries import Anonymous, can_take_back

Shown = dict[str, Any]
STEPS = (1, 5, 10)
RETURNED = "returned"
# So many of the last taps can be taken back from the page.
LAST_SHOWN = 8


class TallyForm(OnceForm):
    """One tap: of which item how many, as the button says ('abc123:5')."""

    add = forms.CharField(max_length=30, required=False)

    def __init__(self, *args: Any, items: list[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._items: dict[str, Item | None] = {reference_to(item): item for item in items} | {RETURNED: None}

    def clean(self) -> dict[str, Any]:
        """Read which button it was."""
        typed = super().clean() or {}
        name, _colon, pieces = typed.get("add", "").partition(":")
        if name not in self._items or pieces not in map(str, STEPS):
            raise forms.ValidationError(VisitFault.NOTHING_AT_ALL.label)
        return typed | {"tapped": (self._items[name], int(pieces))}

    def tapped(self) -> tuple[Item | None, int]:
        """Return the item (None: needles brought back), and how many."""
        item, pieces = self.cleaned_data["tapped"]
        return item, pieces


def tally_shown(by: Actor, items: list[Item], anonymous: Anonymous) -> Shown:
    """Return a line for each item with its sum today and its buttons, and the last taps, to be taken back."""
    given = anonymous.given
    lines = [_line(item.title, reference_to(item), given[item.pk]) for item in items]
    lines.append(_line(_("Needles brought back"), RETURNED, anonymous.needles_returned))
    return {
        "lines": lines,
        "last": [
            {
                "title": row.item.title if row.item else _("Needles brought back"),
                "pieces": row.quantity if row.item else row.needles_returned,
                "time": timezone.localtime(row.recorded_at),
                "reference": reference_to(row) if can_take_back(by, row) else "",
            }
            for row in anonymous.rows[:LAST_SHOWN]
        ],
    }


def _line(title: Any, name: str, total: int) -> Shown:
    steps = [{"value": f"{name}:{step}", "step": step} for step in STEPS]
    return {"title": title, "total": total, "steps": steps, "name": name}
