"""What every form promises, whatever it asks."""

import pytest
from django import forms
from django.template import Context, Template

from kimbilio.core.forms import FieldSet, Form, NumberField, OnceForm, problems


class Sample(Form):
    groups = (FieldSet("About", ("how", "name"), hint="Only what is offered."),)
    placed_by_page = ("sure",)

    name = forms.CharField(label="Name", help_text="As they say it")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    how = forms.ChoiceField(label="How", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    sure = forms.BooleanField(label="Sure")
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def drawn(form, name):
    return Template("{{ field.as_field_group }}").render(Context({"field": form[name]}))


def test_the_browser_is_asked_to_remember_nothing_that_is_typed():
    for name in ("name", "note"):
        assert 'autocomplete="off"' in drawn(Sample(), name)
        assert 'spellcheck="false"' in drawn(Sample(), name)


def test_a_field_may_still_ask_for_its_own_kind_of_help():
    class SignIn(Form):
        password = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))

    assert 'autocomplete="current-password"' in drawn(SignIn(), "password")
    assert 'autocomplete="off"' not in drawn(SignIn(), "password")


def test_what_may_be_left_out_says_so_in_words_and_nothing_wears_a_star():
    assert "(optional)" in drawn(Sample(), "note")
    assert "(optional)" not in drawn(Sample(), "name")
    assert "*" not in drawn(Sample(), "name")


def test_mistakes_are_explained_by_us_and_not_by_the_browser():
    assert " required" not in drawn(Sample(), "name")


def test_a_hint_and_a_mistake_are_tied_to_their_control():
    html = drawn(Sample({"name": ""}), "name")
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_the_mistakes_of_choices_are_tied_to_their_group():
    assert '<fieldset class="field choices field-wrong" aria-describedby="id_how_error">' in " ".join(
        drawn(Sample({}), "how").split()
    )


@pytest.mark.parametrize(
    ("name", "words"), [("name", "Fill this in."), ("how", "Choose one."), ("sure", "Tick this to go on.")]
)
def test_what_is_missing_is_asked_for_plainly(name, words):
    assert Sample({}).errors[name] == [words]


def test_a_field_keeps_its_own_words_for_missing():
    class Asking(Form):
        consent = forms.BooleanField(error_messages={"required": "Ask them first."})

    assert Asking({}).errors["consent"] == ["Ask them first."]


def test_no_field_is_left_out_by_the_grouping():
    first, last = Sample().fieldsets
    assert [field.name for field in first.fields] == ["how", "name"]
    assert [field.name for field in last.fields] == ["note"]


def test_every_problem_leads_to_a_control_that_is_there():
    form = Sample({})
    html = "".join(drawn(form, name) for name in ("name", "how", "sure"))
    places = [problem.place for problem in problems(form)]
    assert places == ["id_name", "id_how_0", "id_sure"]
    assert all(f'id="{place}"' in html for place in places)


def test_a_problem_of_the_whole_form_comes_first_and_leads_nowhere():
    form = Sample({})
    form.add_error(None, "These two do not fit together.")
    first = next(problems(form))
    assert (first.message, first.place) == ("These two do not fit together.", "")


def test_typed_words_are_never_taken_for_mark_up():
    assert "<b>" not in drawn(Sample({"name": "<b>"}), "name")


@pytest.mark.parametrize("typed", ["12345", "12,345", " 12 345 ", "12\u00a0345", "+12345"])
def test_a_long_number_is_read_as_people_write_it(typed):
    assert NumberField().clean(typed) == 12345


@pytest.mark.parametrize("typed", ["1,5", "1,2345", "12,34", "1.500,5", "twelve"])
def test_what_is_no_whole_number_is_not_taken_for_one(typed):
    with pytest.raises(forms.ValidationError):
        NumberField().clean(typed)


class Beside(OnceForm):
    """A form that may offer something beside what is typed."""

    name = forms.CharField(required=False)

    def __init__(self, *args, beside=(), **kwargs):
        super().__init__(*args, **kwargs)
        for field in beside:
            self.fields[field] = forms.IntegerField(required=False)


def test_a_form_is_the_same_whatever_is_offered_beside_what_was_typed_and_another_with_other_content():
    def sent(beside=(), where="/", **typed):
        form = Beside({"token": "5f0c1e7c-3d1b-4a53-9d5e-2f3b8a6f0c11"} | typed, beside=beside)
        assert form.is_valid()
        return form.sent(where)

    assert (
        sent(name="Amani") == sent(name="Amani", beside=["pieces"]) == sent(name="Amani", pieces="", other=3)
    )
    others = [sent(name="Zuwena"), sent(["pieces"], name="Amani", pieces=0), sent((), "/x", name="Amani")]
    assert len({sent(name="Amani"), *others}) == 4
