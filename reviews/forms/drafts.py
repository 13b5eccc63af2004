"""Sending drafts, made into clean values."""

from collections.abc import Iterable

from django import forms


class ReleaseForm(forms.Form):
    """Which drafts of an organisation go out together."""

    drafts = forms.MultipleChoiceField(
        error_messages={
            "required": "Choose at least one draft to send.",
            "invalid_choice": "One of these drafts is gone: it was sent, or thrown away.",
        }
    )

    def __init__(self, *args, ids: Iterable[object], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["drafts"].choices = [(str(key), "") for key in ids]
