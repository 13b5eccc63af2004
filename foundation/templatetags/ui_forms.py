"""Fields as tags. Load ``ui``, which brings these too."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.core.exceptions import ValidationError
from django.forms import BaseForm, Field
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from foundation.ui.fields import AnyField
from foundation.ui.parts import Link

register = template.Library()

_NEEDED = {
    "file": "Choose a file.",
    "clearablefile": "Choose a file.",
    "radioselect": "Choose one.",
    "select": "Choose one.",
    "checkboxselectmultiple": "Choose at least one.",
    "checkbox": "Tick this to go on.",
    "daymonthyear": "Enter a date, such as 14 2 2026.",
}


@register.simple_tag
def field(field: AnyField | BoundField, legend_size: str = "") -> SafeString:
    """A field in its label, hint and error: plain, or of a Django form."""
    if isinstance(field, BoundField):
        return field.as_field_group()
    return render_to_string(
        "components/field.html",
        {"field": field, "attributes": flatatt(dict(field.attrs)), "legend_size": legend_size},
    )


@register.inclusion_tag("components/fields.html")
def fields(fields: Sequence[AnyField]) -> dict:
    """Several fields, one below the other."""
    return {"fields": fields}


@register.inclusion_tag("components/error_summary.html")
def error_summary(
    errors: Sequence[Link], title: str = "There is a problem", quiet: bool = False
) -> dict:
    """Every error of the page, each leading to its field; it takes the focus unless ``quiet``."""
    return {"errors": errors, "title": title, "quiet": quiet}


@register.simple_tag
def form_errors(form: BaseForm | None) -> list[Link]:
    """The errors of a Django form as links to their fields."""
    if form is None or not form.errors:
        return []
    links = [Link(error, "#main") for error in form.non_field_errors()]
    for bound in form:
        target = f"#{bound.id_for_label or bound.auto_id}"
        label = str(bound.label).removesuffix("?")
        links += [Link(f"{label}: {_inside(error)}", target) for error in said(bound)]
    return links


@register.filter
def said(bound: BoundField) -> list[str]:
    """The errors of a field of a Django form; an empty one is asked for by what it is."""
    pairs = zip(bound.errors.as_data(), bound.errors, strict=True)
    return [_in_our_words(bound, error) or sentence for error, sentence in pairs]


def _in_our_words(bound: BoundField, error: ValidationError) -> str:
    """What to do about an error that Django words for programmers; "" for any other."""
    if error.code == "required" and error.message == Field.default_error_messages["required"]:
        return _NEEDED.get(bound.widget_type, "Fill this in.")
    limit = (error.params or {}).get("limit_value")
    if error.code == "min_value":
        return f"Enter {limit} or more."
    if error.code == "max_length" and limit:
        return f"Shorten it to {limit:,} characters."
    return ""


def _inside(sentence: str) -> str:
    """The sentence as it reads after a colon; words in capitals stay."""
    return sentence[:1].lower() + sentence[1:] if sentence[1:2].islower() else sentence
