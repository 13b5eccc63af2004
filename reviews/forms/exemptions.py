"""What is said about exemptions, made into clean values."""

from collections.abc import Sequence
from typing import Any

from django import forms

from foundation.ui.forms import DateField
from reviews.enums import ExemptionKind, Outcome
from reviews.lifecycle.exemptions import CHECKS, COUNTED
from reviews.models import Exemption


def _text(label: str, said: str = "", help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label if said else f"{label} (optional)",
        required=bool(said),
        max_length=10_000,
        widget=forms.Textarea({"rows": 5}),
        help_text=help_text,
        error_messages={"required": said},
    )


def _choice(label: str, choices: Sequence[tuple[str, str]], said: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, error_messages={"required": said}
    )


class AskForm(forms.Form):
    """For which MPID, from what, and why."""

    def __init__(self, *args: Any, pairs: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pair"] = _choice(
            "Which exemption, for which MPID?",
            [(f"{kind}:{mpid}", f"{ExemptionKind(kind).label}, {mpid}") for kind, mpid in pairs],
            "Choose the exemption and the MPID.",
        )
        self.fields["reasons"] = _text(
            "Why is it needed?", "Say why the exemption is needed.",
            "The bodies read it. The further section of the QAD asks for the evidence.",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Take the choice apart."""
        data = super().clean()
        if pair := data.pop("pair", ""):
            data["kind"], _, data["mpid"] = pair.partition(":")
        return data


class OfExemption(forms.Form):
    """A form that knows the exemption it speaks of, and whose account fills it in."""

    def __init__(self, *args: Any, exemption: Exemption, body: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.exemption, self.body = exemption, body
        self.fit()

    def fit(self) -> None:
        """Fit the fields to the exemption."""


class PlanForm(OfExemption):
    """The plan by which the MPID is cleared."""

    text = _text("Plan", "Say what is done, by whom and in which steps.")
    clear_by = DateField(
        label="None left by", error_messages={"required": "Give the day by which none is left."}
    )


class CheckForm(OfExemption):
    """One criterion, and whether it holds."""

    name = _choice("What did you verify?", [], "Choose what you verified.")
    holds = _choice(
        "Does it hold?", [("yes", "It holds"), ("no", "It does not hold")],
        "Choose whether it holds.",
    )  # fmt: skip
    cap = forms.IntegerField(
        label="Cap in metering points (with the cap only)", required=False, min_value=1,
        max_value=2_000_000_000,
    )  # fmt: skip
    note = _text("What you looked at")

    def fit(self) -> None:
        """Offer what the reader's body may verify."""
        mine = [c for c in CHECKS[self.exemption.kind] if self.body in c.bodies]
        self.fields["name"].choices = [(each.name, each.what) for each in mine]
        if not any(each.name == "CAP" for each in mine):
            del self.fields["cap"]

    def clean_holds(self) -> bool:
        """Return whether it holds."""
        return self.cleaned_data["holds"] == "yes"


class CountForm(OfExemption):
    """A count on the MPID."""

    points = forms.IntegerField(
        label="How many?", min_value=0, max_value=2_000_000_000,
        error_messages={"required": "Give the number; 0 where none is left."},
    )  # fmt: skip
    points_on = DateField(label="Counted on", error_messages={"required": "Give the day."})
    note = _text("Source of the count")

    def fit(self) -> None:
        """Name what is counted."""
        self.fields["points"].label = f"How many {COUNTED[self.exemption.kind]}?"


class NoteForm(OfExemption):
    """A note that may stay empty."""

    note = _text("Note", help_text="The Supplier reads it.")


class DecideForm(OfExemption):
    """What the body decided; nothing is chosen for the reader."""

    outcome = _choice(
        "What was decided?",
        [(Outcome.APPROVED, "The exemption is approved"), (Outcome.NOT_APPROVED, "It is refused")],
        "Choose what was decided.",
    )
    decided_on = DateField(label="Decided on", error_messages={"required": "Give the day."})
    reference = forms.CharField(label="Minute or reference (optional)", max_length=60,
                                required=False)  # fmt: skip
    text = _text("Conditions, or the reasons of a refusal", help_text="The Supplier reads it.")


class InviteForm(OfExemption):
    """To which meeting, and why."""

    day_of = DateField(label="Meeting of", error_messages={"required": "Give the day."})
    text = _text("What the Supplier should bring", "Say what the Supplier should bring.")


class ConcludeForm(OfExemption):
    """What was concluded on a breach."""

    result = _choice(
        "What was concluded?",
        [("remedied", "Remedied: the exemption stays in force"),
         ("requalify", "The Supplier must qualify for the segment"),
         ("escalate", "Escalated towards an Event of Default")],
        "Choose what was concluded.",
    )  # fmt: skip
    text = _text("In short", "Say what was concluded; the Supplier reads it.")

    def fit(self) -> None:
        """Offer escalation for the Smart exemption alone (R130)."""
        if self.exemption.kind != ExemptionKind.SMART:
            self.fields["result"].choices = self.fields["result"].choices[:2]


class WhyForm(OfExemption):
    """Why something ends."""

    text = _text("Why?", "Say why; everybody concerned reads it.")


class DccForm(OfExemption):
    """When the Supplier applied to be a DCC User."""

    applied_on = DateField(label="Day of the application",
                           error_messages={"required": "Give the day."})  # fmt: skip
    text = _text("In short")
