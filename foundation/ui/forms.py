"""Django's own forms in the portal's mark-up: ``FORM_RENDERER`` names ``PortalRenderer``."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting

_WIDGETS = "django/forms/widgets/"

#: Django's widget template -> the kit's class for its control
_CLASSES = {
    **dict.fromkeys(
        ("text", "number", "email", "url", "tel", "search", "password", "date", "datetime", "time"),
        "govuk-input",
    ),
    "textarea": "govuk-textarea",
    "select": "govuk-select",
    "file": "govuk-file-upload",
    "clearable_file_input": "govuk-file-upload",
    "checkbox": "govuk-checkboxes__input",
}

#: Django's widget template -> ours, where a class is not enough
_TEMPLATES = {
    "radio": "django/forms/portal/choices.html",
    "checkbox_select": "django/forms/portal/choices.html",
}


class PortalRenderer(TemplatesSetting):
    """Renders forms, fields and widgets as the kit has them ("django.forms" must be installed)."""

    form_template_name = "django/forms/portal/form.html"
    field_template_name = "django/forms/portal/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """Give the control its class, and choices their own template."""
        if template_name.startswith(_WIDGETS) and "widget" in context:
            name = template_name.removeprefix(_WIDGETS).removesuffix(".html")
            template_name = _TEMPLATES.get(name, template_name)
            if name in _CLASSES:
                attrs = context["widget"]["attrs"]
                attrs["class"] = f"{_CLASSES[name]} {attrs.get('class', '')}".strip()
        return super().render(template_name, context, request)


class DayMonthYear(forms.MultiWidget):
    """A date as three boxes, which is how people copy dates from paper."""

    template_name = "django/forms/portal/day_month_year.html"
    use_fieldset = True

    def __init__(self, attrs: Mapping[str, str] | None = None) -> None:
        box = {"inputmode": "numeric", **(attrs or {})}
        widgets = [
            forms.TextInput({**box, "class": f"govuk-input govuk-input--width-{width}"})
            for width in (2, 2, 4)
        ]
        super().__init__(widgets)

    def decompress(self, value: datetime.date | str | None) -> list[str]:
        """Split a date; what was typed comes back as it was typed."""
        if isinstance(value, datetime.date):
            return [str(value.day), str(value.month), str(value.year)]
        return (str(value).split("/") + ["", "", ""])[:3] if value else ["", "", ""]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        """Join the three boxes as day/month/year; empty only if all are."""
        parts = [str(data.get(f"{name}_{place}", "")).strip() for place in range(3)]
        return "/".join(parts) if any(parts) else ""


class DateField(forms.DateField):
    """A date in three boxes; says how to give one when it cannot be read."""

    widget = DayMonthYear
    default_error_messages = {"invalid": "Enter a real date, such as 14 2 2026"}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%d/%m/%Y"], **kwargs)
