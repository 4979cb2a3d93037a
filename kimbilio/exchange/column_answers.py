"""What somebody says of the columns and marks of a book: a choice for each, and what of it is new."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from kimbilio.core.forms import Form
from kimbilio.exchange.books.columns import ColumnGuess, all_columns
from kimbilio.exchange.books.fields import FIELD_WORDS, Kind
from kimbilio.exchange.books.vocabulary import fold
from kimbilio.exchange.forms import MonthField
from kimbilio.exchange.keeping import given_of
from kimbilio.exchange.models import Upload
from kimbilio.exchange.queries import ColumnsShown
from kimbilio.exchange.reading import opened, said_plainly
from kimbilio.mat.choices import DayMark

_SURE = 0.8


class ColumnsForm(Form):
    """One choice for each column of a book and for each of its marks, as they were guessed until they are changed."""

    placed_by_page: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, upload: Upload, shown: ColumnsShown, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._shown = shown
        fields = [("", _("Not used")), *shown.fields]
        for guess in shown.columns:
            self.fields[f"column-{guess.column}"] = forms.ChoiceField(
                label=guess.heading or guess.letter, choices=fields, initial=guess.field or "", required=False
            )
        for place, mark in enumerate(shown.marks):
            self.fields[f"mark-{place}"] = forms.ChoiceField(
                label=mark.mark,
                choices=[("", _("Not known: counted as unknown")), *DayMark.choices],
                initial=mark.meaning or "",
                required=False,
            )
        if upload.kind != Kind.LINE_LIST:
            self.fields["month"] = MonthField(
                label=_("Month"),
                help_text=_("Only where the book does not say it itself. Like 2025-06."),
                initial=upload.month,
                required=False,
                max_length=20,
                widget=forms.TextInput(attrs={"class": "short"}),
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a field that two columns are said to be."""
        said = super().clean() or {}
        times = Counter(said.get(f"column-{guess.column}") for guess in self._shown.columns)
        for guess in self._shown.columns:
            field = said.get(f"column-{guess.column}")
            if field and times[field] > 1:
                words = _("Two columns are said to be this: %(field)s.")
                self.add_error(f"column-{guess.column}", words % {"field": _(FIELD_WORDS[field])})
        return said

    @property
    def columns(self) -> list[dict[str, Any]]:
        """Return each column with its examples and its choice, those to look at marked."""
        return [
            {
                "letter": guess.letter,
                "heading": guess.heading,
                "examples": guess.examples,
                "look": _is_to_look_at(guess),
                "field": self._bound(f"column-{guess.column}"),
            }
            for guess in self._shown.columns
        ]

    @property
    def marks(self) -> list[dict[str, Any]]:
        """Return each mark with how often it stands in the book and its choice, those to ask for marked."""
        return [
            {"mark": mark.mark, "times": mark.times, "ask": mark.ask, "field": self._bound(f"mark-{place}")}
            for place, mark in enumerate(self._shown.marks)
        ]

    def _bound(self, name: str) -> BoundField:
        return self[name]

    def chosen(self) -> dict[int, str | None]:
        """Return the field of each column, by the column."""
        return {g.column: self.cleaned_data[f"column-{g.column}"] or None for g in self._shown.columns}

    def marks_chosen(self) -> dict[str, str]:
        """Return the meanings that somebody gave to marks, beside what was guessed and is sure."""
        said = {mark.mark: self.cleaned_data[f"mark-{n}"] for n, mark in enumerate(self._shown.marks)}
        asked = {
            mark.mark for n, mark in enumerate(self._shown.marks) if mark.ask or self._is_changed(f"mark-{n}")
        }
        return {mark: meaning or DayMark.UNKNOWN.value for mark, meaning in said.items() if mark in asked}

    def month_chosen(self) -> str:
        """Return the month that was typed; '' for none."""
        return self.cleaned_data.get("month") or ""

    def _is_changed(self, name: str) -> bool:
        return name in self.changed_data

    @property
    def says_something(self) -> bool:
        """Tell whether anything was changed, or asked for and answered."""
        return bool(self.changed_data) or any(mark.ask for mark in self._shown.marks)


def _is_to_look_at(guess: ColumnGuess) -> bool:
    """Tell whether somebody should look: something is taken by a guess, and it is more than the line's number."""
    taken = guess.field and guess.field != "line_number" and guess.examples
    return bool(taken) and not guess.given and guess.confidence < _SURE


def differing(upload: Upload, chosen: Mapping[int, str | None]) -> dict[str, str | None]:
    """Return what is chosen otherwise than we would guess: {field: heading or letter, None for no such column}."""
    given = replace(given_of(upload), columns=None)
    with said_plainly():
        tables = all_columns(given.kind, opened(given), None)
    guesses = max(tables, key=lambda table: len(table.table.lines)).columns
    headings = Counter(fold(guess.heading) for guess in guesses)
    taken = set(filter(None, chosen.values()))
    said: dict[str, str | None] = {}
    for guess in guesses:
        field = chosen.get(guess.column)
        if field and field != guess.field:
            said[field] = _named(guess, headings)
        if guess.field and guess.field not in taken:
            said[guess.field] = None
    return said


def _named(guess: ColumnGuess, headings: Mapping[str, int]) -> str:
    """Return a column's heading, or its letter where that would not tell it from others."""
    return guess.heading if guess.heading and headings[fold(guess.heading)] == 1 else guess.letter
