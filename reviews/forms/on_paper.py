"""What a code body says of an application on paper."""

from django import forms

from foundation.ui.forms import DateField


class PaperStepForm(forms.Form):
    """The day of a step, where the paper is kept, and at the end who signed."""

    on = DateField(label="Day", error_messages={"required": "Give the day."})
    reference = forms.CharField(
        label="Where the paper is kept",
        max_length=300,
        help_text="Such as the reference of your file. The audit trail keeps it.",
        error_messages={"required": "Say where the paper is kept."},
    )
    signer_name = forms.CharField(label="Director who signed", max_length=200, required=False)

    def __init__(self, *args, is_signature: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not is_signature:
            del self.fields["signer_name"]
