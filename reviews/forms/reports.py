"""Reporting a risk."""

from django import forms


class RiskForm(forms.Form):
    """What is at risk and since when, or why it is over."""

    note = forms.CharField(
        label="In your words",
        help_text="Name no other organisation.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
