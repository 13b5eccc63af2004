"""The forms that order a decision pack: which applications, then what is said of each."""

from collections.abc import Sequence
from uuid import UUID

from django import forms

from reviews.queries.packs import Offered
from reviews.services.packing import MAX_RECOMMENDATION


class ApplicationsForm(forms.Form):
    """Which applications the pack puts to the decision; nothing is chosen for the reader."""

    applications = forms.MultipleChoiceField(
        label="Applications",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one application."},
    )

    def __init__(self, *args, offered: Sequence[Offered], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["applications"].choices = [
            (str(each.key), f"{each.name}: {', '.join(each.states)}") for each in offered
        ]


class PackForm(forms.Form):
    """The title of the pack, and the recommendation on each of its applications."""

    title = forms.CharField(
        label="Title", help_text="As in the running head: Meeting 9 of 2026", max_length=120
    )

    def __init__(self, *args, chosen: Sequence[Offered], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.chosen = chosen
        for each in chosen:
            self.fields[_field(each)] = forms.CharField(
                label=f"Recommendation on {each.name}",
                required=False,
                max_length=MAX_RECOMMENDATION,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text="Printed on its summary, such as: Approve, with two conditions.",
            )

    def recommendations(self) -> dict[UUID, str]:
        """Return what is recommended on each application, by the qualification it stands under."""
        return {each.key: self.cleaned_data[_field(each)] for each in self.chosen}


def _field(application: Offered) -> str:
    return f"recommendation_{application.key}"
