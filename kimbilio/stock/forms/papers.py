"""What may be typed on a paper of the ledger: a receipt, a move, a loss, a count."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kimbilio.core.days import EARLIEST
from kimbilio.core.forms import OnceForm
from kimbilio.core.references import reference_to
from kimbilio.stock.actions import Found, Line, Received
from kimbilio.stock.forms.batches import (
    day_field,
    needs_pieces,
    new_batch_controls,
    new_batch_fields,
    new_batch_typed,
    number_field,
)
from kimbilio.stock.models import Batch, Item
from kimbilio.stock.words import batch_words


@dataclass(frozen=True)
class Lot:
    """One line that a form offers: an item, a batch of it or none, and how many pieces the ledger has there."""

    item: Item
    batch: Batch | None
    there: int


def _name(item: Item, batch: Batch | None) -> str:
    """Return the name of the field for an item and batch: the same whenever it is asked for."""
    return f"n-{reference_to(item)}-{reference_to(batch) if batch else 'none'}"


def sent_beside(
    lots: Sequence[Lot], data: Mapping[str, Any], known: Iterable[tuple[Item, Batch | None]]
) -> list[Lot]:
    """Return the lots that a form sent a number of, though it offers them no more: what was typed is not dropped."""
    sent = {name for name in data if name.startswith("n-") and not name.endswith("-new") and data[name]}
    sent -= {_name(lot.item, lot.batch) for lot in lots}
    return [Lot(item, batch, 0) for item, batch in known if _name(item, batch) in sent] if sent else []


@dataclass(frozen=True)
class FormLine:
    """One line as it is shown: which batch, how many the ledger has, and the controls. Without a lot: a new batch."""

    lot: Lot | None
    fields: list[BoundField]

    @property
    def words(self) -> str:
        """Return which batch it is."""
        return batch_words(self.lot.batch) if self.lot else ""

    @property
    def is_used(self) -> bool:
        """Tell whether something was typed into it, or is wrong."""
        return any(field.errors or field.value() for field in self.fields)


@dataclass(frozen=True)
class FormItem:
    """An item as a form shows it, with its lines."""

    item: Item
    lines: list[FormLine]


class PaperForm(OnceForm):
    """What every paper of the ledger has: its day, and lines of pieces. The page itself puts the lines in place."""

    occurred_on = day_field(_("On which day"), initial=timezone.localdate)

    @property
    def lines_by_item(self) -> list[FormItem]:
        """Return the items that the form offers, each with its lines."""
        return [FormItem(item, list(self.lines_of(item))) for item in self.items]

    items: Sequence[Item]

    def lines_of(self, item: Item) -> Iterator[FormLine]:
        """Return the lines of an item."""
        raise NotImplementedError

    def clean_occurred_on(self) -> Any:
        """Refuse a day that has not come, and a slip of the pen in the year."""
        day = self.cleaned_data["occurred_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet. Check the date."))
        if day < EARLIEST:
            raise forms.ValidationError(_("This was too long ago. Check the year."))
        return day

    def _needs_a_number(self, *, zero_counts: bool = False) -> None:
        """Refuse a paper on which nothing is written down; say so at its first line."""
        typed = [value for name, value in self.cleaned_data.items() if name.startswith("n-")]
        if any(self.errors.get(name) for name in self.fields if name.startswith("n-")):
            return
        if not any(value is not None and (value or zero_counts) for value in typed):
            first = next((name for name in self.fields if name.startswith("n-")), None)
            self.add_error(first, gettext("Write down at least one number."))


class ReceiveForm(PaperForm):
    """What came: for each item pieces, batch and expiry."""

    reference = forms.CharField(
        label=_("Number of the delivery note"),
        max_length=40,
        required=False,
        help_text=_("If there is one. No names of people."),
    )

    def __init__(self, *args: Any, items: Sequence[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            self.fields |= new_batch_fields(item)
        self.placed_by_page = tuple(name for name in self.fields if name[1:2] == "-")  # type: ignore[misc]

    def lines_of(self, item: Item) -> Iterator[FormLine]:
        """Return one line: pieces, batch, expiry."""
        yield FormLine(None, new_batch_controls(self, item))

    def clean(self) -> dict[str, Any]:
        """Refuse a receipt of nothing, and a batch without its pieces."""
        cleaned = super().clean() or self.cleaned_data
        for item in self.items:
            needs_pieces(self, item)
        self._needs_a_number()
        return cleaned

    def received(self) -> list[Received]:
        """Return the lines, as the actions take them."""
        found = []
        for item in self.items:
            pieces, number, expires_on = new_batch_typed(self, item)
            if pieces:
                found.append(Received(item.pk, pieces, number, expires_on))
        return found


class LotsForm(PaperForm):
    """Pieces of what lies in a place: one number for each item and batch."""

    def __init__(self, *args: Any, lots: Sequence[Lot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lots = {_name(lot.item, lot.batch): lot for lot in lots}
        self.items = list(dict.fromkeys(lot.item for lot in lots))
        for name, lot in self.lots.items():
            self.fields[name] = number_field(f"{lot.item.title}, {batch_words(lot.batch)}")
        self.placed_by_page = tuple(self.lots)  # type: ignore[misc]  # of this form, not of its class

    def lines_of(self, item: Item) -> Iterator[FormLine]:
        """Return a line for each batch."""
        for name, lot in self.lots.items():
            if lot.item == item:
                yield FormLine(lot, [self[name]])

    def clean(self) -> dict[str, Any]:
        """Refuse a paper of nothing."""
        cleaned = super().clean() or self.cleaned_data
        self._needs_a_number()
        return cleaned

    def lines(self) -> list[Line]:
        """Return the lines, as the actions take them."""
        return [
            Line(lot.item.pk, self.cleaned_data[name], lot.batch.pk if lot.batch else None)
            for name, lot in self.lots.items()
            if self.cleaned_data.get(name)
        ]


class MoveForm(LotsForm):
    """Where pieces go."""

    to = forms.ChoiceField(label=_("Where to"))

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose a place")), *places]


class CountForm(LotsForm):
    """What was found: a number for each batch that is known, and room for one that is not."""

    def __init__(self, *args: Any, lots: Sequence[Lot], **kwargs: Any) -> None:
        super().__init__(*args, lots=lots, **kwargs)
        for item in self.items:
            self.fields |= new_batch_fields(item)
        self.placed_by_page = tuple(name for name in self.fields if name[1:2] == "-")  # type: ignore[misc]

    def lines_of(self, item: Item) -> Iterator[FormLine]:
        """Return a line for each batch, and one for another batch."""
        yield from super().lines_of(item)
        yield FormLine(None, new_batch_controls(self, item))

    def clean(self) -> dict[str, Any]:
        """Refuse a count of nothing: a nought is a number, an empty line is none."""
        cleaned = forms.Form.clean(self) or self.cleaned_data
        for item in self.items:
            needs_pieces(self, item)
        self._needs_a_number(zero_counts=True)
        return cleaned

    def found(self) -> list[Found]:
        """Return what was found, as the actions take it. An item of which every line is empty was not counted."""
        found = [
            Found(lot.item.pk, self.cleaned_data[name], lot.batch.pk if lot.batch else None)
            for name, lot in self.lots.items()
            if self.cleaned_data.get(name) is not None
        ]
        for item in self.items:
            pieces, number, expires_on = new_batch_typed(self, item)
            if pieces is not None:
                found.append(Found(item.pk, pieces, None, number, expires_on))
        return found
