"""Opinions and requests to reopen, made into clean values."""

from collections.abc import Sequence

from django import forms


class AskForm(forms.Form):
    """What is needed before a part can be approved."""

    reason = forms.CharField(
        label="What is needed",
        widget=forms.Textarea({"rows": 6}),
        help_text="Name the sections or questions, so that the right ones are reopened.",
    )
    seen = forms.CharField(widget=forms.HiddenInput)


class AcceptForm(forms.Form):
    """Which answers of a section are accepted at once; none is chosen for the reader."""

    questions = forms.MultipleChoiceField(
        label="Which answers need nothing more?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one answer."},
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args, choices: Sequence[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["questions"].choices = choices


class ReopenForm(forms.Form):
    """Which sections have to change, and why."""

    sections = forms.MultipleChoiceField(
        label="Which sections have to change?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one section."},
    )
    reason = forms.CharField(
        label="Why?",
        widget=forms.Textarea({"rows": 6}),
        help_text="The bodies that read these sections decide on what you say here.",
    )

    def __init__(self, *args, choices: Sequence[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sections"].choices = choices


class DecideForm(forms.Form):
    """Whether sections are reopened; nothing is chosen for the reader."""

    decision = forms.ChoiceField(
        label="Your decision",
        choices=[("grant", "Reopen these sections"), ("refuse", "Leave them locked")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the two."},
    )
    reason = forms.CharField(
        label="Reason",
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text="The participant reads it. Needed where the sections stay locked.",
    )
