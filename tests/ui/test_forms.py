"""Django's forms and plain fields come out in the same mark-up, errors tied to their controls."""

import datetime

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template

from foundation.ui.fields import CheckField, Choice, RadiosField, TableField, TextField
from foundation.ui.forms import DateField, PortalRenderer


class Invitation(forms.Form):
    default_renderer = PortalRenderer

    email = forms.EmailField(label="Work e-mail", help_text="Their own, not a shared one")
    duty = forms.ChoiceField(choices=[("a", "Author"), ("d", "Director")], widget=forms.RadioSelect)
    bodies = forms.MultipleChoiceField(
        choices=[("b", "BSC"), ("r", "REC")], widget=forms.CheckboxSelectMultiple, required=False
    )
    agreed = forms.BooleanField(label="I agree")
    until = DateField(label="Until")
    note = forms.CharField(widget=forms.Textarea, required=False)


def draw(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


def test_controls_carry_the_classes_of_the_kit():
    html = str(Invitation())
    for name in (
        'class="govuk-input"',
        'class="govuk-textarea"',
        "govuk-radios__input",
        "govuk-checkboxes__input",
        'class="govuk-date-input"',
    ):
        assert name in html


def test_an_error_is_tied_to_its_control():
    html = str(Invitation({"email": "margaret"}))
    assert "govuk-form-group--error" in html
    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert 'id="id_email_error"' in html
    assert 'aria-invalid="true"' in html


def test_the_error_summary_names_each_field_and_leads_to_it():
    html = draw("{% form_errors form as errors %}{% error_summary errors %}", form=Invitation({}))
    assert '<a href="#id_email">Work e-mail: fill this in.</a>' in html
    assert "This field is required" not in str(Invitation({}))
    assert html.count("<li>") == 4


def test_what_django_words_for_programmers_is_worded_for_people():
    class Report(forms.Form):
        default_renderer = PortalRenderer
        run = forms.IntegerField(label="Tests run", min_value=0)
        name = forms.CharField(max_length=5)

    html = str(Report({"run": "-5", "name": "too long"}))
    assert "Enter 0 or more." in html
    assert "Shorten it to 5 characters." in html


def test_a_form_without_errors_has_no_summary():
    assert (
        draw(
            "{% form_errors form as errors %}{% error_summary errors %}", form=Invitation()
        ).strip()
        == ""
    )


@pytest.mark.parametrize(
    ("parts", "value"),
    [
        (("14", "2", "2026"), datetime.date(2026, 2, 14)),
        (("04", "11", "2025"), datetime.date(2025, 11, 4)),
    ],
)
def test_three_boxes_make_a_date(parts, value):
    form = _dated(parts)
    assert form.is_valid()
    assert form.cleaned_data["on"] == value


@pytest.mark.parametrize(
    "parts", [("31", "2", "2026"), ("", "2", "2026"), ("14", "February", "2026")]
)
def test_what_is_no_date_is_refused_with_an_example_and_kept(parts):
    form = _dated(parts)
    assert form.errors == {"on": ["Enter a real date, such as 14 2 2026"]}
    html = str(form)
    for part in filter(None, parts):
        assert f'value="{part}"' in html


def test_an_empty_optional_date_is_none():
    form = _dated(("", "", ""), required=False)
    assert form.is_valid()
    assert form.cleaned_data["on"] is None


def _dated(parts: tuple[str, str, str], required: bool = True) -> forms.Form:
    class Dated(forms.Form):
        default_renderer = PortalRenderer
        on = DateField(required=required)

    data = QueryDict(mutable=True)
    data.update({f"on_{place}": part for place, part in enumerate(parts)})
    return Dated(data)


def test_a_plain_field_names_hint_and_error():
    html = draw(
        "{% field field %}",
        field=TextField(
            name="l04", label="Recovery time", hint="In hours", error="L04: under 24 h"
        ),
    )
    assert 'aria-describedby="id_l04_hint id_l04_error"' in html
    assert '<label class="govuk-label" for="id_l04">Recovery time</label>' in html


def test_nothing_is_chosen_unless_the_record_says_so():
    choices = (Choice(value="y", label="Yes"), Choice(value="n", label="No"))
    assert "checked" not in draw(
        "{% field f %}", f=RadiosField(name="a", label="A", choices=choices)
    )
    assert "checked" not in draw("{% field f %}", f=CheckField(name="a", label="A"))
    assert "checked" in draw("{% field f %}", f=CheckField(name="a", label="A", chosen=True))


def test_a_detail_belongs_to_its_choice():
    detail = TextField(name="office", label="Office")
    field = RadiosField(
        name="duty", label="Duty", choices=(Choice(value="d", label="D", detail=detail),)
    )
    html = draw("{% field f %}", f=field)
    assert 'data-for="id_duty_0"' in html
    assert 'name="office"' in html


def test_the_cells_of_a_small_table_are_named_by_row_and_column():
    field = TableField(
        name="t", label="Sites", columns=("Name", "Meters"), rows=(("A", "1"), ("", ""))
    )
    html = draw("{% field f %}", f=field)
    assert 'name="t-0-1" value="1" aria-label="Meters, row 1"' in html
    assert html.count("<input") == 4


def test_a_column_offers_its_words_and_keeps_what_was_written_before():
    field = TableField(
        name="t",
        label="Codes",
        columns=("Code", "Why", "Since"),
        rows=(("SEC", "An old line", "1"), ("", "", "")),
        offers=(("BSC", "REC"), (), None),
    )
    html = draw("{% field f %}", f=field)
    assert html.count("<select") == html.count("<textarea") == html.count("<input") == 2
    assert "<option selected>SEC</option>" in html
    assert html.count("<option>BSC</option>") == 2
    assert ">An old line</textarea>" in html


def test_a_value_is_escaped():
    html = draw("{% field f %}", f=TextField(name="a", label="A", value='"><script>'))
    assert "<script>" not in html
