"""Meetings and agendas, made into clean values."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django import forms

from foundation.ui.forms import DateField
from reviews.models import MeetingItem
from reviews.services.meetings import MOST_MONTHS


class MeetingForm(forms.Form):
    """The title and the day of a meeting."""

    title = forms.CharField(
        label="Title", max_length=120, help_text="As in the minutes: BSC PAB, meeting 333"
    )
    held_on = DateField(label="Day", error_messages={"required": "Give the day of the meeting."})


class MonthsForm(forms.Form):
    """From which month on meetings are planned, and for how many months."""

    first = DateField(
        label="From the month of",
        error_messages={"required": "Give a day of the first month."},
    )
    months = forms.IntegerField(
        label="For how many months?",
        min_value=1,
        max_value=MOST_MONTHS,
        widget=forms.NumberInput({"class": "govuk-input--width-3"}),
    )


class PutForm(forms.Form):
    """Which applications stand on the agenda; nothing is chosen for the reader."""

    applications = forms.MultipleChoiceField(
        label="Signed applications",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one application.",
            "invalid_choice": "One of these is not signed any more, or was decided meanwhile.",
        },
    )

    def __init__(self, *args, choices: Iterable[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["applications"].choices = list(choices)


class ArrangeForm(forms.Form):
    """The place of each application on an agenda; an empty one takes it off."""

    def __init__(self, *args, items: Sequence[tuple[MeetingItem, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for item, name in items:
            self.fields[f"place_{item.qualification_id}"] = forms.IntegerField(
                label=name,
                required=False,
                min_value=1,
                max_value=999,
                initial=item.position,
                widget=forms.NumberInput({"class": "govuk-input--width-3"}),
            )
        self.fields["because"] = forms.CharField(
            label="Why it is taken off",
            required=False,
            max_length=1000,
            widget=forms.Textarea({"rows": 3}),
            help_text="Needed where a place is left empty. The applicant reads it.",
        )

    def places(self) -> dict[UUID, int | None]:
        """Return the place of each qualification; None takes it off."""
        return {
            UUID(name.removeprefix("place_")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("place_")
        }


class CancelForm(forms.Form):
    """Why a meeting does not take place."""

    because = forms.CharField(
        label="Why does it not take place?",
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Everybody on its agenda reads it.",
        error_messages={
            "required": "Say why it does not take place; the applicants read it.",
        },
    )
