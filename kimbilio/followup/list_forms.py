"""Forms of the list itself: which part of it is shown, and the people on it for whom a suggestion is taken."""

from django import forms

from kimbilio.core.forms import Form, OnceForm


class ListForm(Form):
    """Which part of the list is shown."""

    show = forms.CharField(required=False, max_length=20)


class SuggestedForm(OnceForm):
    """The codes of those for whom a suggestion was shown: of them alone it is taken, and once."""

    codes = forms.CharField(widget=forms.HiddenInput, max_length=500)
