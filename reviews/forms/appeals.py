"""Appeals, made into clean values."""

from django import forms

from foundation.ui.forms import DateField
from reviews.enums import AppealState

_RESULTS = (AppealState.STANDS, AppealState.OVERTURNED, AppealState.WITHDRAWN)


class LodgeForm(forms.Form):
    """That an appeal was made, and on what grounds."""

    lodged_on = DateField(
        label="Day on which you appealed", error_messages={"required": "Give the day."}
    )
    grounds = forms.CharField(
        label="Grounds, in short",
        max_length=10_000,
        widget=forms.Textarea({"rows": 5}),
        help_text="The body whose decision it is reads them.",
        error_messages={"required": "Say in short on what grounds you appeal."},
    )


class EndForm(forms.Form):
    """What came of an appeal; nothing is chosen for the reader."""

    result = forms.ChoiceField(
        label="What came of it?",
        choices=[(each.value, each.label) for each in _RESULTS],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what came of the appeal."},
    )
    ended_on = DateField(label="Day", error_messages={"required": "Give the day."})
    reference = forms.CharField(label="Reference (optional)", max_length=60, required=False)
    because = forms.CharField(
        label="In short",
        max_length=10_000,
        widget=forms.Textarea({"rows": 4}),
        help_text="The participant reads it.",
        error_messages={"required": "Say what was decided, in short; the participant reads it."},
    )
