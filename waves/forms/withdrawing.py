"""What is said when a qualification is withdrawn."""

from django import forms


class WithdrawForm(forms.Form):
    """The reason, and the word that nothing follows after it."""

    because = forms.CharField(
        label="Reason",
        max_length=2000,
        help_text="Both sides read it, and the audit trail keeps it.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why it is withdrawn."},
    )
    sure = forms.BooleanField(
        label="I know that this cannot be taken back: a later bid is a new qualification",
        error_messages={"required": "Tick this to withdraw."},
    )
