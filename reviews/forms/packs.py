"""The form that orders a decision pack."""

from django import forms

from foundation.tenancy.actor import Actor
from participants.market_roles import MARKET_ROLES
from participants.models import Qualification
from reviews.queries import packs as queries_packs


def _label(qualification: Qualification) -> str:
    role = MARKET_ROLES[qualification.role].label
    return f"{qualification.organisation.name}, {role}: {qualification.get_status_display()}"


class Applications(forms.ModelMultipleChoiceField):
    """Qualifications as a secretary reads them."""

    def label_from_instance(self, obj: Qualification) -> str:
        return _label(obj)


class PackForm(forms.Form):
    """Which applications, under which title, with which recommendation."""

    title = forms.CharField(
        label="Title", help_text="As in the running head: Meeting 9 of 2026", max_length=120
    )
    applications = Applications(
        queryset=None,  # filled in for the reader, below
        label="Applications",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one application."},
    )
    recommendation = forms.CharField(
        label="Recommendation",
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Printed on each summary, for example: Approve, with two conditions.",
    )

    def __init__(self, *args, actor: Actor, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["applications"].queryset = queries_packs.applications(actor)
