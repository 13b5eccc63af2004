"""What people send to change a road: the choice that is shown first, then its confirmation."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms

from participants.enums import Route
from participants.models import Mpid, Qualification
from waves.pathways import PATHWAYS

_SAME = (("", "Not said"), ("yes", "Set up identically"), ("no", "Other systems"))


class ChoiceForm(forms.Form):
    """A pathway, where it leads, and the MPIDs that go where it splits them."""

    pathway = forms.TypedChoiceField(
        label="Pathway",
        coerce=int,
        choices=[(number, row.called) for number, row in PATHWAYS.items()],
        widget=forms.RadioSelect,
    )
    route = forms.ChoiceField(
        label="New route",
        required=False,
        help_text="Left out where the pathway stays on its route.",
    )
    mpids = forms.MultipleChoiceField(
        label="MPIDs that go",
        required=False,
        help_text="Only for pathways 3 and 6.",
        widget=forms.CheckboxSelectMultiple,
    )
    is_identical = forms.ChoiceField(
        label="How these MPIDs are set up", required=False, choices=_SAME
    )
    override = forms.BooleanField(
        required=False, label="Go against the rules of the route, for the reason given"
    )

    def __init__(
        self,
        *args: Any,
        held: Qualification,
        mpids: Sequence[Mpid],
        open_: Collection[int] = tuple(PATHWAYS),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:  # a closed one that is asked for all the same is told why
            offered = [row for row in PATHWAYS.values() if row.number in open_]
            self.fields["pathway"].choices = [(row.number, row.called) for row in offered]
        self.mpids = {mpid.code: mpid for mpid in mpids}
        others = [(code, label) for code, label in Route.choices if code != held.route]
        self.fields["route"].choices = [("", "Choose"), *others]
        self.fields["mpids"].choices = [(code, code) for code in self.mpids]
        if len(mpids) < 2:
            del self.fields["mpids"], self.fields["is_identical"]

    def clean(self) -> dict[str, Any]:
        """Ask for the route where the pathway leads to another."""
        data = super().clean()
        row = PATHWAYS.get(data.get("pathway"))
        if row and not row.stays and not data.get("route"):
            self.add_error("route", "Choose the route that it takes.")
        return data

    def said(self) -> dict[str, Any]:
        """Return what the service is asked for."""
        data = self.cleaned_data
        stays = PATHWAYS[data["pathway"]].stays
        return {
            "pathway": data["pathway"],
            "route": "" if stays else data["route"],
            "mpids": [self.mpids[code] for code in data.get("mpids") or ()],
            "is_identical": {"yes": True, "no": False}.get(data.get("is_identical", "")),
            "override": data["override"],
        }


class ConfirmForm(forms.Form):
    """Why the road changes, and who decided it."""

    because = forms.CharField(
        label="Reason",
        help_text="The organisation is told, and the audit trail keeps it.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    authority = forms.CharField(
        label="Authority",
        help_text="Who decided it, or where that is minuted.",
        max_length=200,
    )
