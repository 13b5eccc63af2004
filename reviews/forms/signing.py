"""What people send when they sign, authorise, confirm and assert, made into clean values."""

import re
from collections.abc import Sequence

from django import forms

from foundation.ui.forms import DateField
from participants.models import Membership

_CODES = re.compile(r"[\s,;]+")


def password_field(label: str = "Your password") -> forms.CharField:
    """The password once more, before something that binds the company."""
    return forms.CharField(
        label=label,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        help_text="Asked again, because this binds the company.",
        error_messages={"required": "Enter the password of your account."},
    )


class SignForm(forms.Form):
    """A signature: which content was seen, that it was read, and who it is."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    read = forms.BooleanField(
        label="I have read the declaration above and sign it on behalf of the company",
        error_messages={"required": "Tick that you have read the declaration before you sign."},
    )
    password = password_field()


class DeclineForm(forms.Form):
    """Why somebody does not sign."""

    reason = forms.CharField(
        label="What has to change before you sign",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Say what would have to change before you sign."},
    )


class DraftLetterForm(forms.Form):
    """Which delegate a letter names."""

    delegate = forms.ChoiceField(
        label="Employee",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the employee whom the letter names."},
    )

    def __init__(self, *args, delegates: Sequence[Membership], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.delegates = {str(each.pk): each for each in delegates}
        self.fields["delegate"].choices = [
            (key, each.person.name) for key, each in self.delegates.items()
        ]

    def clean_delegate(self) -> Membership:
        """Return the member who was chosen."""
        return self.delegates[self.cleaned_data["delegate"]]


class SignLetterForm(forms.Form):
    """A director's signature under a letter: the signed paper, or given here."""

    file = forms.FileField(
        required=False,
        label="The signed letter",
        help_text="A scan or PDF of the paper that you signed. Leave it empty to sign here.",
    )
    read = forms.BooleanField(
        label="I have read the letter above and authorise the person that it names",
        error_messages={"required": "Tick that you have read the letter before you sign."},
    )
    password = password_field()


class ReasonForm(forms.Form):
    """Why a letter ends."""

    reason = forms.CharField(
        label="Why it ends", max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class NoteForm(forms.Form):
    """A note to what a body records."""

    note = forms.CharField(
        label="Note", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class DipUserForm(NoteForm):
    """The DIP Manager's word; nothing is chosen."""

    answer = forms.ChoiceField(
        label="DIP User status",
        choices=[("confirm", "Confirmed"), ("withhold", "Not confirmed yet")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose confirmed or not confirmed yet."},
    )
    field_order = ("answer", "note")


class AssertionForm(forms.Form):
    """That the remaining MPIDs of a split role complete in time (R119)."""

    mpids_remaining = forms.CharField(
        label="MPIDs that still have to qualify",
        help_text="Four letters or digits each, such as ABCD EFGH.",
        max_length=400,
        error_messages={"required": "Name the MPIDs that still have to qualify."},
    )
    complete_by = DateField(
        label="They complete by", error_messages={"required": "Give the day of their completion."}
    )
    text = forms.CharField(
        label="How they complete",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Tests, dates and who answers for them. It becomes part of what is signed.",
        error_messages={"required": "Say how the remaining MPIDs complete."},
    )

    def clean_mpids_remaining(self) -> list[str]:
        """Return the codes in capitals."""
        return [code.upper() for code in _CODES.split(self.cleaned_data["mpids_remaining"]) if code]
