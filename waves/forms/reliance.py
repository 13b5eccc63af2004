"""What people send about reliance, made into clean values."""

from collections.abc import Sequence
from typing import Any

from django import forms

from participants.models import Qualification
from waves.enums import Extent, RelianceKind, RelianceOpinionKind, RelianceStage
from waves.forms.testing import with_file
from waves.reliance_graph import What


def _area(label: str, hint: str = "", rows: int = 3, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, widget=widget, required=False, **more)


class BeginForm(forms.Form):
    """For which role, and of which kind."""

    qualification = forms.ChoiceField(label="For", widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label="Kind",
        choices=RelianceKind.choices,
        widget=forms.RadioSelect,
        help_text="On behalf: a software or IT provider runs tests for you. Placing reliance:"
        " you count tests that another party, or another MPID of yours, has run.",
    )

    def __init__(self, *args: Any, held: Sequence[Qualification], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = {str(each.pk): each for each in held}
        self.fields["qualification"].choices = [
            (key, f"{each.get_role_display()}, {each.get_route_display()}")
            for key, each in self.held.items()
        ]
        if len(self.held) == 1:
            self.initial.setdefault("qualification", next(iter(self.held)))

    def asked(self) -> dict[str, Any]:
        """Return what the service is asked for."""
        data = self.cleaned_data
        return {"qualification": self.held[data["qualification"]], "kind": data["kind"]}


class ProposalForm(forms.Form):
    """The proposal as it is written: nothing here is needed before it is submitted."""

    provider_name = forms.CharField(
        label="Who does the testing",
        help_text="The name of the party or provider, as your agreement names it.",
        max_length=200,
        required=False,
    )
    provider_mpid = forms.CharField(
        label="Its MPID",
        help_text="Four letters or digits, in the same role as yours.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "maxlength": 4}),
        max_length=4,
        required=False,
    )
    is_own = forms.BooleanField(label="It is another MPID of our own", required=False)
    is_identical = forms.BooleanField(
        label="Our MPIDs are set up and run identically",
        help_text="Asked only for an MPID of your own.",
        required=False,
    )
    stages = forms.MultipleChoiceField(
        label="Testing relied on",
        choices=RelianceStage.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Non-functional and operational PIT is done independently as a rule.",
        required=False,
    )
    extent = forms.ChoiceField(
        label="How far it goes", choices=Extent.choices, widget=forms.RadioSelect, required=False
    )
    commonality = _area("What the two set-ups have in common", "Software, releases, configuration.")
    bespoke = _area("What is bespoke", "What you have changed or added, or that nothing is.")
    hosting = _area("Hosting", "Where each runs, and how the two differ.")
    interfaces = _area("Interfaces", "DIP, DTN and internal interfaces, and how they differ.")
    operations = _area(
        "Operational processes", "Procedures, teams, hours and volumes on both sides."
    )
    own_tests = _area(
        "What you still test yourselves",
        "In part: the tests that remain. On behalf: deployment and integration at your side.",
    )
    bodies_have_report = forms.BooleanField(
        label="The bodies have the results, or will have them from the party that tests",
        required=False,
    )
    report_reference = forms.CharField(
        label="Where the results are",
        help_text="The reference that your QAD will give too.",
        max_length=300,
        required=False,
    )
    file = forms.FileField(
        label="The report", help_text="Needed only if the bodies do not have it.", required=False
    )
    has_agreement = forms.BooleanField(
        label="We have an agreement with this party about the testing", required=False
    )
    attested_by_name = forms.CharField(
        label="Who attests this", max_length=200, required=False, help_text="Name and position."
    )

    def asked(self) -> dict[str, Any]:
        """Return what the service is asked for."""
        said = with_file(self.cleaned_data)
        file = {name: said.pop(name) for name in ("name", "content") if name in said}
        return {"said": said, **file}


class ChangeForm(forms.Form):
    """What changes, before an agreed proposal is written on."""

    because = forms.CharField(
        label="What changes",
        help_text="The bodies read it with the new version.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WithdrawForm(forms.Form):
    """Why a proposal is withdrawn."""

    because = forms.CharField(label="Reason", widget=forms.Textarea(attrs={"rows": 3}))


class OpinionForm(forms.Form):
    """What a body says of a version."""

    verdict = forms.ChoiceField(
        label="What your body says",
        choices=RelianceOpinionKind.choices,
        widget=forms.RadioSelect,
    )
    note = _area(
        "Note",
        "The organisation reads it. Say nothing here that it does not know of the other party.",
    )


class ForBodiesForm(forms.Form):
    """A reason that the bodies alone read."""

    because = forms.CharField(
        label="Reason",
        help_text="Only the bodies read it.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ScopeForm(forms.Form):
    """Where the agreed test scope is."""

    note = forms.CharField(
        label="Where the agreed catalogue and matrix are",
        help_text="The organisation reads it.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class LinkForm(forms.Form):
    """Who the typed name is in the portal."""

    provider = forms.ChoiceField(label="Who it is", widget=forms.Select)
    because = _area("Reason", "Why you are sure. Only the bodies read it.", rows=2)

    def __init__(self, *args: Any, candidates: Sequence[Qualification], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(each.pk): each for each in candidates}
        named = [
            (key, f"{each.organisation.name}, {each.get_route_display()}")
            for key, each in self.known.items()
        ]
        self.fields["provider"].choices = [("", "Choose"), *named]

    def asked(self) -> dict[str, Any]:
        """Return what the service is asked for."""
        data = self.cleaned_data
        return {"provider": self.known[data["provider"]], "because": data["because"]}


class TouchedForm(forms.Form):
    """What happens, or may happen, to a party that others rely on."""

    party = forms.UUIDField(label="Party")
    what = forms.ChoiceField(
        label="What happens",
        choices=[
            (What.SLIPS, "Goes to a later wave"),
            (What.LEAVES_SIT, "Leaves SIT"),
            (What.FAILS, "Does not pass its tests"),
        ],
    )
    route = forms.CharField(label="To", required=False)

    def __init__(
        self,
        *args: Any,
        parties: Sequence[tuple[Any, str]],
        routes: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"] = forms.ChoiceField(
            label="Party", choices=[("", "Choose"), *((str(key), name) for key, name in parties)]
        )
        self.fields["route"] = forms.ChoiceField(
            label="To",
            choices=[("", "No wave"), *routes],
            required=False,
            help_text="The wave it goes to.",
        )
        self.order_fields(["party", "what", "route"])

    def clean(self) -> dict[str, Any]:
        """Ask for the wave that a party slips to."""
        data = super().clean()
        if data.get("what") == What.SLIPS and not data.get("route"):
            self.add_error("route", "Choose the wave that it goes to.")
        return data
