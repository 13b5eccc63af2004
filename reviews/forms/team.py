"""Who reads what, days away and conflicts of interest, made into clean values."""

from collections.abc import Iterable
from uuid import UUID

from django import forms

from foundation.ui.forms import DateField


class AssignForm(forms.Form):
    """Who reads a part or section; nobody is chosen for the reader."""

    person = forms.TypedChoiceField(
        label="Who reads it?",
        widget=forms.RadioSelect,
        coerce=UUID,
        error_messages={"required": "Choose who reads it."},
    )
    because = forms.CharField(
        label="Why (optional)",
        max_length=200,
        required=False,
        help_text="Only your body reads it.",
    )

    def __init__(self, *args, choices: Iterable[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = list(choices)


class AbsenceForm(forms.Form):
    """Days on which somebody is away."""

    person = forms.TypedChoiceField(label="Who is away?", coerce=UUID)
    starts_on = DateField(
        label="First day away", error_messages={"required": "Give the first day."}
    )
    ends_on = DateField(label="Last day away", error_messages={"required": "Give the last day."})
    cover = forms.TypedChoiceField(
        label="Who covers? (optional)",
        coerce=UUID,
        required=False,
        empty_value=None,
        help_text="Finds in their queue, under Reader: Me, what is to be read meanwhile.",
    )

    def __init__(self, *args, people: Iterable[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        known = list(people)
        self.fields["person"].choices = known
        self.fields["cover"].choices = [("", "Nobody"), *known]


class ConflictForm(forms.Form):
    """What somebody's conflict of interest is."""

    reason = forms.CharField(
        label="What is the conflict?",
        widget=forms.Textarea({"rows": 4}),
        max_length=2000,
        help_text="The leads of your body read it; no participant and no other body does.",
        error_messages={"required": "Say in a few words what the conflict is."},
    )
