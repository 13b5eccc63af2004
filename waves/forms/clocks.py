"""Holding and extending a clock."""

from django import forms


class PauseForm(forms.Form):
    """Why a clock is held."""

    because = forms.CharField(
        label="What does the body wait for?",
        help_text="The organisation is told, and the clock's history keeps it.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ExtendForm(forms.Form):
    """How many days are granted, why, and on whose authority."""

    days = forms.IntegerField(
        label="Days",
        min_value=1,
        max_value=366,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
    )
    because = forms.CharField(label="Reason", widget=forms.Textarea(attrs={"rows": 3}))
    authority = forms.CharField(
        label="Authority", help_text="Who allowed it: a minute, a change request.", max_length=200
    )
