"""What is said in a thread or a plan, made into clean values."""

from django import forms

from foundation.ui.forms import DateField
from reviews.enums import Severity, ThreadKind

_SEVERITIES = [(each.value, each.label) for each in Severity if each.value]


class RaiseForm(forms.Form):
    """A comment, observation or finding; the kind stands in the address."""

    subject = forms.CharField(
        label="In a few words",
        max_length=200,
        help_text="Such as: Restart after a fault. It stands in lists and mails.",
    )
    text = forms.CharField(
        label="What you ask",
        widget=forms.Textarea({"rows": 8}),
        help_text="The participant reads exactly this, and is told by mail.",
    )
    due_on = DateField(
        label="Reply asked for by (optional)",
        required=False,
        help_text="The participant sees the day. It moves no clock of the timetable.",
    )

    def __init__(self, *args, kind: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if kind == ThreadKind.FINDING:
            self.fields["severity"] = forms.ChoiceField(
                label="How severe is it?",
                choices=_SEVERITIES,
                widget=forms.RadioSelect,
                error_messages={"required": "Choose how severe the finding is."},
            )


class PlanForm(forms.Form):
    """An action plan."""

    text = forms.CharField(label="What you will do", widget=forms.Textarea({"rows": 6}))
    owner_name = forms.CharField(label="Who sees to it", max_length=200)
    due_on = DateField(
        label="By when",
        error_messages={"required": "Give the day by which it will be done."},
    )


class TextForm(forms.Form):
    """A few sentences: what a plan or an action still needs, or what was done."""

    text = forms.CharField(widget=forms.Textarea({"rows": 6}))

    def __init__(self, *args, label: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label


class JoinForm(forms.Form):
    """What a body adds to another's ask, if anything."""

    text = forms.CharField(
        label="What you add (optional)",
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 4}),
        help_text="The participant reads it in the same thread.",
    )

    def __init__(self, *args, stands: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if stands:
            del self.fields["text"]


class WordingForm(forms.Form):
    """A standard wording."""

    title = forms.CharField(
        label="Title", max_length=80, help_text="It becomes the few words of the comment."
    )
    text = forms.CharField(label="Text", max_length=20_000, widget=forms.Textarea({"rows": 8}))
